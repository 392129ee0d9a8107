"""What people do to the roadmap: activities, links, progress and rows from a file; each refusal names its field."""

import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event

from program.actions import links
from program.actions import roadmap as actions
from program.actions.links import link, set_links
from program.actions.programs import create_program
from program.actions.roadmap import add_activity, change_activity, import_activities, record_progress
from program.actions.stakeholders import add_stakeholder
from program.activity_rows import ActivityRow, RowLink, compare, read_rows
from program.placing import MOST_ACTIVITIES, PlannedActivity, Waiting
from program.queries import roadmap as queries
from program.store.engine import engine
from program.values import Actor, Invalid, Missing, Stale
from tests.program.making import component, later

TODAY = date(2026, 3, 2)
Add = Callable[..., str]


@pytest.fixture
def add(owner: Actor, program_id: str) -> Add:
    def added(name: str, days: str = "1", **more: Any) -> str:
        return add_activity(owner, program_id=program_id, name=name, duration=Decimal(days), **more)

    return added


def known(program_id: str) -> dict[str, PlannedActivity]:
    return {each.name: each for each in queries.activities(program_id)}


@pytest.mark.usefixtures("any_store")
def test_added_changed_and_placed(owner: Actor, program_id: str, add: Add) -> None:
    made = {"component_id": component(owner, program_id), "stage": "organized"}
    ann = add_stakeholder(owner, program_id=program_id, name="Ann")
    first = add("Learn", "2.5", owner_id=ann, optimistic=Decimal(1), pessimistic=Decimal(6), **made)
    second = add("Open", "0", after=first)
    assert change_activity(
        owner, program_id=program_id, activity_id=first, version=1, not_before=date(2026, 3, 9)
    ) == 2  # fmt: skip
    one, two = queries.activities(program_id)
    assert (one.name, one.duration, one.stage, one.owner_id, one.place) == (
        "Learn",
        Decimal("2.5"),
        "organized",
        ann,
        0,
    )
    assert (one.optimistic, one.pessimistic) == (Decimal(1), Decimal(6))
    assert (two.milestone, [each.predecessor_id for each in two.links], two.place) == (True, [first], 1)
    found = queries.roadmap(program_id, today=TODAY)
    assert found.by_id[second].finish == date(2026, 3, 11)


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"duration": Decimal(-1)}, "duration", "-1 is not a number of working days from 0 to 5,000."),
        ({"duration": Decimal(5001)}, "duration", "5001 is not"),
        ({"duration": "three"}, "duration", "no exact number"),
        ({"duration": 2.5}, "duration", "no exact number"),
        ({"duration": Decimal("NaN")}, "duration", "no number"),
        ({"duration": Decimal("0.00001")}, "duration", "more than 4 decimals"),
        ({"name": " "}, "name", "empty"),
        ({"stage": "done"}, "stage", "“done” is no stage"),
        ({"optimistic": Decimal(4)}, "optimistic", "At best 4 is more than the duration 3. Enter 3 or less."),
        ({"pessimistic": Decimal(1)}, "pessimistic", "At worst 1 is less than the duration 3. Enter 3 or more."),
        ({"not_before": "soon"}, "not_before", "no date"),
        ({"color": "red"}, "color", "no field “color”"),
    ],
)
def test_wrong_values_are_refused_with_their_field(
    values: dict[str, Any], field: str, said: str, owner: Actor, program_id: str, add: Add
) -> None:
    with pytest.raises(Invalid) as refused:
        add_activity(owner, program_id=program_id, **{"name": "A", "duration": Decimal(3), **values})
    assert refused.value.field == field
    assert said in refused.value.sentence
    id_ = add("A", "3")
    with pytest.raises(Invalid) as again:
        change_activity(owner, program_id=program_id, activity_id=id_, version=1, **values)
    assert again.value.field == field
    assert list(known(program_id)) == ["A"]


def test_a_link_to_itself_twice_or_to_nothing_is_refused(owner: Actor, program_id: str, add: Add) -> None:
    one, two = add("One"), add("Two")
    with pytest.raises(Invalid, match="“One” cannot wait for itself"):
        link(owner, program_id=program_id, predecessor_id=one, successor_id=one)
    link(owner, program_id=program_id, predecessor_id=one, successor_id=two)
    other = link(owner, program_id=program_id, predecessor_id=one, successor_id=two, kind="FF", lag=Decimal("-1.5"))
    with pytest.raises(Invalid, match="“Two” waits for “One” in this way already"):
        link(owner, program_id=program_id, predecessor_id=one, successor_id=two)
    with pytest.raises(Invalid, match="in this way already"):
        links.change_link(owner, program_id=program_id, link_id=other, version=1, kind="FS")
    with pytest.raises(Invalid, match="“XX” is no kind"):
        links.change_link(owner, program_id=program_id, link_id=other, version=1, kind="XX")
    with pytest.raises(Invalid, match="A lag of 6000 working days is longer"):
        links.change_link(owner, program_id=program_id, link_id=other, version=1, lag=Decimal(6000))
    actions.remove_activity(owner, program_id=program_id, activity_id=two, version=1)
    with pytest.raises(Missing):
        link(owner, program_id=program_id, predecessor_id=one, successor_id=two)
    with pytest.raises(Missing):
        add("Three", after=two)
    assert list(known(program_id)) == ["One"]


