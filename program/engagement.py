"""What a metric of the CRM says, ready to be shown: months, groups, what it promises and what went live."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

AROUND = 6  # complete months before a go-live that its comparison uses, at most


@dataclass(frozen=True)
class Month:
    """
    One period of one line. value None is unknown, with its reason; n counts what the value rests on.

    period: "2026-03". complete: the data covers the whole of it.
    unanswered, missing: messages without a reply, won deals without an amount; only where the metric counts them apart.
    """

    period: str
    value: float | Decimal | None
    n: int | None
    numerator: float | Decimal | None
    denominator: float | None
    complete: bool
    reason: str = ""
    unanswered: int | None = None
    missing: int | None = None


@dataclass(frozen=True)
class Line:
    """The months of one group, or of everybody where nothing is split."""

    group: str
    months: tuple[Month, ...]

    def last_complete(self) -> Month | None:
        return next((month for month in reversed(self.months) if month.complete and month.value is not None), None)


@dataclass(frozen=True)
class Measured:
    """
    One metric by month. overall is the whole time asked for; reasons say why values are missing.

    counted: what n counts. numerator, denominator: what a value is made of, None where it is not made of two.
    """

    metric_id: str
    name: str
    question: str
    definition: str
    version: str
    unit: str
    better: str | None
    counted: str
    numerator: str | None
    denominator: str | None
    currency: str | None
    overall: Month | None
    lines: tuple[Line, ...]
    data_from: date | None
    data_to: date | None
    undated: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class GoLive:
    """A component that went live, drawn where it did."""

    component: str
    on: date


@dataclass(frozen=True)
class Promise:
    """What a component promises for a metric."""

    component_id: str
    component: str
    value: Decimal
    due_on: date | None


@dataclass(frozen=True)
class BeforeAfter:
    """The median month before and after a go-live. It says what was, not what caused it."""

    component: str
    before: float
    after: float
    months_before: int
    months_after: int


def reached(value: float | Decimal | None, promise: Decimal, better: str | None) -> bool | None:
    """Whether a value keeps a promise; None when it is unknown or no direction is better."""
    if value is None or better is None:
        return None
    return Decimal(str(value)) >= promise if better == "higher" else Decimal(str(value)) <= promise


def before_after(line: Line, go_live: GoLive) -> BeforeAfter | None:
    """
    Compare the complete months on both sides of a go-live; the month of the go-live itself belongs to neither.

    None with fewer than three months on either side.
    """
    month = f"{go_live.on:%Y-%m}"
    known = [each for each in line.months if each.complete and each.value is not None]
    before = [float(each.value) for each in known if each.period < month and each.value is not None][-AROUND:]
    after = [float(each.value) for each in known if each.period > month and each.value is not None]
    if min(len(before), len(after)) < 3:
        return None
    return BeforeAfter(go_live.component, median(before), median(after), len(before), len(after))
