"""Readiness in words and as the house: what counts, what was answered, and what holds it down."""

from collections.abc import Mapping

import streamlit as st

from assessments.content import Gates
from assessments.functions import ASPECTS, LEVELS
from assessments.lift import Lift, distance_to_gate, lift
from assessments.readiness import Cap, Readiness
from assessments.sensitivity import Band
from pages.ui import charts, house, safe, shell, svg, tables, text
from pages.ui.house import Floor, House

FROM_ABOVE = tuple(reversed(ASPECTS))
LEAST_SHOWN = 0.05
Bands = Mapping[str, Band | None]
NOBODY = "Nobody"
TOGETHER = "No single aspect holds it back; raise them together."
DRAWN = "if others of the same kind had answered"
HOW_SURE = "90% of 2,000 scorings of people drawn at random from those who answered"


def headline(result: Readiness, *, gates: Gates) -> str:
    """Return what to start with and what it brings, in a sentence or two."""
    if result.readiness is None:
        withheld = any(_is_withheld(result, aspect) for aspect in ASPECTS)
        return f"Readiness {'cannot be shown' if withheld else 'is not known yet'}. {_why_unknown(result)}"
    start = result.start_with
    next_ = lift(result, gates=gates)
    if next_ is None and result.reasons.get(f"gates.{start}"):
        return f"Start with {start}. {text.capital(result.reasons[f'gates.{start}'])}"
    if next_ is None:
        rest = "Every aspect is as high as it goes." if result.readiness == LEVELS[-1] else TOGETHER
        return f"Readiness is {text.score_of(result.readiness)}. {rest}"
    return f"Start with {next_.aspect}. {_step(next_)} {_brings(next_)}"


def floors(result: Readiness, *, gates: Gates) -> tuple[Floor, Floor, Floor]:
    """Return the floors of the house from above, each with its reason in words."""
    made = [_floor(result, aspect, gates) for aspect in FROM_ABOVE]
    return made[0], made[1], made[2]


def sure(result: Readiness, bands: Bands) -> str:
    """Return how far readiness could move with other people, in words; "" while it is unknown."""
    if result.readiness is None:
        return ""
    band = bands.get("readiness")
    if band is None:
        return f"Readiness is {text.score_of(result.readiness)}. Too few people answered to say how sure that is."
    return f"Readiness {text.score(result.readiness)}, {in_words(band)} {DRAWN}."


def in_words(band: Band) -> str:
    """90% between 0.8 and 1.0; one number where it does not move."""
    low, high = text.score(band.low), text.score(band.high)
    return f"90% at {low}" if low == high else f"90% between {low} and {high}"


def imbalance(result: Readiness, *, gates: Gates) -> None:
    """Warn where the aspects are too far apart: an h2 in the color of a warning, and what it means."""
    if not result.imbalance_warns:
        return
    known = sorted((score, aspect) for aspect, score in result.raw.items() if score is not None)
    high, low = known[-1][1], known[0][1]
    sentence = f"{high.capitalize()} was answered {text.score(result.imbalance)} above {low}."
    rule = gates.rules["strategy_above_lower"]
    st.html(
        f'<p class="gw-note"><span class="gw-watch">▲ {text.capital(sentence)}</span> More than '
        f"{gates.imbalance_warning:g} is out of balance: “{safe.markup(rule.phrase)}” ({rule.essay}).</p>"
    )


def show(
    result: Readiness,
    *,
    gates: Gates,
    profile: str,
    key: str,
    shown: str = charts.FIGURE,
    bands: Bands | None = None,
) -> None:
    """Draw the house with its callouts, or the same numbers as a table."""
    made = floors(result, gates=gates)
    target = gates.targets.get(profile)
    level = None if target is None else float(target.level)
    if shown == charts.TABLE:
        words = None if bands is None else {name: in_words(band) for name, band in bands.items() if band}
        tables.show(house.table(made, target=level, bands=words), key=f"{key}.table")
    else:
        drawn = House(made, level, "" if target is None else target.name.lower())
        svg.draw(house.drawing(drawn), key=key, style=house.STYLE)


def as_table(result: Readiness, *, gates: Gates, profile: str, key: str) -> None:
    """Draw the table behind the house where the house itself is shown."""
    with st.popover("The same as a table", type="tertiary"):
        show(result, gates=gates, profile=profile, key=key, shown=charts.TABLE)


def outline(*, key: str) -> None:
    """Draw the house before anybody has answered: dashed, with no numbers."""
    empty = [Floor(aspect, aspect.capitalize(), None, None, "nobody has answered it") for aspect in FROM_ABOVE]
    svg.draw(house.drawing(House((empty[0], empty[1], empty[2]), None, "")), key=key, style=house.STYLE)


def why(result: Readiness, *, gates: Gates, versions: Mapping[str, str], bands: Bands) -> None:
    """Draw why readiness is what it is: the caps, each with the sentence of the essay behind it, and how sure it is."""
    known = [f"{aspect} {in_words(band).removeprefix('90% ')}" for aspect in ASPECTS if (band := bands.get(aspect))]
    facts = [
        ("Formula", "the lowest of the three scores that count; never their mean"),
        ("Answered", _row(result.raw)),
        ("Counts", _row(result.capped)),
        *((cap.aspect.capitalize(), cap.sentence) for cap in result.caps),
        ("Gates", _gates(result, gates)),
        *_beside(result, gates),
        *([("How sure", f"{'; '.join(known)}: {HOW_SURE}")] if known else []),
        ("Model", text.listed([f"{name} {version}" for name, version in versions.items()])),
    ]
    start = f"Start with {result.start_with}: its lowest parts propose the components that lift it."
    shell.why(f"Why {text.score_of(result.readiness)}", _sentence(result), facts, leads_to=start)


