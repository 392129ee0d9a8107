"""Ties as rows: pasted from a spreadsheet or read from a CSV text, between people who are on the map."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from program import fields
from program.pasted import Layout, Lines, lines_of, plain, read_pasted, same_name
from program.policy import load
from program.table_file import BadTable, CellProblem, Row
from program.typed_ties import KINDS, TypedTie
from program.values import Invalid

PASTE = "ties"
LAYOUT = Layout(
    ("source", "target", "kind", "weight", "known_from", "date"),
    needed=("source", "target"),
    aliases={"from": "source", "to": "target", "type": "kind", "tie": "kind", "strength": "weight", "on": "date"},
)
FIRST_KIND = "influences"


def read_tie_rows(text: str, *, people: Sequence[tuple[str, str]], name: str = PASTE) -> tuple[TypedTie, ...]:
    """
    Return the ties of a pasted or a CSV text: source, target, kind, weight, known_from, date.

    people: the id and the name of everybody on the map; the ties name ids. Names may be written in any case; an id
    stands for itself. Without a kind a tie influences, without a weight it has the least.
    Raises BadTable with every problem by line and column: somebody who is not on the map or whose name two people
    have, a tie to themselves, one that is there twice, a weight that is no whole number of the scale.
    """
    return read_tie_lines(lines_of(text, name=name), people=people, name=name)


def read_tie_lines(lines: Lines, *, people: Sequence[tuple[str, str]], name: str = PASTE) -> tuple[TypedTie, ...]:
    """Return the ties of a sheet, given as the number and the cells of each line; else as read_tie_rows."""
    rows = read_pasted(lines, LAYOUT, name=name)[1]
    checks = _checks(people)
    problems: list[CellProblem] = []
    found: dict[tuple[str, str, str], tuple[int, TypedTie]] = {}
    for row in rows:
        values, wrong = _values(row, checks)
        problems += wrong
        if wrong:
            continue
        tie = TypedTie(**values)
        if tie.source == tie.target:
            problems.append(CellProblem(row.line, "target", f"{row['source'][:40]} has a tie to themselves."))
        elif tie.key in found:
            reason = f"{row['source'][:40]} {KINDS[tie.kind]} {row['target'][:40]} in line {found[tie.key][0]} already."
            problems.append(CellProblem(row.line, "target", reason))
        else:
            found[tie.key] = (row.line, tie)
    if problems:
        raise BadTable(name, problems)
    return tuple(tie for _, tie in found.values())


def _values(row: Row, checks: dict[str, Callable[[str, str], Any]]) -> tuple[dict[str, Any], list[CellProblem]]:
    values: dict[str, Any] = {}
    problems: list[CellProblem] = []
    for column, check in checks.items():
        try:
            values["on" if column == "date" else column] = check(row[column], column)
        except Invalid as problem:
            problems.append(CellProblem(row.line, column, problem.sentence))
    return values, problems


def _checks(people: Sequence[tuple[str, str]]) -> dict[str, Callable[[str, str], Any]]:
    somebody = _somebody(people)
    return {
        "source": somebody,
        "target": somebody,
        "kind": _kind,
        "weight": _weight,
        "known_from": lambda text, field: fields.text(text, field),
        "date": _day,
    }


def _somebody(people: Sequence[tuple[str, str]]) -> Callable[[str, str], str]:
    exact: dict[str, list[str]] = {}
    alike: dict[str, list[str]] = {}
    for id_, name in people:
        exact.setdefault(name, []).append(id_)
        alike.setdefault(same_name(name), []).append(id_)
    ids = {id_ for id_, _ in people}

    def check(text: str, field: str) -> str:
        if not text:
            raise Invalid(field, "The cell is empty.")
        meant = exact.get(text) or alike.get(same_name(text)) or ([text] if text in ids else [])
        if not meant:
            raise Invalid(field, f"Nobody on the map is called “{text[:40]}”.")
        if len(meant) > 1:
            raise Invalid(field, f"{len(meant)} people on the map are called “{text[:40]}”. Tie them one by one.")
        return meant[0]

    return check


def _kind(text: str, field: str) -> str:
    if not text:
        return FIRST_KIND
    if plain(text) not in KINDS:
        raise Invalid(field, f"“{text[:40]}” is no kind of tie. Use {', '.join(KINDS.values())}.")
    return plain(text)


def _weight(text: str, field: str) -> int:
    rules = load()
    least, most = rules.tie_weight_least, rules.tie_weight_most
    if not text:
        return least
    whole = re.fullmatch(r"(-?\d{1,9})(?:[.,]0+)?", text, re.ASCII)
    if whole is None or not least <= int(whole[1]) <= most:
        raise Invalid(field, f"“{text[:40]}” is not a whole number from {least} to {most}.")
    return int(whole[1])


def _day(text: str, field: str) -> date | None:
    if not text:
        return None
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(field, f"“{text[:40]}” is no date. Write it as 2026-11-22.") from None
