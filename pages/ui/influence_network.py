"""The network: the drawing, what the ties say beside it, and the person somebody chose."""

from collections.abc import Iterator, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import influence_answers as answers
from pages.ui import influence_person as panel
from pages.ui import influence_reads as reads
from pages.ui import network_figure, shell, text
from pages.ui.influence_reads import Known
from pages.ui.safe import markup
from pages.ui.shell import Visit
from program import influence_words as words
from program.influence import Influence

CHOSEN, CLICKED = "influence.person", "influence.clicked"
MOST_SAID = 4  # sentences of one kind
SECTIONS = {
    "In the middle": ("through", "nearest", "brokers"),
    "What holds it together": ("connected", "bridges", "leaving"),
    "Sponsor": ("sponsor",),
    "Groups": ("groups",),
    "Coverage": ("coverage",),
    "Blocks": ("blocks",),
}
VIEWS = ("Sponsor", "Groups")  # the sections that have a view of their own
UNIT = "Arrows lead from whoever influences, advises or reports to whom; dashed lines block"


def show(visit: Visit, known: Known, above: DeltaGenerator) -> None:
    """Draw the view."""
    with above:
        found = reads.measured(known)
    weakest = answers.weakest(found)
    headline = answers.network(found, reads.leaving(known, weakest) if weakest else None)
    answer(above, headline, found)
    figure, side = st.columns([7, 3], gap="large")
    with figure:
        clicked = network_figure.draw(
            found.network,
            known.functions,
            known.names,
            known.ties,
            key="influence.network",
            alt=headline,
            title="Influence between people",
            unit_line=UNIT,
        )
    chosen = _choose(known, found, side, clicked)
    if chosen is None:
        side.html(_said(known, found))
    else:
        with side:
            panel.show(visit, known, found, chosen)
        st.html(_said(known, found, wide=True))


def answer(above: DeltaGenerator, headline: str, found: Influence) -> None:
    """Draw a headline that rests on the measures, and what to keep in mind about few people."""
    with above:
        shell.answer(headline)
        for caution in found.said.get("caution", ()):
            shell.lead(f"▲ {caution}")


def _choose(known: Known, found: Influence, side: DeltaGenerator, clicked: str | None) -> str | None:
    """Return who was chosen last, by a click in the drawing or from the list."""
    if clicked != st.session_state.get(CLICKED):
        st.session_state[CLICKED] = clicked
        if clicked in known.by_id:
            st.session_state[CHOSEN] = clicked
    ranked = sorted(found.network.people, key=lambda each: (-each.betweenness, -each.degree, known.names[each.id]))
    if st.session_state.get(CHOSEN) not in known.by_id:
        st.session_state.pop(CHOSEN, None)
    return side.selectbox(
        "Look at one person",
        [each.id for each in ranked],
        index=None,
        format_func=lambda each: known.labels.get(each, each),
        placeholder="Choose, or click a mark",
        key=CHOSEN,
    )


def _said(known: Known, found: Influence, *, wide: bool = False) -> str:
    """What the ties say, as HTML. wide: in columns under the drawing instead of in one beside it."""
    about = {**found.said, "sponsor": _of_sponsor(known)}
    parts = "".join(_section(title, [*_of(about, topics)]) for title, topics in SECTIONS.items())
    columns = "columns:3 280px;column-gap:48px" if wide else ""
    return (
        f'<section aria-label="What the ties say" style="color:var(--gw-ink);font-size:.9375rem;line-height:1.45">'
        f'<h2 class="gw-title" style="margin-bottom:8px">What the ties say</h2><div style="{columns}">{parts}</div>'
        "</section>"
    )


def _of(about: dict[str, tuple[str, ...]], topics: Sequence[str]) -> Iterator[str]:
    for topic in topics:
        yield from about.get(topic, ())


def _section(title: str, sentences: Sequence[str]) -> str:
    if not sentences:
        return ""
    more = len(sentences) - MOST_SAID
    told = [markup(each) for each in sentences[:MOST_SAID]]
    if more > 0:
        where = f" under {title}" if title in VIEWS else ""
        told.append(f'<span style="color:var(--gw-muted)">{text.number(more)} more{where}.</span>')
    body = "".join(f'<p style="margin:0 0 4px;overflow-wrap:anywhere">{each}</p>' for each in told)
    head = (
        f'<h3 style="font-size:.875rem;font-weight:600;color:var(--gw-muted);margin:0;padding:0">{markup(title)}</h3>'
    )
    return f'<div style="break-inside:avoid;margin-bottom:12px">{head}{body}</div>'


def _of_sponsor(known: Known) -> tuple[str, ...]:
    begin, call = reads.sponsor(known), known.names
    ways = sorted(reads.paths(known).items(), key=lambda each: each[1] is not None)
    named = [(call[who], [call[each] for each in path] if path else None) for who, path in ways]
    return tuple(words.sponsored(call[begin] if begin else None, named))
