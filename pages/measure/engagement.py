"""Engagement: what customers did, by month, against what components promised."""

import streamlit as st

from pages.ui import charts, figures, metric_table, metrics, shell
from program.engagement import before_after
from program.queries import engagement, sources

visit = shell.open_page("Engagement", needs="measure.read")
if sources.version(visit.home, visit.program.client_key) == 0:
    shell.empty(
        "No CRM data has been brought in yet.",
        what="Engagement is measured from what your systems recorded: opportunities, interactions, transactions. "
        "Every figure here names its source, its denominator and its definition.",
        action="Bring in the first file",
        next_step="measure/sources.py",
        frame="lines",
    )

held = {each.table for each in sources.imported(visit.home, visit.program.client_key)}
catalog = engagement.metrics()
ids = list(catalog)
above = st.container()
ask, split_by, only, since = st.columns([3, 2, 2, 2])
asked = ask.selectbox(
    "Metric",
    ids,
    index=ids.index(engagement.leading_metric(visit.program_id, tables=held)),
    format_func=lambda each: catalog[each].name,
    key="metric",
    bind="query-params",
)
metric = catalog[asked or ids[0]]
groups = {group.column: group.name for group in metric.groups}
split = split_by.selectbox(
    "Split by",
    list(groups) if metric.kind == "share" else ["", *groups],
    format_func=lambda each: groups.get(each, "All"),
    key="split",
    bind="query-params",
)
choices = figures.choices(visit, metric)
chosen = only.selectbox(
    "Only", ["", *choices], format_func=lambda each: choices.get(each, "Everything"), key="only", bind="query-params"
)
spans = figures.SPANS
months = since.selectbox(
    "Months", list(spans), index=1, format_func=spans.__getitem__, key="months", bind="query-params"
)

filters = figures.filters(visit, metric.id, only=chosen, months=months)
shown = figures.measured(visit, metric.id, split=split or None, **filters)
whole = shown if metric.kind == "share" or not split else figures.measured(visit, metric.id, **filters)
promises = () if metric.kind == "share" or chosen else engagement.promises(visit.program_id, metric.id)
go_lives = engagement.go_lives(visit.program_id, visit.today)
promised = [each for each in go_lives if any(each.component == promise.component for promise in promises)]
change = before_after(whole.lines[0], promised[0]) if promised and whole.lines else None
headline = metrics.answer(whole, choices.get(chosen or "", "").replace(": ", " "))

shell.data_to(visit, whole.data_to)
with above:
    shell.answer(headline)
    if words := metrics.lead(whole, promises, change):
        shell.lead(words)
if shown.lines:
    charts.show(
        metrics.figure(shown, promises, go_lives),
        alt=metrics.alt(shown, headline),
        key="engagement.figure",
        table=metric_table.table(shown, promises, go_lives),
        title=metric.name,
        unit_line=metrics.unit_line(shown, visit.program.time_zone, go_lives),
        rests_on=metrics.rests_on(whole, shown),
    )
else:
    shell.note(" ".join(whole.reasons) or "Nothing that was brought in falls into this choice.")
metrics.foot(whole, figures.source_line(visit, metric), promises)
if st.button("See the components", type="tertiary", key="engagement.components"):
    st.switch_page("plan/components.py")
