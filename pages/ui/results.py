"""What a run's answers say about one aspect: the headline, the dot plot, the radar and the table behind them."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from assessments.agreement.labels import cutoffs
from assessments.agreement.spread import van_der_eijk
from assessments.content import Target
from assessments.disclosure import too_few
from assessments.library import Library
from assessments.scores import AspectScore, DimensionScore
from assessments.scoring import low_dimensions
from pages.ui import charts, dots, radar, svg, tables, text
from pages.ui.result_reads import assessed, library, of_aspect
from pages.ui.shell import Visit
from program.runs import Run

__all__ = [
    "assessed",
    "figure",
    "headline",
    "hidden",
    "lead",
    "library",
    "opened",
    "pick",
    "scores_of",
    "show",
    "spokes",
    "table",
    "two_camps",
]

RADAR, ROLES = "Radar", "Roles"
MANY_DO_NOT_KNOW = 0.3
LEVELS = 5


def hidden(score: AspectScore, library: Library) -> tuple[str, ...]:
    """Return the names of the parts that too few people answered to be shown in an anonymous run."""
    least = library.gates.disclosure_minimum
    return tuple(
        each.short_name.lower()
        for each in score.dimensions
        if score.reasons.get(f"dimensions.{each.id}") == too_few(each.short_name.lower(), least)
    )


def headline(score: AspectScore, *, level: float, withheld: tuple[str, ...] = ()) -> str:
    """Return where an aspect stands and which of its parts is furthest from the target; withheld: as `hidden` says."""
    name = score.aspect.capitalize()
    if score.score is None and len(withheld) == len(score.dimensions):
        return f"{name} cannot be shown: too few people answered it to stay unnamed."
    if score.score is None and withheld:
        return (
            f"{name} has no score: too few people answered {text.listed(withheld)}, and it would tell what they said."
        )
    if score.score is None:
        return f"{name} has no score. {score.reasons.get('score', 'Nobody gave a level.')}"
    known = sorted((each for each in score.dimensions if each.score is not None), key=lambda each: each.score or 0.0)
    lowest = known[0]
    if (lowest.score or 0.0) >= level:
        if camps := [each.short_name.lower() for each in known if two_camps(each)]:
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


def lead(score: AspectScore, *, shown: str) -> str:
    """Return who answered, how the figure shows them, and how much of the aspect that covers."""
    if not score.n:
        return "Nobody's answers can be shown."
    asked = f"{score.answered} of {text.plural(score.asked, 'statement', 'statements')} answered"
    people = text.capital(text.plural(score.n, "person", "people"))
    if shown != charts.FIGURE:
        return f"{people}; {asked}."
    if any(_only_answers(each) for each in score.dimensions):
        return f"{people}; bars count their answers by level, as nothing ties one person's together; {asked}."
    dotted = [len(each.people) for each in score.dimensions]
    return f"{people}, {'one dot each' if max(dotted) <= dots.ONE_DOT_EACH else 'as bars by level'}; {asked}."


def opened(score: AspectScore) -> str:
    """Return the key of the dimension whose why is open; at first the lowest one."""
    key = f"results.{score.aspect}"
    if st.session_state.get(key) not in {each.id for each in score.dimensions}:
        lowest = low_dimensions(score.dimensions)
        st.session_state[key] = lowest[0].id if lowest else score.dimensions[0].id
    return key


def pick(score: AspectScore, key: str) -> DimensionScore:
    """Draw the choice of the dimension whose why is open, and return it."""
    by_id = {each.id: each for each in score.dimensions}
    chosen = st.selectbox(
        "Why this number",
        list(by_id),
        format_func=lambda each: by_id[each].short_name,
        key=key,
        label_visibility="collapsed",
    )
    return by_id[chosen or next(iter(by_id))]


def show(visit: Visit, run: Run, score: AspectScore, *, target: Target, key: str, shown: str) -> None:
    """Draw one aspect as dots, as a table or as a radar."""
    if shown == charts.TABLE:
        tables.show(table(score, level=target.level), key="results.table")
    elif shown == RADAR:
        svg.draw(of_aspect(spokes, visit, run, score.aspect, target), key=f"{key}.radar", style=radar.STYLE)
    else:
        drawing = of_aspect(figure, visit, run, score.aspect, target.level, st.session_state[key])
        svg.draw(drawing, key=f"{key}.dots", style=dots.STYLE, on_pick=partial(st.session_state.__setitem__, key))


def figure(score: AspectScore, library: Library, level: float, chosen: str) -> str:
    """Return the dot plot; picking a row, by click or keyboard, opens its why."""
    withheld = hidden(score, library)
    rows = [_row(each, level, withheld=each.short_name.lower() in withheld) for each in score.dimensions]
    label = f"Answers on {score.aspect} by dimension. {headline(score, level=level)}"
    return dots.drawing(rows, aspect=score.aspect, levels=library.scale, chosen=chosen, label=label)


def spokes(score: AspectScore, _library: Library, target: Target) -> str:
    """Return the medians of one aspect as a radar with the target as a thin line."""
    found = [radar.Spoke(each.short_name, each.score, unsettled=two_camps(each)) for each in score.dimensions]
    level = target.level
    label = f"Medians of {score.aspect} by dimension, target {level:g}. {headline(score, level=level)}"
    aim = f"target {level:g}, {target.name.lower()}"
    return radar.drawing(found, aspect=score.aspect, target=level, target_name=aim, label=label)


def table(score: AspectScore, *, level: float) -> tables.Table:
    """Return the rows behind the dot plot."""
    heads = ("Dimension", "Median", "Target", "To target", "People", "Don't know", "Does not apply")
    to_target: Callable[[Any], str] = _to_target
    shows = (tables.plain, text.score, text.score, to_target, text.number, text.percent, text.percent)
    columns = tuple(tables.Column(*each, number=at > 0) for at, each in enumerate(zip(heads, shows, strict=True)))
    rows = tuple(
        (
            each.name,
            each.score,
            level,
            dots.UNSETTLED if two_camps(each) else None if each.score is None else each.score - level,
            each.n,
            each.dont_know,
            each.na,
        )
        for each in score.dimensions
    )
    return tables.Table(columns, rows, name=f"results_{score.aspect}")


def _row(dimension: DimensionScore, level: float, *, withheld: bool) -> dots.Row:
    unknown = sum(each.why == "dont_know" for each in dimension.left_out)
    many = (dimension.dont_know or 0.0) >= MANY_DO_NOT_KNOW
    people = text.plural(dimension.n, "person", "people") if dimension.n else "nobody"
    by_level = _only_answers(dimension)
    scores = sorted(float(each.level) for each in dimension.answers) if by_level else scores_of(dimension)
    return dots.Row(
        id=dimension.id,
        name=dimension.short_name,
        about=_rest(dimension.name, dimension.short_name),
        scores=tuple(scores),
        median=dimension.score,
        target=level,
        remark="Unknown to many" if many else "not shown" if withheld else people,
        second=f"{text.plural(unknown, 'answer', 'answers')} “don't know”" if unknown else "",
        watch=many,
        unsettled=two_camps(dimension),
        by_level=by_level,
    )


def _only_answers(dimension: DimensionScore) -> bool:
    """Whether a dimension has a score but no people: of several statements, an anonymous run tells only answers."""
    return dimension.score is not None and not dimension.people


def two_camps(dimension: DimensionScore) -> bool:
    """Whether the answers to a dimension's one statement lean to both ends; with several, people have a mean each."""
    if len({each.statement for each in dimension.answers}) != 1 or dimension.n < cutoffs().fewest_answers.value:
        return False
    agreed = van_der_eijk(np.bincount([each.counted for each in dimension.answers], minlength=LEVELS))
    return agreed is not None and agreed <= cutoffs().two_camps.value


def _rest(name: str, short_name: str, *, most: int = 33) -> str:
    """What a dimension's name says beyond its short name, where it goes on from it and fits."""
    rest = name.removeprefix(short_name).strip(" :,") if name.startswith(short_name) else ""
    return rest if len(rest) <= most else ""


def scores_of(dimension: DimensionScore) -> list[float]:
    """What each person says of a dimension, the lowest first."""
    return sorted(person.score for person in dimension.people)


def _to_target(value: float | str | None) -> str:
    return value if isinstance(value, str) else text.number(value, decimals=1, signed=True)
