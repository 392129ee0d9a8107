"""Why a dimension has its score: the answers behind it, the arithmetic, what capped it, and the essay's words."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import streamlit as st

from assessments.content import Gates
from assessments.evidence import EvidencedLevel
from assessments.library import Library
from assessments.requirements import RequirementCap
from assessments.scores import AspectScore, DimensionScore
from pages.ui import result_runs, shell, tables, text
from pages.ui.result_reads import of_aspect, of_program, of_run
from pages.ui.results import hidden, scores_of, two_camps
from pages.ui.shell import Visit
from program.queries import assessments as queries
from program.queries import components
from program.runs import Run

WHY_LEFT_OUT = {"dont_know": "don't know", "na": "does not apply", "not_counted": "observes"}
MOST_LISTED = 15
MOST_ROWS = 100
TIMES = "\N{MULTIPLICATION SIGN}"
Fact = tuple[str, str]


@dataclass(frozen=True)
class Explained:
    """Why a dimension has its score: in a sentence, by what went into it, and by what it goes into."""

    head: str
    sentence: str
    inputs: tuple[Fact, ...]
    place: tuple[Fact, ...]


def show(
    visit: Visit,
    run: Run,
    dimension: DimensionScore,
    score: AspectScore,
    library: Library,
    levels: Mapping[str, EvidencedLevel],
) -> None:
    """Draw the why panel of a dimension. levels: what is shown of each of its statements."""
    found = of_aspect(explained, visit, run, score.aspect, dimension.id, run.anonymous)
    model = f"{score.aspect.capitalize()} {score.version}, {result_runs.dates(run, visit.program.time_zone)}"
    facts = [*found.inputs, *_evidence(visit, run, dimension, library, levels), *found.place, ("Model", model)]
    leads_to = _leads_to(visit, dimension.id)
    shell.why(found.head, found.sentence, facts, leads_to=leads_to)
    if leads_to:
        address = urlencode({"program": visit.program_id, "dimension": dimension.id})
        st.html(f'<p class="gw-note"><a href="components?{address}" target="_self">Open it in the plan</a></p>')


def explained(score: AspectScore, library: Library, dimension_id: str, anonymous: bool) -> Explained:
    """Return why a dimension has its score."""
    dimension = one(score, dimension_id)
    model = library.dimension(dimension_id)
    head = f"Why {text.score(dimension.score)} for {dimension.short_name.lower()}"
    place = (
        ("Weight", _weight(dimension, score)),
        ("Gate", _gate(dimension, library.gates)),
        ("Essay", "; ".join(f"{text.quoted(source.phrase)} ({source.essay})" for source in model.sources)),
    )
    if _is_withheld(dimension, score, library):
        return Explained(head, _sentence(dimension, score, library), (), place)
    inputs = (
        ("Formula", dimension.formula if anonymous else _formula(dimension)),
        *([("Answers", _answers(dimension))] if dimension.people or not anonymous else []),
        *(("Capped", words) for words in _caps(dimension, library)),
        ("Left out", _left_out(dimension)),
    )
    return Explained(head, _sentence(dimension, score, library), inputs, place)


def show_rows(visit: Visit, run: Run, dimension: DimensionScore, aspect: str) -> None:
    """Draw the answers behind one dimension of a named run, the first hundred of them, and all as files."""
    number = len(dimension.answers) + len(dimension.left_out)
    with st.popover(f"Show the {number} rows"):
        st.html(of_aspect(first_rows, visit, run, aspect, dimension.id))
        if number > MOST_ROWS:
            shell.note(f"The first {MOST_ROWS} of {text.number(number)} rows; the downloads have all of them.")
        tables.downloads(of_aspect(rows, visit, run, aspect, dimension.id), key="results.answers")


def first_rows(score: AspectScore, library: Library, dimension_id: str) -> str:
    """Return the first rows as a table."""
    every = rows(score, library, dimension_id)
    return tables.html(replace(every, rows=every.rows[:MOST_ROWS]))


def one(score: AspectScore, dimension_id: str) -> DimensionScore:
    """Return one dimension of an aspect."""
    return next(each for each in score.dimensions if each.id == dimension_id)


def rows(score: AspectScore, _library: Library, dimension_id: str) -> tables.Table:
    """Return the answers behind one dimension of a named run: who, what, and what counts of it."""
    dimension = one(score, dimension_id)
    columns = (
        tables.Column("Person"),
        tables.Column("Function"),
        tables.Column("Statement"),
        tables.Column("Answered", tables.plain, number=True),
        tables.Column("Counts", text.number, number=True),
        tables.Column("Note", tables.blank),
    )
    given = [
        (each.respondent, each.function, each.statement, each.level, each.counted, each.cap and each.cap.sentence)
        for each in dimension.answers
    ]
    out = [
        (each.respondent, each.function, each.statement, WHY_LEFT_OUT[each.why], None, each.reason or None)
        for each in dimension.left_out
    ]
    return tables.Table(columns, tuple(sorted(given + out, key=lambda row: row[:3])), name=f"answers_{dimension.id}")


def _is_withheld(dimension: DimensionScore, score: AspectScore, library: Library) -> bool:
    return dimension.short_name.lower() in hidden(score, library)


def _sentence(dimension: DimensionScore, score: AspectScore, library: Library) -> str:
    if dimension.score is None:
        if _is_withheld(dimension, score, library):
            return score.reasons[f"dimensions.{dimension.id}"]
        return "Nobody gave a level, so there is no score; zero would be a claim."
    people = text.plural(dimension.n, "person", "people")
    if two_camps(dimension):
        return f"The answers of {people} stand in two camps; the middle between them is nobody's answer."
    level = round(dimension.score)
    if dimension.score != level:
        return f"The middle of {people} is {_figure(dimension.score)}."
    named = f"The middle answer of {people} is {level}, {library.scale[level]}"
    statements = {each.statement for each in dimension.answers}
    if len(statements) > 1:
        return f"{named}."
    return f"{named}: {text.quoted(library.statement(statements.pop()).levels[level])}"


def _formula(dimension: DimensionScore) -> str:
    statements = len({each.statement for each in dimension.answers})
    people = text.plural(dimension.n, "person", "people")
    if statements > 1:
        return f"median over {people} of the mean of their answers to {statements} statements"
    return f"median of the answers of {people}"


def _answers(dimension: DimensionScore) -> str:
    """People's scores in order, or how many have each where they are many."""
    found = scores_of(dimension)
    if len(found) <= MOST_LISTED:
        return ", ".join(map(_figure, found)) or "none"
    return ", ".join(f"{_figure(value)} {TIMES} {count}" for value, count in sorted(Counter(found).items()))


