"""Where roles stand: statements by roles, the gap between them, and who does not know."""

from collections.abc import Mapping, Sequence

import streamlit as st

from assessments.agreement.labels import cutoffs
from assessments.alignment import Alignment, RoleCell, StatementAlignment
from assessments.functions import FUNCTIONS
from assessments.library import Library
from pages.ui import heat, shell, tables, text, verdicts
from pages.ui.heat import Cell, Line
from program.runs import Run

CAPTION = "Median of each role, and how many of it answered; widest gap first"


def by_gap(statements: Sequence[StatementAlignment]) -> list[StatementAlignment]:
    """Return the statements with the widest gap between roles first."""
    return sorted(statements, key=lambda each: -(_gap(each) or -1.0))


def roles_of(alignment: Alignment) -> tuple[str, ...]:
    """Return the roles that any statement shows, in the order of the functions, pooled ones last."""
    shown = {cell.role for each in alignment.statements for cell in each.roles}
    return (*(role for role in FUNCTIONS if role in shown), *sorted(shown - set(FUNCTIONS)))


def headline(alignment: Alignment, library: Library) -> str:
    """Return which roles are furthest apart, on what, and how often roles differ."""
    if (first := next(iter(by_gap(alignment.statements)), None)) is None or (gap := _gap(first)) is None:
        return alignment.reasons.get("roles", "No role can be compared with another yet.")
    if not gap:
        return "All roles give the same middle answers."
    low, high = _ends(first)
    levels = text.plural(int(gap), "level", "levels") if gap == int(gap) else f"{text.number(gap, decimals=1)} levels"
    about = library.dimension(first.dimension).short_name.lower()
    differ = sum(_beyond_chance(each) for each in alignment.statements)
    more = f"Roles differ beyond chance on {differ} of {len(alignment.statements)} statements."
    if not differ:
        more = "None of it is beyond chance."
    return f"{verdicts.role_name(low)} and {verdicts.role_name(high)} are furthest apart: {levels} on {about}. {more}"


def draw(shown: Sequence[StatementAlignment], alignment: Alignment, library: Library, run: Run) -> None:
    """Draw the heat map: medians with the number of people, the gap at the end, and the share that does not know."""
    roles = roles_of(alignment)
    compared = any(_gap(each) is not None for each in shown)
    lines = [_line(each, roles, library, run, compared=compared) for each in by_gap(shown)]
    unknown = tuple(_unknown(alignment.dont_know, role) for role in roles)
    ends = ("Gap", "p adjusted") if compared else ()
    foot = Line("Don't know", "of all answers given", unknown, tuple("" for _ in ends))
    names = [verdicts.role_name(role) for role in roles]
    st.html(heat.html(lines, columns=names, ends=ends, first="Statement", caption=CAPTION, foot=foot))
    st.html(heat.key(library.scale))
    shell.note(rests_on(run, library))


def table(shown: Sequence[StatementAlignment], library: Library) -> tables.Table:
    """Return the rows behind the heat map: one for each statement and role."""
    columns = (
        tables.Column("Statement"),
        tables.Column("Role", verdicts.role_name),
        tables.Column("Median", number=True),
        tables.Column("People", text.number, number=True),
        tables.Column("Don't know", text.percent, number=True),
        tables.Column("Role gap", number=True),
    )
    rows = tuple(
        (_named(each, library), cell.role, cell.median, cell.n, cell.dont_know, _gap(each))
        for each in by_gap(shown)
        for cell in each.roles
    )
    return tables.Table(columns, rows, name="alignment_roles")


def rests_on(run: Run, library: Library) -> str:
    """Return what the cells are, and what is withheld and why."""
    cut = text.number(cutoffs().roles_differ.value, decimals=2)
    cells = f"Each cell is the median of a role's answers and how many gave one; a role gap counts from p below {cut}."
    if not run.anonymous:
        return cells
    least = library.gates.disclosure_minimum
    return (
        f"{cells} This run is anonymous: a role is shown from {least} people on; smaller ones stand together as other "
        f"roles, and where even those are fewer than {least}, the smallest shown role joins them. So nobody is found "
        "by subtraction."
    )


def _line(each: StatementAlignment, roles: Sequence[str], library: Library, run: Run, *, compared: bool) -> Line:
    cells = {cell.role: cell for cell in each.roles}
    name, statement = library.dimension(each.dimension).short_name, library.statement(each.id).text
    if each.item is None:
        said = f"{statement} {each.withheld}"
        return Line(name, said, tuple(Cell(None, said="withheld") for _ in roles), ("", "") if compared else ())
    made = tuple(_cell(cells.get(role), missing="withheld" if run.anonymous else "none") for role in roles)
    gap, p = each.item.roles.gap, each.item.roles.p_bh
    shown = text.UNKNOWN if gap is None else text.number(gap, decimals=0 if gap == int(gap) else 1)
    end = (shown, text.UNKNOWN if p is None else text.number(p, decimals=3))
    return Line(name, statement, made, end if compared else ())


def _cell(found: RoleCell | None, *, missing: str) -> Cell:
    if found is None:
        return Cell(None, said=missing)
    if found.median is None:
        return Cell(None, said="don't know" if found.dont_know else "none", note=f"n {found.n}")
    return Cell(found.median, note=f"n {found.n}")


def _named(each: StatementAlignment, library: Library) -> tables.Cell:
    return tables.Cell(library.statement(each.id).text, note=each.id)


def _unknown(dont_know: Mapping[str, tuple[int, int]], role: str) -> Cell:
    unknown, given = dont_know.get(role, (0, 0))
    return Cell(None, said=text.share(unknown, given))


def _gap(each: StatementAlignment) -> float | None:
    return each.item.roles.gap if each.item is not None else None


def _beyond_chance(each: StatementAlignment) -> bool:
    p = each.item.roles.p_bh if each.item is not None else None
    return p is not None and p < cutoffs().roles_differ.value


def _ends(each: StatementAlignment) -> tuple[str, str]:
    low, *_, high = verdicts.compared(each)
    return low.role, high.role
