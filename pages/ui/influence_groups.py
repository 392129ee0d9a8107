"""Groups: who belongs together by their ties, against the functions they work in."""

from collections import Counter

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assessments.functions import FUNCTIONS
from pages.ui import influence_answers as answers
from pages.ui import influence_network, network_figure, shell, tables, text
from pages.ui import influence_reads as reads
from pages.ui.influence_reads import Known
from pages.ui.safe import markup
from program.influence import Group, Groups, Influence

NAMED = 12  # people of a group by name


def show(known: Known, above: DeltaGenerator) -> None:
    """Draw the view."""
    with above:
        found = reads.measured(known)
    made = found.communities_vs_functions
    headline = answers.groups(made)
    influence_network.answer(above, headline, found)
    clicked = network_figure.draw(
        found.network,
        known.functions,
        known.names,
        known.ties,
        key="influence.groups",
        alt=headline,
        by="community",
        title="Groups that the ties make",
        unit_line="Louvain's method with a fixed seed: more ties inside a group than chance would put there",
    )
    if clicked in known.by_id:
        shell.note(_of(known, made, str(clicked)))
    if made.groups:
        shell.title("Groups against functions", "People of each function in each group")
        tables.show(table(known, made), key="influence.members")
    st.html(f'<p class="gw-note">{" ".join(map(markup, rests_on(found)))}</p>')


def table(known: Known, made: Groups) -> tables.Table:
    """One row per group with its people by function, the group's own function first in its row."""
    counted = {group.people: Counter(known.functions.get(person) for person in group.people) for group in made.groups}
    present = [each for each in FUNCTIONS if any(count[each] for count in counted.values())]
    unknown = any(count[None] for count in counted.values())
    columns = [tables.Column(FUNCTIONS[each].name, _count, number=True) for each in present]
    if unknown:
        columns.append(tables.Column("Not known", _count, number=True))
    return tables.Table(
        columns=(
            tables.Column("Group"),
            tables.Column("People", text.number, number=True),
            *columns,
            tables.Column("Who"),
        ),
        rows=tuple(
            (
                tables.Cell(f"Community {number}", "strong", note=_mostly(group)),
                len(group.people),
                *(counted[group.people][each] for each in present),
                *([counted[group.people][None]] if unknown else []),
                _who(known, group),
            )
            for number, group in enumerate(made.groups, start=1)
        ),
        name="groups",
    )


def rests_on(found: Influence) -> tuple[str, ...]:
    """Return how clear the groups are, in sentences."""
    modularity = found.network.modularity
    clear = () if modularity is None else (f"Modularity {text.ratio(modularity)}: 0 is chance, 0.3 and more is clear.",)
    return (*found.said.get("groups", ()), *clear)


def _of(known: Known, made: Groups, person: str) -> str:
    """In which group somebody is."""
    name = known.names[person]
    for number, group in enumerate(made.groups, start=1):
        if person in group.people:
            others = text.plural(len(group.people) - 1, "other", "others")
            return f"{name} is in Community {number} with {others}{', ' if _mostly(group) else ''}{_mostly(group)}."
    return f"{name} is in no group."


def _mostly(group: Group) -> str:
    if group.function not in FUNCTIONS:
        return ""
    return f"most often {FUNCTIONS[group.function].name}, {group.of_function} of {group.known}"


def _who(known: Known, group: Group) -> str:
    names = sorted(known.names[each] for each in group.people)
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {text.number(more)} more" if more > 0 else "")


def _count(value: int | None) -> str:
    """Nobody of a function is an empty cell: the eye goes to where people are."""
    return text.number(value) if value else ""