def _caps(dimension: DimensionScore, library: Library) -> list[str]:
    """Each requirement that bound: what counts, of how many answers, and the essay's words for what is required."""
    found: Counter[RequirementCap] = Counter(each.cap for each in dimension.answers if each.cap)
    given = len(dimension.answers)
    return [f"{cap.sentence} ({count} of {given}) {essay_of(cap, library)}" for cap, count in found.items()]


def essay_of(cap: RequirementCap, library: Library) -> str:
    """The phrase of the essay behind what a requirement asks for first."""
    source = library.statement(cap.statement).source
    return f"Essay {source.essay}: {text.quoted(source.phrase)}."


def _left_out(dimension: DimensionScore) -> str:
    counts = Counter(WHY_LEFT_OUT[each.why] for each in dimension.left_out)
    return ", ".join(f"{count} “{why}”" for why, count in counts.items()) or "none; no “don't know”"


def _evidence(
    visit: Visit, run: Run, dimension: DimensionScore, library: Library, levels: Mapping[str, EvidencedLevel]
) -> list[Fact]:
    """How many of its statements are shown at the level that people claim, and what is attached to them."""
    if run.anonymous and not visit.may("assess.manage"):
        return []
    own = {each.id for each in library.dimension(dimension.id).statements}
    claimed = [each for each in levels.values() if each.claimed is not None]
    shown = sum(each.evidenced is not None and each.evidenced >= int(each.claimed or 0) for each in claimed)
    attached = sum(each.statement_id in own for each in of_run(queries.evidence, visit, run))
    pieces = text.plural(attached, "piece", "pieces") if attached else "nothing"
    if not claimed:
        return [("Evidence", f"no level is claimed; {pieces} attached")]
    of_all = f"{shown} of {text.plural(len(claimed), 'statement', 'statements')}"
    return [("Evidence", f"{of_all} shown at the claimed level; {pieces} attached")]


def _weight(dimension: DimensionScore, score: AspectScore) -> str:
    """The dimension's weight in the next number up, with the arithmetic of that one."""
    scored = [each for each in score.dimensions if each.score is not None]
    total = sum(each.weight for each in scored)
    share = f"{dimension.weight:g} of {sum(each.weight for each in score.dimensions):g} in {score.aspect}"
    if dimension.score is None or score.score is None:
        return share
    rest = sum((each.score or 0.0) * each.weight for each in scored if each.id != dimension.id)
    own = (
        f"{_figure(dimension.score)} {TIMES} {dimension.weight:g}"
        if dimension.weight != 1
        else _figure(dimension.score)
    )
    return f"{share}: ({own} + {_figure(rest)} of the others) ÷ {total:g} = {text.score(score.score)}"


def _gate(dimension: DimensionScore, gates: Gates) -> str:
    if not dimension.gated:
        return "none on this part"
    if dimension.score is None:
        return "closed: this part needs a score"
    state = "closed by this part" if dimension.score < gates.floor else "this part is high enough"
    return f"{state}; the gate needs {gates.floor:g} here"


def _leads_to(visit: Visit, dimension_id: str) -> str:
    """Return the components that lift a dimension, or the one proposed for it."""
    planned = of_program(components.components, visit)
    adopted = [text.quoted(each.name) for each in planned if each.dimension_id == dimension_id]
    if adopted:
        return f"{'Component' if len(adopted) == 1 else 'Components'} {text.listed(adopted)}."
    proposed = of_program(components.proposals, visit)
    first = next((each.name for each in proposed if each.dimension_id == dimension_id), None)
    return f"Proposed component {text.quoted(first)}, not adopted yet." if first else ""


def _figure(value: float) -> str:
    return text.number(value, decimals=0 if value == int(value) else 1)
