"""What a score is made of: every number with the answers behind it."""

from dataclasses import dataclass
from fractions import Fraction

from assessments.readiness import Readiness
from assessments.requirements import Finding, RequirementCap


@dataclass(frozen=True)
class CountedAnswer:
    """An answer with a level. counted: the level after what its statement requires."""

    respondent: str
    function: str
    statement: str
    level: int
    counted: int
    cap: RequirementCap | None


@dataclass(frozen=True)
class LeftOut:
    """An answer that does not count. why: dont_know, na, or not_counted for someone who observes."""

    respondent: str
    function: str
    statement: str
    why: str
    reason: str


@dataclass(frozen=True)
class PersonScore:
    """The mean of one person's counted answers to a dimension."""

    respondent: str
    function: str
    score: float


@dataclass(frozen=True)
class DimensionScore:
    """
    The score of a dimension and everything behind it.

    exact, score: the median of people's scores, 0 to 4, None when nobody gave a level. n: people with a score.
    dont_know, na: shares of the counted people's answers, None without any. coverage: share of the asked statements
    that anyone gave a level.
    """

    id: str
    aspect: str
    name: str
    short_name: str
    gated: bool
    weight: float
    exact: Fraction | None
    n: int
    dont_know: float | None
    na: float | None
    coverage: float
    people: tuple[PersonScore, ...]
    answers: tuple[CountedAnswer, ...]
    left_out: tuple[LeftOut, ...]
    formula: str

    @property
    def score(self) -> float | None:
        """The score as a plain number."""
        return None if self.exact is None else float(self.exact)


@dataclass(frozen=True)
class AspectScore:
    """
    The score of an aspect.

    score: the weighted mean of its scored dimensions. floor: the lowest score of its gated dimensions; None when one
    has none, or none is gated. n: people with a score. answered, asked: statements; coverage is their ratio.
    other_aspects: answers that were left out because they belong to another aspect.
    """

    aspect: str
    version: str
    score: float | None
    floor: float | None
    coverage: float
    n: int
    answered: int
    asked: int
    dimensions: tuple[DimensionScore, ...]
    findings: tuple[Finding, ...]
    other_aspects: int
    formula: str
    reasons: dict[str, str]


@dataclass(frozen=True)
class Assessment:
    """The scores of all three aspects, and what they add up to."""

    aspects: dict[str, AspectScore]
    readiness: Readiness

    @property
    def dimensions(self) -> tuple[DimensionScore, ...]:
        """All dimensions, mindset first."""
        return tuple(dimension for aspect in self.aspects.values() for dimension in aspect.dimensions)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the answers say about each other, all aspects."""
        return tuple(finding for aspect in self.aspects.values() for finding in aspect.findings)
