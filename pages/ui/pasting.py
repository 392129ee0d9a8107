"""Rows on their way in, pasted or from a small file: as lines of cells, and what is wrong with them."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from streamlit.runtime.uploaded_file_manager import UploadedFile

from data.reading import LINE, UPLOAD_LIMIT, UnreadableFile, open_file
from pages.ui import shell, tables, text
from program.pasted import Lines
from program.table_file import BadTable, CellProblem

TYPES = ("csv", "tsv", "txt", "xlsx")
SHOWN = 50
LINES = 8  # of one problem


def lines_of_file(upload: UploadedFile) -> Lines:
    """
    Return the lines of an uploaded CSV or XLSX file with their numbers. It is read once and never kept.

    Raises BadTable for a file that cannot be read and for lines that are broken.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"rows{Path(upload.name).suffix.lower()}"
        path.write_bytes(upload.getvalue())
        try:
            reading = open_file(path, file_name=upload.name, size_limit=UPLOAD_LIMIT)
            columns = ["" if name == f"column {place}" else name for place, name in enumerate(reading.columns, start=1)]
            found: list[tuple[int, Sequence[object]]] = [(1, columns)]
            for batch in reading.batches:
                cells = [batch.column(name).to_pylist() for name in reading.columns]
                found += zip(batch.column(LINE).to_pylist(), zip(*cells, strict=True), strict=True)
        except UnreadableFile as problem:
            raise BadTable(upload.name, [CellProblem(1, None, str(problem))]) from problem
    if reading.problems.count:
        broken = [CellProblem(each.line or 1, each.column, each.reason) for each in reading.problems]
        raise BadTable(upload.name, broken)
    return found


def wrong(problem: BadTable, *, what: str) -> None:
    """Say that nothing can be taken over yet, with every problem by line and column."""
    count = len(problem.problems)
    shell.alert(
        f"{what} cannot be taken over yet",
        f"{text.capital(text.plural(count, 'place has', 'places have'))} to be mended, in the rows or in the "
        "spreadsheet. All rows come in together, or none.",
        kept="Nothing was changed.",
        sign="watch",
    )
    alike: dict[tuple[str, str | None], list[int]] = {}  # the same word in many lines is told once
    for each in problem.problems:
        alike.setdefault((each.reason, each.column), []).append(each.line)
    rows = tuple((_lines(at), _heading(column), reason) for (reason, column), at in list(alike.items())[:SHOWN])
    columns = (tables.Column("Line"), tables.Column("Column", tables.blank), tables.Column("What is wrong"))
    tables.show(tables.Table(columns, rows, name="problems"), key="wrong", download=False)
    if len(alike) > SHOWN:
        shell.note(f"And {len(alike) - SHOWN} more.")


def _lines(at: Sequence[int]) -> str:
    more = f" and {len(at) - LINES} more" if len(at) > LINES else ""
    return ", ".join(text.number(line) for line in at[:LINES]) + more


def _heading(column: str | None) -> str | None:
    return text.capital(column.replace("_", " ")) if column else None
