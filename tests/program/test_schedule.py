"""The critical path method: published schedules, the rules of the four links, and properties of random plans."""

import os
import random
from datetime import date
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from program.calendars import WorkingCalendar
from program.schedule import Activity, Cycle, Link, LinkKind, Schedule, critical_path, driving, schedule
from program.schedule_file import read_activities, read_holidays
from program.table_file import BadTable

Six = tuple[float, float, float, float, float]


def plan(*rows: str) -> Schedule:
    """Rows such as `B 4 A`: id, duration, predecessors."""
    parts = (row.split(" ", 2) for row in rows)
    lines = (f"{part[0]},,{part[1]},{part[2] if len(part) > 2 else ''}" for part in parts)
    return schedule(read_activities("\n".join(["id,name,duration,predecessors", *lines])))


def times(found: Schedule) -> dict[str, Six]:
    return {each.id: tuple(six)[:5] for each, six in zip(found.activities, found.times, strict=True)}  # type: ignore[misc]


def free(found: Schedule) -> dict[str, float]:
    return {each.id: six.free_slack for each, six in zip(found.activities, found.times, strict=True)}


def test_p2() -> None:
    found = plan(
        "A 2", "B 4 A", "C 5 A", "D 2 B", "E 1 B", "F 8 B;C", "G 3 D;E", "H 5 F", "I 4 F", "J 7 G;H;I"
    )  # fmt: skip
    assert found.duration == 27
    assert critical_path(found) == ["A", "C", "F", "H", "J"]
    assert {name: six for name, six in times(found).items() if name in "BDEGI"} == {
        "B": (2, 6, 3, 7, 1),
        "D": (6, 8, 15, 17, 9),
        "E": (6, 7, 16, 17, 10),
        "G": (8, 11, 17, 20, 9),
        "I": (15, 19, 16, 20, 1),
    }
    assert {name: free(found)[name] for name in "BDEGI"} == {"B": 0, "D": 0, "E": 1, "G": 9, "I": 1}


def test_p3() -> None:
    found = plan("A 6", "B 2 A", "C 2 A", "D 3 B", "F 2 C", "E 4 D;F", "G 1 E")
    assert found.duration == 16
    assert critical_path(found) == ["A", "B", "D", "E", "G"]
    assert times(found)["C"] == (6, 8, 7, 9, 1)
    assert times(found)["F"] == (8, 10, 9, 11, 1)


def psplib() -> list[Path]:
    folder = os.environ.get("GROUNDWORK_TEST_DATA")
    return sorted((Path(folder) / "psplib_j30").glob("*.sm")) if folder else []


def activities_of(text: str) -> tuple[list[tuple[str, int, list[str]]], int]:
    """Jobs of a PSPLIB file with their duration and successors, and the length that the file itself states."""
    stated = int(text.split("MPM-Time")[1].splitlines()[1].split()[-1])
    follow = text.split("PRECEDENCE RELATIONS:")[1].split("***")[0].splitlines()[2:]
    last = text.split("REQUESTS/DURATIONS:")[1].split("***")[0].splitlines()[3:]
    days = {row.split()[0]: int(row.split()[2]) for row in last if row.strip()}
    return [(row.split()[0], days[row.split()[0]], row.split()[3:]) for row in follow if row.strip()], stated


@pytest.mark.skipif(not psplib(), reason="GROUNDWORK_TEST_DATA has no psplib_j30")
@pytest.mark.parametrize("file", psplib(), ids=lambda file: file.stem)
def test_p4_the_critical_path_of_psplib_is_as_long_as_the_file_says(file: Path) -> None:
    jobs, stated = activities_of(file.read_text())
    before: dict[str, list[str]] = {job: [] for job, _, _ in jobs}
    for job, _, successors in jobs:
        for successor in successors:
            before[successor].append(job)
    found = plan(*(f"{job} {days} {';'.join(before[job])}" for job, days, _ in jobs))
    assert found.duration == stated
    if file.stem == "j301_1":
        assert critical_path(found) == ["1", "3", "8", "12", "14", "17", "22", "23", "24", "30", "32"]


