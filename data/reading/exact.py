"""Reading delimited text record by record: slow, exact, and able to name what is broken."""

from collections.abc import Iterator
from dataclasses import dataclass

from data.reading.layout import CELL_LIMIT
from data.reading.problems import Problems

QUOTE = '"'


@dataclass(frozen=True)
class Record:
    """One record: its cells, where it ends in the text, and the physical lines it covers."""

    cells: list[str]
    end: int
    lines: int


class BrokenQuote(ValueError):
    """A quoted cell that does not end where a cell may end."""


class Unfinished(ValueError):
    """The text ends inside a quoted cell; more text may finish it."""


def parse_record(text: str, start: int, delimiter: str) -> Record:
    """
    Return the record that begins at a position; `end` is the start of the next.

    A blank line is a record without cells. A quote counts only as the first character of a cell, a carriage return
    only before a line feed.
    """
    line_end = text.find("\n", start)
    end = len(text) if line_end < 0 else line_end
    if text.find(QUOTE, start, end) < 0:
        line = text[start:end].removesuffix("\r")
        return Record(line.split(delimiter) if line else [], end + 1, 1)
    cells: list[str] = []
    place, more = start, True
    while more:
        cell, place = (
            _quoted(text, place, delimiter) if text.startswith(QUOTE, place) else _plain(text, place, delimiter)
        )
        cells.append(cell)
        more = text.startswith(delimiter, place)
        place += 1 if more else 0
    end = text.find("\n", place)
    end = len(text) if end < 0 else end
    return Record(cells, end + 1, text.count("\n", start, end) + 1)


def _plain(text: str, place: int, delimiter: str) -> tuple[str, int]:
    line_end = text.find("\n", place)
    line_end = len(text) if line_end < 0 else line_end
    end = text.find(delimiter, place, line_end)
    if end < 0:
        return text[place:line_end].removesuffix("\r"), line_end
    return text[place:end], end


def _quoted(text: str, place: int, delimiter: str) -> tuple[str, int]:
    end = place
    while True:
        end = text.find(QUOTE, end + 1, place + 2 * CELL_LIMIT)
        if end < 0:
            raise Unfinished if len(text) - place < 2 * CELL_LIMIT else BrokenQuote
        if not text.startswith(QUOTE, end + 1):
            break
        end += 1
    after = end + 1
    if after >= len(text) or text.startswith((delimiter, "\n", "\r\n"), after) or text[after:] == "\r":
        return text[place + 1 : end].replace('""', QUOTE), after
    raise BrokenQuote


@dataclass
class ExactParser:
    """Parses pieces of text in order; `line` is the physical line at which the next piece begins."""

    delimiter: str
    width: int
    problems: Problems
    line: int

    def parse(self, text: str, *, final: bool) -> tuple[list[list[str]], list[int], int]:
        """
        Return the sound records, their lines, and how much of the text was used.

        Broken records go to the problems. Text that more text may complete stays unused unless it is final.
        """
        rows: list[list[str]] = []
        lines: list[int] = []
        place = 0
        for record, start, line in self._records(text, final=final):
            place = record.end
            if record.cells:
                rows.append(record.cells)
                lines.append(line)
            assert start < place  # noqa: S101 - a parser that stands still would never end
        return rows, lines, min(place, len(text)) if not final else len(text)

    def _records(self, text: str, *, final: bool) -> Iterator[tuple[Record, int, int]]:
        place = 0
        while place < len(text):
            line_end = text.find("\n", place)
            if line_end < 0 and not final:
                return
            try:
                record = parse_record(text, place, self.delimiter)
            except Unfinished:
                if not final:
                    return
                record = self._skip_line(text, place, "a quoted cell begins here that does not end")
            except BrokenQuote:
                record = self._skip_line(
                    text, place, "a quoted cell begins here that does not end where a cell may end"
                )
            else:
                if record.end > len(text) and not final:
                    return
                record = self._checked(text, place, record)
            line, self.line = self.line, self.line + record.lines
            yield record, place, line
            place = record.end

    def _checked(self, text: str, start: int, record: Record) -> Record:
        if not record.cells:
            return record
        if len(record.cells) != self.width:
            if record.lines > 1 and self._next_line_is_whole(text, start):
                return self._skip_line(text, start, "a quoted cell begins here that does not end")
            return self._refuse(
                text, start, record, f"the line has {len(record.cells)} cells, the header has {self.width}"
            )
        if record.end - start > CELL_LIMIT and any(len(cell) > CELL_LIMIT for cell in record.cells):
            return self._refuse(text, start, record, f"a cell is longer than {CELL_LIMIT:,} characters")
        return record

    def _next_line_is_whole(self, text: str, start: int) -> bool:
        following = text.find("\n", start) + 1
        try:
            record = parse_record(text, following, self.delimiter)
        except (Unfinished, BrokenQuote):
            return False
        return record.lines == 1 and len(record.cells) == self.width

    def _refuse(self, text: str, start: int, record: Record, reason: str) -> Record:
        self.problems.add(self.line, text[start : min(record.end, start + 1_000)].rstrip("\r\n"), reason)
        return Record([], record.end, record.lines)

    def _skip_line(self, text: str, start: int, reason: str) -> Record:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        return self._refuse(text, start, Record([], end + 1, 1), reason)
