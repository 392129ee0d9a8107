"""A matrix of duties as it is, and a draft of changes to it that nobody has carried out yet."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from program.duties import SCHEMES, Change, Duty, Fix, Scheme, join_letters
from program.policy import Policy


class State:
    """
    A matrix as it is. unfit: people who are not proposed as accountable, because they are against the program.
    theirs: by item, the people of the function whose it is; they are proposed where nobody has a letter yet.

    The people come in the order in which they are proposed where nothing else tells them apart.
    """

    def __init__(
        self,
        items: Sequence[str],
        people: Sequence[str],
        duties: Sequence[Duty],
        rules: Policy,
        *,
        names: Mapping[str, str],
        schemes: Mapping[str, str],
        unfit: Collection[str] = (),
        theirs: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        self.items = list(dict.fromkeys([*items, *(duty.item for duty in duties)]))
        self.people = list(dict.fromkeys([*people, *(duty.person for duty in duties)]))
        self.rules, self.names, self.schemes, self.unfit = rules, names, schemes, frozenset(unfit)
        self.theirs = theirs or {}
        self.cells: dict[tuple[str, str], set[str]] = {}
        for duty in duties:
            if duty.letter in self.scheme(duty.item).letters:
                self.cells.setdefault((duty.item, duty.person), set()).add(duty.letter)

    def scheme(self, item: str) -> Scheme:
        return SCHEMES[self.schemes.get(item, "raci")]

    def name(self, id_: str) -> str:
        return self.names.get(id_, id_)


class Draft:
    """Changes to a matrix that are not carried out yet."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.cells = {cell: set(letters) for cell, letters in state.cells.items()}
        self.answers_for = Counter(person for (_, person), letters in self.cells.items() if "A" in letters)

    def letters(self, item: str, person: str) -> set[str]:
        return self.cells.setdefault((item, person), set())

    def holders(self, item: str, letter: str) -> list[str]:
        return [person for person in self.state.people if letter in self.cells.get((item, person), ())]

    def give(self, item: str, person: str, letter: str) -> None:
        """Give a letter; whoever does the work or answers for it need not be asked or told as well."""
        held = self.letters(item, person)
        if letter not in "CI":
            held -= {"C", "I"}
        self.answers_for[person] += letter == "A" and letter not in held
        held.add(letter)

    def take(self, item: str, person: str, letter: str) -> None:
        held = self.letters(item, person)
        self.answers_for[person] -= letter == "A" and letter in held
        held.discard(letter)

    def accountable(self, item: str, among: Iterable[str] | None = None) -> str | None:
        """Return who should answer for an item: those at work on it, its function's, then who answers for least."""
        limit, works = self.state.rules.overload, self.state.scheme(item).works
        candidates = [each for each in (self.state.people if among is None else among) if each not in self.state.unfit]
        free = [each for each in candidates if self.answers_for[each] < limit]
        near, theirs = [works, "C", "I"], self.state.theirs.get(item, ())

        def rank(person: str) -> tuple[int, ...]:
            held, carries = self.cells.get((item, person), set()), self.answers_for[person]
            place = next((at for at, letter in enumerate(near) if letter in held), len(near))
            fits = (place, person not in theirs)
            return (*fits, carries) if free else (carries, *fits)

        return min(free or candidates, key=rank, default=None)

    def fix(self, sentence: str) -> Fix:
        changes = []
        for (item, person), letters in self.cells.items():
            scheme = self.state.scheme(item).id
            before = join_letters(self.state.cells.get((item, person), ()), scheme)
            after = join_letters(letters, scheme)
            if before != after:
                changes.append(Change(item, person, before, after))
        return Fix(sentence, tuple(changes))
