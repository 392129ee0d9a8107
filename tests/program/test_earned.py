"""Earned value of a program: unknown stays unknown, an index that compares a thing with itself is refused."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program import earned_words, policy
from program.earned import Paid, Plan, PlannedLine, Scope
from program.earned import earned as computed
from program.earned_figures import INPUTS, OF_COST, OF_TIME, Clock, Figure, standing
from program.earned_value import earned_schedule, performance
from program.phasing import months, spread
from program.placing import PlannedActivity
from program.progress import RULES, by_spending, progress

START, TODAY = date(2026, 1, 1), date(2026, 3, 31)
HALF_YEAR = months(START, date(2026, 6, 30))
AMOUNTS = st.integers(0, 10**9).map(lambda cents: Decimal(cents).scaleb(-2))


def earned(plan: Plan, paid: Paid, *, today: date) -> Any:
    return computed(plan, paid, today=today)


def work(name: str = "Build", days: int | str = 10, **more: Any) -> PlannedActivity:
    given_ = {"percent": Decimal(more.pop("percent", 0)), **more}
    return PlannedActivity(name, 1, "c", name, None, Decimal(days), **given_)


def line(total: int | str | None, component: str = "c", **more: Any) -> PlannedLine:
    planned = None if total is None else Decimal(total)
    phases = spread(planned, HALF_YEAR) if planned is not None else {}
    values: dict[str, Any] = {"currency": "EUR", "rate": Decimal(1), "phases": phases, **more}
    return PlannedLine(f"Line of {component}", component, planned=planned, **values)


def scope(*activities: PlannedActivity, id_: str = "c", rule: str = "activities", **more: Any) -> Scope:
    return Scope(id_, f"Component {id_}", rule, more.get("activities", activities))


def plan(lines: list[PlannedLine], scopes: list[Scope], **more: Any) -> Plan:
    return Plan("EUR", lines, scopes, **{"baseline": "First", "baseline_on": START, **more})


def paid(amount: int | str, component: str = "c", month: date = START) -> dict[str, dict[date, Decimal]]:
    return {component: {month: Decimal(amount)}}


def one(percent: int | str, spent: int | str, *, total: int | str = 6000, today: date = TODAY) -> Any:
    return earned(plan([line(total)], [scope(work(percent=percent, started_on=START))]), Paid(paid(spent)), today=today)


def test_half_the_time_a_third_of_the_work() -> None:
    """Three of six even months: 3,000 of 6,000 planned; a third done is what two months wanted."""
    whole = one("33.3333", 2500).whole
    assert (whole.pv, whole.ev, whole.ac, whole.bac) == (3000, Decimal("1999.9980"), 2500, 6000)
    assert whole.earned_schedule == pytest.approx(2, abs=1e-5)
    assert whole.sv_t == pytest.approx(-1, abs=1e-5)
    assert whole.spi_t == pytest.approx(2 / 3, abs=1e-5)
    assert whole.ieac_t == pytest.approx(9, abs=1e-4)
    assert whole.reasons == {}


def test_the_figures_are_those_of_the_published_exercise() -> None:
    """P1 of PROGRAM.md, by a baseline of 23,000 until today and 97,000 after it."""
    phases = {START: Decimal(23_000), date(2026, 4, 1): Decimal(97_000)}
    parts = work("Learn", 20, percent=100, started_on=START, finished_on=START), work("Build", 100)
    found = earned(plan([line(120_000, phases=phases)], [scope(*parts)]), Paid(paid(25_000)), today=date(2026, 1, 31))
    whole = found.whole
    assert (whole.pv, whole.ev, whole.ac, whole.bac) == (23_000, 20_000, 25_000, 120_000)
    assert (round(whole.cpi, 6), round(whole.spi, 6)) == (0.8, 0.869565)
    assert (round(whole.eac_cpi, 2), round(whole.tcpi_bac, 6), round(whole.vac, 2)) == (150_000, 1.052632, -30_000)
    assert round(whole.eac_cpi_spi) == 168_750


def test_planned_value_of_a_month_grows_with_its_days() -> None:
    found = one(0, 0, today=date(2026, 2, 14)).whole
    assert found.pv == 1500
    assert found.sv_t == -1.5


@pytest.mark.parametrize("today", [date(2025, 12, 31), date(2025, 6, 1)])
def test_before_the_plan_begins_there_is_no_index_of_time(today: date) -> None:
    whole = one(0, 0, today=today).whole
    assert (whole.pv, whole.spi, whole.spi_t) == (0, None, None)
    assert whole.reasons["spi_t"] == "The plan begins in January 2026."


def test_work_that_ended_late_stays_late_however_much_time_passes() -> None:
    done = work(percent=100, started_on=START, finished_on=date(2026, 8, 31))
    parts = plan([line(6000)], [scope(done)]), Paid(paid(6000))
    found: list[Any] = [earned(*parts, today=day).whole for day in (date(2026, 8, 31), date(2027, 8, 31))]
    assert [(each.spi, each.spi_t, each.sv_t) for each in found] == [(1, 0.75, -2)] * 2


def test_without_a_baseline_nothing_is_said_about_time_and_cost_is_known() -> None:
    found = earned(
        plan([line(6000)], [scope(work(percent=50))], baseline=None, baseline_on=None), Paid(paid(2000)), today=TODAY
    )
    assert {name for name in (*INPUTS, *OF_TIME) if getattr(found.whole, name) is None} == {
        "sv", "spi", "eac_cpi_spi", *OF_TIME
    }  # fmt: skip
    assert (found.whole.pv, found.whole.cpi, found.whole.bac) == (None, 1.5, 6000)
    assert "no baseline" in found.whole.reasons["spi_t"]
    assert "no baseline" in found.whole.reasons["pv"]


def test_an_index_of_cost_is_refused_when_progress_is_read_from_spending() -> None:
    other = scope(work(percent=50), id_="d")
    found = earned(
        plan([line(6000), line(6000, "d")], [scope(rule="spending"), other]),
        Paid(paid(3000) | paid(1000, "d")),
        today=TODAY,
    )
    by_id = {row.component_id: row.standing for row in found.components}
    for each in (found.whole, by_id["c"]):
        assert {getattr(each, name) for name in OF_COST} == {None}
        assert "compared with itself" in each.reasons["cpi"]
    assert (found.whole.ev, found.whole.spi) == (6000, 1)
    assert by_id["d"].cpi == 3
    assert any("how fast money is spent" in caution for caution in found.cautions)


def test_what_is_unknown_of_one_component_is_unknown_of_the_program_and_never_zero() -> None:
    found = earned(
        plan([line(6000), line(3000, "d")], [scope(work(percent=50)), scope(id_="d")]), Paid(paid(2000)), today=TODAY
    )
    assert (found.whole.bac, found.whole.ev, found.whole.cpi) == (9000, None, None)
    assert found.whole.reasons["ev"] == "Component d: It has no activity that takes days."
    assert found.known is not None
    assert (found.known.bac, found.known.ev, found.known.cpi) == (6000, 3000, 1.5)


def test_what_nothing_is_planned_for_is_compared_with_nothing() -> None:
    found = earned(
        plan([line(6000), line(None, "d")], [scope(work(percent=50)), scope(work(percent=10), id_="d")]),
        Paid(paid(2000) | paid(70, "d") | paid(5, "new since then")),
        today=TODAY,
    )
    assert (found.whole.bac, found.whole.ac, found.outside) == (6000, 2000, 75)
    assert found.known is None
    assert found.components[1].standing.reasons["bac"] == "Nothing is planned for it."


def test_a_reason_names_the_first_of_many() -> None:
    ids = [f"c{at}" for at in range(9)]
    found = earned(plan([line(60, id_) for id_ in ids], [scope(id_=id_) for id_ in ids]), Paid({}), today=TODAY)
    assert found.whole.reasons["ev"].count("no activity") == 3
    assert found.whole.reasons["ev"].endswith("6 more are unknown too.")


def test_money_without_a_rate_outside_the_plan_is_told() -> None:
    found = earned(
        plan([line(60)], [scope(work(percent=50))]), Paid({}, {"new": "The plan has no rate for USD."}), today=TODAY
    )
    assert found.whole.ac == 0
    assert any("no rate for" in caution for caution in found.cautions)


def test_a_line_without_months_leaves_time_unknown_and_cost_known() -> None:
    found = earned(plan([line(6000), line(500, phases={})], [scope(work(percent=50))]), Paid(paid(2000)), today=TODAY)
    assert (found.whole.bac, found.whole.ev, found.whole.pv, found.whole.spi_t) == (6500, 3250, None, None)
    assert "no months of “Line of c”" in found.whole.reasons["spi_t"]
    assert found.whole.cpi == 1.625


def test_a_line_in_another_currency_counts_at_its_plan_rate_or_not_at_all() -> None:
    at_rate = earned(
        plan([line(100, currency="USD", rate=Decimal("0.9"))], [scope(work(percent=50))]), Paid({}), today=TODAY
    )
    assert (at_rate.whole.bac, at_rate.whole.ev) == (90, 45)
    without = earned(plan([line(100, currency="USD", rate=None)], [scope(work(percent=50))]), Paid({}), today=TODAY)
    assert (without.whole.bac, without.whole.ev) == (None, None)
    assert without.whole.reasons["bac"] == "The baseline has no plan rate for USD."
    unpaid = earned(
        plan([line(100)], [scope(work(percent=50))]), Paid({}, {"c": "The plan has no rate for USD."}), today=TODAY
    )
    assert (unpaid.whole.ac, unpaid.whole.ev, unpaid.whole.cpi) == (None, 50, None)


def test_a_component_that_is_gone_is_named() -> None:
    found = earned(plan([line(100)], [scope(activities=None)]), Paid({}), today=TODAY)
    assert "no longer in the program" in found.whole.reasons["ev"]


def test_nothing_planned_at_all_is_said_so() -> None:
    found = earned(plan([], [scope(work())]), Paid({}), today=TODAY)
    assert (found.whole.bac, found.known, found.months) == (None, None, ())


@pytest.mark.parametrize(
    ("rule", "share"),
    [("activities", Fraction(8, 20)), ("fifty_fifty", Fraction(11, 20)), ("zero_hundred", Fraction(2, 20))],
)
def test_rules_weigh_activities_by_their_days(rule: str, share: Fraction) -> None:
    parts = (
        work("Done", 2, percent=100, finished_on=TODAY, started_on=START),
        work("Half", 12, percent=50, started_on=START),
        work("Just begun", 6, started_on=START),
        work("Launch", 0, percent=100),
    )
    assert progress(rule, parts, today=TODAY).share == share


def test_milestones_count_one_each() -> None:
    parts = work("Launch", 0, percent=100), work("Close", 0), work("Build", 50, percent=100)
    assert progress("milestones", parts, today=TODAY).share == Fraction(1, 2)
    assert progress("milestones", parts[2:], today=TODAY).share is None
    assert progress("activities", parts[:2], today=TODAY).share is None


def test_spending_is_a_share_of_the_plan_and_never_more_than_all() -> None:
    shares = [by_spending(Decimal(spent), Decimal(100)).share for spent in (-5, 25, 300)]
    assert shares == [0, Fraction(1, 4), 1]
    assert by_spending(Decimal(5), None).share is None
    assert by_spending(Decimal(5), Decimal(0)).share is None


def test_the_past_is_read_from_dates_and_says_when_it_is_an_estimate() -> None:
    """A percentage of last month was recorded nowhere; starts and ends were."""
    parts = (work(days=10, percent=100, started_on=START, finished_on=date(2026, 2, 28)),)
    end = date(2026, 1, 31)
    exact = {rule: progress(rule, parts, today=TODAY, on=end) for rule in ("fifty_fifty", "zero_hundred")}
    assert [(each.share, each.estimated) for each in exact.values()] == [(Fraction(1, 2), False), (0, False)]
    evenly = progress("activities", parts, today=TODAY, on=end)
    assert (evenly.share, evenly.estimated) == (Fraction(31, 59), True)
    after: Any = progress("activities", parts, today=TODAY, on=date(2026, 2, 28))
    assert (after.share, after.estimated) == (1, False)
    undated = progress("activities", (work(percent=30),), today=TODAY, on=end)
    assert undated.share is None
    assert "was not recorded" in undated.reason
    assert progress("zero_hundred", (work(percent=30),), today=TODAY, on=end).share == 0
    assert progress("zero_hundred", (work(percent=100),), today=TODAY, on=end).share is None


def test_the_series_runs_by_month_and_leaves_the_future_empty() -> None:
    found = one(50, 2500)
    rows: list[Any] = list(found.months)
    assert [row.pv for row in rows] == [1000, 2000, 3000, 4000, 5000, 6000]
    assert [row.ac for row in rows] == [2500, 2500, 2500, None, None, None]
    assert [row.ev is None for row in rows] == [False] * 3 + [True] * 3
    assert rows[2].ev == found.whole.ev == 3000
    assert [row.estimated for row in rows] == [True, True, False, False, False, False]


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule != "spending"])
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 99), st.sampled_from([0, 40, None])), max_size=6))
def test_progress_never_falls_over_time(rule: str, given_: list[tuple[int, int, int | None]]) -> None:
    parts = [
        work(f"{at}", days, percent=100 if end is not None else percent, started_on=START,
             finished_on=None if end is None else date(2026, 1, 10 + end // 2))
        for at, (days, percent, end) in enumerate(given_)
    ]  # fmt: skip
    days = [date(2026, 1, 5), date(2026, 1, 20), date(2026, 2, 20), TODAY]
    shares = [progress(rule, parts, today=TODAY, on=day).share for day in days]
    known = [share for share in shares if share is not None]
    assert known == sorted(known)
    assert all(0 <= share <= 1 for share in known)
    assert len(known) in (0, len(days))


@given(AMOUNTS.filter(bool), st.integers(1, 99), AMOUNTS.filter(bool))
def test_at_cost_the_estimate_is_the_budget(bac: Decimal, percent: int, pv: Decimal) -> None:
    ev = bac * percent / 100
    found = performance(pv=pv, ev=ev, ac=ev, bac=bac)
    assert found.cpi == 1
    assert found.eac_cpi == pytest.approx(float(bac))
    assert found.eac_budget == bac


@given(st.lists(AMOUNTS, min_size=1, max_size=24), AMOUNTS, AMOUNTS)
def test_earned_schedule_grows_with_earned_value(phases: list[Decimal], one_: Decimal, other: Decimal) -> None:
    planned = [sum(phases[: at + 1], Decimal(0)) for at in range(len(phases))]
    less, more = sorted((one_, other))
    assert earned_schedule(planned, less) <= earned_schedule(planned, more) <= len(phases)


@given(st.integers(0, 10**6), st.integers(1, 4), st.integers(0, 100), st.integers(0, 10**6))
def test_the_order_of_rows_changes_no_figure(seed: int, components: int, percent: int, spent: int) -> None:
    ids = [f"c{at}" for at in range(components)]
    lines = [line(100 * (at + 1), id_) for at, id_ in enumerate(ids) for _ in range(2)]
    scopes = [scope(work(percent=percent), work("Other", 3), id_=id_) for id_ in ids]
    money = Paid({id_: {START: Decimal(spent)} for id_ in ids})
    before = earned(plan(lines, scopes), money, today=TODAY)
    random = Random(seed)
    random.shuffle(lines)
    random.shuffle(scopes)
    after = earned(plan(lines, scopes), money, today=TODAY)
    assert (after.whole, after.months, after.outside) == (before.whole, before.months, before.outside)
    assert sorted(after.components, key=lambda row: row.name) == list(before.components)


FIGURES = st.one_of(st.none(), AMOUNTS).map(lambda value: Figure(value, "" if value is not None else "Nobody knows."))


@given(FIGURES, FIGURES, FIGURES, FIGURES)
def test_unknown_is_never_zero(pv: Figure, ev: Figure, ac: Figure, bac: Figure) -> None:
    """Whatever is unknown leaves unknown what is made of it, each with a reason, and nothing else."""
    found = standing(pv=pv, ev=ev, ac=ac, bac=bac, clock=Clock(None, None, "No months."))
    given_ = {"pv": pv, "ev": ev, "ac": ac, "bac": bac}
    for name, inputs in INPUTS.items():
        if any(given_[each].value is None for each in inputs):
            assert getattr(found, name) is None
            assert "unknown" in found.reasons[name]
    for name in (*INPUTS, *OF_TIME, *given_):
        assert getattr(found, name) is not None or found.reasons[name]
    if None not in (ev.value, ac.value):
        assert found.cv == (ev.value or 0) - (ac.value or 0)


@pytest.mark.parametrize(
    ("days", "old", "words"), [(0, False, "today"), (1, False, "1 day ago"), (41, True, "35 days")]
)
def test_an_input_says_how_old_it_is(days: int, old: bool, words: str) -> None:
    on = date.fromordinal(TODAY.toordinal() - days)
    found = earned_words.age("actuals", on, today=TODAY, most=35, since="Booked {ago}.", none="Nothing.")
    assert (found.days, found.old) == (days, old)
    assert words in found.sentence
    missing = earned_words.age("actuals", None, today=TODAY, most=35, since="Booked {ago}.", none="Nothing.")
    assert (missing.days, missing.old, missing.sentence) == (None, True, "Nothing.")


@pytest.mark.parametrize(
    ("percent", "today", "reason"),
    [
        (50, date(2025, 12, 31), "The plan begins in January 2026."),
        (50, date(2026, 1, 10), "0.3 of the plan's 6 months have passed."),
        (14, TODAY, "14.0% of the plan is earned; a rate is told from 15% on."),
        (15, TODAY, ""),
        (50, date(2026, 1, 31), ""),
    ],
)
def test_no_end_is_told_before_the_rate_says_something(percent: int, today: date, reason: str) -> None:
    assert earned_words.too_early(one(percent, 100, today=today), policy.load()) == reason


@given(st.integers(0, 100), st.integers(0, 100), st.dates(date(2025, 12, 1), date(2026, 12, 31)))
def test_more_work_never_makes_it_earlier(percent: int, more: int, today: date) -> None:
    low, high = sorted((percent, more))
    early, later = (earned_words.too_early(one(each, 100, today=today), policy.load()) for each in (low, high))
    assert bool(later) <= bool(early)
