"""Sources: bring in what other systems recorded, and see how old it is."""

import streamlit as st

from pages.ui import figures, importing, mapping, shell, tables, text, uploads
from pages.ui.source_list import headline, listed
from program.queries import sources

visit = shell.open_page("Sources", needs="measure.read")
shell.data_to(visit, figures.data_to(visit))
known = sources.imported(visit.home, visit.program.client_key)
if known:
    shell.answer(headline(known, visit.actor.now))
    brought_in, place = st.container(), st.container()
else:
    place = shell.empty_then(
        "No source has been brought in yet.",
        what="A source is an export of your CRM, service desk, shop or community. Groundwork reads it strictly: it "
        "shows what every column holds before it takes anything, and names each row that it cannot use.",
        frame="lines",
    )
upload = None
with place:
    if visit.may("measure.import"):
        shell.title("Bring in a file", uploads.TAKES)
        upload = st.file_uploader("File", type=uploads.TYPES, key="sources.file", label_visibility="collapsed")
    else:
        shell.note("Your membership may look at sources, not bring them in.")
if upload is None:
    if known:
        with brought_in:
            tables.show(listed(known, visit.actor.now, visit.program.time_zone), key="sources.list")
    st.stop()

path = uploads.keep(visit.home, upload)
with uploads.refusals():
    preview = uploads.preview(str(path), upload.name)
rows, columns = text.plural(preview.rows, "row", "rows"), text.plural(len(preview.columns), "column", "columns")
shell.title(f"{upload.name}: {rows}, {columns}", mapping.read_as(preview))
tables.show(mapping.preview_table(preview), key="sources.columns", download=False)
lines = text.plural(preview.problem_count, "line", "lines")
if preview.problems:
    importing.rejected(preview.problems, f"{lines} cannot be read", key="sources.broken")

chosen = mapping.choose(preview, f"sources.{path.name[:12]}")
if chosen is None:
    st.stop()
source = st.text_input("Name of the source", "files", key="sources.source", help="Rows of one source join each other.")
agreed = not preview.problems or st.checkbox(f"Leave out the {lines} that cannot be read", key="sources.without")
if st.button(f"Bring in as {chosen.table}", type="primary", key="sources.import", disabled=not agreed):
    with uploads.refusals():
        importing.keep(path, uploads.bring_in(visit, path, upload.name, chosen, source))
    st.rerun()
if result := importing.kept(path):
    importing.report(result)
    if st.button("See what it says under Engagement", type="tertiary", key="sources.engagement"):
        st.switch_page("measure/engagement.py")
