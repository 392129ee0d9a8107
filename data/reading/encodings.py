"""Which encoding a text file is in, and its text as UTF-8 piece by piece."""

import codecs
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from data.reading.problems import UnreadableFile

PIECE = 8 * 1024**2
LONGEST_LINE = 8 * PIECE  # bytes without a line feed that are still looked at as a whole
MARKS = (  # longest first: the mark of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
HALF_EMPTY = 0.3  # share of zero bytes at every other place that makes a file UTF-16 without a mark


def detect_encoding(path: Path, *, file_name: str, declared: str | None = None) -> str:
    """Return the codec name a file decodes with from end to end; refuse by line what decodes with none."""
    with path.open("rb") as file:
        head = file.read(64 * 1024)
    if declared:
        codec = _known(declared, file_name)
        return "utf-8-sig" if codec == "utf-8" and head.startswith(codecs.BOM_UTF8) else codec
    marked = next((name for mark, name in MARKS if head.startswith(mark)), None) or _unmarked_utf16(head)
    if marked:
        return marked
    if _first_undecodable(path, "utf-8") is None:
        return "utf-8"
    return _windows(path, file_name)


def pieces(path: Path, encoding: str, *, file_name: str, proven: bool = False) -> Iterator[bytes]:
    """
    Yield the text of a file as UTF-8 bytes, without its mark; refuse by line what does not decode.

    proven: the encoding was found by decoding all of it, so that UTF-8 needs no second look.
    """
    if proven and encoding == "utf-8":
        yield from (raw for raw, _ in _raw_pieces(path))
        return
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    for raw, last in _raw_pieces(path):
        try:
            text = decoder.decode(raw, last)
        except UnicodeDecodeError as problem:
            broken = _first_undecodable(path, encoding)
            raise UnreadableFile(f"{file_name}, line {broken}: this is not {encoding} text.") from problem
        yield raw if encoding == "utf-8" else text.encode()


def _raw_pieces(path: Path) -> Iterator[tuple[bytes, bool]]:
    with path.open("rb") as file:
        raw = file.read(PIECE)
        while raw:
            following = file.read(PIECE)
            yield raw, not following
            raw = following


def _known(name: str, file_name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError as problem:
        raise UnreadableFile(f'{file_name}: the encoding "{name}" is not known.') from problem


def _unmarked_utf16(head: bytes) -> str | None:
    half = max(1, len(head) // 2)
    first, second = head[0::2].count(0) / half, head[1::2].count(0) / half
    if max(first, second) < HALF_EMPTY or min(first, second) > HALF_EMPTY / 3:
        return None
    return "utf-16-be" if first > second else "utf-16-le"


def _first_undecodable(path: Path, encoding: str) -> int | None:
    """Return the line at which a file stops decoding, None when it decodes to its end."""
    if encoding == "utf-8" and _is_utf8(path):
        return None
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    before = 0  # bytes
    for raw, last in _raw_pieces(path):
        try:
            decoder.decode(raw, last)
        except UnicodeDecodeError as problem:
            return _line_at(path, before + problem.start)
        before += len(raw)
    return None


def _is_utf8(path: Path) -> bool:
    """Whether a file is UTF-8 from end to end: told fast, not where it is broken; a doubt is a no."""
    rest = b""
    for raw, last in _raw_pieces(path):
        cut = len(raw) if last else raw.rfind(b"\n") + 1
        try:
            pa.array([rest + raw[:cut]], pa.binary()).cast(pa.string())
        except pa.ArrowInvalid:
            return False
        rest = raw[cut:] if cut else rest + raw
        if len(rest) > LONGEST_LINE:
            return False
    return True


def _line_at(path: Path, place: int) -> int:
    line = 1
    for raw, _ in _raw_pieces(path):
        if place <= len(raw):
            return line + raw.count(b"\n", 0, place)
        line, place = line + raw.count(b"\n"), place - len(raw)
    return line


def _windows(path: Path, file_name: str) -> str:
    """Return cp1252 for a file that is not UTF-8, unless most of its non-ASCII text is UTF-8: then a line is broken."""
    broken = _first_undecodable(path, "utf-8")
    undefined = _first_undecodable(path, "cp1252")
    if undefined is not None:
        raise UnreadableFile(
            f"{file_name}, line {undefined}: the text is neither UTF-8 nor Windows-1252. Name its encoding."
        )
    right, wrong = 0, 0
    for raw, _ in _raw_pieces(path):
        text = raw.decode("utf-8", "replace")
        lost = text.count("\ufffd")
        wrong += lost
        right += len(text) - len(text.encode("ascii", "ignore")) - lost
    if right > wrong:
        raise UnreadableFile(
            f"{file_name}, line {broken}: this is not utf-8 text, as the rest of the file is."
            " Mend the line or name the encoding."
        )
    return "cp1252"
