"""Assessment runs: who was asked when, with which version of the model, and what each person answered."""

from dataclasses import dataclass
from datetime import datetime

from assessments.functions import LEVELS
from assessments.library import Form
from program.values import Invalid

FORMS = {"short": "Short form", "long": "Long form"}
KINDS = ("level", "dont_know", "na")


@dataclass(frozen=True)
class Run:
    """One round of asking. closed_at: None while it takes answers."""

    id: str
    version: int
    name: str
    form: Form
    model_version: str
    model_sha256: str
    opened_at: datetime
    closed_at: datetime | None
    respondents: int
    answers: int


@dataclass(frozen=True)
class MyRespondent:
    """A user's own place in a run."""

    id: str
    version: int
    function: str


@dataclass(frozen=True)
class SavedAnswer:
    kind: str
    level: int | None
    reason: str | None
    version: int


@dataclass(frozen=True)
class GivenAnswer:
    """An answer on its way into the store."""

    statement_id: str
    kind: str
    level: int | None = None
    reason: str | None = None


def check_answer(given: GivenAnswer) -> GivenAnswer:
    """
    Return the answer when it can be kept.

    Raises Invalid: an unknown kind, a level outside 0 to 4, a level where none belongs, "not applicable" unexplained.
    """
    if given.kind not in KINDS:
        raise Invalid("kind", f"“{given.kind}” is no kind of answer. Use one of {', '.join(KINDS)}.")
    if given.kind == "level" and given.level not in LEVELS:
        raise Invalid("level", f"The level {given.level} is not one of 0 to 4.")
    if given.kind != "level" and given.level is not None:
        raise Invalid("level", "An answer without a level cannot carry one.")
    if given.kind == "na" and not (given.reason or "").strip():
        raise Invalid("reason", "Say in a few words why this does not apply.")
    return given
