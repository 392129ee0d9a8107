"""What the store must survive; the number in a test's name is the row of the table of faults."""

import logging
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Executable, delete, event, func, select, update

from program.access import Refused
from program.actions import members, programs
from program.queries.members import is_active
from program.queries.programs import program, programs_of
from program.store import audit, engine
from program.store.backup import backup, check, restore
from program.store.engine import engine_at, reading, reset, url, writing_engine
from program.store.migrate import migrate
from program.store.tables import AuditEntry, Client, Program, User
from program.values import Actor, Missing, Stale, Unavailable
from tests.conftest import NOW, Cluster
from tests.faults.holding import holder

ROOT = Path(__file__).resolve().parents[2]


def new_program(actor: Actor, name: str = "Another", **more: str) -> str:
    fields = {"client_name": "Lindqvist Outdoor", "currency": "EUR", "time_zone": "UTC"} | more
    return programs.create_program(actor, name=name, starts_on=date(2026, 1, 5), **fields)  # type: ignore[arg-type]


def member(actor: Actor, program_id: str, role: str) -> Actor:
    members.invite_member(actor, program_id=program_id, email=f"{role}@example.com", name=role, role=role)
    came = members.sign_in(
        issuer="https://id.example", subject=role, email=f"{role}@example.com", email_verified=True, name=role, now=NOW
    )
    assert came is not None
    return came


def limit_pages(connection: sqlite3.Connection, _record: object) -> None:
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={pages}")


def test_fault_02_a_full_disk_rolls_back_and_reading_goes_on(owner: Actor, program_id: str) -> None:
    reset()
    event.listen(engine_at(url()), "connect", limit_pages)

    def fill() -> None:
        for number in range(200):
            new_program(owner, f"Program {number} " + "x" * 180)

    with pytest.raises(Unavailable, match="disk is full"):
        fill()
    before = len(programs_of(owner.user_id))
    assert program(owner.user_id, program_id).name == "Closer to customers"
    reset()
    assert check() == []
    new_program(owner, "After the disk was cleaned")
    assert len(programs_of(owner.user_id)) == before + 1


@pytest.mark.usefixtures("any_store")
def test_fault_03_the_second_save_of_one_row_is_refused_with_both_versions(owner: Actor, program_id: str) -> None:
    programs.change_program(owner, program_id=program_id, version=1, name="Theirs")
    with pytest.raises(Stale) as refused:
        programs.change_program(owner, program_id=program_id, version=1, name="Mine")
    assert refused.value.differences == {"name": ("Mine", "Theirs")}
    assert program(owner.user_id, program_id).name == "Theirs"


@pytest.mark.usefixtures("any_store")
def test_fault_04_different_fields_of_one_row_are_an_explicit_conflict(owner: Actor, program_id: str) -> None:
    programs.change_program(owner, program_id=program_id, version=1, name="Theirs")
    with pytest.raises(Stale) as refused:
        programs.change_program(owner, program_id=program_id, version=1, time_zone="UTC")
    assert refused.value.mine == {"time_zone": "UTC"}
    assert (refused.value.theirs["name"], refused.value.theirs["time_zone"]) == ("Theirs", "Europe/Stockholm")
    programs.change_program(owner, program_id=program_id, version=2, time_zone="UTC")
    assert program(owner.user_id, program_id).name == "Theirs"


