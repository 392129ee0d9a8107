"""MS Project XML: what is written is read back, hostile files are refused, and what is missing is said in words."""

import os
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest

from program.actions.roadmap import add_activity, import_activities
from program.activity_rows import compare
from program.calendars import WorkingCalendar
from program.placing import PlannedActivity, PlannedLink, Roadmap, place
from program.queries import roadmap as queries
from program.reports import msproject
from program.reports.msproject import BadProject, NotAvailable, read, write
from program.values import Actor

MONDAY = date(2026, 3, 2)
OFF = {date(2026, 3, 6): "Move & rest"}
SPACE = "{http://schemas.microsoft.com/project}"
needs_java = pytest.mark.skipif(
    not msproject.available() or not (shutil.which("java") or os.environ.get("JAVA_HOME")),
    reason="mpxj or Java is not installed",
)


def link(predecessor: str, kind: str = "FS", lag: str = "0") -> PlannedLink:
    return PlannedLink(f"{predecessor}{kind}", 1, predecessor, kind, Decimal(lag))  # type: ignore[arg-type]


ACTIVITIES = [
    PlannedActivity("a" * 32, 1, None, "Ask <b>&amp; “listen”", None, Decimal("2.5"), started_on=date(2026, 2, 26),
                    percent=Decimal(40)),
    PlannedActivity("b" * 32, 1, None, "Build", None, Decimal(10), links=(link("a" * 32, "FS", "1.5"),)),
    PlannedActivity("c" * 32, 1, None, "Train", None, Decimal("0.75"), not_before=date(2026, 3, 16),
                    links=(link("b" * 32, "SS", "2"), link("a" * 32, "FF", "-0.5"))),
    PlannedActivity("d" * 32, 1, None, "Open", None, Decimal(0), links=(link("b" * 32), link("c" * 32, "SF", "1"))),
    PlannedActivity("e" * 32, 1, None, "Kick-off", None, Decimal(0), percent=Decimal(100), finished_on=MONDAY),
]  # fmt: skip


def roadmap() -> Roadmap:
    calendar = WorkingCalendar(MONDAY, frozenset(OFF))
    return place(ACTIVITIES, start=MONDAY, today=MONDAY, calendar=calendar)


@pytest.fixture(scope="module")
def written() -> bytes:
    return write(roadmap(), name="Closer & nearer", holidays=OFF)


@needs_java
def test_what_is_written_is_read_back(written: bytes) -> None:
    found = read(written)
    assert [row.name for row in found.rows] == [each.name for each in ACTIVITIES]
    assert [row.duration for row in found.rows] == [each.duration for each in ACTIVITIES]
    names = {row.key: row.name for row in found.rows}
    ids = {each.id: each.name for each in ACTIVITIES}
    for row, activity in zip(found.rows, ACTIVITIES, strict=True):
        links = {(names[each.key], each.kind, each.lag) for each in row.links}
        assert links == {(ids[each.predecessor_id], each.kind, each.lag) for each in activity.links}
        assert row.values["percent"] == activity.percent
        assert row.values["started_on"] == (activity.started_on or activity.finished_on)
        assert row.values["finished_on"] == activity.finished_on
        assert row.values.get("not_before") == activity.not_before
    assert found.days_off == OFF
    assert found.notes == ()


@needs_java
def test_the_dates_in_the_file_are_those_of_the_roadmap(written: bytes) -> None:
    root = ElementTree.fromstring(written)  # noqa: S314 - we wrote it
    dates = {
        each.findtext(f"{SPACE}Name"): (each.findtext(f"{SPACE}Start"), each.findtext(f"{SPACE}Finish"))
        for each in root.iter(f"{SPACE}Task")
    }
    for each in roadmap().activities:
        start, finish = dates[each.activity.name]
        assert start is not None
        assert finish is not None
        assert date.fromisoformat(start[:10]) == each.start
        assert date.fromisoformat(finish[:10]) == each.finish
    assert dates["Build"] == ("2026-03-05T08:00:00", "2026-03-19T17:00:00")


@needs_java
def test_a_file_is_previewed_and_brought_in_once(owner: Actor, program_id: str, written: bytes) -> None:
    found = read(written)
    add_activity(owner, program_id=program_id, name="Build", duration=Decimal(3))
    preview = compare(found.rows, queries.activities(program_id))
    assert [len(each) for each in (preview.added, preview.changed, preview.same)] == [4, 1, 0]
    assert len(queries.activities(program_id)) == 1  # nothing was stored by looking
    import_activities(owner, program_id=program_id, rows=found.rows)
    stored = queries.activities(program_id)
    assert len(compare(found.rows, stored).same) == len(ACTIVITIES)
    assert import_activities(owner, program_id=program_id, rows=found.rows) == len(ACTIVITIES)
    assert queries.activities(program_id) == stored


