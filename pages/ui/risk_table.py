"""The register as a table, the one risk somebody looks at, and what the exposure is made of."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages.ui import risk_reads, shell, tables, text
from pages.ui.risk_matrix import PICKED
from pages.ui.risk_reads import Known
from pages.ui.tables import Cell, Column
from program.policy import load
from program.risks import IMPACTS, PROBABILITIES, RESPONSES, STATUSES, Risk, chance, expected, exposure, level

TONES = {"act": "act", "watch": "watch"}


def table(some: Sequence[Risk], numbers: Mapping[str, int], known: Known) -> tables.Table:
    """One row per risk, with what it may cost on average, and the sums of what is known."""
    columns = (
        Column("Risk"),
        Column("No.", tables.blank, number=True),
        Column("Component"),
        Column("Owner"),
        Column("Level"),
        Column("Score", number=True),
        Column("After response", number=True),
        Column(f"Cost if it happens, {known.currency}", _amount, number=True),
        Column(f"Expected cost, {known.currency}", _amount, number=True),
        Column("Expected days", _tenth, number=True),
        Column("Response", tables.blank),
        Column("What we do", tables.blank),
        Column("Trigger", tables.blank),
        Column("Status"),
    )
    found = exposure(some)
    total = ("Open risks, known values only", *[""] * 7, found.cost, found.days, "", "", "", "")
    return tables.Table(
        columns,
        tuple(_row(risk, numbers, known) for risk in some),
        name="risks",
        total=total if found.risks else None,
    )


def screen(some: Sequence[Risk], numbers: Mapping[str, int], known: Known) -> tables.Table:
    """The same rows in few columns, as they stand on the page."""
    columns = (
        Column("No.", number=True),
        Column("Risk"),
        Column("Owner"),
        Column("Level"),
        Column(f"If it happens, {known.currency}", _amount, number=True),
        Column(f"Expected, {known.currency}", _amount, number=True),
        Column("Expected days", _tenth, number=True),
        Column("Response and trigger", tables.blank),
    )
    found = exposure(some)
    total = ("", "Open risks, known values only", "", "", "", found.cost, found.days, "")
    rows = tuple(_short(risk, numbers, known) for risk in some)
    return tables.Table(columns, rows, total=total if found.risks else None)


def show(some: Sequence[Risk], numbers: Mapping[str, int], known: Known) -> None:
    """Draw the register with its files and what the sums leave out."""
    if not some:
        shell.note("No risk passes these filters.")
        return
    tables.show(screen(some, numbers, known), key="risk.screen", download=False)
    tables.downloads(table(some, numbers, known), key="risk.register")
    shell.note(left_out(some))


def left_out(some: Sequence[Risk]) -> str:
    """What the sums of the open risks leave out, as a sentence."""
    found = exposure(some)
    if not (found.unknown_cost or found.unknown_days):
        return "Expected = chance of the probability level x what it costs if it happens, over open risks."
    return (
        f"Of {text.plural(found.risks, 'open risk', 'open risks')}, {found.unknown_cost} of unknown cost and "
        f"{found.unknown_days} of unknown days are not in the sums. Unknown is not zero."
    )


def look(some: Sequence[Risk], numbers: Mapping[str, int], known: Known) -> None:
    """Draw the choice of one risk and why it stands where it does; without one, how the exposure adds up."""
    by_id = {risk.id: risk for risk in some}
    if st.session_state.get(PICKED) not in by_id:
        st.session_state.pop(PICKED, None)
    chosen = st.selectbox(
        "Look at one risk",
        list(by_id),
        index=None,
        format_func=lambda each: f"{numbers.get(each, '')} {by_id[each].title}",
        placeholder="Choose, or press a mark",
        key=PICKED,
    )
    if chosen:
        _why(by_id[chosen], known)
    else:
        _sum(some, known)


def _why(risk: Risk, known: Known) -> None:
    facts = [
        ("Score", _score(risk.probability, risk.impact)),
        ("After response", _score(risk.residual_probability, risk.residual_impact)),
        ("Expected cost", _product(risk, known)),
        ("Expected delay", _days(risk)),
        ("Owner", known.owner(risk)),
        ("Component", known.component(risk)),
        ("Response", RESPONSES.get(risk.response or "", "Not decided")),
        ("What we do", risk.action or text.UNKNOWN),
        ("Trigger", risk.trigger or text.UNKNOWN),
    ]
    asks = {
        "act": "It asks for action now.",
        "watch": "It is looked at in every steering meeting.",
        "low": "It is kept in mind.",
    }
    asked = asks.get(level(risk.score) or "", "Its probability or impact is not known, so it has no level.")
    shell.why(risk.title, asked if risk.open else f"{STATUSES[risk.status]} since {text.day(risk.closed_on)}.", facts)


def _sum(some: Sequence[Risk], known: Known) -> None:
    now, then, rules = exposure(some), exposure(some, residual=True), load()
    unknown = f"{now.unknown_cost} of unknown cost, {now.unknown_days} of unknown days"
    chances = ", ".join(f"{at}: {text.percent(chance(at, rules))}" for at in PROBABILITIES)
    facts = [
        ("Now", risk_reads.both(some, known)),
        ("After response", risk_reads.both(some, known, residual=True)),
        ("Not in it", unknown if now.unknown_cost or now.unknown_days else "nothing"),
        ("Not in after", f"{then.unknown_cost} without a known cost or chance after the response"),
        ("Chance by level", chances),
        ("Formula", "chance of the level x what it costs, or how many working days, if it happens; added up"),
    ]
    shell.why(
        "What the open risks may cost",
        "On average, over many such programs. One program meets each risk wholly or not at all, so this is a reserve "
        "to hold, not a forecast.",
        facts,
    )


def _row(risk: Risk, numbers: Mapping[str, int], known: Known) -> tuple[Any, ...]:
    return (
        risk.title,
        numbers.get(risk.id),
        known.component(risk),
        known.owner(risk),
        risk_reads.LEVEL_NAMES[level(risk.score) or ""],
        risk.score,
        risk.residual,
        risk.cost,
        expected(risk.cost, risk.probability),
        expected(risk.days, risk.probability),
        RESPONSES.get(risk.response or ""),
        risk.action,
        risk.trigger,
        STATUSES[risk.status],
    )


def _short(risk: Risk, numbers: Mapping[str, int], known: Known) -> tuple[Any, ...]:
    asks = level(risk.score) if risk.open else None
    after = "" if risk.residual is None else f", {risk.residual} after"
    rated = risk_reads.level_words(risk) if risk.open else STATUSES[risk.status]
    about = [known.component(risk), *([risk.action] if risk.action else [])]
    return (
        numbers.get(risk.id),
        Cell(risk.title, "strong", note=": ".join(about)),
        Cell(known.owner(risk), "act" if asks == "act" and not risk.owner_id else ""),
        Cell(rated, TONES.get(asks or "", ""), note=f"{risk.score} of 25{after}" if risk.score else ""),
        risk.cost,
        expected(risk.cost, risk.probability),
        expected(risk.days, risk.probability),
        Cell(RESPONSES.get(risk.response or ""), note=risk.trigger or ""),
    )


def _score(probability: int | None, impact: int | None) -> str:
    if probability is None or impact is None:
        return f"{text.UNKNOWN}: probability or impact is not known"
    return f"{probability} {PROBABILITIES[probability]} x {impact} {IMPACTS[impact]} = {probability * impact} of 25"


def _product(risk: Risk, known: Known) -> str:
    cost = expected(risk.cost, risk.probability)
    if cost is None:
        return f"{text.UNKNOWN}: {'the cost' if risk.cost is None else 'the probability'} is not known"
    likely = text.percent(chance(risk.probability))
    return f"{likely} x {text.money(risk.cost, known.currency)} = {text.money(cost, known.currency)}"


def _days(risk: Risk) -> str:
    days = expected(risk.days, risk.probability)
    if days is None:
        return f"{text.UNKNOWN}: {'the delay' if risk.days is None else 'the probability'} is not known"
    return f"{text.percent(chance(risk.probability))} x {_tenth(risk.days)} d = {_tenth(days)} d"


def _amount(value: Any) -> str:
    return "" if value == "" else text.number(value)


def _tenth(value: Any) -> str:
    return "" if value == "" else text.number(value, decimals=1)
