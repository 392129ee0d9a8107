"""What the actions of risks, decisions and follow-ups are given."""

from tests.program.acting_world import Case

CASES: dict[str, Case] = {}
