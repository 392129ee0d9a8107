"""What to call an item: what its figures ask the group to do."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from assessments import strict_yaml
from assessments.agreement.critical import attainable
from assessments.agreement.scale import Scale

FILE = Path(__file__).parent / "cutoffs.yaml"

Label = Literal["not_enough_answers", "nobody_owns_the_facts", "two_camps", "roles_differ", "agree", "open"]
LABELS: tuple[Label, ...] = get_args(Label)


class Cutoff(BaseModel):
    """A number that is a choice, with its reason."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: float
    unit: str
    reason: str
    source: str
    since: date


@dataclass(frozen=True)
class Cutoffs:
    """The numbers of cutoffs.yaml by name."""

    fewest_answers: Cutoff
    dont_know: Cutoff
    two_camps: Cutoff
    roles_differ: Cutoff
    agree: Cutoff
    deviation_divisor: Cutoff
    conformity: Cutoff


@cache
def cutoffs() -> Cutoffs:
    """Return the shipped cut-offs."""
    document = strict_yaml.parse(FILE.read_bytes())
    return Cutoffs(**{name: Cutoff.model_validate(entry) for name, entry in document.value.items()})


def label(
    scale: Scale,
    *,
    n: int,
    dont_know: float | None,
    rwg: float | None,
    rwg_critical: float | None,
    average_deviation: float | None,
    van_der_eijk: float | None,
    adjusted_p: float | None,
) -> Label:
    """Return the first label that holds, in the order of LABELS."""
    cut = cutoffs()
    if n < cut.fewest_answers.value or dont_know is None:
        return "not_enough_answers"
    if dont_know >= cut.dont_know.value:
        return "nobody_owns_the_facts"
    if van_der_eijk is not None and van_der_eijk <= cut.two_camps.value:
        return "two_camps"
    if adjusted_p is not None and adjusted_p < cut.roles_differ.value:
        return "roles_differ"
    if rwg is None or average_deviation is None or not attainable(n, scale):
        return "open"
    close = average_deviation <= scale.options / cut.deviation_divisor.value
    return "agree" if close and rwg >= max(cut.agree.value, rwg_critical or 0.0) else "open"
