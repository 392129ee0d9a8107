"""What the influence network says, in sentences. Every name is the one to show, never an id."""

from collections.abc import Sequence

from program.duties import in_words

SHOWN = 3


def few(names: Sequence[str]) -> str:
    """Return names as they stand in a sentence, at most three of them: Ann, Bo, Cy and 4 more."""
    if len(names) <= SHOWN + 1:
        return in_words(names)
    return f"{', '.join(names[:SHOWN])} and {len(names) - SHOWN} more"


def caution(tied: int, small: int) -> str | None:
    """Return what to keep in mind about a small network."""
    if not 0 < tied < small:
        return None
    return f"Only {tied} people have ties. Below {small} one tie more or less changes the order: read it as questions."


def connected(people: int, alone: Sequence[str], parts: int) -> list[str]:
    """Return who stands alone, and whether the rest hangs together."""
    if not people:
        return ["Nobody is on the map yet."]
    if people == 1:
        return [f"{alone[0]} is the only one on the map, and one person has nobody to be tied to."]
    if len(alone) == people:
        return ["Nobody is tied to anybody yet."]
    said = []
    if parts > 1:
        said.append(f"The network has {parts} separate parts. Nothing passes from one to the other.")
    if alone:
        said.append(f"{few(alone)} {'has' if len(alone) == 1 else 'have'} no tie that carries influence.")
    return said


def through(first: str | None, share: float | None) -> list[str]:
    """Return whom most influence runs through. share: of the shortest ways between two others."""
    if first is None:
        return ["Nobody stands between two others."]
    ways = f": {share:.0%} of the shortest ways between two others" if share is not None else ""
    return [f"Most influence runs through {first}{ways}."]


def nearest(names: Sequence[str]) -> list[str]:
    """Return who needs the fewest steps to reach the others."""
    if not names:
        return []
    stands = "stands" if len(names) == 1 else "stand"
    return [f"{few(names)} {stands} nearest to all: a word from them reaches the others on the shortest ways."]


def bridging(pairs: Sequence[Sequence[str]]) -> list[str]:
    """Return the ties that hold the network together."""
    if not pairs:
        return ["No single tie holds the network together."]
    named = "; ".join(f"{first} and {second}" for first, second in pairs[:SHOWN])
    more = f"; and {len(pairs) - SHOWN} more" if len(pairs) > SHOWN else ""
    if len(pairs) == 1:
        return [f"One tie is a bridge, without which the network falls apart: {named}."]
    return [f"{len(pairs)} ties are bridges, without which the network falls apart: {named}{more}."]


def brokers(names: Sequence[str], without_stand_in: Sequence[str]) -> list[str]:
    """Return who connects the others, and who of them has nobody to take over."""
    if not names:
        return []
    said = f"{few(names)} {'connects' if len(names) == 1 else 'connect'} the others."
    if not without_stand_in:
        return [f"{said} {'They have' if len(names) > 1 else 'There is'} a stand-in."]
    return [f"{said} Nobody could stand in for {few(without_stand_in)}."]


def grouped(groups: int, inside: float | None, inside_functions: float | None, alike: int, known: int) -> list[str]:
    """Return how the groups that the ties make compare with the functions."""
    if inside is None:
        return []
    said = [f"The ties make {groups} {'group' if groups == 1 else 'groups'}; {inside:.0%} of the ties stay inside one."]
    if inside_functions is None or not known:
        return [*said, "The functions of too few people are known to compare them."]
    same = f"{alike} of {known} people are in a group where most are of their function"
    return [*said, f"{inside_functions:.0%} of the ties stay inside one function, and {same}."]


def sponsored(sponsor: str | None, paths: Sequence[tuple[str, Sequence[str] | None]]) -> list[str]:
    """Return how the sponsor reaches each resistant person. paths: name and way, both ends included."""
    if not paths:
        return ["Nobody on the map is resistant."] if sponsor else []
    if sponsor is None:
        return ["Nobody on the map could be the sponsor, so there is no path to the resistant."]
    return [_path(sponsor, person, path) for person, path in paths]


def _path(sponsor: str, person: str, path: Sequence[str] | None) -> str:
    if path is None:
        return f"No path leads from {sponsor} to {person}, who is resistant."
    if len(path) == 2:
        return f"{sponsor} reaches {person}, who is resistant, directly."
    return f"{sponsor} reaches {person}, who is resistant, through {', then '.join(path[1:-1])}."


def blocked(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Return who blocks whom."""
    said = [f"{first} blocks {second}." for first, second in pairs[:SHOWN]]
    if len(pairs) > SHOWN:
        said.append(f"{len(pairs) - SHOWN} more ties block somebody.")
    return said


def covered(components: int, near: int, ties: int, far: Sequence[str]) -> list[str]:
    """Return how many components have an accountable person who is near to everybody who does the work."""
    if not components:
        return []
    within = f"at most {ties} {'tie' if ties == 1 else 'ties'}"
    if not far:
        return [f"On every component the accountable person is {within} away from everybody who does the work."]
    if components == 1:
        return [f"The accountable person is not {within} away from everybody who does the work on {few(far)}."]
    return [
        f"On {near or 'none'} of {components} components the accountable person is {within} away from everybody who "
        f"does the work; not on {few(far)}."
    ]
