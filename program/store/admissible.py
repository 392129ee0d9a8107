"""What a row that comes in from a file may hold: the words and ranges that the actions allow."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from assessments.functions import FUNCTIONS
from assessments.library import Library, from_snapshot
from assessments.model_file import BadModel
from program import budget, catalog, ledger, raci, runs, stakeholders

WORDS: Mapping[tuple[str, str], Collection[str]] = {
    ("respondent", "function"): FUNCTIONS,
    ("stakeholder", "function"): FUNCTIONS,
    ("stakeholder", "stance"): stakeholders.STANCES,
    ("stakeholder", "wanted_stance"): stakeholders.STANCES,
    ("assessment_run", "form"): runs.FORMS,
    ("answer", "kind"): runs.KINDS,
    ("component", "origin"): catalog.ORIGINS,
    ("component", "pillar"): catalog.PILLARS,
    ("component", "stage"): catalog.STAGES,
    ("duty", "letter"): raci.LETTERS,
    ("budget_line", "nature"): budget.NATURES,
    ("budget_line", "spending"): budget.SPENDING,
    ("ledger_entry", "kind"): ledger.KINDS,
}
RANGES: Mapping[tuple[str, str], tuple[int, int]] = {
    ("answer", "level"): (0, 4),
    ("stakeholder", "power"): (0, 10),
    ("stakeholder", "interest"): (0, 10),
}


def refuse(table: str, column: str, value: Any) -> None:
    """Raise ValueError with a sentence when a value is not one that people could have entered."""
    words, span = WORDS.get((table, column)), RANGES.get((table, column))
    if value is None:
        return
    if words is not None and value not in words:
        raise ValueError(f"{value!r} is none of {', '.join(words)}.")
    if span is not None and not span[0] <= Decimal(value) <= span[1]:
        raise ValueError(f"{value} is not from {span[0]} to {span[1]}.")
    if (table, column) == ("assessment_run", "model_snapshot"):
        library_of(value)


def refuse_unasked(content: Mapping[str, list[dict[str, Any]]]) -> None:
    """Raise ValueError when an answer is to a statement that no run of the same file asks."""
    asked = {
        statement.id
        for run in content.get("assessment_run", [])
        for statement in library_of(run.get("model_snapshot")).statements("long")
    }
    for number, row in enumerate(content.get("answer", []), start=1):
        if row.get("statement_id") not in asked:
            raise ValueError(f"The answer {number} is to {row.get('statement_id')!r}, which no run of the file asks.")


def library_of(snapshot: Any) -> Library:
    """Return the statements of a run's snapshot. Raises ValueError when it is none."""
    try:
        return from_snapshot(snapshot)
    except (BadModel, TypeError, KeyError, AttributeError) as problem:
        raise ValueError("It holds no assessment model that can be read.") from problem
