"""The file of a backup: tables as JSON lines, the warehouse's files as they are, and a manifest that sums them all."""

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import file_digest, sha256
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZipFile

from sqlalchemy import Connection

from program.store import dump

FORMAT = "groundwork-backup"
VERSION = 1
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 20_000_000  # bytes


class BackupProblem(Exception):
    """The backup cannot be made or put back; what is here was not touched."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: tables by name, files by their path below the home folder."""

    schema_version: str
    tables: dict[str, dump.Count]
    files: dict[str, dict[str, Any]]
    format: str = FORMAT
    version: int = VERSION

    def summary(self) -> dict[str, Any]:
        return {"schema_version": self.schema_version, "tables": self.tables, "files": self.files}


def write(file: ZipFile, connection: Connection, version: str, root: Path, folders: Sequence[str]) -> Manifest:
    """Write everything into an open archive, the manifest last."""
    tables = {}
    for table in dump.tables(connection):
        with file.open(_entry(table.name), "w", force_zip64=True) as entry:
            tables[table.name] = dump.counted(_through(dump.lines(connection, table), entry))
    files = {name: _add(file, root / name, name) for name in _paths(root, folders)}
    manifest = Manifest(schema_version=version, tables=tables, files=files)
    file.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
    return manifest


def read_manifest(file: ZipFile) -> Manifest:
    """Return the manifest after every part of the file was compared with it. Raises BackupProblem."""
    names = set(file.namelist())
    if MANIFEST not in names or file.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
        raise BackupProblem("This file is no backup: it has no manifest.")
    try:
        manifest = Manifest(**json.loads(file.read(MANIFEST)))
    except (ValueError, TypeError) as problem:
        raise BackupProblem("This backup's manifest cannot be read.") from problem
    if (manifest.format, manifest.version) != (FORMAT, VERSION):
        raise BackupProblem(f"This backup has format {manifest.format} {manifest.version}; {FORMAT} {VERSION} is read.")
    expected = {_entry(name): count["sha256"] for name, count in manifest.tables.items()}
    expected |= {name: about["sha256"] for name, about in manifest.files.items()}
    for name in sorted((names | set(expected)) - {MANIFEST}):
        _compare(file, name, expected.get(name), present=name in names)
    return manifest


def table_lines(file: ZipFile, table: str) -> Iterator[bytes]:
    with file.open(_entry(table)) as entry:
        yield from entry


def extract_files(file: ZipFile, manifest: Manifest, target: Path) -> None:
    for name in manifest.files:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name:
            raise BackupProblem(f"This backup names a file outside its folder: {name!r}.")
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        with file.open(name) as source, (target / path).open("wb") as copy:
            shutil.copyfileobj(source, copy)


def _compare(file: ZipFile, name: str, expected: str | None, *, present: bool) -> None:
    if expected is None:
        raise BackupProblem(f"This backup is damaged: its manifest does not know {name!r}.")
    if not present:
        raise BackupProblem(f"This backup is damaged: {name!r} is not in it.")
    with file.open(name) as entry:
        if file_digest(entry, "sha256").hexdigest() != expected:  # type: ignore[arg-type]
            raise BackupProblem(f"This backup is damaged: {name!r} is not what was written.")


def _entry(table: str) -> str:
    return f"store/{table}.jsonl"


def _through(lines: Iterator[bytes], entry: Any) -> Iterator[bytes]:
    for line in lines:
        entry.write(line)
        yield line


def _paths(root: Path, folders: Sequence[str]) -> list[str]:
    found = (path for folder in folders for path in (root / folder).rglob("*") if path.is_file())
    return sorted(path.relative_to(root).as_posix() for path in found)


def _add(file: ZipFile, path: Path, name: str) -> dict[str, Any]:
    checksum, size = sha256(), 0
    with path.open("rb") as source, file.open(name, "w", force_zip64=True) as entry:
        while block := source.read(1 << 20):
            checksum.update(block)
            entry.write(block)
            size += len(block)
    return {"bytes": size, "sha256": checksum.hexdigest()}