@pytest.mark.usefixtures("any_store")
def test_a_circle_is_refused_by_the_names_of_its_members(owner: Actor, program_id: str, add: Add) -> None:
    outside = add("Outside")
    ask = add("Ask", after=outside)
    build = add("Build", after=ask)
    tell = add("Tell", after=build)
    add("Later", after=tell)
    with pytest.raises(Invalid) as refused:
        link(owner, program_id=program_id, predecessor_id=tell, successor_id=ask, kind="SS")
    assert refused.value.field == "predecessor_id"
    assert refused.value.sentence == (
        "These activities would wait for each other: “Ask” → “Build” → “Tell” → “Ask”. Take one of these links away."
    )


@pytest.mark.usefixtures("any_store")
def test_removing_tells_of_the_links_that_go_and_can_bridge(owner: Actor, program_id: str, add: Add) -> None:
    ids = [add("A"), add("B"), add("C"), add("D")]
    for at, (before, kind, lag) in enumerate([("A", "SS", "1"), ("B", "FS", "0.5"), ("B", "FF", "0")], 1):
        after = ids[min(at, 3)] if at < 2 else ids[at]
        link(
            owner, program_id=program_id, predecessor_id=ids["ABCD".index(before)], successor_id=after, kind=kind,
            lag=Decimal(lag),
        )  # fmt: skip
    gone = actions.remove_activity(owner, program_id=program_id, activity_id=ids[1], version=1, bridge=True)
    assert gone == 3
    left = {
        (name, each.predecessor_id, each.kind, each.lag) for name, a in known(program_id).items() for each in a.links
    }
    assert left == {("C", ids[0], "SS", Decimal("1.5")), ("D", ids[0], "SF", Decimal(1))}
    assert actions.remove_activity(owner, program_id=program_id, activity_id=ids[0], version=1) == 2
    assert all(not each.links for each in known(program_id).values())


def test_a_bridge_is_no_longer_than_a_lag_may_be(owner: Actor, program_id: str, add: Add) -> None:
    ids = [add("A"), add("B"), add("C")]
    for before, after in (ids[:2], ids[1:]):
        link(owner, program_id=program_id, predecessor_id=before, successor_id=after, lag=Decimal(4000))
    with pytest.raises(Invalid, match="add up to 8000 working days; 5,000 is the most"):
        actions.remove_activity(owner, program_id=program_id, activity_id=ids[1], version=1, bridge=True)
    assert len(known(program_id)) == 3


def test_progress_fills_in_what_it_calls_for(owner: Actor, program_id: str, add: Add) -> None:
    id_ = add("A", "4")
    record_progress(owner, program_id=program_id, activity_id=id_, version=1, percent=Decimal("12.5"))
    assert (known(program_id)["A"].percent, known(program_id)["A"].started_on) == (Decimal("12.5"), TODAY)
    record_progress(owner, program_id=program_id, activity_id=id_, version=2, percent=Decimal(100))
    assert known(program_id)["A"].finished_on == TODAY
    began = date(2026, 2, 2)
    record_progress(owner, program_id=program_id, activity_id=id_, version=3, started_on=began, finished_on=TODAY)
    assert (known(program_id)["A"].started_on, known(program_id)["A"].percent) == (began, Decimal(100))
    record_progress(owner, program_id=program_id, activity_id=id_, version=4)
    found = known(program_id)["A"]
    assert not found.percent
    assert (found.started_on, found.finished_on) == (None, None)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"percent": Decimal(101)}, "percent"),
        ({"percent": Decimal(-1)}, "percent"),
        ({"percent": Decimal(40), "finished_on": TODAY}, "percent"),
        ({"started_on": TODAY + timedelta(1)}, "started_on"),
        ({"finished_on": TODAY + timedelta(1)}, "finished_on"),
        ({"started_on": TODAY, "finished_on": date(2026, 1, 7)}, "finished_on"),
        ({"percent": 0.4}, "percent"),
    ],
)
def test_progress_that_cannot_be_is_refused(
    given: dict[str, Any], field: str, owner: Actor, program_id: str, add: Add
) -> None:
    id_ = add("A", "4")
    with pytest.raises(Invalid) as refused:
        record_progress(owner, program_id=program_id, activity_id=id_, version=1, **given)
    assert refused.value.field == field


