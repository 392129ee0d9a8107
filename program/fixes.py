"""What one click would do about a finding of the ownership matrix: whom to give a letter, and whom to take one from."""

from collections.abc import Callable
from dataclasses import replace

from program.drafts import Draft, State
from program.duties import Finding, Fix, in_words


def with_fix(finding: Finding, state: State) -> Finding:
    """Return the finding with what one click would do about it, where there is something."""
    make = FIXES.get(finding.code)
    return replace(finding, fix=make(finding, Draft(state))) if make else finding


def consult(person: str, state: State) -> Fix | None:
    """Return how to bring in somebody: by asking them about the item on which fewest are asked; None without one."""
    draft = Draft(state)
    live = [item for item in state.items if any(draft.holders(item, each) for each in state.scheme(item).letters)]
    room = [item for item in live if len(draft.holders(item, "C")) < state.rules.consulted_most]
    if not room:
        return None
    item = min(room, key=lambda each: len(draft.holders(each, "C")))
    draft.give(item, person, "C")
    return draft.fix(f"Consult {state.name(person)} on “{state.name(item)}”")


def _no_accountable(finding: Finding, draft: Draft) -> Fix | None:
    item = finding.item or ""
    person = draft.accountable(item)
    if person is None:
        return None
    draft.give(item, person, "A")
    return draft.fix(f"Make {draft.state.name(person)} accountable")


def _no_responsible(finding: Finding, draft: Draft) -> Fix | None:
    item = finding.item or ""
    holders = draft.holders(item, "A")
    person = draft.accountable(item, holders) or holders[0]
    draft.give(item, person, "R")
    return draft.fix(f"Make {draft.state.name(person)} responsible as well")


def _two_accountable(finding: Finding, draft: Draft) -> Fix | None:
    item, name = finding.item or "", draft.state.name
    holders = draft.holders(item, "A")
    kept = draft.accountable(item, holders) or holders[0]
    others = [each for each in holders if each != kept]
    to_work = [each for each in others if "R" not in draft.letters(item, each)]
    for person in others:
        draft.take(item, person, "A")
        draft.give(item, person, "R")
    work = f" and make {in_words(map(name, to_work))} responsible" if to_work else ""
    return draft.fix(f"Keep {name(kept)} accountable{work}")


def _begin(finding: Finding, draft: Draft) -> Fix | None:
    """Give an item that nobody owns its owner."""
    item, name = finding.item or "", draft.state.name
    person = draft.accountable(item)
    if person is None:
        return None
    if draft.state.scheme(item).id == "raci":
        draft.give(item, person, "A")
        draft.give(item, person, "R")
        return draft.fix(f"Make {name(person)} accountable and responsible")
    driver = _driver(item, draft, without=person)
    draft.give(item, driver, "D")
    draft.give(item, person, "A")
    if driver == person:
        return draft.fix(f"Let {name(person)} drive and approve it")
    return draft.fix(f"Let {name(driver)} drive it and {name(person)} approve it")


def _driver(item: str, draft: Draft, *, without: str | None = None) -> str:
    """Return who should drive an item: who contributes already, best not whoever approves."""

    def rank(person: str) -> tuple[bool, bool, bool]:
        held = draft.cells.get((item, person), set())
        return (person == without or "A" in held, "C" not in held, "I" not in held)

    return min(draft.state.people, key=rank)


def _no_driver(finding: Finding, draft: Draft) -> Fix | None:
    person = _driver(finding.item or "", draft)
    draft.give(finding.item or "", person, "D")
    return draft.fix(f"Let {draft.state.name(person)} drive it")


def _no_approver(finding: Finding, draft: Draft) -> Fix | None:
    item = finding.item or ""
    others = [each for each in draft.state.people if "D" not in draft.cells.get((item, each), ())]
    person = draft.accountable(item, others) or draft.accountable(item)
    if person is None:
        return None
    draft.give(item, person, "A")
    return draft.fix(f"Let {draft.state.name(person)} approve it")


