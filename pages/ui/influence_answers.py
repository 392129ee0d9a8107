"""The headlines of the influence page, one per view: what the ties answer."""

from pages.ui import text
from pages.ui.influence_reads import Known, Paths, short
from program.departure import Departure
from program.influence import Groups, Influence
from program.influence_words import few

SAME = 1e-9  # two shares of ways that differ by less are the same
FOLLOWS = 0.75  # from this share of people on, the groups are told as following the functions
NO_TIES = "Nobody is tied to anybody yet."
WHAT_IS_A_TIE = (
    "A tie says who influences, advises, blocks or reports to whom, and how strongly. From the ties Groundwork says "
    "through whom most goes, who holds the network together, and how the sponsor reaches the resistant. Ties are about "
    "named people: only facilitators and owners of this program see them."
)


def few_people(found: Known) -> str:
    """Return what a map of nobody or of one person answers."""
    if not found.people:
        return "Nobody is on the map yet."
    return f"{short(found.people[0].name)} is the only one on the map, and has nobody to be tied to."


def weakest(found: Influence) -> str | None:
    """Return without whom the network falls apart: whoever most leads through, else the first of the others."""
    cuts = [each for each in found.network.people if each.cut_vertex]
    return max(cuts, key=lambda each: each.betweenness).id if cuts else None


def network(found: Influence, falls: Departure | None) -> str:
    """Return through whom most leads, and who is cut off without whom. falls: the departure of the weakest point."""
    people = found.network.people
    if not any(each.degree for each in people):
        return "No tie carries influence yet: what is recorded blocks." if found.said.get("blocks") else NO_TIES
    most = max(each.betweenness for each in people)
    first = sorted(short(found.names[each.id]) for each in people if each.betweenness > most * (1 - SAME))
    way = f"Most ways lead through {few(first)}" if most else ""
    if falls is None:
        holds = "the network holds together whoever leaves"
        return f"{way}; {holds}." if way else f"Nobody stands between two others: {holds}."
    lost, who = text.plural(len(falls.cut_off), "person is", "people are"), short(found.names[falls.person])
    if not way:
        return f"Without {who}, {lost} cut off."
    return f"{way}; without {'them' if first == [who] else who}, {lost} cut off."


def ways(found: Known, begin: str | None, paths: Paths) -> str:
    """Return whom the sponsor reaches of the resistant."""
    if begin is None:
        return "Nobody on the map could be the sponsor."
    who = short(found.names[begin])
    if not paths:
        return f"Nobody on the map is resistant, so {who} has nobody to win over."
    missing = [short(found.names[each]) for each, path in paths.items() if path is None]
    reached = len(paths) - len(missing)
    if not missing and len(paths) == 1:
        (only,) = paths
        return f"{who} reaches the one resistant person, {short(found.names[only])}."
    if not missing:
        return f"{who} reaches all {len(paths)} resistant people."
    some = f"{reached or 'none'} of {len(paths)} resistant {'person' if len(paths) == 1 else 'people'}"
    return f"{who} reaches {some}; no way leads to {few(missing)}."


def ties(found: Known) -> str:
    """Return how many ties there are, and who has none."""
    if not found.ties:
        return NO_TIES
    count, alone = text.plural(len(found.ties), "tie is", "ties are"), len(found.people) - len(found.tied)
    whom = f"{text.number(alone)} of {text.number(len(found.people))} people {'has' if alone == 1 else 'have'} none yet"
    everybody = f"all {text.number(len(found.people))} people have one"
    return text.capital(f"{count} recorded; {whom if alone else everybody}.")


def groups(found: Groups) -> str:
    """Return whether the groups that the ties make follow the functions."""
    count = len(found.groups)
    if not count:
        return "The ties make no groups yet."
    if count == 1:
        return f"The ties make one group of {len(found.groups[0].people)} people."
    alike, asked = sum(each.of_function for each in found.groups), sum(each.known for each in found.groups)
    if not asked:
        return f"The ties make {count} groups; nobody's function is known to compare them."
    share = f"{alike} of {asked} people are in a group where most are of their function"
    if alike >= FOLLOWS * asked:
        return f"The {count} groups follow the functions: {share}."
    return f"The {count} groups cut across the functions: {'only ' if alike else ''}{share}."
