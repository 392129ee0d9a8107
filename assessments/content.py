"""What a library holds: aspects, their dimensions and statements, and the numbers of the gates."""

from dataclasses import dataclass

from assessments.functions import Aspect


@dataclass(frozen=True)
class Source:
    """An essay and a short phrase of it."""

    essay: str
    phrase: str


@dataclass(frozen=True)
class Evidence:
    """What is asked for as evidence, from which level on."""

    kind: str
    ask: str
    needed_from_level: int


@dataclass(frozen=True)
class Contradiction:
    """A statement at from_level or more does not go with another at at_most or less."""

    from_level: int
    statement: str
    at_most: int


@dataclass(frozen=True)
class Fact:
    """A fact of the program by its id; limits: what each level takes. lower_is_better: the limits are upper ones."""

    id: str
    limits: dict[int, float]
    lower_is_better: bool


@dataclass(frozen=True)
class Statement:
    """
    One statement with its five anchors.

    levels: the anchors of the levels 0 to 4. functions: who is invited to answer. source: its own, else the first of
    its dimension. requires: the level that another statement must have, else this one counts at most that level.
    """

    id: str
    dimension: str
    aspect: Aspect
    text: str
    short_form: bool
    functions: tuple[str, ...]
    levels: tuple[str, ...]
    source: Source
    evidence: tuple[Evidence, ...]
    requires: dict[str, int]
    contradicts: tuple[Contradiction, ...]
    fact: Fact | None


@dataclass(frozen=True)
class Dimension:
    """One dimension of an aspect; gated ones have a floor that the aspect's gate looks at."""

    id: str
    aspect: Aspect
    name: str
    short_name: str
    about: str
    weight: float
    gated: bool
    sources: tuple[Source, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class AspectModel:
    """One aspect as it is asked about. sha256: of the canonical JSON of its file."""

    id: Aspect
    model_id: str
    version: str
    name: str
    about: str
    sha256: str
    dimensions: tuple[Dimension, ...]


@dataclass(frozen=True)
class Target:
    """A level to aim at in every dimension."""

    id: str
    name: str
    level: int
    reason: str


@dataclass(frozen=True)
class Rule:
    """A rule of the house, with the phrase of the essay behind it."""

    id: str
    essay: str
    phrase: str
    meaning: str


@dataclass(frozen=True)
class Gates:
    """The numbers of the gates; reasons has a sentence for each. For a what-if, replace one."""

    threshold: float
    floor: float
    step: float
    closed_strategy_cap: float
    coverage: float
    imbalance_warning: float
    disclosure_minimum: int
    targets: dict[str, Target]
    rules: dict[str, Rule]
    reasons: dict[str, str]
