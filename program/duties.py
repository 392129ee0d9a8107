"""Duties: the letters of RACI and of DACI, who holds them on what, and what one click would change about that."""

from collections.abc import Iterable
from dataclasses import dataclass

from program.values import Invalid


@dataclass(frozen=True)
class Scheme:
    """
    How an item is owned. letters: in the order in which a cell shows them. words: what each letter stands for.

    one: the letters that exactly one person holds; works: the letter of who carries it out.
    """

    id: str
    name: str
    letters: str
    words: dict[str, str]
    one: str
    works: str


SCHEMES = {
    "raci": Scheme(
        id="raci",
        name="RACI",
        letters="ARCI",
        words={"R": "Responsible", "A": "Accountable", "C": "Consulted", "I": "Informed"},
        one="A",
        works="R",
    ),
    "daci": Scheme(
        id="daci",
        name="DACI",
        letters="DACI",
        words={"D": "Driver", "A": "Approver", "C": "Contributor", "I": "Informed"},
        one="DA",
        works="D",
    ),
}
RACI = SCHEMES["raci"]
LETTERS = RACI.letters
WORDS = RACI.words


@dataclass(frozen=True)
class Duty:
    """One letter of one person on one item."""

    item: str
    person: str
    letter: str


@dataclass(frozen=True)
class Change:
    """One cell: what it holds now and what it would hold, as join_letters writes them."""

    item: str
    person: str
    before: str
    letters: str


@dataclass(frozen=True)
class Fix:
    """What one click would do about a finding: a sentence such as "Make Ann accountable", and the cells it changes."""

    sentence: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Finding:
    """
    What is wrong or risky about the ownership.

    severity: error (a rule is broken) or warning (a number of the policy is passed).
    item, person: as they were given; None when the finding is about the other or about neither.
    fix: a proposal, None where only people can say what to do.
    """

    code: str
    item: str | None
    person: str | None
    severity: str
    sentence: str
    fix: Fix | None = None


def split_letters(text: str, scheme: str = "raci") -> tuple[str, ...]:
    """
    Return the letters of a cell such as "A/R", each once, in the order of the scheme.

    Raises Invalid when a part is not a letter of the scheme.
    """
    rules = SCHEMES[scheme]
    parts = [part.strip().upper() for part in text.split("/")] if text.strip() else []
    for part in parts:
        if part not in rules.words:
            use = f"{', '.join(rules.name)} or several with a slash, as in {rules.letters[0]}/{rules.letters[1]}"
            raise Invalid("duty", f"“{text.strip()}” is no duty. Use {use}.")
    return tuple(letter for letter in rules.letters if letter in parts)


def join_letters(letters: Iterable[str], scheme: str = "raci") -> str:
    """Return letters as one cell, in the order of the scheme: "A/R". Letters of the other scheme are left out."""
    held = set(letters)
    return "/".join(letter for letter in SCHEMES[scheme].letters if letter in held)


def translated(letters: str, *, to: str) -> str:
    """Return a cell in the letters of the other scheme: who does the work drives, and who drives does the work."""
    other = {"raci": {"D": "R"}, "daci": {"R": "D"}}[to]
    return join_letters((other.get(letter, letter) for letter in letters.split("/")), to)


def applied(duties: Iterable[Duty], fix: Fix) -> list[Duty]:
    """Return the duties as they are once a fix is carried out."""
    cells = {(change.item, change.person) for change in fix.changes}
    kept = [duty for duty in duties if (duty.item, duty.person) not in cells]
    given = (
        Duty(change.item, change.person, letter)
        for change in fix.changes
        for letter in change.letters.split("/")
        if letter
    )
    return [*kept, *given]


def in_words(names: Iterable[str]) -> str:
    """Return names as they stand in a sentence: one, two and three."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
