"""The grants as a table: x where the role of the column holds the grant of the row."""

import pytest

from program.access import GRANTS, ROLES, Refused, highest, may

TABLE = """
                 viewer contributor editor facilitator owner
program.read     x      x           x      x           x
assess.read      x      x           x      x           x
people.read      x      x           x      x           x
plan.read        x      x           x      x           x
measure.read     x      x           x      x           x
assess.answer    .      x           x      x           x
people.edit      .      .           x      x           x
plan.edit        .      .           x      x           x
money.edit       .      .           x      x           x
measure.import   .      .           x      x           x
assess.manage    .      .           .      x           x
measure.rows     .      .           .      x           x
influence.read   .      .           .      x           x
influence.edit   .      .           .      x           x
program.create   .      .           .      .           x
program.manage   .      .           .      .           x
members.manage   .      .           .      .           x
"""
HEADER, *ROWS = [line.split() for line in TABLE.strip().splitlines()]
CASES = [(grant, role, mark == "x") for grant, *marks in ROWS for role, mark in zip(HEADER, marks, strict=True)]


@pytest.mark.parametrize(("grant", "role", "expected"), CASES)
def test_grants(grant: str, role: str, expected: bool) -> None:
    assert may(role, grant) is expected


def test_the_table_is_whole() -> None:
    assert {row[0] for row in ROWS} == set(GRANTS)
    assert tuple(HEADER) == ROLES


@pytest.mark.parametrize("grant", [*GRANTS, "no.such.grant", ""])
def test_nobody_may_do_anything(grant: str) -> None:
    assert not may(None, grant)
    assert not may("stranger", grant)


@pytest.mark.parametrize("role", ROLES)
def test_an_unknown_grant_is_held_by_nobody(role: str) -> None:
    assert not may(role, "no.such.grant")


def test_the_highest_role_decides() -> None:
    assert highest(["editor", "owner", "viewer"]) == "owner"
    assert highest([]) is None


def test_a_refusal_names_the_grant() -> None:
    assert "plan.edit" in str(Refused("plan.edit"))
