"""What a run's answers say about one aspect: the rows of the dot plot, the headline and the why panel."""

from collections import Counter
from functools import lru_cache, partial

import numpy as np
import streamlit as st

from assessments.agreement.labels import cutoffs
from assessments.agreement.spread import van_der_eijk
from assessments.content import Gates
from assessments.library import Library
from assessments.requirements import RequirementCap
from assessments.scores import AspectScore, DimensionScore
from assessments.scoring import Assessment, low_dimensions
from pages.ui import dots, shell, svg, tables, text
from pages.ui.shell import Visit
from program.components import Component, Proposal
from program.queries import assessments as queries
from program.queries import components
from program.queries.revisions import revision
from program.runs import Run

MANY_DO_NOT_KNOW = 0.3
LEVELS = 5
WHY_LEFT_OUT = {"dont_know": "don't know", "na": "does not apply", "not_counted": "observes"}


def assessed(visit: Visit, run: Run) -> tuple[Assessment, Library]:
    """Return what a run's answers say; computed anew only when something in the program changed."""
    return _assessed(visit.program_id, run.id, revision(visit.program_id)), library(visit, run)


def library(visit: Visit, run: Run) -> Library:
    """Return the model that a run was opened with."""
    return _library(visit.program_id, run.id, run.model_sha256)


def headline(score: AspectScore, *, level: float) -> str:
    """Return where an aspect stands and which of its parts is furthest from the target."""
    name = score.aspect.capitalize()
    if score.score is None:
        return f"{name} has no score yet. Nobody gave a level."
    known = sorted((each for each in score.dimensions if each.score is not None), key=lambda each: each.score or 0.0)
    lowest = known[0]
    if (lowest.score or 0.0) >= level:
        if camps := [each.short_name.lower() for each in known if _two_camps(each)]:
            still = f"but two camps leave {text.listed(camps)} unsettled"
            return (
                f"{name} stands at {text.score_of(score.score)}. Every median meets the target of {level:g}, {still}."
            )
        return f"{name} stands at {text.score_of(score.score)}. Every part meets the target of {level:g}."
    same = [each for each in known if each.score == lowest.score]
    if len(same) > 1:
        more = [f"{len(same) - 3} more"] if len(same) > 3 else []
        names = text.listed([each.short_name.lower() for each in same[:3]] + more)
        return f"{name} stands at {text.score_of(score.score)}. Lowest, at {text.score(lowest.score)}: {names}."
    return (
        f"{name} stands at {text.score_of(score.score)}. {lowest.short_name} is lowest, at {text.score(lowest.score)}."
    )


def lead(score: AspectScore) -> str:
    """Return who answered and how much of the aspect that covers."""
    asked = f"{score.answered} of {text.plural(score.asked, 'statement', 'statements')} answered"
    return f"{text.capital(text.plural(score.n, 'person', 'people'))}, one dot each; {asked}."


def opened(score: AspectScore) -> str:
    """Return the key of the dimension whose why is open; at first the lowest one."""
    key = f"results.{score.aspect}"
    lowest = low_dimensions(score.dimensions)
    st.session_state.setdefault(key, lowest[0].id if lowest else score.dimensions[0].id)
    return key


def draw(score: AspectScore, library: Library, *, level: float, key: str) -> None:
    """Draw the dot plot; picking a row, by click or keyboard, opens its why."""
    rows = [_row(each, level) for each in score.dimensions]
    label = f"Answers on {score.aspect} by dimension. {headline(score, level=level)}"
    chosen = st.session_state[key]
    drawing = dots.drawing(rows, aspect=score.aspect, levels=library.scale, chosen=chosen, label=label)
    svg.draw(drawing, key=f"{key}.dots", style=dots.STYLE, on_pick=partial(st.session_state.__setitem__, key))


def table(score: AspectScore, *, level: float) -> tables.Table:
    """Return the rows behind the dot plot."""
    heads = ("Dimension", "Median", "Target", "To target", "People", "Don't know", "Does not apply")
    shows = (tables.plain, text.score, text.score, _to_target, text.number, text.percent, text.percent)
    columns = tuple(tables.Column(*each, number=at > 0) for at, each in enumerate(zip(heads, shows, strict=True)))
    rows = tuple(
        (
            each.name,
            each.score,
            level,
            dots.UNSETTLED if _two_camps(each) else None if each.score is None else each.score - level,
            each.n,
            each.dont_know,
            each.na,
        )
        for each in score.dimensions
    )
    return tables.Table(columns, rows, name=f"results_{score.aspect}")


def answers(dimension: DimensionScore) -> tables.Table:
    """Return the answers behind one dimension: who, what, and what counts of it."""
    columns = (
        tables.Column("Person"),
        tables.Column("Function"),
        tables.Column("Statement"),
        tables.Column("Answered", tables.plain, number=True),
        tables.Column("Counts", text.number, number=True),
        tables.Column("Note", tables.blank),
    )
    given = [
        (
            each.respondent,
            each.function,
            each.statement,
            each.level,
            each.counted,
            each.cap.sentence if each.cap else None,
        )
        for each in dimension.answers
    ]
    out = [
        (each.respondent, each.function, each.statement, WHY_LEFT_OUT[each.why], None, each.reason or None)
        for each in dimension.left_out
    ]
    return tables.Table(columns, tuple(sorted(given + out, key=lambda row: row[:3])), name=f"answers_{dimension.id}")


