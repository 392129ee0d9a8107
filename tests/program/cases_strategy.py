"""What the actions of strategy are given."""

from tests.program.acting_world import Case

CASES: dict[str, Case] = {}
