"""Gates: what a component must show before it leaves a stage of its lifecycle, and what was decided there."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from program.catalog import STAGE_NAMES
from program.gate_facts import Evidence, Facts
from program.gate_judges import JUDGES

FILE = Path(__file__).parent / "gates.yaml"
OUTCOMES = {"pass": "Pass", "waive": "Pass with a waiver", "hold": "Hold", "stop": "Stop"}
PASSING = ("pass", "waive")
NEXT = {
    "thought_through": ("decided",),
    "decided": ("budgeted",),
    "budgeted": ("organized",),
    "organized": ("followed_through",),
    "followed_through": ("tweaked",),
    "tweaked": ("followed_through", "rebuilt"),
    "rebuilt": ("thought_through",),
}
MINDSET = ("decided", "mindset")
WHERE_CHOSEN = "plan/components.py"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Criterion(_Strict):
    """
    One thing that a gate asks for.

    judged: by a fact, by attached evidence, or by either. page: the page file where it is settled. only: the catalog
    ids of the components that it is asked of, empty for all.
    """

    id: str
    words: str
    judged: Literal["fact", "evidence", "either"]
    page: str
    fact: str = ""
    only: tuple[str, ...] = ()


class _File(_Strict):
    version: str
    stages: dict[str, tuple[Criterion, ...]]


@dataclass(frozen=True)
class Judged:
    """A criterion as it stands: met, not met, or None while nobody can know. sentence: why, with the figure."""

    criterion: Criterion
    met: bool | None
    sentence: str
    evidence: tuple[Evidence, ...] = ()

    @property
    def id(self) -> str:
        return self.criterion.id


@dataclass(frozen=True)
class GateDecision:
    """
    What was decided at a gate. criteria: id, met and sentence of each as it stood then. waived: the ids let pass.

    to: the stage that the component went on to, None when it stayed.
    """

    id: str
    component_id: str
    stage: str
    outcome: str
    decider_id: str | None
    decided_on: date
    recorded_at: datetime
    reason: str
    dissent: str | None
    criteria: tuple[Mapping[str, object], ...]
    waived: tuple[str, ...]
    expires_on: date | None
    to: str | None = None


@dataclass(frozen=True)
class Waiver:
    """
    A criterion of an earlier gate that was let pass and is not met yet. expired: its day is over.

    met: False, or None while it is unknown. sentence: why.
    """

    stage: str
    criterion: Criterion
    expires_on: date | None
    expired: bool
    met: bool | None
    sentence: str


@dataclass(frozen=True)
class Gate:
    """
    The gate at the end of a component's stage.

    version: of the component. facts: what it was judged by. criteria: in the order of gates.yaml. held: hold or stop
    when that is the last word on this stage, else None. waivers: what earlier gates let pass and is still open.
    history: the newest decision first.
    """

    component_id: str
    component_name: str
    version: int
    stage: str
    facts: Facts
    criteria: tuple[Judged, ...]
    held: str | None = None
    waivers: tuple[Waiver, ...] = ()
    history: tuple[GateDecision, ...] = ()

    @property
    def next_stages(self) -> tuple[str, ...]:
        return NEXT[self.stage]

    @property
    def open(self) -> tuple[Judged, ...]:
        """The criteria that are not met, the unknown ones among them."""
        return tuple(each for each in self.criteria if not each.met)

    @property
    def met(self) -> int:
        return len(self.criteria) - len(self.open)

    @property
    def can_pass(self) -> bool:
        return not self.open

    @property
    def because(self) -> str:
        """Why it cannot pass, as the end of a sentence; empty when it can."""
        return "; ".join(_clause(each.sentence) for each in self.open)

    @property
    def sentence(self) -> str:
        """Whether the component may leave its stage, in one sentence with the first two reasons."""
        name, stage = self.component_name, STAGE_NAMES[self.stage]
        if self.held == "stop":
            return f"“{name}” was stopped at “{stage}”."
        if self.can_pass:
            on_hold = " It is on hold." if self.held else ""
            return f"“{name}” can leave “{stage}”: all {len(self.criteria)} criteria are met.{on_hold}"
        first = "; ".join(_clause(each.sentence) for each in self.open[:2])
        more = f"; and {len(self.open) - 2} more" if len(self.open) > 2 else ""
        return f"“{name}” cannot leave “{stage}” because {first}{more}."


@cache
def load() -> Mapping[str, tuple[Criterion, ...]]:
    """Return the criteria of each stage's gate."""
    return _File.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8"))).stages


def criteria(stage: str, catalog_id: str | None) -> tuple[Criterion, ...]:
    """Return what the gate of a stage asks of a component."""
    return tuple(each for each in load()[stage] if not each.only or catalog_id in each.only)


