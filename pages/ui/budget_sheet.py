"""The sheet of a draft: lines by month to type into; what was typed outlasts what somebody else saves meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from pages.ui import budget_versions, fields, forms, shell, states, tables, text
from pages.ui.safe import markup
from pages.ui.shell import Visit
from program.actions import versions as actions
from program.budget_versions import Phase, PhasedLine, Version

LINE = "Line"
SAVED = "version.months"
NAMED = 6  # kept cells that are named one by one
Cell = tuple[str, date]  # the line's id and the month
Typed = Mapping[Cell, str]


@dataclass(frozen=True)
class Opened:
    """The sheet as it was opened. kept: typed into it earlier and not saved. stale: another person saved since."""

    key: str
    version: int
    lines: tuple[str, ...]
    periods: tuple[date, ...]
    kept: Typed
    stale: bool = False


def draw(
    visit: Visit, shown: Version, lines: Sequence[PhasedLine], periods: Sequence[date], *, longer: str = ""
) -> bool:
    """Draw the sheet and what it adds up to. longer: the words of a button; return whether that was pressed."""
    opened, begun = _open(shown, lines, periods)
    with st.form(f"version.sheet.{shown.id}", border=False):
        given = _grid(opened, lines)
        with st.container(horizontal=True, gap="small"):
            pressed = st.form_submit_button("Save the months", type="primary", key="version.save")
            more = bool(longer) and st.form_submit_button(longer, key="version.longer")
    if opened.stale:
        _say_kept(opened, lines)
    if pressed and not (begun and opened.stale):
        _save(visit, shown, lines, _cells(given, opened))
    elif st.session_state.get(states.JUST_SAVED) == SAVED:
        st.html('<p class="gw-note" role="status"><span class="gw-good">✓ Saved</span></p>')
    shell.note("An empty cell is no plan for that month, which is not 0.")
    with st.container(width=480):
        st.html(tables.html(totals(lines)))
    return more


def sheet_key(shown: Version, lines: Sequence[PhasedLine], periods: Sequence[date]) -> str:
    """Return the key of the sheet: another one as soon as anything that it holds is saved."""
    ids = "-".join(line.line_id[:6] for line in lines)
    return f"version.cells.{shown.id}.{shown.version}.{ids}.{periods[0]:%Y%m}.{len(periods)}"


def changes(lines: Sequence[PhasedLine], typed: Mapping[Cell, str | None]) -> list[Phase]:
    """
    Return the months that differ from what was typed; an empty cell takes the month out.

    Raises Invalid with the month and the line.
    """
    found, names = [], heads(lines)
    by_id = {line.line_id: line for line in lines}
    for (line_id, period), cell in typed.items():
        where = f"{text.month(period)}, {names[line_id]}:"
        amount = fields.money(str(cell or ""), name="months", label=where)
        if amount != by_id[line_id].phases.get(period):
            found.append(Phase(line_id, period, amount))
    return found


def heads(lines: Sequence[PhasedLine]) -> dict[str, str]:
    """Return how lines are called: with their component and their currency where there are several of those."""
    several = len({line.component_id for line in lines}) > 1
    mixed = len({line.currency for line in lines}) > 1
    return text.distinct(
        {
            line.line_id: (f"{line.component_name}: " if several else "")
            + line.name
            + (f" ({line.currency})" if mixed else "")
            for line in lines
        }
    )


def totals(lines: Sequence[PhasedLine]) -> tables.Table:
    """What each line's months add up to, and all of them when they are in one currency."""
    names = heads(lines)
    columns = tables.Column(LINE), budget_versions.amounts("As saved", [line.total for line in lines])
    whole = budget_versions.one_total(lines, [line.total for line in lines])
    rows = tuple((names[line.line_id], line.total) for line in lines)
    return tables.Table(columns, rows, total=None if whole is None else ("Total", whole))


