"""What the program knows about itself: figures from the record store and the client's data, and why one is missing."""

import dataclasses
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assessments.library import load as library
from assessments.model import LANGUAGES
from program import facts as shipped
from program.actions.programs import create_program
from program.facts import FactValue, figure, share
from program.queries import facts as queries
from program.store import tables as t
from program.store.engine import reading
from program.store.unit_of_work import intend
from program.values import Actor, Missing
from tests.data.metric_cases import write_tables
from tests.program.filled import fill

TODAY = date(2026, 3, 2)


def facts(program_id: str, home: Path) -> dict[str, FactValue]:
    return queries.facts(program_id, today=TODAY, home=home)


def values(program_id: str, home: Path) -> dict[str, float | None]:
    return {id_: fact.value for id_, fact in facts(program_id, home).items()}


def add(owner: Actor, program_id: str, *rows: Any) -> list[str]:
    with intend(owner, action="test.facts", needs="program.manage", program_id=program_id) as unit:
        return [unit.add(row).id for row in rows]


def client_of(program_id: str) -> str:
    with reading() as session:
        program = session.get_one(t.Program, program_id)
        return str(session.get_one(t.Client, program.client_id).key)


def component(program_id: str, name: str, **more: Any) -> t.Component:
    return t.Component(program_id=program_id, name=name, origin="own", **more)


def interactions(home: Path, client: str, *more: dict[str, Any]) -> None:
    said = {"channel": "email", "direction": "in", "occurred_at": "2026-02-01 09:00"}
    rows = [{"interaction_id": str(at), **said, **row} for at, row in enumerate(more)]
    write_tables(home, {"interaction": rows}, client=client)


def test_an_empty_program_knows_nothing_and_says_why(program_id: str, home: Path) -> None:
    found = facts(program_id, home)
    assert list(shipped.load()) == sorted(found, key=list(shipped.load()).index)
    assert {fact.value for fact in found.values()} == {None}
    assert all(fact.reason.endswith(".") and not fact.sentence and fact.as_of == TODAY for fact in found.values())
    assert found["owners_named"].reason == "The program has no components yet."


def test_a_filled_program(owner: Actor, program_id: str, home: Path) -> None:
    fill(owner, program_id)
    found = facts(program_id, home)
    assert found["owners_named"].sentence == "Components with an accountable person: 1 of 1."
    assert {id_: fact.value for id_, fact in found.items() if fact.value is not None} == {
        "owners_named": 1.0,
        "budgets_present": 1.0,
        "effects_promised": 1.0,
        "tactics_traced": 0.0,
        "stage_thought_through": 0.0,
        "stage_decided": 1.0,
        "stage_budgeted": 1.0,
        "stage_organized": 0.0,
        "stage_followed_through": 1.0,
        "stage_tweaked": 1.0,
        "live_without_goal": 1.0,
        "goals_with_metric_and_owner": 0.0,
    }


def test_stages_count_what_is_at_them_or_past(owner: Actor, program_id: str, home: Path) -> None:
    stages = ["thought_through", "decided", "decided", "organized", "rebuilt"]
    add(owner, program_id, *(component(program_id, f"C{at}", stage=stage) for at, stage in enumerate(stages)))
    found = values(program_id, home)
    shares = {id_: value for id_, value in found.items() if id_.startswith("stage_") and id_ != "stage_agreed"}
    assert shares == {
        "stage_thought_through": 0.0,
        "stage_decided": 0.8,
        "stage_budgeted": 0.0,
        "stage_organized": 0.0,
        "stage_followed_through": 0.2,
        "stage_tweaked": 0.2,
    }


