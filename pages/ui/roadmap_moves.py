"""What a change of the roadmap moves: activities, and gates that become late."""

from pages.ui import roadmap as page
from pages.ui import shell, tables, text
from pages.ui.roadmap import Plan
from program import catalog, scenarios
from program.scenarios import Outcome

LISTED = 40


def moves(plan: Plan, found: Outcome) -> None:
    """Draw the activities that move."""
    listed = moves_table(plan, found)
    shell.title("What moves", "Dates follow from the links at once; nothing is saved")
    if not listed.rows:
        shell.note("No other date moves.")
        return
    page.listed(listed, key="roadmap.moved", most=LISTED)


def gates(plan: Plan, found: Outcome) -> None:
    """Draw the gates that are late with the change."""
    shell.title("Gates", "A gate can open when the work of its stage ends; it is late after the component is due")
    listed = gates_table(plan, found)
    if listed.rows:
        page.listed(listed, key="roadmap.gates", download=False)
    elif any(each.due_on for each in found.gates):
        shell.note("No gate is late.")
    else:
        shell.note("No component of the roadmap has a due date, so no gate can be late.")


def newly_late(found: Outcome) -> list[scenarios.GateMove]:
    """The gates that open after their component is due with the change, and did not without it."""
    return [each for each in found.late_gates if each.due_on is not None and each.before <= each.due_on]


def moves_table(plan: Plan, found: Outcome) -> tables.Table:
    """One row per activity that moves, the first to end on top."""
    then, day = found.roadmap.by_id, plan.roadmap.calendar
    rows = [(plan.roadmap.by_id[id_], then[id_]) for id_ in found.moved]
    return tables.Table(
        columns=(
            tables.Column("Activity"),
            tables.Column("Ends", text.day),
            tables.Column("Would end", text.day),
            tables.Column("Later, working d", lambda value: text.number(value, signed=True), number=True),
            tables.Column("Then"),
        ),
        rows=tuple(
            (
                was.activity.name,
                was.finish,
                now.finish,
                day.number(now.finish) - day.number(was.finish),
                tables.Cell("critical", "strong") if now.critical else tables.Cell("○ has slack", "muted"),
            )
            for was, now in sorted(rows, key=lambda pair: (pair[1].finish, pair[0].activity.name))
        ),
        name="moved",
    )


def gates_table(plan: Plan, found: Outcome) -> tables.Table:
    """One row per gate that is late with the change, those that were not before first."""
    new = newly_late(found)
    return tables.Table(
        columns=(
            tables.Column("Gate"),
            tables.Column("Due", text.day),
            tables.Column("Can open", text.day),
            tables.Column("State"),
        ),
        rows=tuple(
            (
                tables.Cell(_component(plan, each), note=catalog.STAGE_NAMES.get(each.stage or "", "")),
                each.due_on,
                each.after,
                tables.Cell("■ becomes late", "act") if each in new else tables.Cell("▲ late already", "watch"),
            )
            for each in sorted(found.late_gates, key=lambda each: (each not in new, each.after))
        ),
        name="late_gates",
    )


def _component(plan: Plan, gate: scenarios.GateMove) -> str:
    found = plan.components.get(gate.component_id)
    return found.name if found else text.UNKNOWN
