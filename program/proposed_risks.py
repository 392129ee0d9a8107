"""Risks that the people and their ties propose: who would leave a hole, and who is against what they answer for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from program.duties import Duty, in_words
from program.influence import Influence
from program.policy import Policy, load
from program.stakeholders import Stakeholder

INFLUENCE, OWNERSHIP = "people/influence.py", "people/ownership.py"


@dataclass(frozen=True)
class ProposedRisk:
    """
    A risk that nobody has written down yet.

    code: cut_without_stand_in, broker_without_stand_in, resistant_accountable or powerful_without_duty. who: the
    stakeholder's id. page: where to do something about it.
    """

    code: str
    who: str
    sentence: str
    page: str


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
    for each in influence.brokers_without_stand_in:
        if each in by_id and each not in influence.cut_without_stand_in:
            share = influence.shares[each] or 0
            broker = f"connects {share:.0%} of the ways between others, and nobody could stand in."
            brokers.append(_risk("broker_without_stand_in", by_id[each], broker, INFLUENCE))
    return cuts, brokers


def _risk(code: str, who: Stakeholder, what: str, page: str) -> ProposedRisk:
    return ProposedRisk(code, who.id, f"{who.name} {what}", page)
