"""Salience: whom to answer first, by power, legitimacy and urgency (Mitchell, Agle and Wood 1997)."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Salience:
    """
    One of the eight classes. kind: none, latent (one attribute is high), expectant (two) or definitive (all three).

    sentence: about "they", the person or group.
    """

    id: str
    name: str
    kind: str
    sentence: str


CLASSES = {
    each.id: each
    for each in (
        Salience(
            "none", "No claim", "none", "They have no say, no rightful claim and no hurry. No effort is needed now."
        ),
        Salience(
            "dormant",
            "Dormant",
            "latent",
            "They could decide a lot, but ask for nothing. Know what would wake them.",
        ),
        Salience(
            "discretionary",
            "Discretionary",
            "latent",
            "Their claim is rightful, but they can neither press it nor need it soon. Keep them informed.",
        ),
        Salience(
            "demanding",
            "Demanding",
            "latent",
            "They want something soon, without the say or the claim to get it. Listen, and promise little.",
        ),
        Salience(
            "dominant",
            "Dominant",
            "expectant",
            "They have the say and a rightful claim. They expect to be asked, even when nothing presses.",
        ),
        Salience(
            "dangerous",
            "Dangerous",
            "expectant",
            "They have the say and are in a hurry, without a rightful claim. They may force a decision: talk early.",
        ),
        Salience(
            "dependent",
            "Dependent",
            "expectant",
            "Their claim is rightful and pressing, but others have the say. They need somebody who speaks for them.",
        ),
        Salience(
            "definitive",
            "Definitive",
            "definitive",
            "They have the say, a rightful claim and no time to lose. Answer them first.",
        ),
    )
}

BY_ATTRIBUTES = {
    (False, False, False): "none",
    (True, False, False): "dormant",
    (False, True, False): "discretionary",
    (False, False, True): "demanding",
    (True, True, False): "dominant",
    (True, False, True): "dangerous",
    (False, True, True): "dependent",
    (True, True, True): "definitive",
}


def salience(
    power: Decimal | None, legitimacy: Decimal | None, urgency: Decimal | None, high_from: Decimal
) -> str | None:
    """Return the id of the class (CLASSES), or None while one of the three is unknown. Each goes from 0 to 10."""
    if power is None or legitimacy is None or urgency is None:
        return None
    return BY_ATTRIBUTES[power >= high_from, legitimacy >= high_from, urgency >= high_from]
