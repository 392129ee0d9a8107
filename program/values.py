"""What every part of the program speaks of: who acts, and what may go wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Actor:
    """Who acts, and when (UTC). What they may do is looked up in the store by each action, never carried."""

    user_id: str
    name: str
    now: datetime


class Stale(Exception):
    """
    Somebody else changed the row since it was read; nothing was saved.

    mine: the fields this save wanted, by name.
    theirs: the whole row as it is now, by column.
    changed_by, changed_at: from the audit; None when no entry names the row.
    """

    def __init__(
        self,
        what: str,
        mine: Mapping[str, Any],
        theirs: Mapping[str, Any],
        changed_by: str | None = None,
        changed_at: datetime | None = None,
    ) -> None:
        by = f" by {changed_by}" if changed_by else ""
        super().__init__(f"This {what} was changed{by} since you opened it. Nothing was saved.")
        self.what = what
        self.mine = dict(mine)
        self.theirs = dict(theirs)
        self.changed_by = changed_by
        self.changed_at = changed_at

    @property
    def differences(self) -> dict[str, tuple[Any, Any]]:
        """The fields on which the two versions differ: name -> (mine, theirs)."""
        return {
            name: (value, self.theirs.get(name)) for name, value in self.mine.items() if value != self.theirs.get(name)
        }


class Missing(LookupError):
    """It is not there, or it is not yours: the same answer, so that nobody learns what exists."""

    def __init__(self, what: str) -> None:
        super().__init__(f"There is no such {what}.")
        self.what = what


class Invalid(ValueError):
    """A value that cannot be stored: the field, and a sentence for the person who entered it."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


class Unavailable(Exception):
    """The record store cannot be reached or written right now; nothing was saved."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class AlreadyDone(Exception):
    """The same intention was carried out before (a double click, a form sent twice): the subject it made then."""

    def __init__(self, subject_id: str | None) -> None:
        super().__init__("This was already done.")
        self.subject_id = subject_id or ""


class NewerStore(Exception):
    """The store was written by a newer Groundwork than this one."""

    def __init__(self, theirs: str, ours: str) -> None:
        super().__init__(
            f"The record store is at version {theirs}; this Groundwork knows versions up to {ours}. "
            "Start the newer Groundwork, or restore a backup made with this one."
        )
        self.theirs = theirs
        self.ours = ours
