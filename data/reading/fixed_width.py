"""Text files whose columns lie at fixed places of the line."""

from collections.abc import Iterator
from pathlib import Path

from data.reading.encodings import detect_encoding, pieces
from data.reading.layout import Layout, Reading, check_columns
from data.reading.listed import Cells, listed_batches
from data.reading.problems import Problems, UnreadableFile


def open_fixed_width(path: Path, *, file_name: str, layout: Layout) -> Reading:
    """Return the rows of a file with fixed positions, values stripped."""
    if not layout.positions:
        raise UnreadableFile(f"{file_name}: the positions of a file with fixed columns must be given in its map.")
    columns = tuple(layout.positions)
    check_columns(file_name, columns, 1)
    encoding = detect_encoding(path, file_name=file_name, declared=layout.encoding)
    problems = Problems(file_name)
    rows = _rows(_lines(pieces(path, encoding, file_name=file_name)), layout, problems)
    return Reading(file_name, "fixed", columns, listed_batches(columns, rows), problems, encoding)


def _lines(stream: Iterator[bytes]) -> Iterator[tuple[int, str]]:
    rest, number = b"", 0
    for piece in stream:
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            number += 1
            yield number, line.decode().removesuffix("\r")
    if rest:
        yield number + 1, rest.decode().removesuffix("\r")


def _rows(lines: Iterator[tuple[int, str]], layout: Layout, problems: Problems) -> Iterator[tuple[int, Cells]]:
    spans = list(layout.positions.values())
    last_start = max(start for start, _ in spans)
    for number, line in lines:
        if "\0" in line:
            raise UnreadableFile(f"{problems.file_name}, line {number}: there is a NUL character, which no text holds.")
        if number <= layout.skip or not line.strip():
            continue
        if len(line) <= last_start:
            problems.add(
                number, line, f"the line has {len(line)} characters, its last column begins at {last_start + 1}"
            )
        else:
            yield number, [line[start:end].strip() for start, end in spans]
