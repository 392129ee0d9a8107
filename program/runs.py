"""Assessment runs: who was asked when, with which version of the model, and what each person answered."""

import re
import secrets
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from assessments.functions import LEVELS
from assessments.library import Form
from program.values import Invalid

FORMS = {"short": "Short form", "long": "Long form"}
KINDS = ("level", "dont_know", "na")
CLOSED = "This run is closed. It takes no more answers."
DEVICE = re.compile(r"[A-Z2-7]{16,64}")  # base32; 16 letters are 80 bits
DEVICE_BYTES = 10
LOOK_ALIKES = str.maketrans("018", "OIB")  # base32 has none of the three digits
BY_LINK_AT_MOST = 5_000  # people of one run who came by its link: a leaked link cannot fill the store
CHOSEN = ("position", "order", "function", "aspect", "current", "future", "agrees")  # what is no text in a view
EVIDENCE_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "txt": "text/plain",
    "md": "text/markdown",
}
EVIDENCE_LARGEST = 5_000_000  # bytes of one file
EVIDENCE_TOGETHER = 30_000_000  # bytes of a program's files, so that its file can be brought in again


@dataclass(frozen=True)
class Run:
    """
    One round of asking.

    closed_at: None while it takes answers. invite: the code of its link, None while it has none.
    respondents: who takes part. answers: 0 for an anonymous run that is open, because nothing of it may be read.
    """

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
    anonymous: bool = False
    invite: str | None = field(default=None, repr=False)

    @property
    def readable(self) -> bool:
        """Whether anything but the number of people may be shown."""
        return not self.anonymous or self.closed_at is not None


@dataclass(frozen=True)
class MyRespondent:
    """One's own place in a run; the name is empty where one answers anonymously."""

    id: str
    version: int
    function: str
    name: str = ""


@dataclass(frozen=True)
class SavedAnswer:
    kind: str
    level: int | None
    reason: str | None
    note: str | None
    version: int


@dataclass(frozen=True)
class GivenAnswer:
    """An answer on its way into the store."""

    statement_id: str
    kind: str
    level: int | None = None
    reason: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class GivenView:
    """The answer to a perspective question on its way into the store; about: as in the question, "" for most."""

    question_id: str
    value: Mapping[str, Any]
    about: str = ""


@dataclass(frozen=True)
class SavedView:
    """The answer to a perspective question, as its person gave it."""

    question_id: str
    about: str
    value: dict[str, Any]
    version: int


@dataclass(frozen=True)
class SharedView:
    """What somebody wrote about gain, loss and fear, for others to agree with. support: how many do."""

    id: str
    function: str
    value: dict[str, Any]
    support: int


@dataclass(frozen=True)
class Guest:
    """
    Somebody who answers by a run's link. device: what `new_device` made, kept by the browser.

    Neither is in its repr: a log or an error page that shows one lets nobody in.
    """

    invite: str = field(repr=False)
    device: str = field(repr=False)
    now: datetime


@dataclass(frozen=True)
class Invitation:
    """The open run behind a link."""

    run: Run
    program_id: str
    program_name: str
    client_name: str


@dataclass(frozen=True)
class EvidenceItem:
    """Something that shows a statement's level. size: of its file in bytes, 0 without one."""

    id: str
    version: int
    statement_id: str
    function: str | None
    kind: str
    note: str | None
    link: str | None
    file_name: str | None
    media_type: str | None
    size: int
    added_at: datetime


@dataclass(frozen=True)
class PersonProgress:
    """How many of the asked statements a person answered; by_link: without an account."""

    respondent_id: str
    name: str
    function: str
    answered: int
    by_link: bool
    version: int = 1


@dataclass(frozen=True)
class Progress:
    """
    How far a run is.

    asked: statements. people: by name; none for an anonymous run, of which only the counts are told.
    joined: people who take part. answered: those with an answer. finished: those who answered everything, None for an
    anonymous run.
    """

    asked: int
    people: tuple[PersonProgress, ...]
    joined: int
    answered: int
    finished: int | None


def check_answer(given: GivenAnswer) -> GivenAnswer:
    """
    Return the answer when it can be kept.

    Raises Invalid: an unknown kind, a level outside 0 to 4, a level where none belongs, "not applicable" unexplained.
    """
    if given.kind not in KINDS:
        raise Invalid("kind", f"“{given.kind}” is no kind of answer. Use one of {', '.join(KINDS)}.")
    if given.kind == "level" and (given.level not in LEVELS or type(given.level) is not int):
        raise Invalid("level", f"The level {given.level} is not one of 0 to 4.")
    if given.kind != "level" and given.level is not None:
        raise Invalid("level", "An answer without a level cannot carry one.")
    if given.kind == "na" and not (given.reason or "").strip():
        raise Invalid("reason", "Say in a few words why this does not apply.")
    return given


def without_words(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return a view with what was chosen in it and nothing of what was written."""
    blank = {"mandated_on": None}
    return {name: chosen if name in CHOSEN else blank.get(name, "") for name, chosen in value.items()}


def new_device() -> str:
    """Return a token for a device that has none: 80 random bits."""
    return b32encode(secrets.token_bytes(DEVICE_BYTES)).decode()


def new_invite() -> str:
    """Return the secret part of a run's link: 192 random bits."""
    return secrets.token_urlsafe(24)


def new_secret() -> str:
    """Return a key for the devices of a run: 256 random bits."""
    return secrets.token_hex(32)


def resume_code(device: str) -> str:
    """Return a device's token as a person types it on another device: in groups of four."""
    return " ".join(device[at : at + 4] for at in range(0, len(device), 4))


def parse_code(text: str) -> str:
    """Return the device's token in a typed resume code. Raises Invalid."""
    return check_device(re.sub(r"[\s\-\u2010-\u2015]", "", text).upper().translate(LOOK_ALIKES))


def check_device(device: str) -> str:
    """Return a device's token when it is one. Raises Invalid."""
    if not isinstance(device, str) or not DEVICE.fullmatch(device):
        raise Invalid("code", "This is no resume code. It has at least 16 letters and digits, four and four.")
    return device
