"""Runs for the results page: named ones that can be compared, and anonymous ones of any number of people."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from streamlit.testing.v1 import AppTest

from assessments import library
from assessments.library import Form
from program.actions.assessments import add_answers, add_respondent, close_run, start_run
from program.queries import assessments
from program.runs import GivenAnswer
from program.values import Actor
from tests.pages.opening import ROOT, open_local, run
from tests.program.inviting import anonymous_run, close, everybody

PAGE = "assess/results.py"
ROLES = ("executive", "sales", "service", "it")


def named_run(
    owner: Actor,
    program_id: str,
    name: str,
    levels: Mapping[str, Sequence[int]],
    *,
    days: int = 0,
    form: Form = "short",
    closed: bool = True,
    other: Mapping[str, int | None] | None = None,
) -> str:
    """
    Let people of ROLES answer a run, opened some days after the owner's now and closed a day later; return its id.

    levels: by aspect, one level per person. other: levels of single statements for all, None for "don't know".
    """
    then = replace(owner, now=owner.now + timedelta(days=days))
    run_id = start_run(then, program_id=program_id, name=name, form=form)
    for at, role in enumerate(ROLES[: len(levels["mindset"])]):
        who = add_respondent(then, program_id=program_id, run_id=run_id, name=f"{role} {at}", function=role)
        given = [
            _given(each.id, (other or {}).get(each.id, levels[each.aspect][at]))
            for each in library.load().statements(form)
        ]
        add_answers(then, program_id=program_id, respondent_id=who, answers=given)
    if closed:
        version = assessments.run(program_id, run_id).version
        later = replace(then, now=then.now + timedelta(days=1))
        close_run(later, program_id=program_id, run_id=run_id, version=version)
    return run_id


def unnamed_run(owner: Actor, program_id: str, functions: Sequence[str], *, closed: bool = True) -> str:
    """Let people of some functions answer an anonymous run; return its id."""
    run_id, invite = anonymous_run(owner, program_id)
    everybody(invite, owner, functions)
    if closed:
        close(owner, program_id, run_id)
    return run_id


def opened(view: str = "", **query: str) -> Any:
    """Open the page at an address, and choose a view."""
    page = open_local(PAGE) if not query else _at(query)
    return choose(page, "aspect", view) if view else page


def choose(test: Any, key: str, option: str) -> Any:
    """Press an option of a switch."""
    (switch,) = (each for each in test.get("button_group") if each.key == key)
    switch.set_value(option)
    return run(test)


def drawn(test: Any) -> str:
    """Every drawing on the page."""
    return "\n".join(each.proto.json for each in test.get("bidi_component"))


def downloads(test: Any) -> list[str]:
    """The words on the buttons that give a file."""
    return [str(each.proto.label) for each in test.get("download_button")]


def _at(query: Mapping[str, str]) -> Any:
    test = AppTest.from_file(ROOT / "pages" / PAGE, default_timeout=20)
    for name, value in query.items():
        test.query_params[name] = value
    return run(test)


def _given(statement: str, level: int | None) -> GivenAnswer:
    return GivenAnswer(statement, "dont_know") if level is None else GivenAnswer(statement, "level", level)
