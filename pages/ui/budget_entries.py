"""The ledger of one line: what is planned, ordered, spent and expected, and every entry behind it."""

from collections.abc import Sequence

from streamlit.delta_generator import DeltaGenerator

from pages.ui import budget_lines, budget_reads, ledger, money, shell, svg, tables, text
from pages.ui.budget_reads import Asked
from pages.ui.tables import Column
from program import budget
from program.budget import Entry, LineTotals
from program.queries import budget as queries

SHOWN = 200  # entries on the page; the files hold all


def show(asked: Asked, above: DeltaGenerator) -> None:
    """Draw one line's money in its four states, its open orders and its entries, the newest first."""
    with above:
        shell.answer(budget_lines.answer(asked))
    line = budget_lines.choose(budget_reads.lines(asked))
    if line is None:
        return
    found = queries.entries(asked.program_id, line.line_id)
    entries = [each for each in found if asked.until is None or each.on <= asked.until]
    _states(line)
    _orders(line, entries)
    _entries(line, entries, later=len(found) - len(entries))


def _states(line: LineTotals) -> None:
    bar = money.MoneyBar(line.planned, line.committed, line.actual, line.forecast, line.currency)
    svg.draw(money.bar(bar), key="budget.states", style=money.STYLE)
    if line.available is None:
        shell.note("Nothing is planned on this line, so what is available is n/a.")
        return
    parts = (line.available, line.planned, line.committed, line.actual)
    available, planned, committed, actual = (text.money_exact(each, line.currency) for each in parts)
    shell.note(f"Available {available} = planned {planned} less committed {committed} and actual {actual}.")


def _orders(line: LineTotals, entries: Sequence[Entry]) -> None:
    opened = {document: left for document, left in budget.open_commitments(entries).items() if left}
    if not opened:
        return
    shell.title("Open orders", f"{line.currency}, less what was released and invoiced against them")
    columns = Column("Document"), Column("Still committed", _exact(line.currency), number=True)
    rows = tuple(sorted(opened.items(), key=lambda each: (-each[1], each[0])))
    tables.show(tables.Table(columns, rows[:SHOWN], name="open orders"), key="budget.orders", download=False)


def _entries(line: LineTotals, entries: Sequence[Entry], *, later: int) -> None:
    count = text.plural(len(entries), "entry", "entries")
    shown = "" if len(entries) <= SHOWN else f", the newest {SHOWN} here, all in the files"
    left_out = f"; {later} dated later are left out" if later else ""
    shell.title("Entries", f"{count}{shown}{left_out}")
    table = ledger.entry_table(entries, line.currency)
    newest = tables.Table(table.columns, table.rows[:SHOWN], name=table.name)
    tables.show(newest, key="budget.entries", download=False)
    tables.downloads(table, key="budget.entries")


def _exact(currency: str) -> ledger.Shown:
    return lambda amount: text.money_exact(amount, currency)
