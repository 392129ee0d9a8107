"""Tables in the house style, with the same rows as CSV and XLSX."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages.ui import text
from pages.ui.safe import markup
from program.reports import exports

SHORT = 18  # characters of a link that stay on one line
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def plain(value: Any) -> str:
    """The value as it is; n/a for unknown."""
    return text.UNKNOWN if value is None else str(value)


def blank(value: Any) -> str:
    """The value as it is; an empty cell for none, where none is no missing measurement (a note)."""
    return "" if value is None else str(value)


@dataclass(frozen=True)
class Column:
    """A column: its head with the unit, how its raw values read, and whether they are numbers (right, tabular)."""

    name: str
    show: Callable[[Any], str] = plain
    number: bool = False


@dataclass(frozen=True)
class Cell:
    """A raw value with a tone (good, watch, act, muted, strong), a muted second line, or an address it leads to."""

    value: Any
    tone: str = ""
    note: str = ""
    link: str = ""


@dataclass(frozen=True)
class Table:
    """Columns, rows of raw values (or Cells) in their order, perhaps a total, and the name of its files."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    name: str = "table"
    total: tuple[Any, ...] | None = None
    caption: str = ""


def show(table: Table, *, key: str, download: bool = True) -> None:
    """Draw a table and, under it, its download as CSV and as XLSX."""
    st.html(html(table))
    if download:
        downloads(table, key=key)


def downloads(table: Table, *, key: str) -> None:
    """Draw two buttons that make the file only when they are pressed."""
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "CSV", lambda: as_csv(table), f"{table.name}.csv", "text/csv", key=f"{key}.csv", on_click="ignore"
        )
        st.download_button(
            "Excel", lambda: as_xlsx(table), f"{table.name}.xlsx", XLSX, key=f"{key}.xlsx", on_click="ignore"
        )


def html(table: Table) -> str:
    """A table as HTML, every text escaped; the first column heads its row."""
    heads = "".join(f'<th scope="col"{_number_class(each)}>{markup(each.name)}</th>' for each in table.columns)
    rows = "".join(f"<tr>{_cells(table.columns, row)}</tr>" for row in table.rows)
    total = f'<tr class="gw-total">{_cells(table.columns, table.total)}</tr>' if table.total else ""
    caption = f"<caption>{markup(table.caption)}</caption>" if table.caption else ""
    body = f"<thead><tr>{heads}</tr></thead><tbody>{rows}{total}</tbody>"
    return f'<div class="gw-scroll"><table class="gw-table">{caption}{body}</table></div>'


def as_csv(table: Table) -> bytes:
    """The rows as a CSV file."""
    return exports.csv_bytes(_header(table), _raw(table))


def as_xlsx(table: Table) -> bytes:
    """The rows as a workbook with one sheet."""
    return exports.xlsx_bytes({table.name: (_header(table), _raw(table))})


def _cells(columns: Sequence[Column], row: Sequence[Any]) -> str:
    return "".join(
        _cell(column, value, first=at == 0) for at, (column, value) in enumerate(zip(columns, row, strict=True))
    )


def _cell(column: Column, value: Any, *, first: bool) -> str:
    cell = value if isinstance(value, Cell) else Cell(value)
    shown = markup(column.show(cell.value))
    if cell.tone:
        style = {"strong": "font-weight:600", "muted": "color:var(--gw-muted);white-space:nowrap"}.get(cell.tone)
        shown = (
            f'<span style="{style}">{shown}</span>' if style else f'<span class="gw-{markup(cell.tone)}">{shown}</span>'
        )
    if cell.link:
        whole = ' style="white-space:nowrap"' if len(column.show(cell.value)) <= SHORT else ""
        shown = f'<a href="{markup(cell.link)}" target="_self"{whole}>{shown}</a>'
    note = f'<br><span class="gw-note">{markup(cell.note)}</span>' if cell.note else ""
    name, scope = ("th", ' scope="row"') if first else ("td", "")
    return f"<{name}{scope}{_number_class(column)}>{shown}{note}</{name}>"


def _number_class(column: Column) -> str:
    return ' class="gw-num"' if column.number else ""


def _header(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def _raw(table: Table) -> list[list[Any]]:
    rows = [*table.rows, *([table.total] if table.total else [])]
    return [[value.value if isinstance(value, Cell) else value for value in row] for row in rows]
