"""A metric in words and as a figure."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import streamlit as st

from pages.ui import charts, text
from pages.ui.safe import markup
from program.engagement import BeforeAfter, GoLive, Line, Measured, Month, Promise, reached

ANSWERS = {
    "win_rate": "In {month} we won {part} decided deals.",
    "won_value": "In {month} we won deals worth {value}.",
    "cycle_days": "Deals won in {month} took {value} from first entry to close.",
    "interactions": "We had {value} interactions with customers in {month}.",
    "interaction_share": "In {month} {group} carried {part} interactions.",
    "active_customers": "{value} customers turned to us or bought in {month}.",
    "first_response": "Customers who wrote in {month} waited {value} for a person's first reply.",
    "unanswered": "{part} opening messages of {month} got no reply from a person.",
}
UNITS = {"share": "Share", "hours": "Median, hours,", "days": "Median, days,"}
ADDED_UP = ("interactions", "customers", "currency")  # a target of the whole says nothing about one group of these
NOT_PROOF = "This does not prove that the component caused it."
MANY_LINES = 5
HEIGHT = 300


def answer(measured: Measured, only: str = "") -> str:
    """Return the headline: the last complete month, said in a sentence; only: the group it is restricted to."""
    line, month = _leading(measured)
    if line is None or month is None:
        return "No complete month can be shown." if measured.lines else "Nothing brought in answers this yet."
    shown = value(measured, month)
    said = ANSWERS[measured.metric_id].format(
        month=text.month(month.period),
        value=shown,
        part=f"{shown} of" if shown.endswith("%") else shown,
        group=line.group,
    )
    return f"{only}: {said[:1].lower()}{said[1:]}" if only else text.capital(said)


def lead(measured: Measured, promises: Sequence[Promise], change: BeforeAfter | None) -> str:
    """Return all months together, and how the last one stands to its target and to the time before a go-live."""
    _, month = _leading(measured)
    sentences = _together(measured) if month else []
    sentences += [_kept(measured, month, promise) for promise in promises[:1]]
    if change is not None:
        before, after = (text.measured(each, measured.unit) for each in (change.before, change.after))
        sentences.append(
            f"The median of the {change.months_before} months before {change.component} went live is {before}, of the "
            f"{change.months_after} months since {after}. {NOT_PROOF}"
        )
    return " ".join(sentences)


def value(measured: Measured, month: Month) -> str:
    """Return a month's value in its unit, a share of few as "7 of 31"."""
    denominator = int(month.denominator) if month.denominator is not None else None
    return text.measured(month.value, measured.unit, currency=measured.currency or "USD", n=denominator)


def figure(measured: Measured, promises: Sequence[Promise], go_lives: Sequence[GoLive]) -> charts.Drawing:
    """Return the lines by month, small panels beyond five, with the target and the go-lives that fall into them."""
    lines = measured.lines
    many = len(lines) > MANY_LINES
    one_color = many or not split(measured)
    series = tuple(_series(line, "data" if one_color else str(at + 1)) for at, line in enumerate(lines))
    shared = promises and not (split(measured) and measured.unit in ADDED_UP)
    target = charts.Target(float(promises[0].value), "Target") if shared else None
    marks = tuple(charts.Event(day, words) for day, words in events(go_lives, measured).items())
    currency = measured.currency or "USD"
    if many:
        return charts.multiples(series, unit=measured.unit, currency=currency, target=target, events=marks)
    return charts.line(series, unit=measured.unit, currency=currency, target=target, events=marks, height=HEIGHT)


def split(measured: Measured) -> bool:
    """Whether the lines are groups."""
    return any(line.group for line in measured.lines)


def events(go_lives: Sequence[GoLive], measured: Measured) -> dict[date, str]:
    """Return what went live on each day that the data covers; components that went live together share a day."""
    days: dict[date, list[str]] = {}
    for each in go_lives:
        if measured.data_from and measured.data_to and measured.data_from <= each.on <= measured.data_to:
            days.setdefault(each.on, []).append(each.component)
    return {day: f"{text.listed(names)} live, {text.day_short(day)}" for day, names in days.items()}


