"""A table in the house style that its reader sorts by pressing a head, without a run of the page."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st

_STYLE = """
.gw-sortable {color:var(--gw-ink);font-size:1rem}
.gw-sortable thead button {font:inherit;color:inherit;background:none;border:0;padding:0;margin:0;cursor:pointer;
 text-align:inherit;min-height:24px}
.gw-sortable thead button:hover {color:var(--gw-ink);text-decoration:underline}
.gw-sortable thead button:focus-visible {outline:2px solid var(--gw-interaction);outline-offset:2px}
.gw-sortable [aria-sort=ascending] button::after {content:"\\00a0↑"}
.gw-sortable [aria-sort=descending] button::after {content:"\\00a0↓"}
.gw-sortable .gw-table {width:max-content;min-width:100%}
.gw-sortable .gw-table td, .gw-sortable .gw-table th {overflow-wrap:break-word;min-width:5.5rem;max-width:16rem}
.gw-sortable .gw-table th:first-child {position:sticky;left:0;background:var(--gw-page);min-width:8rem;max-width:12rem}
@media (min-width:641px) {.gw-sortable .gw-fits .gw-table {width:100%}
 .gw-sortable .gw-fits .gw-table :is(td,th) {min-width:0;max-width:none;overflow-wrap:anywhere}}
@media (max-width:640px) {.gw-sortable thead button {min-height:44px}}
"""
_mount = st.components.v2.component(
    "groundwork_sortable",
    html='<div class="gw-sortable"></div>',
    css=_STYLE,
    js=(Path(__file__).parent / "sortable.js").read_text("utf-8"),
    isolate_styles=False,
)


def show(html: str, *, key: str, ranks: Mapping[str, Sequence[str]], wide: bool = False) -> None:
    """
    Draw a table.

    html: from tables.html, whose texts are escaped. ranks: for columns of words that have an order, the words in it.
    wide: it is scrolled sideways, and its first column stays, as on a phone.
    """
    drawn = html if wide else f'<div class="gw-fits">{html}</div>'
    _mount(key=key, data={"html": drawn, "ranks": {name: list(words) for name, words in ranks.items()}})
