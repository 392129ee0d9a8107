"""Earned value in words: the headline, and every figure with its formula in numbers or the reason why it is n/a."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from pages.ui import text
from program import policy
from program.earned import Earned, Standing
from program.earned_words import too_early

WHAT = (
    "Earned value compares three sums on one day: what the baseline wanted to be done by then, what the work done is "
    "worth by the same plan, and what was paid for it."
)
LATE = "It goes back to 1 at the end, however late that is"
NAMES = (
    "earned_schedule", "spi_t", "sv_t", "ieac_t", "pv", "ev", "ac", "bac", "cv", "cpi", "sv", "spi",
    "eac_cpi", "eac_budget", "eac_cpi_spi", "etc", "vac", "tcpi_bac",
)  # fmt: skip
Number = Decimal | float | None


@dataclass(frozen=True)
class Shown:
    """One figure: its raw value, how it reads, and how it comes about; or why it is n/a."""

    name: str
    value: Number
    reads: str
    how: str
    caution: str


def standing(earned: Earned) -> Standing:
    """Return the figures that can be spoken of: of everything, else of the components whose figures are known."""
    return earned.known or earned.whole


def headline(earned: Earned) -> str:
    """Return what the work is worth against its cost, and where the cost so far leads."""
    now, code = standing(earned), earned.currency
    if now.cv is None:
        return f"What the work is worth cannot be told. {now.reasons.get('cv', '')}".strip()
    of = "" if earned.known is None else "As far as it is known, "
    if not now.ac:
        return text.capital(f"{of}no cost of the work is booked, so nobody knows what it has cost.")
    if not now.cv:
        said = "work is worth what it cost"
    else:
        word = "less" if now.cv < 0 else "more"
        said = f"work is worth {text.money_short(abs(now.cv), code)} {word} than it cost"
    first = text.capital(f"{of}{said}.")
    if now.vac is None or not round(now.vac):
        return first
    if early(earned):
        return f"{first} Too early to say where the plan ends."
    side = "over" if now.vac < 0 else "under"
    return f"{first} At this rate the plan ends {text.money_short(abs(now.vac), code)} {side}."


def early(earned: Earned) -> str:
    """Return why it is too early to say where the cost ends; empty when it is not."""
    return too_early(earned, policy.load())


def lead(earned: Earned) -> str:
    """Return how far the work is ahead or behind in time, and which of it is left out."""
    now = standing(earned)
    said = []
    if now.earned_schedule is not None and now.sv_t is not None:
        by = _months(abs(now.sv_t))
        when = "where the plan wants it" if abs(now.sv_t) < 0.05 else f"{by} {'behind' if now.sv_t < 0 else 'ahead'}"
        done = text.number(now.earned_schedule, decimals=1)
        said.append(f"In time the work is {when}: {done} of {_months(passed(now))} that passed are earned.")
    else:
        said.append(f"Ahead or behind in time is n/a. {now.reasons.get('sv_t', '')}".strip())
    why = early(earned)
    if why and (reach := spread(now, earned.currency)):
        said.append(f"{reach} {why}" if why not in said[0] else reach)
    if earned.known is not None:
        said.append(f"Left out: {earned.whole.reasons.get('cv') or ''} {_missing(earned)}".strip())
    return " ".join(said)


def passed(now: Standing) -> float | None:
    """Return how many months of the plan have passed."""
    return None if now.earned_schedule is None or now.sv_t is None else now.earned_schedule - now.sv_t


def figures(now: Standing, currency: str) -> list[Shown]:
    """Return every figure, earned schedule first, with its formula in numbers."""

    def money(amount: Number) -> str:
        return text.money(amount, currency)

    def written(name: str, label: str, reads: Callable[[Number], str], how: str) -> Shown:
        value: Number = getattr(now, name)
        reason = now.reasons.get(name, "")
        return Shown(label, value, reads(value), "" if value is None else how, reason)

    pv, ev, ac, bac = (money(each) for each in (now.pv, now.ev, now.ac, now.bac))
    cpi, spi, eac = text.ratio(now.cpi), text.ratio(now.spi), money(now.eac_cpi)
    months, gone, pace = _months(now.earned_schedule), _months(passed(now)), text.ratio(now.spi_t)
    return [
        written("earned_schedule", "Earned schedule", _months, "The month by which the plan wanted what is earned"),
        written("spi_t", "Schedule efficiency, SPI(t)", text.ratio, f"{months} earned ÷ {gone} passed"),
        written("sv_t", "Ahead or behind in time, SV(t)", _signed_months, f"{months} earned less {gone} passed"),
        written("ieac_t", "Duration at this pace", _months, f"Planned duration ÷ SPI(t) {pace}"),
        written("pv", "Planned value, PV", money, "What the baseline wanted by this day"),
        written("ev", "Earned value, EV", money, "The budget of each component times its progress"),
        written("ac", "Actual cost, AC", money, "What was paid, less credits, at plan rates"),
        written("bac", "Budget at completion, BAC", money, "What the baseline plans in all, without the reserve"),
        written("cv", "Cost variance, CV", _signed(currency), f"{ev} earned less {ac} spent"),
        written("cpi", "Cost efficiency, CPI", text.ratio, f"{ev} earned ÷ {ac} spent"),
        written("sv", "Schedule variance in money, SV", _signed(currency), f"{ev} earned less {pv} planned"),
        written("spi", "Schedule efficiency in money, SPI", text.ratio, f"{ev} earned ÷ {pv} planned. {LATE}"),
        written("eac_cpi", "Ends at, if cost stays, EAC", money, f"{bac} budget ÷ CPI {cpi}"),
        written("eac_budget", "Ends at, if the rest costs as planned", money, f"{ac} spent + {bac} less {ev} earned"),
        written(
            "eac_cpi_spi",
            "Ends at, if cost and pace stay",
            money,
            f"{ac} + ({bac} less {ev}) ÷ ({cpi} · {spi})",
        ),
        written("etc", "Still to pay, ETC", money, f"EAC {eac} less {ac} spent"),
        written("vac", "Left over at the end, VAC", _signed(currency), f"{bac} budget less EAC {eac}"),
        written("tcpi_bac", "To finish on plan, TCPI", text.ratio, f"({bac} less {ev}) ÷ ({bac} less {ac})"),
    ]


def spread(now: Standing, currency: str) -> str:
    """Return from where to where the estimates of the whole cost reach; empty when there is none."""
    known = _estimates(now)
    if not known:
        return ""
    low, high = (text.money_short(each, currency) for each in (min(known), max(known)))
    return (
        f"The estimates of the whole cost reach from {low} to {high}." if low != high else f"Every estimate is {low}."
    )


def ends_at(now: Standing, earned: Earned) -> Shown | None:
    """Return where the cost may end while it is too early to say; None when the rate so far says it."""
    why, known = early(earned), _estimates(now)
    if not why or not known:
        return None
    low, high = (text.money_short(each, earned.currency) for each in (min(known), max(known)))
    return Shown("", None, f"{low} to {high}" if low != high else low, f"Too early to say. {why}", "")


def _estimates(now: Standing) -> list[float]:
    return [float(each) for each in (now.eac_cpi, now.eac_budget, now.eac_cpi_spi) if each is not None]


def _missing(earned: Earned) -> str:
    return " ".join(dict.fromkeys(_reasons(earned)))


def _reasons(earned: Earned) -> Iterator[str]:
    for row in earned.components:
        for name in ("bac", "ev", "ac"):
            if getattr(row.standing, name) is None and name in row.standing.reasons:
                yield f"{row.name}: {row.standing.reasons[name]}"
                break


def _months(value: Number) -> str:
    return text.UNKNOWN if value is None else f"{text.number(value, decimals=1)} months"


def _signed_months(value: Number) -> str:
    return text.UNKNOWN if value is None else f"{text.number(value, decimals=1, signed=True)} months"


def _signed(currency: str) -> Callable[[Number], str]:
    return lambda amount: text.money(amount, currency, signed=True)
