"""What the budget page asks and shows: fields, the lines with their money bars, and a line's entries."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from pages.ui import money, tables, text
from pages.ui.fields import Amount, Choice, Day, Field, Text
from pages.ui.safe import markup
from program.budget import KINDS, NATURES, SPENDING, Entry, LineTotals, MixedCurrencies, NoBudgetLines, Total, total

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
EDIT_FIELDS: tuple[Field, ...] = (*_LINE_FIELDS, Amount("planned", "Planned"))
STYLE = """
.scroll {overflow-x:auto}
table {width:100%;border-collapse:collapse;font-size:.9375rem;line-height:1.35;color:var(--gw-ink)}
th, td {border-bottom:1px solid var(--gw-rule);padding:5px 0 5px 16px;text-align:right;font-weight:400;
 font-variant-numeric:tabular-nums;white-space:nowrap}
th:first-child {text-align:left;padding-left:0;white-space:normal;min-width:16rem}
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
FAR_OVER = Decimal("0.2")
BAR_WIDTH = 190


def line_fields(components: Mapping[str, str]) -> tuple[Field, ...]:
    """The fields of a new line. components: id -> name."""
    first = Choice("component_id", "Component", components)
    return (first, *_LINE_FIELDS, Text("currency", "Currency", required=True, most=3), Amount("planned", "Planned"))


def entry_fields(lines: Sequence[LineTotals]) -> tuple[Field, ...]:
    """The fields of a ledger entry."""
    names = {each.line_id: f"{each.component_name}: {each.name}" for each in lines}
    return (
        Choice("line_id", "Line", names),
        Choice("kind", "Kind", {kind: KIND_WORDS[kind] for kind in KINDS}),
        Day("on", "Date", required=True),
        Amount("amount", "Amount", required=True),
        Text("currency", "Currency", required=True, most=3),
        Text("document", "Document", required=True, hint="PO-1031"),
        Text("against", "Against commitment", hint="the order's document, if any"),
        Amount("rate", "Rate into the line's currency", hint="only for another currency", decimals=8),
    )


def added_up(lines: Sequence[LineTotals]) -> Total | None:
    """The total of some lines; None when they are in several currencies, or there are none."""
    try:
        return total(lines)
    except (MixedCurrencies, NoBudgetLines):
        return None


def headline(lines: Sequence[LineTotals], whole: Total | None) -> str:
    """The budget's answer with its amounts."""
    if whole is None:
        currencies = sorted({line.currency for line in lines})
        return f"These lines are in {text.listed(currencies)}: there is no common total." if lines else ""
    over = sorted((line for line in lines if line.over_budget), key=lambda line: (-line.overrun, line.name))
    if whole.planned is None:
        return f"{text.money_short(whole.actual, whole.currency)} is spent, but nothing is planned."
    ends = whole.expected - whole.planned
    if ends > 0:
        first = f" {over[0].component_name} adds {_amount(over[0].overrun, whole)}." if len(over) > 1 else ""
        least = "at least " if whole.without_forecast else ""
        above = f"{least}{_amount(ends, whole)} over its {_amount(whole.planned, whole)}"
        return f"The plan ends {above}.{first}"
    if over:
        more = text.plural(len(over), "line ends", "lines end")
        return (
            f"The whole stays within its {_amount(whole.planned, whole)}, but {more} over: {over[0].name} by the most."
        )
    free, planned = _amount(whole.available, whole), _amount(whole.planned, whole)
    return f"{'Every' if len(lines) > 1 else 'The one'} line stays within its plan: {free} of {planned} is free."


def missing(whole: Total) -> str:
    """What the total leaves out, as a sentence; empty when nothing."""
    parts = []
    if whole.without_plan:
        parts.append(f"{text.plural(whole.without_plan, 'line has', 'lines have')} no plan")
    if whole.without_forecast:
        parts.append(f"{text.plural(whole.without_forecast, 'line has', 'lines have')} no forecast")
    if not parts:
        return "Over = forecast less plan. Available = plan less open commitments and what is spent."
    return (
        f"{text.capital(' and '.join(parts))}, shown as n/a. Over takes what is spent and committed where there is no "
        "forecast. Available = plan less open commitments and what is spent."
    )


def drawing(lines: Sequence[LineTotals], whole: Total | None) -> str:
    """The lines of one currency as an HTML table with a money bar each, for svg.draw with STYLE."""
    currency = lines[0].currency
    top = max(max(line.planned or Decimal(0), line.expected) for line in lines)
    heads = "".join(
        f'<th scope="col">{name}</th>' for name in ("Planned", "Committed", "Actual", "Forecast", "Available", "Over")
    )
    head = f'<tr><th scope="col">{markup(currency)}</th>{heads}<th scope="col" class="bar">{_KEY}</th></tr>'
    rows = "".join(_row(line, top) for line in lines)
    last = f'<tr class="total"><th scope="row">Program</th>{_figures(whole)}<td class="bar"></td></tr>' if whole else ""
    return f'<div class="scroll"><table><thead>{head}</thead><tbody>{rows}{last}</tbody></table></div>'


def entry_table(entries: Sequence[Entry], currency: str) -> tables.Table:
    """The entries of a line, newest first."""
    return tables.Table(
        columns=(
            tables.Column("Date", text.day),
            tables.Column("Kind"),
            tables.Column("Amount", lambda amount: text.money_exact(amount, currency), number=True),
            tables.Column("Document"),
            tables.Column("Against", tables.blank),
            tables.Column("Source"),
        ),
        rows=tuple(
            (each.on, each.kind.capitalize(), each.in_line_currency, each.document, each.against, each.source)
            for each in entries
        ),
        name="entries",
    )


_KEY = (
    '<span class="key"><i style="width:11px;background:var(--gw-actual)"></i>actual'
    '<i style="width:11px;background:var(--gw-committed)"></i>comm.'
    '<i class="hatch" style="width:11px"></i>forec.<i style="width:2px;background:var(--gw-planned)"></i>plan</span>'
)


def _row(line: LineTotals, top: Decimal) -> str:
    bar = money.mini(
        money.MoneyBar(line.planned, line.committed, line.actual, line.forecast, line.currency),
        top=top,
        width=BAR_WIDTH,
    )
    head = f"{markup(line.component_name)} <small>{markup(line.name)}</small>"
    return f'<tr><th scope="row">{head}</th>{_figures(line)}<td class="bar">{bar}</td></tr>'


def _figures(row: LineTotals | Total) -> str:
    shown = (row.planned, row.committed, row.actual, row.forecast, row.available)
    return "".join(_cell(text.number(amount)) for amount in shown) + _over(row)


def _over(row: LineTotals | Total) -> str:
    """How far the row ends above its plan; unknown without a plan, or without a forecast while nothing is over yet."""
    over = None if row.planned is None else row.expected - row.planned
    if over is None or (row.forecast is None and over <= 0):
        return _cell(text.UNKNOWN)
    tone = "" if over <= 0 else "far" if over > (row.planned or Decimal(0)) * FAR_OVER else "over"
    return _cell(text.number(over, signed=True), tone)


def _cell(shown: str, tone: str = "") -> str:
    name = tone or ("unknown" if shown in (text.UNKNOWN, "0") else "")
    return f'<td class="{name}">{markup(shown)}</td>'


def _amount(amount: Decimal | None, whole: Total) -> str:
    return text.money_short(amount, whole.currency)
