"""The Forecast view of the roadmap: when it ends by many runs drawn at random, and what holds it up how often."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from pages.ui import charts, roadmap_spread, shell, svg, tables, text
from pages.ui import roadmap as page
from pages.ui.roadmap import Plan
from pages.ui.shell import Visit
from program.forecast import DISTRIBUTIONS, Distribution, Forecast, forecast
from program.placing import PlacedActivity, Roadmap

RUNS, MOST_RUNS, LEAST_RUNS = 10_000, 50_000, 100
MOST_DRAWN = 20_000_000  # numbers at once: 160 MB
SLOW = 1_000_000  # numbers that take about a second
LISTED, MOST_DAYS = 30, 400
HELD = "roadmap.forecast.held"
KINDS = {"pert": "PERT", "triangular": "Triangular"}
WITHOUT = (
    "A forecast needs to know how uncertain the durations are: enter At best and At worst for some activities, then "
    "the same plan is run thousands of times with durations drawn between them."
)


def show(visit: Visit, plan: Plan) -> None:
    """Draw the forecast: three dates, how the runs are spread, and the activities that hold them up."""
    open_ = [each for each in plan.roadmap.activities if not each.done]
    uncertain = [each for each in open_ if estimated(each)]
    if not uncertain:
        shell.note(WITHOUT)
        if visit.may("plan.edit"):
            st.button("Enter estimates", type="primary", key="roadmap.estimates", on_click=page.open_activities)
        return
    runs, seed, kind = _asked(len(plan.roadmap.activities))
    size = runs * len(plan.roadmap.activities)
    if size < SLOW:
        found = _forecast(plan.roadmap, runs, seed, kind)
    else:
        with shell.working(f"Drawing {text.number(runs)} runs of {text.number(len(open_))} activities"):
            found = _forecast(plan.roadmap, runs, seed, kind)
    page.figures(st.container(), dates(plan.roadmap, found))
    left, right = st.columns([5, 2], vertical_alignment="bottom")
    with left:
        shell.title(
            "When the roadmap ends",
            f"{text.number(runs)} runs, one bar per {roadmap_spread.per(bins(plan.roadmap, found))}",
        )
    with right.container(horizontal_alignment="right"):
        shown_as = charts.switch("roadmap.spread")
    if shown_as == charts.TABLE:
        page.listed(spread_table(plan.roadmap, found), key="roadmap.spread.table", most=MOST_DAYS)
    else:
        spread = bins(plan.roadmap, found), marks(plan.roadmap, found)
        drawn = roadmap_spread.drawing(*spread, label=sentence(plan, found))
        svg.draw(drawn, key="roadmap.spread.figure", style=roadmap_spread.STYLE)
    shell.note(sentence(plan, found))
    shell.note(_rests_on(plan, uncertain, open_, seed, kind))
    listed = criticality_table(plan, found)
    shell.title("What holds up the end, and how often", "Share of runs in which an activity was critical")
    page.listed(listed, key="roadmap.criticality", most=LISTED)


def estimated(placed: PlacedActivity) -> bool:
    """Whether an activity has the three estimates that a forecast draws from."""
    own = placed.activity
    return own.optimistic is not None and own.pessimistic is not None and own.optimistic < own.pessimistic


def dates(roadmap: Roadmap, found: Forecast) -> dict[str, str]:
    """The days by which half, four of five and 95 of 100 runs ended."""
    shares = {"Half of the runs end by (P50)": found.p50, "Four of five by (P80)": found.p80, "95 of 100 by": found.p95}
    return {name: text.day(roadmap.calendar.last_day(time)) for name, time in shares.items()}


def bins(roadmap: Roadmap, found: Forecast) -> list[roadmap_spread.Bin]:
    """The runs by their last working day."""
    days = roadmap.calendar.last_days(float(day) for day, _ in found.ends)
    return [roadmap_spread.Bin(day, count) for day, (_, count) in zip(days, found.ends, strict=True)]


def marks(roadmap: Roadmap, found: Forecast) -> list[roadmap_spread.Mark]:
    """The lines over the runs: P50, P80 and the end as it is planned."""
    day = roadmap.calendar.last_day
    known = [roadmap_spread.Mark("P50", day(found.p50)), roadmap_spread.Mark("P80", day(found.p80))]
    if roadmap.finish:
        known.append(roadmap_spread.Mark("planned", roadmap.finish, thin=True))
    return known


def met(roadmap: Roadmap, found: Forecast) -> float:
    """The share of runs that end by the planned end."""
    if roadmap.finish is None:
        return 0.0
    return sum(each.count for each in bins(roadmap, found) if each.day <= roadmap.finish) / found.runs


def sentence(plan: Plan, found: Forecast) -> str:
    """How likely the planned end is, in words."""
    share, finish = met(plan.roadmap, found), plan.roadmap.finish
    half, most = (text.day(plan.roadmap.calendar.last_day(each)) for each in (found.p50, found.p80))
    ends = f"Half of the runs end by {half}, four of five by {most}."
    return f"The planned end, {text.day(finish)}, is met in {text.percent(share)} of the runs. {ends}"


def spread_table(roadmap: Roadmap, found: Forecast) -> tables.Table:
    """One row per last working day: the runs that end on it, and the share that has ended by then."""
    ended, rows = 0, []
    for each in bins(roadmap, found):
        ended += each.count
        rows.append((each.day, each.count, ended / found.runs))
    return tables.Table(
        columns=(
            tables.Column("Last working day", text.day),
            tables.Column("Runs", text.number, number=True),
            tables.Column("Ended by then", text.percent, number=True),
        ),
        rows=tuple(rows),
        name="forecast",
    )


def criticality_table(plan: Plan, found: Forecast) -> tables.Table:
    """One row per open activity: how often it held up the end, the most often first."""
    shares = dict(zip(found.ids, found.criticality, strict=True))
    open_ = [each for each in plan.roadmap.activities if not each.done and not each.activity.milestone]
    return tables.Table(
        columns=(
            tables.Column("Activity"),
            tables.Column("Owner", tables.blank),
            tables.Column("Critical", text.percent, number=True),
            tables.Column("At best, d", _days, number=True),
            tables.Column("Likely, d", _days, number=True),
            tables.Column("At worst, d", _days, number=True),
            tables.Column("Now"),
        ),
        rows=tuple(
            (
                each.activity.name,
                plan.owner(each) or None,
                shares[each.id],
                each.activity.optimistic,
                each.activity.duration,
                each.activity.pessimistic,
                tables.Cell("critical", "strong") if each.critical else tables.Cell("○ open", "muted"),
            )
            for each in sorted(open_, key=lambda each: -shares[each.id])
        ),
        name="criticality",
    )


def _forecast(roadmap: Roadmap, runs: int, seed: int, kind: Distribution) -> Forecast:
    """The forecast of a plan; the last one of this session is kept, since every press of a button asks again."""
    asked = (id(roadmap), runs, seed, kind)
    held: tuple[object, Roadmap, Forecast] | None = st.session_state.get(HELD)
    if held and held[0] == asked and held[1] is roadmap:
        return held[2]
    found = forecast(roadmap.schedule.activities, roadmap.estimates(), runs=runs, seed=seed, distribution=kind)
    st.session_state[HELD] = (asked, roadmap, found)
    return found


def _asked(count: int) -> tuple[int, int, Distribution]:
    most = max(LEAST_RUNS, min(MOST_RUNS, MOST_DRAWN // max(1, count)))
    one, two, three = st.columns(3, width=640)
    runs = one.number_input(
        "Runs", LEAST_RUNS, most, min(RUNS, most), step=LEAST_RUNS, key="roadmap.runs", bind="query-params"
    )
    seed = two.number_input("Seed", 0, 2**31 - 1, 1, key="roadmap.seed", bind="query-params")
    kind = three.selectbox(
        "Distribution", DISTRIBUTIONS, format_func=KINDS.__getitem__, key="roadmap.distribution", bind="query-params"
    )
    return int(runs or RUNS), int(seed or 0), kind


def _rests_on(
    plan: Plan, uncertain: Sequence[PlacedActivity], open_: Sequence[PlacedActivity], seed: int, kind: str
) -> str:
    return (
        f"Three estimates: {len(uncertain)} of {text.plural(len(open_), 'open activity', 'open activities')}; the "
        f"others keep their duration. {KINDS[kind]} distribution, seed {seed}: the same seed, the same result. "
        f"Runs are independent; risks that hit several activities at once are not in them. As of "
        f"{text.day(plan.roadmap.today)}."
    )


def _days(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
