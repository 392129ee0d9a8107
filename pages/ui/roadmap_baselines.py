"""The Baselines view of the roadmap: keep the plan as it is, and see how far dates, money and scope have drifted."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from pages.ui import forms, shell, tables, text
from pages.ui import roadmap as page
from pages.ui.fields import Text
from pages.ui.roadmap import Plan
from pages.ui.shell import Visit
from program import baselines
from program.actions.baselines import make_baseline
from program.baselines import BaselineHead, CostDrift, Drift, Frozen
from program.queries import roadmap as queries

WHICH = "roadmap.baseline"
FIELDS = (Text("name", "Name", required=True, hint="Baseline 1"),)
WHAT = (
    "A baseline keeps the whole plan as it is today: activities with their dates, the money by month, the components. "
    "It is never changed, so drift is counted from what was promised."
)
PRINT = 12  # letters of a fingerprint that people compare


def show(visit: Visit, plan: Plan) -> None:
    """Draw the drift from a baseline, then all of them, and the form that makes one."""
    if plan.heads:
        _drift(visit, plan)
        shell.title("All baselines", "Named and never changed; the fingerprint shows that the content is as it was")
        page.listed(heads_table(plan.heads, visit.program.time_zone), key="roadmap.baselines")
    if visit.may("plan.edit"):
        shell.title("Keep the plan as it is today" if plan.heads else "Keep the first baseline")
        if sent := forms.ask("baseline.add", FIELDS, submit="Make the baseline", columns=2):
            forms.add(sent, make_baseline, visit.actor, program_id=visit.program_id)
    shell.note(WHAT)


def heads_table(heads: Sequence[BaselineHead], zone: str) -> tables.Table:
    """One row per baseline, the newest first."""
    return tables.Table(
        columns=(
            tables.Column("Baseline"),
            tables.Column("Made", lambda moment: text.moment(moment, zone)),
            tables.Column("By"),
            tables.Column("Fingerprint"),
        ),
        rows=tuple(
            (tables.Cell(each.name, "strong"), each.made_at, each.made_by, each.sha256[:PRINT]) for each in heads
        ),
        name="baselines",
    )


def dates_table(frozen: Frozen, plan: Plan, drift: Drift) -> tables.Table:
    """One row per activity that moved, the furthest first."""
    return tables.Table(
        columns=(
            tables.Column("Activity"),
            tables.Column("Ended in the baseline", text.day),
            tables.Column("Ends now", text.day),
            tables.Column("Starts later, working d", _signed, number=True),
            tables.Column("Ends later, working d", _signed, number=True),
            tables.Column("Takes longer, working d", _signed, number=True),
        ),
        rows=tuple(
            (
                each.name,
                frozen.by_id[each.id].finish,
                plan.roadmap.by_id[each.id].finish,
                each.start_days,
                each.finish_days,
                each.longer,
            )
            for each in sorted(drift.dates, key=lambda each: (-each.finish_days, each.name))
        ),
        name="date_drift",
    )


def cost_table(drift: Drift) -> tables.Table:
    """One row per component whose plan differs, then a row per currency."""
    return tables.Table(
        columns=(
            tables.Column("Component"),
            tables.Column("Currency"),
            tables.Column("In the baseline", text.number, number=True),
            tables.Column("Now", text.number, number=True),
            tables.Column("Difference", _signed, number=True),
        ),
        rows=(
            *(_cost(each, each.name or text.UNKNOWN) for each in drift.costs),
            *(_cost(each, tables.Cell("All components", "strong")) for each in drift.total),
        ),
        name="cost_drift",
    )


def scope_table(drift: Drift) -> tables.Table:
    """One row per thing that came or went."""
    kinds = {"Activity": drift.activities, "Component": drift.components, "Budget line": drift.lines}
    rows = [
        (name, kind, tables.Cell(word, "good" if word.startswith("+") else "watch"))
        for kind, scope in kinds.items()
        for word, names in (("+ added", scope.added), ("\N{MINUS SIGN} removed", scope.removed))
        for name in names
    ]
    return tables.Table(
        (tables.Column("What"), tables.Column("Kind"), tables.Column("Since then")), tuple(rows), "scope"
    )


def sentence(frozen: Frozen, plan: Plan, drift: Drift) -> str:
    """The drift in words: the end, the money, the scope."""
    parts = [f"{text.day(frozen.finish)} then, {text.day(plan.roadmap.finish)} now"]
    for each in drift.total:
        if each.difference is not None:
            money = text.money_short(each.difference, each.currency, signed=True)
            parts.append(f"{money} planned cost" if each.difference else f"planned cost in {each.currency} unchanged")
    added = sum(len(each.added) for each in (drift.activities, drift.components, drift.lines))
    removed = sum(len(each.removed) for each in (drift.activities, drift.components, drift.lines))
    parts.append(f"{added} added and {removed} removed in scope" if added or removed else "scope unchanged")
    return f"{'; '.join(parts)}."


def _drift(visit: Visit, plan: Plan) -> None:
    head = _choice(plan.heads)
    if head == plan.heads[0] and plan.frozen and plan.drift:
        frozen, drift = plan.frozen, plan.drift
    else:
        frozen = queries.frozen(visit.program_id, head.id)
        drift = baselines.drift(frozen, plan.roadmap, *queries.scope(visit.program_id))
    days = "n/a" if drift.finish_days is None else f"{text.number(drift.finish_days, signed=True)} d"
    facts = {"End in the baseline": text.day(frozen.finish), "End now": text.day(plan.roadmap.finish)}
    facts["Drift, working days"] = days
    for each in drift.total:
        facts[f"Change of planned cost, {each.currency}"] = text.money_short(
            each.difference, each.currency, signed=True
        )
    page.figures(st.container(), facts)
    version = f"months of “{frozen.version}”" if frozen.version else "lines without months: no budget was approved"
    shell.note(f"{sentence(frozen, plan, drift)} As of {text.day(frozen.as_of)}; money from {version}.")
    _tables(frozen, plan, drift)


def _tables(frozen: Frozen, plan: Plan, drift: Drift) -> None:
    dates = dates_table(frozen, plan, drift)
    shell.title("Dates", f"{len(dates.rows)} of {len(plan.roadmap.activities)} activities moved")
    if dates.rows:
        page.listed(dates, key="roadmap.drift.dates")
    left, right = st.columns([3, 2], gap="large")
    with left:
        shell.title("Money", "Planned cost of the lines, by component where it differs")
        page.listed(cost_table(drift), key="roadmap.drift.cost")
    with right:
        shell.title("Scope", "What came and what went")
        scope = scope_table(drift)
        if scope.rows:
            page.listed(scope, key="roadmap.drift.scope")
        else:
            shell.note("Nothing came and nothing went.")


def _choice(heads: Sequence[BaselineHead]) -> BaselineHead:
    if len(heads) == 1:
        return heads[0]
    by_id = {each.id: each for each in heads}
    if st.session_state.get(WHICH, heads[0].id) not in by_id:
        del st.session_state[WHICH]
    chosen = st.selectbox(
        "Compared with",
        list(by_id),
        format_func=lambda each: by_id[each].name,
        key=WHICH,
        width=480,
        bind="query-params",
    )
    return by_id[chosen]


def _cost(drift: CostDrift, name: object) -> tuple[object, ...]:
    return name, drift.currency, drift.before, drift.after, drift.difference


def _signed(value: Decimal | None) -> str:
    return text.number(value, signed=True)