@pytest.mark.parametrize(
    ("link", "start", "finish"),
    [("A FS", 5, 8), ("A SS", 0, 3), ("A FF", 2, 5), ("A SF", 0, 3), ("A FS+2", 7, 10), ("A FS-1.5", 3.5, 6.5),
     ("A SS+1", 1, 4), ("A FF+2", 4, 7), ("A SF+4", 1, 4), ("A FS-9", 0, 3)],
)  # fmt: skip
def test_the_four_links_with_lags_and_leads(link: str, start: float, finish: float) -> None:
    assert times(plan("A 5", f"B 3 {link}"))["B"][:2] == (start, finish)


def test_what_may_slip_by_a_link_from_start_to_start() -> None:
    """B may start with A and is shorter: A holds the end, B has two days, and A's start holds nothing else."""
    found = plan("A 5", "B 3 A SS")
    assert times(found) == {"A": (0, 5, 0, 5, 0), "B": (0, 3, 2, 5, 2)}
    assert free(found) == {"A": 0, "B": 2}


def test_two_critical_paths_milestones_and_fractions() -> None:
    found = plan("A 2.5", "B 2.5", "M 0 A;B", "C 0.5 M")
    assert found.duration == 3
    assert [each.critical for each in found.times] == [True] * 4
    assert driving(found, 2) == [0, 1]


def test_a_cycle_is_named_by_its_members() -> None:
    with pytest.raises(Cycle) as refused:
        plan("Z 1", "A 1 C;Z", "B 1 A", "C 1 B", "D 1 C")
    assert sorted(refused.value.members) == ["A", "B", "C"]
    ring = refused.value.members
    assert all(
        ring[at] in "ABC" and (ring[at - 1], ring[at]) in {("A", "B"), ("B", "C"), ("C", "A")} for at in range(3)
    )


def test_a_plan_of_nothing() -> None:
    assert schedule(()) == Schedule((), (), 0.0)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("A,,-1,", "line 3, column duration: “-1” is not a number of working days"),
        ("A,,soon,", "column duration: “soon” is not"),
        ("A,,,", "column duration: “” is not"),
        ("A,,1e999,", "column duration: “1e999” is not"),
        ("A B,,1,", "column id: “A B” holds a space"),
        (",,1,", "column id: The cell is empty."),
        ("X,,1,", "column id: “X” stands here twice."),
        ("A,,1,A", "column predecessors: A waits for itself."),
        ("A,,1,Y", "column predecessors: There is no activity “Y”."),
        ("A,,1,X;X", "column predecessors: X FS stands here twice."),
        ("A,,1,X FX+1", "column predecessors: “X FX+1” is no predecessor."),
        ("A,,1,X FS+", "“X FS+” is no predecessor."),
    ],
)
def test_a_broken_line_is_refused(row: str, said: str) -> None:
    with pytest.raises(BadTable) as refused:
        read_activities(f"id,name,duration,predecessors\nX,,1,\n{row}\n")
    assert said in str(refused.value)


def drawn(chance: random.Random, most: int = 14) -> tuple[Activity, ...]:
    """A random plan whose links lead from earlier to later positions; all kinds, lags, leads and fractions."""
    found = []
    for at in range(chance.randint(1, most)):
        before = chance.sample(range(at), min(at, chance.randint(0, 3)))
        kinds: tuple[LinkKind, ...] = ("FS", "SS", "FF", "SF")
        links = tuple(Link(each, chance.choice(kinds), chance.choice([0, 0, 1, 2.5, -1])) for each in before)
        found.append(Activity(f"A{at}", "", chance.choice([0, 1, 2, 3.5, 8]), links))
    return tuple(found)


