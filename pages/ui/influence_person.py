"""One person in the network: each measure with what it means, who could stand in, and what happens if they leave."""

from collections.abc import Iterator
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

Measure = tuple[str, str, str, str]  # its name, the value, the rank or "", what it means
BETWEEN = "The share of the shortest ways between two others that lead through them."
NONE = "No way leads between two others."
JOINS = "How much their contacts are tied to each other; who joins strangers has little."


def show(visit: Visit, known: Known, found: Influence, person_id: str) -> None:
    """Draw the panel of a person."""
    person = next(each for each in found.network.people if each.id == person_id)
    st.html(_leaving(known, found, person))
    if visit.may("people.edit"):
        _stand_ins(visit, known, person_id)
    st.html(_measures(found, person))


def measures(found: Influence, person: Person) -> Iterator[Measure]:
    """Yield every measure of a person: its name, the value, the rank and what it means."""
    yield "Degree", text.number(person.degree), _rank(found, person, "degree"), _ties(person)
    share = found.shares.get(person.id)
    yield (
        "Betweenness",
        text.percent(share),
        _rank(found, person, "betweenness"),
        BETWEEN if share is not None else NONE,
    )
    nearness = text.ratio(person.closeness)
    yield "Closeness", nearness, _rank(found, person, "closeness"), "How short their ways to the others are."
    if person.eigenvector is None:
        reason = found.network.reasons.get("nodes.eigenvector", "It is not defined here.")
        yield "Eigenvector", text.UNKNOWN, "", reason
    else:
        weight = text.ratio(person.eigenvector)
        yield "Eigenvector", weight, _rank(found, person, "eigenvector"), "Whether those they influence have influence."
    meaning = "Nobody is tied to them." if person.constraint is None else JOINS
    yield "Constraint", text.ratio(person.constraint), "", meaning
    if person.cut_vertex:
        yield "Cut vertex", "yes", "", "Without them, somebody is cut off."
    else:
        yield "Cut vertex", "no", "", "Without them, nobody else is cut off."


def _ties(person: Person) -> str:
    into, out = text.plural(person.in_degree, "person", "people"), text.number(person.out_degree)
    return f"Influences {into}, is influenced by {out}."


def _rank(found: Influence, person: Person, measure: str) -> str:
    mine = getattr(person, measure)
    if not mine:
        return ""
    ahead = sum(getattr(each, measure) > mine for each in found.network.people)
    return f", rank {text.number(ahead + 1)} of {text.number(len(found.network.people))}"


def _leaving(known: Known, found: Influence, person: Person) -> str:
    who = known.by_id[person.id]
    gone = "".join(f"<p>{markup(each)}</p>" for each in reads.leaving(known, person.id).sentences(known.names))
    backups = [known.names[each] for each in known.stand_ins.get(person.id, ())]
    stands_in = f"{text.listed(backups)} could stand in." if backups else "Nobody could stand in yet."
    sign = '<span class="gw-watch">▲ watch</span> ' if _missed(found, person) else ""
    below = " · ".join(filter(None, (reads.role(who), who.stance)))
    return (
        f'<section class="gw-why" aria-label="{markup(short(who.name))}">'
        f'<h2 style="margin:0;overflow-wrap:anywhere">{markup(who.name)}</h2>'
        f'<p class="gw-note">{markup(below)}</p>'
        f'<h3>If this person leaves</h3>{gone}<p style="margin:0">{sign}{markup(stands_in)}</p></section>'
    )


def _measures(found: Influence, person: Person) -> str:
    line = "display:flex;justify-content:space-between;gap:12px;font-size:.9375rem;color:var(--gw-ink)"
    rows = "".join(
        f'<div style="margin-bottom:8px"><div style="{line}"><dt>{name}</dt>'
        f'<dd style="margin:0;text-align:right"><b style="font-weight:600">{markup(value)}</b>{markup(rank)}</dd></div>'
        f'<p class="gw-note">{markup(meaning)}</p></div>'
        for name, value, rank, meaning in measures(found, person)
    )
    return (
        '<section aria-label="Measures"><h3 style="font-size:1rem;font-weight:600;margin:0 0 8px;padding:0;'
        f'color:var(--gw-ink)">Measures</h3><dl style="margin:0;padding:0">{rows}</dl></section>'
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
