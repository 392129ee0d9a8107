"""Scores: what people answered, capped by what a statement requires, as one number per dimension and aspect."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from statistics import median
from typing import Any

from assessments.content import Dimension, Statement
from assessments.functions import ASPECTS
from assessments.library import Form, Library
from assessments.readiness import GATED, readiness
from assessments.requirements import Requirements, findings
from assessments.responses import Answer
from assessments.scores import AspectScore, CountedAnswer, DimensionScore, LeftOut, PersonScore
from assessments.scores import Assessment as Assessment

Person = tuple[str, str]


class AnsweredTwice(ValueError):
    """A person has two answers to one statement."""


def assess(answers: Iterable[Answer], library: Library, *, form: Form | None = None) -> Assessment:
    """Return the scores of the three aspects and the readiness that follows from them. form: as in `score`."""
    answers = tuple(answers)
    aspects: dict[str, AspectScore] = {aspect: score(answers, library, aspect, form=form) for aspect in ASPECTS}
    return Assessment(
        aspects=aspects,
        readiness=readiness(
            {aspect: scored.score for aspect, scored in aspects.items()},
            {aspect: aspects[aspect].floor for aspect in GATED},
            gates=library.gates,
            coverage={aspect: scored.coverage for aspect, scored in aspects.items()},
        ),
    )


def score(answers: Iterable[Answer], library: Library, aspect: str, *, form: Form | None = None) -> AspectScore:
    """
    Return the score of one aspect.

    answers: of all aspects, because a statement may require one of another aspect.
    form: which statements were asked. None where nobody says, as in a file: all of them if any answer goes to a
        statement outside the short form, else the short form.

    Raises UnknownStatement if an answer's statement is not in the library, and AnsweredTwice.
    """
    answers = sorted(answers, key=lambda answer: (answer.respondent, answer.statement))
    _refuse_twice(answers)
    statements = {answer.statement: library.statement(answer.statement) for answer in answers}
    asked = library.statements(form or _form_of(statements.values()), aspect=aspect)
    own = [answer for answer in answers if statements[answer.statement].aspect == aspect]
    requirements = Requirements(answers)
    by_dimension: dict[str, list[Answer]] = defaultdict(list)
    for answer in own:
        by_dimension[statements[answer.statement].dimension].append(answer)
    model = library.aspects[aspect]
    dimensions = tuple(_dimension_score(d, by_dimension[d.id], asked, requirements) for d in model.dimensions)
    exact = _weighted_mean(dimensions)
    answered = {answer.statement for dimension in dimensions for answer in dimension.answers} & {s.id for s in asked}
    return AspectScore(
        aspect=aspect,
        version=model.version,
        score=None if exact is None else float(exact),
        floor=_floor(dimensions),
        coverage=len(answered) / len(asked),
        n=len({person.respondent for dimension in dimensions for person in dimension.people}),
        answered=len(answered),
        asked=len(asked),
        dimensions=dimensions,
        findings=findings(asked, requirements),
        other_aspects=len(answers) - len(own),
        formula=_aspect_formula(dimensions),
        reasons=_reasons(aspect, dimensions),
    )


def dont_know_by_function(answers: Iterable[Answer]) -> dict[str, tuple[int, int]]:
    """Return by function how many counted answers were "don't know", and how many were given."""
    given: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    for answer in answers:
        if answer.counted:
            given[answer.function] += 1
            unknown[answer.function] += answer.kind == "dont_know"
    return {function: (unknown[function], given[function]) for function in given}


def low_dimensions(dimensions: Iterable[DimensionScore]) -> tuple[DimensionScore, ...]:
    """Return the dimensions that have a score, the lowest first; of equal ones the gated first."""
    scored = [(d.score, not d.gated, at, d) for at, d in enumerate(dimensions) if d.score is not None]
    return tuple(dimension for *_, dimension in sorted(scored, key=lambda entry: entry[:3]))


def _dimension_score(
    dimension: Dimension, answers: Sequence[Answer], asked: Collection[Statement], requirements: Requirements
) -> DimensionScore:
    statements = {statement.id: statement for statement in dimension.statements}
    counted = tuple(_counted(answers, statements, requirements))
    people = _people(counted)
    given = [answer for answer in answers if answer.counted]
    own = {statement.id for statement in asked} & set(statements)
    exact = median(people.values()) if people else None
    return DimensionScore(
        id=dimension.id,
        aspect=dimension.aspect,
        name=dimension.name,
        short_name=dimension.short_name,
        gated=dimension.gated,
        weight=dimension.weight,
        exact=exact,
        n=len(people),
        dont_know=_share("dont_know", given),
        na=_share("na", given),
        coverage=len({answer.statement for answer in counted} & own) / len(own),
        people=tuple(PersonScore(*person, float(score)) for person, score in people.items()),
        answers=counted,
        left_out=tuple(_left_out(answers)),
        formula=_dimension_formula(exact, people.values()),
    )


def as_json(score: AspectScore) -> dict[str, Any]:
    """Return an aspect's score as the command `score` prints it, numbers unrounded."""
    return {
        "assessment": score.aspect,
        "version": score.version,
        "score": score.score,
        "floor": score.floor,
        "n": score.n,
        "coverage": score.coverage,
        "dimensions": [
            {key: getattr(dimension, key) for key in ("id", "score", "n", "dont_know", "na", "coverage")}
            for dimension in score.dimensions
        ],
        "findings": [vars(finding) for finding in score.findings],
        "other_aspects": score.other_aspects,
        "reasons": score.reasons,
    }


