"""Uploaded files on their way into the warehouse: kept under a name of our own, and forgotten after a day."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from data.importing import ImportRefused, ImportResult
from data.landing import WarehouseBusy, WarehouseFull
from data.mapping import Map, MapProblem
from data.reading import Preview, UnreadableFile
from pages.ui import shell
from pages.ui.shell import Visit
from program.access import Refused
from program.actions.sources import import_upload
from program.queries import sources

KEPT = timedelta(days=1)
TYPES = ("csv", "tsv", "txt", "xlsx", "json", "jsonl", "parquet", "xml")
TAKES = "CSV, Excel, JSON or parquet up to 50 MB; larger ones with python -m program import"


def keep(home: Path, upload: UploadedFile) -> Path:
    """Write an upload where the reader can open it, and return the path. The file's own name is never used as one."""
    folder = home / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / hashlib.sha256(upload.getvalue()).hexdigest()
    if not path.exists():
        _forget_old(folder)
        path.write_bytes(upload.getvalue())
    return path


@st.cache_data(show_spinner="Looking at every column", max_entries=32)
def preview(path: str, file_name: str) -> Preview:
    """Return what a kept file holds; looking at a large one takes a while, so it is done once."""
    return sources.look(Path(path), file_name)


def bring_in(visit: Visit, path: Path, file_name: str, mapping: Map, source: str) -> ImportResult:
    """Import a kept file with a line of words on its progress; lines that cannot be read are left out and named."""
    bar = st.progress(0.0, "Reading")

    def say(step: str, share: float) -> None:
        bar.progress(min(share, 1.0), step)

    result = import_upload(
        visit.actor,
        home=visit.home,
        program_id=visit.program_id,
        path=path,
        file_name=file_name,
        mapping=mapping,
        source=source,
        accept_broken_lines=True,
        progress=say,
    )
    bar.empty()
    return result


@contextmanager
def refusals() -> Iterator[None]:
    """Say in plain words why a file cannot be read or brought in, and stop the page."""
    try:
        yield
    except (UnreadableFile, MapProblem, ImportRefused, WarehouseBusy, WarehouseFull) as problem:
        shell.refuse(f"{problem} Nothing was changed.", heading="This file cannot be brought in")
    except Refused as problem:
        shell.refuse(str(problem), heading="Your membership does not allow this")


def _forget_old(folder: Path) -> None:
    oldest = (datetime.now(UTC) - KEPT).timestamp()
    for path in folder.iterdir():
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
