"""What answers to the perspective questions say; the figures are worked out by hand."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.agreement.overall import kendall_w
from assessments.functions import FUNCTIONS
from assessments.perspective import (
    CARDS,
    DONT_KNOW,
    OTHERS,
    STAGES,
    SUPPORT,
    View,
    aspects_named,
    check,
    order_kept,
    ownership,
    p1_by_role,
    perspective_errors,
    ranking,
    responsibility_without_authority,
    said,
    wanted_owner,
)

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
ORDER = list(CARDS)
SWAPPED = [CARDS[1], CARDS[0], *CARDS[2:]]
TURNED = ORDER[::-1]


def view(who: str, question: str, value: dict[str, Any], *, about: str = "", minute: int = 0, id_: str = "") -> View:
    """Return the view of a person such as it-1."""
    at = NOON + timedelta(minutes=minute)
    return View(who, who.split("-")[0], question, about, check(question, about, value), at, id_)


def stands(who: str, position: int, why: str = "") -> View:
    return view(who, "P1", {"position": position, "why": why})


def orders(who: str, order: list[str]) -> View:
    return view(who, "P4", {"order": order})


def guesses(who: str, about: str, position: int, order: list[str] | None = None) -> View:
    return view(who, "P5", {"position": position, "order": order}, about=about)


def leads(who: str, current: str, future: str = DONT_KNOW, name: str = "") -> View:
    return view(who, "OWN", {"current": current, "future": future, "name": name})


def test_positions_by_role() -> None:
    found = p1_by_role([stands("it-1", 8), stands("it-2", 9), stands("marketing-1", 1), stands("consultant-1", 0)])
    assert found.everyone is not None
    assert (found.everyone.n, found.everyone.median, found.everyone.positions) == (3, 8.0, (1, 8, 9))
    assert [(role.role, role.n, role.median) for role in found.roles] == [("marketing", 1, 1.0), ("it", 2, 8.5)]
    assert found.gap == 7.5


def test_nobody_answered_is_a_sentence() -> None:
    for found in (p1_by_role([]), ranking([]), wanted_owner([]), aspects_named([])):
        assert (found.everyone, found.reason) == (None, "Nobody has answered this question.")
    assert order_kept([]).kept is None
    assert perspective_errors([]) == ()
    assert ownership([]).fact_dispute.disputed is None
    assert said([], "P2") == ()


def test_ranking_by_hand() -> None:
    """Rank sums 3 3 6 8 10 12 over m = 2, n = 6: S = 68, W = 12 * 68 / (4 * 210) = 34/35; it: S = 0 as orders turn."""
    marketing = [orders("marketing-1", ORDER), orders("marketing-2", SWAPPED)]
    found = ranking([*marketing, orders("it-1", ORDER), orders("it-2", TURNED), orders("sales-1", ORDER)])
    by_role = {role.role: role for role in found.roles}
    assert by_role["marketing"].kendall_w == pytest.approx(34 / 35, abs=1e-12)
    assert by_role["it"].kendall_w == 0
    assert set(by_role["it"].median_rank.values()) == {3.5}
    assert list(by_role["marketing"].median_rank.values()) == [1.5, 1.5, 3, 4, 5, 6]
    assert by_role["sales"].kendall_w is None
    assert by_role["sales"].reason == "One person put the cards in order; two are needed."
    assert found.everyone is not None
    assert (found.everyone.n, found.everyone.median_rank["channel"]) == (5, 1)


def test_all_in_the_same_order_is_one() -> None:
    found = ranking([orders(f"it-{n}", TURNED) for n in range(3)]).everyone
    assert found is not None
    assert found.kendall_w == 1


def test_perspective_errors_by_hand() -> None:
    """
    It stands at 7, 9 (median 8); marketing guesses 2 and 5: errors 6 and 3, mean 4.5. It ranks ORDER twice; the one
    guess TURNED is off by 5, 3, 1, 1, 3, 5 places: mean 3. Marketing stands at 4; it guesses 4.
    """
    found = perspective_errors(
        [
            stands("it-1", 7),
            stands("it-2", 9),
            stands("marketing-1", 4),
            orders("it-1", ORDER),
            orders("it-2", ORDER),
            guesses("marketing-1", "it", 2, TURNED),
            guesses("marketing-2", "it", 5),
            guesses("it-1", "marketing", 4, ORDER),
            guesses("it-2", "it", 0),
            guesses("sales-1", "service", 3),
            guesses("consultant-1", "it", 0),
        ]
    )
    rows = {(row.role, row.about_role): row for row in found}
    assert set(rows) == {("marketing", "it"), ("it", "marketing"), ("sales", "service")}
    it = rows["marketing", "it"]
    assert (it.p1_error, it.p4_error, it.n, it.p4_n, it.reasons) == (4.5, 3.0, 2, 1, {})
    marketing = rows["it", "marketing"]
    assert (marketing.p1_error, marketing.p4_error) == (0, None)
    assert marketing.reasons == {"p4_error": "There is no answer of marketing to P4 that may be shown."}
    service = rows["sales", "service"]
    assert (service.p1_error, service.p4_error) == (None, None)
    assert set(service.reasons) == {"p1_error", "p4_error"}


def test_differing_about_today_is_a_dispute_about_facts() -> None:
    found = ownership(
        [
            leads("it-1", "team", "coordinator", "Dana Reed"),
            leads("it-2", "team", "coordinator", "dana  reed"),
            leads("sales-1", "network", "coordinator"),
            leads("sales-2", DONT_KNOW, "coordinator"),
            leads("consultant-1", "chief", "chief", "Nobody"),
        ]
    )
    assert found.current.everyone == {"network": 1, "team": 2, "coordinator": 0, "chief": 0, "dont_know": 1}
    assert found.current.roles["sales"] == {"network": 1, "team": 0, "coordinator": 0, "chief": 0, "dont_know": 1}
    assert found.fact_dispute.disputed is True
    assert found.fact_dispute.sentence == (
        "People differ about who leads today: 2 for cross-functional team, 1 for self-organizing network."
        " 1 did not know. Look it up: who holds a dated mandate?"
    )
    assert found.goal_dispute.disputed is False
    assert found.goal_dispute.sentence == "All 4 people who named a form chose coordinator."
    assert found.names == (("Dana Reed", 2),)


def test_differing_about_the_future_is_a_dispute_about_goals() -> None:
    found = ownership([leads("it-1", "team", "chief"), leads("it-2", "team", "team"), leads("it-3", "team")])
    assert (found.fact_dispute.disputed, found.goal_dispute.disputed) == (False, True)
    assert found.goal_dispute.sentence.endswith("1 did not know. Discuss the aim; no fact settles it.")


def test_one_person_is_no_dispute() -> None:
    found = ownership([leads("it-1", "team"), leads("it-2", DONT_KNOW)])
    assert found.fact_dispute.disputed is None
    assert found.fact_dispute.sentence == "Fewer than two people named a form of leadership. 1 did not know."


@pytest.mark.parametrize(("has_budget_line", "flag"), [(False, True), (True, False), (None, None)])
def test_responsibility_without_authority(has_budget_line: bool | None, flag: bool | None) -> None:
    claimed = ownership([leads("it-1", "coordinator"), leads("it-2", "team")])
    found = responsibility_without_authority(claimed, has_budget_line=has_budget_line)
    assert (found.flag, found.claimed) == (flag, 1)
    assert ("Responsibility without authority" in found.sentence) == (flag is True)


def test_nobody_claims_a_coordinator() -> None:
    found = ownership([leads("it-1", "chief", "coordinator"), leads("consultant-1", "coordinator")])
    assert responsibility_without_authority(found, has_budget_line=False).flag is False
    assert responsibility_without_authority(ownership([]), has_budget_line=False).flag is None


def test_wanted_owner_and_aspects() -> None:
    views = [
        view("it-1", "P6", {"function": "marketing"}),
        view("it-2", "P6", {"who": "Dana"}),
        view("it-1", "P7", {"aspect": "strategy"}),
        view("consultant-1", "P7", {"aspect": "mindset"}),
    ]
    owners = wanted_owner(views).everyone
    assert owners is not None
    assert {name: n for name, n in owners.items() if n} == {"marketing": 1}
    assert aspects_named(views).everyone == {"mindset": 0, "mechanism": 0, "strategy": 1}
    assert [text.texts for text in said(views, "P6")] == [{"who": "Dana"}]


def test_whether_the_order_was_kept() -> None:
    gain = {"gain": "Less typing"}
    views = [
        view("it-1", "P2", {"text": "Speed"}, minute=1),
        view("it-1", "P3", gain, minute=2),
        view("it-2", "P2", {"text": "Speed"}, minute=3),
        view("it-2", "P3", gain, minute=2),
        view("it-3", "P3", gain, minute=2),
        view("it-4", "P2", {"text": "Speed"}, minute=2),
        view("it-4", "P3", gain, minute=2),
        view("it-5", "P2", {"text": "Speed"}, minute=1),
        view("consultant-1", "P3", gain),
    ]
    found = order_kept(views)
    assert (found.kept, found.not_kept, found.unknown) == (1, 2, 1)
    assert found.sentence.startswith("1 of 4 people said what customers gain before")


def test_answers_of_one_time_say_only_that_the_order_is_not_known() -> None:
    who = [f"it-{n}" for n in range(8)]
    views = [view(name, "P2", {"text": "Speed"}, minute=1) for name in who]
    views += [view(name, "P3", {"gain": "Less typing", "loss": "", "fear": ""}, minute=1) for name in who]
    assert order_kept(views).sentence == "The order is not known for any of 8 people."
    assert order_kept(views, minimum=4).sentence == "The order is not known for any of 8 people."
    one = [each for each in views if each.respondent == "it-0"]
    assert order_kept(one).sentence == "The order is not known for one person."


def test_supporters_of_a_gain_are_others_who_count() -> None:
    views = [
        view("it-1", "P3", {"gain": "Less typing"}, id_="a1"),
        view("sales-1", "P3", {"fear": "Being watched", "gain": " "}, id_="a2"),
        view("it-1", SUPPORT, {"agrees": True}, about="a2"),
        view("sales-1", SUPPORT, {"agrees": True}, about="a2"),
        view("consultant-1", SUPPORT, {"agrees": True}, about="a2"),
        view("it-2", SUPPORT, {"agrees": False}, about="a2"),
    ]
    fear, gain = said(views, "P3")
    assert (fear.texts, fear.function, fear.supporters) == ({"fear": "Being watched"}, "sales", 1)
    assert (gain.texts, gain.id, gain.supporters) == ({"gain": "Less typing"}, "a1", 0)


def people(**sizes: int) -> list[str]:
    return [f"{role}-{n}" for role, size in sizes.items() for n in range(size)]


def test_small_roles_of_an_anonymous_run_are_pooled() -> None:
    found = p1_by_role([stands(who, 5) for who in people(marketing=4, it=5, sales=2, service=2)], minimum=4)
    assert [(role.role, role.n) for role in found.roles] == [("marketing", 4), ("it", 5), (OTHERS, 4)]
    assert found.everyone is not None
    assert found.reason == "In an anonymous run no group of fewer than 4 people is shown."


def test_a_pool_under_the_minimum_takes_the_smallest_role_in() -> None:
    found = ownership([leads(who, "team") for who in people(marketing=4, it=5, sales=2)], minimum=4)
    assert {role: counts["team"] for role, counts in found.current.roles.items()} == {"it": 5, OTHERS: 6}


def test_fewer_than_the_minimum_are_nothing() -> None:
    views = [leads(who, "coordinator", name="Dana") for who in people(marketing=3)]
    found = ownership(views, minimum=4)
    assert (found.current.everyone, found.current.roles, found.names) == (None, {}, ())
    assert found.fact_dispute.disputed is None
    assert "fewer than 4" in found.fact_dispute.sentence
    assert responsibility_without_authority(found, has_budget_line=False).flag is None
    assert said([stands(who, 5, "Because") for who in people(it=3)], "P1", minimum=4) == ()


def test_texts_of_an_anonymous_run_tell_no_role_and_no_order() -> None:
    views = [stands(who, 5, f"Because of {who[::-1]}") for who in people(marketing=2, it=2)]
    found = said(views, "P1", minimum=4)
    assert [(text.function, text.id) for text in found] == [("", "")] * 4
    assert found == said(views[::-1], "P1", minimum=4)


def test_guesses_about_a_hidden_role_would_tell_how_many_its_people_are() -> None:
    """Two people are of pr: the pool that guesses about pr would lack exactly them."""
    everybody = people(sales=5, it=5, service=4, pr=2)
    views = [stands(who, 5) for who in everybody]
    views += [guesses(who, about, 4) for who in everybody for about in ("sales", "pr") if not who.startswith(about)]
    assert {row.about_role for row in perspective_errors(views)} == {"sales", "pr"}
    assert {row.about_role for row in perspective_errors(views, minimum=4)} == {"sales"}


def test_a_guess_about_a_role_that_is_not_shown_has_no_row() -> None:
    views = [stands(who, 5) for who in people(marketing=4, it=4, sales=2)]
    views += [guesses(who, about, 7) for who in people(marketing=4) for about in ("it", "sales")]
    views += [guesses(who, "marketing", 7) for who in people(sales=2)]
    found = {(row.role, row.about_role): row.p1_error for row in perspective_errors(views, minimum=4)}
    shown = {role.role for role in p1_by_role(views, minimum=4).roles}
    assert shown == {"it", OTHERS} or shown == {"marketing", OTHERS}
    assert ("marketing", "sales") not in found
    assert ("sales", "marketing") not in found


@given(
    st.dictionaries(st.sampled_from(list(FUNCTIONS)), st.integers(0, 7)),
    st.integers(2, 6),
    st.randoms(use_true_random=False),
)
def test_no_group_under_the_minimum_follows_from_what_is_shown(
    sizes: dict[str, int], minimum: int, chance: random.Random
) -> None:
    views = [leads(who, chance.choice(STAGES)) for who in people(**sizes)]
    views += [stands(view.respondent, chance.randrange(11)) for view in views]
    positions = p1_by_role(views, minimum=minimum)
    roles = [role.n for role in positions.roles]
    assert all(n >= minimum for n in roles)
    if positions.everyone:
        rest = positions.everyone.n - sum(roles)
        assert rest == 0 or rest >= minimum
    found = ownership(views, minimum=minimum).current
    assert all(sum(counts.values()) >= minimum for counts in found.roles.values())


@given(st.lists(st.tuples(st.sampled_from(list(FUNCTIONS)), st.permutations(CARDS)), max_size=8), st.randoms())
def test_the_order_of_people_changes_nothing(given_: list[tuple[str, list[str]]], chance: random.Random) -> None:
    views = [orders(f"{role}-{n}", order) for n, (role, order) in enumerate(given_)]
    views += [guesses(f"{role}-{n}", "pr", n, order) for n, (role, order) in enumerate(given_)]
    mixed = chance.sample(views, len(views))
    one, other = ranking(views).everyone, ranking(mixed).everyone
    assert one == other
    assert {(row.role, row.p4_n) for row in perspective_errors(views)} == {
        (row.role, row.p4_n) for row in perspective_errors(mixed)
    }


@given(st.lists(st.permutations(CARDS), min_size=2, max_size=9))
def test_w_is_that_of_the_agreement_figures(orders_given: list[list[str]]) -> None:
    found = ranking([orders(f"it-{n}", order) for n, order in enumerate(orders_given)]).everyone
    ranks = np.array([[order.index(card) + 1 for card in CARDS] for order in orders_given])
    assert found is not None
    assert found.kendall_w == pytest.approx(kendall_w(ranks)[1])
    assert 0 <= (found.kendall_w or 0) <= 1