def _form_of(answered: Iterable[Statement]) -> Form:
    return "short" if all(statement.short_form for statement in answered) else "long"


def _refuse_twice(answers: Sequence[Answer]) -> None:
    for one, next_ in pairwise(answers):
        if (one.respondent, one.statement) == (next_.respondent, next_.statement):
            raise AnsweredTwice(f"{one.respondent} has two answers to {one.statement}")


def _counted(
    answers: Iterable[Answer], statements: Mapping[str, Statement], requirements: Requirements
) -> Iterator[CountedAnswer]:
    for answer in answers:
        if answer.counted and answer.level is not None:
            cap = requirements.cap(answer.respondent, statements[answer.statement], answer.level)
            level = cap.needed if cap else answer.level
            yield CountedAnswer(answer.respondent, answer.function, answer.statement, answer.level, level, cap)


def _people(answers: Iterable[CountedAnswer]) -> dict[Person, Fraction]:
    levels: dict[Person, list[int]] = defaultdict(list)
    for answer in answers:
        levels[answer.respondent, answer.function].append(answer.counted)
    return {person: Fraction(sum(found), len(found)) for person, found in levels.items()}


def _left_out(answers: Iterable[Answer]) -> Iterator[LeftOut]:
    for answer in answers:
        why = answer.kind if answer.counted else "not_counted"
        if why != "level":
            yield LeftOut(answer.respondent, answer.function, answer.statement, why, answer.reason)


def _share(kind: str, answers: Sequence[Answer]) -> float | None:
    return sum(answer.kind == kind for answer in answers) / len(answers) if answers else None


def _weighted_mean(dimensions: Iterable[DimensionScore]) -> Fraction | None:
    scored = [(d.exact, Fraction(str(d.weight))) for d in dimensions if d.exact is not None]
    if not scored:
        return None
    return sum((score * weight for score, weight in scored), Fraction(0)) / sum(weight for _, weight in scored)


def _floor(dimensions: Iterable[DimensionScore]) -> float | None:
    gated = [dimension.score for dimension in dimensions if dimension.gated]
    known = [score for score in gated if score is not None]
    return min(known) if known and len(known) == len(gated) else None


def _reasons(aspect: str, dimensions: Sequence[DimensionScore]) -> dict[str, str]:
    silent = [dimension for dimension in dimensions if dimension.exact is None]
    reasons = {f"dimensions.{dimension.id}": f"Nobody gave {dimension.id} a level." for dimension in silent}
    if len(silent) == len(dimensions):
        reasons["score"] = f"Nobody gave any dimension of {aspect} a level."
    gated = [dimension.id for dimension in silent if dimension.gated]
    if gated:
        reasons["floor"] = f"Nobody gave {', '.join(gated)} a level."
    elif not any(dimension.gated for dimension in dimensions):
        reasons["floor"] = f"No dimension of {aspect} is gated."
    return reasons


def _dimension_formula(exact: Fraction | None, people: Collection[Fraction]) -> str:
    if exact is None:
        return "No score, because nobody gave a level."
    scores = ", ".join(f"{_figure(score)} x {n}" for score, n in sorted(Counter(people).items()))
    return f"Median over {len(people)} people (score x people: {scores}) = {_figure(exact)}"


def _aspect_formula(dimensions: Sequence[DimensionScore]) -> str:
    exact = _weighted_mean(dimensions)
    if exact is None:
        return "No score, because no dimension has one."
    scored = [(d.exact, d.weight) for d in dimensions if d.exact is not None]
    parts = ", ".join(_figure(score) + ("" if weight == 1 else f" weighing {weight:g}") for score, weight in scored)
    return f"Mean of {len(scored)} of {len(dimensions)} dimensions ({parts}) = {_figure(exact)}"


def _figure(number: Fraction) -> str:
    return f"{float(number):.2f}".rstrip("0").rstrip(".")
