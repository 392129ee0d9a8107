"""The budget by month: a version's months as a table, and as a sheet to type into while it is a draft."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import budget_reads, budget_versions, fields, forms, shell, tables, text
from pages.ui.budget_reads import Asked
from pages.ui.shell import Visit
from pages.ui.tables import Column
from program import phasing
from program.actions import versions as actions
from program.budget_versions import Phase, PhasedLine, Version
from program.ledger import ZERO, exact_sum

SHEET, SPREAD, COMPARE, VERSIONS = TASKS = "The months", "Spread a line", "Compare", "Versions"
ACROSS = 8  # lines beside each other in the sheet
MONTH = "Month"


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
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
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
    if len(lines) > ACROSS:
        shell.note(
            f"{text.number(len(lines))} lines by fiscal year. Choose a component to see"
            f"{' and change' if editable else ''} its months."
        )
        tables.show(by_year(lines, budget_reads.fiscal_start(asked)), key="version.years")
    elif editable:
        _sheet(visit, shown, lines)
    else:
        tables.show(by_month(lines), key="version.months")
    if editable:
        budget_versions.decide(visit, shown)


def by_month(lines: Sequence[PhasedLine]) -> tables.Table:
    """Months as rows, lines as columns, each in its own currency, with what each line adds up to."""
    names = _heads(lines)
    columns = (Column(MONTH, text.month), *(_amounts(names[each.line_id], each.phases.values()) for each in lines))
    periods = _periods(lines)
    rows = tuple((period, *(line.phases.get(period) for line in lines)) for period in periods)
    return tables.Table(columns, rows, name="budget by month", total=("Total", *(line.total for line in lines)))


def by_year(lines: Sequence[PhasedLine], first_month: int) -> tables.Table:
    """Lines as rows, fiscal years as columns."""
    found = [phasing.by_fiscal_year(line.phases, first_month) for line in lines]
    years = sorted({year for each in found for year in each})
    columns = (
        Column("Component"),
        Column("Line"),
        Column("Currency"),
        *(_amounts(year, (each.get(year) for each in found)) for year in years),
        _amounts("Total", (line.total for line in lines)),
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


def changes(lines: Sequence[PhasedLine], typed: Mapping[date, Mapping[str, str | None]]) -> list[Phase]:
    """
    Return the months that differ from what was typed; an empty cell takes the month out.

    typed: month -> line id -> what stands in the cell. Raises Invalid with the month and the line.
    """
    found = []
    names = _heads(lines)
    for period, cells in typed.items():
        for line in lines:
            where = f"{text.month(period)}, {names[line.line_id]}:"
            amount = fields.money(str(cells.get(line.line_id) or ""), name="months", label=where)
            if amount != line.phases.get(period):
                found.append(Phase(line.line_id, period, amount))
    return found


def sheet_key(shown: Version, lines: Sequence[PhasedLine], rows: int) -> str:
    """Return the key of the sheet: another one as soon as anything that it holds is saved."""
    return f"version.cells.{shown.id}.{shown.version}.{'-'.join(line.line_id[:6] for line in lines)}.{rows}"


def _sheet(visit: Visit, shown: Version, lines: Sequence[PhasedLine]) -> None:
    """The sheet holds what the store held when it was opened; its own output never becomes its input."""
    heads = _heads(lines)
    periods = _periods(lines) or _year_from(visit.today)
    more = st.session_state.setdefault(f"version.more.{shown.id}", 0)
    for _ in range(more):
        periods = (*periods, phasing.next_month(periods[-1]))
    cells: dict[str, list[str | None]] = {
        MONTH: [text.month(period) for period in periods],
        **{heads[line.line_id]: [_typed(line.phases.get(period)) for period in periods] for line in lines},
    }
    config: dict[str, Any] = {
        name: st.column_config.TextColumn(name, alignment="right", max_chars=24) for name in heads.values()
    }
    config[MONTH] = st.column_config.TextColumn(MONTH, disabled=True, pinned=True)
    with st.form(f"version.sheet.{shown.id}", border=False):
        given = st.data_editor(
            cells,
            key=sheet_key(shown, lines, len(periods)),
            column_config=config,
            hide_index=True,
            placeholder="",
            height=min(35 * (len(periods) + 1) + 8, 560),
            alt="What each line may cost in each month",
        )
        pressed = st.form_submit_button("Save the months", type="primary", key="version.save")
    _sums(lines)
    if st.button("Twelve months more", key="version.longer"):
        st.session_state[f"version.more.{shown.id}"] = more + 12
        st.rerun()
    if pressed:
        _save(visit, shown, lines, _cells(given, periods, lines))


def _save(
    visit: Visit, shown: Version, lines: Sequence[PhasedLine], typed: Mapping[date, Mapping[str, str | None]]
) -> None:
    with shell.saving() as reading:
        wanted = changes(lines, typed)
    if not reading.done:
        return
    if not wanted:
        shell.note("No month was changed.")
        return
    one = {"program_id": visit.program_id, "version_id": shown.id, "version": shown.version}
    forms.attempt(actions.set_phases, visit.actor, noun="version.months", **one, changes=wanted)


def _cells(
    given: Mapping[str, Sequence[str | None]], periods: Sequence[date], lines: Sequence[PhasedLine]
) -> dict[date, dict[str, str | None]]:
    heads = _heads(lines)
    return {
        period: {line.line_id: given[heads[line.line_id]][at] for line in lines} for at, period in enumerate(periods)
    }


def _sums(lines: Sequence[PhasedLine]) -> None:
    said = [
        f"{name} {text.number(line.total, decimals=2)}"
        for line, name in zip(lines, _heads(lines).values(), strict=True)
    ]
    shell.note(f"As saved: {text.listed(said)}. An empty cell is no plan for that month, which is not 0.")


def _heads(lines: Sequence[PhasedLine]) -> dict[str, str]:
    several = len({line.component_id for line in lines}) > 1
    return text.distinct(
        {
            line.line_id: f"{line.component_name}: {line.name} ({line.currency})"
            if several
            else f"{line.name} ({line.currency})"
            for line in lines
        }
    )


def _periods(lines: Sequence[PhasedLine]) -> tuple[date, ...]:
    known = [period for line in lines for period in line.phases]
    return phasing.months(min(known), max(known)) if known else ()


def _year_from(day: date) -> tuple[date, ...]:
    found = [phasing.month_of(day)]
    while len(found) < 12:
        found.append(phasing.next_month(found[-1]))
    return tuple(found)


def _amounts(name: str, amounts: Iterable[Decimal | None]) -> Column:
    """A column of amounts, with cents when any of them has some; an empty cell for none."""
    decimals = 2 if any(amount is not None and amount != int(amount) for amount in amounts) else 0
    return Column(name, lambda amount: "" if amount is None else text.number(amount, decimals=decimals), number=True)


def _typed(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:,.2f}" if amount == round(amount, 2) else f"{amount:,f}"
