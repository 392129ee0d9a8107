"""The golden thread: from what was found out to what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass

from program.proposed_risks import ProposedRisk

MOST = 3
AHEAD = 14  # days in which a follow-up that comes due is told of
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
    overdue: open decisions and follow-ups past their day, and by how many days. unowned_risks, grave_risks: those that
    ask for action, without and with an owner. waivers: without an end or past it, as component, stage and whether it
    ended. unbooked: rows of files that somebody has to look at. soon: follow-ups due within AHEAD and in how many days.
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
    waivers: Sequence[tuple[str, str, bool]] = ()
    unbooked: int = 0
    grave_risks: Sequence[str] = ()
    soon: Sequence[tuple[str, int]] = ()


def next_actions(facts: Facts) -> tuple[NextAction, ...]:
    """
    Return at most three next actions, the most urgent first.

    The order: no assessment, a closed gate, no components, nobody on the map, rules of ownership broken, components
    without an owner, decisions past their day, grave risks without an owner, overdue follow-ups, proposed risks, open
    waivers, late components, lines over budget, rows not booked, grave risks, follow-ups due soon, no data, too much
    technology. It follows the thread: nothing is bought before it is known what for, and nobody can own anything before
    somebody is on the map. Without answers the last place goes to what presses in the plan, so that an assessment still
    to come hides no date and no money.
    """
    first = _told(
        _assess(facts),
        _open_gate(facts.gate),
        _adopt(facts),
        _map_people(facts.people),
        _mend_ownership(facts.ownership_errors),
        _name_owner(facts.unowned),
    )
    pressing = _told(
        _make_up_minds(facts.undecided),
        _own_risks(facts.unowned_risks),
        _follow_up(facts.overdue),
        _face(facts.risks),
        _settle(facts.waivers),
        _catch_up(facts.late),
        _look_at_money(facts.over_budget),
        _book(facts.unbooked),
        _bring_down(facts.grave_risks),
        _prepare(facts.soon),
    )
    if pressing and not facts.answers:
        first = first[: MOST - 1]
    return (*first, *pressing, *_told(_bring_in(facts.has_data), _balance(facts.technology_heavy)))[:MOST]


def _told(*actions: NextAction | None) -> tuple[NextAction, ...]:
    return tuple(action for action in actions if action)


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
    why = f"It should have been decided {_days(days)} ago." + _more(undecided, "waits", "wait")
    return NextAction(f"Decide “{question}”", why, "plan/decisions.py")


def _own_risks(unowned: Sequence[str]) -> NextAction | None:
    if not unowned:
        return None
    why = "It asks for action, and nobody answers for it." + _more(unowned, "has no owner", "have no owner")
    return NextAction(f"Name who owns the risk “{unowned[0]}”", why, "plan/risks.py")


def _follow_up(overdue: Sequence[tuple[str, int]]) -> NextAction | None:
    if not overdue:
        return None
    title, days = overdue[0]
    why = f"It was agreed for {_days(days)} ago." + _more(overdue, "is overdue", "are overdue")
    return NextAction(f"Follow up on “{title}”", why, "plan/decisions.py")


def _face(risks: Sequence[tuple[str, ProposedRisk]]) -> NextAction | None:
    if not risks:
        return None
    name, first = risks[0]
    why = first.sentence + _more(risks, "risk is proposed", "risks are proposed")
    return NextAction(RISKS[first.code].format(name), why, first.page)


def _settle(waivers: Sequence[tuple[str, str, bool]]) -> NextAction | None:
    if not waivers:
        return None
    component, stage, ended = waivers[0]
    how = "that has ended" if ended else "without an end"
    why = f"It passed the gate “{stage}” by a waiver {how}." + _more(waivers, "waits", "wait")
    return NextAction(RISKS["waiver_ended"].format(component), why, "plan/components.py")


def _catch_up(late: Sequence[tuple[str, int]]) -> NextAction | None:
    if not late:
        return None
    name, days = late[0]
    why = f"It was due {_days(days)} ago and is not live." + _more(late, "is late", "are late")
    return NextAction(f"Get “{name}” live or move its date", why, "plan/components.py")


def _look_at_money(over: Sequence[str]) -> NextAction | None:
    if not over:
        return None
    why = (
        "The line will cost more than planned." if len(over) == 1 else f"{len(over)} lines will cost more than planned."
    )
    return NextAction(f"Decide on “{over[0]}”", why, "plan/budget.py")


def _book(rows: int) -> NextAction | None:
    if not rows:
        return None
    one = rows == 1
    why = f"{'It stands' if one else 'They stand'} in no total until somebody books {'it' if one else 'them'}."
    return NextAction(f"Look at {rows} {'row that is' if one else 'rows that are'} not booked", why, "plan/budget.py")


def _bring_down(risks: Sequence[str]) -> NextAction | None:
    if not risks:
        return None
    why = "It asks for action, whoever owns it." + _more(risks, "does too", "do too")
    return NextAction(f"Bring down the risk “{risks[0]}”", why, "plan/risks.py")


def _prepare(soon: Sequence[tuple[str, int]]) -> NextAction | None:
    if not soon:
        return None
    title, days = soon[0]
    why = f"It is due in {_days(days)}." if days else "It is due today."
    why += _more(soon, f"is due within {_days(AHEAD)}", f"are due within {_days(AHEAD)}")
    return NextAction(f"Follow up on “{title}”", why, "plan/decisions.py")


def _bring_in(has_data: bool) -> NextAction | None:
    if has_data:
        return None
    why = "Without data from before a component goes live, nobody can say later whether it changed anything."
    return NextAction("Bring in a file", why, "measure/sources.py")


def _balance(sentence: str | None) -> NextAction | None:
    return NextAction("Plan more for people and change", sentence, "plan/budget.py") if sentence else None


def _more(some: Sequence[object], one: str, many: str) -> str:
    """How many there are besides the first, as a sentence to add."""
    return f" {len(some) - 1} more {one if len(some) == 2 else many}." if len(some) > 1 else ""


def _days(count: int) -> str:
    return f"{count} {'day' if count == 1 else 'days'}"
