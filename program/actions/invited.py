"""What people do who came by a run's link and have no account: take part, answer, say what they see."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from assessments.functions import FUNCTIONS
from program import fields
from program.runs import BY_LINK_AT_MOST, GivenAnswer, GivenView, Guest, check_answer
from program.store.keeping import askable, held_answers, held_views, keep_answer, keep_view
from program.store.tables import Respondent
from program.store.unit_of_work import GuestUnit, intend_as_guest
from program.values import Invalid


def take_part(guest: Guest, *, function: str, name: str | None = None) -> str:
    """
    Take part from this device and return the respondent's id, the same one each time.

    name: asked for in a named run, refused in an anonymous one. Taking part again corrects function and name.

    Raises Missing when no open run has this link.
    """
    chosen = fields.one_of(function, tuple(FUNCTIONS), "function")
    with intend_as_guest(guest, action="run.join") as unit:
        if unit.run.anonymous and name:
            raise Invalid("name", "An anonymous run takes no names.")
        called = "" if unit.run.anonymous else fields.name(name or "")
        row = unit.respondent
        if row is None:
            _room(unit)
            row = unit.add(Respondent(run_id=unit.run.id, name=called, function=chosen, key=unit.key))
        row.name, row.function = called, chosen
        unit.act_as(row)
        unit.subject(row.id, run=unit.run.id)
        return row.id


def answer(
    guest: Guest,
    *,
    statement_id: str,
    kind: str,
    level: int | None = None,
    reason: str | None = None,
    note: str | None = None,
    version: int | None,
) -> int:
    """
    Keep one of one's own answers and return its version.

    version: of the answer as it was seen, None when there was none. The same answer again changes nothing.

    Raises Missing when no open run has this link or this device does not take part, Invalid when the answer is none,
    and Stale when it was changed on another device.
    """
    words = fields.text(reason, "reason"), fields.text(note, "note")
    given = check_answer(GivenAnswer(statement_id, kind, level, *words))
    with intend_as_guest(guest, action="answer.save") as unit:
        me = unit.mine()
        askable(unit.run, [given])
        return keep_answer(unit, me.id, given, held_answers(unit, me.id).get(statement_id), version)


def view(guest: Guest, *, question_id: str, about: str, value: Mapping[str, Any], version: int | None) -> int:
    """
    Keep one's own answer to a perspective question and return its version.

    about, value: as assessments/perspective.py takes them. Raises as answer does.
    """
    given = GivenView(question_id, value, about)
    with intend_as_guest(guest, action="view.save") as unit:
        me = unit.mine()
        return keep_view(unit, me, given, held_views(unit, me.id).get((question_id, about)), version)


def _room(unit: GuestUnit) -> None:
    by_link = Respondent.run_id == unit.run.id, Respondent.key.is_not(None)
    if (unit.session.scalar(select(func.count()).where(*by_link)) or 0) >= BY_LINK_AT_MOST:
        raise Invalid("run", f"{BY_LINK_AT_MOST:,} people came by this link already. Tell whoever sent it to you.")
