"""What the tests of invited people make: runs with a link, devices, and answers given by them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from assessments.library import load
from assessments.responses import Answer
from program.actions import invited
from program.actions.assessments import close_run, make_link, start_run
from program.queries import assessments
from program.runs import Guest, new_device
from program.values import Actor

SHORT = tuple(statement.id for statement in load().statements("short"))
NINE = ("sales",) * 4 + ("service",) * 5
ELEVEN = (*NINE, "it", "it")


def anonymous_run(owner: Actor, program_id: str) -> tuple[str, str]:
    """Open one; return its id and the code of its link."""
    run_id = start_run(owner, program_id=program_id, name="What is so", anonymous=True)
    return run_id, link_of(program_id, run_id)


def named_run(owner: Actor, program_id: str) -> tuple[str, str]:
    """Open one with a link; return its id and the code of its link."""
    run_id = start_run(owner, program_id=program_id, name="Spring")
    return run_id, make_link(owner, program_id=program_id, run_id=run_id, version=1)


def link_of(program_id: str, run_id: str) -> str:
    found = assessments.run(program_id, run_id).invite
    assert found is not None
    return found


def guest(invite: str, actor: Actor, device: str | None = None) -> Guest:
    return Guest(invite, device or new_device(), actor.now)


def close(owner: Actor, program_id: str, run_id: str) -> None:
    version = assessments.run(program_id, run_id).version
    close_run(owner, program_id=program_id, run_id=run_id, version=version)


def said(who: Guest, levels: Mapping[str, int | None], **more: Any) -> None:
    """Give levels, None for "don't know"."""
    for statement, level in levels.items():
        kind = "dont_know" if level is None else "level"
        invited.answer(who, statement_id=statement, kind=kind, level=level, version=None, **more)


def level(person: int, at: int) -> int | None:
    """What a person of the tests answers to the statement at a place: everybody something else."""
    return None if (person * 7 + at) % 11 == 0 else (person * 3 + at * (person + 1)) % 5


def everybody(
    invite: str, owner: Actor, functions: Sequence[str], statements: Sequence[str] = SHORT
) -> tuple[list[Guest], list[Answer]]:
    """Let people answer everything; return them, and what they said as the assessments take it."""
    people, given = [], []
    for number, function in enumerate(functions):
        who = guest(invite, owner)
        people.append(who)
        invited.take_part(who, function=function)
        for at, statement in enumerate(statements):
            chosen = level(number, at)
            said(who, {statement: chosen})
            unknown = Answer(f"person {number}", function, statement, kind="dont_know")
            given.append(unknown if chosen is None else replace(unknown, kind="level", level=chosen))
    return people, given
