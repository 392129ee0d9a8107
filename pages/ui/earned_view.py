"""Earned value on the budget page: the curves, the figures with their formulas, the components and the inputs' age."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import budget_reads, charts, earned_answer, earned_figure, shell, tables, text
from pages.ui.budget_reads import Asked
from pages.ui.earned_answer import Shown
from pages.ui.safe import markup
from pages.ui.shell import Visit
from pages.ui.tables import Cell, Column
from program.earned import Earned, EarnedMonth, Standing
from program.phasing import next_month
from program.progress import RULES

LEADING = {
    "spi_t": "Efficiency in time, SPI(t)",
    "cpi": "Efficiency in cost, CPI",
    "tcpi_bac": "Needed to finish on plan, TCPI",
    "eac_cpi": "Ends at, if cost stays, EAC",
}
SHEET = """<style>.gw-indices {display:grid;grid-template-columns:repeat(4,1fr);gap:8px 24px;
 margin:0!important;padding:0!important}
.gw-indices dt {font-size:.8125rem;font-weight:600;color:var(--gw-muted);border-bottom:1px solid var(--gw-gray);
 padding-bottom:6px;margin:0!important} .gw-indices div {margin:0;min-width:0}
.gw-indices dd {margin:6px 0 0!important} .gw-indices dd+dd {font-size:.875rem;color:var(--gw-muted);
 line-height:1.4;margin:0!important}
