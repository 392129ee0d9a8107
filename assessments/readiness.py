"""
Readiness: what the three aspects can deliver together.

No floor of the house stands more than one step above the one below it, and strategy waits for both gates. The numbers
are in models/gates.yaml with their reasons.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from assessments.content import Gates
from assessments.functions import ASPECTS, LEVELS

GATED = ("mindset", "mechanism")
TOP = LEVELS[-1]

ROUNDING = 1e-9  # 2.2 - 1.2 is a hair more than 1

Scores = dict[str, float | None]


class BadScores(ValueError):
    """Scores that readiness cannot be made of."""


@dataclass(frozen=True)
class Cap:
    """What an aspect claims and what counts of it, by the rule that binds."""

    aspect: str
    raw: float
    capped: float
    rule: str
    sentence: str


@dataclass(frozen=True)
class Readiness:
    """
    What the three aspects add up to.

    raw: the aspects' scores. capped: what each can deliver today. gates: open, closed, or None without enough
    answers, which counts as closed. readiness: the lowest capped score, None while any score is unknown.
    imbalance: highest minus lowest score. mean: what readiness is not. reasons: why a part is None, by its name.
    """

    raw: Scores
    floors: Scores
    gates: dict[str, bool | None]
    capped: Scores
    readiness: float | None
    imbalance: float | None
    imbalance_warns: bool
    mean: float | None
    start_with: str
    caps: tuple[Cap, ...]
    reasons: dict[str, str]


def readiness(
    scores: Mapping[str, float | None],
    floors: Mapping[str, float | None] | None = None,
    *,
    gates: Gates,
    coverage: Mapping[str, float] | None = None,
) -> Readiness:
    """
    Return the readiness of an aspect's scores.

    scores: of mindset, mechanism and strategy, 0 to 4, None where unknown.
    floors: the lowest score among the gated dimensions of mindset and of mechanism, None when one has no score. An
        aspect that is left out has its score as its floor.
    coverage: shares of the asked statements that anyone answered. An aspect that is left out is covered.

    Raises BadScores.
    """
    _refuse_wrong(scores, floors or {}, coverage or {})
    raw: Scores = {aspect: scores[aspect] for aspect in ASPECTS}
    lowest: Scores = {aspect: (floors or {}).get(aspect, raw[aspect]) for aspect in GATED}
    reasons = _unknown(raw, lowest, coverage or {}, gates)
    opened = {a: None if f"gates.{a}" in reasons else _is_open(raw[a], lowest[a], gates) for a in GATED}
    caps = _caps(raw, opened, gates)
    capped = _capped(raw, caps)
    known = [score for score in raw.values() if score is not None]
    complete = len(known) == len(ASPECTS)
    imbalance = max(known) - min(known) if complete else None
    return Readiness(
        raw=raw,
        floors=lowest,
        gates=opened,
        capped=capped,
        readiness=min(score for score in capped.values() if score is not None) if complete else None,
        imbalance=imbalance,
        imbalance_warns=imbalance is not None and imbalance > gates.imbalance_warning + ROUNDING,
        mean=fmean(known) if complete else None,
        start_with=next((aspect for aspect in GATED if not opened[aspect]), "strategy"),
        caps=caps,
        reasons=reasons,
    )


def as_json(result: Readiness) -> dict[str, Any]:
    """Return a readiness as the command `readiness` prints it, numbers unrounded."""
    return {
        "raw": result.raw,
        "floors": result.floors,
        "gates": result.gates,
        "capped": result.capped,
        "readiness": result.readiness,
        "imbalance": result.imbalance,
        "start_with": result.start_with,
        "caps": [
            {"aspect": cap.aspect, "from": cap.raw, "to": cap.capped, "rule": cap.rule, "sentence": cap.sentence}
            for cap in result.caps
        ],
        "mean": result.mean,
        "reasons": result.reasons,
    }


def _refuse_wrong(
    scores: Mapping[str, float | None], floors: Mapping[str, float | None], coverage: Mapping[str, float]
) -> None:
    missing = [aspect for aspect in ASPECTS if aspect not in scores]
    if missing:
        raise BadScores(f"The score of {', '.join(missing)} is missing")
    for what, given, known in (("score", scores, ASPECTS), ("floor", floors, GATED), ("coverage", coverage, ASPECTS)):
        top = 1 if what == "coverage" else TOP
        for aspect, number in given.items():
            if aspect not in known:
                raise BadScores(f"There is no {what} of {aspect}; there is one of {', '.join(known)}")
            if number is not None and not (math.isfinite(number) and 0 <= number <= top):
                raise BadScores(f"The {what} of {aspect} is {number:g}; it must be from 0 to {top}")


def _unknown(raw: Scores, floors: Scores, coverage: Mapping[str, float], gates: Gates) -> dict[str, str]:
    reasons = {}
    for aspect in GATED:
        share = coverage.get(aspect, 1.0)
        if raw[aspect] is None:
            reasons[f"gates.{aspect}"] = f"Not enough answers: {aspect} has no score."
        elif floors[aspect] is None:
            reasons[f"gates.{aspect}"] = f"Not enough answers: a gated dimension of {aspect} has no score."
        elif share < gates.coverage:
            reasons[f"gates.{aspect}"] = (
                f"Not enough answers: {share:.0%} of the {aspect} statements are answered, {gates.coverage:.0%} needed."
            )
        if floors[aspect] is None:
            reasons[f"floors.{aspect}"] = f"A gated dimension of {aspect} has no score."
    missing = [aspect for aspect in ASPECTS if raw[aspect] is None]
    for at, aspect in enumerate(ASPECTS):
        below = [lower for lower in missing if lower in ASPECTS[: at + 1]]
        if aspect in missing:
            reasons[f"raw.{aspect}"] = "Nobody gave one of its statements a level."
        if below:
            reasons[f"capped.{aspect}"] = _no_score_of(below)
    if missing:
        sentence = _no_score_of(missing)
        reasons |= {"readiness": sentence, "imbalance": sentence, "mean": sentence}
    return reasons


def _no_score_of(aspects: Sequence[str]) -> str:
    *others, last = aspects
    names = f"{', '.join(others)} and {last}" if others else last
    return f"The score of {names} is unknown."


def _is_open(score: float | None, floor: float | None, gates: Gates) -> bool:
    return score is not None and floor is not None and score >= gates.threshold and floor >= gates.floor


def _caps(raw: Scores, opened: Mapping[str, bool | None], gates: Gates) -> tuple[Cap, ...]:
    mindset, mechanism, strategy = (raw[aspect] for aspect in ASPECTS)
    caps = []
    if mindset is None or mechanism is None:
        return ()
    limit = mindset + gates.step
    if mechanism > limit:
        caps.append(
            _cap("mechanism", mechanism, limit, "mechanism_above_mindset", f"{gates.step:g} above mindset", gates)
        )
    if strategy is None:
        return tuple(caps)
    rule = "strategy_above_lower"
    words = f"{gates.step:g} above the lower of mindset and mechanism"
    limit = min(mindset, mechanism, limit) + gates.step
    closed = [aspect for aspect in GATED if not opened[aspect]]
    if closed and gates.closed_strategy_cap <= limit:
        limit, rule = gates.closed_strategy_cap, "strategy_waits_for_gates"
        words = f"{limit:g} until the {'gates' if len(closed) > 1 else 'gate'} of {' and '.join(closed)} open"
        words += "" if len(closed) > 1 else "s"
    if strategy > limit:
        caps.append(_cap("strategy", strategy, limit, rule, words, gates))
    return tuple(caps)


def _cap(aspect: str, raw: float, capped: float, rule: str, words: str, gates: Gates) -> Cap:
    source = gates.rules[rule]
    why = f'{source.meaning} Essay {source.essay}: "{source.phrase}".'
    return Cap(aspect, raw, capped, rule, f"{aspect.capitalize()} counts at most {words}. {why}")


def _capped(raw: Scores, caps: tuple[Cap, ...]) -> Scores:
    lowered = {cap.aspect: cap.capped for cap in caps}
    known: Scores = {}
    for aspect in ASPECTS:
        below = [*known.values(), raw[aspect]]
        known[aspect] = None if None in below else lowered.get(aspect, raw[aspect])
    return known