def _open(shown: Version, lines: Sequence[PhasedLine], periods: Sequence[date]) -> tuple[Opened, bool]:
    """The sheet as it was opened, and whether that is now: what was typed into the one before goes along."""
    name, key = f"version.opened.{shown.id}", sheet_key(shown, lines, periods)
    held: Opened | None = st.session_state.get(name)
    if held is not None and held.key == key:
        return held, False
    ids = tuple(line.line_id for line in lines)
    typed = {} if held is None else {**held.kept, **_typed_into(held)}
    kept = {cell: word for cell, word in typed.items() if cell[0] in ids and cell[1] in periods}
    stale = bool(kept) and held is not None and (held.stale or held.version != shown.version)
    opened = Opened(key, shown.version, ids, tuple(periods), kept, stale)
    st.session_state[name] = opened
    return opened, True


def _typed_into(held: Opened) -> dict[Cell, str]:
    """What the editor of a sheet that is not drawn any more was told."""
    months = {text.month(period): period for period in held.periods}
    state = st.session_state.get(held.key) or {}
    return {
        (held.lines[int(row)], months[month]): str(word or "")
        for row, cells in dict(state.get("edited_rows", {})).items()
        for month, word in cells.items()
        if month in months
    }


def _grid(opened: Opened, lines: Sequence[PhasedLine]) -> Mapping[str, Sequence[str | None]]:
    """The editor holds what the store held when it was opened; its own output never becomes its input."""
    names, months = heads(lines), [text.month(period) for period in opened.periods]
    cells: dict[str, list[str]] = {LINE: [names[line.line_id] for line in lines]}
    for month, period in zip(months, opened.periods, strict=True):
        cells[month] = [opened.kept.get((line.line_id, period), _written(line.phases.get(period))) for line in lines]
    config: dict[str, Any] = {
        month: st.column_config.TextColumn(month, alignment="right", max_chars=24, width=96) for month in months
    }
    config[LINE] = st.column_config.TextColumn(LINE, disabled=True, pinned=True, width=240)
    given: Any = st.data_editor(
        cells,
        key=opened.key,
        column_config=config,
        hide_index=True,
        height=min(35 * (len(lines) + 1) + 8, 560),
        alt="What each line may cost in each month",
    )
    sheet: Mapping[str, Sequence[str | None]] = given
    return sheet


def _cells(given: Mapping[str, Sequence[str | None]], opened: Opened) -> dict[Cell, str | None]:
    return {
        (line_id, period): given[text.month(period)][at]
        for period in opened.periods
        for at, line_id in enumerate(opened.lines)
    }


def _save(visit: Visit, shown: Version, lines: Sequence[PhasedLine], typed: Mapping[Cell, str | None]) -> None:
    with shell.saving() as reading:
        wanted = changes(lines, typed)
    if not reading.done:
        return
    if not wanted:
        shell.note("No month was changed.")
        return

    def put(*who: Any, **given: Any) -> None:
        actions.set_phases(*who, **given)
        st.session_state.pop(f"version.opened.{shown.id}", None)

    one = {"program_id": visit.program_id, "version_id": shown.id, "version": shown.version}
    forms.attempt(put, visit.actor, noun=SAVED, **one, changes=wanted)


def _say_kept(opened: Opened, lines: Sequence[PhasedLine]) -> None:
    """Name the cells that were typed into a sheet which somebody else has saved since."""
    names, by_id = heads(lines), {line.line_id: line for line in lines}
    said = []
    for (line_id, period), word in opened.kept.items():
        saved = _written(by_id[line_id].phases.get(period))
        said.append(f"{names[line_id]}, {text.month(period)}: {word or 'empty'} (saved: {saved or 'empty'})")
    more = f"; and {len(said) - NAMED} more" if len(said) > NAMED else ""
    cells = f"{'; '.join(said[:NAMED])}{more}"
    head = "This draft was saved by somebody else while you typed."
    st.html(
        f'<p class="gw-note" role="alert"><span class="gw-watch">▲ {head}</span> What you typed is not saved. '
        f"It is kept in the sheet: {markup(cells)}. Save the months again to keep it.</p>"
    )


def _written(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:,.2f}" if amount == round(amount, 2) else fields.typed(amount)
