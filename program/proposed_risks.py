"""
Risks that the program proposes: who would leave a hole, who is against what they answer for, and what the plan rests on
that does not hold any more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from program.budget import LineTotals
from program.decisions import Assumption, expired
from program.duties import Duty, in_words
from program.influence import Influence
from program.policy import Policy, load
from program.stakeholders import Stakeholder

INFLUENCE, OWNERSHIP = "people/influence.py", "people/ownership.py"
COMPONENTS, BUDGET, DECISIONS = "plan/components.py", "plan/budget.py", "plan/decisions.py"
SUBJECTS = {  # what each is about
    "cut_without_stand_in": "stakeholder",
    "broker_without_stand_in": "stakeholder",
    "resistant_accountable": "stakeholder",
    "powerful_without_duty": "stakeholder",
    "assumption_broken": "assumption",
    "assumption_overdue": "assumption",
    "waiver_ended": "gate_decision",
    "line_overspent": "budget_line",
}
SHORT = 120  # letters of an assumption inside a sentence
ON_TIES = frozenset({"cut_without_stand_in", "broker_without_stand_in"})  # only who may see ties is told


@dataclass(frozen=True)
class ProposedRisk:
    """
    A risk that nobody has written down yet.

    code: of SUBJECTS. who: the id of the stakeholder, or of whatever else it is about. page: where to do something
    about it. name: what the sentence calls it.
    """

    code: str
    who: str
    sentence: str
    page: str
    name: str = ""
    component_id: str | None = None
    owner_id: str | None = None

    @property
    def key(self) -> str:
        """What tells it from every other proposal, so that it is taken or dismissed once."""
        return f"{self.code}:{self.who}"

    @property
    def on_ties(self) -> bool:
        return self.code in ON_TIES


@dataclass(frozen=True)
class Waiver:
    """A gate that was passed although something was missing. id: of the decision; stage: its name."""

    id: str
    component_id: str
    component: str
    stage: str
    expires_on: date | None


def proposed_risks(
    stakeholders: Sequence[Stakeholder],
    duties: Sequence[Duty],
    *,
    names: Mapping[str, str],
    influence: Influence | None = None,
    policy: Policy | None = None,
) -> list[ProposedRisk]:
    """
    Return the risks, the gravest first: a network that falls apart, resistance, brokers, power without a duty.

    names: of the items, by id. influence: None for a reader who may not see the ties; nothing is said from them then.
    Somebody without whom the network falls apart is not named again as a broker. Power without a duty is a risk only
    once the first duty is given.
    """
    rules = policy or load()
    answers: dict[str, list[str]] = {}
    for duty in dict.fromkeys(duties):
        if duty.letter == "A":
            answers.setdefault(duty.person, []).append(f"“{names.get(duty.item, duty.item)}”")
    busy = {duty.person for duty in duties}
    resistant = [
        _risk("resistant_accountable", s, f"is accountable for {in_words(answers[s.id])} and resistant.", OWNERSHIP)
        for s in stakeholders
        if s.stance == "resistant" and s.id in answers
    ]
    powerful = [
        _risk("powerful_without_duty", s, "has much say but no duty.", OWNERSHIP)
        for s in stakeholders
        if duties and s.power >= rules.high_from and s.id not in busy
    ]
    cuts, brokers = _without_stand_in(stakeholders, influence)
    return [*cuts, *resistant, *brokers, *powerful]


def from_the_plan(
    *, assumptions: Sequence[Assumption], waivers: Sequence[Waiver], lines: Sequence[LineTotals], today: date
) -> list[ProposedRisk]:
    """
    Return the risks that the plan itself proposes, the gravest first.

    Broken assumptions, lines on which more is ordered and spent than planned, waivers that have ended, and assumptions
    that nobody checked in time.
    """
    broken = [
        _from(each, "assumption_broken", f"“{short(each.text)}” does not hold, and the plan was built on it.")
        for each in assumptions
        if each.state == "broken"
    ]
    late = [
        _from(each, "assumption_overdue", f"Nobody has checked in time whether “{short(each.text)}” still holds.")
        for each in assumptions
        if expired(each, today)
    ]
    ended = [
        ProposedRisk("waiver_ended", each.id, _ended(each), COMPONENTS, each.component, each.component_id)
        for each in waivers
        if each.expires_on is not None and each.expires_on < today
    ]
    over = [
        ProposedRisk("line_overspent", line.id, _overspent(line), BUDGET, line.name, line.component_id, line.owner_id)
        for line in lines
        if line.available is not None and line.available < 0
    ]
    return [*broken, *over, *ended, *late]


def short(text: str, most: int = SHORT) -> str:
    """Return a text on one line, cut at a word when it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rsplit(' ', 1)[0]}…"


def _from(assumption: Assumption, code: str, sentence: str) -> ProposedRisk:
    about = assumption.component_id, assumption.owner_id
    return ProposedRisk(code, assumption.id, sentence, DECISIONS, short(assumption.text), *about)


def _ended(waiver: Waiver) -> str:
    return f"“{waiver.component}” passed the gate “{waiver.stage}” by a waiver that has ended."


def _overspent(line: LineTotals) -> str:
    return f"More is ordered and spent on “{line.component_name}: {line.name}” than planned."


def _without_stand_in(
    stakeholders: Sequence[Stakeholder], influence: Influence | None
) -> tuple[list[ProposedRisk], list[ProposedRisk]]:
    if influence is None:
        return [], []
    by_id = {s.id: s for s in stakeholders}
    apart = "holds the network together, and nobody could stand in: without them it falls apart."
    cuts = [
        _risk("cut_without_stand_in", by_id[each], apart, INFLUENCE)
        for each in influence.cut_without_stand_in
        if each in by_id
    ]
    brokers = []
    known = [each for each in influence.brokers_without_stand_in if each in by_id]
    for each in sorted(known, key=lambda each: (-(influence.shares[each] or 0), by_id[each].name)):
        if each not in influence.cut_without_stand_in:
            share = influence.shares[each] or 0
            broker = f"connects {share:.0%} of the ways between others, and nobody could stand in."
            brokers.append(_risk("broker_without_stand_in", by_id[each], broker, INFLUENCE))
    return cuts, brokers


def _risk(code: str, who: Stakeholder, what: str, page: str) -> ProposedRisk:
    return ProposedRisk(code, who.id, f"{who.name} {what}", page, who.name)
