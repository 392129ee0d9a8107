"""What an agreement label reads like, and what whoever leads the talk does about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.agreement.labels import LABELS, Label
from assessments.agreement.report import ItemAgreement
from assessments.alignment import OTHER_ROLES, RoleCell, StatementAlignment
from assessments.functions import FUNCTIONS
from pages.ui import text


@dataclass(frozen=True)
class Verdict:
    """A label's sign, its word, and its tone (act, watch or muted)."""

    sign: str
    word: str
    tone: str

    @property
    def shown(self) -> str:
        """The sign, if any, and the word."""
        return f"{self.sign} {self.word}".strip()


VERDICTS: dict[Label, Verdict] = {
    "not_enough_answers": Verdict("", "Not enough answers", "muted"),
    "nobody_owns_the_facts": Verdict("?", "Nobody owns the facts", "watch"),
    "two_camps": Verdict("↔", "Two camps", "act"),
    "roles_differ": Verdict("≠", "Roles differ", "act"),
    "agree": Verdict("✓", "Agree", "muted"),
    "open": Verdict("○", "Open", "watch"),
}
WITHHELD = Verdict("", "Withheld", "muted")
CONTESTED: tuple[Label, ...] = tuple(each for each in LABELS if each in ("two_camps", "roles_differ", "open"))


def verdict(item: ItemAgreement | None) -> Verdict:
    """Return the verdict on a statement; without an item it is withheld."""
    return WITHHELD if item is None else VERDICTS[item.label]


def role_name(role: str) -> str:
    """Return how a role reads; roles that are pooled are other roles."""
    return FUNCTIONS[role].name if role in FUNCTIONS else OTHER_ROLES.capitalize()


def what_to_do(item: ItemAgreement, *, apart: Sequence[str] = (), could_know: Sequence[str] = ()) -> str:
    """
    Return what to do about a statement.

    apart: the two roles furthest from each other. could_know: the functions that the statement is put to.
    """
    if item.label == "two_camps":
        return "Let them argue: one person from each end says what they have seen. Do not settle on the middle."
    if item.label == "roles_differ":
        both = text.listed([role_name(each) for each in apart]) or "the roles"
        return f"Let {both} show each other what they see. Each may be right about its own part of the company."
    if item.label == "nobody_owns_the_facts":
        whom = text.listed([role_name(each) for each in could_know])
        return (
            f"Name who could know, and by when they say it. It was put to {whom}." if whom else "Name who could know."
        )
    if item.label == "not_enough_answers":
        return "Ask more people before reading anything into it."
    if item.label == "agree":
        return "Take it as settled, note it and go on."
    if item.rwg == 0:
        return (
            "The statement is unclear: answers lie as wide as chance. Say what it means by an example, then ask again."
        )
    return "Hear the answers at both ends first. Chance alone could have brought the rest this close."


def compared(each: StatementAlignment) -> list[RoleCell]:
    """Return the roles that are compared on a statement, the lowest median first; pooled ones are not."""
    known = [cell for cell in each.roles if cell.median is not None and cell.role in FUNCTIONS]
    return sorted(known, key=lambda cell: cell.median or 0.0)
