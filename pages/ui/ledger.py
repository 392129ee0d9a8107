"""What the budget page asks and shows: fields, the lines with their money bars, and a line's entries."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeGuard

from pages.ui import money, tables, text
from pages.ui.fields import Amount, Choice, Day, Field, Text
from pages.ui.safe import markup
from program.budget import (
    KINDS,
    NATURES,
    RECURRENCES,
    SPENDING,
    ZERO,
    ComponentTotals,
    Entry,
    LineTotals,
    Total,
)

WHAT = (
    "A budget line says what one component may cost. What is ordered, spent and expected is booked on it, so that "
    "the plan, the open commitments and the overrun are exact to the cent."
)
KIND_WORDS = {
    "plan": "Plan: what it may cost",
    "commitment": "Commitment: an order or contract",
    "release": "Release: a commitment given back",
    "actual": "Actual: an invoice or cost",
    "credit": "Credit: money back",
    "forecast": "Forecast: what it will cost in all",
}
_LINE_FIELDS: tuple[Field, ...] = (
    Text("name", "Line", required=True, hint="Licenses"),
    Text("category", "Category", required=True, most=64, hint="software"),
    Choice("nature", "Nature", NATURES),
    Choice("spending", "Spending", SPENDING),
)
_LABOR: tuple[Field, ...] = (
    Amount("days", "Days of work", hint="only for labor"),
    Amount("day_rate", "Cost of a day", hint="only for labor"),
)
_OFTEN = Choice("recurrence", "How often", RECURRENCES)
EDIT_FIELDS: tuple[Field, ...] = (*_LINE_FIELDS, _OFTEN, Amount("planned", "Planned"), *_LABOR)
FIGURES = ("Planned", "Committed", "Actual", "Forecast", "Available", "Over")
STYLE = (
    money.MINI
    + """
.scroll {overflow-x:auto}
table {width:100%;border-collapse:collapse;font-size:.9375rem;line-height:1.35;color:var(--gw-ink)}
th, td {border-bottom:1px solid var(--gw-rule);padding:5px 0 5px 16px;text-align:right;font-weight:400;
 font-variant-numeric:tabular-nums;white-space:nowrap}
