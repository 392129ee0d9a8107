"""The budget by month: a version's months as a table, and as a sheet to type into while it is a draft."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import budget_reads, budget_sheet, budget_versions, shell, tables, text
from pages.ui.budget_reads import Asked
from pages.ui.budget_versions import amounts, one_total
from pages.ui.shell import Visit
from pages.ui.tables import Column
from program import phasing
from program.budget_versions import PhasedLine, Version
from program.ledger import ZERO, exact_sum

SHEET, SPREAD, COMPARE, VERSIONS = TASKS = "The months", "Spread a line", "Compare", "Versions"
MOST = 24  # months beside each other; of more, the fiscal years
STYLE = """<style>.gw-months .gw-table {width:max-content;min-width:100%}
.gw-months .gw-table :is(th,td) {padding-inline:0 20px;white-space:nowrap;max-width:none}
.gw-months .gw-table :is(th,td):first-child {position:sticky;left:0;z-index:1;background:var(--gw-page);
 white-space:normal;min-width:min(16rem,36vw);max-width:min(16rem,36vw)}
.gw-months .gw-table :is(th,td):last-child {font-weight:600;padding-right:4px}</style>"""


def show(visit: Visit, asked: Asked, above: DeltaGenerator) -> None:
    """Draw the chosen version, or the first form when there is none."""
    versions = budget_reads.versions(asked)
    if not versions:
        with above:
            shell.answer("No month of the budget is planned yet.")
        st.html(f'<p class="gw-what">{budget_versions.WHAT}</p>')
        if visit.may("money.edit"):
            budget_versions.make(visit, versions)
        return
    shown, task = _choose(visit, versions)
    lines = budget_reads.phases(asked, shown.id)
    with above:
        every = budget_reads.phases(replace(asked, component_id=None), shown.id)
        shell.answer(budget_versions.headline(versions, shown, every))
        shell.lead(budget_versions.status(shown, visit.program.time_zone))
    editable = visit.may("money.edit") and not shown.locked
    if task == VERSIONS:
        tables.show(budget_versions.listed(versions, visit.program.time_zone), key="version.list")
        if visit.may("money.edit"):
            shell.title("Make a draft")
            budget_versions.make(visit, versions)
    elif task == COMPARE:
        budget_versions.compare(asked, versions, shown)
    elif task == SPREAD and editable:
        budget_versions.spread(visit, asked, shown)
    else:
        _months(visit, asked, shown, lines, editable=editable)


def _choose(visit: Visit, versions: Sequence[Version]) -> tuple[Version, str]:
    names, by_id = budget_versions.named(versions), {each.id: each for each in versions}
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="budget_versions"):
        chosen = st.selectbox(
            "Version", list(names), format_func=names.__getitem__, key="version.id", width=300, bind="query-params"
        )
        shown = by_id.get(chosen or "", versions[0])
        tasks = [each for each in TASKS if each != SPREAD or (visit.may("money.edit") and not shown.locked)]
        if st.session_state.get("version.task") not in (None, *tasks):
            del st.session_state["version.task"]
        task = st.segmented_control(
            "Do",
            tasks,
            default=None if "version.task" in st.session_state else SHEET,
            required=True,
            key="version.task",
            label_visibility="collapsed",
        )
    return shown, task or SHEET


def _months(visit: Visit, asked: Asked, shown: Version, lines: Sequence[PhasedLine], *, editable: bool) -> None:
    if not lines:
        shell.note("This choice has no budget line.")
        return
    first_month, known = budget_reads.fiscal_start(asked), _periods(lines)
    periods: Sequence[date] | None = known
    if len(known) > MOST:
        periods = _year(known, first_month, editable=editable)
    if periods is None:
        tables.show(by_year(lines, first_month), key="version.years")
    elif editable:
        _sheet(visit, shown, lines, periods, longer=len(known) <= MOST)
    elif not periods:
        shell.note("This choice has no month with money.")
    else:
        months = by_month(lines, periods)
        st.html(f'{STYLE}<div class="gw-months">{tables.html(months)}</div>')
        tables.downloads(months, key="version.months")
    if editable:
        budget_versions.decide(visit, shown)


def _year(known: Sequence[date], first_month: int, *, editable: bool) -> Sequence[date] | None:
    """Draw the choice of a fiscal year and return its months; None for all years."""
    after = date(known[-1].year + 1, known[-1].month, 1)
    years = sorted({phasing.fiscal_year(each, first_month) for each in (*known, *([after] if editable else []))})
    chosen = st.selectbox(
        "Months of",
        ["", *years],
        format_func=lambda each: each or "All years",
        key="version.year",
        width=200,
        help="Choose a year to change its months." if editable else None,
    )
    around = phasing.months(date(known[0].year - 1, known[0].month, 1), date(after.year + 1, after.month, 1))
    return [each for each in around if phasing.fiscal_year(each, first_month) == chosen] if chosen else None


def _sheet(visit: Visit, shown: Version, lines: Sequence[PhasedLine], periods: Sequence[date], *, longer: bool) -> None:
    found = [*(periods or _year_from(visit.today))]
    name = f"version.more.{shown.id}"
    for _ in range(st.session_state.setdefault(name, 0) if longer else 0):
        found.append(phasing.next_month(found[-1]))
    if budget_sheet.draw(visit, shown, lines, found, longer="Twelve months more" if longer else ""):
        st.session_state[name] += 12
        st.rerun()


def by_month(lines: Sequence[PhasedLine], periods: Sequence[date]) -> tables.Table:
    """Lines as rows, each in its own currency, months as columns, with what each line adds up to in them."""
    names = budget_sheet.heads(lines)
    whole = [_sum(line.phases.get(period) for period in periods) for line in lines]
    of_month = {period: [line.phases.get(period) for line in lines] for period in periods}
    columns = (
        Column(budget_sheet.LINE),
        *(amounts(text.month(period), found) for period, found in of_month.items()),
        amounts("Total", whole),
    )
    rows = tuple(
        (names[line.line_id], *(line.phases.get(each) for each in periods), of)
        for line, of in zip(lines, whole, strict=True)
    )
    sums = [one_total(lines, found) for found in (*of_month.values(), whole)]
    total = ("Total", *sums) if len({line.currency for line in lines}) == 1 else None
    return tables.Table(columns, rows, name="budget by month", total=total)


def by_year(lines: Sequence[PhasedLine], first_month: int) -> tables.Table:
    """Lines as rows, fiscal years as columns."""
    found = [phasing.by_fiscal_year(line.phases, first_month) for line in lines]
    years = sorted({year for each in found for year in each})
    columns = (
        Column("Component"),
        Column("Line"),
        Column("Currency"),
        *(amounts(year, (each.get(year) for each in found)) for year in years),
        amounts("Total", (line.total for line in lines)),
    )
    rows = tuple(
        (line.component_name, line.name, line.currency, *(each.get(year) for year in years), line.total)
        for line, each in zip(lines, found, strict=True)
    )
    total = None
    if len({line.currency for line in lines}) == 1:
        sums = [exact_sum(each.get(year, ZERO) for each in found) for year in years]
        total = ("Total", "", lines[0].currency, *sums, exact_sum(sums))
    return tables.Table(columns, rows, name="budget by fiscal year", total=total)


def _periods(lines: Sequence[PhasedLine]) -> tuple[date, ...]:
    known = [period for line in lines for period in line.phases]
    return phasing.months(min(known), max(known)) if known else ()


def _year_from(day: date) -> tuple[date, ...]:
    found = [phasing.month_of(day)]
    while len(found) < 12:
        found.append(phasing.next_month(found[-1]))
    return tuple(found)


def _sum(found: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in found if amount is not None]
    return exact_sum(known) if known else None