def test_what_only_looks_complete_does_not_count(owner: Actor, program_id: str, home: Path) -> None:
    ada = t.Stakeholder(program_id=program_id, name="Ada", power=Decimal(6), interest=Decimal(7))
    goals = {"A": "Less waiting", "B": " ", "C": None}
    parts = [component(program_id, name, goal=goal, stage="organized") for name, goal in goals.items()]
    person, one, two, _ = add(owner, program_id, ada, *parts)
    add(
        owner,
        program_id,
        t.Duty(component_id=one, stakeholder_id=person, letter="R"),
        t.Duty(component_id=two, stakeholder_id=person, letter="A"),
        t.BudgetLine(component_id=one, name="Licenses", category="software", currency="EUR"),
        t.Objective(program_id=program_id, title="All", owner_id=person, metric_id="win_rate", target=Decimal("0.5")),
        t.Objective(program_id=program_id, title="No target", owner_id=person, metric_id="win_rate"),
        t.Objective(program_id=program_id, title="No owner", metric_id="win_rate", target=Decimal(0)),
    )
    found = values(program_id, home)
    assert found["owners_named"] == pytest.approx(1 / 3)
    assert (found["budgets_present"], found["tactics_traced"], found["stage_budgeted"]) == (0.0, 0.0, 0.0)
    assert (found["stage_decided"], found["stage_organized"]) == (1.0, 0.0)
    assert found["stage_thought_through"] == pytest.approx(1 / 3)
    assert found["goals_with_metric_and_owner"] == pytest.approx(1 / 3)
    assert found["live_without_goal"] is None


def test_other_programs_do_not_count(owner: Actor, program_id: str, home: Path) -> None:
    fill(owner, program_id)
    other = create_program(
        owner, client_name="Other", name="Other", currency="EUR", time_zone="UTC", starts_on=date(2026, 1, 1)
    )
    assert set(values(other, home).values()) == {None}
    with pytest.raises(Missing):
        facts("nobody", home)


def test_what_the_clients_data_says(program_id: str, home: Path) -> None:
    asked = {"contact_id": "c1", "thread_id": "t"}
    reply = {
        "direction": "out",
        "channel": "phone",
        "in_reply_to": "0",
        "thread_id": "t",
        "occurred_at": "2026-02-01 14:30",
    }
    interactions(home, client_of(program_id), asked, reply, {"channel": None}, {"occurred_at": "2026-02-20 10:00"})
    found = facts(program_id, home)
    assert found["interactions_matched"].value == 0.25
    assert found["interactions_matched"].sentence == "Interactions tied to a customer: 1 of 4."
    assert found["channels_recorded"].value == 2.0
    assert found["response_time_hours"].value == 5.5
    assert found["response_time_hours"].sentence == "Median time to a person's first reply: 5.5 hours."
    assert (found["data_age_days"].value, found["data_age_days"].as_of) == (10.0, TODAY)
    assert found["data_age_days"].sentence == "Age of the newest data: 10 days."
    assert found["interactions_matched"].as_of == date(2026, 2, 20)
    assert found["links_with_method"].reason == "No social profile is tied to a customer in the data."


def test_new_data_is_read_and_old_data_is_not_read_again(program_id: str, home: Path) -> None:
    client = client_of(program_id)
    interactions(home, client, {"contact_id": "c1"}, {})
    assert values(program_id, home)["interactions_matched"] == 0.5
    before = queries._read.cache_info().misses
    facts(program_id, home)
    assert queries._read.cache_info().misses == before
    interactions(home, client, {"contact_id": "c1"}, {}, {}, {})
    assert values(program_id, home)["interactions_matched"] == 0.25


def test_links_without_method_or_date(program_id: str, home: Path) -> None:
    rows = [
        {"link_id": "1", "contact_id": "c", "profile_id": "p", "method": "rule", "decided_at": "2026-01-05"},
        {"link_id": "2", "contact_id": "c", "profile_id": "q", "method": "rule", "status": "confirmed"},
        {"link_id": "3", "contact_id": "c", "profile_id": "r", "decided_at": "2026-01-05"},
        {"link_id": "4", "contact_id": "c", "profile_id": "s", "method": "model", "status": "proposed"},
        {"link_id": "5", "contact_id": "c", "profile_id": "t", "method": "person", "status": "rejected"},
    ]
    write_tables(home, {"identity_link": rows}, client=client_of(program_id))
    found = facts(program_id, home)
    assert found["links_with_method"].value == pytest.approx(1 / 3)
    assert found["interactions_matched"].reason == found["channels_recorded"].reason == "No interactions were imported."
    assert found["data_age_days"].value is None


