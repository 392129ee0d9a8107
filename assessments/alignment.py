"""Alignment: what people said to each statement, where they agree on it, and which roles see it differently."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np

from assessments.agreement import ItemAgreement, Rating, Table, agreement, tabulate
from assessments.agreement.labels import cutoffs
from assessments.agreement.overall import OF_COMPLETE, Overall
from assessments.agreement.report import PERMUTATIONS, SEED
from assessments.agreement.roles import RoleFigures, role_figures
from assessments.agreement.scale import Scale
from assessments.content import Statement
from assessments.disclosure import Groups, groups_by_statement
from assessments.functions import FUNCTIONS, LEVELS
from assessments.library import Form, Library
from assessments.responses import Answer

LEVEL_SCALE = Scale(len(LEVELS), first=LEVELS[0])
OTHER_ROLES = "other roles"
FEW_ROLES = "Fewer than two roles can be shown, so roles are not compared."


@dataclass(frozen=True)
class RoleCell:
    """
    One role's answers to one statement, or those of the roles that are only shown together.

    role: a function's id, or OTHER_ROLES; label: its name. n: how many answered in any way. dont_know: their share
    among those who gave a level or said "don't know", None without any.
    """

    role: str
    n: int
    median: float | None
    dont_know: float | None
    label: str


@dataclass(frozen=True)
class StatementAlignment:
    """
    One statement. counts: how many people gave each level.

    item: None where there is nothing to show; then counts and roles are empty, and withheld says why.
    """

    id: str
    dimension: str
    aspect: str
    item: ItemAgreement | None
    counts: tuple[int, ...]
    roles: tuple[RoleCell, ...]
    withheld: str


@dataclass(frozen=True)
class Alignment:
    """
    All statements in the order of the library, and the figures over those that are shown.

    dont_know: by role how many of its answers were "don't know" and how many it gave; in an anonymous run only of the
    statements where the role is shown. raters: people who gave a level or said "don't know". reasons: sentences about
    the whole, by what they are about: people or roles.
    """

    statements: tuple[StatementAlignment, ...]
    overall: Overall
    dont_know: dict[str, tuple[int, int]]
    raters: int
    permutations: int
    seed: int
    reasons: dict[str, str]


def alignment(
    answers: Sequence[Answer],
    library: Library,
    *,
    form: Form,
    disclose: bool,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> Alignment:
    """
    Return where people agree, from the levels as they gave them.

    disclose: show only what an anonymous run may. Then roles are compared on the roles shown, and a statement that
    fewer people answered than may be shown enters no figure.

    Raises ValueError for a person who answered a statement twice or has two functions.
    """
    counted = sorted((each for each in answers if each.counted), key=lambda each: (each.statement, each.respondent))
    minimum = library.gates.disclosure_minimum if disclose else 1
    found = groups_by_statement(counted, minimum=minimum)
    shown = [each for each in counted if found[each.statement].total]
    table = tabulate(_ratings(shown), LEVEL_SCALE)
    roles = _shown_roles(table, found, permutations=permutations, seed=seed) if disclose else None
    result = agreement(table, permutations=permutations, seed=seed, roles=roles)
    items = {item.id: item for item in result.items}
    given: dict[str, list[Answer]] = defaultdict(list)
    for each in shown:
        given[each.statement].append(each)
    statements = [each for each in library.statements("long") if form == "long" or each.short_form or each.id in found]
    return Alignment(
        statements=tuple(
            _statement(each, items.get(each.id), given[each.id], found.get(each.id), minimum) for each in statements
        ),
        overall=_overall(result.overall, table, minimum) if disclose else result.overall,
        dont_know=_dont_know(shown, found),
        raters=result.raters,
        permutations=permutations,
        seed=seed,
        reasons=_reasons(counted, shown, found, minimum) if counted else {"people": _nobody(answers)},
    )


def contested(alignment: Alignment) -> tuple[StatementAlignment, ...]:
    """
    Return the statements that enough people answered, the most contested first.

    Two camps come first, then the roles that lie furthest apart, then the largest deviation.
    """
    enough = [
        (_rank(each.item), at, each)
        for at, each in enumerate(alignment.statements)
        if each.item is not None and each.item.n >= cutoffs().fewest_answers.value
    ]
    return tuple(each for *_, each in sorted(enough, key=lambda entry: entry[:2]))


def _rank(item: ItemAgreement) -> tuple[float, float, float, float]:
    camps = item.van_der_eijk is not None and item.van_der_eijk <= cutoffs().two_camps.value
    apart = item.van_der_eijk if camps and item.van_der_eijk is not None else 1.0
    return apart, -(item.roles.gap or 0.0), -(item.roles.eta_squared or 0.0), -(item.average_deviation or 0.0)


def _ratings(answers: Iterable[Answer]) -> list[Rating]:
    return [Rating(each.respondent, each.statement, each.level, each.function) for each in answers if each.kind != "na"]


def _shown_roles(table: Table, found: dict[str, Groups], *, permutations: int, seed: int) -> list[RoleFigures]:
    """Return the figures of the roles by statement, from the people of those roles that are shown on it."""
    roles = table.roles or ()
    seen = np.asarray([[role in found[item].shown for item in table.items] for role in roles], dtype=bool)
    levels = np.where(seen.reshape(table.levels.shape), table.levels, -1)
    figures = role_figures(replace(table, levels=levels), permutations=permutations, seed=seed)
    return [
        each if len(found[item].shown) > 1 else RoleFigures(reason=FEW_ROLES)
        for item, each in zip(table.items, figures, strict=True)
    ]


def _statement(
    statement: Statement, item: ItemAgreement | None, given: Sequence[Answer], groups: Groups | None, minimum: int
) -> StatementAlignment:
    place = (statement.id, statement.dimension, statement.aspect)
    if groups is None:
        return StatementAlignment(*place, None, (), (), "Nobody answered it.")
    if not groups.total:
        return StatementAlignment(*place, None, (), (), f"Fewer than {minimum} people answered it.")
    if item is None:
        return StatementAlignment(*place, None, (), (), "Everybody who answered it said that it does not apply.")
    counts = Counter(each.level for each in given)
    return StatementAlignment(*place, item, tuple(counts[level] for level in LEVELS), _cells(given, groups), "")


def _cells(given: Sequence[Answer], groups: Groups) -> tuple[RoleCell, ...]:
    cells = [
        _cell(role, FUNCTIONS[role].name, [each for each in given if each.function == role])
        for role in FUNCTIONS
        if role in groups.shown
    ]
    if groups.others:
        pooled = [each for each in given if each.function in groups.others]
        cells.append(_cell(OTHER_ROLES, OTHER_ROLES.capitalize(), pooled))
    return tuple(cells)


def _cell(role: str, label: str, given: Sequence[Answer]) -> RoleCell:
    levels = [each.level for each in given if each.level is not None]
    unknown = sum(each.kind == "dont_know" for each in given)
    return RoleCell(
        role=role,
        n=len(given),
        median=float(median(levels)) if levels else None,
        dont_know=unknown / (unknown + len(levels)) if unknown or levels else None,
        label=label,
    )


def _dont_know(shown: Iterable[Answer], found: dict[str, Groups]) -> dict[str, tuple[int, int]]:
    given: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    for each in shown:
        if each.function in found[each.statement].shown:
            given[each.function] += 1
            unknown[each.function] += each.kind == "dont_know"
    return {role: (unknown[role], given[role]) for role in FUNCTIONS if given[role]}


def _overall(figures: Overall, table: Table, minimum: int) -> Overall:
    """Return the figures over all statements, less those of complete raters where they or the others are too few."""
    complete = len(table.complete())
    others = [int(rated) - complete for rated in (table.levels >= 0).sum(axis=0)]
    if complete >= minimum and not any(0 < each < minimum for each in others):
        return figures
    why = f"Fewer than {minimum} people rated every statement, or fewer than {minimum} left one out: not shown."
    return replace(figures, **dict.fromkeys(OF_COMPLETE), reasons=figures.reasons | dict.fromkeys(OF_COMPLETE, why))


def _nobody(answers: Sequence[Answer]) -> str:
    return "Only people who observe have answered; their answers do not count." if answers else "Nobody has answered."


def _reasons(
    counted: Sequence[Answer], shown: Sequence[Answer], found: dict[str, Groups], minimum: int
) -> dict[str, str]:
    people = {each.respondent: each.function for each in counted}
    if not shown:
        return {"people": f"Fewer than {minimum} people answered each statement, so nothing is shown."}
    reasons = {}
    if len(people) == 1:
        reasons["people"] = "One person answered, so nothing can be compared."
    elif all(each.kind != "level" for each in shown):
        reasons["people"] = 'Nobody gave a level: every answer shown is "don\'t know" or does not apply.'
    alone = [FUNCTIONS[role].name for role, n in Counter(people.values()).items() if n == 1]
    if all(len(each.shown) < 2 for each in found.values()):
        reasons["roles"] = FEW_ROLES if minimum > 1 else "Only one role answered, so roles are not compared."
    elif minimum == 1 and alone:
        each = "one person" if len(alone) == 1 else "one person each"
        reasons["roles"] = f"{', '.join(sorted(alone))}: {each}, so the median of the role is one person's answer."
    return reasons
