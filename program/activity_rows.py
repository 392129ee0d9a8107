"""Activities that come in from a file: as rows, matched with those that are on the roadmap."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from program.activity_cells import MORE, NOBODY, Known, values_of
from program.pasted import Lines, cell_text
from program.placing import PlannedActivity
from program.schedule import LinkKind
from program.schedule_file import COLUMNS, numbered
from program.table_file import BadTable, CellProblem, Row, read_lines, table_of


@dataclass(frozen=True)
class RowLink:
    """A predecessor, by the key of its row. lag: working days."""

    key: str
    kind: LinkKind = "FS"
    lag: Decimal = Decimal(0)


@dataclass(frozen=True)
class ActivityRow:
    """
    An activity of a file. key: what the file calls it, once only. line: where it stands there, for sentences.

    values: by the activity's field; what is not there is left as it is.
    """

    line: int
    key: str
    name: str
    duration: Decimal
    links: tuple[RowLink, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Compared:
    """What an import would do: the rows that add an activity, and those that change one or leave it as it is."""

    added: tuple[ActivityRow, ...]
    changed: tuple[ActivityRow, ...]
    same: tuple[ActivityRow, ...]


def read_rows(text: str, name: str = "activities.csv", known: Known = NOBODY) -> tuple[ActivityRow, ...]:
    """
    Return the rows of a CSV text with the columns of program.schedule_file and, where wanted, those of MORE.

    A column that is there sets its field in every row, an empty cell to nothing. Raises BadTable.
    """
    return read_row_lines(read_lines(text, name=name), name, known)


def read_row_lines(lines: Lines, name: str, known: Known = NOBODY) -> tuple[ActivityRow, ...]:
    """Return the rows of a sheet, given as the number and the cells of each line, the header first. Raises BadTable."""
    texts = ((line, [cell_text(cell) for cell in cells]) for line, cells in lines)
    rows = table_of(texts, needed=COLUMNS, optional=MORE, name=name)[1]
    if not rows:
        raise BadTable(name, [CellProblem(1, None, "The file has a header and no activities.")])
    found = numbered(rows, name)
    problems: list[CellProblem] = []
    values = [_values(row, known, problems) for row in rows]
    if problems:
        raise BadTable(name, problems)
    return tuple(
        ActivityRow(
            row.line,
            each.id,
            each.name or each.id,
            _exact(each.duration),
            tuple(RowLink(found[link.predecessor].id, link.kind, _exact(link.lag)) for link in each.links),
            more,
        )
        for row, each, more in zip(rows, found, values, strict=True)
    )


def match(rows: Sequence[ActivityRow], known: Iterable[tuple[str, str]]) -> list[str | None]:
    """
    Return the id of the activity that each row means, None for a new one.

    known: ids and names of those that are there, in their order: the first row of a name means the first of that name.
    """
    ids: defaultdict[str, list[str]] = defaultdict(list)
    for id_, name in known:
        ids[name].append(id_)
    for each in ids.values():
        each.reverse()
    return [ids[row.name].pop() if ids.get(row.name) else None for row in rows]


def compare(rows: Sequence[ActivityRow], activities: Sequence[PlannedActivity]) -> Compared:
    """Return what bringing in the rows would do to the activities."""
    known = match(rows, [(each.id, each.name) for each in activities])
    by_id = {each.id: each for each in activities}
    ids = {row.key: id_ for row, id_ in zip(rows, known, strict=True)}
    found: defaultdict[str, list[ActivityRow]] = defaultdict(list)
    for row, id_ in zip(rows, known, strict=True):
        if id_ is None:
            found["added"].append(row)
        else:
            found["same" if _same(row, by_id[id_], ids) else "changed"].append(row)
    return Compared(tuple(found["added"]), tuple(found["changed"]), tuple(found["same"]))


def _same(row: ActivityRow, activity: PlannedActivity, ids: dict[str, str | None]) -> bool:
    wanted = {(ids[link.key], link.kind, link.lag) for link in row.links}
    among = {id_ for id_ in ids.values() if id_}
    has = {(link.predecessor_id, link.kind, link.lag) for link in activity.links if link.predecessor_id in among}
    values = {"duration": row.duration, **row.values}
    return wanted == has and all(getattr(activity, name) == value for name, value in values.items())


def _values(row: Row, known: Known, problems: list[CellProblem]) -> dict[str, Any]:
    values, wrong = values_of(row, known)
    problems += wrong
    return values


def _exact(number: float) -> Decimal:
    return Decimal(str(round(number, 4)))
