"""
Disclosure: what the results of an anonymous run may show, so that nobody is found in them.

Counted people who answered a statement are shown together from the minimum on, and so is a role. The roles that are not
shown hold nobody or at least the minimum, so that no difference of shown figures is a smaller group. Nothing holds
two answers of one person together.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assessments.content import Statement
from assessments.functions import FUNCTIONS
from assessments.library import Library
from assessments.readiness import GATED, Readiness, readiness
from assessments.requirements import Requirements, findings
from assessments.responses import Answer
from assessments.scores import AspectScore, Assessment, CountedAnswer, DimensionScore, LeftOut, PersonScore
from assessments.scoring import assess

NOT_YET = "Results of an anonymous run appear when it is closed."
OTHERS = "other roles"
NAMED = 3


@dataclass(frozen=True)
class Groups:
    """
    What may be shown of one statement.

    total: whether all together may. shown: the roles that may, by name. others: the roles that are only shown pooled;
    empty where all roles are shown and where no role is, because then the pool would be the total.
    """

    total: bool
    shown: tuple[str, ...]
    others: tuple[str, ...]


def groups(sizes: Mapping[str, int], *, minimum: int) -> Groups:
    """
    Return which roles may be shown of one statement.

    sizes: by role, how many people answered it in any way. Roles that only observe are left out.
    """
    people = {role: n for role, n in sizes.items() if n > 0 and _is_counted(role)}
    hidden = {role for role, n in people.items() if n < minimum}
    shown = sorted(set(people) - hidden, key=lambda role: (people[role], role))
    while hidden and shown and sum(people[role] for role in hidden) < minimum:
        hidden.add(shown.pop(0))
    total = sum(people.values()) >= minimum
    return Groups(total, tuple(sorted(shown)), tuple(sorted(hidden)) if shown else ())


def groups_by_statement(answers: Iterable[Answer], *, minimum: int) -> dict[str, Groups]:
    """Return what may be shown of each statement that anyone counted answered."""
    sizes: dict[str, Counter[str]] = defaultdict(Counter)
    for answer in answers:
        if answer.counted:
            sizes[answer.statement][answer.function] += 1
    return {statement: groups(found, minimum=minimum) for statement, found in sizes.items()}


def too_few(what: str, minimum: int) -> str:
    """Return the sentence for a statement's or dimension's figures that are not shown."""
    return f"Fewer than {minimum} people answered {what} or a statement that it needs, so it is not shown."


def disclosed(assessment: Assessment, answers: Iterable[Answer], library: Library) -> Assessment:
    """
    Return what the closed anonymous run that an assessment is of may show.

    People and answers have neither name nor function, and stand in the order of their levels. Answers are as they were
    given: what a required answer takes off them would tie the two together, so only the scores count it. `people` is
    empty for a dimension that several statements were answered of. A dimension that a small group answered, or a
    statement of it, or one that they require, has no score, and its n is 0; its aspect has none either.
    """
    answers = tuple(answers)
    minimum = library.gates.disclosure_minimum
    found = groups_by_statement(answers, minimum=minimum)
    hidden = {statement for statement, each in found.items() if not each.total}
    shown = [answer for answer in answers if answer.counted and answer.statement not in hidden]
    small = {each.id for each in assessment.dimensions if _is_small(each, hidden, library)}
    aspects = {name: _aspect(each, shown, hidden, small, library) for name, each in assessment.aspects.items()}
    return Assessment(aspects, _readiness(aspects, small, library))


def nothing_yet(library: Library) -> Assessment:
    """Return an assessment that says nothing, because its anonymous run is still open."""
    empty = assess((), library)
    aspects = {name: _silent(score, NOT_YET) for name, score in empty.aspects.items()}
    reasons = dict.fromkeys(empty.readiness.reasons, NOT_YET)
    return Assessment(aspects, replace(empty.readiness, reasons=reasons))


def _is_counted(role: str) -> bool:
    return role not in FUNCTIONS or FUNCTIONS[role].counted


def _is_small(score: DimensionScore, hidden: set[str], library: Library) -> bool:
    """Whether a dimension's score would tell what a small group answered."""
    statements = library.dimension(score.id).statements
    rated = {answer.statement for answer in score.answers}
    required = {other for statement in statements if statement.id in rated for other in statement.requires}
    own = {statement.id for statement in statements}
    return 0 < score.n < library.gates.disclosure_minimum or bool((own | required) & hidden)


