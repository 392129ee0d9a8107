"""What can be wrong with a file, in words that name the place."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

KEPT = 1_000  # problems named one by one; the others are counted
SHOWN = 200  # characters of a value that are shown
BROKEN_LINES = 10_000  # more broken lines than this: it is another kind of file


class UnreadableFile(ValueError):
    """The file cannot be read at all; the message is one sentence that names file and place."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong: the physical line (header = 1), the column if known, what stands there, and why not."""

    line: int | None
    column: str | None
    value: str | None
    reason: str


@dataclass
class Problems:
    """The problems of one reading: the first KEPT are named, all are counted."""

    file_name: str
    named: list[Problem] = field(default_factory=list)
    count: int = 0

    def add(self, line: int, value: str, reason: str, column: str | None = None) -> None:
        self.count += 1
        if len(self.named) < KEPT:
            self.named.append(Problem(line, column, shorten(value), reason))
        if self.count > BROKEN_LINES:
            raise UnreadableFile(
                f"{self.file_name}: more than {BROKEN_LINES:,} lines are broken, the last is line {line}."
            )

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.named)


def shorten(value: str) -> str:
    return value if len(value) <= SHOWN else value[:SHOWN] + "\N{HORIZONTAL ELLIPSIS}"


def base_name(path: Path, file_name: str | None) -> str:
    """Return what to call a file: the name it came with, printable and not too long; never a path that is opened."""
    name = "".join(character if character.isprintable() else "?" for character in file_name or path.name)
    return name if len(name) <= SHOWN else f"{name[: SHOWN - 50]}\N{HORIZONTAL ELLIPSIS}{name[-49:]}"
