"""What an import did, row by row accounted for."""

from dataclasses import asdict, dataclass
from typing import Any

from data.quality import Finding
from data.reading import Problem


class ImportRefused(ValueError):
    """The file, its map and the table do not go together; the message is one sentence that says what to do."""


class BrokenLines(ImportRefused):
    """Some lines of the file are broken, and nobody has agreed yet to leave them out."""

    def __init__(self, file_name: str, problems: tuple[Problem, ...], count: int) -> None:
        first = problems[0]
        verb = "line is" if count == 1 else "lines are"
        super().__init__(f"{file_name}: {count:,} {verb} broken, the first is line {first.line}: {first.reason}.")
        self.problems = problems
        self.count = count


@dataclass(frozen=True)
class ColumnResult:
    """
    What became of one source column.

    parsed_share: share of the cells that hold something and could be read; None when all are empty.
    """

    source: str
    target: str
    parsed_share: float | None
    min: str | None
    max: str | None
    format: str | None
    empty: int


@dataclass(frozen=True)
class ImportResult:
    """
    What an import did; read = accepted (new or changed) + unchanged + rejected + left_out.

    rejected_rows: the first thousand reasons. unmapped: source columns kept in landing only.
    version: the dataset version after the import; None on a dry run.
    """

    client: str
    source: str
    table: str
    file_name: str
    read: int
    accepted: int
    unchanged: int
    rejected: int
    left_out: int
    columns: tuple[ColumnResult, ...]
    findings: tuple[Finding, ...]
    rejected_rows: tuple[Problem, ...]
    unmapped: tuple[str, ...]
    version: int | None
    dry_run: bool

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON of the command `import`."""
        content = asdict(self)
        content["file"] = content.pop("file_name")
        return content
