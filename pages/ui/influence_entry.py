"""Ties entered on the influence page: in a matrix, by drawing, in a list, by pasting rows. Each change is saved."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import influence_answers as answers
from pages.ui import influence_list, influence_paste, shell, text, tie_matrix
from pages.ui.influence_reads import Known
from pages.ui.shell import Visit
from pages.ui.tie_matrix import TieChange
from program.actions import influence as actions
from program.queries import influence as queries
from program.stakeholders import Stakeholder
from program.typed_ties import KINDS
from program.values import Stale

MATRIX, DRAW, LIST, PASTE = WAYS = "Matrix", "Draw", "List", "Paste"
KEYS = tuple(f"tie.{way}.{kind}" for way in (MATRIX, DRAW) for kind in KINDS)
GONE = -1  # the version of a tie that was seen and is there no more
ENDS = {MATRIX: ("The row", "the column"), DRAW: ("Where a line begins", "where it ends")}
MEANS = {
    "influences": "a weight from 1, weak, to 5, strong",
    "reports_to": "influence flows back from whom they report to",
    "advises": "a weight from 1, weak, to 5, strong",
    "blocks": "a tie that blocks carries no influence",
}


def save(visit: Visit) -> None:
    """Save the change of the matrix or the map that started this run. To be called before the ties are read."""
    with st.container():
        for key in KEYS:
            with shell.saving() as saved:
                if change := tie_matrix.changed(key=key):
                    _save(visit, change)
            if not saved.done:
                tie_matrix.refuse(key=key)


def show(visit: Visit, known: Known, above: DeltaGenerator) -> None:
    """Draw the choice of a way to enter ties, and that way."""
    with above:
        shell.answer(answers.ties(known))
    editable = visit.may("influence.edit")
    ways = list(WAYS) if editable else [MATRIX, LIST]
    place, kinds = st.columns([1, 1], vertical_alignment="bottom")
    way = place.segmented_control(
        "Enter ties",
        ways,
        default=None if "tie.way" in st.session_state else ways[0],
        required=True,
        key="tie.way",
        bind="query-params",
    )
    if way == PASTE:
        influence_paste.show(visit, known)
    elif way == LIST:
        influence_list.show(visit, known, editable=editable)
    else:
        with kinds:
            kind = _kind()
        _by_hand(known, str(way), kind, editable=editable)
    if not known.ties:  # below: above, it would go with the first tie and move the matrix under the pointer
        st.html(f'<p class="gw-what">{answers.WHAT_IS_A_TIE}</p>')


def _kind() -> str:
    return str(
        st.segmented_control(
            "Kind of tie",
            list(KINDS),
            default=None if "tie.kind" in st.session_state else "influences",
            required=True,
            format_func=lambda each: text.capital(KINDS[each]),
            key="tie.kind",
        )
    )


def _by_hand(known: Known, way: str, kind: str, *, editable: bool) -> None:
    people = _some(known)
    weights = {(tie.source, tie.target): tie.weight for tie in known.ties if tie.kind == kind}
    one, other = ENDS[way]
    shell.title(f"Who {KINDS[kind]} whom", f"{one} {KINDS[kind]} {other}; {MEANS[kind]}")
    draw = tie_matrix.show if way == MATRIX else tie_matrix.draw
    draw(people, weights, key=f"tie.{way}.{kind}", kind=kind, editable=editable)
    if way == DRAW:
        shell.note("The marks stand where the map of stakeholders has them: power upward, interest to the right.")


def _some(known: Known) -> Sequence[Stakeholder]:
    """Everybody, or of more than a matrix holds those whom the reader chose."""
    if len(known.people) <= tie_matrix.MOST:
        return known.people
    chosen = st.multiselect(
        "Only these people",
        list(known.by_id),
        format_func=lambda each: known.labels.get(each, each),
        max_selections=tie_matrix.MOST,
        placeholder=f"The {tie_matrix.MOST} with the most ties of {text.number(len(known.people))}",
        key="tie.some",
    )
    if not chosen:
        ties = Counter(end for tie in known.ties for end in (tie.source, tie.target))
        chosen = sorted(known.by_id, key=lambda each: -ties[each])[: tie_matrix.MOST]
    return [person for person in known.people if person.id in set(chosen)]


def _save(visit: Visit, change: TieChange) -> None:
    """Raises Stale when the tie weighs something else by now than what the reader saw, Missing when it is gone."""
    key = change.source_id, change.target_id, change.kind
    row = next((tie for tie in queries.ties(visit.program_id) if tie.key == key), None)
    seen = row is not None and row.weight == change.before
    if change.weight is None:
        if row is not None and not seen:
            raise Stale("tie", {"weight": "no tie"}, {"weight": row.weight})
        if row is not None:
            actions.remove_tie(visit.actor, program_id=visit.program_id, tie_id=row.id, version=row.version)
        return
    actions.set_tie(
        visit.actor,
        program_id=visit.program_id,
        source_id=change.source_id,
        target_id=change.target_id,
        kind=change.kind,
        weight=change.weight,
        known_from=row.known_from if row else None,
        on=row.on if row else None,
        version=row.version if row and seen else GONE if row is None and change.before is not None else None,
    )
