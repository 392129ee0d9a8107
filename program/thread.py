"""The golden thread: from what was found out to what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass

from program.proposed_risks import ProposedRisk

MOST = 3
RISKS = {
    "cut_without_stand_in": "Find a stand-in for {}",
    "broker_without_stand_in": "Find a stand-in for {}",
    "resistant_accountable": "Win over {} or find another owner",
    "powerful_without_duty": "Give {} a duty",
    "assumption_broken": "Plan without “{}”",
    "assumption_overdue": "Check “{}”",
    "waiver_ended": "Settle the waiver of “{}”",
    "line_overspent": "Decide on “{}”",
}


@dataclass(frozen=True)
class NextAction:
    """Something worth doing now: what, why in one sentence, and the page where it is done."""

    title: str
    why: str
    page: str


@dataclass(frozen=True)
class ClosedGate:
    """
    A gate that holds the program back.

    aspect: mindset or mechanism. dimension: the name of its lowest gated dimension, None when it has no scores.
    score: of that dimension. component: the one that should lift it; planned: whether the program has it.
    reason: why the gate is closed when answers are missing.
    """

    aspect: str
    dimension: str | None
    score: float | None
    component: str | None = None
    planned: bool = False
    reason: str | None = None


@dataclass(frozen=True)
class Facts:
    """
    What the ranking looks at. Names are in the order in which they matter most.

    has_run: a run that has answers or still takes them. people: on the stakeholder map. has_data: anything was
    brought in from the client's systems. risks: the name of whom or what each is about, and the risk. undecided,
    overdue: open decisions and follow-ups past their day, and by how many days. unowned_risks: those that ask for
    action.
    """

    has_run: bool
    answers: int
    gate: ClosedGate | None
    people: int
    components: int
    ownership_errors: Sequence[str]
    unowned: Sequence[str]
    late: Sequence[tuple[str, int]]
    over_budget: Sequence[str]
    has_data: bool
    technology_heavy: str | None = None
    risks: Sequence[tuple[str, ProposedRisk]] = ()
    undecided: Sequence[tuple[str, int]] = ()
    unowned_risks: Sequence[str] = ()
    overdue: Sequence[tuple[str, int]] = ()


def next_actions(facts: Facts) -> tuple[NextAction, ...]:
    """
    Return at most three next actions, the most urgent first.

    The order: no assessment, a closed gate, no components, nobody on the map, rules of ownership broken, components
    without an owner, decisions past their day, grave risks without an owner, overdue follow-ups, proposed risks, late
    components, lines over budget, no data, too much technology. It follows the thread: nothing is bought before it is
    known what for, and nobody can own anything before somebody is on the map.
    """
    candidates = (
        _assess(facts),
        _open_gate(facts.gate),
        _adopt(facts),
        _map_people(facts.people),
        _mend_ownership(facts.ownership_errors),
        _name_owner(facts.unowned),
        _make_up_minds(facts.undecided),
        _own_risks(facts.unowned_risks),
        _follow_up(facts.overdue),
        _face(facts.risks),
        _catch_up(facts.late),
        _look_at_money(facts.over_budget),
        _bring_in(facts.has_data),
        _balance(facts.technology_heavy),
    )
    return tuple(action for action in candidates if action)[:MOST]


def _assess(facts: Facts) -> NextAction | None:
    if not facts.has_run:
        why = "Nobody has answered yet, so the program cannot say where to begin."
        return NextAction("Start the first assessment", why, "assess/take.py")
    if not facts.answers:
        return NextAction("Answer the assessment", "The run is open and has no answers yet.", "assess/take.py")
    return None


def _open_gate(gate: ClosedGate | None) -> NextAction | None:
    if gate is None:
        return None
    if gate.dimension is None or gate.score is None:
        why = gate.reason or f"The {gate.aspect} gate stays closed while too few answers are in."
        return NextAction(f"Ask more people about {gate.aspect}", why, "assess/take.py")
    why = f"At {gate.score:.1f} of 4 it keeps {gate.aspect} below its gate."
    if gate.component:
        why = f"{why} “{gate.component}” {'is planned to' if gate.planned else 'would'} lift it."
    return NextAction(f"Work on “{gate.dimension}”", why, "plan/components.py")


def _adopt(facts: Facts) -> NextAction | None:
    if facts.components or not facts.answers:
        return None
    why = "The answers show where to begin, but the plan has no components."
    return NextAction("Adopt the proposed components", why, "plan/components.py")


def _map_people(people: int) -> NextAction | None:
    if people:
        return None
    why = "Nobody is on the map, so no component can have an owner and no stance is known."
    return NextAction("Put people on the map", why, "people/stakeholders.py")


def _mend_ownership(errors: Sequence[str]) -> NextAction | None:
    if not errors:
        return None
    more = f" There {'is' if len(errors) == 2 else 'are'} {len(errors) - 1} more." if len(errors) > 1 else ""
    return NextAction("Mend the ownership matrix", f"{errors[0]}{more}", "people/ownership.py")


def _name_owner(unowned: Sequence[str]) -> NextAction | None:
    if not unowned:
        return None
    if len(unowned) == 1:
        why = "Nobody is accountable for it, so nobody will notice when it stalls."
        return NextAction(f"Name an owner of “{unowned[0]}”", why, "people/ownership.py")
    why = f"Nobody is accountable for “{unowned[0]}” and {len(unowned) - 1} more."
    return NextAction(f"Name the owners of {len(unowned)} components", why, "people/ownership.py")


def _make_up_minds(undecided: Sequence[tuple[str, int]]) -> NextAction | None:
    if not undecided:
        return None
    question, days = undecided[0]
    why = f"It should have been decided {days} {'day' if days == 1 else 'days'} ago."
    if len(undecided) > 1:
        why = f"{why} {len(undecided) - 1} more {'waits' if len(undecided) == 2 else 'wait'}."
    return NextAction(f"Decide “{question}”", why, "plan/decisions.py")


def _own_risks(unowned: Sequence[str]) -> NextAction | None:
    if not unowned:
        return None
    why = "It asks for action, and nobody answers for it."
    if len(unowned) > 1:
        why = f"{why} {len(unowned) - 1} more {'has' if len(unowned) == 2 else 'have'} no owner either."
    return NextAction(f"Name who owns the risk “{unowned[0]}”", why, "plan/risks.py")


def _follow_up(overdue: Sequence[tuple[str, int]]) -> NextAction | None:
    if not overdue:
        return None
    title, days = overdue[0]
    why = f"It was agreed for {days} {'day' if days == 1 else 'days'} ago."
    if len(overdue) > 1:
        why = f"{why} {len(overdue) - 1} more {'is' if len(overdue) == 2 else 'are'} overdue."
    return NextAction(f"Follow up on “{title}”", why, "plan/decisions.py")


def _face(risks: Sequence[tuple[str, ProposedRisk]]) -> NextAction | None:
    if not risks:
        return None
    name, first = risks[0]
    more = len(risks) - 1
    said = f" {more} more {'risk is' if more == 1 else 'risks are'} proposed." if more else ""
    return NextAction(RISKS[first.code].format(name), f"{first.sentence}{said}", first.page)


def _catch_up(late: Sequence[tuple[str, int]]) -> NextAction | None:
    if not late:
        return None
    name, days = late[0]
    why = f"It was due {days} {'day' if days == 1 else 'days'} ago and is not live."
    if len(late) > 1:
        why = f"{why} {len(late) - 1} more {'is' if len(late) == 2 else 'are'} late."
    return NextAction(f"Get “{name}” live or move its date", why, "plan/components.py")


def _look_at_money(over: Sequence[str]) -> NextAction | None:
    if not over:
        return None
    why = (
        "The line will cost more than planned." if len(over) == 1 else f"{len(over)} lines will cost more than planned."
    )
    return NextAction(f"Decide on “{over[0]}”", why, "plan/budget.py")


def _bring_in(has_data: bool) -> NextAction | None:
    if has_data:
        return None
    why = "Without data from before a component goes live, nobody can say later whether it changed anything."
    return NextAction("Bring in a file", why, "measure/sources.py")


def _balance(sentence: str | None) -> NextAction | None:
    return NextAction("Plan more for people and change", sentence, "plan/budget.py") if sentence else None
