"""A ledger file as it lies on the disk: CSV as UTF-8 text, or the first sheet of an Excel workbook."""

from pathlib import Path

from program.ledger_file import LedgerFile, read_ledger, read_ledger_lines
from program.ledger_mapping import FileMapping
from program.table_file import BadTable, CellProblem

ZIPPED = b"PK\x03\x04"


def read_ledger_path(path: Path, *, name: str | None = None, mapping: FileMapping | None = None) -> LedgerFile:
    """
    Return the rows of a CSV or XLSX file; name: what it is called in messages, the path without one.

    Raises BadTable as read_ledger does, and for a workbook that cannot be read.
    """
    called = name or str(path)
    content = path.read_bytes()
    if content.startswith(ZIPPED) or path.suffix.lower() == ".xlsx":
        from program.ledger_workbook import workbook_lines  # takes a while to load, and most files are CSV

        return read_ledger_lines(workbook_lines(path, called), name=called, mapping=mapping)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise BadTable(called, [CellProblem(line, None, "Not UTF-8. Save the file as CSV UTF-8.")]) from None
    return read_ledger(text, called, mapping)