def go_to_why(result: Readiness) -> None:
    """Draw the button that leads from the number to its arithmetic."""
    words = f"Why {text.score(result.readiness)}, not the mean {text.score(result.mean)}"
    if st.button(words if result.readiness is not None else "Why it is not known", key="overview.why"):
        st.switch_page("assess/results.py", query_params={"aspect": "Readiness"})


def _floor(result: Readiness, aspect: str, gates: Gates) -> Floor:
    raw, capped = result.raw[aspect], result.capped[aspect]
    reason, watch = _reason(result, aspect, gates)
    return Floor(aspect=aspect, name=aspect.capitalize(), raw=raw, capped=capped, reason=reason, watch=watch)


def _reason(result: Readiness, aspect: str, gates: Gates) -> tuple[str, bool]:
    if result.raw[aspect] is None:
        return "too few people to show it" if _is_withheld(result, aspect) else "nobody has answered it", False
    cap = next((each for each in result.caps if each.aspect == aspect), None)
    if cap is not None:
        return _rule_in_short(cap, result), False
    if result.gates.get(aspect) is None and aspect in result.gates:
        return "too few answers to open its gate", True
    distance = distance_to_gate(result, aspect, gates=gates)
    if distance is None or not (distance.score or distance.floor):
        return "all of it counts", False
    if distance.score:
        return f"{_small(distance.score)} below the level that opens the gates", True
    return f"its lowest part is {_small(distance.floor)} below the floor", True


def _rule_in_short(cap: Cap, result: Readiness) -> str:
    if cap.rule == "mechanism_above_mindset":
        return "at most mindset + 1"
    if cap.rule == "strategy_above_lower":
        return "at most the floor below + 1"
    closed = [aspect for aspect, is_open in result.gates.items() if not is_open]
    return "both gates must open first" if len(closed) > 1 else f"the {closed[0]} gate must open first"


def _step(next_: Lift) -> str:
    if not next_.by:
        return f"Another {_small(next_.floor_by)} in its lowest part"
    more = f", and {_small(next_.floor_by)} in its lowest part," if next_.floor_by else ""
    return f"Another {_small(next_.by)} there{more}"


def _brings(next_: Lift) -> str:
    before, after = text.score(next_.before), text.score(next_.after)
    if before != after:
        return f"lifts readiness from {before} to {after} of 4."
    held = f"; then {next_.held_by} holds readiness at {before} of 4" if next_.held_by else ""
    return f"{'opens its gate' if next_.opens_gate else 'comes first'}{held}."


def _small(value: float) -> str:
    return text.score(value) if value >= LEAST_SHOWN else "less than 0.1"


def _why_unknown(result: Readiness) -> str:
    withheld = [aspect for aspect in ASPECTS if _is_withheld(result, aspect)]
    if withheld:
        named = "this run" if len(withheld) == len(ASPECTS) else text.listed(withheld)
        return f"Too few people answered {named} to stay unnamed."
    return text.capital(result.reasons.get("readiness", "Too few answers are in."))


def _is_withheld(result: Readiness, aspect: str) -> bool:
    """Whether people answered, but not enough of them for an anonymous run to show it."""
    return result.raw[aspect] is None and not result.reasons.get(f"raw.{aspect}", NOBODY).startswith(NOBODY)


def _sentence(result: Readiness) -> str:
    if result.readiness is None:
        return _why_unknown(result)
    weakest = [aspect for aspect in ASPECTS if result.capped[aspect] == result.readiness]
    verb = "counts" if len(weakest) == 1 else "count"
    return f"{text.capital(text.listed(weakest))} {verb} least, and a house carries no more than its weakest part."


def _row(scores: Mapping[str, float | None]) -> str:
    return ", ".join(f"{aspect} {text.score(scores[aspect])}" for aspect in ASPECTS)


def _gates(result: Readiness, gates: Gates) -> str:
    words = {True: "open", False: "closed", None: "closed, not enough answers"}
    states = [f"{aspect} {words[is_open]}" for aspect, is_open in result.gates.items()]
    return f"{', '.join(states)}; a gate opens at {gates.threshold:g} with no gated part below {gates.floor:g}"


def _beside(result: Readiness, gates: Gates) -> list[tuple[str, str]]:
    """What readiness is not: the mean, and how far the aspects are apart."""
    if result.readiness is None:
        return []
    mean = f"{text.score(result.mean)}, for comparison only: it hides what the weakest aspect holds back"
    return [("Mean", mean), ("Imbalance", _imbalance(result, gates))]


def _imbalance(result: Readiness, gates: Gates) -> str:
    apart = f"{text.score(result.imbalance)} between highest and lowest"
    return f"▲ {apart}; more than {gates.imbalance_warning:g} is a warning" if result.imbalance_warns else apart
