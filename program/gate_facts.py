"""What gates look at: the facts of one component on a day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

NOT_KNOWN = "Nobody has answered the assessment yet."


@dataclass(frozen=True)
class Evidence:
    """What somebody attached to a criterion: words, a link, or both."""

    id: str
    version: int
    stage: str
    criterion: str
    note: str | None
    link: str | None
    added_by: str
    added_at: datetime


@dataclass(frozen=True)
class Decided:
    """A decision record that is closed: how many options it names, and whether it says what was chosen and by whom."""

    on: date
    options: int
    chosen: bool = True
    dissent: bool = False


@dataclass(frozen=True)
class Changed:
    """A change record: whether it names a metric, and its values before and after; baseline: a new one follows."""

    on: date
    metric: bool = False
    moved: bool = False
    baseline: bool = False


@dataclass(frozen=True)
class Trend:
    """
    Where a metric is going: its last complete month and the third one before it, in words.

    value, before: None while unknown, with the reason. better: whether that is the wanted way; None where it stands
    still or neither way is.
    """

    metric: str
    value: str | None = None
    month: str = ""
    before: str | None = None
    since: str = ""
    better: bool | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """
    What the program holds about a component on a day. Counts are of rows that name it.

    dimension, score: the part of the assessment that it should lift, None while unknown; target: the program's level.
    functions: of how many people gave their view; None while no run may be read. mindset: the gate, None while unknown;
    mindset_words: how it stands. phased: lines with months in the newest approved version, None without one.
    unrated: currencies without a plan rate. technology: why technology money waits, None when it does not.
    holders: people by letter on it. waiting: its activities that a link ties to another one. baseline: the newest one's
    name, None without one; in_baseline: whether that holds it. last_actual: the day of the last cost.
    passed: when the gate of each stage was last passed; what was shown for that does not count again.
    """

    today: date
    catalog_id: str | None = None
    goal: bool = False
    dimension: str | None = None
    score: float | None = None
    target: int = 0
    unscored: str = NOT_KNOWN
    assumptions: int = 0
    objectives: int = 0
    notes: int = 0
    functions: int | None = None
    decisions: tuple[Decided, ...] = ()
    open_decisions: int = 0
    mindset: bool | None = None
    mindset_words: str = "The mindset gate is unknown: nobody has answered yet."
    lines: int = 0
    phased: int | None = None
    natures: tuple[str, ...] = ()
    unrated: tuple[str, ...] = ()
    unowned_lines: int = 0
    reserve: bool = False
    technology: str | None = None
    scheme: str = "raci"
    holders: Mapping[str, int] = field(default_factory=dict)
    ladder: str | None = None
    activities: int = 0
    waiting: int = 0
    milestones: int = 0
    planned_lines: int = 0
    risks: int = 0
    open_risks: int = 0
    unowned_risks: int = 0
    baseline: str | None = None
    in_baseline: bool = False
    rule: str = "activities"
    last_actual: date | None = None
    fresh_days: int = 35
    metrics: int = 0
    trends: tuple[Trend, ...] = ()
    changes: tuple[Changed, ...] = ()
    passed: Mapping[str, datetime] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
