"""The chain: any change to any entry is found."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from program.audit import BEGINNING, Entry, breaks, digest


def chain(length: int) -> list[Entry]:
    made: list[Entry] = []
    for number in range(1, length + 1):
        content: dict[str, Any] = {
            "number": number,
            "at": datetime(2026, 1, 1, 0, 0, number, tzinfo=UTC),
            "user_id": "u",
            "user_name": "Ada",
            "program_id": None,
            "action": "test",
            "subject_id": None,
            "detail": {"fields": ["name"]},
            "intention": None,
            "previous_hash": made[-1].hash if made else BEGINNING,
        }
        made.append(Entry(**content, hash=digest(content)))
    return made


def found(entries: list[Entry], whole: list[Entry]) -> list[str]:
    return list(breaks(entries, len(whole), whole[-1].hash if whole else BEGINNING))


@given(some.integers(0, 8))
def test_a_whole_chain_holds(length: int) -> None:
    assert found(chain(length), chain(length)) == []


@given(some.integers(1, 8), some.data())
def test_a_changed_entry_is_found_and_named(length: int, data: some.DataObject) -> None:
    entries = chain(length)
    place = data.draw(some.integers(0, length - 1))
    change: dict[str, Any] = data.draw(
        some.sampled_from([{"action": "other"}, {"user_name": "Eve"}, {"detail": {}}, {"hash": "0" * 64}])
    )
    entries[place] = replace(entries[place], **change)
    assert f"Audit entry {place + 1} was changed after it was written." in found(entries, chain(length))


@given(some.integers(1, 8), some.data())
def test_a_removed_entry_is_found(length: int, data: some.DataObject) -> None:
    entries = chain(length)
    place = data.draw(some.integers(0, length - 1))
    del entries[place]
    (first, *_) = found(entries, chain(length))
    assert first.startswith(f"Audit entries {place + 1} to")


def test_a_chain_written_anew_from_some_entry_is_found() -> None:
    entries = chain(4)
    forged = {name: value for name, value in vars(entries[3]).items() if name != "hash"} | {"user_name": "Eve"}
    entries[3] = Entry(**forged, hash=digest(forged))
    assert found(entries, chain(4)) == ["Audit entry 4 is not the one that was written last: it was replaced or added."]