@pytest.mark.postgres
@pytest.mark.slow
def test_fault_05_and_06_a_database_that_goes_away_is_said_and_the_next_action_works(
    cluster: Cluster, home: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GROUNDWORK_DATABASE_URL", postgres_url)
    reset()
    migrate()
    owner = members.local_owner(NOW)
    made = new_program(owner)
    cluster.stop("immediate")
    try:
        with pytest.raises(Unavailable, match="cannot be reached"):
            programs.change_program(owner, program_id=made, version=1, name="Lost")
        with pytest.raises(Unavailable, match="cannot be reached"):
            programs_of(owner.user_id)
    finally:
        cluster.start()
    assert programs.change_program(owner, program_id=made, version=1, name="Kept") == 2
    assert program(owner.user_id, made).name == "Kept"
    assert not (home / "groundwork.sqlite").exists()


@pytest.mark.usefixtures("home")
def test_fault_06_a_database_that_is_down_at_the_start_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROUNDWORK_DATABASE_URL", "postgresql://gw@127.0.0.1:1/nothing")
    reset()
    with pytest.raises(Unavailable, match="cannot be reached"):
        migrate()


def test_fault_07_a_locked_file_is_waited_for_and_then_said(
    owner: Actor, program_id: str, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_MS", 300)
    reset()
    with holder(store / "groundwork.sqlite", "BEGIN IMMEDIATE") as process:
        with pytest.raises(Unavailable, match="busy"):
            programs.change_program(owner, program_id=program_id, version=1, name="Too late")
        assert program(owner.user_id, program_id).version == 1
        monkeypatch.setattr(engine, "BUSY_MS", 10_000)
        reset()
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
        assert programs.change_program(owner, program_id=program_id, version=1, name="In time") == 2


@pytest.mark.usefixtures("any_store")
@pytest.mark.parametrize("name", ["'); DROP TABLE program; --", '" OR "1"="1', "%s ? :name {0} \\"])
def test_fault_31_sql_in_a_name_is_text(name: str, owner: Actor, program_id: str) -> None:
    made = new_program(owner, name, client_name=name)
    assert program(owner.user_id, made).name == name
    assert program(owner.user_id, program_id).name == "Closer to customers"
    with pytest.raises(Missing):
        program(owner.user_id, name)


FORBIDDEN: dict[str, Callable[[Actor, str], object]] = {
    "program.create": lambda actor, _: new_program(actor),
    "program.duplicate": lambda actor, it: programs.duplicate_program(
        actor, program_id=it, name="Copy", client_name="Lindqvist Outdoor"
    ),
    "program.manage": lambda actor, it: programs.change_program(actor, program_id=it, version=1, name="Mine"),
    "program.archive": lambda actor, it: programs.archive_program(actor, program_id=it, version=1),
    "members.manage": lambda actor, it: members.invite_member(
        actor, program_id=it, email="friend@example.com", name="Friend", role="owner"
    ),
    "members.everywhere": lambda actor, _: members.invite_member(
        actor, program_id=None, email="friend@example.com", name="Friend", role="owner"
    ),
    "members.set_active": lambda actor, it: members.set_active(
        actor, program_id=it, user_id=actor.user_id, active=True, version=2
    ),
}


@pytest.mark.parametrize("asked", FORBIDDEN)
@pytest.mark.parametrize("role", ["viewer", "contributor", "editor", "facilitator"])
def test_fault_50_the_store_itself_refuses_and_logs(
    role: str, asked: str, owner: Actor, program_id: str, caplog: pytest.LogCaptureFixture
) -> None:
    actor = member(owner, program_id, role)
    with caplog.at_level(logging.WARNING, "groundwork.access"), pytest.raises(Refused):
        FORBIDDEN[asked](actor, program_id)
    assert f"refused: user '{actor.user_id}'" in caplog.text
    assert program(owner.user_id, program_id).version == 1


def test_fault_50_an_actor_made_up_is_refused(program_id: str) -> None:
    with pytest.raises(Refused):
        programs.change_program(Actor("f" * 32, "Nobody", NOW), program_id=program_id, version=1, name="Mine")


@pytest.mark.usefixtures("any_store")
def test_fault_51_a_row_of_another_program_is_missing_and_logged(
    owner: Actor, program_id: str, caplog: pytest.LogCaptureFixture
) -> None:
    other = new_program(owner)
    foreign = members.invite_member(owner, program_id=other, email="a@example.com", name="A", role="viewer")
    with caplog.at_level(logging.WARNING, "groundwork.access"), pytest.raises(Missing) as there:
        members.change_role(owner, program_id=program_id, membership_id=foreign, role="editor", version=1)
    assert foreign in caplog.text
    with pytest.raises(Missing) as nowhere:
        members.change_role(owner, program_id=program_id, membership_id="f" * 32, role="editor", version=1)
    assert str(there.value) == str(nowhere.value)


def test_fault_51_another_program_does_not_exist_for_a_stranger(
    owner: Actor, program_id: str, caplog: pytest.LogCaptureFixture
) -> None:
    stranger = member(owner, new_program(owner), "owner")
    with caplog.at_level(logging.WARNING, "groundwork.access"), pytest.raises(Missing) as there:
        program(stranger.user_id, program_id)
    with pytest.raises(Missing) as nowhere:
        program(stranger.user_id, "f" * 32)
    assert str(there.value) == str(nowhere.value)
    assert program_id in caplog.text
    assert [card.name for card in programs_of(stranger.user_id)] == ["Another"]


def test_fault_53_somebody_switched_off_is_refused_at_once(owner: Actor, program_id: str) -> None:
    actor = member(owner, program_id, "owner")
    members.set_active(owner, program_id=None, user_id=actor.user_id, active=False, version=2)
    assert not is_active(actor.user_id)
    with pytest.raises(Refused):
        programs.change_program(actor, program_id=program_id, version=1, name="Mine")


@pytest.mark.usefixtures("any_store")
def test_fault_55_a_form_sent_twice_makes_one_row(owner: Actor) -> None:
    made = [new_program(owner, "Once", intention="form-1") for _ in range(3)]
    assert len(set(made)) == 1
    assert [card.name for card in programs_of(owner.user_id)] == ["Once"]


SECOND = AuditEntry.number == 2


@pytest.mark.usefixtures("any_store")
@pytest.mark.parametrize(
    ("tampering", "said"),
    [
        (
            update(AuditEntry).where(SECOND).values(user_name="Somebody else"),
            "Audit entry 2 was changed",
        ),
        (
            update(AuditEntry).where(SECOND).values(hash="0" * 64),
            "Audit entry 3 does not follow entry 2",
        ),
        (delete(AuditEntry).where(SECOND), "Audit entries 2 to 2 are gone"),
        (delete(AuditEntry).where(AuditEntry.number >= 3), "Audit entries 3 to 4 are gone"),
        (delete(AuditEntry), "Audit entries 1 to 4 are gone"),
    ],
)
def test_fault_62_an_audit_entry_edited_or_removed_is_found(
    tampering: Executable, said: str, owner: Actor, program_id: str
) -> None:
    for version, name in ((1, "One"), (2, "Two")):
        programs.change_program(owner, program_id=program_id, version=version, name=name)
    with reading() as session:
        assert audit.verify(session) == []
    with writing_engine().begin() as outside:
        outside.execute(tampering)
    assert any(problem.startswith(said) for problem in check())


@pytest.mark.usefixtures("any_store")
def test_fault_66_a_backup_on_a_clean_machine_has_equal_counts_and_checksums(
    owner: Actor, program_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = engine.home() / "warehouse" / "lindqvist"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text('{"version": 0, "tables": {}}')
    made = backup(tmp_path / "yesterday.zip")
    monkeypatch.setenv("GROUNDWORK_HOME", str(tmp_path / "clean"))
    monkeypatch.delenv("GROUNDWORK_DATABASE_URL", raising=False)
    reset()
    assert restore(tmp_path / "yesterday.zip") == made
    assert backup(tmp_path / "again.zip") == made
    assert made["tables"]["program"]["rows"] == 1
    assert list(made["files"]) == ["warehouse/lindqvist/manifest.json"]
    assert check() == []
    assert program(owner.user_id, program_id).name == "Closer to customers"
    with reading() as session:
        counted = {table: session.scalar(select(func.count()).select_from(table)) for table in (Client, Program, User)}
    assert set(counted.values()) == {1}
