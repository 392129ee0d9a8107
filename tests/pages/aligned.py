"""Runs in which people agree, stand in two camps, differ by role or do not know: made by the actions that pages use."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from assessments import library
from assessments.library import Form
from assessments.perspective import CARDS
from program.actions import invited
from program.actions.assessments import add_answers, add_respondent, close_run, make_link, start_run
from program.queries.assessments import run
from program.runs import GivenAnswer, GivenView, Guest, new_device
from program.values import Actor

CAMPS, ROLES, UNKNOWN = "ST-OWN-1", "ME-IDN-1", "MI-MEAN-1"
EIGHT = ("executive", "executive", "marketing", "sales", "sales", "it", "it", "it")


def level(statement: str, at: int, role: str) -> int | None:
    """What somebody answers: two camps on one statement, roles apart on another, unknown to half on a third."""
    if statement == CAMPS:
        return (0, 4)[at % 2]
    if statement == ROLES:
        return 4 if role == "it" else 1
    if statement == UNKNOWN and at % 2:
        return None
    return (2, 2, 3)[(at + len(statement)) % 3]


def given(statement: str, at: int, role: str, *, shift: int = 0) -> GivenAnswer:
    found = level(statement, at, role)
    if found is None:
        return GivenAnswer(statement, "dont_know")
    return GivenAnswer(statement, "level", max(0, min(4, found + shift)))


def seen(at: int, role: str) -> list[GivenView]:
    """What somebody says to the perspective questions."""
    position = {"it": 2, "sales": 8}.get(role, 5) + at % 2
    order = [*CARDS[at % 3 :], *CARDS[: at % 3]]
    other = "it" if role != "it" else "sales"
    return [
        GivenView(
            "P1", {"position": position, "why": "It is a <b>list</b>" if role == "it" else "It is a way to work"}
        ),
        GivenView("P2", {"text": "Answers that do not contradict each other"}),
        GivenView("P3", {"gain": "Fewer hand-overs", "fear": "One more inbox"}),
        GivenView("P4", {"order": order}),
        GivenView("P5", {"position": position, "order": None}, other),
        GivenView("P6", {"function": "marketing" if at % 2 else "service", "who": ""}),
        GivenView("P7", {"aspect": "mechanism" if role == "it" else "mindset"}),
        GivenView("OWN", {"current": "coordinator" if at % 2 else "team", "future": "coordinator", "name": "Mara"}),
    ]


def named_run(
    owner: Actor,
    program_id: str,
    *,
    name: str = "Spring",
    roles: Sequence[str] = EIGHT,
    form: Form = "short",
    views: bool = False,
    shift: Mapping[int, int] | None = None,
) -> str:
    """Start a named run that people of these roles answer. shift: by person, how far from their usual answers."""
    run_id = start_run(owner, program_id=program_id, name=name, form=form)
    asked = library.load().statements(form)
    for at, role in enumerate(roles):
        person = add_respondent(owner, program_id=program_id, run_id=run_id, name=f"Person {at}", function=role)
        answers = [given(each.id, at, role, shift=(shift or {}).get(at, 0)) for each in asked]
        told = seen(at, role) if views else ()
        add_answers(owner, program_id=program_id, respondent_id=person, answers=answers, views=told)
    return run_id


def anonymous_run(owner: Actor, program_id: str, sizes: Mapping[str, int], *, closed: bool = True) -> str:
    """Start an anonymous run that so many people of each role answer by its link."""
    run_id = start_run(owner, program_id=program_id, name="Without names", anonymous=True)
    link = make_link(owner, program_id=program_id, run_id=run_id, version=run(program_id, run_id).version)
    roles = [role for role, count in sizes.items() for _ in range(count)]
    for at, role in enumerate(roles):
        guest = Guest(link, new_device(), owner.now + timedelta(minutes=1))
        invited.take_part(guest, function=role)
        for each in library.load().statements("short"):
            said = given(each.id, at, role)
            invited.answer(guest, statement_id=each.id, kind=said.kind, level=said.level, version=None)
        for view in seen(at, role):
            value, about = view.value, view.about
            invited.view(guest, question_id=view.question_id, about=about, value=value, version=None)
    if closed:
        close_run(owner, program_id=program_id, run_id=run_id, version=run(program_id, run_id).version)
    return run_id
