"""Risks: what may happen, how bad it would be, and who does what about it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from program.policy import Policy, load

RESPONSES = {"avoid": "Avoid", "reduce": "Reduce", "transfer": "Transfer", "accept": "Accept"}
STATUSES = {"open": "Open", "happened": "Happened", "closed": "Closed", "dismissed": "Not a risk"}
LEVELS = (1, 5)
PROBABILITIES = {1: "Rare", 2: "Unlikely", 3: "Possible", 4: "Likely", 5: "Almost certain"}
IMPACTS = {1: "Hardly felt", 2: "Minor", 3: "Moderate", 4: "Major", 5: "Ends the program"}
TONES = ("act", "watch", "low")
ZERO = Decimal(0)


@dataclass(frozen=True)
class Risk:
    """
    Something that may happen. Ids of components and owners; the rest as program.store.record_tables.Risk says.

    proposal: the finding that it came from. action: what is done about it, and of a dismissed proposal why it is none.
    """

    id: str
    version: int
    title: str
    component_id: str | None = None
    probability: int | None = None
    impact: int | None = None
    cost: Decimal | None = None
    days: Decimal | None = None
    response: str | None = None
    action: str | None = None
    owner_id: str | None = None
    trigger: str | None = None
    residual_probability: int | None = None
    residual_impact: int | None = None
    status: str = "open"
    proposal: str | None = None
    raised_on: date | None = None
    closed_on: date | None = None

    @property
    def open(self) -> bool:
        return self.status == "open"

    @property
    def score(self) -> int | None:
        """Probability times impact, 1 to 25; None while one of them is unknown."""
        return score(self.probability, self.impact)

    @property
    def residual(self) -> int | None:
        """The score that is left once the response works."""
        return score(self.residual_probability, self.residual_impact)


@dataclass(frozen=True)
class Exposure:
    """
    What some risks may cost on average: chance times cost, and chance times days.

    cost, days: the sum of those known, None when none is. unknown_cost, unknown_days: how many are left out.
    """

    risks: int
    cost: Decimal | None
    unknown_cost: int
    days: Decimal | None
    unknown_days: int


def problem(row: Mapping[str, Any]) -> str | None:
    """Return what is wrong with a risk's row as it comes in from a file; None when nothing is."""
    if any(row[name] is not None and row[name] < 0 for name in ("cost", "days")):
        return "What it may cost is below 0."
    if (row["status"] == "open") != (row["closed_on"] is None):
        return "An open risk was closed on no day, and every other one on a day."
    return None


def score(probability: int | None, impact: int | None) -> int | None:
    """Return probability times impact; None when one is unknown."""
    return None if probability is None or impact is None else probability * impact


def level(points: int | None, policy: Policy | None = None) -> str | None:
    """Return what a score asks for: act, watch or low; None without a score."""
    rules = policy or load()
    if points is None:
        return None
    return "act" if points >= rules.risk_act else "watch" if points >= rules.risk_watch else "low"


def chance(probability: int | None, policy: Policy | None = None) -> Decimal | None:
    """Return how likely a level from 1 to 5 is, as a share."""
    rules = policy or load()
    return None if probability is None else Decimal(getattr(rules, f"risk_chance_{probability}"))


def expected(amount: Decimal | None, probability: int | None, policy: Policy | None = None) -> Decimal | None:
    """Return chance times an amount of money or days, exactly; None when one is unknown."""
    likely = chance(probability, policy)
    return None if amount is None or likely is None else likely * amount


def exposure(risks: Iterable[Risk], *, residual: bool = False, policy: Policy | None = None) -> Exposure:
    """
    Return what the open ones of some risks may cost on average.

    residual: once the responses work. It takes the residual chance and the same cost and days, since a response that
    makes the damage smaller says so by a new cost.
    """
    rules, some = policy or load(), [risk for risk in risks if risk.open]

    def likely(risk: Risk) -> int | None:
        return risk.residual_probability if residual else risk.probability

    cost, unknown_cost = _added(some, lambda risk: expected(risk.cost, likely(risk), rules))
    days, unknown_days = _added(some, lambda risk: expected(risk.days, likely(risk), rules))
    return Exposure(len(some), cost, unknown_cost, days, unknown_days)


def ranked(risks: Iterable[Risk]) -> list[Risk]:
    """Return the risks, open ones first, the highest score first; those without a score stand before the low ones."""
    rules = load()

    def place(risk: Risk) -> tuple[bool, float, Decimal, str, str]:
        points = rules.risk_watch - 0.5 if risk.score is None else risk.score
        return not risk.open, -points, -(expected(risk.cost, risk.probability) or ZERO), risk.title, risk.id

    return sorted(risks, key=place)


def cells(risks: Iterable[Risk], *, residual: bool = False) -> dict[tuple[int, int], list[Risk]]:
    """Return the open risks by their place in the matrix, (probability, impact)."""
    found: dict[tuple[int, int], list[Risk]] = {}
    for risk in risks:
        place = (risk.residual_probability, risk.residual_impact) if residual else (risk.probability, risk.impact)
        if risk.open and place[0] is not None and place[1] is not None:
            found.setdefault((place[0], place[1]), []).append(risk)
    return found


def unowned_acts(risks: Sequence[Risk], policy: Policy | None = None) -> list[Risk]:
    """Return the open risks that ask for action and have no owner, the highest score first."""
    rules = policy or load()
    return [risk for risk in ranked(risks) if risk.open and level(risk.score, rules) == "act" and not risk.owner_id]


def headline(risks: Sequence[Risk], policy: Policy | None = None) -> str:
    """Return the one sentence that the register answers with; money is the page's to add."""
    rules = policy or load()
    some = [risk for risk in ranked(risks) if risk.open]
    if not some:
        return "No risk is open." if risks else "No risk has been written down yet."
    acts = [risk for risk in some if level(risk.score, rules) == "act"]
    count = "The one open risk" if len(some) == 1 else f"{len(acts)} of {len(some)} open risks"
    if not acts:
        unrated = sum(risk.score is None for risk in some)
        if unrated:
            return f"No rated risk asks for action, but {unrated} of {len(some)} {_is(unrated)} not rated."
        none = f"None of {len(some)} open risks asks" if len(some) > 1 else "The one open risk does not ask"
        return f"{none} for action."
    without = unowned_acts(some, rules)
    if without:
        first = f"“{without[0].title}”"
        more = f", and {len(without) - 1} more" if len(without) > 1 else ""
        return f"{count} {_ask(acts)} for action; nobody owns {first}{more}."
    return f"{count} {_ask(acts)} for action, “{acts[0].title}” first."


def _added(some: Sequence[Risk], of: Callable[[Risk], Decimal | None]) -> tuple[Decimal | None, int]:
    known = [value for value in map(of, some) if value is not None]
    return (sum(known, ZERO) if known else None), len(some) - len(known)


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _ask(acts: Sequence[Risk]) -> str:
    return "asks" if len(acts) == 1 else "ask"
