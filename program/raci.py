"""The rules of RACI: who is responsible, accountable, consulted or informed, and what is wrong with that."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from program.policy import Policy, load
from program.values import Invalid

LETTERS = "ARCI"
WORDS = {"R": "Responsible", "A": "Accountable", "C": "Consulted", "I": "Informed"}


@dataclass(frozen=True)
class Duty:
    """One letter of one person on one item."""

    item: str
    person: str
    letter: str


@dataclass(frozen=True)
class Finding:
    """
    What is wrong or risky about the ownership.

    severity: error (a rule is broken) or warning (a number of the policy is passed).
    item, person: as they were given; None when the finding is about the other or about neither.
    """

    code: str
    item: str | None
    person: str | None
    severity: str
    sentence: str


def split_letters(text: str) -> tuple[str, ...]:
    """
    Return the letters of a cell such as "A/R", each once, in the order of LETTERS.

    Raises Invalid when a part is not one of R, A, C, I.
    """
    parts = [part.strip().upper() for part in text.split("/")] if text.strip() else []
    for part in parts:
        if part not in WORDS:
            raise Invalid("duty", f"“{text.strip()}” is no duty. Use R, A, C, I or several with a slash, as in A/R.")
    return tuple(letter for letter in LETTERS if letter in parts)


def join_letters(letters: Iterable[str]) -> str:
    """Return letters as one cell, accountable first: "A/R"."""
    held = set(letters)
    return "/".join(letter for letter in LETTERS if letter in held)


def findings(
    items: Sequence[str],
    people: Sequence[str],
    duties: Sequence[Duty],
    policy: Policy | None = None,
    *,
    names: Mapping[str, str] | None = None,
) -> list[Finding]:
    """
    Return what is wrong with a matrix: items in their order first, then people in theirs.

    names: what to call items and people in the sentences, when they are given by id.
    A finding about an empty item or one with only C and I stands instead of "no accountable" and "no responsible".
    """
    rules = policy or load()
    call = dict(names or {})
    holders: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for duty in dict.fromkeys(duties):
        holders[duty.item, duty.letter].append(duty.person)
    found = [
        finding
        for item in _each(items, (duty.item for duty in duties))
        for finding in _item_findings(item, {letter: holders[item, letter] for letter in LETTERS}, rules, call)
    ]
    answers_for = Counter(duty.person for duty in set(duties) if duty.letter == "A")
    busy = {duty.person for duty in duties}
    for person in _each(people, (duty.person for duty in duties)):
        found += _person_findings(person, person in busy, answers_for[person], rules, call)
    return found


def _each(declared: Sequence[str], used: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*declared, *used]))


def _item_findings(
    item: str, held: Mapping[str, list[str]], rules: Policy, names: Mapping[str, str]
) -> Iterable[Finding]:
    name = names.get(item, item)
    accountable, responsible, consulted = held["A"], held["R"], held["C"]
    if not any(held.values()):
        yield Finding("empty_item", item, None, "error", f"Nobody has a duty on “{name}”.")
    elif not accountable and not responsible:
        sentence = f"“{name}” has people to ask or to tell, but nobody who does it or answers for it."
        yield Finding("only_informed", item, None, "error", sentence)
    else:
        if not accountable:
            yield Finding("no_accountable", item, None, "error", f"Nobody is accountable for “{name}”.")
        if not responsible:
            yield Finding("no_responsible", item, None, "error", f"Nobody is responsible for the work on “{name}”.")
    if len(accountable) > 1:
        who = in_words(names.get(person, person) for person in accountable)
        sentence = f"{who} are all accountable for “{name}”. Exactly one person can be."
        if len(accountable) == 2:
            sentence = f"{who} are both accountable for “{name}”. Exactly one person can be."
        yield Finding("two_accountable", item, None, "error", sentence)
    if len(consulted) > rules.consulted_most:
        sentence = f"{len(consulted)} people are consulted on “{name}”. More than {rules.consulted_most} slow it down."
        yield Finding("slow_decision", item, None, "warning", sentence)


def _person_findings(
    person: str, busy: bool, answers_for: int, rules: Policy, names: Mapping[str, str]
) -> Iterable[Finding]:
    name = names.get(person, person)
    if not busy:
        yield Finding("unassigned_person", None, person, "warning", f"{name} has no duty yet.")
    if answers_for > rules.overload:
        sentence = f"{name} is accountable for {answers_for} items. More than {rules.overload} is too many to follow."
        yield Finding("overload", None, person, "warning", sentence)


def in_words(names: Iterable[str]) -> str:
    """Return names as they stand in a sentence: one, two and three."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def as_json(found: Iterable[Finding]) -> dict[str, Any]:
    """Return the command line's object: findings with code, item, person, severity, sentence."""
    return {"findings": [vars(finding) for finding in found]}