def unit_line(measured: Measured, zone: str, go_lives: Sequence[GoLive]) -> str:
    """Return what the values are, by what interval, where days begin, and in small panels what their dotted line is."""
    unit = measured.currency if measured.unit == "currency" else UNITS.get(measured.unit, "Count")
    marks = events(go_lives, measured) if len(measured.lines) > MANY_LINES else {}
    said = "".join(f"; dotted: {words}" for words in marks.values())
    return f"{unit or 'Amount'} by month, {zone.replace('_', ' ')} time{said}"


def rests_on(measured: Measured, shown: Measured) -> str:
    """Return what was counted in and out, and why values are missing from what is shown, its groups included."""
    months = {month.period for line in measured.lines for month in line.months}
    counted = measured.overall.n if measured.overall else None
    over = text.plural(len(months), "month", "months")
    inside = f"Counted in: {text.number(counted)} {measured.counted} over {over}, to {text.day(measured.data_to)}."
    outside = []
    if measured.overall and measured.overall.unanswered:
        outside.append(f"{text.number(measured.overall.unanswered)} opening messages without a person's reply")
    if measured.overall and measured.overall.missing:
        outside.append(f"{text.number(measured.overall.missing)} won opportunities without an amount")
    if measured.undated:
        outside.append(f"{text.plural(measured.undated, 'row', 'rows')} without a date")
    left = f" Counted out: {text.listed(outside)}." if outside else ""
    return inside + left + "".join(f" {reason}" for reason in shown.reasons[:2])


def alt(measured: Measured, headline: str) -> str:
    """Return the figure in a sentence for those who do not see it."""
    return f"{measured.name} by month from {text.day(measured.data_from)} to {text.day(measured.data_to)}. {headline}"


def foot(measured: Measured, source: str, promises: Sequence[Promise]) -> None:
    """Draw what a figure means, where its rows come from and which components promise it."""
    promised = [f"{each.component}: {target_words(measured, each)}" for each in promises]
    parts = (
        (f"Definition {measured.version}.", measured.definition),
        ("Source.", source),
        ("Promised by.", f"{'; '.join(promised)}." if promised else "No component promises a value yet."),
    )
    head = '<b style="color:var(--gw-ink)">'
    cells = "".join(f'<p class="gw-note">{head}{markup(name)}</b> {markup(words)}</p>' for name, words in parts)
    st.html(
        '<div style="display:grid;grid-template-columns:repeat(auto-fit,minmax(240px,1fr));gap:12px 32px;'
        f'border-top:1px solid var(--gw-rule);padding-top:12px">{cells}</div>'
    )


def target_words(measured: Measured, promise: Promise) -> str:
    """Return a promised value in its unit and the day it is due."""
    target = text.measured(promise.value, measured.unit, currency=measured.currency or "USD")
    return f"{target} by {text.day(promise.due_on)}" if promise.due_on else target


def _leading(measured: Measured) -> tuple[Line | None, Month | None]:
    """The line with the largest last complete month, and that month."""
    ends = [(line, month) for line in measured.lines if (month := line.last_complete()) is not None]
    latest = max((month.period for _, month in ends), default="")
    last = [(line, month) for line, month in ends if month.period == latest]
    return max(last, key=lambda pair: Decimal(str(pair[1].value)), default=(None, None))


def _together(measured: Measured) -> list[str]:
    """The whole time asked for in one value; nothing for groups, or where it is unknown."""
    whole = measured.overall
    if split(measured) or whole is None or whole.value is None:
        return []
    months = text.plural(len(measured.lines[0].months), "month", "months")
    return [f"All {months}: {value(measured, whole)}."]


def _kept(measured: Measured, month: Month | None, promise: Promise) -> str:
    kept = reached(month.value if month else None, promise.value, measured.better)
    state = {True: "is reached", False: "is not reached yet", None: "cannot be judged"}[kept]
    return f"The target of {target_words(measured, promise)}, promised by {promise.component}, {state}."


def _series(line: Line, color: str) -> charts.Series:
    """The one line of a metric in the color of data, groups in the colors of categories."""
    points = tuple(
        charts.Point(
            month.period, None if month.value is None else float(month.value), complete=month.complete, n=month.n
        )
        for month in line.months
    )
    return charts.Series(line.group, points, color)