def _only_one(finding: Finding, draft: Draft) -> Fix | None:
    """Leave an item of DACI one driver, or one approver; the others contribute."""
    letter, noun = ("D", "driver") if finding.code == "two_drivers" else ("A", "approver")
    item, name = finding.item or "", draft.state.name
    holders = draft.holders(item, letter)
    single = [each for each in holders if not {"A", "D"} <= draft.letters(item, each)] or holders
    kept = (draft.accountable(item, single) if letter == "A" else None) or single[0]
    for person in holders:
        if person != kept:
            draft.take(item, person, letter)
            if not draft.letters(item, person) & {"A", "D"}:
                draft.give(item, person, "C")
    return draft.fix(f"Keep {name(kept)} as the only {noun}")


def _slow_decision(finding: Finding, draft: Draft) -> Fix | None:
    item, name = finding.item or "", draft.state.name
    asked = draft.holders(item, "C")
    excess = len(asked) - draft.state.rules.consulted_most
    last_first = sorted(asked, key=lambda each: (not draft.letters(item, each) & {"A", "R"}, -asked.index(each)))
    told: list[str] = []
    left: list[str] = []
    for person in last_first[:excess]:
        draft.take(item, person, "C")
        if not draft.letters(item, person):
            draft.give(item, person, "I")
            told.append(name(person))
        else:
            left.append(name(person))
    said = [f"take C from {in_words(left)}, who {'has' if len(left) == 1 else 'have'} a duty anyway"] if left else []
    said += [f"inform {in_words(told)} afterward instead of asking before"] if told else []
    sentence = "; ".join(said)
    return draft.fix(sentence[0].upper() + sentence[1:])


def _unassigned_person(finding: Finding, draft: Draft) -> Fix | None:
    person, state = finding.person or "", draft.state
    live = [item for item in state.items if any(draft.holders(item, each) for each in state.scheme(item).letters)]
    if not live:
        return None
    draft.give(live[0], person, "I")
    return draft.fix(f"Keep {state.name(person)} informed on “{state.name(live[0])}”")


def _overload(finding: Finding, draft: Draft) -> Fix | None:
    person, state = finding.person or "", draft.state
    handed: list[str] = []
    mine = [item for item in state.items if "A" in draft.cells.get((item, person), ())]
    helped = [item for item in mine if len(draft.holders(item, state.scheme(item).works)) > 1]
    for item in dict.fromkeys([*helped, *mine]):
        if draft.answers_for[person] <= state.rules.overload:
            break
        others = [each for each in draft.holders(item, "A") if each != person]
        if not others:
            heir = draft.accountable(item, [each for each in state.people if each != person])
            if heir is None or draft.answers_for[heir] >= state.rules.overload:
                continue
            draft.give(item, heir, "A")
            others = [heir]
        draft.take(item, person, "A")
        handed.append(f"“{state.name(item)}” to {state.name(others[0])}")
    if draft.answers_for[person] > state.rules.overload:
        return None
    return draft.fix(f"Hand {in_words(handed)}")


def _resistant_accountable(finding: Finding, draft: Draft) -> Fix | None:
    item, person, state = finding.item or "", finding.person or "", draft.state
    others = [each for each in draft.holders(item, "A") if each != person]
    heir = others[0] if others else draft.accountable(item, [each for each in state.people if each != person])
    if heir is None:
        return None
    draft.give(item, heir, "A")
    draft.take(item, person, "A")
    if not draft.letters(item, person):
        draft.give(item, person, "C" if len(draft.holders(item, "C")) < state.rules.consulted_most else "I")
    return draft.fix(f"Make {state.name(heir)} accountable instead of {state.name(person)}")


FIXES: dict[str, Callable[[Finding, Draft], Fix | None]] = {
    "no_accountable": _no_accountable,
    "no_responsible": _no_responsible,
    "two_accountable": _two_accountable,
    "empty_item": _begin,
    "only_informed": _begin,
    "no_driver": _no_driver,
    "no_approver": _no_approver,
    "two_drivers": _only_one,
    "two_approvers": _only_one,
    "slow_decision": _slow_decision,
    "unassigned_person": _unassigned_person,
    "overload": _overload,
    "resistant_accountable": _resistant_accountable,
}
