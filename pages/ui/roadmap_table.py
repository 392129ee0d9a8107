"""The roadmap as a table: the rows of the figure, with owner, baseline and slack."""

from collections.abc import Sequence

from pages.ui import tables, text
from pages.ui.roadmap import Plan
from pages.ui.roadmap_bars import bar, baseline_of, drift_of
from program.placing import PlacedActivity


def as_table(plan: Plan, kept: Sequence[PlacedActivity]) -> tables.Table:
    """One row per activity, with the same dates as the figure."""
    numbers = plan.numbers
    return tables.Table(
        columns=(
            tables.Column("No.", text.number, number=True),
            tables.Column("Activity"),
            tables.Column("Component", tables.blank),
            tables.Column("Owner", tables.blank),
            tables.Column("Starts", text.day),
            tables.Column("Ends", text.day),
            tables.Column("In the baseline", text.day),
            tables.Column("Drift, working d", lambda value: text.number(value, signed=True), number=True),
            tables.Column("Slack, working d", fraction, number=True),
            tables.Column("Done, %", text.number, number=True),
            tables.Column("State"),
        ),
        rows=tuple(_row(plan, each, numbers[each.id]) for each in kept),
        name="roadmap",
    )


def _row(plan: Plan, placed: PlacedActivity, number: int) -> tuple[object, ...]:
    frozen = baseline_of(plan, placed.id)
    return (
        number,
        tables.Cell(placed.activity.name, "strong" if placed.critical else ""),
        plan.component(placed) or None,
        plan.owner(placed) or None,
        placed.start,
        placed.finish,
        frozen[1] if frozen else None,
        drift_of(plan, placed.id),
        None if placed.done else placed.times.total_slack,
        100 if placed.done else placed.activity.percent,
        state(plan, placed),
    )


def state(plan: Plan, placed: PlacedActivity) -> tables.Cell:
    """Whether an activity is done, critical, late or neither."""
    if placed.done:
        return tables.Cell("✓ done", "good")
    if bar(plan, placed).late:
        return tables.Cell("▲ later", "watch", "critical" if placed.critical else "")
    return tables.Cell("critical", "strong") if placed.critical else tables.Cell("○ open", "muted")


def fraction(value: float | None) -> str:
    """Slack without needless decimals."""
    return text.number(value, decimals=0 if value is None or abs(value - round(value)) < 0.05 else 1)
