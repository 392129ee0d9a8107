"""The influence page as facilitator, editor, contributor, viewer, stranger, and with few, odd and many ties."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import influence_answers, influence_entry, influence_list, influence_reads, tables
from pages.ui.shell import Visit
from pages.ui.tie_matrix import TieChange
from program.access import Refused
from program.actions.influence import import_ties, set_tie
from program.actions.stakeholders import add_stakeholder, import_stakeholders
from program.influence import influence
from program.queries.influence import TieRow, ties
from program.queries.stakeholders import stakeholders, stand_ins
from program.register_file import RegisterRow
from program.tie_file import read_tie_rows
from program.typed_ties import TypedTie
from program.values import Actor, Missing, Stale
from tests.pages.opening import field, headline, open_as, open_local, press, run, words
from tests.program.making import person

PAGE = "people/influence.py"
Ends = dict[str, Any]
MARKUP = "<img src=x onerror=alert(1)> :red[x] [y](javascript:alert(1))"


@pytest.fixture
def star(owner: Actor, program_id: str) -> dict[str, str]:
    """Ann in the middle of Bo, Cy and Dov, who is resistant; Eva stands alone."""
    stances = {"Ann": "leading", "Bo": "neutral", "Cy": "neutral", "Dov": "resistant", "Eva": "resistant"}
    ids = {
        name: add_stakeholder(
            owner, program_id=program_id, name=name, power=Decimal(5), function="sales", stance=stance
        )
        for name, stance in stances.items()
    }
    for start, end in (("Bo", "Ann"), ("Ann", "Bo"), ("Ann", "Cy"), ("Ann", "Dov")):
        set_tie(owner, program_id=program_id, source_id=ids[start], target_id=ids[end], kind="influences", weight=3)
    return ids


def switch(page: AppTest, label: str, option: str) -> AppTest:
    drawn: Any = page.get("button_group")
    (found,) = (each for each in drawn if each.label == label)
    found.set_value(option)
    return run(page)


def on(page: AppTest, view: str, way: str = "") -> AppTest:
    switch(page, "View", view)
    return switch(page, "Enter ties", way) if way else page


def paste(page: AppTest, text: str) -> AppTest:
    field(page, "text_area", "Rows").set_value(text)
    return press(page, "Look at the rows")


@pytest.mark.usefixtures("star")
def test_the_answer_names_through_whom_most_leads_and_who_is_cut_off() -> None:
    page = open_local(PAGE)
    assert headline(page) == "Most ways lead through Ann; without them, 2 people are cut off."
    said = words(page)
    assert "▲ Only 4 people have ties." in said
    assert "Eva has no tie that carries influence." in said
    assert "Ann reaches Dov, who is resistant, directly." in said
    assert "No path leads from Ann to Eva" in said


def test_a_person_is_looked_at_with_every_measure_and_gets_a_stand_in(program_id: str, star: dict[str, str]) -> None:
    page = open_local(PAGE)
    field(page, "selectbox", "Look at one person").set_value(star["Ann"])
    run(page)
    said = words(page)
    for measure in ("Degree", "Betweenness", "Closeness", "Eigenvector", "Constraint", "Cut vertex"):
        assert f"<dt>{measure}</dt>" in said
    assert "If Ann leaves, the network falls into 3 parts: Bo; Cy; Dov." in said
    assert "Nobody could stand in yet." in said
    field(page, "multiselect", "Who could stand in").set_value([star["Bo"]])
    run(page)
    assert "Bo could stand in." in words(page)
    assert stand_ins(program_id) == {star["Ann"]: [star["Bo"]]}
    field(page, "multiselect", "Who could stand in").set_value([])
    run(page)
    assert not stand_ins(program_id)


def test_the_sponsor_is_proposed_and_can_be_another(star: dict[str, str]) -> None:
    page = on(open_local(PAGE), "Sponsor")
    assert headline(page) == "Ann reaches 1 of 2 resistant people; no way leads to Eva."
    assert "Ann → Dov" in words(page)
    assert "Influenced by nobody: no tie leads to them." in words(page)
    field(page, "selectbox", "Sponsor").set_value(star["Bo"])
    run(page)
    assert headline(page) == "Bo reaches 1 of 2 resistant people; no way leads to Eva."
    assert "Bo → Ann → Dov" in words(page)
    assert "Bo reaches Dov, who is resistant, through Ann." in words(on(page, "Network"))


@pytest.mark.usefixtures("star")
def test_groups_stand_beside_functions() -> None:
    page = on(open_local(PAGE), "Groups")
    assert headline(page) == "The ties make one group of 4 people."
    assert "most often Sales, 4 of 4" in words(page)


def test_a_tie_is_added_in_the_list_changed_and_taken_back(program_id: str, star: dict[str, str]) -> None:
    page = on(open_local(PAGE), "Ties", "List")
    assert headline(page) == "4 ties are recorded; 1 of 5 people has none yet."
    press(page, "Add the tie")
    assert "A tie takes two people." in words(page)
    field(page, "selectbox", "Who").set_value(star["Eva"])
    field(page, "selectbox", "Whom").set_value(star["Eva"])
    press(page, "Add the tie")
    assert "not to themselves" in words(page)
    field(page, "selectbox", "Whom").set_value(star["Ann"])
    field(page, "selectbox", "Tie").set_value("reports_to")
    field(page, "text_input", "Known from").set_value("Chart")
    press(page, "Add the tie")
    (made,) = (tie for tie in ties(program_id) if tie.kind == "reports_to")
    assert (made.source, made.target, made.weight, made.known_from) == (star["Eva"], star["Ann"], 3, "Chart")
    assert headline(page) == "5 ties are recorded; all 5 people have one."
    field(page, "selectbox", "Whom").set_value(star["Ann"])
    field(page, "selectbox", "Tie").set_value("reports_to")
    press(page, "Add the tie")
    assert "Eva reports to Ann, weight 3 is in the list already." in words(page)
    field(page, "selectbox", "Change a tie").set_value(made.id)
    run(page)
    press(page, "Take this tie back")
    assert len(ties(program_id)) == 4


def test_a_stale_change_of_a_tie_is_refused_with_both_versions(
    owner: Actor, program_id: str, star: dict[str, str]
) -> None:
    (tie,) = (tie for tie in ties(program_id) if tie.target == star["Dov"])
    page = on(open_local(PAGE), "Ties", "List")
    field(page, "selectbox", "Change a tie").set_value(tie.id)
    run(page)
    ends: Ends = {"source_id": tie.source, "target_id": tie.target, "kind": tie.kind}
    set_tie(owner, program_id=program_id, **ends, weight=1, version=tie.version)
    [each for each in page.selectbox if each.label == "Weight"][-1].set_value(5)
    press(page, "Save")
    assert "while you were editing it" in words(page)
    assert {each.weight for each in ties(program_id) if each.id == tie.id} == {1}


@pytest.mark.parametrize("way", ["Matrix", "Draw"])
@pytest.mark.usefixtures("star")
def test_the_matrix_and_the_map_are_drawn_for_each_kind(way: str) -> None:
    page = on(open_local(PAGE), "Ties", way)
    for kind, unit in (("reports_to", "reports to"), ("advises", "advises"), ("blocks", "carries no influence")):
        switch(page, "Kind of tie", kind)
        assert unit in words(page)


def visit_of(owner: Actor, program_id: str) -> Any:
    """What saving a cell takes of a visit."""
    return type("Visit", (), {"actor": owner, "program_id": program_id})


def save(owner: Actor, program_id: str, source: str, target: str, before: int | None, weight: int | None) -> None:
    visit: Visit = visit_of(owner, program_id)
    change = TieChange(source, target, "influences", before=before, weight=weight)
    influence_entry._save(visit, change)


def test_a_cell_is_saved_and_keeps_what_else_is_known_of_the_tie(
    owner: Actor, program_id: str, star: dict[str, str]
) -> None:
    cell = owner, program_id, star["Cy"], star["Dov"]
    save(*cell, None, 2)
    ends: Ends = {"source_id": star["Cy"], "target_id": star["Dov"], "kind": "influences"}
    set_tie(owner, program_id=program_id, **ends, weight=2, known_from="Chart", on=date(2026, 3, 1), version=1)
    save(*cell, 2, 5)
    (tie,) = (each for each in ties(program_id) if each.source == star["Cy"])
    assert (tie.weight, tie.known_from, tie.on) == (5, "Chart", date(2026, 3, 1))
    with pytest.raises(Stale):
        save(*cell, 2, 4)
    with pytest.raises(Stale):
        save(*cell, 2, None)
    with pytest.raises(Stale):
        save(*cell, None, 4)
    save(*cell, 5, None)
    assert star["Cy"] not in {each.source for each in ties(program_id)}
    with pytest.raises(Missing):
        save(*cell, 5, 4)
    save(*cell, 5, None)


def test_pasted_rows_are_looked_at_then_all_brought_in(program_id: str, star: dict[str, str]) -> None:
    page = on(open_local(PAGE), "Ties", "Paste")
    paste(page, "From\tTo\tTie\tWeight\nann\tCy\tinfluences\t5\nEva\tDov\tadvises\t2\nAnn\tBo\tinfluences\t3")
    assert "3 ties to bring in" in words(page)
    assert "1 new, 1 there already, changed by these rows, 1 there already as they are" in words(page)
    assert len(ties(program_id)) == 4
    press(page, "Bring in 3 ties")
    found = {tie.key: tie.weight for tie in ties(program_id)}
    assert found[star["Ann"], star["Cy"], "influences"] == 5
    assert found[star["Eva"], star["Dov"], "advises"] == 2
    assert "✓ Saved" in words(page)
    assert not field(page, "text_area", "Rows").value


def test_every_bad_row_is_named_by_line_and_nothing_is_saved(program_id: str, star: dict[str, str]) -> None:
    rows = ["from,to,weight", "Ann,Ann,1", "Ann,Nobody,1", "Ann,Eva,-2", "Ann,Eva,strong", f"{MARKUP},Ann,1", "Cy,Bo,1"]
    rows += ["Cy,Bo,2", "Eva,Ann,1"]
    page = paste(on(open_local(PAGE), "Ties", "Paste"), "\n".join(rows))
    said = words(page)
    assert "6 lines cannot be read" in said
    assert "Ann has a tie to themselves." in said
    assert "Nobody on the map is called “Nobody”." in said
    assert "“-2” is not a whole number from 1 to 5." in said
    assert "“strong” is not a whole number" in said
    assert "Cy influences Bo in line 7 already." in said
    assert "<img" not in said
    assert len(ties(program_id)) == 4
    assert star
    assert "Bring in" not in " ".join(button.label for button in page.button)


def test_five_thousand_pasted_ties_between_a_thousand_people(owner: Actor, program_id: str) -> None:
    people(owner, program_id, 1000)
    rows = [f"P{n},P{(n * 7 + step) % 1000},{n % 5 + 1}" for n in range(1000) for step in (1, 2, 3, 4, 5)]
    rows = [row for row in rows if len(set(row.split(",")[:2])) == 2]
    page = paste(on(open_local(PAGE), "Ties", "Paste"), "from,to,weight\n" + "\n".join(rows))
    (button,) = (each.label for each in page.button if each.label.startswith("Bring in"))
    page = press(page, button)
    assert len(ties(program_id)) == len(rows) > 4900
    assert headline(page) == f"{len(rows):,} ties are recorded; all 1,000 people have one."
    page = on(page, "Ties", "List")
    assert words(page).count('<tr><th scope="row">') == influence_list.SHOWN
    page.default_timeout = 120
    assert headline(on(page, "Network")).startswith("Most ways lead through P")


def test_one_row_too_many_is_refused(owner: Actor, program_id: str) -> None:
    people(owner, program_id, 2)
    page = paste(on(open_local(PAGE), "Ties", "Paste"), "\n".join(["from,to", *["P0,P1"] * 5001]))
    assert "5,000 is the most" in words(page)


def people(owner: Actor, program_id: str, count: int) -> None:
    place = {"power": Decimal(5), "interest": Decimal(5)}
    rows = [RegisterRow(n + 1, f"P{n}", None, dict(place)) for n in range(count)]
    import_stakeholders(owner, program_id=program_id, rows=rows)


@pytest.mark.parametrize(("count", "answer"), [(0, "Nobody is on the map yet."), (1, "P0 is the only one on the map")])
def test_nobody_and_one_person_have_nobody_to_be_tied_to(
    owner: Actor, program_id: str, count: int, answer: str
) -> None:
    if count:
        people(owner, program_id, count)
    page = open_local(PAGE)
    assert answer in headline(page)
    assert [each.label for each in page.button] == ["Put people on the map"]


def test_without_ties_they_are_entered_first_and_every_view_says_so(owner: Actor, program_id: str) -> None:
    people(owner, program_id, 3)
    page = open_local(PAGE)
    assert headline(page) == "Nobody is tied to anybody yet."
    assert field(page, "button_group", "Enter ties").value == "Matrix"
    assert headline(on(page, "Network")) == "Nobody is tied to anybody yet."
    assert "nobody to win over" in headline(on(page, "Sponsor"))
    assert headline(on(page, "Groups")) == "The ties make no groups yet."


def test_only_ties_that_block_carry_nothing(owner: Actor, program_id: str) -> None:
    people(owner, program_id, 2)
    one, other = (each.id for each in stakeholders(program_id))
    set_tie(owner, program_id=program_id, source_id=one, target_id=other, kind="blocks")
    page = open_local(PAGE)
    assert headline(page) == "No tie carries influence yet: what is recorded blocks."
    assert "P0 blocks P1." in words(page)


def test_names_are_literal_on_every_view(owner: Actor, program_id: str) -> None:
    long = "N" * 200
    ids = [
        add_stakeholder(owner, program_id=program_id, name=name, stance="resistant" if name == long else "neutral")
        for name in (MARKUP, long, "=1+1", "\u202eright to left", "😀", "Ann")
    ]
    for start, end in pairwise(ids):
        set_tie(owner, program_id=program_id, source_id=start, target_id=end, kind="influences")
    page = open_local(PAGE)
    field(page, "selectbox", "Look at one person").set_value(ids[1])
    run(page)
    for view in ("Network", "Sponsor", "Groups", "Ties"):
        assert "<img" not in words(on(page, view))
    drawn = words(on(page, "Ties", "List"))
    assert "&lt;img src=x onerror=alert(1)&gt; :red[x]" in drawn
    assert "<img" not in drawn
    assert long in drawn
    assert len(headline(on(page, "Network"))) < 250


def test_two_people_of_one_name_are_told_apart(owner: Actor, program_id: str) -> None:
    for title in ("Head of sales", None, None):
        add_stakeholder(owner, program_id=program_id, name="Bo Ek", title=title)
    page = on(open_local(PAGE), "Ties", "List")
    options = field(page, "selectbox", "Who").options
    assert sorted(options[1:]) == ["Bo Ek", "Bo Ek (2)", "Bo Ek, Head of sales"]


def test_what_the_list_exports_is_what_paste_takes(owner: Actor, program_id: str, star: dict[str, str]) -> None:
    evil = add_stakeholder(owner, program_id=program_id, name="=cmd|' /C calc'!A1")
    set_tie(owner, program_id=program_id, source_id=evil, target_id=star["Eva"], kind="reports_to", on=date(2026, 3, 1))
    known = known_of(program_id)
    exported = tables.as_csv(influence_list.table(known, known.ties)).decode("utf-8-sig")
    back = read_tie_rows(exported, people=tuple(known.names.items()))
    assert {tie.key: (tie.weight, tie.on) for tie in back} == {tie.key: (tie.weight, tie.on) for tie in known.ties}


def known_of(program_id: str) -> influence_reads.Known:
    return influence_reads.Known(program_id, (*stakeholders(program_id),), (*ties(program_id),), {}, (), {})


def test_headlines_of_networks_that_hold_fall_apart_and_have_no_middle() -> None:
    holds = "the network holds together whoever leaves."
    assert answer([("a", "b"), ("b", "c"), ("c", "a")]) == f"Most ways lead through a, b and c; {holds}"
    assert answer([("a", "b")]) == f"Nobody stands between two others: {holds}"
    assert answer([("a", "b"), ("c", "b")]) == "Without b, 1 person is cut off."


def answer(pairs: Sequence[tuple[str, str]]) -> str:
    from program.departure import without

    found = influence([], [TypedTie(*pair) for pair in pairs])
    weakest = influence_answers.weakest(found)
    falls = without([TypedTie(*pair) for pair in pairs], weakest) if weakest else None
    return influence_answers.network(found, falls)


def test_a_facilitator_sees_and_edits(
    owner: Actor, program_id: str, star: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    person(owner, program_id, "facilitator")
    page = open_as(PAGE, "bo.facilitator@example.com", monkeypatch)
    assert "Ann" in headline(page)
    assert star


@pytest.mark.parametrize("role", ["editor", "contributor", "viewer"])
def test_others_are_refused_by_the_page_and_by_the_actions(
    owner: Actor, program_id: str, star: dict[str, str], monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    somebody = person(owner, program_id, role)
    page = open_as(PAGE, f"bo.{role}@example.com", monkeypatch)
    assert headline(page) == "You may not see this page."
    assert nothing_of_the_ties(page)
    given: Ends = {"source_id": star["Eva"], "target_id": star["Ann"], "kind": "influences"}
    with pytest.raises(Refused):
        set_tie(somebody, program_id=program_id, **given)
    with pytest.raises(Refused):
        import_ties(somebody, program_id=program_id, ties=[TypedTie(star["Eva"], star["Ann"])])
    assert len(ties(program_id)) == 4


@pytest.mark.usefixtures("star")
def test_a_stranger_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert nothing_of_the_ties(open_as(PAGE, "stranger@example.com", monkeypatch))


def nothing_of_the_ties(page: AppTest) -> bool:
    """Whether the page is words only, and none of them a name or a tie."""
    drawn = {each.type for each in page.main if not hasattr(each, "children")}
    return drawn == {"html"} and not any(name in words(page) for name in ("Ann", "Dov", "Eva", "influences"))


def test_the_stamp_changes_with_what_the_measures_rest_on(owner: Actor, program_id: str, star: dict[str, str]) -> None:
    before = known_of(program_id)
    assert before.stamp == known_of(program_id).stamp
    set_tie(owner, program_id=program_id, source_id=star["Eva"], target_id=star["Ann"], kind="advises")
    after = known_of(program_id)
    assert after.stamp != before.stamp
    assert isinstance(after.ties[0], TieRow)
