"""What an import did, in words and tables."""

from pathlib import Path

import streamlit as st

from data.importing import ImportResult
from data.reading import Problem
from pages.ui import shell, tables, text

SHOWN = 50
RESULT = "sources.result"


def keep(path: Path, result: ImportResult) -> None:
    """Keep what an import did for the page's next run, which shows the warehouse as it is then."""
    st.session_state[RESULT] = (path.name, result)


def kept(path: Path) -> ImportResult | None:
    """Return what the last import of a file did in this session."""
    name, result = st.session_state.get(RESULT, ("", None))
    return result if name == path.name else None


def report(result: ImportResult) -> None:
    """Draw the counts, what was noticed, and every rejected row up to fifty."""
    shell.title(
        f"{result.file_name}: {text.plural(result.read, 'row', 'rows')} read",
        f"{text.number(result.accepted)} accepted, {text.number(result.unchanged)} unchanged, "
        f"{text.number(result.rejected)} rejected, {text.number(result.left_out)} left out. "
        + ("Nothing changed." if result.accepted == 0 else "Every figure counts them from now on."),
    )
    if result.findings:
        rows = tuple((finding.sentence, finding.count) for finding in result.findings)
        noticed = tables.Table(
            (tables.Column("Noticed"), tables.Column("Rows", text.number, number=True)), rows, name="findings"
        )
        tables.show(noticed, key="sources.findings", download=False)
    if result.rejected_rows:
        rejected(
            result.rejected_rows,
            f"{text.plural(result.rejected, 'row was', 'rows were')} rejected",
            key="sources.rejected",
        )


def rejected(problems: tuple[Problem, ...], heading: str, *, key: str) -> None:
    """Draw rows that cannot be read: line, column, value, reason; all of them in the download."""
    shell.title(heading)
    columns = (
        tables.Column("Line", text.number, number=True),
        tables.Column("Column", tables.blank),
        tables.Column("Value", tables.blank),
        tables.Column("Reason"),
    )
    rows = tuple((each.line, each.column, each.value, each.reason) for each in problems)
    tables.show(tables.Table(columns, rows[:SHOWN], name="rejected"), key=key, download=False)
    tables.downloads(tables.Table(columns, rows, name="rejected rows"), key=key)
