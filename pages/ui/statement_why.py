"""Why a statement is called what it is: every figure with what it means, and what to do about it."""

from collections.abc import Iterator

from assessments.agreement.labels import cutoffs
from assessments.agreement.report import ItemAgreement
from assessments.alignment import Alignment, RoleCell, StatementAlignment
from assessments.library import Library
from pages.ui import shell, text, verdicts

Fact = tuple[str, str]
OPTIONS = 5


def show(each: StatementAlignment, alignment: Alignment, library: Library) -> None:
    """Draw the why panel of one statement."""
    statement, verdict = library.statement(each.id), verdicts.verdict(each.item)
    name = library.dimension(each.dimension).short_name.lower()
    if each.item is None:
        shell.why(f"Why nothing is shown for {name}", each.withheld, [("Statement", statement.text)])
        return
    facts = [
        ("Do", verdicts.what_to_do(each.item, apart=furthest(each), could_know=statement.functions)),
        *_where(each.item, library),
        *_agreement(each.item),
        *_roles(each.item, alignment),
        *((verdicts.role_name(cell.role), _cell(cell)) for cell in each.roles),
    ]
    shell.why(f"Why “{verdict.word.lower()}” for {name}", text.quoted(statement.text), facts)


def furthest(each: StatementAlignment) -> tuple[str, ...]:
    """Return the roles with the lowest and the highest median, where they differ."""
    known = verdicts.compared(each)
    return (known[0].role, known[-1].role) if known and known[0].median != known[-1].median else ()


def _where(item: ItemAgreement, library: Library) -> Iterator[Fact]:
    people = text.plural(item.n, "person", "people")
    if item.median is None:
        yield "Middle", "none; nobody gave a level"
    elif item.label == "two_camps":
        yield "Middle", f"unsettled: between two camps of {people} it is nobody's answer"
    else:
        level = f", {library.scale[int(item.median)]}" if item.median == int(item.median) else ""
        yield "Median", f"{_short(item.median)}{level}; half of {people} lie within {_short(item.iqr)} (IQR)"
    if item.mean is not None and item.label != "two_camps":
        yield "Mean", f"{_two(item.mean)}, for roll-ups only"
    share = item.dont_know
    if share is not None:
        asked = round(item.n / (1 - share)) if share < 1 else None
        count = f"{asked - item.n} of {asked}" if asked else "everybody"
        yield "Don't know", f"{count}; from {text.percent(cutoffs().dont_know.value)} on nobody owns the facts"


def _agreement(item: ItemAgreement) -> Iterator[Fact]:
    cut = cutoffs()
    if item.rwg is None:
        yield "rwg", item.reasons.get("rwg", text.UNKNOWN)
    else:
        needed = max(cut.agree.value, item.rwg_critical or 0.0)
        chance = f"; chance reaches {_two(item.rwg_critical)} with {item.n}" if item.rwg_critical is not None else ""
        yield "rwg", f"{_two(item.rwg)}: 1 is all alike, 0 as wide as chance. Agree needs {_two(needed)}{chance}"
    if item.average_deviation is not None:
        most = OPTIONS / cut.deviation_divisor.value
        yield "AD", f"{_two(item.average_deviation)} levels from the mean on average; agree needs {_two(most)} at most"
    if item.van_der_eijk is not None:
        camps = f"two camps from {_two(cut.two_camps.value)} down"
        yield "A", f"{_two(item.van_der_eijk)}: {text.number(-1)} two camps, 0 spread evenly, 1 all in one; {camps}"


def _roles(item: ItemAgreement, alignment: Alignment) -> Iterator[Fact]:
    roles = item.roles
    if roles.gap is None:
        yield "Roles", roles.reason or "no two roles to compare"
        return
    yield "Role gap", f"{_short(roles.gap)} between the highest and the lowest median of a role"
    if roles.eta_squared is None or roles.p is None:
        yield "By role", roles.reason
    else:
        icc = "" if roles.icc1 is None else f"; ICC(1) {_two(roles.icc1)}"
        yield "Share", f"{text.percent(roles.eta_squared)} of the spread lies between roles (eta squared){icc}"
        compared = sum(each.item is not None and each.item.roles.p is not None for each in alignment.statements)
        dealt = f"{text.number(alignment.permutations)} permutations of the roles, seed {alignment.seed}"
        cut = text.number(cutoffs().roles_differ.value, decimals=2)
        yield "p", f"{p_value(roles.p)} by {dealt}"
        yield "p adjusted", f"{p_value(roles.p_bh)} for {compared} statements; roles differ below {cut}"
    if roles.consensus is not None:
        both = f"{_two(roles.consensus)} for, {_two(roles.consensus_against)} against"
        yield "All roles", f"{both}: 1 when every role agrees with it, or rejects it"


def p_value(p: float | None) -> str:
    """A p as three decimals, or less than the smallest of them."""
    if p is None:
        return text.UNKNOWN
    return "less than 0.001" if p < 0.001 else text.number(p, decimals=3)


def _cell(cell: RoleCell) -> str:
    people = text.plural(cell.n, "person", "people")
    unknown = f", {text.percent(cell.dont_know)} don't know" if cell.dont_know else ""
    return f"median {_short(cell.median)}, {people}{unknown}"


def _short(value: float | None) -> str:
    return text.number(value, decimals=0 if value is None or value == int(value) else 1)


def _two(value: float | None) -> str:
    return text.number(value, decimals=2)
