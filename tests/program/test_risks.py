"""Risks: score, level, exposure, the register, and proposals that never come again."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program import risks
from program.access import Refused
from program.actions.decisions import add_assumption, check_assumption
from program.actions.influence import import_ties
from program.actions.risks import accept_proposal, add_risk, change_risk, close_risk, dismiss_proposal, reopen_risk
from program.actions.stakeholders import add_stakeholder
from program.policy import load
from program.proposed_risks import ON_TIES, SUBJECTS, short
from program.queries.risks import proposals
from program.queries.risks import risks as register
from program.risks import Exposure, Risk, cells, exposure, headline, level, ranked, unowned_acts
from program.store.admissible_plan import refuse_row
from program.store.tables import GateDecision
from program.store.unit_of_work import intend
from program.thread import RISKS
from program.typed_ties import TypedTie
from program.values import Actor, Invalid, Missing
from tests.program.making import component, person

TODAY = date(2026, 3, 2)
LEVELS = st.one_of(st.none(), st.integers(1, 5))
AMOUNTS = st.one_of(st.none(), st.decimals(0, 10**9, places=4))


def risk(**values: Any) -> Risk:
    return Risk(**{"id": "r", "version": 1, "title": "Nobody answers", **values})


def some() -> st.SearchStrategy[list[Risk]]:
    one = st.builds(
        risk,
        probability=LEVELS,
        impact=LEVELS,
        cost=AMOUNTS,
        days=AMOUNTS,
        residual_probability=LEVELS,
        status=st.sampled_from(list(risks.STATUSES)),
    )
    return st.lists(one, max_size=8)


@given(LEVELS, LEVELS)
def test_a_score_needs_both_levels_and_asks_for_more_the_higher_it_is(
    probability: int | None, impact: int | None
) -> None:
    found = risk(probability=probability, impact=impact)
    if probability is None or impact is None:
        assert (found.score, level(found.score)) == (None, None)
        return
    assert found.score == probability * impact
    order = ["low", "watch", "act"]
    for more in ((min(probability + 1, 5), impact), (probability, min(impact + 1, 5))):
        assert order.index(level(more[0] * more[1]) or "") >= order.index(level(found.score) or "")


def test_levels_begin_where_the_policy_says() -> None:
    watch, act = load().risk_watch, load().risk_act
    assert [level(points) for points in (watch - 1, watch, act - 1, act)] == ["low", "watch", "watch", "act"]
    chances = [risks.chance(at) for at in range(1, 6)]
    assert chances == sorted(chances)  # type: ignore[type-var]
    assert chances[2] == Decimal("0.40")


@given(some())
def test_exposure_is_exact_and_counts_what_it_leaves_out(found: list[Risk]) -> None:
    is_open = [each for each in found if each.status == "open"]
    total = exposure(found)
    known = [each for each in is_open if each.cost is not None and each.probability is not None]
    assert (total.risks, total.unknown_cost) == (len(is_open), len(is_open) - len(known))
    if not known:
        assert total.cost is None
        return
    whole = Decimal(0)
    for each in known:
        whole += each.cost * (risks.chance(each.probability) or 0)  # type: ignore[operator]
    assert total.cost == whole


@given(some())
def test_the_order_of_the_rows_changes_no_exposure(found: list[Risk]) -> None:
    assert exposure(found) == exposure(found[::-1])
    assert sorted(map(id, ranked(found))) == sorted(map(id, found))


def test_the_residual_takes_the_new_chance_and_the_same_cost() -> None:
    one = risk(probability=4, impact=5, cost=Decimal("1000.10"), days=Decimal(10), residual_probability=1)
    assert exposure([one]) == Exposure(1, Decimal("600.060"), 0, Decimal("6.00"), 0)
    assert exposure([one], residual=True).cost == Decimal("50.0050")
    assert exposure([risk(cost=Decimal(0), probability=1)]).cost == 0
    assert exposure([]) == Exposure(0, None, 0, None, 0)


def test_the_matrix_holds_open_rated_risks_only() -> None:
    now = risk(id="a", probability=2, impact=3, residual_probability=1, residual_impact=3)
    others = [risk(id="b", probability=2), risk(id="c", probability=2, impact=3, status="closed")]
    assert cells([now, *others]) == {(2, 3): [now]}
    assert cells([now, *others], residual=True) == {(1, 3): [now]}


def test_headlines_say_the_worst_first() -> None:
    grave = risk(id="g", title="No staff", probability=5, impact=5)
    owned = risk(id="o", title="No time", probability=4, impact=4, owner_id="x")
    assert headline([]) == "No risk has been written down yet."
    assert headline([risk(status="closed")]) == "No risk is open."
    assert headline([grave, owned]) == "2 of 2 open risks ask for action; nobody owns “No staff”."
    assert headline([owned]) == "The one open risk asks for action, “No time” first."
    assert headline([risk(probability=1, impact=1)]) == "The one open risk does not ask for action."
    assert headline([risk(probability=1, impact=1)] * 2) == "None of 2 open risks asks for action."
    assert headline([risk()]) == "No rated risk asks for action, but 1 of 1 is not rated."
    assert unowned_acts([owned, grave]) == [grave]


def test_a_risk_is_kept_as_it_was_entered(owner: Actor, program_id: str) -> None:
    made = component(owner, program_id)
    given: dict[str, Any] = {
        "title": "No staff",
        "probability": 4,
        "impact": 5,
        "cost": Decimal("12000.5"),
        "component_id": made,
    }
    row_id = add_risk(owner, program_id=program_id, **given)
    (found,) = register(program_id)
    assert {name: getattr(found, name) for name in given} == given
    assert (found.id, found.raised_on, found.days, found.status) == (row_id, TODAY, None, "open")
    version = change_risk(
        owner, program_id=program_id, risk_id=row_id, version=1, probability=None, days=Decimal("2.5")
    )
    version = close_risk(owner, program_id=program_id, risk_id=row_id, version=version, status="happened")
    (found,) = register(program_id)
    assert (found.probability, found.days, found.status, found.closed_on) == (None, Decimal("2.5"), "happened", TODAY)
    reopen_risk(owner, program_id=program_id, risk_id=row_id, version=version)
    assert register(program_id)[0].closed_on is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("probability", 0), ("impact", 6), ("residual_impact", True), ("probability", 2.5), ("cost", Decimal(-1)),
        ("days", Decimal(-1)), ("cost", 12.5), ("cost", Decimal("NaN")), ("cost", Decimal("0.00001")),
        ("cost", Decimal(10) ** 16), ("response", "pray"), ("title", " "), ("title", "x" * 301), ("nothing", 1),
    ],
)  # fmt: skip
def test_bad_values_are_named_and_nothing_is_saved(field: str, value: Any, owner: Actor, program_id: str) -> None:
    with pytest.raises(Invalid) as refused:
        add_risk(owner, program_id=program_id, **{"title": "No staff", field: value})
    assert refused.value.field == field
    assert not register(program_id)


def proposed(program_id: str, **more: Any) -> list[str]:
    return [each.key for each in proposals(program_id, **{"today": TODAY, "may_see_ties": True, **more})]


@pytest.mark.usefixtures("any_store")
def test_a_proposal_that_was_taken_or_dismissed_never_comes_again(owner: Actor, program_id: str) -> None:
    late = add_assumption(owner, program_id=program_id, text="They write at noon", expires_on=date(2026, 3, 1))
    broken = add_assumption(owner, program_id=program_id, text="They write", expires_on=date(2026, 3, 1))
    check_assumption(owner, program_id=program_id, assumption_id=broken, version=1, state="broken")
    keys = [f"assumption_broken:{broken}", f"assumption_overdue:{late}"]
    assert proposed(program_id) == keys
    taken = accept_proposal(owner, program_id=program_id, proposal=keys[0], title="They do not write", probability=5)
    assert proposed(program_id) == keys[1:]
    dismiss_proposal(owner, program_id=program_id, proposal=keys[1], title="At noon", reason="It was checked.")
    assert proposed(program_id) == []
    close_risk(owner, program_id=program_id, risk_id=taken, version=1)
    assert proposed(program_id) == []
    said = {each.title: (each.status, each.action) for each in register(program_id)}
    assert said == {"They do not write": ("closed", None), "At noon": ("dismissed", "It was checked.")}
    with pytest.raises(Invalid, match="by now"):
        accept_proposal(owner, program_id=program_id, proposal=keys[1], title="Again")


def test_an_assumption_that_expires_today_is_not_overdue(owner: Actor, program_id: str) -> None:
    add_assumption(owner, program_id=program_id, text="They write", expires_on=TODAY)
    add_assumption(owner, program_id=program_id, text="They read")
    assert proposed(program_id) == []


def test_a_waiver_is_proposed_once_it_ended_and_no_word_followed_it(owner: Actor, program_id: str) -> None:
    made = component(owner, program_id)

    def decided(outcome: str, on: date, expires_on: date | None = None, minute: int = 0) -> str:
        values: dict[str, Any] = {"reason": "Why not", "criteria": [], "waived": [], "expires_on": expires_on}
        with intend(owner, action="test.gate", needs="plan.edit", program_id=program_id) as unit:
            row = GateDecision(component_id=made, stage="budgeted", outcome=outcome, decided_on=on, **values)
            row.recorded_at = owner.now.replace(minute=minute)
            unit.subject(unit.add(row).id)
            return row.id

    decided("waive", date(2026, 1, 5), date(2026, 4, 1))
    assert proposed(program_id) == []
    ended = decided("waive", date(2026, 1, 6), date(2026, 2, 1), minute=1)
    assert proposed(program_id) == [f"waiver_ended:{ended}"]
    assert proposed(program_id, today=date(2026, 2, 1)) == []
    decided("pass", date(2026, 2, 2), minute=2)
    assert proposed(program_id) == []


def test_what_rests_on_ties_is_proposed_decided_and_remembered_among_those_who_see_them(
    owner: Actor, program_id: str
) -> None:
    ann, bo, cy = (add_stakeholder(owner, program_id=program_id, name=name) for name in ("Ann", "Bo", "Cy"))
    import_ties(owner, program_id=program_id, ties=[TypedTie(ann, bo), TypedTie(bo, cy)])
    key = f"cut_without_stand_in:{bo}"
    assert proposed(program_id) == [key]
    assert proposed(program_id, may_see_ties=False) == []
    editor = person(owner, program_id, "editor")
    for action in (accept_proposal, dismiss_proposal):
        more = {"reason": "No"} if action is dismiss_proposal else {}
        with pytest.raises(Refused):
            action(editor, program_id=program_id, proposal=key, title="Bo", **more)
    leader = person(owner, program_id, "facilitator")
    row = dismiss_proposal(leader, program_id=program_id, proposal=key, title="Bo is the hub", reason="Cy knows all.")
    assert register(program_id) == []
    assert [each.title for each in register(program_id, may_see_ties=True)] == ["Bo is the hub"]
    for hidden in (reopen_risk, change_risk, close_risk):
        for version in (1, 2):
            with pytest.raises(Refused):
                hidden(editor, program_id=program_id, risk_id=row, version=version)


@pytest.mark.parametrize(
    "wrong",
    [{"cost": Decimal(-1)}, {"days": Decimal(-1)}, {"status": "closed"}, {"closed_on": TODAY}, {"proposal": "x"}],
)
def test_a_risk_of_a_file_holds_what_somebody_could_have_entered(wrong: dict[str, Any]) -> None:
    row = {"cost": Decimal(0), "days": None, "status": "open", "closed_on": None, "proposal": "waiver_ended:a"}
    refuse_row("risk", row)
    with pytest.raises(ValueError, match=r"below 0|closed|proposes"):
        refuse_row("risk", row | wrong)


def test_a_proposal_about_nothing_is_refused(owner: Actor, program_id: str) -> None:
    for proposal, problem in (("", Invalid), ("bad_luck:x", Invalid), ("assumption_broken:x", Missing)):
        with pytest.raises(problem):
            accept_proposal(owner, program_id=program_id, proposal=proposal, title="No")


def test_every_proposal_has_a_subject_and_words_on_the_overview() -> None:
    assert set(RISKS) == set(SUBJECTS)
    assert set(SUBJECTS) > ON_TIES


@given(st.text(max_size=400))
def test_a_shortened_text_is_one_line_of_at_most_so_many_letters(text: str) -> None:
    found = short(text, 40)
    assert len(found) <= 40
    assert "\n" not in found
    assert found == " ".join(text.split()) or found.endswith("…")
