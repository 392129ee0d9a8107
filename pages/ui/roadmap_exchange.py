"""The Exchange view of the roadmap: activities from and to files, and dates for a calendar."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.ui import forms, pasting, roadmap_links, roadmap_project, shell, tables, text
from pages.ui import roadmap as page
from pages.ui.roadmap import Plan
from pages.ui.shell import Visit
from program.actions import roadmap as actions
from program.activity_cells import MORE, cells_of
from program.activity_rows import ActivityRow, Compared, compare, read_row_lines, read_rows
from program.ledger_path import ZIPPED
from program.ledger_workbook import workbook_lines
from program.placing import PlannedActivity
from program.queries import follow_ups
from program.reports import calendar_file
from program.schedule_file import COLUMNS
from program.table_file import BadTable, CellProblem

FILE, DONE = "roadmap.file", "roadmap.imported"
LISTED = 100
MOST_MB = 10
HOW = (
    "A header with id, name, duration and predecessors, one activity per line: duration in working days, predecessors "
    "as A;B FS+2;C SS-1;D FF. A row with the name of an activity that is there changes it; the same file twice changes "
    "nothing."
)
HOW_MORE = (
    f"Where wanted also {', '.join(MORE)}: components and owners by their names in the program, days as 2026-12-25. An "
    "empty cell empties the field; a column that is not there leaves it as it is."
)


def show(visit: Visit, plan: Plan) -> None:
    """Draw what can be brought in, after a dry run, and what can be taken out."""
    if visit.may("plan.edit"):
        bring_in(visit, plan)
    _take_out(visit, plan)


def dry_run(found: Compared, rows: Sequence[ActivityRow]) -> tables.Table:
    """One row per line of a file: the activity, and what would come of it."""
    said = {each.line: tables.Cell("+ added", "good") for each in found.added}
    said |= {each.line: tables.Cell("▲ changed", "watch") for each in found.changed}
    said |= {each.line: tables.Cell("○ the same", "muted") for each in found.same}
    return tables.Table(
        columns=(
            tables.Column("Line", text.number, number=True),
            tables.Column("Activity"),
            tables.Column("Duration, working d", lambda value: f"{value.normalize():f}", number=True),
            tables.Column("Waits for", tables.blank),
            tables.Column("What comes of it"),
        ),
        rows=tuple(
            (
                each.line,
                each.name,
                each.duration,
                ";".join(roadmap_links.written(link.key, link.kind, link.lag) for link in each.links) or None,
                said[each.line],
            )
            for each in rows
        ),
        name="dry_run",
    )


def as_file(plan: Plan) -> tables.Table:
    """The activities in the columns that an import takes, known by their numbers."""
    numbers = plan.numbers
    return tables.Table(
        columns=tuple(tables.Column(each, tables.blank) for each in (*COLUMNS, *MORE)),
        rows=tuple(
            (
                str(numbers[each.id]),
                each.activity.name,
                f"{each.activity.duration.normalize():f}",
                roadmap_links.as_text(each.activity.links, numbers) or None,
                *cells_of(each.activity, plan.known),
            )
            for each in plan.roadmap.activities
        ),
        name="activities",
    )


def review(visit: Visit, rows: Sequence[ActivityRow], activities: Sequence[PlannedActivity], noun: str) -> None:
    """Draw what would come of some rows, and the button that brings them in."""
    found = compare(rows, activities)
    listed = dry_run(found, rows)
    stay = "1 stays as it is" if len(found.same) == 1 else f"{len(found.same)} stay as they are"
    counts = f"{len(found.added)} would be added, {len(found.changed)} changed, {stay}"
    shell.title("Dry run", f"{text.plural(len(rows), 'activity', 'activities')}: {counts}. Nothing is saved yet.")
    page.listed(listed, key=f"{noun}.dry", most=LISTED, download=False)
    count = len(found.added) + len(found.changed)
    if not count:
        shell.note("Every activity is there already, so there is nothing to bring in.")
    elif st.button(f"Bring in {text.plural(count, 'activity', 'activities')}", type="primary", key=f"{noun}.bring"):
        with shell.working(f"Bringing in {text.plural(len(rows), 'activity', 'activities')}"):
            st.session_state[DONE] = count
            forms.attempt(
                actions.import_activities,
                visit.actor,
                noun=noun,
                program_id=visit.program_id,
                rows=rows,
                intention=forms.intention(noun),
            )
            del st.session_state[DONE]


def bring_in(visit: Visit, plan: Plan) -> None:
    """Draw the way in for a file, and what would come of it."""
    shell.title("Bring in activities", "CSV, Excel, or a project file of Microsoft Project as XML")
    upload = st.file_uploader(
        "Activities file", type=["csv", "xlsx", "xml"], key=FILE, label_visibility="collapsed", max_upload_size=MOST_MB
    )
    if done := st.session_state.pop(DONE, None):
        st.html(f'<p class="gw-note" role="status"><span class="gw-good">✓ {done} brought in</span></p>')
    if upload is None:
        shell.note(HOW)
        shell.note(HOW_MORE)
        return
    activities = [each.activity for each in plan.roadmap.activities]
    noun = f"roadmap.{sha256(upload.getvalue()).hexdigest()[:12]}"
    if upload.name.lower().endswith(".xml"):
        if found := roadmap_project.read(upload, noun):
            roadmap_project.notes(found)
            review(visit, found.rows, activities, noun)
        return
    try:
        rows = _rows(upload, plan)
    except BadTable as problem:
        pasting.wrong(problem, what="This file")
        return
    review(visit, rows, activities, noun)


def _rows(upload: UploadedFile, plan: Plan) -> tuple[ActivityRow, ...]:
    if not upload.getvalue().startswith(ZIPPED):
        return read_rows(_text(upload), upload.name, plan.known)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "activities.xlsx"
        path.write_bytes(upload.getvalue())
        return read_row_lines(workbook_lines(path, upload.name), upload.name, plan.known)


def _text(upload: UploadedFile) -> str:
    try:
        return upload.getvalue().decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = upload.getvalue()[: problem.start].count(b"\n") + 1
        reason = "The file is not written in UTF-8. Save it as CSV UTF-8."
        raise BadTable(upload.name, [CellProblem(line, None, reason)]) from problem


def _take_out(visit: Visit, plan: Plan) -> None:
    if not plan.roadmap.activities:
        return
    shell.title("Take out", "The dates as of today")
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Activities as CSV",
            lambda: tables.as_csv(as_file(plan)),
            "activities.csv",
            "text/csv",
            key="roadmap.out.csv",
            on_click="ignore",
        )
        st.download_button(
            "Calendar (.ics)",
            lambda: calendar(visit, plan),
            "roadmap.ics",
            "text/calendar",
            key="roadmap.out.ics",
            on_click="ignore",
        )
        wanted = roadmap_project.take_out(plan)
    if wanted:
        roadmap_project.write(visit, plan)
    shell.note(
        "The calendar holds milestones, the ends of open activities and open follow-ups as whole days. Brought in "
        "again it moves its entries and adds none twice."
    )


def calendar(visit: Visit, plan: Plan) -> bytes:
    """The calendar file of the program."""
    return calendar_file.ics(
        plan.roadmap,
        follow_ups.follow_ups(visit.program_id),
        name=f"{visit.program.name}: roadmap",
        now=visit.actor.now,
        people=plan.people,
        components={id_: each.name for id_, each in plan.components.items()},
    )
