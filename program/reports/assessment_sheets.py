"""The sheets of a run's workbook: every row says which run and which version of the model it rests on."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assessments.agreement.overall import FIGURES as OVERALL
from assessments.content import AspectModel
from assessments.library import Library
from program.reports.assessment import FIGURES, ROLE_FIGURES, Result, as_of, plain, statement
from program.reports.computed import computed

Row = Sequence[Any]
Sheet = tuple[Sequence[str], list[Row]]

GATE = {True: "open", False: "closed", None: "not enough answers"}
RESTS_ON = ("Run", "As of", "Model", "Model version", "Model sha256")


def sheets(found: Result) -> dict[str, Sheet]:
    """Return the sheets by name, each with its header; the last columns are what the row rests on."""
    made: dict[str, Sheet] = {
        "Run": (("What", "Value"), list(_run(found))),
        "Scores": (_SCORES, list(_scores(found))),
        "Dimensions": (_DIMENSIONS, list(_dimensions(found))),
        "Statements": (_STATEMENTS, list(_statements(found))),
        "Roles": (("Statement", "Role", "People", "Median", "Don't know", "Agreement"), list(_roles(found))),
        "Perspective": (("What", "Value"), list(_flat(plain(found.views)))),
    }
    if found.evidence is not None:
        made["Evidence"] = (_EVIDENCE, list(_evidence(found)))
    made["How computed"] = (("What", "How", "Value", "Source"), list(computed(found.library)))
    return {name: _based(found, head, rows) for name, (head, rows) in made.items()}


def _based(found: Result, head: Sequence[str], rows: list[Row]) -> Sheet:
    return (*head, *RESTS_ON), [(*row, *_rests_on(found, row)) for row in rows]


_SCORES = (
    "Aspect", "Answered", "Counts", "Gate", "Floor", "Band from", "Band to", "People", "Statements answered",
    "Statements asked", "Coverage", "How", "Why it counts less",
)  # fmt: skip
_DIMENSIONS = (
    "Dimension", "Aspect", "Name", "Score", "People", "Don't know", "Not applicable", "Coverage", "Gated", "Weight",
    "How",
)  # fmt: skip
_STATEMENTS = (
    "Statement", "Dimension", "Aspect", "Text", "Withheld", "Level 0", "Level 1", "Level 2", "Level 3", "Level 4",
    *FIGURES, *ROLE_FIGURES,
)  # fmt: skip
_EVIDENCE = ("Statement", "Function", "Kind", "Note", "Link", "File", "Bytes", "Added")


def _run(found: Result) -> Iterator[Row]:
    run, alignment = found.run, found.alignment
    yield "Name", run.name
    yield "Form", run.form
    yield "Answered", "without names" if run.anonymous else "by name"
    yield "Opened", run.opened_at.date()
    yield "Closed", run.closed_at.date() if run.closed_at else None
    yield "Respondents", run.respondents
    yield "Counted people", alignment.raters
    yield "Permutations", alignment.permutations
    yield "Seed", alignment.seed
    for name in OVERALL:
        yield name, getattr(alignment.overall, name, None)
    yield "Perspective questions", f"scrm.perspective {found.questions.version}, {found.questions.sha256}"
    for name, reason in alignment.reasons.items():
        yield f"Why no {name}", reason


def _scores(found: Result) -> Iterator[Row]:
    state = found.assessment.readiness
    for name, aspect in found.assessment.aspects.items():
        caps = " ".join(cap.sentence for cap in state.caps if cap.aspect == name)
        gate = GATE[state.gates[name]] if name in state.gates else None
        counted = aspect.n, aspect.answered, aspect.asked, aspect.coverage
        scores = aspect.score, state.capped[name], gate, aspect.floor
        yield name, *scores, *_band(found, name), *counted, aspect.formula, caps
    why = state.reasons.get("readiness", "The lowest of the three scores that count.")
    yield "readiness", None, state.readiness, None, None, *_band(found, "readiness"), *[None] * 4, why, None


def _band(found: Result, name: str) -> tuple[float | None, float | None]:
    band = found.bands.get(name)
    return (band.low, band.high) if band else (None, None)


def _dimensions(found: Result) -> Iterator[Row]:
    for each in found.assessment.dimensions:
        shares = each.dont_know, each.na, each.coverage
        yield each.id, each.aspect, each.name, each.score, each.n, *shares, each.gated, each.weight, each.formula


def _statements(found: Result) -> Iterator[Row]:
    for each in found.alignment.statements:
        said: Mapping[str, Any] = statement(each)
        text = found.library.statement(each.id).text
        counts = said.get("counts") or [None] * 5
        figures = [said.get(key) for key in (*FIGURES, *ROLE_FIGURES)]
        yield each.id, each.dimension, each.aspect, text, each.withheld or None, *counts, *figures


def _roles(found: Result) -> Iterator[Row]:
    for each in found.alignment.statements:
        for cell in each.roles:
            yield each.id, cell.role, cell.n, cell.median, cell.dont_know, cell.label


def _evidence(found: Result) -> Iterator[Row]:
    for each in found.evidence or ():
        file = each.file_name, each.size
        yield each.statement_id, each.function, each.kind, each.note, each.link, *file, each.added_at.date()


def _flat(value: Any, *path: str) -> Iterator[Row]:
    """Every value with the path that leads to it, as of JSON."""
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _flat(inner, *path, str(name))
    elif isinstance(value, list) and any(isinstance(each, (dict, list)) for each in value):
        for at, inner in enumerate(value, start=1):
            yield from _flat(inner, *path, str(at))
    else:
        yield " / ".join(path), ", ".join(map(str, value)) if isinstance(value, (list, dict)) else value


def _rests_on(found: Result, row: Row) -> Row:
    """The model of a row: of its aspect where it is about one, else all three as one."""
    library = found.library
    named = next((each for each in row[:3] if isinstance(each, str) and each in library.aspects), None)
    aspect = library.aspects[named] if named else _aspect_of(library, row[0])
    if aspect is None:
        return found.run.name, as_of(found.run), "scrm", found.run.model_version, library.sha256
    return found.run.name, as_of(found.run), aspect.model_id, aspect.version, aspect.sha256


def _aspect_of(library: Library, first: Any) -> AspectModel | None:
    known = {each.id: each.aspect for each in library.statements("long")}
    return library.aspects[known[first]] if first in known else None
