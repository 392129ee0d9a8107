"""What one click would do about a finding: by cases, and that it mends what it says without breaking anything."""

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from program.duties import LETTERS, Duty, Finding, applied, join_letters, split_letters, translated
from program.ownership import findings, ladder_findings, loads, people_findings, read_raci
from program.policy import Policy, load
from program.stakeholders import Stakeholder
from program.values import Invalid

SPEC = Path(__file__).parents[1] / "spec"
FIXES = yaml.safe_load((SPEC / "raci_fixes.yaml").read_text(encoding="utf-8"))
DACI = yaml.safe_load((SPEC / "daci.yaml").read_text(encoding="utf-8"))
ITEMS, PEOPLE = "xyz", "pqrstu"
DUTIES = st.lists(
    st.builds(Duty, st.sampled_from(ITEMS), st.sampled_from(PEOPLE), st.sampled_from("RACID")), max_size=40
)
NARROW = load().model_copy(update={"overload": 1, "consulted_most": 1})  # so that few duties already pass the limits
SCHEMES = st.fixed_dictionaries({item: st.sampled_from(["raci", "daci"]) for item in ITEMS})


@pytest.mark.parametrize("case", FIXES, ids=[case["title"] for case in FIXES])
def test_spec_of_fixes(case: dict[str, Any]) -> None:
    matrix = read_raci("\n".join(["item,person,duty", *case["rows"]]))
    found = {each.code: each.fix for each in findings(matrix.items, matrix.people, matrix.duties)}
    for code, sentence, *cells in case["fixes"]:
        fix = found[code]
        assert (fix.sentence if fix else None) == sentence
        changed = fix.changes if fix else ()
        assert [f"{c.item} {c.person}: {c.before or '-'} -> {c.letters or '-'}" for c in changed] == cells


@pytest.mark.parametrize("case", DACI, ids=[case["title"] for case in DACI])
def test_spec_of_daci(case: dict[str, Any]) -> None:
    matrix = read_raci("\n".join(["item,person,duty", *case["rows"]]), scheme="daci")
    found = findings(matrix.items, matrix.people, matrix.duties, schemes=dict.fromkeys(matrix.items, "daci"))
    assert [f"{each.severity} {each.code} {each.item or each.person}" for each in found] == case["found"]
    if "fix" in case:
        assert found[0].fix
        assert found[0].fix.sentence == case["fix"]


def about(found: list[Finding]) -> set[tuple[str, str | None, str | None]]:
    return {(each.code, each.item, each.person) for each in found}


@given(DUTIES, SCHEMES, st.sampled_from([load(), NARROW]))
def test_a_fix_removes_its_finding_and_makes_no_new_error(
    duties: list[Duty], schemes: dict[str, str], rules: Policy
) -> None:
    found = findings(ITEMS, PEOPLE, duties, rules, schemes=schemes)
    errors = about([each for each in found if each.severity == "error"])
    for finding in found:
        assert finding.severity == "warning" or finding.fix
        if finding.fix:
            after = findings(ITEMS, PEOPLE, applied(duties, finding.fix), rules, schemes=schemes)
            assert (finding.code, finding.item, finding.person) not in about(after)
            assert about([each for each in after if each.severity == "error"]) <= errors


@given(DUTIES, SCHEMES)
def test_fix_after_fix_ends_in_a_matrix_without_errors(duties: list[Duty], schemes: dict[str, str]) -> None:
    for _ in range(3 * len(ITEMS)):
        errors = [each for each in findings(ITEMS, PEOPLE, duties, schemes=schemes) if each.severity == "error"]
        if not errors:
            return
        assert errors[0].fix
        duties = applied(duties, errors[0].fix)
    pytest.fail("The errors did not end.")


@given(DUTIES, SCHEMES)
def test_a_cell_before_a_fix_is_what_the_matrix_holds(duties: list[Duty], schemes: dict[str, str]) -> None:
    for finding in findings(ITEMS, PEOPLE, duties, schemes=schemes):
        for change in finding.fix.changes if finding.fix else ():
            held = {duty.letter for duty in duties if (duty.item, duty.person) == (change.item, change.person)}
            assert change.before == join_letters(held, schemes[change.item])
            assert change.letters != change.before
            assert split_letters(change.letters, schemes[change.item]) == tuple(filter(None, change.letters.split("/")))


def who(id_: str, **more: Any) -> Stakeholder:
    values: dict[str, Any] = {"version": 1, "name": id_.title(), "power": Decimal(5), "interest": Decimal(5)} | more
    return Stakeholder(id=id_, **values)


