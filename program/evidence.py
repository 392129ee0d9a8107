"""Evidence as people attach it: links and files, judged by what they are before they are stored."""

import unicodedata
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from program.fields import NAME_LENGTH
from program.runs import EVIDENCE_LARGEST, EVIDENCE_TYPES
from program.values import Invalid

LONGEST_LINK = 2_000
TEXTS = frozenset({"csv", "txt", "md"})
BEGINNINGS = {
    "pdf": b"%PDF-",
    "png": b"\x89PNG\r\n\x1a\n",
    "jpg": b"\xff\xd8\xff",
    "xlsx": b"PK\x03\x04",
    "docx": b"PK\x03\x04",
    "pptx": b"PK\x03\x04",
}


def check_link(link: str) -> str:
    """Return a web address that a browser may open. Raises Invalid."""
    kept = link.strip()
    if len(kept) > LONGEST_LINK:
        raise Invalid("link", f"This link has {len(kept)} characters; {LONGEST_LINK} is the most.")
    if any(letter.isspace() or unicodedata.category(letter).startswith("C") for letter in kept):
        raise Invalid("link", "This link holds a space or a control character.")
    try:
        parts = urlsplit(kept)
        host = parts.hostname
    except ValueError:
        host = None
    if host is None or parts.scheme not in {"http", "https"}:
        raise Invalid("link", "A link begins with https:// or http:// and names a host.")
    return kept


def check_file(name: str, content: bytes) -> tuple[str, str]:
    """
    Return the name to show and the media type of a file that may be kept.

    The name is the last part of what was given, without what cannot be shown; it is never a path. Its extension names
    the type, and the content must begin as that type does. Raises Invalid.
    """
    shown = file_name(name)
    extension = PurePosixPath(shown).suffix.lower().removeprefix(".").replace("jpeg", "jpg")
    if extension not in EVIDENCE_TYPES:
        raise Invalid("file", f"“{shown}” is no file that can be kept. Use one of {', '.join(EVIDENCE_TYPES)}.")
    if not content:
        raise Invalid("file", f"“{shown}” is empty.")
    if len(content) > EVIDENCE_LARGEST:
        raise Invalid("file", f"“{shown}” has {len(content):,} bytes; {EVIDENCE_LARGEST:,} is the most. Link to it.")
    if not _is(extension, content):
        raise Invalid("file", f"“{shown}” is named as {extension} and is something else.")
    return shown, EVIDENCE_TYPES[extension]


def file_name(name: str) -> str:
    """Return the last part of a file's name as it can be shown: no folders, no control characters, 200 at most."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(letter for letter in last if not unicodedata.category(letter).startswith("C")).strip()
    stem, dot, extension = shown.rpartition(".")
    return f"{stem[: NAME_LENGTH - len(dot + extension)]}{dot}{extension}"[-NAME_LENGTH:]


def _is(extension: str, content: bytes) -> bool:
    if extension in TEXTS:
        try:
            return "\0" not in content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return False
    return content.startswith(BEGINNINGS[extension])
