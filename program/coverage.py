"""Coverage: how near those who are accountable are to those who do the work."""

from collections.abc import Sequence
from dataclasses import dataclass

from program.duties import Duty
from program.policy import Policy, load
from program.typed_ties import TypedTie, neighbors, within


@dataclass(frozen=True)
class Coverage:
    """
    How many components have an accountable person who is near to everybody who does the work.

    share: None without components. far: the components that have not, by id.
    """

    components: int
    share: float | None
    far: tuple[str, ...]


def coverage(
    components: Sequence[str], duties: Sequence[Duty], ties: Sequence[TypedTie], policy: Policy | None = None
) -> Coverage:
    """
    Return how many components have an accountable person at most the policy's ties away from everybody responsible.

    The direction of a tie does not matter here; ties that block do not count. Somebody who does the work and is
    accountable is 0 ties away. A component without an accountable person, or without work for anybody, is far.
    """
    most = (policy or load()).coverage_ties
    near = neighbors(ties)
    holds = {(duty.item, duty.letter): set[str]() for duty in duties}
    for duty in duties:
        holds[duty.item, duty.letter].add(duty.person)
    far = []
    for item in components:
        workers = holds.get((item, "R"), set()) | holds.get((item, "D"), set())
        accountable = holds.get((item, "A"), set())
        if not workers or not any(workers <= within(near, person, most) for person in accountable):
            far.append(item)
    share = (len(components) - len(far)) / len(components) if components else None
    return Coverage(len(components), share, tuple(far))
