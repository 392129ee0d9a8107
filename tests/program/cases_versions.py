"""What the actions of budget versions, benefits and settings are given."""

from tests.program.acting_world import Case

CASES: dict[str, Case] = {}
