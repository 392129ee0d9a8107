"""The audit chain: each entry's hash covers the entry and the hash before it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

BEGINNING = "0" * 64


@dataclass(frozen=True)
class Entry:
    """One intention carried out; `number` counts from 1 without a gap."""

    number: int
    at: datetime
    user_id: str
    user_name: str
    program_id: str | None
    action: str
    subject_id: str | None
    detail: Mapping[str, Any]
    intention: str | None
    previous_hash: str
    hash: str


def digest(content: Mapping[str, Any]) -> str:
    """Return the hash of an entry, given every field of it but the hash."""
    at = content["at"].astimezone(UTC).isoformat(timespec="microseconds")
    return sha256(canonical({**content, "at": at})).hexdigest()


def canonical(value: object) -> bytes:
    """Return JSON bytes that are the same for equal values: keys sorted, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def breaks(entries: Iterable[Entry], last_number: int, last_hash: str) -> Iterator[str]:
    """
    Yield a sentence for each place where the chain does not hold.

    entries: in the order of their numbers; last_number, last_hash: what the newest of them must be.
    """
    expected, previous = 1, BEGINNING
    for entry in entries:
        content = {name: value for name, value in vars(entry).items() if name != "hash"}
        if entry.number != expected:
            yield f"Audit entries {expected} to {entry.number - 1} are gone."
        elif entry.previous_hash != previous:
            yield f"Audit entry {entry.number} does not follow entry {entry.number - 1}: one of them was replaced."
        if digest(content) != entry.hash:
            yield f"Audit entry {entry.number} was changed after it was written."
        expected, previous = entry.number + 1, entry.hash
    if expected <= last_number:
        yield f"Audit entries {expected} to {last_number} are gone: the newest ones were removed."
    elif previous != last_hash:
        yield f"Audit entry {expected - 1} is not the one that was written last: it was replaced or added."