def why(dimension: DimensionScore, score: AspectScore, library: Library, run: Run, *, zone: str, leads_to: str) -> None:
    """Draw why a dimension has its score: formula, answers, caps, what was left out, and the essay's words."""
    model = library.dimension(dimension.id)
    needed = sorted({each.needed_from_level for statement in model.statements for each in statement.evidence})
    values = [text.number(value, decimals=_decimals(value)) for value in _scores(dimension)]
    facts = [
        ("Formula", _formula(dimension)),
        ("Answers", ", ".join(values) or "none"),
        *(("Capped", f"{cap.sentence} ({count} of {len(dimension.answers)})") for cap, count in _caps(dimension)),
        ("Left out", _left_out(dimension)),
        ("Evidence", f"none attached; needed from level {needed[0]}" if needed else "none asked"),
        ("Weight", f"{model.weight:g} of {sum(each.weight for each in score.dimensions):g} in {score.aspect}"),
        ("Gate", _gate(dimension, library.gates)),
        ("Essay", "; ".join(f"{text.quoted(source.phrase)} ({source.essay})" for source in model.sources)),
        ("Model", f"{score.aspect.capitalize()} {score.version}, {_asked_on(run, zone)}"),
    ]
    head = f"Why {text.score(dimension.score)} for {dimension.short_name.lower()}"
    shell.why(head, _sentence(dimension, library), facts, leads_to=leads_to)


@lru_cache(maxsize=64)
def _library(program_id: str, run_id: str, sha256: str) -> Library:  # noqa: ARG001  a run keeps its model for good
    return queries.library(program_id, run_id)


@lru_cache(maxsize=64)
def _assessed(program_id: str, run_id: str, revision: str) -> Assessment:  # noqa: ARG001  a change is a new revision
    return queries.assessment(program_id, run_id)


def _row(dimension: DimensionScore, level: float) -> dots.Row:
    unknown = sum(each.why == "dont_know" for each in dimension.left_out)
    many = (dimension.dont_know or 0.0) >= MANY_DO_NOT_KNOW
    people = text.plural(dimension.n, "person", "people")
    return dots.Row(
        id=dimension.id,
        name=dimension.short_name,
        about=_rest(dimension.name, dimension.short_name),
        scores=tuple(_scores(dimension)),
        median=dimension.score,
        target=level,
        remark="Unknown to many" if many else people,
        second=f"{text.plural(unknown, 'answer', 'answers')} “don't know”" if unknown else "",
        watch=many,
        unsettled=_two_camps(dimension),
    )


def _two_camps(dimension: DimensionScore) -> bool:
    """Whether the answers to a dimension's one statement lean to both ends; with several, people have a mean each."""
    if len({each.statement for each in dimension.answers}) != 1 or dimension.n < cutoffs().fewest_answers.value:
        return False
    agreed = van_der_eijk(np.bincount([each.counted for each in dimension.answers], minlength=LEVELS))
    return agreed is not None and agreed <= cutoffs().two_camps.value


def _rest(name: str, short_name: str, *, most: int = 33) -> str:
    """What a dimension's name says beyond its short name, where it goes on from it and fits."""
    rest = name.removeprefix(short_name).strip(" :,") if name.startswith(short_name) else ""
    return rest if len(rest) <= most else ""


def _scores(dimension: DimensionScore) -> list[float]:
    return sorted(person.score for person in dimension.people)


def _sentence(dimension: DimensionScore, library: Library) -> str:
    if dimension.score is None:
        return "Nobody gave a level, so there is no score; zero would be a claim."
    people = text.plural(dimension.n, "person", "people")
    if _two_camps(dimension):
        return f"The answers of {people} stand in two camps; the middle between them is nobody's answer."
    level = round(dimension.score)
    if dimension.score != level:
        return f"The middle of {people} is {text.number(dimension.score, decimals=_decimals(dimension.score))}."
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


def _decimals(value: float) -> int:
    return 0 if value == int(value) else 1


def _caps(dimension: DimensionScore) -> list[tuple[RequirementCap, int]]:
    return list(Counter(each.cap for each in dimension.answers if each.cap).items())


def _left_out(dimension: DimensionScore) -> str:
    counts = Counter(WHY_LEFT_OUT[each.why] for each in dimension.left_out)
    return ", ".join(f"{count} “{why}”" for why, count in counts.items()) or "none; no “don't know”"


def _gate(dimension: DimensionScore, gates: Gates) -> str:
    if not dimension.gated:
        return "none on this part"
    if dimension.score is None:
        return "closed: this part needs a score"
    state = "closed by this part" if dimension.score < gates.floor else "this part is high enough"
    return f"{state}; the gate needs {gates.floor:g} here"


def _asked_on(run: Run, zone: str) -> str:
    opened = text.moment(run.opened_at, zone).split(",")[0]
    return (
        f"opened {opened}" if run.closed_at is None else f"{opened} to {text.moment(run.closed_at, zone).split(',')[0]}"
    )


def _to_target(value: float | str | None) -> str:
    return value if isinstance(value, str) else text.number(value, decimals=1, signed=True)


def leads_to(visit: Visit, dimension_id: str) -> str:
    """Return the components that lift a dimension, or the one proposed for it."""
    planned, proposed = _planned(visit.program_id, revision(visit.program_id))
    adopted = [text.quoted(each.name) for each in planned if each.dimension_id == dimension_id]
    if adopted:
        return f"{'Component' if len(adopted) == 1 else 'Components'} {text.listed(adopted)}."
    first = next((each.name for each in proposed if each.dimension_id == dimension_id), None)
    return f"Proposed component {text.quoted(first)}, not adopted yet." if first else ""


@lru_cache(maxsize=64)
def _planned(program_id: str, revision: str) -> tuple[list[Component], list[Proposal]]:  # noqa: ARG001  as above
    return components.components(program_id), components.proposals(program_id)
