"""Delimited text (CSV): a fast reader for what is sound, and an exact one for what is not."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from data.reading.encodings import detect_encoding, pieces
from data.reading.exact import BrokenQuote, ExactParser, Unfinished, parse_record
from data.reading.layout import CELL_LIMIT, LINE, Layout, Reading, check_columns, named_columns
from data.reading.problems import Problems, UnreadableFile

DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 64 * 1024  # bytes that decide the delimiter
SAMPLE_RECORDS = 200
PARSED_AHEAD = 2  # pieces parsed beside the search for the next; bounds the memory
LINE_LIMIT = 32 * 1024**2  # bytes of one line
LINE_FEED, CARRIAGE_RETURN, QUOTE = 10, 13, 34


def open_delimited(path: Path, *, file_name: str, layout: Layout) -> Reading:
    """Return the rows of a delimited text file; a file without a header is refused."""
    encoding = detect_encoding(path, file_name=file_name, declared=layout.encoding)
    text_pieces = pieces(path, encoding, file_name=file_name, proven=layout.encoding is None)
    stream = _without_skipped(_line_feeds(text_pieces), layout.skip)
    first = next(stream, b"")
    start, line = _first_record(first, layout.skip + 1)
    _refuse_nul(first[start:], line, file_name)
    text = first[start : start + LINE_LIMIT].decode("utf-8", "ignore")
    if not text:
        raise UnreadableFile(f"{file_name} has no rows: it is empty.")
    delimiter = layout.delimiter or detect_delimiter(text[:SAMPLE])
    try:
        header = parse_record(text, 0, delimiter)
    except (BrokenQuote, Unfinished) as problem:
        raise UnreadableFile(f"{file_name}, line {line}: a quoted column name does not end.") from problem
    columns = named_columns(header.cells)
    check_columns(file_name, columns, line)
    problems = Problems(file_name)
    parser = _Parser(file_name, columns, delimiter, problems, line + header.lines)
    batches = parser.batches(first[start + len(text[: header.end].encode()) :], stream)
    return Reading(file_name, "csv", columns, batches, problems, encoding, delimiter)


def detect_delimiter(sample: str) -> str:
    """Return the delimiter by which most records of a sample are as wide as the first, the widest of equals."""
    return max(DELIMITERS, key=lambda delimiter: _fit(sample, delimiter))


def _fit(sample: str, delimiter: str) -> tuple[float, int]:
    widths: list[int] = []
    place = 0
    while place < len(sample) and len(widths) < SAMPLE_RECORDS:
        try:
            record = parse_record(sample, place, delimiter)
        except (BrokenQuote, Unfinished):
            place = sample.find("\n", place) + 1 or len(sample)
            continue
        cut_off = record.end > len(sample) and widths
        if record.cells and not cut_off:
            widths.append(len(record.cells))
        place = record.end
    if not widths or widths[0] == 1:
        return 0.0, 0
    return sum(width == widths[0] for width in widths) / len(widths), widths[0]


def _line_feeds(stream: Iterator[bytes]) -> Iterator[bytes]:
    """Turn the carriage returns of a file that has no line feed into line feeds."""
    first = next(stream, b"")
    old = b"\r" in first and b"\n" not in first
    yield first.replace(b"\r", b"\n") if old else first
    for piece in stream:
        yield piece.replace(b"\r", b"\n") if old else piece


def _without_skipped(stream: Iterator[bytes], skip: int) -> Iterator[bytes]:
    for piece in stream:
        while skip and b"\n" in piece:
            _, _, piece = piece.partition(b"\n")
            skip -= 1
        if not skip:
            yield piece


def _first_record(piece: bytes, line: int) -> tuple[int, int]:
    """Return where the first line that is not blank begins, and its number."""
    blank = len(piece) - len(piece.lstrip(b"\r\n"))
    return blank, line + piece.count(b"\n", 0, blank)


def _refuse_nul(piece: bytes, line: int, file_name: str) -> None:
    place = piece.find(b"\0")
    if place >= 0:
        at = line + piece.count(b"\n", 0, place)
        raise UnreadableFile(f"{file_name}, line {at}: there is a NUL character, which no text holds.")


@dataclass
class _Parser:
    """Turns text into batches. Sound records are parsed beside the search for the next ones, in the file's order."""

    file_name: str
    columns: tuple[str, ...]
    delimiter: str
    problems: Problems
    line: int

    def batches(self, first: bytes, stream: Iterator[bytes]) -> Iterator[Any]:
        waiting: deque[_Waiting] = deque()
        rest, following = first, next(stream, None)
        with ThreadPoolExecutor(1) as pool:
            while rest or following is not None:
                final = following is None
                _refuse_nul(rest, self.line, self.file_name)
                lines = sound_lines(rest, self.delimiter.encode(), final=final)
                sound = lines is not None and len(lines.offsets) > 0
                if lines is not None and sound:
                    waiting.append(self._begin(pool, rest[: lines.end], lines))
                    rest = rest[lines.end :]
                while waiting and (not sound or len(waiting) > PARSED_AHEAD):
                    yield from self._finish(waiting.popleft())
                if not sound:
                    batch, used, self.line = self._exact(rest, self.line, final=final)
                    yield from _filled(batch)
                    rest = rest[used:]
                if final:
                    break
                self._refuse_long(rest)
                rest += following or b""
                following = next(stream, None)
            while waiting:
                yield from self._finish(waiting.popleft())

    def _refuse_long(self, rest: bytes) -> None:
        if len(rest) > LINE_LIMIT:
            limit = LINE_LIMIT // 1024**2
            raise UnreadableFile(f"{self.file_name}, line {self.line}: the line is longer than {limit} MB.")

    def _begin(self, pool: ThreadPoolExecutor, piece: bytes, lines: "SoundLines") -> "_Waiting":
        line = self.line
        self.line += lines.physical
        return _Waiting(piece, line, pool.submit(self._fast, piece, lines, line))

    def _finish(self, waiting: "_Waiting") -> Iterator[Any]:
        batch = waiting.batch.result()
        if batch is None:
            batch, _, _ = self._exact(waiting.piece, waiting.line, final=True)
        return _filled(batch)

    def _fast(self, piece: bytes, lines: "SoundLines", line: int) -> Any:
        """Return the batch of a piece of whole records, None when it does not hold what its line ends promise."""
        try:
            table = arrow_csv.read_csv(
                pa.BufferReader(piece),
                read_options=arrow_csv.ReadOptions(
                    column_names=list(self.columns), block_size=len(piece) + 1, use_threads=True
                ),
                parse_options=arrow_csv.ParseOptions(delimiter=self.delimiter, newlines_in_values=True),
                convert_options=arrow_csv.ConvertOptions(
                    column_types={name: pa.string() for name in self.columns}, strings_can_be_null=False
                ),
            )
        except pa.ArrowInvalid:
            return None  # some line is ragged or short: the exact parser names it
        if table.num_rows != len(lines.offsets):
            return None
        numbers = pa.array(lines.offsets + line, pa.int64())
        return table.append_column(LINE, numbers).combine_chunks().to_batches()[0]

    def _exact(self, piece: bytes, line: int, *, final: bool) -> tuple[Any, int, int]:
        """Return a batch of rows, how many bytes it covers, and the line after it."""
        text = piece.decode() if final else piece[: piece.rfind(b"\n") + 1].decode()
        parser = ExactParser(self.delimiter, len(self.columns), self.problems, line)
        rows, numbers, used = parser.parse(text, final=final)
        columns = list(zip(*rows, strict=True)) if rows else [()] * len(self.columns)
        arrays = [pa.array(cells, pa.string()) for cells in columns]
        batch = pa.record_batch([*arrays, pa.array(numbers, pa.int64())], names=[*self.columns, LINE])
        return batch, len(piece) if used == len(text) and final else len(text[:used].encode()), parser.line


