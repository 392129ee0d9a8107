"""What was recorded about people before version 0003 is there after it."""

from pathlib import Path

import pytest
from sqlalchemy import text

from program.actions.stakeholders import move_stakeholder
from program.queries.components import components
from program.queries.stakeholders import history, stakeholders, steps
from program.store.backup import check
from program.store.engine import reset, writing_engine
from program.store.migrate import migrate, newest, upgrade
from program.values import Actor
from tests.conftest import NOW

BEFORE = (
    "INSERT INTO client (id, version, name, key, time_zone, currency, fiscal_year_start, locale, created_at)"
    " VALUES ('c', 1, 'Acme', 'acme', 'UTC', 'EUR', 1, 'en-US', '2026-01-01 00:00:00')",
    "INSERT INTO program (id, version, client_id, name, currency, time_zone, starts_on, target_profile, is_sample,"
    " created_at) VALUES ('p', 1, 'c', 'Closer', 'EUR', 'UTC', '2026-01-01', 'pilot', FALSE, '2026-01-02 00:00:00')",
    'INSERT INTO "user" (id, version, email, name, active, created_at)'
    " VALUES ('u', 1, 'eva@example.com', 'Eva', TRUE, '2026-01-01 00:00:00')",
    "INSERT INTO membership (id, version, user_id, program_id, role) VALUES ('m', 1, 'u', 'p', 'owner')",
    "INSERT INTO component (id, version, program_id, name, origin, stage)"
    " VALUES ('x', 1, 'p', 'Listening', 'own', 'decided')",
)
PERSON = text(
    "INSERT INTO stakeholder (id, version, program_id, name, is_group, power, interest, stance, wanted_stance,"
    " next_step) VALUES (:name, 1, 'p', :name, FALSE, 62500, 50000, 'neutral', 'supportive', :step)"
)
PEOPLE = {"Ann": "Have coffee", "Bo": None, "Cy": "  ", "Di": "Ask'em 💬"}


def an_older_store_is_upgraded() -> None:
    with writing_engine().begin() as connection:
        upgrade(connection, "0002")
        for statement in BEFORE:
            connection.execute(text(statement))
        connection.execute(PERSON, [{"name": name, "step": step} for name, step in PEOPLE.items()])
    assert migrate() == newest()
    assert check() == []
    kept = steps("p")
    assert sorted((step.stakeholder_id, step.what) for step in kept) == [("Ann", "Have coffee"), ("Di", "Ask'em 💬")]
    assert {(step.version, step.owner_id, step.due_on, step.done_at, len(step.id)) for step in kept} == {
        (1, None, None, None, 32)
    }
    assert len({step.id for step in kept}) == 2
    assert [who.next_step for who in stakeholders("p")] == ["Have coffee", None, None, "Ask'em 💬"]
    assert [(part.scheme, part.ownership_stage) for part in components("p")] == [("raci", None)]


def somebody_of_before_is_moved() -> None:
    """Nobody knows since when they stood there: from the beginning of the program on, and nobody said so."""
    assert [(state.at.month, state.by) for state in history("p")] == [(1, "")] * 4
    eva = Actor("u", "Eva", NOW)
    (ann, *_) = stakeholders("p")
    move_stakeholder(eva, program_id="p", stakeholder_id="Ann", power=ann.power + 1, interest=ann.interest, version=1)
    places = [(state.at.month, state.by, str(state.power)) for state in history("p") if state.stakeholder_id == "Ann"]
    assert places == [(1, "", "6.2500"), (3, "Eva", "7.2500")]


@pytest.mark.usefixtures("home")
def test_an_older_file_keeps_its_next_steps() -> None:
    an_older_store_is_upgraded()
    somebody_of_before_is_moved()


@pytest.mark.postgres
def test_an_older_postgres_keeps_its_next_steps(home: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROUNDWORK_DATABASE_URL", postgres_url)
    reset()
    an_older_store_is_upgraded()
    somebody_of_before_is_moved()
    assert not (home / "groundwork.sqlite").exists()
