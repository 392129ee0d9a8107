"""The figures of earned value where an input may be unknown, or an index would compare something with itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from program.earned_value import earned_schedule, performance
from program.ledger import ZERO, exact_sum

INPUTS: Mapping[str, tuple[str, ...]] = {
    "sv": ("pv", "ev"),
    "cv": ("ev", "ac"),
    "spi": ("pv", "ev"),
    "cpi": ("ev", "ac"),
    "eac_cpi": ("bac", "ev", "ac"),
    "eac_budget": ("bac", "ev", "ac"),
    "eac_cpi_spi": ("bac", "ev", "ac", "pv"),
    "etc": ("bac", "ev", "ac"),
    "vac": ("bac", "ev", "ac"),
    "tcpi_bac": ("bac", "ev", "ac"),
}
OF_COST = tuple(name for name, inputs in INPUTS.items() if "ac" in inputs)
OF_TIME = ("earned_schedule", "sv_t", "spi_t", "ieac_t")
NAMED = 3  # how many unknown parts a reason names
NAMES = {"pv": "planned value", "ev": "earned value", "ac": "actual cost", "bac": "budget"}


@dataclass(frozen=True)
class Figure:
    """An amount, or None with the reason why it is unknown."""

    value: Decimal | None
    reason: str = ""


@dataclass(frozen=True)
class Standing:
    """
    The figures of program.earned_value.Performance; each may be None, and `reasons` has a sentence for it.

    `reasons` has one too for a figure that needs a caution.
    """

    pv: Decimal | None
    ev: Decimal | None
    ac: Decimal | None
    bac: Decimal | None
    sv: Decimal | None
    cv: Decimal | None
    spi: float | None
    cpi: float | None
    eac_cpi: float | None
    eac_budget: Decimal | None
    eac_cpi_spi: float | None
    etc: float | None
    vac: float | None
    tcpi_bac: float | None
    earned_schedule: float | None
    sv_t: float | None
    spi_t: float | None
    ieac_t: float | None
    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def known(self) -> bool:
        return None not in (self.ev, self.ac, self.bac)


@dataclass(frozen=True)
class Clock:
    """
    The plan by period: what it wants by the end of each, and how many periods have passed.

    None where it is unknown, with the reason.
    """

    planned: Sequence[Decimal] | None
    passed: Fraction | None
    reason: str = ""


def total(figures: Iterable[tuple[str, Figure]]) -> Figure:
    """Return the sum of some named figures; unknown as soon as one of them is, and the reason names the first ones."""
    found = list(figures)
    missing = sorted(f"{name}: {figure.reason}" for name, figure in found if figure.value is None)
    if not missing:
        return Figure(exact_sum(figure.value for _, figure in found if figure.value is not None))
    more = f" {len(missing) - NAMED} more are unknown too." if len(missing) > NAMED else ""
    return Figure(None, " ".join(missing[:NAMED]) + more)


def standing(
    *, pv: Figure, ev: Figure, ac: Figure, bac: Figure, clock: Clock, refused: Mapping[str, str] | None = None
) -> Standing:
    """
    Return the figures of four inputs that may be unknown.

    refused: the names of figures that would say nothing, with the reason; they are None.
    """
    given = {"pv": pv, "ev": ev, "ac": ac, "bac": bac}
    values = {name: figure.value for name, figure in given.items()}
    reasons = {name: figure.reason for name, figure in given.items() if figure.value is None}
    figures = performance(**{name: ZERO if value is None else value for name, value in values.items()})
    found = {name: getattr(figures, name) for name in INPUTS} | values
    reasons |= {name: reason for name, reason in figures.reasons.items() if name in INPUTS}
    for name, inputs in INPUTS.items():
        unknown = [each for each in inputs if values[each] is None]
        if unknown:
            found[name] = None
            reasons[name] = f"The {' and the '.join(NAMES[each] for each in unknown)} {_are(unknown)} unknown."
    in_time, why = _in_time(ev, clock)
    found, reasons = found | in_time, reasons | why
    for name, reason in (refused or {}).items():
        found[name] = None
        reasons[name] = reason
    return Standing(**found, reasons=reasons)


def _are(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _in_time(ev: Figure, clock: Clock) -> tuple[dict[str, float | None], dict[str, str]]:
    nothing: dict[str, float | None] = dict.fromkeys(OF_TIME)
    if ev.value is None:
        return nothing, dict.fromkeys(OF_TIME, "The earned value is unknown.")
    if clock.planned is None:
        return nothing, dict.fromkeys(OF_TIME, clock.reason)
    if not clock.planned or not clock.planned[-1]:
        return nothing, dict.fromkeys(OF_TIME, "Nothing is planned by month.")
    earned = earned_schedule(clock.planned, ev.value)
    if clock.passed is None or clock.passed <= 0:
        reason = clock.reason or "The plan has not begun."
        return nothing | {"earned_schedule": float(earned)}, dict.fromkeys(OF_TIME[1:], reason)
    index = earned / clock.passed
    length = next(at for at, value in enumerate(clock.planned, start=1) if value == clock.planned[-1])
    found = nothing | {
        "earned_schedule": float(earned),
        "sv_t": float(earned - clock.passed),
        "spi_t": float(index),
        "ieac_t": float(length / index) if index else None,
    }
    return found, {} if index else {"ieac_t": "Nothing is earned yet."}
