"""Baselines: what was is byte for byte what it was, and drift in dates, money and scope is exact."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program.actions.baselines import make_baseline
from program.actions.budget import add_line, change_line, remove_line
from program.actions.components import change_component, remove_component
from program.actions.links import link, unlink
from program.actions.planning import add_day_off, set_settings
from program.actions.programs import change_program, import_program
from program.actions.roadmap import (
    add_activity,
    change_activity,
    record_progress,
    remove_activity,
)
from program.actions.versions import approve_version, make_version, spread_line
from program.baselines import (
    BadBaseline,
    Frozen,
    FrozenActivity,
    FrozenComponent,
    FrozenLine,
    FrozenLink,
    FrozenPhase,
    Scope,
    drift,
    freeze,
    read,
)
from program.calendars import WorkingCalendar
from program.parcel import unwrap, wrap
from program.placing import place
from program.queries import roadmap as queries
from program.queries import versions
from program.reports.exchange import export_program
from program.roadmap import headline
from program.values import Actor, Invalid, Missing
from tests.program.making import component, later

TODAY = date(2026, 3, 2)


@pytest.fixture
def plan(owner: Actor, program_id: str) -> dict[str, str]:
    """Two components, three activities, three lines in two currencies, and an approved budget version by month."""
    desk, tools = component(owner, program_id, "Desk"), component(owner, program_id, "Tools")
    ids = {"desk": desk, "tools": tools}

    def line(name: str, component_id: str, planned: str | None, currency: str = "EUR") -> str:
        amount = None if planned is None else Decimal(planned)
        values = {"name": name, "planned": amount, "currency": currency}
        return add_line(owner, program_id=program_id, component_id=component_id, **values)  # type: ignore[arg-type]

    ids |= {"staff": line("Staff", desk, "100"), "cloud": line("Cloud", tools, "50.10", "USD")}
    ids["open"] = line("Open", tools, None)
    version = make_version(owner, program_id=program_id, name="Budget 1")
    now = spread_line(
        owner, program_id=program_id, version_id=version, version=1, line_id=ids["staff"], total=Decimal("90.01"),
        start=date(2026, 3, 1), end=date(2026, 5, 31), recurrence="monthly",
    )  # fmt: skip
    approve_version(owner, program_id=program_id, version_id=version, version=now)
    for name, days in (("Ask", "3"), ("Build", "5"), ("Done", "0")):
        activity = {"name": name, "duration": Decimal(days), "component_id": desk}
        ids[name] = add_activity(owner, program_id=program_id, **activity)  # type: ignore[arg-type]
    ids["link"] = link(owner, program_id=program_id, predecessor_id=ids["Ask"], successor_id=ids["Build"])
    link(owner, program_id=program_id, predecessor_id=ids["Build"], successor_id=ids["Done"], lag=Decimal("0.5"))
    return ids


def upset(owner: Actor, program_id: str, ids: dict[str, str]) -> None:
    """Edit or remove everything that a baseline has kept."""
    given = {"actor": owner, "program_id": program_id}
    change_activity(
        owner, program_id=program_id, activity_id=ids["Ask"], version=1, name="Ask twice", duration=Decimal(9)
    )
    record_progress(owner, program_id=program_id, activity_id=ids["Ask"], version=2, percent=Decimal(40))
    unlink(owner, program_id=program_id, link_id=ids["link"], version=1)
    remove_activity(owner, program_id=program_id, activity_id=ids["Build"], version=1, bridge=True)
    change_line(owner, program_id=program_id, line_id=ids["staff"], version=2, name="People", planned=Decimal("91.02"))
    remove_line(owner, program_id=program_id, line_id=ids["cloud"], version=1)
    change_component(owner, program_id=program_id, component_id=ids["desk"], version=1, name="Help desk")
    remove_component(owner, program_id=program_id, component_id=ids["tools"], version=1)
    set_settings(version=None, holiday_country="SE", reserve=Decimal(9), **given)  # type: ignore[arg-type]
    add_day_off(on=date(2026, 3, 4), name="Move", **given)  # type: ignore[arg-type]
    change_program(owner, program_id=program_id, version=1, name="Next", starts_on=date(2026, 2, 2))


@pytest.mark.usefixtures("any_store")
def test_a_baseline_is_byte_identical_after_everything_was_edited(
    owner: Actor, program_id: str, plan: dict[str, str]
) -> None:
    id_ = make_baseline(owner, program_id=program_id, name="First")
    (head,) = queries.baselines(program_id)
    content, figures = queries.content(program_id, id_), queries.frozen(program_id, id_)
    assert (head.id, head.name, head.made_by, head.made_at) == (id_, "First", owner.name, owner.now)
    assert head.sha256 == sha256(content.encode()).hexdigest()
    upset(owner, program_id, plan)
    make_baseline(later(owner, days=1), program_id=program_id, name="Second")
    assert queries.content(program_id, id_).encode() == content.encode()
    assert queries.frozen(program_id, id_) == figures
    assert [each.name for each in queries.baselines(program_id)] == ["Second", "First"]
    assert queries.baselines(program_id)[1] == head


def test_what_a_baseline_keeps(owner: Actor, program_id: str, plan: dict[str, str]) -> None:
    found = queries.frozen(program_id, make_baseline(owner, program_id=program_id, name="First"))
    assert (found.name, found.as_of, found.currency, found.version) == ("First", TODAY, "EUR", "Budget 1")
    assert [(each.name, each.start, each.finish) for each in found.activities] == [
        ("Ask", TODAY, date(2026, 3, 4)),
        ("Build", date(2026, 3, 5), date(2026, 3, 11)),
        ("Done", date(2026, 3, 12), date(2026, 3, 12)),
    ]
    assert found.activities[2].links == (FrozenLink(plan["Build"], "FS", Decimal("0.5")),)
    assert {line.name: (line.currency, line.planned) for line in found.lines} == {
        "Staff": ("EUR", Decimal("90.01")), "Cloud": ("USD", Decimal("50.1")), "Open": ("EUR", None)
    }  # fmt: skip
    assert [(each.period, each.amount) for each in found.phases] == [
        (date(2026, month, 1), Decimal(amount)) for month, amount in ((3, "30.01"), (4, "30"), (5, "30"))
    ]
    assert [each.progress_rule for each in found.components] == ["activities", "activities"]


def test_drift_in_dates_money_and_scope(owner: Actor, program_id: str, plan: dict[str, str]) -> None:
    id_ = make_baseline(owner, program_id=program_id, name="First")
    same = queries.drift(program_id, id_, today=TODAY)
    assert (same.finish_days, same.dates, same.costs, same.activities.added) == (0, (), (), ())
    upset(owner, program_id, plan)
    add_activity(owner, program_id=program_id, name="Check", duration=Decimal(1))
    found = queries.drift(program_id, id_, today=TODAY)
    moved = {each.name: (each.start_days, each.finish_days, each.longer) for each in found.dates}
    assert moved["Ask twice"] == (0, 3, Decimal(6))  # 0.6 x 9 days from Monday on, with one more day off
    assert (found.activities.added, found.activities.removed) == (("Check",), ("Build",))
    assert (found.components.added, found.components.removed) == ((), ("Tools",))
    assert found.lines.removed == ("Cloud", "Open")
    assert [(each.name, each.currency, each.before, each.after, each.difference) for each in found.costs] == [
        ("Help desk", "EUR", Decimal("90.01"), Decimal("91.02"), Decimal("1.01")),
        ("Tools", "USD", Decimal("50.1"), None, None),
    ]
    assert [(each.currency, each.difference) for each in found.total] == [("EUR", Decimal("1.01")), ("USD", None)]
    finish = queries.roadmap(program_id, today=TODAY)
    assert found.finish_days == -2
    assert headline(finish, found).startswith(
        "The roadmap ends on 10 March 2026, 2 working days sooner than in “First”."
    )


def test_a_baseline_without_a_name_or_without_anything_is_refused(owner: Actor, program_id: str) -> None:
    with pytest.raises(Invalid, match="nothing to keep"):
        make_baseline(owner, program_id=program_id, name="First")
    component(owner, program_id)
    with pytest.raises(Invalid, match="empty"):
        make_baseline(owner, program_id=program_id, name=" ")
    id_ = make_baseline(owner, program_id=program_id, name="First")
    with pytest.raises(Invalid, match="already a baseline named “First”"):
        make_baseline(owner, program_id=program_id, name="First")
    with pytest.raises(Missing):
        queries.content("0" * 32, id_)
    assert versions.approved(program_id) is None
    assert queries.frozen(program_id, id_).version is None


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format":2}', '{"format":1,"name":"x"}', '{"activities":[]}'])
def test_content_that_cannot_be_read_is_refused_in_words(content: str) -> None:
    with pytest.raises(BadBaseline, match="baseline"):
        read(content)


names = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
amounts = st.decimals(-(10**11), 10**11, places=4)
known = st.none() | amounts
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
months = days.map(lambda day: day.replace(day=1))


@given(
    st.lists(st.builds(FrozenComponent, names, names, names), max_size=3),
    st.lists(st.builds(FrozenLine, names, names, names, names, known, known, names), max_size=4),
    st.lists(st.builds(FrozenPhase, names, months, amounts), max_size=5),
    names,
)  # fmt: skip
def test_what_is_written_is_read_and_the_same_plan_is_the_same_text(
    components: list[FrozenComponent], lines: list[FrozenLine], phases: list[FrozenPhase], name: str
) -> None:
    roadmap = place([], start=TODAY, today=TODAY, calendar=WorkingCalendar(TODAY))
    write: Callable[[list[FrozenPhase]], str] = lambda of: freeze(  # noqa: E731
        roadmap, components, lines, of, name=name, currency="EUR", version=None
    )
    text = write(phases)
    found = read(text)
    assert found.components == tuple(components)
    assert found.lines == tuple(lines)
    assert {(each.line_id, each.period) for each in found.phases} == {(each.line_id, each.period) for each in phases}
    assert sum(each.amount for each in found.phases) == sum(each.amount for each in phases)
    if len({(each.line_id, each.period) for each in phases}) == len(phases):
        assert write(phases[::-1]) == text


def test_drift_of_a_plan_without_activities() -> None:
    empty = place([], start=TODAY, today=TODAY, calendar=WorkingCalendar(TODAY))
    one = FrozenActivity("a", "A", None, Decimal(1), TODAY, TODAY)
    frozen = Frozen("First", TODAY, "EUR", None, (one,), (), (), ())
    found = drift(frozen, empty, (), ())
    assert (found.finish_days, found.activities.removed, found.total) == (None, ("A",), ())
    assert headline(empty, found) == "Nothing is on the roadmap yet."


def test_a_copy_from_a_file_has_its_baselines_and_no_drift(owner: Actor, program_id: str, plan: dict[str, str]) -> None:
    make_baseline(owner, program_id=program_id, name="First")
    content = export_program(program_id)
    copy = import_program(owner, content=content)
    (head,) = queries.baselines(copy)
    found = queries.drift(copy, head.id, today=TODAY)
    assert queries.frozen(copy, head.id).activities[0].id != plan["Ask"]
    assert (found.finish_days, found.dates, found.costs, found.activities, found.lines) == (
        0, (), (), Scope((), ()), Scope((), ())
    )  # fmt: skip


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("table", "values", "said"),
    [
        ("activity", {"duration": "-1.0000"}, "is not a number of working days"),
        ("activity", {"percent": "40.0000", "finished_on": "2026-03-01"}, "It is finished"),
        ("activity_link", {"lag": "9999.0000"}, "longer than 5,000"),
        ("baseline", {"content": "{}", "sha256": sha256(b"{}").hexdigest()}, "cannot be read"),
        ("baseline", {"content": "{}"}, "checksum"),
    ],
)
def test_a_file_with_what_nobody_could_have_entered_is_refused(
    table: str, values: dict[str, Any], said: str, owner: Actor, program_id: str
) -> None:
    make_baseline(owner, program_id=program_id, name="First")
    tables = unwrap(export_program(program_id))
    tables[table][0].update(values)
    with pytest.raises(Invalid, match=said):
        import_program(owner, content=wrap(tables))