@media (max-width:640px) {.gw-indices {grid-template-columns:1fr 1fr}}</style>"""


def show(visit: Visit, asked: Asked, above: DeltaGenerator) -> None:
    """Draw where the work and its money stand on the day asked for, today without one."""
    baseline = _baseline(asked)
    found = budget_reads.earned(asked, visit.today, baseline)
    if not found.components:
        with above:
            shell.answer("No work has a plan to compare with yet.")
        st.html(f'<p class="gw-what">{markup(earned_answer.WHAT)}</p>')
        return
    now = earned_answer.standing(found)
    with above:
        shell.answer(earned_answer.headline(found))
        shell.lead(earned_answer.lead(found))
    figures = earned_answer.figures(now, found.currency)
    _indices(figures, earned_answer.ends_at(now, found))
    left, right = st.columns([5, 2], gap="large")
    with left:
        _curves(found, now)
    with right:
        _why(found, now)
    _all(figures, found.currency)
    _components(found)


def _baseline(asked: Asked) -> str | None:
    known = budget_reads.baselines(asked)
    if len(known) < 2:
        return None
    names = text.distinct({each.id: f"Against {each.name}" for each in known})
    return st.selectbox(
        "Baseline",
        list(names),
        format_func=names.__getitem__,
        key="earned.baseline",
        width=300,
        label_visibility="collapsed",
        bind="query-params",
    )


def _curves(found: Earned, now: Standing) -> None:
    if not found.months:
        shell.note("Nothing is planned or paid by month, so there is no curve yet.")
        return
    curves = _places(found, None if earned_answer.early(found) else now.eac_cpi, now.cpi)
    against = f", {found.baseline}" if found.baseline else ", without a baseline"
    estimated = " Dotted: if cost stays as it was."
    charts.show(
        earned_figure.draw(curves),
        alt=earned_answer.headline(found),
        key="earned.curves",
        table=by_month(found),
        title="Planned, earned and spent",
        unit_line=f"Cumulative, {found.currency}{against}, to {text.day(found.today)}",
        rests_on=earned_answer.spread(now, found.currency) + (estimated if curves.ending else ""),
    )


@lru_cache(maxsize=32)
def _cached(
    months: tuple[EarnedMonth, ...], today: date, currency: str, cost: float | None, cpi: float | None
) -> earned_figure.Curves:
    ends = [(_last(each.month, today), each) for each in months]
    zero = (months[0].month, 0.0)
    planned = tuple((next_month(each.month), float(each.pv)) for each in months if each.pv is not None)
    earned = tuple((day, float(each.ev)) for day, each in ends if each.ev is not None)
    spent = tuple((day, float(each.ac)) for day, each in ends if each.ac is not None)
    ending = None
    if cost is not None and planned and spent and planned[-1][0] > today:
        ending = (planned[-1][0], cost, f"If cost stays {text.ratio(cpi)}")
    return earned_figure.Curves(
        planned=(zero, *planned) if planned else (),
        earned=(zero, *earned) if earned else (),
        spent=(zero, *spent) if spent else (),
        today=today,
        currency=currency,
        ending=ending,
    )


def _places(found: Earned, cost: float | None, cpi: float | None) -> earned_figure.Curves:
    return _cached(found.months, found.today, found.currency, cost, cpi)


def _last(month: date, today: date) -> date:
    return min(next_month(month), today)


def by_month(found: Earned) -> tables.Table:
    """The rows behind the curves."""
    columns = (Column("Month", text.month), *(_money(name) for name in ("Planned", "Earned", "Spent")))
    rows = tuple(
        (each.month, each.pv, Cell(each.ev, note="in part estimated" if each.estimated else ""), each.ac)
        for each in found.months
    )
    caption = f"Cumulative, {found.currency}. The month of {text.day(found.today)} is as of that day."
    return tables.Table(columns, rows, name="earned value by month", caption=caption)


def _indices(figures: Sequence[Shown], ends_at: Shown | None) -> None:
    by_name = dict(zip(earned_answer.NAMES, figures, strict=True))
    if ends_at is not None:
        by_name["eac_cpi"] = ends_at
    cells = "".join(
        f"<div><dt>{markup(name)}</dt><dd class='gw-number'>{markup(by_name[key].reads)}</dd>"
        f"<dd>{markup(by_name[key].how or by_name[key].caution)}</dd></div>"
        for key, name in LEADING.items()
    )
    st.html(f'{SHEET}<dl class="gw-indices">{cells}</dl>')


def _why(found: Earned, now: Standing) -> None:
    facts = [
        ("Formula", "Earned value = budget of each component times its progress by its stated rule"),
        ("Against", f"{found.baseline}, {text.day(found.baseline_on)}" if found.baseline else text.UNKNOWN),
        *((each.what.capitalize(), _age(each.on, each.days, each.sentence, old=each.old)) for each in found.ages),
    ]
    if found.outside:
        paid = text.money(found.outside, found.currency)
        facts.append(("Left out", f"{paid} paid for components that nothing is planned for"))
    sentence = " ".join(found.cautions) or "Every input is there and fresh."
    cpi = text.ratio(now.cpi)
    shell.why(f"Why {cpi} for cost" if now.cpi is not None else "Why cost efficiency is n/a", sentence, facts)


def _age(on: date | None, days: int | None, sentence: str, *, old: bool) -> str:
    if on is None:
        return sentence
    sign = "▲ " if old else ""
    return f"{sign}{text.day(on)}, {text.days(days)} old"


def _all(figures: Sequence[Shown], currency: str) -> None:
    shell.title("Every figure, with its formula", f"{currency}; 1 is as planned, above 1 is better")
    columns = Column("Figure"), Column("Now", number=True), Column("How it comes about, or why it is n/a")
    rows = tuple(
        (each.name, each.reads, " ".join(part for part in (each.how, each.caution) if part)) for each in figures
    )
    st.html(tables.html(tables.Table(columns, rows)))
    exact = tuple((each.name, each.value, each.how, each.caution) for each in figures)
    names = Column("Figure"), Column("Now"), Column("Formula"), Column("Reason or caution")
    tables.downloads(tables.Table(names, exact, name="earned value"), key="earned.figures")


def _components(found: Earned) -> None:
    shell.title("By component", "Progress by the rule that is stated for each")
    columns = (
        Column("Component"),
        Column("Progress", lambda share: text.percent(share), number=True),
        *(_money(name) for name in ("Budget", "Planned", "Earned", "Spent")),
        Column("Worth less cost", lambda amount: text.number(amount, signed=True), number=True),
        Column("CPI", text.ratio, number=True),
        Column("SPI(t)", text.ratio, number=True),
    )
    rows = []
    for each in found.components:
        now = each.standing
        reason = next((now.reasons[name] for name in ("bac", "ev", "ac") if name in now.reasons), "")
        share = None if each.progress.share is None else float(each.progress.share)
        said = ". ".join(part for part in (RULES[each.rule], reason or each.progress.reason) if part)
        figures = (now.bac, now.pv, now.ev, now.ac, now.cv, now.cpi, now.spi_t)
        rows.append((Cell(each.name, note=said), share, *figures))
    whole = found.whole
    total = ("Program", None, whole.bac, whole.pv, whole.ev, whole.ac, whole.cv, whole.cpi, whole.spi_t)
    table = tables.Table(columns, tuple(rows), name="earned value by component", total=total)
    tables.show(table, key="earned.components")


def _money(name: str) -> Column:
    return Column(name, text.number, number=True)
