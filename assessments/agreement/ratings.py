"""Ratings: who rated which item how, in a file or as rows, and as one table of raters by items."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assessments.agreement.scale import Scale
from assessments.csv_file import Row, RowReader, columns_of, decoded, rows_of
from assessments.functions import FUNCTIONS

NEEDED = ("rater", "item", "rating")
OPTIONAL = ("role",)
DONT_KNOW = "dont_know"

Levels = NDArray[np.int64]


@dataclass(frozen=True)
class Rating:
    """One person's rating of one item. level: on the scale, None for "don't know". role: None where nobody has one."""

    rater: str
    item: str
    level: int | None
    role: str | None = None

    @property
    def counted(self) -> bool:
        """Whether the figures count this person; a consultant observes."""
        return self.role not in FUNCTIONS or FUNCTIONS[self.role].counted


@dataclass(frozen=True, eq=False)
class Table:
    """
    Ratings as a table with a row per rater and a column per item, both in order of first appearance.

    levels: 0 for the first option, -1 where there is none. dont_know: by item, how many said so.
    roles: of the raters; None where the ratings have none. left_out: ratings of people who only observe.
    """

    scale: Scale
    raters: tuple[str, ...]
    items: tuple[str, ...]
    roles: tuple[str, ...] | None
    levels: Levels
    dont_know: tuple[int, ...]
    left_out: int

    def complete(self) -> Levels:
        """Return the rows of the raters who rated every item."""
        return self.levels[(self.levels >= 0).all(axis=1)]


def tabulate(ratings: Iterable[Rating], scale: Scale) -> Table:
    """
    Return ratings as a table.

    Raises ValueError for a rater who rated an item twice or has two roles, and for a level outside the scale.
    """
    ratings = tuple(ratings)
    counted = [rating for rating in ratings if rating.counted]
    raters = {name: at for at, name in enumerate(dict.fromkeys(rating.rater for rating in counted))}
    items = {name: at for at, name in enumerate(dict.fromkeys(rating.item for rating in counted))}
    levels = np.full((len(raters), len(items)), -1, dtype=np.int64)
    dont_know = [0] * len(items)
    seen: set[tuple[str, str]] = set()
    for rating in counted:
        if (rating.rater, rating.item) in seen:
            raise ValueError(f"{rating.rater} has rated {rating.item} twice")
        seen.add((rating.rater, rating.item))
        if rating.level is None:
            dont_know[items[rating.item]] += 1
        elif scale.first <= rating.level <= scale.last:
            levels[raters[rating.rater], items[rating.item]] = rating.level - scale.first
        else:
            raise ValueError(f"{rating.level} is not on a scale of {scale.first} to {scale.last}")
    roles = _roles(counted)
    left_out = len(ratings) - len(counted)
    return Table(scale, tuple(raters), tuple(items), roles, levels, tuple(dont_know), left_out)


def read_ratings(content: bytes | str, *, scale: Scale, file: str = "ratings.csv") -> tuple[Rating, ...]:
    """
    Return the ratings in a CSV text, in its order.

    content: a header with the columns rater, item and rating in any order, and role where wanted. A rating is a whole
        number on the scale, or dont_know.

    Raises BadAnswers with every problem found.
    """
    lines = rows_of(decoded(content, file), file)
    columns = columns_of(next(lines, (1, [])), file, needed=NEEDED, optional=OPTIONAL)
    return _Reader(file, columns, scale).read(lines)


class _Reader(RowReader[Rating]):
    person, item, said, kind = "rater", "item", "rated", "ratings"

    def __init__(self, file: str, columns: list[str], scale: Scale) -> None:
        super().__init__(file, columns)
        self._words = f"{scale.first} to {scale.last} and {DONT_KNOW}"
        self._levels: dict[str, int | None] = {str(level): level for level in range(scale.first, scale.last + 1)}
        self._levels[DONT_KNOW] = None

    def wrong(self, row: Row) -> Iterator[tuple[str, str]]:
        for column, value in row.items():
            if not value:
                yield column, "the cell is empty"
        if row["rating"] and row["rating"] not in self._levels:
            yield "rating", f'"{row["rating"]}" is not a rating; ratings are {self._words}'

    def made(self, row: Row) -> Rating:
        return Rating(row["rater"], row["item"], self._levels[row["rating"]], row.get("role"))


def _roles(ratings: Iterable[Rating]) -> tuple[str, ...] | None:
    roles: dict[str, str | None] = {}
    for rating in ratings:
        if roles.setdefault(rating.rater, rating.role) != rating.role:
            raise ValueError(f"{rating.rater} has two roles")
    known = [role for role in roles.values() if role is not None]
    return tuple(known) if known and len(known) == len(roles) else None
