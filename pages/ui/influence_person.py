"""One person in the network: each measure with what it means, who could stand in, and what happens if they leave."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from pages.ui import influence_reads as reads
from pages.ui import states, text
from pages.ui.influence_reads import Known, short
from pages.ui.safe import markup
from pages.ui.shell import Visit
from program.actions.stakeholders import set_stand_in
from program.influence import Influence
from program.network import Person

Measure = tuple[str, str, str]  # its name, its value with the rank, what it means


def show(visit: Visit, known: Known, found: Influence, person_id: str) -> None:
    """Draw the panel of a person."""
    person = next(each for each in found.network.people if each.id == person_id)
    st.html(_panel(known, found, person))
    if visit.may("people.edit"):
        _stand_ins(visit, known, person_id)


def measures(found: Influence, person: Person) -> Iterator[Measure]:
    """Yield every measure of a person: name, value and rank, and its meaning in a sentence."""
    into, out = text.number(person.in_degree), text.number(person.out_degree)
    yield (
        "Degree",
        f"{text.number(person.degree)}{_rank(found, person, lambda each: each.degree)}",
        f"Influences {into}, is influenced by {out}.",
    )
    share = found.shares.get(person.id)
    yield (
        "Betweenness",
        f"{text.percent(share)}{_rank(found, person, lambda each: each.betweenness)}",
        "The share of the shortest ways between two others that lead through them."
        if share is not None
        else "No way leads between two others, so nobody can stand on one.",
    )
    yield (
        "Closeness",
        f"{text.ratio(person.closeness)}{_rank(found, person, lambda each: each.closeness)}",
        "How short their ways to the others are; larger is nearer.",
    )
    yield (
        "Eigenvector",
        f"{text.ratio(person.eigenvector)}{_rank(found, person, lambda each: each.eigenvector or 0)}"
        if person.eigenvector is not None
        else text.UNKNOWN,
        "Whether those whom they influence have influence themselves."
        if person.eigenvector is not None
        else found.network.reasons.get("nodes.eigenvector", "It is not defined here."),
    )
    yield (
        "Constraint",
        text.ratio(person.constraint) if person.constraint is not None else text.UNKNOWN,
        "How much their contacts are tied to each other; low means that they join people who are not."
        if person.constraint is not None
        else "Nobody is tied to them.",
    )
    yield (
        "Cut vertex",
        "yes" if person.cut_vertex else "no",
        "Without them, somebody is cut off." if person.cut_vertex else "Without them, nobody else is cut off.",
    )


def _rank(found: Influence, person: Person, of: Callable[[Person], float]) -> str:
    ahead = sum(of(each) > of(person) for each in found.network.people)
    return f", rank {text.number(ahead + 1)} of {text.number(len(found.network.people))}"


def _panel(known: Known, found: Influence, person: Person) -> str:
    who = known.by_id[person.id]
    rows = "".join(
        f'<dt>{name}</dt><dd><b style="font-weight:600">{markup(value)}</b><br>'
        f'<span class="gw-note">{markup(meaning)}</span></dd>'
        for name, value, meaning in measures(found, person)
    )
    gone = "".join(f"<p>{markup(each)}</p>" for each in reads.leaving(known, person.id).sentences(known.names))
    backups = [known.names[each] for each in known.stand_ins.get(person.id, ())]
    stands_in = f"{text.listed(backups)} could stand in." if backups else "Nobody could stand in yet."
    sign = "" if backups or not _missed(found, person) else '<span class="gw-watch">▲ watch</span> '
    below = " · ".join(filter(None, (reads.role(who), who.stance)))
    return (
        f'<section class="gw-why" aria-label="{markup(short(who.name))}">'
        f'<h2 style="overflow-wrap:anywhere">{markup(who.name)}</h2>'
        f'<p class="gw-note" style="margin-top:-4px">{markup(below)}</p>'
        f"<h3>If this person leaves</h3>{gone}<p>{sign}{markup(stands_in)}</p>"
        f'<h3>Measures</h3><dl style="grid-template-columns:max-content 1fr">{rows}</dl></section>'
    )


def _missed(found: Influence, person: Person) -> bool:
    return person.id in {*found.cut_without_stand_in, *found.brokers_without_stand_in}


def _stand_ins(visit: Visit, known: Known, person: str) -> None:
    """Let the reader say who could stand in; each change is saved by itself."""
    key, current = f"stand_in.{person}", list(known.stand_ins.get(person, ()))
    st.session_state[key] = current
    st.multiselect(
        "Who could stand in",
        [each.id for each in known.people if each.id != person],
        format_func=lambda each: known.labels.get(each, each),
        placeholder="Nobody yet",
        key=key,
        on_change=_save,
        args=(visit, person, current, key),
    )


def _save(visit: Visit, person: str, before: list[str], key: str) -> None:
    chosen = set(st.session_state[key])
    actor = replace(visit.actor, now=datetime.now(UTC))
    with states.saving(later=True):
        for other in sorted(chosen ^ set(before)):
            set_stand_in(
                actor,
                program_id=visit.program_id,
                stakeholder_id=person,
                stand_in_id=other,
                can=other in chosen,
                before=other in before,
            )
