"""The sponsor: the way to each resistant person, where there is none, and how near the accountable are to the work."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import influence_answers as answers
from pages.ui import influence_reads as reads
from pages.ui import shell, tables, text
from pages.ui.influence_reads import Known
from pages.ui.safe import markup
from program import influence_words as words
from program.coverage import coverage
from program.influence import proposed_sponsor
from program.policy import load
from program.queries.influence import TieRow
from program.typed_ties import KINDS

ALONE = "Influenced by nobody: no tie leads to them."
SHOWN = 200  # rows on the page; the files hold all


def show(known: Known, above: DeltaGenerator) -> None:
    """Draw the view."""
    begin = _choose(known)
    paths = reads.paths(known)
    with above:
        shell.answer(answers.ways(known, begin, paths))
    if paths:
        title = f"From {reads.short(known.names[begin])} to the resistant" if begin else ""
        shell.title(title, "The shortest way along ties that carry influence; a tie of weight 5 is a fifth as long")
        table = _table(known, paths)
        tables.show(tables.Table(table.columns, table.rows[:SHOWN], table.name), key="sponsor.paths", download=False)
        if len(table.rows) > SHOWN:
            shell.note(f"The first {SHOWN} of {text.number(len(table.rows))}. The files have all.")
        tables.downloads(table, key="sponsor.paths")
    _coverage(known)


def _choose(known: Known) -> str | None:
    proposed = proposed_sponsor(known.people)
    if proposed is None:
        return None
    ids = [person.id for person in known.people]
    choose, note = st.columns(2, gap="large", vertical_alignment="bottom")
    chosen = choose.selectbox(
        "Sponsor",
        ids,
        index=ids.index(reads.sponsor(known) or proposed),
        format_func=lambda each: f"{known.labels.get(each, each)}{' (proposed)' if each == proposed else ''}",
        key="sponsor.chosen",
    )
    st.session_state[reads.SPONSOR] = chosen
    if chosen == proposed:
        with note:
            shell.note(
                "Proposed: the most powerful executive who is not resistant, else the most powerful of all others."
            )
    return chosen


def _table(known: Known, paths: reads.Paths) -> tables.Table:
    flows = _strongest(known.ties)
    ordered = sorted(paths.items(), key=lambda each: (each[1] is not None, -known.by_id[each[0]].power))
    return tables.Table(
        columns=(
            tables.Column("Resistant"),
            tables.Column("Way"),
            tables.Column("Ties", _blank, number=True),
            tables.Column("Weakest tie", tables.blank),
        ),
        rows=tuple(_row(known, flows, who, path) for who, path in ordered),
        name="sponsor paths",
    )


def _row(
    known: Known, flows: dict[tuple[str, str], TieRow], who: str, path: tuple[str, ...] | None
) -> tuple[object, ...]:
    person = known.by_id[who]
    name = tables.Cell(person.name, "strong", note=reads.role(person))
    if path is None:
        near = [known.names[source] for source, target in flows if target == who]
        whom = "them" if len(near) == 1 else "one of these"
        note = f"Influenced only by {words.few(near)}. Find somebody who reaches {whom}." if near else ALONE
        return name, tables.Cell("▲ no way", "watch", note=note), None, None
    steps = [flows[pair] for pair in pairwise(path)]
    weakest = min(steps, key=lambda tie: tie.weight)
    told = f"{known.names[weakest.source]} {KINDS[weakest.kind]} {known.names[weakest.target]}, weight {weakest.weight}"
    return name, " → ".join(known.names[each] for each in path), len(steps), told


def _strongest(ties: Sequence[TieRow]) -> dict[tuple[str, str], TieRow]:
    """By who passes influence to whom, the strongest tie along which it goes."""
    found: dict[tuple[str, str], TieRow] = {}
    for tie in ties:
        if tie.flow and (tie.flow not in found or found[tie.flow].weight < tie.weight):
            found[tie.flow] = tie
    return found


def _blank(value: int | None) -> str:
    """Where there is no way, there are no ties to count."""
    return "" if value is None else text.number(value)


def _coverage(known: Known) -> None:
    """Say how near those who are accountable are to those who do the work."""
    most = load().coverage_ties
    shell.title("Coverage", f"Accountable people at most {most} ties away from everybody who does the work")
    if not known.components:
        shell.note("The program has no components yet.")
        return
    found = coverage(list(known.components), known.duties, known.ties)
    near = found.components - len(found.far)
    far = [known.components[item] for item in found.far]
    for sentence in words.covered(found.components, near, most, far):
        st.html(f'<p style="margin:0;max-width:75ch;color:var(--gw-ink)">{markup(sentence)}</p>')
    if far:
        tables.show(_far(known, found.far), key="sponsor.coverage")


def _far(known: Known, items: Sequence[str]) -> tables.Table:
    return tables.Table(
        columns=(tables.Column("Component"), tables.Column("Accountable"), tables.Column("Does the work")),
        rows=tuple(
            (known.components[item], _holding(known, item, "A"), _holding(known, item, "R", "D")) for item in items
        ),
        name="coverage",
    )


def _holding(known: Known, item: str, *letters: str) -> str:
    return ", ".join(_held(known, item, letters)) or "nobody"


def _held(known: Known, item: str, letters: Sequence[str]) -> Iterator[str]:
    for duty in known.duties:
        if duty.item == item and duty.letter in letters:
            yield known.names[duty.person]