def test_today_is_the_day_in_the_time_zone_of_the_program(owner: Actor, program_id: str, add: Add) -> None:
    id_, late = add("A", "4"), later(owner, hours=14)  # 23:30 UTC is past midnight in Stockholm
    record_progress(late, program_id=program_id, activity_id=id_, version=1, percent=Decimal(10))
    assert known(program_id)["A"].started_on == date(2026, 3, 3)


def test_a_milestone_is_never_partly_reached(owner: Actor, program_id: str, add: Add) -> None:
    mark, work = add("M", "0"), add("A", "2")
    with pytest.raises(Invalid, match="reached or not"):
        record_progress(owner, program_id=program_id, activity_id=mark, version=1, percent=Decimal(50))
    record_progress(owner, program_id=program_id, activity_id=work, version=1, percent=Decimal(50))
    with pytest.raises(Invalid, match="never partly done"):
        change_activity(owner, program_id=program_id, activity_id=work, version=2, duration=Decimal(0))


def test_several_activities_change_together_or_not_at_all(owner: Actor, program_id: str, add: Add) -> None:
    ids = [add("A"), add("B"), add("C")]
    desk = component(owner, program_id)
    ann = add_stakeholder(owner, program_id=program_id, name="Ann")
    mine: dict[str, Any] = {"program_id": program_id}
    several = actions.change_activities
    assert several(owner, **mine, activities=dict.fromkeys(ids[:2], 1), component_id=desk, owner_id=ann) == 2
    assert [(each.component_id, each.owner_id, each.version) for each in queries.activities(program_id)] == [
        (desk, ann, 2),
        (desk, ann, 2),
        (None, None, 1),
    ]
    with pytest.raises(Stale):
        several(owner, **mine, activities={ids[2]: 1, ids[0]: 1}, owner_id=None)
    assert [each.owner_id for each in queries.activities(program_id)] == [ann, ann, None]
    several(owner, **mine, activities={ids[0]: 2}, owner_id=None)
    assert [each.owner_id for each in queries.activities(program_id)] == [None, ann, None]
    elsewhere = create_program(owner, name="Next", client_name="Acme", currency="CHF", time_zone="UTC", starts_on=TODAY)
    with pytest.raises(Missing):
        several(owner, program_id=elsewhere, activities={ids[1]: 2}, owner_id=None)
    for wrong, said in (
        ({"activities": {}, "owner_id": ann}, "No activity is chosen"),
        ({"activities": {ids[0]: 3}}, "Choose a component or an owner"),
        ({"activities": {ids[0]: 3}, "name": "Same"}, "Change them one by one"),
    ):
        with pytest.raises(Invalid, match=said):
            several(owner, **mine, **wrong)


CSV = "id,name,duration,predecessors\nA,Ask,2,\nB,Build,5.5,A FS+1\nM,Open,0,B;A SS-0.5\n"


@pytest.mark.usefixtures("any_store")
def test_rows_of_a_file_come_in_once(owner: Actor, program_id: str, add: Add) -> None:
    rows = read_rows(CSV)
    outside = add("Before")
    add("Ask", "9", after=outside)
    before = compare(rows, queries.activities(program_id))
    assert [len(each) for each in (before.added, before.changed, before.same)] == [2, 1, 0]
    assert import_activities(owner, program_id=program_id, rows=rows) == 3
    found = known(program_id)
    assert list(found) == ["Before", "Ask", "Build", "Open"]
    assert found["Ask"].duration == 2
    assert [each.predecessor_id for each in found["Ask"].links] == [outside]  # a link from outside the file stays
    assert {(each.kind, each.lag) for each in found["Open"].links} == {("FS", 0), ("SS", Decimal("-0.5"))}
    import_activities(owner, program_id=program_id, rows=rows)
    assert known(program_id) == found
    assert [len(each) for each in vars(compare(rows, list(found.values()))).values()] == [0, 0, 3]
    import_activities(owner, program_id=program_id, rows=[*rows[:2], ActivityRow(4, "M", "Open", Decimal(0))])
    assert known(program_id)["Open"].links == ()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (ActivityRow(3, "B", "B", Decimal(-1)), "Line 3: -1 is not a number of working days"),
        (ActivityRow(3, "B", "", Decimal(1)), "Line 3: The name is empty."),
        (ActivityRow(3, "B", "B", Decimal(1), (RowLink("C"),)), "Line 3: there is no activity “C”."),
        (ActivityRow(3, "B", "B", Decimal(1), (RowLink("B"),)), "Line 3: “B” waits for itself."),
        (ActivityRow(3, "B", "B", Decimal(1), (RowLink("A"), RowLink("A"))), "Line 3: A FS stands here twice."),
        (ActivityRow(3, "B", "B", Decimal(1), (), {"percent": Decimal(120)}), "Line 3: "),
        (ActivityRow(3, "A", "B", Decimal(1)), "Two of the rows have the same id."),
    ],
)
def test_a_wrong_row_brings_nothing_in(row: ActivityRow, said: str, owner: Actor, program_id: str) -> None:
    with pytest.raises(Invalid) as refused:
        import_activities(owner, program_id=program_id, rows=[ActivityRow(2, "A", "A", Decimal(1)), row])
    assert said in refused.value.sentence
    assert queries.activities(program_id) == []


