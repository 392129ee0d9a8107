"""What the actions of the roadmap are given."""

from tests.program.acting_world import Case

CASES: dict[str, Case] = {}