def _aspect(
    score: AspectScore, shown: Sequence[Answer], hidden: set[str], small: set[str], library: Library
) -> AspectScore:
    minimum = library.gates.disclosure_minimum
    asked = _asked(score, library)
    own = {each.id for each in library.statements("long", aspect=score.aspect)}
    dimensions = tuple(_dimension(each, shown, small, asked, library) for each in score.dimensions)
    answered = {answer.statement for each in dimensions for answer in each.answers} & {each.id for each in asked}
    rated = len({each.respondent for each in shown if each.level is not None and each.statement in own})
    withheld = [each for each in dimensions if each.id in small]
    result = replace(
        score,
        coverage=len(answered) / len(asked),
        n=rated if rated >= minimum else 0,
        answered=len(answered),
        dimensions=dimensions,
        findings=findings(_without(asked, hidden), Requirements(shown)),
        other_aspects=sum(answer.statement not in own for answer in shown),
        reasons=score.reasons | {f"dimensions.{each.id}": each.formula for each in withheld},
    )
    if not withheld:
        return result
    names = _listed([each.short_name for each in withheld])
    why = f"{names} not shown, and could be told from the score of {score.aspect}; so that is not either."
    return replace(result, score=None, floor=None, formula=why, reasons=result.reasons | {"score": why, "floor": why})


def _dimension(
    score: DimensionScore, shown: Sequence[Answer], small: set[str], asked: Sequence[Statement], library: Library
) -> DimensionScore:
    own = {statement.id for statement in library.dimension(score.id).statements}
    given = sorted((answer for answer in shown if answer.statement in own), key=_by_level)
    levels = [(answer.statement, answer.level) for answer in given if answer.level is not None]
    rated = {statement for statement, _ in levels}
    wanted = own & {statement.id for statement in asked}
    result = replace(
        score,
        coverage=len(rated & wanted) / len(wanted),
        people=tuple(PersonScore("", "", float(level)) for _, level in levels) if len(rated) == 1 else (),
        answers=tuple(CountedAnswer("", "", statement, level, level, None) for statement, level in levels),
        left_out=tuple(LeftOut("", "", each.statement, each.kind, "") for each in given if each.level is None),
        formula=score.formula if score.exact is None else _formula(score),
    )
    if score.id not in small:
        return result
    why = too_few(score.short_name.lower(), library.gates.disclosure_minimum)
    return replace(result, exact=None, n=0, dont_know=None, na=None, people=(), formula=why)


def _asked(score: AspectScore, library: Library) -> tuple[Statement, ...]:
    every = library.statements("long", aspect=score.aspect)
    return every if score.asked == len(every) else library.statements("short", aspect=score.aspect)


def _without(statements: Iterable[Statement], hidden: set[str]) -> list[Statement]:
    """Return the statements that may be shown, as if they named none that may not."""
    return [
        replace(
            statement,
            requires={other: level for other, level in statement.requires.items() if other not in hidden},
            contradicts=tuple(each for each in statement.contradicts if each.statement not in hidden),
        )
        for statement in statements
        if statement.id not in hidden
    ]


def _formula(score: DimensionScore) -> str:
    figure = f"{score.score:.2f}".rstrip("0").rstrip(".")
    return f"Median over {score.n} people = {figure}, after what its statements require; whose is not said."


def _by_level(answer: Answer) -> tuple[str, str, int]:
    return answer.statement, answer.kind, -1 if answer.level is None else answer.level


def _listed(names: Sequence[str]) -> str:
    """The names as the beginning of a sentence, with its verb: at most three, then how many more."""
    first, *rest = names
    words = [first, *(name.lower() for name in rest[: NAMED - 1])]
    if len(names) > NAMED:
        words.append(f"{len(names) - NAMED} more")
    if len(words) == 1:
        return f"{first} is"
    return f"{', '.join(words[:-1])} and {words[-1]} are"


def _readiness(aspects: Mapping[str, AspectScore], small: set[str], library: Library) -> Readiness:
    result = readiness(
        {aspect: scored.score for aspect, scored in aspects.items()},
        {aspect: aspects[aspect].floor for aspect in GATED},
        gates=library.gates,
        coverage={aspect: scored.coverage for aspect, scored in aspects.items()},
    )
    withheld = {
        f"{part}.{aspect}": scored.reasons["score"]
        for aspect, scored in aspects.items()
        if any(each.id in small for each in scored.dimensions)
        for part in ("raw", "gates", "floors")
    }
    return replace(result, reasons={name: withheld.get(name, why) for name, why in result.reasons.items()})


def _silent(score: AspectScore, why: str) -> AspectScore:
    dimensions = tuple(replace(each, formula=why) for each in score.dimensions)
    return replace(score, dimensions=dimensions, formula=why, reasons=dict.fromkeys(score.reasons, why))