def test_rows_in_a_circle_are_named_also_over_links_that_were_there(owner: Actor, program_id: str, add: Add) -> None:
    ask = add("Ask")
    middle = add("Middle", after=ask)
    add("Build", after=middle)
    rows = [ActivityRow(2, "1", "Build", Decimal(1)), ActivityRow(3, "2", "Ask", Decimal(1), (RowLink("1"),))]
    with pytest.raises(Invalid, match="would wait for each other") as refused:
        import_activities(owner, program_id=program_id, rows=rows)
    assert all(f"“{name}”" in refused.value.sentence for name in ("Ask", "Middle", "Build"))


def test_ten_thousand_activities_come_in_and_are_read_in_few_statements(owner: Actor, program_id: str) -> None:
    rows = [
        ActivityRow(at + 2, str(at), f"Activity {at}", Decimal(at % 7), (RowLink(str(at - 1)),) if at % 100 else ())
        for at in range(10_000)
    ]
    import_activities(owner, program_id=program_id, rows=rows)
    statements = []
    event.listen(engine(), "before_cursor_execute", lambda *call: statements.append(call[2]))
    begin = time.process_time()
    found = queries.roadmap(program_id, today=TODAY)
    assert time.process_time() - begin < 4
    assert len(found.activities) == 10_000
    assert len(statements) <= 8
    last = found.activities[-1].activity
    with pytest.raises(Invalid, match="wait for each other"):
        link(owner, program_id=program_id, predecessor_id=last.id, successor_id=found.activities[-90].id)
    with pytest.raises(Invalid, match=f"holds {MOST_ACTIVITIES:,} activities at most; these would be 20,001"):
        import_activities(
            owner,
            program_id=program_id,
            rows=[ActivityRow(at, f"n{at}", f"New {at}", Decimal(1)) for at in range(10_001)],
        )


def test_a_second_save_over_another_is_stale_and_says_what_there_is(owner: Actor, program_id: str, add: Add) -> None:
    id_ = add("A", "3")
    change_activity(owner, program_id=program_id, activity_id=id_, version=1, duration=Decimal(4))
    with pytest.raises(Stale) as refused:
        change_activity(owner, program_id=program_id, activity_id=id_, version=1, duration=Decimal(5))
    assert refused.value.differences == {"duration": (Decimal(5), Decimal(4))}


def test_all_links_of_an_activity_are_set_at_once_or_not_at_all(owner: Actor, program_id: str) -> None:
    mine: dict[str, Any] = {"program_id": program_id}
    ids = [add_activity(owner, **mine, name=name, duration=Decimal(2)) for name in "ABCD"]
    link(owner, **mine, predecessor_id=ids[0], successor_id=ids[3])
    link(owner, **mine, predecessor_id=ids[1], successor_id=ids[3], lag=Decimal(1))

    def held() -> list[tuple[str, str, Decimal]]:
        last = next(each for each in queries.activities(program_id) if each.id == ids[3])
        return sorted((each.predecessor_id, each.kind, each.lag) for each in last.links)

    last = next(each for each in queries.activities(program_id) if each.id == ids[3])
    seen = {each.id: each.version for each in last.links}
    before = held()
    wanted = [Waiting(ids[1], "FS", Decimal(3)), Waiting(ids[2], "SS", Decimal(0))]
    with pytest.raises(Invalid, match="“D” cannot wait for itself"):
        set_links(owner, **mine, activity_id=ids[3], seen=seen, wanted=[*wanted, Waiting(ids[3], "FS", Decimal(0))])
    assert held() == before
    set_links(owner, **mine, activity_id=ids[3], seen=seen, wanted=wanted)
    assert held() == sorted((each.predecessor_id, each.kind, each.lag) for each in wanted)
    with pytest.raises(Stale):
        set_links(owner, **mine, activity_id=ids[3], seen=seen, wanted=[])
    assert len(held()) == 2
