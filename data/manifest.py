"""The manifest of a client's warehouse: which files count, and nothing else does."""

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")
FILE = "manifest.json"
PART = ".part"  # ending of files that are still being written


class WarehouseError(ValueError):
    """The warehouse cannot be used as asked."""


class BadName(WarehouseError):
    """A client or source name that could not be a folder's."""


class Damaged(WarehouseError):
    """The manifest cannot be read, or names a file outside the warehouse."""


@dataclass(frozen=True)
class SourceEntry:
    """What one source has put into a table: when, how many rows are there, and the file's name as text."""

    extracted_at: str
    rows: int
    file_name: str


@dataclass(frozen=True)
class TableEntry:
    """The one file that holds a canonical table, relative to the warehouse folder."""

    file: str
    rows: int
    sha256: str
    sources: Mapping[str, SourceEntry] = field(default_factory=dict)


@dataclass(frozen=True)
class Manifest:
    """The dataset; its version grows with each import that changes something, and previous files outlive one."""

    version: int = 0
    tables: Mapping[str, TableEntry] = field(default_factory=dict)
    previous: tuple[str, ...] = ()

    def with_table(self, name: str, entry: TableEntry) -> "Manifest":
        """Return the next version, in which a table lies in another file."""
        old = (self.tables[name].file,) if name in self.tables else ()
        return replace(self, version=self.version + 1, tables={**self.tables, name: entry}, previous=old)


def warehouse_folder(home: Path, client: str) -> Path:
    """Return where a client's data lies. Raises BadName when the name could leave that place."""
    return home / "warehouse" / checked_name(client, "client")


def checked_name(name: str, what: str) -> str:
    if not NAME.fullmatch(name):
        raise BadName(
            f'The {what} name "{name[:80]}" is not usable: up to 63 small letters, digits, "-" and "_",'
            " beginning with a letter or digit."
        )
    return name


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a warehouse, version 0 when there is none yet. Raises Damaged."""
    path = folder / FILE
    try:
        content = json.loads(path.read_text("utf-8"))
        tables = {
            name: TableEntry(
                **{**entry, "sources": {each: SourceEntry(**said) for each, said in entry["sources"].items()}}
            )
            for name, entry in content["tables"].items()
        }
        manifest = Manifest(int(content["version"]), tables, tuple(content.get("previous", ())))
    except FileNotFoundError:
        return Manifest()
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise Damaged(f"The manifest of the warehouse {folder.name!r} cannot be read.") from problem
    for entry in manifest.tables.values():
        if not (folder / entry.file).resolve().is_relative_to(folder.resolve()):
            raise Damaged(f"The manifest of the warehouse {folder.name!r} names a file outside it: {entry.file}.")
    return manifest


def _table_entry(entry: dict[str, Any]) -> TableEntry:
    sources = {name: SourceEntry(**source) for name, source in entry["sources"].items()}
    return TableEntry(entry["file"], entry["rows"], entry["sha256"], sources)


def commit(folder: Path, manifest: Manifest) -> None:
    """Make a manifest the one that counts: all of it or nothing, also when the machine stops in between."""
    part = folder / f"{FILE}{PART}"
    with part.open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / FILE)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
