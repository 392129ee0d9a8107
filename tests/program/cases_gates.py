"""What the actions of gates are given."""

from tests.program.acting_world import Case

CASES: dict[str, Case] = {}
