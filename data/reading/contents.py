"""What a file really is: told by its first bytes and its size, never by its name alone."""

import zipfile
from pathlib import Path

from data.reading.layout import FileFormat
from data.reading.problems import UnreadableFile

SUFFIXES: dict[str, FileFormat] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
    ".parquet": "parquet",
    ".xml": "xml_rows",
}
SIGNATURES = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a Linux program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file (.xls, .doc); save it as .xlsx"),
    (b"SQLite format 3", "an SQLite database"),
)
UNPACKED_LIMIT = 1024**3  # bytes of an unpacked workbook
PACKING_RATIO = 100  # real workbooks pack 5 to 30 times
RATIO_MATTERS_FROM = 20 * 1024**2  # bytes; below that a high ratio harms nobody


def recognize(path: Path, *, file_name: str, declared: FileFormat | None, size_limit: int) -> FileFormat:
    """Return the format of a file, after its size and its content were checked against its name or declared format."""
    size = _size(path, file_name)
    if size > size_limit:
        raise UnreadableFile(f"{file_name} is {_megabytes(size)} large; the limit is {_megabytes(size_limit)}.")
    head = _head(path)
    expected = declared or SUFFIXES.get(_suffix(file_name))
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _workbook(path, file_name, expected)
    if head.startswith(b"PAR1"):
        return _agree(file_name, "parquet", expected)
    for signature, kind in SIGNATURES:
        if head.startswith(signature) and not _reads_as_text(head):
            raise UnreadableFile(f"{file_name} is not a table: its content is {kind}.")
    if expected in ("xlsx", "parquet"):
        raise UnreadableFile(f"{file_name} is not {_article(expected)} file: its content is something else.")
    if expected is None:
        raise UnreadableFile(f"{file_name}: the kind of file is not known. Known endings are {', '.join(SUFFIXES)}.")
    return expected


def _size(path: Path, file_name: str) -> int:
    if not path.is_file():
        raise UnreadableFile(f"{file_name}: there is no such file.")
    return path.stat().st_size


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(512)


def _suffix(file_name: str) -> str:
    _, dot, ending = file_name.rpartition(".")
    return (dot + ending).lower()


def _reads_as_text(head: bytes) -> bool:
    """Tell whether bytes that begin like a program ("MZ") are plain text all the same ("MZone,...")."""
    return all(byte >= 32 or byte in (9, 10, 13) for byte in head) and head.isascii() and not head.startswith(b"%PDF")


def _agree(file_name: str, found: FileFormat, expected: FileFormat | None) -> FileFormat:
    if expected not in (None, found):
        raise UnreadableFile(f"{file_name} is named like {_article(expected)} file, but its content is {found}.")
    return found


def _article(format_: FileFormat | None) -> str:
    return f"an {format_}" if format_ in ("xlsx", "xml_rows") else f"a {format_}"


def _workbook(path: Path, file_name: str, expected: FileFormat | None) -> FileFormat:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as problem:
        raise UnreadableFile(f"{file_name} is a damaged zip archive: {problem}.") from problem
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise UnreadableFile(f"{file_name} is a zip archive; unpack it and import the files in it.")
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    if unpacked > UNPACKED_LIMIT or (unpacked > RATIO_MATTERS_FROM and unpacked / packed > PACKING_RATIO):
        raise UnreadableFile(
            f"{file_name} would grow to {_megabytes(unpacked)} when unpacked,"
            f" {unpacked / packed:,.0f} times its size; it is refused."
        )
    return _agree(file_name, "xlsx", expected)


def _megabytes(size: int) -> str:
    return f"{size / 1024**2:,.1f} MB"
