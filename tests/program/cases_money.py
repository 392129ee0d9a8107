"""What the actions of the ledger's files, rates and controls are given."""

from tests.program.acting_world import Case

CASES: dict[str, Case] = {}
