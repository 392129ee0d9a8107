"""XML files of flat rows: one element per row, its attributes and child elements are the columns."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.parsers import expat

from data.reading.layout import CELL_LIMIT, Layout, Reading, check_columns
from data.reading.listed import Cells, listed_batches
from data.reading.problems import Problems, UnreadableFile

DEFAULT_ROW = "row"
SIZE_LIMIT = 512 * 1024**2  # bytes: the rows are held in memory
PIECE = 1024**2


def open_xml_rows(path: Path, *, file_name: str, layout: Layout) -> Reading:
    """Return the rows of an XML file; a document type is refused, so that no entity can unfold."""
    if path.stat().st_size > SIZE_LIMIT:
        raise UnreadableFile(
            f"{file_name} is larger than {SIZE_LIMIT // 1024**2} MB, the limit for XML. Use CSV or parquet."
        )
    problems = Problems(file_name)
    rows = _Rows(layout.xml_row or DEFAULT_ROW, file_name, problems).read(path)
    columns = tuple(dict.fromkeys(name for _, row in rows for name in row))
    if not columns:
        raise UnreadableFile(f'{file_name} has no element "{layout.xml_row or DEFAULT_ROW}" with values.')
    check_columns(file_name, columns, 1)
    cells: Iterator[tuple[int, Cells]] = ((line, [row.get(name) for name in columns]) for line, row in rows)
    return Reading(file_name, "xml_rows", columns, listed_batches(columns, cells), problems, "utf-8")


class _Rows:
    def __init__(self, element: str, file_name: str, problems: Problems) -> None:
        self.element, self.file_name, self.problems = element, file_name, problems
        self.rows: list[tuple[int, dict[str, str]]] = []
        self.row: dict[str, str] | None = None
        self.child: str | None = None
        self.line = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse_document_type

    def read(self, path: Path) -> list[tuple[int, dict[str, str]]]:
        try:
            with path.open("rb") as file:
                while piece := file.read(PIECE):
                    self.parser.Parse(piece, False)
                self.parser.Parse(b"", True)
        except expat.ExpatError as problem:
            reason = expat.errors.messages.get(problem.code, "")
            raise UnreadableFile(
                f"{self.file_name}, line {problem.lineno}: this is not valid XML ({reason})."
            ) from problem
        return self.rows

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self.row is not None:
            self.child = name
        elif name == self.element:
            self.row, self.line = dict(attributes), self.parser.CurrentLineNumber

    def _text(self, text: str) -> None:
        if self.row is not None and self.child is not None:
            self.row[self.child] = self.row.get(self.child, "") + text

    def _end(self, name: str) -> None:
        if self.row is None or name != self.element:
            self.child = None
            return
        if any(len(value) > CELL_LIMIT for value in self.row.values()):
            self.problems.add(self.line, "", f"a value is longer than {CELL_LIMIT:,} characters")
        else:
            self.rows.append((self.line, self.row))
        self.row = None

    def _refuse_document_type(self, *_: Any) -> None:
        raise UnreadableFile(
            f"{self.file_name}, line {self.parser.CurrentLineNumber}: a document type is not allowed here."
        )
