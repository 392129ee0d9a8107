"""One intention, one transaction, one audit entry, on both databases."""

import ast
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from program.store import audit
from program.store.engine import reading
from program.store.tables import AuditEntry, Component, Program, Stakeholder
from program.store.unit_of_work import intend
from program.values import Actor, AlreadyDone, Invalid, Missing, Stale

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.usefixtures("any_store")


def rename(actor: Actor, program_id: str, version: int, name: str) -> int:
    with intend(actor, action="program.change", needs="program.manage", program_id=program_id) as unit:
        return unit.change(Program, program_id, version, name=name)


def entries() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def test_a_write_and_its_audit_entry_come_together(owner: Actor, program_id: str) -> None:
    before = entries()
    assert rename(owner, program_id, 1, "New name") == 2
    with reading() as session:
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
        assert last is not None
        assert (last.action, last.subject_id, last.user_id) == ("program.change", program_id, owner.user_id)
        assert last.detail == {"fields": ["name"]}
        assert last.at == owner.now
    assert entries() == before + 1


def test_an_error_inside_leaves_neither_row_nor_entry(owner: Actor, program_id: str) -> None:
    before = entries()

    def fail_half_way() -> None:
        with intend(owner, action="program.change", needs="program.manage", program_id=program_id) as unit:
            unit.change(Program, program_id, 1, name="Half")
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        fail_half_way()
    with reading() as session:
        assert session.get_one(Program, program_id).name == "Closer to customers"
    assert entries() == before


def test_saving_what_is_there_already_keeps_the_version(owner: Actor, program_id: str) -> None:
    assert rename(owner, program_id, 1, "Closer to customers") == 1


def test_a_reader_cannot_write(program_id: str) -> None:
    with reading() as session, pytest.raises(DBAPIError, match=r"readonly|read-only"):
        session.execute(text("UPDATE program SET name = 'x'"))
    with reading() as session:
        assert session.get_one(Program, program_id).name == "Closer to customers"


def test_a_reader_sees_one_moment(owner: Actor, program_id: str) -> None:
    with reading() as session:
        assert session.scalar(select(Program.version)) == 1
        rename(owner, program_id, 1, "Later")
        assert session.scalar(select(Program.version)) == 1


def test_two_intentions_do_not_nest(owner: Actor, program_id: str) -> None:
    with (
        intend(owner, action="outer", needs="program.manage", program_id=program_id),
        pytest.raises(RuntimeError, match="inside another intention"),
    ):
        rename(owner, program_id, 1, "Inner")


def test_a_broken_rule_names_its_field(owner: Actor, program_id: str) -> None:
    def add() -> None:
        with intend(owner, action="component.add", needs="plan.edit", program_id=program_id) as unit:
            unit.add(Component(program_id=program_id, name="Community", origin="own"))

    add()
    with pytest.raises(Invalid, match="already a component with this name") as refused:
        add()
    assert refused.value.field == "name"


@pytest.mark.parametrize(("name", "said"), [("x" * 201, "200 characters at most"), ("a\x00b", "NUL")])
def test_what_a_column_cannot_keep_is_refused(owner: Actor, program_id: str, name: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        rename(owner, program_id, 1, name)


def test_an_archived_program_is_only_read(owner: Actor, program_id: str) -> None:
    with intend(owner, action="program.archive", needs="program.manage", program_id=program_id) as unit:
        unit.change(Program, program_id, 1, archived_at=owner.now)
    with (
        pytest.raises(Invalid, match="archived"),
        intend(owner, action="component.add", needs="plan.edit", program_id=program_id),
    ):
        pass


def test_a_row_of_a_program_that_is_gone_is_missing(owner: Actor, program_id: str) -> None:
    with (
        pytest.raises(Missing),
        intend(owner, action="stakeholder.add", needs="people.edit", program_id=program_id) as unit,
    ):
        unit.add(Stakeholder(program_id="f" * 32, name="Ada", power=Decimal(0), interest=Decimal(0)))


def test_another_intention_under_the_same_key_is_refused(owner: Actor, program_id: str) -> None:
    with intend(owner, action="one", needs="plan.edit", program_id=program_id, intention="k") as unit:
        unit.subject(program_id)
    with (
        pytest.raises(AlreadyDone) as done,
        intend(owner, action="one", needs="plan.edit", program_id=program_id, intention="k"),
    ):
        pass
    assert done.value.subject_id == program_id
    with (
        pytest.raises(Invalid, match="something else"),
        intend(owner, action="two", needs="plan.edit", program_id=program_id, intention="k"),
    ):
        pass


def test_writers_at_once_lose_nothing_and_keep_one_chain(owner: Actor, program_id: str) -> None:
    before = entries()

    def work() -> None:
        done = 0
        while done < 10:
            with reading() as session:
                row = session.get_one(Program, program_id)
            try:
                rename(owner, program_id, row.version, f"n{row.version}")
                done += 1
            except Stale:
                continue

    workers = [Thread(target=work) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert not any(worker.is_alive() for worker in workers)
    with reading() as session:
        assert session.get_one(Program, program_id).version == 61
        assert audit.verify(session) == []
    assert entries() == before + 60


def test_stale_says_who_and_when(owner: Actor, program_id: str) -> None:
    later = Actor(owner.user_id, "Bo", owner.now + timedelta(minutes=5))
    rename(later, program_id, 1, "Theirs")
    with pytest.raises(Stale, match="changed by Bo") as refused:
        rename(owner, program_id, 1, "Mine")
    assert refused.value.differences == {"name": ("Mine", "Theirs")}
    assert refused.value.changed_at == later.now


def test_only_the_unit_of_work_opens_a_writing_session() -> None:
    """Whoever could write without an intention would have to name one of these."""
    allowed = {
        "writing_engine": {
            "store/engine.py",
            "store/unit_of_work.py",
            "store/migrate.py",
            "store/backup.py",
            "store/visits.py",
        },
        "WritingSession": {"store/troubles.py", "store/unit_of_work.py", "store/visits.py"},
        "engine_at": {"store/engine.py", "store/backup.py"},
        "arrive": {"store/unit_of_work.py", "actions/members.py"},
        "create_engine": {"store/engine.py"},
    }
    for path in (ROOT / "program").rglob("*.py"):
        names = {node.id for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Name)}
        for name, places in allowed.items():
            if name in names:
                assert path.relative_to(ROOT / "program").as_posix() in places
