"""Parts of the overview: the next actions, the money and whether engagement changed."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache, partial

import streamlit as st

from pages.ui import budget_words, figures, money, readiness, shell, sparks, svg, text
from pages.ui.plotting import Point
from pages.ui.safe import markup
from pages.ui.shell import Visit
from program.budget import Total
from program.components import ComponentCounts
from program.engagement import Line, Measured, Month
from program.follow_ups import FollowUp
from program.overview import Overview
from program.queries import engagement, sources
from program.queries import overview as queries
from program.queries.revisions import revision
from program.thread import AHEAD, NextAction

SHOWN = ("first_response", "active_customers", "win_rate", "won_value")
MONTHS = 13
KEPT = 256  # overviews in memory
MOST_DATES = 5
ONE_LINE = 40  # letters beside each other over a small line
OPENS = {
    "assess/take.py": "the assessment",
    "people/ownership.py": "ownership",
    "people/influence.py": "influence",
    "people/stakeholders.py": "the map",
    "plan/components.py": "the components",
    "plan/budget.py": "the budget",
    "plan/risks.py": "the risks",
    "plan/decisions.py": "the decisions",
    "measure/sources.py": "the sources",
}
ACTIONS = """
<style>.gw-actions {list-style:none;margin:0!important;padding:0!important}
.gw-actions li {display:grid;grid-template-columns:32px 1fr;padding:12px 0!important;
 margin:0!important;
 border-bottom:1px solid var(--gw-rule)}
.gw-actions .at {font:400 1.375rem/1.1 "Source Serif",Georgia,serif;color:var(--gw-muted)}
.gw-actions b {font-weight:600} .gw-actions p {margin:2px 0 0;font-size:.875rem;color:var(--gw-muted);line-height:1.45}

.gw-actions li:first-child {padding-top:0!important}
</style>
"""


def found(visit: Visit) -> Overview:
    """Return where the program stands; read anew only when something in it changed."""
    has_data = sources.version(visit.home, visit.program.client_key) > 0
    return _found(visit.program_id, visit.today, has_data, visit.may("influence.read"), revision(visit.program_id))


@lru_cache(maxsize=64)
def _found(program_id: str, today: date, has_data: bool, may_see_ties: bool, revision: str) -> Overview:  # noqa: ARG001  a change is a new revision
    return queries.overview(program_id, today=today, has_data=has_data, may_see_ties=may_see_ties)


def next_actions(actions: Sequence[NextAction]) -> None:
    """Draw what to do next, ranked, with one button for the first."""
    if not actions:
        shell.title("Nothing waits")
        shell.note("Both gates are open, every component has an owner, none is late and no line is over its plan.")
        return
    shell.title("Next three actions" if len(actions) == 3 else text.plural(len(actions), "next action", "next actions"))
    items = "".join(
        f'<li><span class="at">{at}</span><div><b>{markup(action.title)}</b><p>{markup(action.why)}</p></div></li>'
        for at, action in enumerate(actions, start=1)
    )
    st.html(f'{ACTIONS}<ol class="gw-actions">{items}</ol>')


def begin(actions: Sequence[NextAction]) -> None:
    """Draw the button that opens the page of the first action."""
    if actions and st.button(_verb(actions[0]), type="primary", key="overview.first"):
        st.switch_page(actions[0].page)


def rule() -> None:
    """Draw the line between two themes."""
    st.html('<div style="border-top:1px solid var(--gw-rule);margin-top:8px"></div>')


def draw_money(total: Total | None, reason: str | None) -> None:
    """Draw the program's money as one bar; without a total, say why. What has no forecast never looks like a saving."""
    shell.title("Money")
    if total is None:
        shell.note(reason or "No budget lines yet.")
        return
    over = total.forecast is None and total.planned is not None and total.expected > total.planned
    bar = money.MoneyBar(
        planned=total.planned,
        committed=total.committed,
        actual=total.actual,
        forecast=total.expected if over else total.forecast,
        currency=total.currency,
        ending="Expected at least" if over else "Forecast",
    )
    svg.draw(money.bar(bar), key="overview.money", style=money.STYLE)
    if total.without_plan or total.without_forecast:
        shell.note(budget_words.missing(total))


def unanswered(found: Overview) -> tuple[str, str]:
    """Return the headline and the line under it before anybody has answered: a plan tells of its money and dates."""
    if not found.planned:
        return (
            "Nobody has answered yet, so the house is only an outline.",
            "Mindset is the foundation, mechanism the frame, strategy the roof. The assessment says which to start "
            "with.",
        )
    late, over, overdue, soon = (len(each) for each in (found.late, found.over_budget, found.overdue, found.soon))
    told = (
        (late, text.plural(late, "component is late", "components are late")),
        (over, text.plural(over, "line will cost more than planned", "lines will cost more than planned")),
        (overdue, text.plural(overdue, "follow-up is overdue", "follow-ups are overdue")),
        (soon, f"{text.plural(soon, 'follow-up is', 'follow-ups are')} due within {AHEAD} days"),
    )
    pressing = text.listed([words for count, words in told if count]) or "nothing in the plan is late or over it"
    lead = "Until the assessment says what to start with, money and dates say where the program stands."
    return f"Nobody has answered yet; {pressing}.", lead


