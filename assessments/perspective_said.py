"""What people wrote to the perspective questions, and whether they put customers first."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.perspective_check import SUPPORT, Value, View
from assessments.perspective_groups import split


@dataclass(frozen=True)
class OrderKept:
    """
    Of those who said what is in it for them (P3): who had said before what is in it for customers (P2).

    unknown: both bear the same time, as in an anonymous run. All None where withheld or nobody answered.
    """

    kept: int | None
    not_kept: int | None
    unknown: int | None
    sentence: str


@dataclass(frozen=True)
class Said:
    """What someone wrote. function: "" where the role is not told. supporters: others who agree (P3 only)."""

    id: str
    function: str
    texts: dict[str, str]
    supporters: int


def order_kept(views: Sequence[View], *, minimum: int | None = None) -> OrderKept:
    """Return how many said what customers gain before what they gain themselves."""
    parts = split(views, "P3", minimum=minimum)
    if parts.everyone is None:
        return OrderKept(None, None, None, parts.reason)
    first = {view.respondent: view.answered_at for view in views if view.question == "P2"}
    own = {view.respondent: view.answered_at for view in parts.everyone}
    kept = sum(name in first and first[name] < at for name, at in own.items())
    unknown = sum(name in first and first[name] == at for name, at in own.items())
    return OrderKept(kept, len(own) - kept - unknown, unknown, _order(kept, len(own), unknown))


def said(views: Sequence[View], question: str, *, minimum: int | None = None) -> tuple[Said, ...]:
    """
    Return the texts that people wrote to P1, P2, P3 or P6, those with most supporters first.

    In an anonymous run nobody's role is told, the order says nothing, and nothing is told of fewer people than minimum.
    """
    asked = [view for view in views if view.counted and view.question == question]
    written = [(view, texts) for view in asked if (texts := _texts(view.value))]
    if minimum is not None and len(written) < minimum:
        return ()
    found = [
        Said(
            view.id if minimum is None else "",
            view.function if minimum is None else "",
            texts,
            sum(_supports(other, view) for other in views),
        )
        for view, texts in written
    ]
    return tuple(sorted(found, key=lambda text: (-text.supporters, sorted(text.texts.items()), text.function)))


def _order(kept: int, people: int, unknown: int) -> str:
    if unknown == people:
        return f"The order is not known for {'one person' if people == 1 else f'any of {people} people'}."
    told = f"{kept} of {people} people said what customers gain before what they gain themselves."
    return f"{told} The order is not known for {unknown}." if unknown else told


def _texts(value: Value) -> dict[str, str]:
    return {name: value[name] for name in ("why", "text", "gain", "loss", "fear", "who") if value.get(name)}


def _supports(other: View, view: View) -> bool:
    agrees = other.question == SUPPORT and other.about == view.id != "" and other.value["agrees"] is True
    return agrees and other.counted and other.respondent != view.respondent