def test_without_a_folder_the_clients_data_is_left_alone(owner: Actor, program_id: str, home: Path) -> None:
    fill(owner, program_id)
    interactions(home, client_of(program_id), {"contact_id": "c1"}, {})
    every, before = facts(program_id, home), queries._read.cache_info()
    some = queries.facts(program_id, today=TODAY, home=None)
    assert some == {id_: fact for id_, fact in every.items() if id_ not in queries.MEASURED}
    assert queries._read.cache_info() == before


def test_data_that_cannot_be_read_is_a_reason_and_no_crash(program_id: str, home: Path) -> None:
    client = client_of(program_id)
    interactions(home, client, {})
    (home / "warehouse" / client / "manifest.json").write_text("{")
    found = facts(program_id, home)
    assert found["data_age_days"].reason.startswith("The client's data cannot be read.")
    assert {found[id_].value for id_ in queries.MEASURED} == {None}


def test_what_people_said_in_the_newest_run(owner: Actor, program_id: str, home: Path) -> None:
    snapshot = library().snapshot()
    run = t.AssessmentRun(
        program_id=program_id,
        name="First",
        model_version="1",
        model_sha256=library().sha256,
        model_snapshot=snapshot,
        opened_at=owner.now,
    )
    (run_id,) = add(owner, program_id, run)
    people = add(owner, program_id, *(t.Respondent(run_id=run_id, name=f"P{at}", function="it") for at in range(4)))
    cards = ["channel", "technology", "way_of_working", "marketing", "service", "whole_business"]
    for person, stage in zip(people, ["team", "team", "dont_know", "network"], strict=True):
        own = {"respondent_id": person, "answered_at": owner.now}
        leads = {"current": stage, "future": "team", "name": "", "mandated_on": None, "budget_line": ""}
        add(
            owner,
            program_id,
            t.Answer(statement_id="MI-INT-1", kind="level", level=1, **own),
            t.PerspectiveAnswer(question_id="OWN", value=leads, **own),
            t.PerspectiveAnswer(question_id="P4", value={"order": cards}, **own),
        )
    found = facts(program_id, home)
    assert found["stage_agreed"].value == 0.5
    assert found["stage_agreed"].sentence == "People who name the same form of leadership: 2 of 4."
    assert found["meaning_agreed"].value == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (share("owners_named", 0, 12, as_of=TODAY, reason=""), "Components with an accountable person: 0 of 12."),
        (figure("data_age_days", 1, as_of=TODAY), "Age of the newest data: 1 day."),
        (figure("live_without_goal", 3, as_of=TODAY), "Live components without a goal: 3."),
        (figure("meaning_agreed", 0.6251, as_of=TODAY), 'Agreement on what "social" means (Kendall\'s W): 0.63.'),
    ],
)
def test_a_fact_in_words(made: FactValue, sentence: str) -> None:
    assert made.sentence == sentence
    assert dataclasses.replace(made, value=None).unit == shipped.load()[made.id].unit


@pytest.mark.parametrize("language", LANGUAGES)
def test_statements_name_facts_that_exist(language: str) -> None:
    named = {s.id: s.fact.id for s in library().in_language(language).statements("long") if s.fact}
    assert set(named.values()) == set(shipped.load())
    assert {"ST-OWN-1", "ST-OWN-4", "MI-MEAN-2", *(f"ST-PRG-{n}" for n in range(1, 7))} <= set(named)