def draw_unanswered(found: Overview) -> None:
    """Draw what stands where the house will be: its outline, or once there is a plan its money and dates."""
    if not found.planned:
        readiness.outline(key="overview.outline")
        return
    draw_money(found.money, found.money_reason)
    shell.title("Dates", f"Late, and due within {AHEAD} days")
    late = [(each.due_on, each.name, '<span class="gw-act">■ late</span> component') for each in found.late]
    soon = [(each.due_on, each.title, markup(found.names.get(each.owner_id or "", "nobody"))) for each in found.soon]
    for on, name, more in [*late, *soon][:MOST_DATES]:
        st.html(
            f'<p style="margin:0;overflow-wrap:anywhere">{markup(name)}</p>'
            f'<p class="gw-note">{text.day(on)} · {more}</p>'
        )
    if not late and not soon:
        shell.note(f"No component is late, and no follow-up is due within {AHEAD} days.")
    elif (left := len(late) + len(soon) - MOST_DATES) > 0:
        shell.note(f"{left} more.")


def components_line(counts: ComponentCounts, overdue: Sequence[FollowUp] = ()) -> str:
    """Return how many components there are, live and late, and how many follow-ups are overdue."""
    waits = f" {text.capital(text.plural(len(overdue), 'follow-up is', 'follow-ups are'))} overdue." if overdue else ""
    if not counts.total:
        return f"No components yet.{waits}"
    late = f", {counts.late} late" if counts.late else ", none late"
    return f"{text.capital(text.plural(counts.total, 'component', 'components'))}, {counts.live} live{late}.{waits}"


def draw_engagement(visit: Visit) -> None:
    """Draw one small line per metric with its target and go-live; nothing before data has been brought in."""
    version = sources.version(visit.home, visit.program.client_key)
    hangs_on = (revision(visit.program_id), version, visit.may("measure.rows"))
    window, drawn = _engagement(visit, visit.program_id, visit.today, hangs_on) if version else ("", [])
    words, link = st.columns([4, 1], vertical_alignment="bottom")
    with words:
        shell.title("Did engagement change?", window)
    with link.container(horizontal_alignment="right"):
        if st.button("All metrics", type="tertiary", key="overview.engagement"):
            st.switch_page("measure/engagement.py")
    if not drawn:
        shell.note("No CRM data has been brought in yet, so nothing is measured.")
        return
    for place, (metric_id, drawing) in zip(st.columns(len(drawn), gap="large"), drawn, strict=True):
        with place:
            svg.draw(drawing, key=f"overview.{metric_id}")


@st.cache_data(show_spinner="Counting", max_entries=KEPT)
def _engagement(
    _visit: Visit,
    program_id: str,
    today: date,
    hangs_on: tuple[object, ...],  # noqa: ARG001  the rest of the key
) -> tuple[str, list[tuple[str, str]]]:
    """The window in words and one drawing per metric; made anew when the program, the data or the day changed."""
    known = [each for each in (figures.measured(_visit, metric) for metric in SHOWN) if each.lines]
    go_lives = engagement.go_lives(program_id, today)
    drawn = []
    for each in known:
        promises = engagement.promises(program_id, each.metric_id)
        target = float(promises[0].value) if promises else None
        promised = [go.on for go in go_lives if any(go.component == promise.component for promise in promises)]
        live_on = next(iter(promised), go_lives[-1].on if go_lives else None)
        drawn.append((each.metric_id, _spark(each, target=target, live_on=live_on)))
    return _window(known), drawn


def _spark(measured: Measured, *, target: float | None, live_on: date | None) -> str:
    line = measured.lines[0]
    points = [_point(month) for month in line.months[-MONTHS:]]
    last = line.last_complete()
    show = partial(text.measured, unit=measured.unit, currency=measured.currency or "USD")
    said = show(last.value) if last else text.UNKNOWN
    below = _change(line, measured)
    counted = f"of {text.number(last.n)} {measured.counted}" if last and last.n else ""
    if len(measured.name + counted) > ONE_LINE and last:
        counted = f"of {text.number(last.n)}"
    head = f'<p style="margin:0;font-size:14px;line-height:1.4"><b style="font-weight:600">{markup(measured.name)}</b> '
    head += f'<span style="color:var(--gw-muted)">{markup(counted)}</span></p>'
    alt = f"{measured.name}, {text.plural(len(points), 'month', 'months')}, last {said}. {below}"
    figure = sparks.sparkline(points, shown=said, alt=alt, target=target, live_on=live_on)
    return f'{head}{figure}<p style="margin:4px 0 0;font-size:14px;color:var(--gw-muted)">{markup(below)}</p>'


def _point(month: Month) -> Point:
    return Point(month.period, None if month.value is None else float(month.value), complete=month.complete)


def _window(known: Sequence[Measured]) -> str:
    to = max((each.data_to for each in known if each.data_to), default=None)
    return f"13 months · data to {text.day(to)} · ▼ go-live · thin line: target" if to else ""


def _change(line: Line, measured: Measured) -> str:
    """The last complete month against the same month a year before: what was, not what caused it."""
    whole = [month for month in line.months if month.complete and month.value is not None]
    if len(whole) < MONTHS:
        return "A year before: n/a, too few months"
    then = text.measured(whole[-MONTHS].value, measured.unit, currency=measured.currency or "USD")
    return f"{then} a year before, in {text.month(whole[-MONTHS].period)}"


def _verb(action: NextAction) -> str:
    return f"Open {OPENS[action.page]}"
