"""How the rows lie in a file, and what reading them gives."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from data.reading.problems import Problems, UnreadableFile

FileFormat = Literal["csv", "xlsx", "json", "parquet", "fixed", "xml_rows"]

LINE = "_line"  # the column that holds the physical line of each row
COMMAND_LINE_LIMIT = 2 * 1024**3
UPLOAD_LIMIT = 50 * 1024**2
CELL_LIMIT = 1_000_000  # characters; a longer cell is a broken line
BATCH_ROWS = 20_000  # rows in memory at a time where rows are read one by one


@dataclass(frozen=True)
class Layout:
    """How to read a file; None means: find out."""

    format: FileFormat | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    xml_row: str | None = None
    skip: int = 0
    positions: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass
class Reading:
    """
    An open file: its columns, and its rows as text, drawn once.

    batches: arrow record batches, every source column as string (null = the file says nothing), then LINE as int64.
    problems: grows while batches are drawn; the lines named there are not in the batches.
    """

    file_name: str
    format: FileFormat
    columns: tuple[str, ...]
    batches: Iterator[Any]
    problems: Problems
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None


def check_columns(file_name: str, columns: tuple[str, ...], line: int) -> None:
    """Refuse columns that cannot be told apart, naming both."""
    seen: dict[str, int] = {}
    for place, name in enumerate(columns, start=1):
        first = seen.setdefault(name.casefold(), place)
        if first != place:
            raise UnreadableFile(
                f'{file_name}, line {line}: columns {first} ("{columns[first - 1]}") and {place} ("{name}")'
                " have the same name."
            )
    if LINE in seen:
        raise UnreadableFile(f'{file_name}, line {line}: the column name "{LINE}" is taken by Groundwork.')


def named_columns(cells: list[str]) -> tuple[str, ...]:
    """Return header cells as column names: stripped, an empty one called by its place."""
    return tuple(cell.strip() or f"column {place}" for place, cell in enumerate(cells, start=1))