def criterion_ids(stage: str) -> tuple[str, ...]:
    """Return the ids of everything that the gate of a stage may ask for."""
    return tuple(each.id for each in load()[stage])


def judge(stage: str, facts: Facts) -> tuple[Judged, ...]:
    """Return each criterion of a stage's gate as the facts have it."""
    return tuple(_judged(each, stage, facts) for each in criteria(stage, facts.catalog_id))


def gate(
    *,
    component_id: str,
    name: str,
    version: int,
    stage: str,
    facts: Facts,
    history: tuple[GateDecision, ...] = (),
) -> Gate:
    """Return the gate of a component by its facts. history: its decisions, the newest first."""
    return Gate(
        component_id=component_id,
        component_name=name,
        version=version,
        stage=stage,
        facts=facts,
        criteria=judge(stage, facts),
        held=held(stage, history),
        waivers=waivers(facts, history, but=stage),
        history=history,
    )


def held(stage: str, history: Sequence[GateDecision]) -> str | None:
    """Return hold or stop when the newest decision on the stage a component is in says so. history: newest first."""
    last = next(iter(history), None)
    return last.outcome if last and last.stage == stage and last.outcome not in PASSING else None


def waivers(facts: Facts, history: Sequence[GateDecision], *, but: str) -> tuple[Waiver, ...]:
    """
    Return what the last passing of each gate let pass and is still not met. history: newest first.

    but: the stage that the component is in, whose gate judges it again.
    """
    found: list[Waiver] = []
    seen: set[str] = {but}
    for each in history:
        if each.outcome not in PASSING or each.stage in seen:
            continue
        seen.add(each.stage)
        expired = each.expires_on is not None and each.expires_on < facts.today
        for judged in judge(each.stage, facts):
            if judged.id in each.waived and not judged.met:
                found.append(
                    Waiver(each.stage, judged.criterion, each.expires_on, expired, judged.met, judged.sentence)
                )
    return tuple(found)


def let_pass(waived: int, criteria: int) -> str:
    """Return what a waiver does, in one sentence that counts."""
    if not waived:
        return "Nothing is let pass yet."
    which = "it" if waived == 1 else "all of them"
    return f"You let {waived} of {criteria} criteria pass though not met. The reason you write answers for {which}."


def settled_on(criterion: Criterion, facts: Facts) -> str:
    """Return the page file where a criterion is settled: the part of the assessment is chosen before it is scored."""
    unchosen = criterion.fact == "need" and facts.dimension is None
    return WHERE_CHOSEN if unchosen else criterion.page


def waives_mindset(history: Sequence[GateDecision], today: date) -> bool:
    """Whether the last passing of the gate to decide let a closed mindset gate pass, and still does."""
    stage, criterion = MINDSET
    last = next((each for each in history if each.stage == stage and each.outcome in PASSING), None)
    return last is not None and criterion in last.waived and (last.expires_on is None or last.expires_on >= today)


def missing(open_: Sequence[Judged], waived: Collection[str]) -> str:
    """Return why a gate cannot be passed with these waivers; empty when it can."""
    left = [each for each in open_ if each.id not in waived]
    return f"It cannot pass because {'; '.join(_clause(each.sentence) for each in left)}." if left else ""


def technology(*, mindset: bool | None, words: str, waived: bool, heavy: str | None) -> str | None:
    """
    Return why technology money waits; None when it does not.

    mindset: the gate; words: how it stands. waived: a decision lets technology pass in spite of it. heavy: the sentence
    about technology's share of the plan, if it takes too much.
    """
    if not mindset and not waived:
        return f"Technology money waits: {_clause(words)}. Mindset comes before the tools."
    return f"Technology money waits. {heavy}" if heavy else None


def _judged(criterion: Criterion, stage: str, facts: Facts) -> Judged:
    last = facts.passed.get(stage)
    shown = tuple(
        each
        for each in facts.evidence
        if each.stage == stage and each.criterion == criterion.id and (last is None or each.added_at > last)
    )
    if criterion.fact:
        met, sentence = JUDGES[criterion.fact](facts)
        if met or criterion.judged == "fact":
            return Judged(criterion, met, sentence, shown)
        return Judged(criterion, True, _attached(shown), shown) if shown else Judged(criterion, met, sentence)
    return Judged(criterion, bool(shown), _attached(shown) if shown else "Nothing is attached yet.", shown)


def _attached(shown: Sequence[Evidence]) -> str:
    return "One piece of evidence is attached." if len(shown) == 1 else f"{len(shown)} pieces of evidence are attached."


def _clause(sentence: str) -> str:
    """A sentence as a part of another one: no full stop, and a small first letter unless it is an abbreviation."""
    plain = sentence.rstrip(".")
    return plain[:1].lower() + plain[1:] if plain[1:2].islower() or plain[1:2] == " " else plain
