"""A metric in words, as a figure and as a table with the same rows."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from pages.ui import charts, tables, text
from program.engagement import BeforeAfter, GoLive, Line, Measured, Month, Promise, reached

ANSWERS = {
    "win_rate": "In {month} we won {value} of the deals that were decided.",
    "won_value": "In {month} we won deals worth {value}.",
    "cycle_days": "Deals won in {month} took {value} from first entry to close.",
    "interactions": "We had {value} interactions with customers in {month}.",
    "interaction_share": "In {month}, {group} carried {value} of all interactions.",
    "active_customers": "{value} customers turned to us or bought in {month}.",
    "first_response": "Customers who wrote in {month} waited {value} for a person's first reply.",
    "unanswered": "{value} of the customers who wrote in {month} have not heard from a person.",
}
NOT_PROOF = "This does not prove that the component caused it."
MANY_LINES = 5


def answer(measured: Measured) -> str:
    """Return the headline: the last complete month, said in a sentence."""
    line, month = _leading(measured)
    if month is None:
        return f"Nothing imported yet answers this: {measured.question}"
    said = ANSWERS[measured.metric_id].format(
        month=text.month(month.period), value=value(measured, month), group=line.group if line else ""
    )
    return text.capital(said)


def lead(measured: Measured, promises: Sequence[Promise], change: BeforeAfter | None) -> str:
    """Return how the figure stands to its target and to the time before a go-live; empty without either."""
    _, month = _leading(measured)
    sentences = [_kept(measured, month, promise) for promise in promises[:1]]
    if change is not None:
        before, after = (text.measured(each, measured.unit) for each in (change.before, change.after))
        sentences.append(
            f"The median month was {before} in the {change.months_before} before {change.component} went live and "
            f"{after} in the {change.months_after} since. {NOT_PROOF}"
        )
    return " ".join(sentences)


def value(measured: Measured, month: Month) -> str:
    """Return a month's value in its unit, a share of few as "7 of 31"."""
    denominator = int(month.denominator) if month.denominator is not None else None
    return text.measured(month.value, measured.unit, currency=measured.currency or "USD", n=denominator)


def figure(measured: Measured, promises: Sequence[Promise], go_lives: Sequence[GoLive]) -> charts.Drawing:
    """Return the lines by month, small panels beyond five, with the target and the go-lives that fall into them."""
    series = (
        tuple(_series(line, at) for at, line in enumerate(measured.lines))
        if split(measured)
        else (_series(measured.lines[0], None),)
    )
    target = charts.Target(float(promises[0].value), "Target") if promises else None
    events = _events(go_lives, measured)
    currency = measured.currency or "USD"
    if len(series) > MANY_LINES:
        return charts.multiples(series, unit=measured.unit, currency=currency, target=target, events=events)
    return charts.line(series, unit=measured.unit, currency=currency, target=target, events=events)


def split(measured: Measured) -> bool:
    """Whether the lines are groups."""
    return any(line.group for line in measured.lines)


def table(measured: Measured) -> tables.Table:
    """Return the rows behind the figure."""
    heads = [tables.Column("Month", text.month)]
    if split(measured):
        heads.append(tables.Column("Group"))
    heads += [
        tables.Column(
            "Value", lambda raw: text.measured(raw, measured.unit, currency=measured.currency or "USD"), number=True
        ),
        tables.Column("Numerator", _count, number=True),
        tables.Column("Denominator", _count, number=True),
        tables.Column("Counted", _count, number=True),
        tables.Column("Note", tables.blank),
    ]
    rows = tuple(
        (
            month.period,
            *((line.group,) if split(measured) else ()),
            month.value,
            month.numerator,
            month.denominator,
            month.n,
            _note(month),
        )
        for line in measured.lines
        for month in line.months
    )
    return tables.Table(tuple(heads), rows, name=measured.metric_id)


def rests_on(measured: Measured) -> str:
    """Return what was counted in and out."""
    months = {month.period for line in measured.lines for month in line.months}
    counted = measured.overall.n if measured.overall else None
    inside = (
        f"Counted in: {text.number(counted)} {measured.counted} over {text.plural(len(months), 'month', 'months')}."
    )
    outside = []
    if measured.overall and measured.overall.unanswered:
        outside.append(f"{text.number(measured.overall.unanswered)} opening messages without a person's reply")
    if measured.undated:
        outside.append(f"{text.plural(measured.undated, 'row', 'rows')} without a date")
    left = f" Counted out: {text.listed(outside)}." if outside else ""
    return inside + left + "".join(f" {reason}" for reason in measured.reasons[:2])


def alt(measured: Measured, headline: str) -> str:
    """Return the figure in a sentence for those who do not see it."""
    return f"{measured.name} by month from {text.day(measured.data_from)} to {text.day(measured.data_to)}. {headline}"


def _leading(measured: Measured) -> tuple[Line | None, Month | None]:
    """The line with the largest last complete month, and that month."""
    ends = [(line, month) for line in measured.lines if (month := line.last_complete()) is not None]
    latest = max((month.period for _, month in ends), default="")
    last = [(line, month) for line, month in ends if month.period == latest]
    return max(last, key=lambda pair: Decimal(str(pair[1].value)), default=(None, None))


def _kept(measured: Measured, month: Month | None, promise: Promise) -> str:
    target = text.measured(promise.value, measured.unit, currency=measured.currency or "USD")
    due = f" by {text.day(promise.due_on)}" if promise.due_on else ""
    kept = reached(month.value if month else None, promise.value, measured.better)
    state = {True: "is reached", False: "is not reached yet", None: "cannot be judged"}[kept]
    return f"The target of {target}{due}, promised by {promise.component}, {state}."


def _series(line: Line, place: int | None) -> charts.Series:
    """The one line of a metric in the color of data, groups in the colors of categories."""
    points = tuple(
        charts.Point(
            month.period, None if month.value is None else float(month.value), complete=month.complete, n=month.n
        )
        for month in line.months
    )
    color = "mechanism" if place is None else f"category-{place + 1}" if place < MANY_LINES else "gray"
    return charts.Series(line.group, points, color)


def _events(go_lives: Sequence[GoLive], measured: Measured) -> tuple[charts.Event, ...]:
    """One mark for each day; components that went live together share it."""
    days: dict[date, list[str]] = {}
    for each in go_lives:
        if measured.data_from and measured.data_to and measured.data_from <= each.on <= measured.data_to:
            days.setdefault(each.on, []).append(each.component)
    return tuple(charts.Event(day, f"{text.listed(names)} live, {text.day_short(day)}") for day, names in days.items())


def _count(raw: float | Decimal | None) -> str:
    return text.number(raw)


def _note(month: Month) -> str | None:
    notes = [] if month.complete else ["month not complete"]
    return "; ".join([*notes, *([month.reason] if month.reason else [])]) or None
