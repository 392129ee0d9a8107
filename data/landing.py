"""Files on their way into a client's warehouse: landed, written, and cleaned up after."""

import errno
import fcntl
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from data.manifest import PART, Manifest, sha256, sync_folder

LOCK = "lock"
LOCK_SECONDS = 60.0
NO_SPACE = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)


class WarehouseBusy(RuntimeError):
    """Another import has held the warehouse for too long."""


class WarehouseFull(OSError):
    """No space is left where the warehouse lies; nothing was changed."""


def sync_file(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


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
