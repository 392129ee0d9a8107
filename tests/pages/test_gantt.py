"""The drawing of the roadmap: where bars stand, what they look like, and that nothing in a name is markup."""

import re
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.ui import gantt, gantt_axis, gantt_marks, text
from pages.ui.gantt import Arrow, Gantt, Group
from pages.ui.gantt_marks import Bar

TODAY = date(2026, 11, 20)
RECORD = Bar(
    "record",
    "Single customer record",
    date(2026, 7, 13),
    date(2027, 1, 15),
    share=0.5,
    critical=True,
    baseline=(date(2026, 7, 6), date(2026, 12, 18)),
    drift=28,
)
STUDY = Bar("study", "Listening study", date(2026, 6, 15), date(2026, 8, 28), share=1, done=True)
GATE = Bar("gate", "Gate", date(2027, 2, 12), date(2027, 2, 12), milestone=True, critical=True)
ROUTING = Bar("routing", "Routing", date(2026, 8, 17), date(2026, 11, 27), share=0.9, slack_to=date(2026, 12, 30))


def drawn(*bars: Bar, arrows: tuple[Arrow, ...] = (), today: date = TODAY) -> str:
    return gantt.drawing(
        Gantt((Group("Mechanism", bars, "mechanism"),), arrows, today), label="The plan ends on 15 Jan."
    )


def figure(html: str) -> Xml.Element:
    (found,) = re.findall(r'<div class="figure"[^>]*>(<svg.*?</svg>)</div>', html)
    return Xml.fromstring(found)  # noqa: S314  what we drew ourselves


def rects(html: str, **having: str) -> list[Xml.Element]:
    found = figure(html).iter("{http://www.w3.org/2000/svg}rect")
    return [each for each in found if all(each.get(name) == value for name, value in having.items())]


def test_the_done_part_is_solid_and_as_long_as_its_share() -> None:
    (whole,) = rects(drawn(RECORD), fill="var(--gw-page)")
    (done,) = rects(drawn(RECORD), fill="var(--gw-ink)")
    assert float(done.get("width", 0)) == pytest.approx(float(whole.get("width", 0)) / 2, abs=0.01)
    assert done.get("x") == whole.get("x")


def test_only_what_decides_the_end_is_in_ink() -> None:
    assert {each.get("stroke") for each in rects(drawn(RECORD), fill="var(--gw-page)")} == {"var(--gw-ink)"}
    assert {each.get("stroke") for each in rects(drawn(ROUTING), fill="var(--gw-page)")} == {"var(--gw-gray)"}


def test_the_baseline_lies_under_the_bar_at_its_own_dates() -> None:
    html = drawn(RECORD)
    (thin,) = rects(html, height="3.5")
    (whole,) = rects(html, fill="var(--gw-page)")
    assert float(thin.get("y", 0)) > float(whole.get("y", 0)) + float(whole.get("height", 0))
    assert float(thin.get("x", 0)) < float(whole.get("x", 0))  # it began a week earlier


def test_a_row_ends_with_its_date_and_its_drift() -> None:
    html = drawn(RECORD)
    assert "15 Jan" in html
    assert '<tspan dx="4" class="watch strong">+28 d</tspan>' in html
    assert "✓ done" in drawn(STUDY)


def test_a_milestone_is_a_diamond_without_a_bar() -> None:
    assert not rects(drawn(GATE), fill="var(--gw-page)")
    assert "<polygon" in drawn(GATE)


def test_slack_is_dotted_and_ends_where_the_slack_ends() -> None:
    plan = Gantt((Group("", (ROUTING,)),), (), TODAY)
    axis = gantt_axis.axis(gantt.days(plan), width=gantt.WIDTH)
    html = gantt.drawing(plan, label="")
    assert "stroke-dasharray" in html
    assert f'x2="{round(axis.x(date(2026, 12, 30), after=True), 3):g}"' in html
    assert "slack" not in drawn(RECORD)  # nor is it in the key