th:first-child {text-align:left;padding-left:0;white-space:normal;min-width:min(16rem,40vw)}
td.bar, th.bar {text-align:left;padding-left:24px}
thead th {font-size:.8125rem;font-weight:600;color:var(--gw-muted);border-bottom:1px solid var(--gw-gray)}
th small {color:var(--gw-muted);font-size:.875rem} .unknown {color:var(--gw-muted)}
.over {color:var(--gw-watch-text);font-weight:600} .far {color:var(--gw-act-text);font-weight:600}
tr.total th, tr.total td {border-bottom:0;border-top:1px solid var(--gw-ink);font-weight:600}
.key {color:var(--gw-muted);font-weight:400;white-space:nowrap}
.key i {display:inline-block;height:9px;margin:0 4px 0 10px}
.key i:first-child {margin-left:0}
.hatch {background:repeating-linear-gradient(135deg,var(--gw-forecast) 0 2px,transparent 2px 4px)}
"""
)
Shown = Callable[[Any], str]
FAR_OVER = Decimal("0.2")
BAR_WIDTH = 190


def line_fields(components: Mapping[str, str]) -> tuple[Field, ...]:
    """The fields of a new line. components: id -> name."""
    first = Choice("component_id", "Component", components)
    return (
        first,
        *_LINE_FIELDS,
        _OFTEN,
        Text("currency", "Currency", required=True, most=3),
        Amount("planned", "Planned"),
        *_LABOR,
    )


def entry_fields(lines: Mapping[str, str]) -> tuple[Field, ...]:
    """The fields of a ledger entry. lines: id -> name."""
    return (
        Choice("line_id", "Line", lines),
        Choice("kind", "Kind", {kind: KIND_WORDS[kind] for kind in KINDS}),
        Day("on", "Date", required=True),
        Amount("amount", "Amount", required=True),
        Text("currency", "Currency", required=True, most=3),
        Text("document", "Document", required=True, hint="PO-1031"),
        Text("against", "Against commitment", hint="the order's document, if any"),
        Amount("rate", "Rate into the line's currency", hint="only for another currency", decimals=8),
    )


def drawing(rows: Sequence[LineTotals | ComponentTotals], whole: Total | None) -> str:
    """Lines, or components, of one currency as an HTML table with a money bar each, for svg.draw with STYLE."""
    top = max(max(row.planned or ZERO, row.expected, row.actual + row.committed) for row in rows)
    decimals = _decimals(rows)
    heads = "".join(f'<th scope="col">{name}</th>' for name in FIGURES)
    head = f'<tr><th scope="col">{markup(rows[0].currency)}</th>{heads}<th scope="col" class="bar">{_KEY}</th></tr>'
    body = "".join(_row(row, top, decimals) for row in rows)
    cells = f'<th scope="row">Total</th>{_figures(whole, decimals)}<td class="bar"></td>' if whole else ""
    last = f'<tr class="total">{cells}</tr>' if whole else ""
    table = f"<table><thead>{head}</thead><tbody>{body}{last}</tbody></table>"
    return f'{money.patterns()}<div class="scroll">{table}</div>'


def file_table(lines: Sequence[LineTotals]) -> tables.Table:
    """The lines with every amount exact, for the files: the same rows as on the screen, one per line."""
    names = ("Component", "Line", "Category", "Nature", "Spending", "Currency", *FIGURES)
    rows = tuple(
        (
            each.component_name,
            each.name,
            each.category,
            NATURES[each.nature],
            SPENDING[each.spending],
            each.currency,
            *_sums(each),
            _over(each),
        )
        for each in lines
    )
    return tables.Table(tuple(tables.Column(name) for name in names), rows, name="budget")


def entry_table(entries: Sequence[Entry], currency: str) -> tables.Table:
    """The entries of a line; an amount in another currency with what it was booked as."""
    foreign = any(each.rate is not None for each in entries)
    columns = (
        tables.Column("Date", text.day),
        tables.Column("Kind"),
        tables.Column("Amount", lambda amount: text.money_exact(amount, currency), number=True),
        *((tables.Column("Booked as", tables.blank),) if foreign else ()),
        tables.Column("Document", _document),
        tables.Column("Against", tables.blank),
        tables.Column("Source"),
    )
    rows = tuple(
        (
            each.on,
            each.kind.capitalize(),
            each.in_line_currency,
            *((_booked_as(each),) if foreign else ()),
            each.document,
            each.against,
            each.source,
        )
        for each in entries
    )
    return tables.Table(columns, rows, name="entries")


def _document(document: str) -> str:
    """Documents of our own end with the id of their line, which says nothing to a reader."""
    return re.sub(r" [0-9a-f]{32}$", "", document)


def _booked_as(entry: Entry) -> str | None:
    if entry.rate is None:
        return None
    return f"{text.money_exact(entry.amount, entry.currency)} at {entry.rate.normalize():f}"


_KEY = (
    '<span class="key"><i style="width:11px;background:var(--gw-actual)"></i>actual'
    '<i style="width:11px;background:var(--gw-committed)"></i>comm.'
    '<i class="hatch" style="width:11px"></i>forec.<i style="width:2px;background:var(--gw-planned)"></i>plan</span>'
)


def _row(row: LineTotals | ComponentTotals, top: Decimal, decimals: int) -> str:
    bar = money.MoneyBar(row.planned, row.committed, row.actual, row.forecast, row.currency)
    drawn = money.mini(bar, top=top, width=BAR_WIDTH)
    name = f"{markup(row.component_name)} <small>{markup(row.name)}</small>" if _is_line(row) else markup(row.name)
    return f'<tr><th scope="row">{name}</th>{_figures(row, decimals)}<td class="bar">{drawn}</td></tr>'


def _is_line(row: LineTotals | ComponentTotals) -> TypeGuard[LineTotals]:
    return isinstance(row, LineTotals)


def _decimals(rows: Sequence[LineTotals | ComponentTotals]) -> int:
    """Two where any amount has cents, so that what the table shows adds up; else none."""
    amounts = (amount for row in rows for amount in _sums(row))
    return 2 if any(amount is not None and amount != int(amount) for amount in amounts) else 0


def _figures(row: LineTotals | Total, decimals: int) -> str:
    return "".join(_cell(text.number(amount, decimals=decimals)) for amount in _sums(row)) + _over_cell(row, decimals)


def _sums(row: LineTotals | Total) -> tuple[Decimal | None, ...]:
    return row.planned, row.committed, row.actual, row.forecast, row.available


def _over_cell(row: LineTotals | Total, decimals: int) -> str:
    over = _over(row)
    if over is None:
        return _cell(text.UNKNOWN)
    tone = "" if over <= 0 else "far" if over > (row.planned or ZERO) * FAR_OVER else "over"
    return _cell(text.number(over, decimals=decimals, signed=True), tone)


def _over(row: LineTotals | Total) -> Decimal | None:
    """How far the row ends above its plan; unknown without a plan, or without a forecast while nothing is over yet."""
    over = None if row.planned is None else row.expected - row.planned
    return None if over is None or (row.forecast is None and over <= 0) else over


def _cell(shown: str, tone: str = "") -> str:
    name = tone or ("unknown" if shown == text.UNKNOWN or not shown.strip("0.") else "")
    return f'<td class="{name}">{markup(shown)}</td>'
