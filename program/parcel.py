"""A program as one file: JSON with the format's name, its version, and a checksum over the content."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from program.audit import canonical
from program.values import Invalid

FORMAT = "groundwork-program"
VERSION = 1
LARGEST = 50 * 1024 * 1024  # bytes; a program of 200 respondents and 5,000 ledger entries has about 4 MB

Content = dict[str, list[dict[str, Any]]]


def wrap(content: Content, *, left_out: Mapping[str, int] | None = None) -> bytes:
    """Return the file of some tables: name -> rows. left_out: what the program has and the file does not, counted."""
    head = {"format": FORMAT, "version": VERSION, "left_out": dict(left_out or {})}
    whole = {**head, "sha256": _checksum(content), "content": content}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def unwrap(file: bytes) -> Content:
    """
    Return the tables in a file.

    Raises Invalid when it is too large, no program file, of another version, or changed since it was written.
    """
    if len(file) > LARGEST:
        raise _no(f"This file has {len(file):,} bytes; at most {LARGEST:,} are read.")
    try:
        whole = json.loads(file)
    except (ValueError, RecursionError) as problem:
        raise _no("This is no program file: it is not JSON.") from problem
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise _no("This is no program file: it does not say that it is one.")
    if whole.get("version") != VERSION:
        raise _no(f"This program file has version {whole.get('version')!r}; version {VERSION} is read here.")
    content = whole.get("content")
    if not isinstance(content, dict) or not all(_is_table(rows) for rows in content.values()):
        raise _no("This program file has no tables in it.")
    if whole.get("sha256") != _checksum(content):
        raise _no("This program file was changed after it was exported: its checksum does not fit.")
    return content


def _is_table(rows: object) -> bool:
    return isinstance(rows, list) and all(isinstance(row, dict) for row in rows)


def _checksum(content: Content) -> str:
    try:
        return sha256(canonical(content)).hexdigest()
    except ValueError as problem:
        raise _no("This program file holds something that is neither text nor a number.") from problem


def _no(sentence: str) -> Invalid:
    return Invalid("file", sentence)