@given(
    DUTIES,
    SCHEMES,
    st.lists(
        st.tuples(
            st.sampled_from(["resistant", "leading"]), st.sampled_from(["sales", "it", None]), st.integers(0, 10)
        ),
        min_size=len(PEOPLE),
        max_size=len(PEOPLE),
    ),
)
def test_fixes_about_people_do_the_same(
    duties: list[Duty], schemes: dict[str, str], drawn: list[tuple[str, str | None, int]]
) -> None:
    people = [
        who(id_, stance=stance, function=function, power=Decimal(power))
        for id_, (stance, function, power) in zip(PEOPLE, drawn, strict=True)
    ]

    def found(given: list[Duty]) -> list[Finding]:
        return people_findings(people, given, functions={"sales": "Sales", "it": "IT"}, names={}, schemes=schemes)

    errors = about([each for each in findings(ITEMS, PEOPLE, duties, schemes=schemes) if each.severity == "error"])
    for finding in found(duties):
        if finding.fix:
            after = applied(duties, finding.fix)
            assert finding.sentence not in [each.sentence for each in found(after)]
            left = [each for each in findings(ITEMS, PEOPLE, after, schemes=schemes) if each.severity == "error"]
            assert about(left) <= errors


def test_nobody_who_is_resistant_is_proposed_as_accountable() -> None:
    duties = [Duty("x", "p", "R"), Duty("x", "q", "C")]
    (found,) = [each for each in findings(["x"], ["p", "q"], duties, unfit=["p"]) if each.code == "no_accountable"]
    assert found.fix
    assert found.fix.sentence == "Make q accountable"


def test_the_people_of_its_function_come_first_where_nobody_has_a_letter() -> None:
    def accountable(duties: list[Duty], theirs: dict[str, list[str]]) -> set[str]:
        found = findings(["x", "y"], ["p", "q", "r"], duties, theirs=theirs)
        fixes = [each.fix for each in found if each.item == "x" and each.fix]
        return {change.person for fix in fixes for change in fix.changes if "A" in change.letters}

    assert accountable([], {}) == {"p"}
    assert accountable([], {"x": ["q", "r"]}) == {"q"}
    assert accountable([Duty("y", "q", "A"), Duty("y", "q", "R")], {"x": ["q", "r"]}) == {"r"}
    assert accountable([Duty("x", "p", "R")], {"x": ["q", "r"]}) == {"p"}


def test_a_resistant_accountable_hands_over_and_is_asked() -> None:
    people = [who("ann", stance="resistant"), who("bo")]
    duties = [Duty("x", "ann", "A"), Duty("x", "bo", "R")]
    (found,) = people_findings(people, duties, functions={}, names={"x": "Listening"})
    assert found.fix
    assert found.fix.sentence == "Make Bo accountable instead of Ann"
    assert {(each.person, each.letters) for each in found.fix.changes} == {("ann", "C"), ("bo", "A/R")}


def test_the_load_of_each_person() -> None:
    duties = [Duty(item, "ann", "A") for item in "abcdef"] + [Duty("a", "bo", "R"), Duty("a", "bo", "C")]
    ann, bo, cy = loads(["ann", "bo", "cy"], [*duties, duties[0]])
    assert (ann.accountable, ann.overload) == (6, True)
    assert (bo.responsible, bo.consulted, bo.overload) == (1, 1, False)
    assert (cy.accountable, cy.responsible, cy.consulted, cy.informed, cy.drives) == (0, 0, 0, 0, 0)


@given(DUTIES)
def test_the_loads_add_up_to_the_duties(duties: list[Duty]) -> None:
    total = Counter(duty.letter for duty in set(duties))
    found = loads(PEOPLE, duties)
    assert sum(each.accountable for each in found) == total["A"]
    assert sum(each.responsible + each.consulted + each.informed + each.drives for each in found) == sum(
        total[letter] for letter in "RCID"
    )


@pytest.mark.parametrize(("planned", "found"), [("11", 1), ("10", 0), ("0", 0)])
def test_a_network_may_hold_a_tenth_of_the_money(planned: str, found: int) -> None:
    money = {"x": Decimal(planned), "y": 100 - Decimal(planned)}
    duties = [Duty("x", "ann", "A"), Duty("y", "bo", "A")]
    risks = ladder_findings(duties, {"x": "network", "y": "team"}, money, names={"ann": "Ann"})
    assert [(each.code, each.person) for each in risks] == [("network_owner", "ann")] * found
    if found:
        assert risks[0].sentence.startswith("Ann answers for 11% of the planned budget on components")


def test_without_a_plan_no_share_of_it_is_too_much() -> None:
    assert ladder_findings([Duty("x", "ann", "A")], {"x": "network"}, {}, names={}) == []


def test_two_components_of_a_network_add_up() -> None:
    duties = [Duty("x", "ann", "A"), Duty("y", "ann", "A"), Duty("z", "bo", "A")]
    money = {"x": Decimal(6), "y": Decimal(6), "z": Decimal(88)}
    (risk,) = ladder_findings(duties, dict.fromkeys("xy", "network"), money, names={})
    assert risk.person == "ann"


def test_letters_of_daci_and_how_a_cell_changes_its_scheme() -> None:
    assert split_letters("a/d", "daci") == ("D", "A")
    assert translated("A/R", to="daci") == "D/A"
    assert translated("D/A", to="raci") == "A/R"
    assert translated("C", to="daci") == "C"
    assert translated("", to="daci") == ""
    assert LETTERS == "ARCI"
    with pytest.raises(Invalid, match=r"“R” is no duty\. Use D, A, C, I or several with a slash, as in D/A\."):
        split_letters("R", "daci")