TASK = "<Task><UID>{uid}</UID><ID>{uid}</ID><Name>{name}</Name>{more}</Task>"


def project(*tasks: str, before: str = "") -> bytes:
    parts = "".join(tasks)
    text = f'<?xml version="1.0"?>{before}<Project xmlns="{SPACE[1:-1]}"><Tasks>{parts}</Tasks></Project>'
    return text.encode()


@needs_java
def test_what_does_not_come_in_is_told() -> None:
    content = project(
        TASK.format(uid=1, name="Phase", more="<OutlineLevel>1</OutlineLevel><Duration>PT16H0M0S</Duration>"),
        TASK.format(uid=2, name="Work", more="<OutlineLevel>2</OutlineLevel><Duration>PT16H0M0S</Duration>"),
        TASK.format(
            uid=3, name="Later",
            more="<Duration>PT4H0M0S</Duration><PredecessorLink><PredecessorUID>1</PredecessorUID><Type>1</Type>"
            "</PredecessorLink><PredecessorLink><PredecessorUID>2</PredecessorUID><Type>3</Type><LinkLag>-2400</LinkLag>"
            "<LagFormat>7</LagFormat></PredecessorLink>",
        ),
    )  # fmt: skip
    found = read(content)
    assert [(row.name, row.duration) for row in found.rows] == [("Work", 2), ("Later", Decimal("0.5"))]
    assert [(each.kind, each.lag) for each in found.rows[1].links] == [("SS", Decimal("-0.5"))]
    assert found.notes == (
        "“Phase” sums up other tasks and does not come in.",
        "“Later” loses 1 link to what does not come in.",
    )


@needs_java
def test_days_that_no_calendar_holds_are_refused_or_end_with_it(written: bytes) -> None:
    with pytest.raises(BadProject, match=r"far\.xml: a date in the file lies outside of the years 1 to 9999"):
        read(written.replace(b"2026-02-26T08:00:00", b"12026-02-26T08:00:00"), "far.xml")
    ending = written.replace(b"<FromDate>2026-03-06", b"<FromDate>9999-12-30")
    found = read(ending.replace(b"<ToDate>2026-03-06", b"<ToDate>9999-12-31"))
    assert [*found.days_off] == [date(9999, 12, 30), date.max]


@needs_java
def test_a_project_without_tasks_is_refused() -> None:
    with pytest.raises(BadProject, match=r"empty\.xml: the file holds no task"):
        read(project(), "empty.xml")


BOMB = '<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (project(TASK.format(uid=1, name="&b;", more=""), before=BOMB), "document type or entities"),
        (project(TASK.format(uid=1, name="&x;", more=""), before=OUTSIDE), "document type or entities"),
        (project(before='<!DOCTYPE p SYSTEM "http://127.0.0.1/x.dtd">'), "document type or entities"),
        (project(before=BOMB).decode().encode("utf-16"), "document type or entities"),
        (b"<a>" * 100 + b"</a>" * 100, "nested deeper"),
        (b"not xml", "line 1: this is no XML"),
        (b"", "this is no XML"),
        (b"<Project>\n<Task>\n", "line 3: this is no XML"),
        (b"<html/>", "this is no MS Project XML"),
        (b'<?xml version="1.0" encoding="none-such"?><Project/>', "this is no XML|encoding"),
        (b" " * 30_000_001, "larger than 30 MB"),
    ],
    ids=["bomb", "file", "url", "utf-16", "deep", "text", "empty", "cut", "html", "encoding", "large"],
)
def test_a_hostile_or_broken_file_is_refused_before_java_sees_it(content: bytes, said: str) -> None:
    with pytest.raises(BadProject, match=said):
        read(content, "plan.xml")


@needs_java
def test_without_java_the_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "jpype").mkdir()
    (tmp_path / "mpxj").mkdir()
    (tmp_path / "mpxj" / "__init__.py").write_text("")
    (tmp_path / "jpype" / "__init__.py").write_text(
        "class JVMNotFoundException(Exception): pass\ndef startJVM(*a, **k): raise JVMNotFoundException()\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(NotAvailable, match="need Java on the machine"):
        write(roadmap(), name="x", holidays={})


def test_without_the_extra_the_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(msproject, "find_spec", lambda _: None)
    assert not msproject.available()
    with pytest.raises(NotAvailable, match=r"pip install '\.\[msproject\]'"):
        write(roadmap(), name="x", holidays={})
