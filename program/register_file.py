"""The register as rows: pasted from a spreadsheet or read from a CSV text, and written out in the same columns."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assessments.functions import FUNCTIONS
from program import fields
from program.pasted import Layout, Lines, lines_of, plain, read_pasted, same_name
from program.policy import load
from program.stakeholders import STANCES, Stakeholder
from program.table_file import BadTable, CellProblem, Row
from program.values import Invalid

PASTE = "rows"
CONTACT_LENGTH = 320
TEXTS = ("sees", "gain_customers", "gain_team", "gain_own", "wants", "next_step")
POSITIONS = ("power", "interest", "legitimacy", "urgency")
COLUMNS = ("name", "function", "title", "contact", *POSITIONS, "stance", "wanted_stance", "group", *TEXTS)
LAYOUT = Layout(
    COLUMNS,
    needed=("name",),
    aliases={
        "department": "function",
        "job_title": "title",
        "e_mail": "contact",
        "email": "contact",
        "stance_now": "stance",
        "stance_wanted": "wanted_stance",
        "is_group": "group",
        "gain_for_customers": "gain_customers",
        "gain_for_their_customers": "gain_customers",
        "gain_for_the_team": "gain_team",
        "gain_for_their_team": "gain_team",
        "own_gain": "gain_own",
        "gain_for_them": "gain_own",
    },
)
YES, NO = ("yes", "y", "true", "x", "1", "group"), ("no", "n", "false", "0", "person")


@dataclass(frozen=True)
class RegisterRow:
    """
    One person or group of the paste.

    known_as: the name on the map when somebody there is meant, else None: the row adds them.
    values: by the stakeholder's field, and `next_step`; a cell that is empty is not among them and changes nothing.
    """

    line: int
    name: str
    known_as: str | None
    values: dict[str, Any]

    @property
    def is_update(self) -> bool:
        return self.known_as is not None


def read_register(text: str, *, known: Iterable[str] = (), name: str = PASTE) -> tuple[RegisterRow, ...]:
    """
    Return the rows of a pasted or a CSV text in the columns COLUMNS, in any order and with or without a header.

    known: the names on the map, each as often as it is there. A row of one of them is an update.
    Without a header the columns come in the order of COLUMNS, the name first.
    Raises BadTable with every problem, by line and column.
    """
    return read_register_lines(lines_of(text, name=name), known=known, name=name)


def read_register_lines(lines: Lines, *, known: Iterable[str] = (), name: str = PASTE) -> tuple[RegisterRow, ...]:
    """Return the rows of a sheet, given as the number and the cells of each line; else as read_register."""
    rows = read_pasted(lines, LAYOUT, name=name)[1]
    problems: list[CellProblem] = []
    people = _People(known)
    found: list[RegisterRow] = []
    for row in rows:
        values, wrong = _values(row)
        known_as = None
        if "name" in values:
            known_as, unclear = people.meant(values["name"], row.line)
            wrong += [CellProblem(row.line, "name", unclear)] if unclear else []
        problems += wrong
        if not wrong:
            found.append(RegisterRow(row.line, values.pop("name"), known_as, values))
    if problems:
        raise BadTable(name, problems)
    return tuple(found)


def register_table(stakeholders: Sequence[Stakeholder]) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Return the header and the rows of the register, as read_register reads them."""
    return COLUMNS, [tuple(_shown(each, column) for column in COLUMNS) for each in stakeholders]


def _shown(stakeholder: Stakeholder, column: str) -> Any:
    return ("yes" if stakeholder.is_group else "no") if column == "group" else getattr(stakeholder, column)


class _People:
    """Who is meant by a name: somebody on the map, somebody new, or somebody whom an earlier line already names."""

    def __init__(self, known: Iterable[str]) -> None:
        self.alike: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for name in known:
            self.alike[same_name(name)][name] += 1
        self.lines: dict[str, int] = {}

    def meant(self, name: str, line: int) -> tuple[str | None, str | None]:
        """Return the name on the map, or None when the person is new, and what is unclear about it."""
        alike = self.alike.get(same_name(name), Counter())
        if name not in alike and len(alike) == 1:
            (name,) = alike
        if (alike[name] if name in alike else alike.total()) > 1:
            return (
                None,
                f"There are {alike.total()} people of the name {name} on the map. Change them one by one there.",
            )
        earlier = self.lines.setdefault(name if name in alike else same_name(name), line)
        if earlier != line:
            return None, f"{name} is in line {earlier} already."
        return (name if name in alike else None), None


def _values(row: Row) -> tuple[dict[str, Any], list[CellProblem]]:
    values: dict[str, Any] = {}
    problems: list[CellProblem] = []
    for column in COLUMNS:
        if not row[column] and column != "name":
            continue
        try:
            values["is_group" if column == "group" else column] = CHECKS[column](row[column], column)
        except Invalid as problem:
            problems.append(CellProblem(row.line, column, problem.sentence))
    return values, problems


def _choice(names: Mapping[str, str]) -> Callable[[str, str], str]:
    """Return a check that takes a choice by its id or by the name that is shown."""
    meant = {plain(word): id_ for id_, name in names.items() for word in (id_, name)}

    def check(text: str, field: str) -> str:
        if plain(text) not in meant:
            what = field.replace("_", " ")
            raise Invalid(field, f"“{text[:40]}” is no {what}. Use {', '.join(names.values())}, or a header line.")
        return meant[plain(text)]

    return check


def _position(text: str, field: str) -> Decimal:
    end = load().scale_end
    if not re.fullmatch(r"-?\d+([.,]\d+)?", text, re.ASCII):
        raise Invalid(field, f"“{text[:40]}” is not a number from 0 to {end}.")
    return fields.position(Decimal(text.replace(",", ".")), field, end=end)


def _group(text: str, field: str) -> bool:
    if plain(text) not in (*YES, *NO):
        raise Invalid(field, f"“{text[:40]}” does not say whether this is a group. Use yes or no.")
    return plain(text) in YES


def _checks() -> Iterator[tuple[str, Callable[[str, str], Any]]]:
    yield "name", fields.name
    yield "function", _choice({id_: function.name for id_, function in FUNCTIONS.items()})
    yield "title", fields.name
    yield "contact", lambda text, field: fields.name(text, field, longest=CONTACT_LENGTH)
    yield "group", _group
    yield from ((column, _position) for column in POSITIONS)
    yield from ((column, _choice({stance: stance for stance in STANCES})) for column in ("stance", "wanted_stance"))
    yield from ((column, fields.text) for column in TEXTS)


CHECKS = dict(_checks())
