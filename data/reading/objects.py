"""JSON: a list of objects, or one object per line; numbers keep the digits they are written with."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from data.reading.encodings import detect_encoding, pieces
from data.reading.layout import CELL_LIMIT, Layout, Reading, check_columns
from data.reading.listed import Cells, listed_batches
from data.reading.problems import Problems, UnreadableFile

SIZE_LIMIT = 512 * 1024**2  # bytes: a JSON file is held in memory as a whole
SPACE = " \t\r\n"

Row = tuple[int, dict[str, str | None]]


class _Number(Decimal):
    """A number that remembers how it was written."""

    text: str

    def __new__(cls, text: str) -> "_Number":
        number = super().__new__(cls, text)
        number.text = text
        return number


def open_objects(path: Path, *, file_name: str, layout: Layout) -> Reading:
    """Return the objects of a JSON file as rows; the columns are all keys in order of first appearance."""
    if path.stat().st_size > SIZE_LIMIT:
        raise UnreadableFile(
            f"{file_name} is larger than {SIZE_LIMIT // 1024**2} MB, the limit for JSON. Use CSV or parquet."
        )
    encoding = detect_encoding(path, file_name=file_name, declared=layout.encoding)
    text = b"".join(pieces(path, encoding, file_name=file_name)).decode()
    if not text.strip():
        raise UnreadableFile(f"{file_name} has no rows: it is empty.")
    problems = Problems(file_name)
    rows = list(_objects(text, file_name, problems))
    columns = tuple(dict.fromkeys(key for _, row in rows for key in row))
    if not columns:
        raise UnreadableFile(f"{file_name} has no rows: it holds no object with named values.")
    check_columns(file_name, columns, 1)
    cells: Iterator[tuple[int, Cells]] = ((line, [row.get(name) for name in columns]) for line, row in rows)
    return Reading(file_name, "json", columns, listed_batches(columns, cells), problems, encoding)


def _objects(text: str, file_name: str, problems: Problems) -> Iterator[Row]:
    decoder = json.JSONDecoder(parse_float=_Number, object_pairs_hook=_distinct)
    listed = text.lstrip().startswith("[")
    place = _skip(text, text.index("[") + 1 if listed else 0, SPACE)
    line = 1 + text.count("\n", 0, place)
    while place < len(text) and not (listed and text[place] == "]"):
        try:
            value, end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError) as problem:
            raise UnreadableFile(f"{file_name}, line {_line_of(problem, line)}: this is not valid JSON.") from problem
        if isinstance(value, dict):
            yield from _row(line, value, problems)
        else:
            problems.add(line, text[place:end], "this is not an object with named values")
        following = _skip(text, end, SPACE + "," if listed else SPACE)
        line += text.count("\n", place, following)
        place = following


def _row(line: int, value: dict[str, Any], problems: Problems) -> Iterator[Row]:
    row = {key.strip(): cell_text(cell) for key, cell in value.items()}
    if any("\0" in cell or len(cell) > CELL_LIMIT for cell in row.values() if cell is not None):
        problems.add(line, "", f"a value holds a NUL character or is longer than {CELL_LIMIT:,} characters")
    else:
        yield line, row


def cell_text(value: object) -> str | None:
    """Return a JSON value as text; lists and objects stay JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, _Number):
        return value.text
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=lambda number: float(number))
    return str(value)


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("the same name twice in one object")
    return found


def _skip(text: str, place: int, characters: str) -> int:
    while place < len(text) and text[place] in characters:
        place += 1
    return place


def _line_of(problem: Exception, line: int) -> int:
    return problem.lineno if isinstance(problem, json.JSONDecodeError) else line
