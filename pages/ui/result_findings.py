"""What the answers say about each other, and where the program itself says less than people claim."""

from collections.abc import Sequence

from assessments.evidence import contradictions
from assessments.library import Library
from assessments.requirements import Finding
from pages.ui import shell, tables
from pages.ui.result_reads import evidenced_of
from pages.ui.shell import Visit
from program.runs import Run

FACT = "fact"
KINDS = {
    "contradiction": ("▲ contradiction", "watch"),
    FACT: ("▲ the program says less", "watch"),
    "prerequisite_unknown": ("○ prerequisite unknown", "muted"),
}


def show(visit: Visit, run: Run, found: Sequence[Finding], library: Library) -> None:
    """List what does not fit together: contradictions, then facts below the claim, then what nobody answered."""
    every = [*found, *_below(visit, run, library)]
    if not every:
        return
    shell.title("What does not fit together", "By the medians of all who answered; a finding changes no score")
    order = list(KINDS)
    every.sort(key=lambda each: (order.index(each.code), each.statement))
    rows = tuple(
        (
            tables.Cell(library.statement(each.statement).text, note=each.statement),
            tables.Cell(*KINDS[each.code]),
            each.sentence,
        )
        for each in every
    )
    columns = (tables.Column("Statement"), tables.Column("Finding"), tables.Column("Why"))
    tables.show(tables.Table(columns, rows, name="findings"), key="results.findings", download=False)


def _below(visit: Visit, run: Run, library: Library) -> list[Finding]:
    """Statements whose fact allows less than is claimed; what is attached does not matter to these."""
    levels = contradictions(evidenced_of(visit, run, library.statements(run.form)).values())
    return [Finding(FACT, each.statement, each.contradiction) for each in levels]
