"""What each of the people carries: how much, for what, who has nothing, and which risks that proposes."""

from collections import defaultdict
from collections.abc import Sequence

import streamlit as st

from assessments.functions import FUNCTIONS
from pages.ui import people, shell, tables, text
from pages.ui.owning import Owners
from pages.ui.safe import markup
from program.ownership import KINDS, SCHEMES, Load, join_letters
from program.policy import load as policy
from program.proposed_risks import ProposedRisk, proposed_risks

EVERYBODY, ALL = "", ""
_ROW = "border-bottom:1px solid var(--gw-rule);padding:8px 0;margin:0"
KEY = (
    "A answers for it or approves it · R does the work · D drives it · C is asked before or contributes · I is told "
    "after. Counted over components, capabilities and decisions."
)
FEW = 4  # names in a headline
MEND = {
    "resistant_accountable": "Name somebody else in the matrix, or plan the next step with them on the map.",
    "powerful_without_duty": "Consult them on something in the matrix.",
}


def filters(owners: Owners) -> tuple[str, str]:
    """Draw the choice of a function and of one person; return their ids, "" for all of them."""
    held = {person.function for person in owners.people}
    functions = {each.id: each.name for each in FUNCTIONS.values() if each.id in held}
    one, two = st.columns(2, width=640)
    function = one.selectbox(
        "Function",
        [ALL, *functions],
        format_func=lambda each: functions.get(each, "All functions"),
        key="duty.function",
        bind="query-params",
    )
    names = {person.id: person.name for person in owners.people if function in (ALL, person.function)}
    who = two.selectbox(
        "Person",
        [EVERYBODY, *names],
        format_func=lambda each: names.get(each, "Everybody"),
        key="duty.person",
        bind="query-params",
    )
    return function or ALL, who or EVERYBODY


def shown(owners: Owners, function: str) -> list[Load]:
    """Return the loads of the people of a function, the heaviest first."""
    by_id = {person.id: person for person in owners.people}
    found = [each for each in owners.loads if function in (ALL, by_id[each.person].function)]
    return sorted(found, key=lambda each: (-each.accountable, -(each.responsible + each.drives), -_all(each)))


def headline(loads: Sequence[Load], owners: Owners) -> str:
    """Return the one sentence that the loads answer with."""
    names, most = owners.names, policy().overload
    over = [names[each.person] for each in loads if each.overload]
    idle = [names[each.person] for each in loads if not _all(each)]
    if len(over) == 1:
        return f"{over[0]} answers for {loads[0].accountable} items. More than {most} is too many to follow."
    if over:
        return f"{len(over)} people answer for more than {most} items: {_few(over)}."
    if idle:
        noun = text.plural(len(loads), "person", "people")
        return f"{len(idle)} of {noun} {'has' if len(idle) == 1 else 'have'} no duty: {_few(idle)}."
    return f"Everybody has a duty, and nobody answers for more than {most} items."


def as_table(loads: Sequence[Load], owners: Owners) -> tables.Table:
    """One row per person: how many items by duty, and the names of those they answer for."""
    by_id, names = {person.id: person for person in owners.people}, owners.names
    answers: defaultdict[str, list[str]] = defaultdict(list)
    for duty in owners.duties:
        if duty.letter == "A":
            answers[duty.person].append(names[duty.item])
    drives = any(each.drives for each in owners.loads)
    heads = ("A", "R", *(("D",) if drives else ()), "C", "I")
    return tables.Table(
        columns=(
            tables.Column("Who"),
            *(tables.Column(head, text.number, number=True) for head in heads),
            tables.Column("Answers for", tables.blank),
        ),
        rows=tuple(
            (
                tables.Cell(names[each.person], "strong", note=people.role(by_id[each.person])),
                _accountable(each),
                _count(each.responsible),
                *((_count(each.drives),) if drives else ()),
                _count(each.consulted),
                _count(each.informed),
                _answers(each, answers[each.person]),
            )
            for each in loads
        ),
        name="loads",
    )


def one_person(owners: Owners, who: str) -> tables.Table:
    """Everything that one person has a duty on: the item, what kind it is, and the duty in words."""
    held: defaultdict[str, set[str]] = defaultdict(set)
    for duty in owners.duties:
        if duty.person == who:
            held[duty.item].add(duty.letter)
    rows = []
    for item in owners.items:
        scheme = SCHEMES[item.scheme]
        if letters := join_letters(held[item.id], item.scheme):
            words = " and ".join(scheme.words[letter].lower() for letter in letters.split("/"))
            rows.append((item.name, KINDS[item.kind][0], letters, text.capital(words)))
    columns = ("Item", "Kind", "Duty", "In words")
    return tables.Table(tuple(tables.Column(each) for each in columns), tuple(rows), name="duties_of_one")


def risks(owners: Owners) -> list[ProposedRisk]:
    """Return the risks that the owners propose; those that rest on ties stand with the influence."""
    return proposed_risks(owners.people, owners.duties, names=owners.names)


def show_risks(found: Sequence[ProposedRisk]) -> None:
    """Draw the proposed risks, each with where to mend it, and the two ways there."""
    shell.title("Proposed risks", "Nobody has written these down yet")
    rows = "".join(
        f'<li style="{_ROW}"><span class="gw-watch">▲ watch</span> '
        f'{markup(each.sentence)} <span class="gw-note">{MEND.get(each.code, "")}</span></li>'
        for each in found
    )
    st.html(f'<ul style="list-style:none;margin:0;padding:0;max-width:60rem;color:var(--gw-ink)">{rows}</ul>')
    with st.container(horizontal=True):
        st.button("Open the matrix", key="risk.matrix", on_click=_open_matrix)
        if st.button("Open the map", key="risk.map"):
            st.switch_page("people/stakeholders.py")


def _open_matrix() -> None:
    st.session_state["duty.view"] = "Matrix"


def _accountable(load: Load) -> tables.Cell:
    return tables.Cell(load.accountable, "watch", "▲ too many") if load.overload else _count(load.accountable)


def _count(number: int) -> tables.Cell:
    return tables.Cell(number, "" if number else "muted")


def _answers(load: Load, names: Sequence[str]) -> tables.Cell:
    if not _all(load):
        return tables.Cell("○ no duty", "muted")
    return tables.Cell(", ".join(names))


def _all(load: Load) -> int:
    return load.accountable + load.responsible + load.consulted + load.informed + load.drives


def _few(names: Sequence[str]) -> str:
    return text.listed(names) if len(names) <= FEW else f"{', '.join(names[: FEW - 1])} and {len(names) - FEW + 1} more"
