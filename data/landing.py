"""The warehouse folder of a client: landing files, canonical files, and the manifest that alone says which count."""

import errno
import fcntl
import hashlib
import json
import os
import re
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")
MANIFEST, LOCK = "manifest.json", "lock"
LOCK_SECONDS = 60.0
NO_SPACE = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
PART = ".part"  # ending of files that are still being written


class BadClientName(ValueError):
    """A client or source name that could not be a folder's."""


class WarehouseBusy(RuntimeError):
    """Another import has held the warehouse for too long."""


class WarehouseFull(OSError):
    """No space is left where the warehouse lies; nothing was changed."""


class DamagedManifest(ValueError):
    """The manifest is there but cannot be read."""


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
    """Return where a client's data lies. Raises BadClientName."""
    return home / "warehouse" / checked_name(client, "client")


def checked_name(name: str, what: str) -> str:
    if not NAME.fullmatch(name):
        raise BadClientName(
            f'The {what} name "{name[:80]}" is not usable: up to 63 small letters, digits, "-" and "_",'
            " beginning with a letter or digit."
        )
    return name


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a warehouse, version 0 when there is none yet. Raises DamagedManifest."""
    path = folder / MANIFEST
    try:
        content = json.loads(path.read_text("utf-8"))
        tables = {name: _table_entry(entry) for name, entry in content["tables"].items()}
        return Manifest(int(content["version"]), tables, tuple(content.get("previous", ())))
    except FileNotFoundError:
        return Manifest()
    except (ValueError, KeyError, TypeError) as problem:
        raise DamagedManifest(f"The warehouse manifest {path} is damaged.") from problem


def _table_entry(entry: dict[str, Any]) -> TableEntry:
    sources = {name: SourceEntry(**source) for name, source in entry["sources"].items()}
    return TableEntry(entry["file"], entry["rows"], entry["sha256"], sources)


def commit(folder: Path, manifest: Manifest) -> None:
    """Make a manifest the one that counts: all of it or nothing, also when the machine stops in between."""
    part = folder / f"{MANIFEST}{PART}"
    with part.open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / MANIFEST)
    sync_folder(folder)


def sync_file(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def new_file(folder: Path, table: str, version: int) -> Path:
    """Return an unused place for a table's next file, its folder made."""
    path = folder / "canonical" / table / f"v{version:06d}-{secrets.token_hex(4)}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def keep_landing(part: Path, import_id: str) -> Path:
    """Give a finished landing file its name, unless the same rows already lie there; return the file that stays."""
    digest = sha256(part)[:16]
    for known in part.parent.glob(f"*-{digest}.parquet"):
        part.unlink()
        return known
    sync_file(part)
    final = part.with_name(f"{import_id}-{digest}.parquet")
    part.replace(final)
    sync_folder(part.parent)
    return final


def clean(folder: Path, manifest: Manifest) -> None:
    """Remove what no reader can be reading: half-written files, and canonical files two versions old."""
    kept = {entry.file for entry in manifest.tables.values()} | set(manifest.previous)
    for path in folder.glob("canonical/*/*"):
        if path.relative_to(folder).as_posix() not in kept:
            path.unlink(missing_ok=True)
    for path in (*folder.glob(f"landing/*/*/*{PART}"), *folder.glob(f"*{PART}")):
        path.unlink(missing_ok=True)
    for path in folder.glob("spill/*"):
        path.unlink(missing_ok=True)


@contextmanager
def locked(folder: Path, *, timeout: float = LOCK_SECONDS, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold a client's warehouse for one import. Raises WarehouseBusy when another holds it longer than the timeout."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a") as file:
        give_up = time.monotonic() + timeout
        while not _try_lock(file.fileno()):
            if time.monotonic() > give_up:
                raise WarehouseBusy(f"Another import into {folder.name} is still running. Try again when it is done.")
            if waiting:
                waiting()
            time.sleep(0.1)
        yield


def _try_lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_full(problem: BaseException) -> bool:
    """Tell whether an error means that no space is left, whoever raised it."""
    text = str(problem).lower()
    known = ("no space left", "file too large", "disk quota", "out of disk")
    return getattr(problem, "errno", None) in NO_SPACE or any(words in text for words in known)


def check_warehouse(home: Path, client: str) -> list[str]:
    """Return what is wrong with a client's warehouse, in sentences; nothing when it is sound."""
    folder = warehouse_folder(home, client)
    try:
        manifest = read_manifest(folder)
    except DamagedManifest as problem:
        return [str(problem)]
    return [sentence for name, entry in manifest.tables.items() if (sentence := _check_table(folder, name, entry))]


def _check_table(folder: Path, name: str, entry: TableEntry) -> str | None:
    path = folder / entry.file
    if not path.is_file():
        return f"Table {name}: the file {entry.file} is missing."
    if sha256(path) != entry.sha256:
        return f"Table {name}: the file {entry.file} is not the one that was written."
    rows = pq.ParquetFile(path).metadata.num_rows
    return (
        None
        if rows == entry.rows
        else f"Table {name}: {entry.file} holds {rows:,} rows, the manifest says {entry.rows:,}."
    )