def test_the_last_day_stands_at_the_bar_and_slack_goes_on_behind_it() -> None:
    long = Bar("a", "A", date(2026, 11, 2), date(2026, 12, 11), slack_to=date(2027, 4, 23))
    short = Bar("b", "B", date(2026, 11, 2), date(2026, 12, 11), slack_to=date(2026, 12, 18))
    plan = Gantt((Group("", (long, short)),), (), TODAY)
    axis = gantt_axis.axis(gantt.days(plan), width=gantt.WIDTH)
    drawing = figure(gantt.drawing(plan, label=""))
    svg = "{http://www.w3.org/2000/svg}"
    at = [float(each.get("x", 0)) for each in drawing.iter(f"{svg}text") if each.text in ("11 Dec", "ends 11 Dec")]
    dotted = [each for each in drawing.iter(f"{svg}line") if each.get("stroke-dasharray")]
    end = axis.x(date(2026, 12, 11), after=True)
    assert at[0] == pytest.approx(end + gantt_marks.GAP, abs=0.01)
    assert float(dotted[0].get("x1", 0)) > at[0] + 30  # behind the words
    assert [each.text for each in drawing.iter(f"{svg}text") if "Dec" in str(each.text)][-2:] == [
        "11 Dec",
        "ends 11 Dec",
    ]
    assert at[1] == pytest.approx(axis.x(date(2026, 12, 18), after=True) + gantt_marks.GAP, abs=0.01)
    assert float(dotted[1].get("x1", 0)) == pytest.approx(end + 1, abs=0.01)


def test_a_link_between_rows_that_are_not_shown_is_left_out() -> None:
    assert "<path" in drawn(RECORD, GATE, arrows=(Arrow("record", "gate"),))
    assert "<path" not in drawn(RECORD, arrows=(Arrow("record", "gate"),))


def test_fault_30_names_are_literal() -> None:
    html = drawn(Bar("x", '<script>alert("1")</script>', TODAY, TODAY))
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_each_row_is_a_button_that_says_everything() -> None:
    html = drawn(RECORD)
    said = "Single customer record: 13 Jul 2026 to 15 Jan 2027, 50% done, critical, 28 d later than the baseline. Why"
    assert f'aria-label="{said}"' in html
    assert html.count('data-pick="record"') == 2  # on the axis and in the list for phones


def test_the_drawing_says_its_answer() -> None:
    assert figure(drawn(RECORD)).get("aria-label") == "The plan ends on 15 Jan."


@given(
    start=st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    length=st.integers(0, 6000),
    ahead=st.integers(-2000, 2000),
)
def test_every_day_lies_inside_and_months_stay_apart(start: date, length: int, ahead: int) -> None:
    bar = Bar("a", "A", start, start + timedelta(days=length), slack_to=start + timedelta(days=length + 30))
    today = start + timedelta(days=ahead)
    days = gantt.days(Gantt((Group("", (bar,)),), (), today))
    axis = gantt_axis.axis(days, width=gantt.WIDTH)
    assert all(0 <= axis.x(day) <= axis.x(day, after=True) <= axis.room + 1e-6 for day in days)
    places = [axis.x(day) for day, _ in gantt_axis.ticks(axis)]
    assert 1 <= len(places) <= 18
    assert all(after - before > 40 for before, after in pairwise(places))


def test_the_words_of_a_bar_are_its_own() -> None:
    assert gantt_marks.Bar("a", "A", TODAY, TODAY, drift=-5).drifted == f"{text.MINUS}5 d"
    assert not gantt_marks.Bar("a", "A", TODAY, TODAY, drift=0).drifted
    assert not gantt_marks.Bar("a", "A", TODAY, TODAY, drift=9).late
    assert gantt_marks.Bar("a", "A", TODAY, TODAY, drift=9, critical=True).late