@dataclass(frozen=True)
class _Waiting:
    """Whole records on their way: their text, the line they begin at, and the batch, None when they are not sound."""

    piece: bytes
    line: int
    batch: Future[Any]


def _filled(batch: Any) -> Iterator[Any]:
    if batch.num_rows:
        yield batch


@dataclass(frozen=True)
class SoundLines:
    """
    Where the records of a piece of text lie.

    end: bytes up to the end of the last whole record. offsets: physical line of each record, counted from 0.
    physical: physical lines covered.
    """

    end: int
    offsets: Any
    physical: int


def sound_lines(piece: bytes, delimiter: bytes, *, final: bool) -> SoundLines | None:
    """Return the whole records of a piece when every quote and line end in it is beyond doubt, else None."""
    characters = np.frombuffer(piece, np.uint8)
    feeds = np.flatnonzero(characters == LINE_FEED)
    if b"\r" in piece and piece.count(b"\r") - piece.endswith(b"\r") != piece.count(b"\r\n"):
        return None  # a carriage return inside a cell
    quotes = np.flatnonzero(characters == QUOTE) if QUOTE in piece else None
    ends, physical = feeds, np.arange(1, len(feeds) + 1)
    if quotes is not None:
        if not _quotes_are_sound(characters, quotes, delimiter[0]):
            return None
        outside = np.searchsorted(quotes, feeds) % 2 == 0
        ends, physical = feeds[outside], physical[outside]
        if final and len(quotes) % 2:
            return None
    if final and len(piece) and (not len(ends) or ends[-1] != len(piece) - 1):
        ends, physical = np.append(ends, len(piece)), np.append(physical, len(feeds) + 1)
    if not len(ends):
        return None
    return _records(characters, ends, physical)


def _records(characters: Any, ends: Any, physical: Any) -> SoundLines | None:
    starts = np.concatenate(([0], ends[:-1] + 1))
    lengths = ends - starts
    if lengths.max() > CELL_LIMIT:
        return None
    first_lines = np.concatenate(([0], physical[:-1]))
    only_return = (lengths == 1) & (characters[starts] == CARRIAGE_RETURN) if len(characters) else lengths == 0
    whole = (lengths > 0) & ~only_return
    return SoundLines(min(int(ends[-1]) + 1, len(characters)), first_lines[whole], int(physical[-1]))


def _quotes_are_sound(characters: Any, quotes: Any, delimiter: int) -> bool:
    """Tell whether quotes stand only where a cell begins or ends, or doubled inside a quoted cell."""
    opening, closing = quotes[0::2], quotes[1::2]
    before = characters[opening - 1]  # of the first character this is the last one, put right below
    opens = (before == delimiter) | (before == LINE_FEED) | (before == QUOTE)
    opens[0] = opens[0] or opening[0] == 0
    doubled_open = before == QUOTE
    inner = np.zeros(len(opening), bool)
    inner[1:] = opening[1:] - 1 == closing[: len(opening) - 1]
    opens &= ~doubled_open | inner
    after = characters[np.minimum(closing + 1, len(characters) - 1)]
    closes = (after == delimiter) | (after == LINE_FEED) | (after == CARRIAGE_RETURN) | (closing + 1 == len(characters))
    again = np.zeros(len(closing), bool)
    shared = min(len(closing), len(opening) - 1)
    again[:shared] = inner[1 : shared + 1]
    return bool(opens.all() and (closes | again).all())