def worked(activities: tuple[Activity, ...], starts: list[float]) -> bool:
    """Whether starts keep every link: the rule of each kind, written down a second time."""
    for own, activity in enumerate(activities):
        for link in activity.links:
            ends = {
                "F": starts[link.predecessor] + activities[link.predecessor].duration,
                "S": starts[link.predecessor],
            }
            held = starts[own] if link.kind[1] == "S" else starts[own] + activity.duration
            if held < ends[link.kind[0]] + link.lag - 1e-9:
                return False
    return min(starts) >= -1e-9


@settings(max_examples=200, deadline=None)
@given(st.randoms(use_true_random=False))
def test_early_and_late_dates_are_the_first_and_the_last_that_keep_every_link(chance: random.Random) -> None:
    activities = drawn(chance)
    found = schedule(activities)
    early = [each.early_start for each in found.times]
    late = [each.late_start for each in found.times]
    assert worked(activities, early)
    assert worked(activities, [max(each, 0.0) for each in late])
    for at, each in enumerate(found.times):
        assert 0 <= each.free_slack <= each.total_slack + 1e-9
        sooner = [*early[:at], early[at] - 0.25, *early[at + 1 :]]
        assert not worked(activities, sooner)
        slipped = [*early[:at], early[at] + each.free_slack, *early[at + 1 :]]
        assert worked(activities, slipped)
        too_far = [*early[:at], early[at] + each.free_slack + 0.25, *early[at + 1 :]]
        assert not worked(activities, too_far) or too_far[at] + activities[at].duration > found.duration


@settings(max_examples=100, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_date_and_more_links_never_shorten(chance: random.Random) -> None:
    activities = drawn(chance)
    one = times(schedule(activities))
    order = list(range(len(activities)))
    chance.shuffle(order)
    where = {old: new for new, old in enumerate(order)}
    moved = tuple(
        Activity(a.id, a.name, a.duration, tuple(Link(where[x.predecessor], x.kind, x.lag) for x in a.links))
        for a in (activities[at] for at in order)
    )
    assert times(schedule(moved)) == one
    fewer = tuple(Activity(a.id, a.name, a.duration, a.links[1:]) for a in activities)
    assert schedule(fewer).duration <= schedule(activities).duration + 1e-9


@settings(max_examples=50, deadline=None)
@given(st.randoms(use_true_random=False))
def test_as_long_as_the_longest_path_of_networkx(chance: random.Random) -> None:
    activities = tuple(
        Activity(a.id, "", a.duration, tuple(Link(x.predecessor) for x in a.links)) for a in drawn(chance)
    )
    graph = nx.DiGraph()
    graph.add_nodes_from(range(-1, len(activities)))
    for at, activity in enumerate(activities):
        graph.add_edge(at, "end", weight=activity.duration)
        graph.add_edges_from(
            (x.predecessor, at, {"weight": activities[x.predecessor].duration}) for x in activity.links
        )
    assert schedule(activities).duration == pytest.approx(nx.dag_longest_path_length(graph))


def test_dates_are_the_first_and_the_last_working_day() -> None:
    calendar = WorkingCalendar(date(2026, 12, 23), frozenset({date(2026, 12, 25)}))
    assert calendar.first_day(0) == date(2026, 12, 23)
    assert calendar.last_day(2) == date(2026, 12, 24)
    assert (calendar.first_day(2), calendar.last_day(2.5)) == (date(2026, 12, 28), date(2026, 12, 28))
    assert WorkingCalendar(date(2026, 12, 26)).first_day(0) == date(2026, 12, 28)
    assert calendar.number(date(2026, 12, 29)) == 3


def test_holidays_are_read_and_refused_by_line() -> None:
    assert read_holidays("date,name\n2026-12-25,Christmas\n") == {date(2026, 12, 25)}
    with pytest.raises(BadTable, match=r"line 2, column date: “25/12/2026” is no date"):
        read_holidays("date\n25/12/2026\n")
