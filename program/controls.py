"""What happens when an order or a cost passes the plan of its line, or its money waits: a warning, or a stop."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from program.budget import LineTotals
from program.ledger import ZERO
from program.planning import CONTROLLED, CONTROLS
from program.values import Invalid

__all__ = [
    "CONTROLLED",
    "CONTROLS",
    "check",
    "check_waiting",
    "checked",
    "control_of",
    "over_by",
    "sentence",
    "warning",
]


def checked(given: Mapping[str, Any]) -> dict[str, str]:
    """Return what happens over budget by kind of entry, as it is kept. Raises Invalid for another kind or word."""
    if not isinstance(given, Mapping):
        raise Invalid("control", "The controls are no list of kinds and words.")
    for kind, control in given.items():
        if kind not in CONTROLLED or control not in CONTROLS:
            reason = f"“{kind}: {control}” is no control. Use {' or '.join(CONTROLS)} for {' and '.join(CONTROLLED)}."
            raise Invalid("control", reason)
    return {kind: str(given[kind]) for kind in CONTROLLED if kind in given}


def control_of(control: Mapping[str, Any], kind: str) -> str | None:
    """Return what happens to a kind of entry over budget: warn unless stop was chosen; None for the other kinds."""
    return str(control.get(kind, "warn")) if kind in CONTROLLED else None


def over_by(before: Decimal | None, after: Decimal | None) -> Decimal:
    """
    Return how far an entry takes a line over its plan, given what was available before and after it.

    0 when it does not, when it makes nothing worse (an invoice within its order), and when nothing is planned.
    """
    if before is None or after is None or after >= before:
        return ZERO
    return max(-after, ZERO)


def sentence(line: str, over: Decimal, currency: str) -> str:
    """Return the warning for a line that is over its plan."""
    return f"{line} is over its plan by {over:,.2f} {currency}."


def warning(line: LineTotals) -> str | None:
    """Return the warning for a line that is over its plan by what is ordered and spent; None when it is not."""
    if line.available is None or line.available >= 0:
        return None
    return sentence(f"“{line.component_name}: {line.name}”", -line.available, line.currency)


def check_waiting(control: Mapping[str, Any], kind: str, reason: str) -> str | None:
    """
    Return the warning for money that waits (technology before the mindset gate), None for kinds without a control.

    Raises Invalid when the program stops such entries.
    """
    action = control_of(control, kind)
    if action == "stop":
        raise Invalid("line", f"{reason} The program stops such entries.")
    return reason if action else None


def check(
    control: Mapping[str, Any], kind: str, line: str, currency: str, *, before: Decimal | None, after: Decimal | None
) -> str | None:
    """
    Return the warning for an entry that takes its line over the plan; None when it does not.

    before, after: what is available on the line. Raises Invalid when the program stops such entries.
    """
    action, over = control_of(control, kind), over_by(before, after)
    if action is None or not over:
        return None
    if action == "stop":
        what = "order" if kind == "commitment" else "cost"
        reason = f"This {what} takes {line} {over:,.2f} {currency} over its plan, and the program stops such entries."
        raise Invalid("amount", reason)
    return sentence(line, over, currency)
