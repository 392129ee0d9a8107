"""
A run of the assessment as files to take along: a workbook, JSON, and the rows that the commands read.

All but the rows comes from the queries that pages use too, so an anonymous run says no more here than it does there.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from assessments import readiness, scoring
from assessments.alignment import Alignment, StatementAlignment
from assessments.library import Library
from assessments.perspective import Perspective
from assessments.perspective import load as load_questions
from assessments.responses import Answer
from assessments.scoring import Assessment
from assessments.sensitivity import Band
from program.queries import assessments as queries
from program.reports import exports
from program.reports.computed import computed
from program.runs import EvidenceItem, Run
from program.values import Missing

ANSWERS = ("respondent", "role", "statement", "answer", "reason", "note", "evidence")
COMPUTED = ("what", "how", "value", "source")
RATINGS = ("rater", "role", "item", "rating")
FIGURES = {
    "n": "n",
    "median": "median",
    "iqr": "iqr",
    "mean": "mean",
    "rwg": "rwg",
    "rwg_critical": "rwg_critical",
    "ad": "average_deviation",
    "van_der_eijk_a": "van_der_eijk",
    "dont_know": "dont_know",
    "label": "label",
}
ROLE_FIGURES = {
    "role_gap": "gap",
    "eta_squared": "eta_squared",
    "icc1": "icc1",
    "role_p": "p",
    "role_p_bh": "p_bh",
    "kruskal_h": "kruskal_h",
    "kruskal_p": "kruskal_p",
    "group_consensus": "consensus",
    "group_consensus_against": "consensus_against",
}


@dataclass(frozen=True)
class Result:
    """
    Everything a run says that may be shown.

    evidence: None where it may not be read. bands: of the three aspects and of readiness.
    """

    run: Run
    library: Library
    questions: Perspective
    assessment: Assessment
    alignment: Alignment
    bands: Mapping[str, Band | None]
    views: Any
    evidence: list[EvidenceItem] | None


def result(program_id: str, run_id: str, *, evidence: bool = False) -> Result:
    """
    Return what a run says. Raises Missing, also for an anonymous run that is open.

    evidence: of an anonymous run too, which only members who lead assessments may read.
    """
    run = queries.run(program_id, run_id)
    if not run.readable:
        raise Missing("assessment run")
    return Result(
        run=run,
        library=queries.library(program_id, run_id),
        questions=load_questions(),
        assessment=queries.assessment(program_id, run_id),
        alignment=queries.alignment(program_id, run_id),
        bands=queries.bands(program_id, run_id),
        views=queries.perspective(program_id, run_id),
        evidence=queries.evidence(program_id, run_id) if evidence or not run.anonymous else None,
    )


def workbook(program_id: str, run_id: str, *, evidence: bool = False) -> bytes:
    """Return a run's values as an XLSX file; every row names the model it rests on. Arguments as in `result`."""
    from program.reports.assessment_sheets import sheets

    return exports.xlsx_bytes(sheets(result(program_id, run_id, evidence=evidence)))


def document(program_id: str, run_id: str, *, evidence: bool = False) -> bytes:
    """Return a run's values as JSON, numbers unrounded. Arguments as in `result`."""
    return json.dumps(
        as_json(result(program_id, run_id, evidence=evidence)), ensure_ascii=False, allow_nan=False, indent=1
    ).encode()


def as_json(found: Result) -> dict[str, Any]:
    """Return the values by name; scores, readiness and statements are named as the commands name them."""
    return {
        "run": plain(found.run, leave_out=("invite", "version")),
        "as_of": plain(as_of(found.run)),
        "model": model(found.library),
        "perspective_model": {"version": found.questions.version, "sha256": found.questions.sha256},
        "scores": {name: scoring.as_json(aspect) for name, aspect in found.assessment.aspects.items()},
        "readiness": readiness.as_json(found.assessment.readiness),
        "bands": plain(found.bands),
        "agreement": {
            "statements": [statement(each) for each in found.alignment.statements],
            "overall": plain(found.alignment.overall),
            "dont_know_by_role": plain(found.alignment.dont_know),
            "raters": found.alignment.raters,
            "permutations": found.alignment.permutations,
            "seed": found.alignment.seed,
            "reasons": plain(found.alignment.reasons),
        },
        "perspective": plain(found.views),
        "evidence": None if found.evidence is None else plain(found.evidence, leave_out=("version",)),
        "how_computed": [dict(zip(COMPUTED, row, strict=True)) for row in computed(found.library)],
    }


def answers_csv(program_id: str, run_id: str) -> bytes:
    """Return a named run's answers in the columns that `score` and `readiness` read. Raises Missing."""
    rows = (
        (each.respondent, each.function, each.statement, _written(each), each.reason, each.note, each.evidence)
        for each in queries.answers(program_id, run_id)
    )
    return exports.csv_bytes(ANSWERS, rows)


def ratings_csv(program_id: str, run_id: str) -> bytes:
    """Return a named run's answers in the columns that `agreement` reads, with 5 options from 0. Raises Missing."""
    rows = (
        (each.respondent, each.function, each.statement, _written(each))
        for each in queries.answers(program_id, run_id)
        if each.kind != "na"
    )
    return exports.csv_bytes(RATINGS, rows)


def statement(each: StatementAlignment) -> dict[str, Any]:
    """Return a statement's figures of agreement by the names of the command; none of a withheld one."""
    named: dict[str, Any] = {"id": each.id, "dimension": each.dimension, "aspect": each.aspect}
    if each.item is None:
        return named | {"withheld": each.withheld}
    item = each.item
    return (
        named
        | {key: getattr(item, name) for key, name in FIGURES.items()}
        | {key: getattr(item.roles, name) for key, name in ROLE_FIGURES.items()}
        | {"counts": list(each.counts), "roles": plain(each.roles), "reasons": item.reasons}
    )


def model(library: Library) -> dict[str, Any]:
    """Return which model this is: its version and hash as a whole, and those of its parts."""
    parts = {
        name: {"id": aspect.model_id, "version": aspect.version, "sha256": aspect.sha256}
        for name, aspect in library.aspects.items()
    }
    return {"sha256": library.sha256, "aspects": parts}


def as_of(run: Run) -> date | None:
    """Return the day up to which a run's answers go, None while it takes answers."""
    return run.closed_at.date() if run.closed_at else None


def plain(value: Any, *, leave_out: tuple[str, ...] = ()) -> Any:
    """Return a value as JSON has it: dataclasses as their fields, keys of several parts joined by a slash."""
    if is_dataclass(value) and not isinstance(value, type):
        names = (field.name for field in fields(value) if field.name not in leave_out)
        return {name: plain(getattr(value, name), leave_out=leave_out) for name in names}
    if isinstance(value, Mapping):
        return {"/".join(key) if isinstance(key, tuple) else str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(each, leave_out=leave_out) for each in value]
    if isinstance(value, Fraction):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


def _written(answer: Answer) -> str | int:
    return answer.kind if answer.level is None else answer.level
