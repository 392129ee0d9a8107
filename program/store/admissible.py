"""What a row that comes in from a file may hold: the words and ranges that the actions allow."""

from base64 import b64decode
from collections import defaultdict
from collections.abc import Collection, Mapping
from decimal import Decimal
from hashlib import sha256
from typing import Any

from assessments import perspective
from assessments.functions import FUNCTIONS
from assessments.library import Library, from_snapshot
from assessments.model import AspectFile
from assessments.model_file import BadModel, as_plain, restore
from program import audit, budget, catalog, duties, evidence, ledger, ownership, runs, stakeholders, typed_ties
from program.store import admissible_plan

WORDS: Mapping[tuple[str, str], Collection[str]] = {
    ("respondent", "function"): FUNCTIONS,
    ("stakeholder", "function"): FUNCTIONS,
    ("evidence", "function"): FUNCTIONS,
    ("stakeholder", "stance"): stakeholders.STANCES,
    ("stakeholder", "wanted_stance"): stakeholders.STANCES,
    ("assessment_run", "form"): runs.FORMS,
    ("answer", "kind"): runs.KINDS,
    ("component", "origin"): catalog.ORIGINS,
    ("component", "pillar"): catalog.PILLARS,
    ("component", "stage"): catalog.STAGES,
    ("stakeholder_state", "stance"): stakeholders.STANCES,
    ("stakeholder_state", "wanted_stance"): stakeholders.STANCES,
    ("tie", "kind"): typed_ties.KINDS,
    ("component", "scheme"): duties.SCHEMES,
    ("component", "ownership_stage"): ownership.STAGES,
    ("component", "wanted_ownership_stage"): ownership.STAGES,
    ("owned_item", "kind"): [kind for kind in ownership.KINDS if kind != "component"],
    ("owned_item", "scheme"): duties.SCHEMES,
    ("budget_line", "nature"): budget.NATURES,
    ("budget_line", "spending"): budget.SPENDING,
    ("ledger_entry", "kind"): ledger.KINDS,
    **admissible_plan.WORDS,
}
PLACES = ("power", "interest", "legitimacy", "urgency")
RANGES: Mapping[tuple[str, str], tuple[int, int]] = {
    ("answer", "level"): (0, 4),
    ("tie", "weight"): (1, 5),
    **{("stakeholder", column): (0, 10) for column in (*PLACES, "wanted_power", "wanted_interest")},
    **{("stakeholder_state", column): (0, 10) for column in PLACES},
    **admissible_plan.RANGES,
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
    if (table, column, value) == ("assessment_run", "anonymous", True):
        raise ValueError("An anonymous run is never part of a file.")


def refuse_row(table: str, row: Mapping[str, Any]) -> None:
    """Raise ValueError with a sentence when the values of a row do not go together as people could have entered."""
    if table == "perspective_answer":
        perspective.check(row["question_id"], row["about"], row["value"])
    elif table == "evidence":
        _refuse_evidence(row)
    elif table == "published_model":
        _refuse_model(row)
    elif table == "tie" and row["source_id"] == row["target_id"]:
        raise ValueError("It goes from somebody to themselves.")
    elif table == "stand_in" and row["stakeholder_id"] == row["stand_in_id"]:
        raise ValueError("Nobody can stand in for themselves.")
    else:
        admissible_plan.refuse_row(table, row)


def refuse_unasked(content: Mapping[str, list[dict[str, Any]]]) -> None:
    """Raise ValueError when an answer or evidence is of a statement that no run of the same file asks so."""
    asked: dict[Any, set[Any]] = defaultdict(set)
    for run in content.get("assessment_run", []):
        for statement in library_of(run.get("model_snapshot")).statements("long"):
            asked[statement.id] |= {each.kind for each in statement.evidence}
    for number, row in enumerate(content.get("answer", []), start=1):
        if _text(row, "statement_id") not in asked:
            raise ValueError(f"The answer {number} is to {row.get('statement_id')!r}, which no run of the file asks.")
    for number, row in enumerate(content.get("evidence", []), start=1):
        if _text(row, "kind") not in asked.get(_text(row, "statement_id"), ()):
            raise ValueError(f"The evidence {number} is of a kind that no run of the file asks for.")


def refuse_letters(content: Mapping[str, list[dict[str, Any]]]) -> None:
    """Raise ValueError when a duty has a letter that the scheme of what it is on does not have."""
    for table, owners, key in (("duty", "component", "component_id"), ("item_duty", "owned_item", "item_id")):
        schemes = {_text(row, "id"): _text(row, "scheme") for row in content.get(owners, [])}
        for number, row in enumerate(content.get(table, []), start=1):
            scheme = duties.SCHEMES.get(schemes.get(_text(row, key), ""), duties.RACI)
            if _text(row, "letter") not in scheme.words:
                said = row.get("letter")
                raise ValueError(f"The {table.replace('_', ' ')} {number} is {said!r}, which {scheme.name} has not.")


def library_of(snapshot: Any) -> Library:
    """Return the statements of a run's snapshot. Raises ValueError when it is none."""
    try:
        return from_snapshot(snapshot)
    except (BadModel, TypeError, KeyError, AttributeError) as problem:
        raise ValueError("It holds no assessment model that can be read.") from problem


def _text(row: Mapping[str, Any], column: str) -> str:
    value = row.get(column)
    return value if isinstance(value, str) else ""


def _refuse_evidence(row: Mapping[str, Any]) -> None:
    if row["link"] is not None and evidence.check_link(row["link"]) != row["link"]:
        raise ValueError("Its link has spaces around it.")
    file = row["file_name"], row["media_type"]
    if row["content"] is None:
        if file != (None, None):
            raise ValueError("It names a file that it does not hold.")
    elif evidence.check_file(file[0] or "", b64decode(row["content"], validate=True)) != file:
        raise ValueError("Its file is not what it is called.")
    if not (row["note"] or row["link"] or row["content"]):
        raise ValueError("It is empty.")


def _refuse_model(row: Mapping[str, Any]) -> None:
    try:
        content = restore(row["content"], file="its content", shape=AspectFile).content
    except (BadModel, TypeError, KeyError, AttributeError) as problem:
        raise ValueError("It holds no statements that can be read.") from problem
    digest = sha256(audit.canonical(as_plain(content))).hexdigest()
    said = row["aspect"], row["model_version"], row["sha256"]
    if said != (content.model.aspect, content.model.version, digest):
        raise ValueError("Its aspect, version and checksum are not those of its content.")
