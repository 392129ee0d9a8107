"""Every action with something it can act on: the table that test_every_action_is_guarded goes through."""

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from inspect import getmembers, isfunction, signature
from pkgutil import iter_modules
from typing import Any

from program import actions
from program.values import Actor
from tests.program import cases, cases_gates, cases_money, cases_risks, cases_roadmap, cases_strategy, cases_versions
from tests.program.acting_world import Case, World, world

__all__ = ["CASES", "World", "call", "every_action", "world"]

AREAS = (cases, cases_strategy, cases_gates, cases_roadmap, cases_money, cases_versions, cases_risks)
CASES: dict[str, Case] = {name: case for area in AREAS for name, case in area.CASES.items()}


@cache
def every_action() -> dict[str, Callable[..., Any]]:
    """Every public function of program/actions, as module.name."""
    return dict(_actions())


def _actions() -> Iterator[tuple[str, Callable[..., Any]]]:
    for module in iter_modules(actions.__path__, "program.actions."):
        for name, function in getmembers(import_module(module.name), isfunction):
            if function.__module__ == module.name and not name.startswith("_"):
                yield f"{module.name.rpartition('.')[2]}.{name}", function


def call(name: str, actor: Actor, w: World, **more: Any) -> Any:
    """Carry out an action of the table in the world's program; more: what it is given instead."""
    action = every_action()[name]
    given = CASES[name].given(w) | more
    if "program_id" in signature(action).parameters:
        given["program_id"] = w.program_id
    return action(actor, **given)
