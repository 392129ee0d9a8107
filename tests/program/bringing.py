"""Ledger files of the tests: the worked ledger of the design row by row, and how rows come in."""

from typing import Any

from program.actions.ledger import import_entries
from program.ledger_file import read_ledger
from program.ledger_import import LedgerImport
from program.queries.budget import lines
from program.values import Actor

HEAD = "kind,line,date,amount,currency,document,row,against,rate"
PLAN = "plan,Tools,2026-01-05,10000,EUR,P-1,1,,"
WALK = {
    PLAN: (10_000, 0, 0, 10_000),
    "commitment,Tools,2026-01-10,6000,EUR,O-1,1,,": (10_000, 6_000, 0, 4_000),
    "actual,Tools,2026-02-10,2500,EUR,I-1,1,O-1,": (10_000, 3_500, 2_500, 4_000),
    "credit,Tools,2026-02-20,500,EUR,C-1,1,O-1,": (10_000, 3_500, 2_000, 4_500),
    "release,Tools,2026-03-01,3500,EUR,R-1,1,O-1,": (10_000, 0, 2_000, 8_000),
}


def bring(actor: Actor, program_id: str, *rows: str, **how: Any) -> LedgerImport:
    file = read_ledger("\n".join([HEAD, *rows]))
    return import_entries(actor, program_id=program_id, rows=file.rows, rejected=file.rejected, **how)


def said(result: LedgerImport) -> list[tuple[int, str | None, str | None, str]]:
    return [(row.line, row.column, row.value, row.reason) for row in result.rejected]


def figures(program_id: str, **narrowed: Any) -> list[Any]:
    (line,) = lines(program_id, **narrowed)
    return [line.planned, line.committed, line.actual, line.available]
