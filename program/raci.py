"""The rules of RACI and DACI: who does it, who answers for it, who is asked or told, and what is wrong with that."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from program.drafts import State
from program.duties import (
    LETTERS,
    SCHEMES,
    WORDS,
    Change,
    Duty,
    Finding,
    Fix,
    Scheme,
    applied,
    in_words,
    join_letters,
    split_letters,
    translated,
)
from program.fixes import with_fix
from program.policy import Policy, load

__all__ = [
    "LETTERS",
    "SCHEMES",
    "WORDS",
    "Change",
    "Duty",
    "Finding",
    "Fix",
    "Scheme",
    "applied",
    "as_json",
    "findings",
]
__all__ += ["in_words", "join_letters", "split_letters", "translated"]

KEYS = ("code", "item", "person", "severity", "sentence")
Holders = Mapping[str, list[str]]


def findings(
    items: Sequence[str],
    people: Sequence[str],
    duties: Sequence[Duty],
    policy: Policy | None = None,
    *,
    names: Mapping[str, str] | None = None,
    schemes: Mapping[str, str] | None = None,
    unfit: Collection[str] = (),
    theirs: Mapping[str, Collection[str]] | None = None,
) -> list[Finding]:
    """
    Return what is wrong with a matrix: items in their order first, then people in theirs, each with its fix.

    names: what to call items and people in the sentences, when they are given by id. schemes: raci or daci by item,
    raci for those that are not named; letters of the other scheme count for nothing. unfit: people whom no fix proposes
    as accountable. theirs: by item, the people of the function whose it is, whom a fix proposes before others where
    nobody has a letter. A finding about an empty item or one with only C and I stands instead of those about single
    letters.
    """
    rules = policy or load()
    call = dict(names or {})
    holders: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for duty in dict.fromkeys(duties):
        holders[duty.item, duty.letter].append(duty.person)
    found: list[Finding] = []
    for item in _each(items, (duty.item for duty in duties)):
        scheme = SCHEMES[(schemes or {}).get(item, "raci")]
        held = {letter: holders[item, letter] for letter in scheme.letters}
        found += _item_findings(item, held, scheme, rules, lambda id_: call.get(id_, id_))
    answers_for = Counter(duty.person for duty in set(duties) if duty.letter == "A")
    busy = {duty.person for duty in duties}
    for person in _each(people, (duty.person for duty in duties)):
        found += _person_findings(person, person in busy, answers_for[person], rules, call)
    state = State(items, people, duties, rules, names=call, schemes=schemes or {}, unfit=unfit, theirs=theirs)
    return [with_fix(finding, state) for finding in found]


def _each(declared: Sequence[str], used: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*declared, *used]))


def _item_findings(
    item: str, held: Holders, scheme: Scheme, rules: Policy, call: Callable[[str], str]
) -> Iterable[Finding]:
    name = call(item)
    if not any(held.values()):
        yield Finding("empty_item", item, None, "error", f"Nobody has a duty on “{name}”.")
        return
    if not held["A"] and not held[scheme.works]:
        sentence = f"“{name}” has people to ask or to tell, but nobody who does it or answers for it."
        yield Finding("only_informed", item, None, "error", sentence)
        return
    yield from (_raci_findings if scheme.id == "raci" else _daci_findings)(item, name, held, call)
    if scheme.id == "raci" and len(held["C"]) > rules.consulted_most:
        sentence = f"{len(held['C'])} people are consulted on “{name}”. More than {rules.consulted_most} slow it down."
        yield Finding("slow_decision", item, None, "warning", sentence)


def _raci_findings(item: str, name: str, held: Holders, call: Callable[[str], str]) -> Iterable[Finding]:
    if not held["A"]:
        yield Finding("no_accountable", item, None, "error", f"Nobody is accountable for “{name}”.")
    if not held["R"]:
        yield Finding("no_responsible", item, None, "error", f"Nobody is responsible for the work on “{name}”.")
    if len(held["A"]) > 1:
        sentence = f"{_several(held['A'], call)} accountable for “{name}”. Exactly one person can be."
        yield Finding("two_accountable", item, None, "error", sentence)


def _daci_findings(item: str, name: str, held: Holders, call: Callable[[str], str]) -> Iterable[Finding]:
    if not held["D"]:
        yield Finding("no_driver", item, None, "error", f"Nobody drives “{name}”.")
    if not held["A"]:
        yield Finding("no_approver", item, None, "error", f"Nobody approves “{name}”.")
    if len(held["D"]) > 1:
        sentence = f"{_several(held['D'], call)} drivers of “{name}”. Exactly one person can be."
        yield Finding("two_drivers", item, None, "error", sentence)
    if len(held["A"]) > 1:
        sentence = f"{_several(held['A'], call)} approvers of “{name}”. Exactly one person can be."
        yield Finding("two_approvers", item, None, "error", sentence)


def _several(people: Sequence[str], call: Callable[[str], str]) -> str:
    return f"{in_words(map(call, people))} are {'both' if len(people) == 2 else 'all'}"


def _person_findings(
    person: str, busy: bool, answers_for: int, rules: Policy, names: Mapping[str, str]
) -> Iterable[Finding]:
    name = names.get(person, person)
    if not busy:
        yield Finding("unassigned_person", None, person, "warning", f"{name} has no duty yet.")
    if answers_for > rules.overload:
        sentence = f"{name} is accountable for {answers_for} items. More than {rules.overload} is too many to follow."
        yield Finding("overload", None, person, "warning", sentence)


def as_json(found: Iterable[Finding]) -> dict[str, Any]:
    """Return the command line's object: findings with code, item, person, severity, sentence."""
    return {"findings": [{key: getattr(finding, key) for key in KEYS} for finding in found]}
