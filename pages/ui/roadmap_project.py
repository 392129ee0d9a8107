"""Project files of Microsoft Project as XML: what would come in, and the roadmap as one."""

from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.ui import shell, text
from pages.ui.roadmap import Plan
from pages.ui.shell import Visit
from program.queries import roadmap as queries
from program.reports import msproject
from program.reports.msproject import BadProject, ImportedProject, NotAvailable

READ, WRITTEN = "roadmap.project.read", "roadmap.project.written"
FORMAT = "text/xml"  # kept under .xml; as application/xml it is kept under .xsl, which browsers do not hand over
SHOWN = 20  # notes on a file
FAR = timedelta(days=366)


@dataclass(frozen=True)
class _Kept:
    """What was read or written last, and of what: the program behind it takes seconds to start."""

    key: object
    project: ImportedProject | None = None
    content: bytes = b""


def read(upload: UploadedFile, key: str) -> ImportedProject | None:
    """Return what a project file holds; where it cannot be read, say why and return None."""
    held: _Kept | None = st.session_state.get(READ)
    if held and held.key == key:
        return held.project
    try:
        with shell.working("Reading the project file"):
            found = msproject.read(upload.getvalue(), upload.name)
    except NotAvailable as problem:
        shell.alert("Project files cannot be read on this machine", str(problem), kept="Nothing was changed.")
        return None
    except BadProject as problem:
        shell.alert("This file cannot be brought in", str(problem), kept="Nothing was changed.", sign="watch")
        return None
    st.session_state[READ] = _Kept(key, found)
    return found


def notes(found: ImportedProject) -> None:
    """Draw what was left out or read otherwise."""
    for each in found.notes[:SHOWN]:
        shell.note(each)
    if len(found.notes) > SHOWN:
        shell.note(f"And {len(found.notes) - SHOWN} more.")
    if found.days_off:
        days = text.plural(len(found.days_off), "day off", "days off")
        shell.note(f"The file's calendar has {days}. They do not come in; enter them under Calendar.")


def take_out(plan: Plan) -> bool:
    """Draw the button that writes a project file, then its download; return whether writing was asked for."""
    held: _Kept | None = st.session_state.get(WRITTEN)
    if held and held.key is plan:
        st.download_button(
            "Download the project file",
            held.content,
            "roadmap.xml",
            FORMAT,
            type="primary",
            key="roadmap.out.xml",
            on_click="ignore",
        )
        return False
    return st.button("Microsoft Project (.xml)", key="roadmap.out.project")


def write(visit: Visit, plan: Plan) -> None:
    """Write the roadmap as a project file and keep it for the download; where that cannot be done, say why."""
    try:
        with shell.working("Writing the project file"):
            days = queries.holidays(visit.program_id, plan.roadmap.start, _last(plan))
            content = msproject.write(plan.roadmap, name=visit.program.name, holidays=days)
    except NotAvailable as problem:
        shell.alert("Project files cannot be written on this machine", str(problem), kept="Nothing was lost.")
        return
    st.session_state[WRITTEN] = _Kept(plan, content=content)
    st.rerun()


def _last(plan: Plan) -> date:
    return (plan.roadmap.finish or plan.roadmap.start) + FAR
