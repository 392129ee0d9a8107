"""
What statements require of each other, and what does not go together.

An answer counts in full when the required statement has the required level: by the person's own answer to it, else by
the median of the run. If not, the answer counts at most the required level.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from assessments.content import Statement
from assessments.responses import Answer

OWN_ANSWER = "own answer"
RUN_MEDIAN = "run median"


@dataclass(frozen=True)
class RequirementCap:
    """
    Why an answer counts less than it says.

    found: the level that the required statement has, where `needed` was required. basis: own answer or run median.
    """

    statement: str
    needed: int
    found: float
    basis: str

    @property
    def sentence(self) -> str:
        """The cap in words."""
        return f"Counts at most {self.needed}, because {self.statement} is {self.found:g} ({self.basis})."


@dataclass(frozen=True)
class Finding:
    """Something the answers say about each other. code: prerequisite_unknown or contradiction."""

    code: str
    statement: str
    sentence: str


class Requirements:
    """The levels that people gave, by person and as medians of the run."""

    def __init__(self, answers: Iterable[Answer]) -> None:
        self._own: dict[tuple[str, str], int] = {}
        levels: dict[str, list[int]] = defaultdict(list)
        for answer in answers:
            if answer.counted and answer.level is not None:
                self._own[answer.respondent, answer.statement] = answer.level
                levels[answer.statement].append(answer.level)
        self._medians = {statement: float(median(found)) for statement, found in levels.items()}

    def median(self, statement: str) -> float | None:
        """Return the median level of a statement, None when nobody gave one."""
        return self._medians.get(statement)

    def cap(self, respondent: str, statement: Statement, level: int) -> RequirementCap | None:
        """Return the lowest cap on a person's answer that takes something away, or None."""
        caps = [
            cap
            for other, needed in sorted(statement.requires.items(), key=lambda pair: (pair[1], pair[0]))
            if needed < level and (cap := self._unmet(respondent, other, needed))
        ]
        return caps[0] if caps else None

    def _unmet(self, respondent: str, statement: str, needed: int) -> RequirementCap | None:
        own = self._own.get((respondent, statement))
        found = own if own is not None else self.median(statement)
        if found is None or found >= needed:
            return None
        return RequirementCap(statement, needed, found, RUN_MEDIAN if own is None else OWN_ANSWER)


def findings(statements: Sequence[Statement], requirements: Requirements) -> tuple[Finding, ...]:
    """Return what the medians of these statements say about the statements they name."""
    return tuple(finding for statement in statements for finding in _findings(statement, requirements))


def _findings(statement: Statement, requirements: Requirements) -> Iterator[Finding]:
    level = requirements.median(statement.id)
    if level is None:
        return
    for other in statement.requires:
        if requirements.median(other) is None:
            yield Finding(
                "prerequisite_unknown",
                statement.id,
                f"{statement.id} requires {other}, which nobody answered, so nothing was capped.",
            )
    for contradiction in statement.contradicts:
        found = requirements.median(contradiction.statement)
        if found is not None and level >= contradiction.from_level and found <= contradiction.at_most:
            yield Finding(
                "contradiction",
                statement.id,
                f"{statement.id} is answered {level:g} while {contradiction.statement} is {found:g}. "
                "Both are hardly true at once.",
            )
