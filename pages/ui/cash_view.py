"""Cash and worth on the budget page: the balance by month, the burn, the benefits and what the program is worth."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import budget_reads, cash_benefits, cash_figure, cash_words, charts, shell, tables, text
from pages.ui.budget_reads import Asked
from pages.ui.safe import markup
from pages.ui.shell import Visit
from pages.ui.tables import Column
from program.cash_flow import CashFlow
from program.phasing import next_month

FLOW, BENEFITS = TASKS = "Balance and worth", "Benefits"
SHOWN = 6  # reasons that are told; the others are counted


def show(visit: Visit, asked: Asked, above: DeltaGenerator) -> None:
    """Draw the flows of money and what they are worth, or the benefits."""
    with shell.working("Reading money and metrics"):
        found = budget_reads.cash(asked, visit)
    benefits = budget_reads.benefits(asked)
    answer = cash_words.headline(found, benefits=bool(benefits))
    with above:
        shell.answer(answer)
        shell.lead(cash_words.burn(found.flow))
    task = st.segmented_control(
        "Show",
        TASKS,
        default=None if "cash.task" in st.session_state else FLOW,
        required=True,
        key="cash.task",
        label_visibility="collapsed",
        bind="query-params",
    )
    if task == BENEFITS or not found.flow.months:
        if not benefits:
            st.html(f'<p class="gw-what">{markup(cash_words.WHAT)}</p>')
        cash_benefits.show(visit, asked, benefits, budget_reads.uptakes(asked, visit))
        return
    _flow(found.flow, answer)
    _worth(asked, found)
    cash_benefits.note(benefits)


def _flow(flow: CashFlow, answer: str) -> None:
    charts.show(
        cash_figure.draw(_balance(flow)),
        alt=answer,
        key="cash.balance",
        table=by_month(flow),
        title="Money in less money out since the beginning",
        unit_line=f"Running sum by month, {flow.currency} at the rates of the plan, as of {text.day(flow.today)}",
        rests_on="Solid: as it was. Dotted: as expected now. Thin: by the approved version and the benefits as hoped. "
        "What is still expected of a line whose months are over counts in this month.",
    )
    for sentence in _few([*flow.unknown, *flow.cautions]):
        shell.note(sentence)


def _few(sentences: Sequence[str]) -> list[str]:
    distinct = list(dict.fromkeys(sentences))
    more = len(distinct) - SHOWN
    return [*distinct[:SHOWN], *([f"And {more} more such reasons."] if more > 0 else [])]


def _balance(flow: CashFlow) -> cash_figure.Balance:
    return cash_figure.Balance(
        _sums(flow, "planned"), _sums(flow, "expected"), today=flow.today, currency=flow.currency
    )


def _sums(flow: CashFlow, name: str) -> tuple[cash_figure.Place, ...]:
    ends = (next_month(each.month) for each in flow.months)
    sums = zip(ends, flow.cumulative(name), strict=True)
    known = tuple((end, float(amount)) for end, amount in sums if amount is not None)
    return ((flow.months[0].month, 0.0), *known) if known else ()


def by_month(flow: CashFlow) -> tables.Table:
    """The rows behind the figure."""
    money = (
        "Planned cost", "Actual cost", "Expected cost", "Benefits hoped", "Benefits expected", "Planned balance",
        "Expected balance",
    )  # fmt: skip
    columns = Column("Month", text.month), *(Column(name, text.number, number=True) for name in money)
    rows = tuple(
        (
            each.month, each.planned_cost, each.actual_cost, each.expected_cost, each.hoped, each.expected_benefit,
            planned, expected,
        )
        for each, planned, expected in zip(
            flow.months, flow.cumulative("planned"), flow.cumulative("expected"), strict=True
        )
    )  # fmt: skip
    return tables.Table(columns, rows, name="cash flow by month", caption=flow.currency)


def _worth(asked: Asked, found: budget_reads.Cash) -> None:
    settings = budget_reads.settings(asked)
    shell.title("What the program is worth", f"{found.flow.currency}; a rate that is not set is entered under Rules")
    columns = (
        Column("Figure"),
        Column("As planned", number=True),
        Column("As expected", number=True),
        Column("How it comes about, or why it is n/a"),
    )
    rows = cash_words.figures(found, settings)
    tables.show(tables.Table(columns, tuple(rows), name="worth"), key="cash.worth")
