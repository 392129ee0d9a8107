"""What may be answered to the perspective questions: checked and made complete before it is stored."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from assessments.functions import ASPECTS, FUNCTIONS
from assessments.perspective_model import CARDS, DONT_KNOW, FIELDS, POSITIONS, STAGES

SUPPORT = "P3.support"
COUNTED = tuple(function.id for function in FUNCTIONS.values() if function.counted)
LONGEST_TEXT = 2_000
LONGEST_ABOUT = 32

Value = dict[str, Any]
Answer = Mapping[str, Any]


@dataclass(frozen=True)
class View:
    """
    One respondent's answer to one question, as `check` returned it.

    about: as in `check`. answered_at: when it was first answered. id: of the answer, which SUPPORT is about.
    """

    respondent: str
    function: str
    question: str
    about: str
    value: Value
    answered_at: datetime
    id: str = ""

    @property
    def counted(self) -> bool:
        """Whether results count it; a consultant observes."""
        return self.function in COUNTED


class BadView(ValueError):
    """An answer to a perspective question that is refused. field: of the value, or "about", or "question"."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence

    def __reduce__(self) -> tuple[type["BadView"], tuple[str, str]]:
        return BadView, (self.field, self.sentence)


def check(question_id: str, about: str, value: object) -> Value:
    """
    Return the value of an answer with every field of its question, texts stripped, fields left out as "" or None.

    question_id: of FIELDS, or SUPPORT for agreeing with another's answer to P3. about: the function that P5 is about,
    the answer that SUPPORT is about, else "". A skipped question is no answer; there is no value for it.

    P1 {"position": 0..10, "why"}; P2 {"text"}; P3 {"gain", "loss", "fear"}, one of them at least; P4 {"order": all
    CARDS}; P5 {"position": 0..10, "order": all CARDS or None}; P6 {"function": id or None, "who"}, one at least;
    P7 {"aspect"}; OWN {"current", "future": of STAGES or DONT_KNOW, "name", "mandated_on": ISO date or None,
    "budget_line": text}; SUPPORT {"agrees": bool}.

    Raises BadView.
    """
    if question_id not in CHECKS:
        raise BadView("question", f"There is no question {question_id}.")
    _check_about(question_id, about)
    if not isinstance(value, Mapping):
        raise BadView("question", f"The answer to {question_id} has no fields.")
    for field in value:
        if field not in FIELDS.get(question_id, ("agrees",)):
            raise BadView(str(field), f"{field} is not a field of {question_id}.")
    return CHECKS[question_id](value)


def _check_about(question_id: str, about: str) -> None:
    if question_id == "P5" and about not in COUNTED:
        raise BadView("about", f"Name the function that the guess is about: {', '.join(COUNTED)}.")
    if question_id == SUPPORT and not 0 < len(about) <= LONGEST_ABOUT:
        raise BadView("about", "Name the answer that you agree with.")
    if question_id not in ("P5", SUPPORT) and about:
        raise BadView("about", f"{question_id} is not about somebody else.")


def _position(value: Answer) -> int:
    position = value.get("position")
    if isinstance(position, bool) or not isinstance(position, int) or position not in POSITIONS:
        raise BadView("position", f"The position is a whole number from {POSITIONS[0]} to {POSITIONS[-1]}.")
    return position


def _text(value: Answer, field: str) -> str:
    text = value.get(field)
    if text is None:
        return ""
    if not isinstance(text, str):
        raise BadView(field, "This must be text.")
    if len(text.strip()) > LONGEST_TEXT:
        raise BadView(field, f"This has {len(text.strip())} characters; the limit is {LONGEST_TEXT}.")
    return text.strip()


def _texts(value: Answer, *fields: str) -> Value:
    texts = {field: _text(value, field) for field in fields}
    if not any(texts.values()):
        raise BadView(fields[0], "Write something, or skip the question.")
    return texts


def _order(value: Answer) -> list[str]:
    order = value.get("order")
    if not isinstance(order, list | tuple) or sorted(map(str, order)) != sorted(CARDS):
        raise BadView("order", f"Each of the {len(CARDS)} cards must have its own place.")
    return [str(card) for card in order]


def _one_of(value: Answer, field: str, options: tuple[str, ...]) -> str:
    choice = value.get(field)
    if not isinstance(choice, str) or choice not in options:
        raise BadView(field, f"Choose one of {', '.join(options)}.")
    return choice


def _date(value: Answer, field: str) -> str | None:
    text = value.get(field)
    if text in (None, ""):
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except (TypeError, ValueError):
        raise BadView(field, "This must be a date such as 2026-05-01.") from None


def _p1(value: Answer) -> Value:
    return {"position": _position(value), "why": _text(value, "why")}


def _p2(value: Answer) -> Value:
    return _texts(value, "text")


def _p3(value: Answer) -> Value:
    return _texts(value, "gain", "loss", "fear")


def _p4(value: Answer) -> Value:
    return {"order": _order(value)}


def _p5(value: Answer) -> Value:
    return {"position": _position(value), "order": None if value.get("order") is None else _order(value)}


def _p6(value: Answer) -> Value:
    function = None if value.get("function") is None else _one_of(value, "function", COUNTED)
    who = _text(value, "who")
    if function is None and not who:
        raise BadView("function", "Choose a function or write who, or skip the question.")
    return {"function": function, "who": who}


def _p7(value: Answer) -> Value:
    return {"aspect": _one_of(value, "aspect", ASPECTS)}


def _own(value: Answer) -> Value:
    stages = (*STAGES, DONT_KNOW)
    return {
        "current": _one_of(value, "current", stages),
        "future": _one_of(value, "future", stages),
        "name": _text(value, "name"),
        "mandated_on": _date(value, "mandated_on"),
        "budget_line": _text(value, "budget_line"),
    }


def _support(value: Answer) -> Value:
    if not isinstance(value.get("agrees"), bool):
        raise BadView("agrees", "Say whether you agree: true or false.")
    return {"agrees": value["agrees"]}


CHECKS: dict[str, Callable[[Answer], Value]] = {
    "P1": _p1,
    "P2": _p2,
    "P3": _p3,
    "P4": _p4,
    "P5": _p5,
    "P6": _p6,
    "P7": _p7,
    "OWN": _own,
    SUPPORT: _support,
}
