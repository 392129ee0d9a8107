"""Sources: bring in what other systems recorded, and see how old it is."""

import streamlit as st

from pages.ui import importing, mapping, safe, shell, tables, text, uploads
from pages.ui.source_list import headline, listed
from program.queries import sources

visit = shell.open_page("Sources", needs="measure.read")
known = sources.imported(visit.home, visit.program.client_key)
if known:
    shell.answer(headline(known, visit.actor.now))
    tables.show(listed(known, visit.actor.now, visit.program.time_zone), key="sources.list")
else:
    shell.empty_then(
        "No source has been brought in yet.",
        what="A source is an export of your CRM, service desk, shop or community. Groundwork reads it strictly: it "
        "shows what every column holds before it takes anything, and names each row that it cannot use.",
        frame="lines",
    )
if not visit.may("measure.import"):
    shell.note("Your membership may look at sources, not bring them in.")
    st.stop()

shell.title("Bring in a file", "CSV, Excel, JSON or parquet up to 50 MB; larger ones with python -m program import")
upload = st.file_uploader(
    "File",
    type=["csv", "tsv", "txt", "xlsx", "json", "jsonl", "parquet", "xml"],
    key="sources.file",
    label_visibility="collapsed",
)
if upload is None:
    st.stop()

path = uploads.keep(visit.home, upload)
with uploads.refusals():
    preview = uploads.preview(str(path), upload.name)
shell.title(
    f"{upload.name}: {text.plural(preview.rows, 'row', 'rows')}, "
    f"{text.plural(len(preview.columns), 'column', 'columns')}",
    f"{preview.encoding}, {preview.format}" + (f", decimal {preview.decimal}" if preview.decimal else ""),
)
tables.show(mapping.preview_table(preview), key="sources.columns", download=False)
if preview.problems:
    importing.rejected(preview.problems, f"{text.plural(preview.problem_count, 'line', 'lines')} cannot be read")

columns = mapping.choose(preview, f"sources.{path.name[:12]}")
if columns is None:
    st.stop()
source = st.text_input("Name of the source", "files", key="sources.source", help="Rows of one source join each other.")
without = st.checkbox("Leave out the lines that cannot be read", key="sources.without") if preview.problems else True
if st.button(f"Bring in as {safe.plain(columns.table)}", type="primary", key="sources.import", disabled=not without):
    with uploads.refusals():
        result = uploads.bring_in(visit, path, upload.name, columns, source)
    importing.report(result)
    st.page_link("measure/engagement.py", label="See what it says under Engagement")
