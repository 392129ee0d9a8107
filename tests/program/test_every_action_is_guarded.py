"""
What must hold for every action: default deny, one audit entry, and nothing done twice or over somebody else's change.

A new action fails here until it stands in the table of acting.py.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date
from inspect import Parameter, signature
from pathlib import Path
from typing import Any

import pytest

from program.access import ROLES, Refused, may
from program.actions.assessments import join_run
from program.actions.members import invite_member, local_owner, set_active, sign_in
from program.actions.programs import create_program
from program.store import dump
from program.store.engine import engine, reading, reset
from program.store.tables import AuditEntry
from program.values import Actor, Missing, Stale
from tests.conftest import NOW, TABLES
from tests.program.acting import CASES, World, call, every_action, world
from tests.program.making import person

NO_ACTOR = {"members.local_owner", "members.sign_in", "members.claim_ownership", "sample.create"}
BY_LINK = {"invited.take_part", "invited.answer", "invited.view"}  # tests/program/test_invited.py
FOR_RESPONDENTS = {
    "assessments.save_answer", "assessments.save_view", "evidence.add_evidence", "evidence.remove_evidence"
}  # fmt: skip
BEFORE: dict[str, dict[str, Any]] = {  # what must be there already for a version of it to be newer
    "assessments.save_answer": {"level": 1},
    "assessments.save_view": {"value": {"aspect": "strategy"}},
}
SAFE_BY_KEY = {
    "assessments.join_run": "one place per user and run",
    "links.set_links": "it names the versions of all links as they were seen",
    "roadmap.change_activities": "it names the versions of all activities as they were seen",
    "sources.import_upload": "rows that are there already are unchanged rows",
}
OUTSIDERS = ("nobody", "stranger", "switched off", "owner elsewhere")
NOT_OF_A_PROGRAM = {"members.set_active": "a user belongs to no program", "sources.import_upload": "a client's"}
NAMES = sorted(CASES)
ROWS = {field.name for field in fields(World)} - {"program_id", "home", "exported"}


def taking(*parameters: str) -> list[str]:
    return [name for name in NAMES if set(parameters) & set(signature(every_action()[name]).parameters)]


def ids_taken() -> list[tuple[str, str, str]]:
    """Action, parameter and field of World, for each id of a program's row that an action is given."""
    names: Any = {field.name: field.name for field in fields(World)}
    asked = {name: CASES[name].given(World(**names)) for name in NAMES if name not in NOT_OF_A_PROGRAM}
    return [(name, key, str(row)) for name, given in asked.items() for key, row in given.items() if str(row) in ROWS]


@dataclass(frozen=True)
class House:
    """Two filled programs of two clients, and in the first one person for each role and each way to be outside."""

    world: World
    elsewhere: World
    owner: Actor
    people: dict[str, Actor]


def _program(owner: Actor, client: str) -> str:
    values: dict[str, Any] = {"name": "Closer to customers", "currency": "EUR", "time_zone": "UTC"}
    return create_program(owner, client_name=client, starts_on=date(2026, 1, 5), **values)


def _everywhere(owner: Actor) -> Actor:
    """An owner of the installation who signs in."""
    who: dict[str, Any] = {"email": "eva@example.com", "name": "Eva"}
    invite_member(owner, program_id=None, role="owner", **who)
    came = sign_in(issuer="i", subject="eva", email_verified=True, now=NOW, **who)
    assert came is not None
    return came


def _furnish(home: Path) -> House:
    owner = local_owner(NOW)
    program_id, elsewhere = _program(owner, "Acme"), _program(owner, "Other")
    people = {role: person(owner, program_id, role) for role in ROLES} | {
        "everywhere": _everywhere(owner),
        "nobody": Actor("f" * 32, "Nobody", NOW),
        "stranger": person(owner, elsewhere, "viewer", name="Sly"),
        "owner elsewhere": person(owner, elsewhere, "owner", name="Oda"),
        "switched off": person(owner, program_id, "owner", name="Off"),
    }
    set_active(owner, program_id=program_id, user_id=people["switched off"].user_id, active=False, version=1)
    return House(world(owner, program_id, home), world(owner, elsewhere, home), owner, people)


@pytest.fixture(scope="module")
def furnished(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, House]:
    """The house and its store, built once and copied for each test."""
    folder = tmp_path_factory.mktemp("furnished")
    shutil.copy(migrated_file, folder / "groundwork.sqlite")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GROUNDWORK_HOME", str(folder))
        patch.delenv("GROUNDWORK_DATABASE_URL", raising=False)
        reset()
        made = _furnish(folder)
        reset()
    return folder / "groundwork.sqlite", made


@pytest.fixture
def house(furnished: tuple[Path, House], home: Path) -> House:
    file, made = furnished
    shutil.copy(file, home / "groundwork.sqlite")
    return replace(made, world=replace(made.world, home=home))


def everything() -> dict[str, dump.Count]:
    """How many rows each table has, and the checksum of them."""
    with engine().connect() as connection:
        return {table.name: dump.counted(dump.lines(connection, table)) for table in TABLES}


def not_refused(actor: Actor, w: World, names: list[str]) -> list[str]:
    """Those of the actions that do anything else than refuse somebody."""
    said = {name: _outcome(lambda name=name: call(name, actor, w)) for name in names}  # type: ignore[misc]
    return [f"{name}: {outcome}" for name, outcome in said.items() if outcome != "refused"]


def _outcome(action: Callable[[], Any]) -> str:
    try:
        action()
    except Refused:
        return "refused"
    except Exception as other:
        return repr(other)
    return "done"


def test_the_table_holds_every_action() -> None:
    others = {name for name, action in every_action().items() if "actor" not in signature(action).parameters}
    assert others == NO_ACTOR | BY_LINK
    assert set(every_action()) - others == set(CASES)
    for name in BY_LINK:
        first, *rest = signature(every_action()[name]).parameters.values()
        assert first.name == "guest", name
        assert {each.kind for each in rest} == {Parameter.KEYWORD_ONLY}, name


def test_actions_take_their_actor_first_and_the_rest_by_name() -> None:
    for name in NAMES:
        first, *rest = signature(every_action()[name]).parameters.values()
        assert first.name == "actor", name
        assert {each.kind for each in rest} <= {Parameter.KEYWORD_ONLY, Parameter.VAR_KEYWORD}, name


def test_fault_55_every_action_knows_a_second_click_or_what_the_person_saw() -> None:
    assert set(NAMES) - set(taking("intention", "version", "before")) == set(SAFE_BY_KEY)


@pytest.mark.parametrize("who", OUTSIDERS)
def test_fault_50_who_is_no_member_may_do_nothing(who: str, house: House) -> None:
    before = everything()
    assert not_refused(house.people[who], house.world, NAMES) == []
    assert everything() == before


@pytest.mark.parametrize("role", ROLES)
def test_a_member_may_do_what_the_role_grants_and_nothing_else(role: str, house: House) -> None:
    """A viewer nothing at all; and a membership in one program never reaches the whole installation."""
    denied = [name for name, case in CASES.items() if case.everywhere or not may(role, case.grant)]
    assert (denied == list(CASES)) == (role == "viewer")
    before = everything()
    assert not_refused(house.people[role], house.world, denied) == []
    assert everything() == before


@pytest.mark.parametrize("name", NAMES)
def test_an_action_leaves_one_audit_entry_of_the_lowest_role_that_may(name: str, house: House) -> None:
    case, w = CASES[name], house.world
    least = "everywhere" if case.everywhere else next(role for role in ROLES if may(role, case.grant))
    actor = house.people[least]
    if name in FOR_RESPONDENTS:
        mine = join_run(actor, program_id=w.program_id, run_id=w.run_id, function="it")
        w = replace(w, mine=mine)
    before = everything()["audit_entry"]["rows"]
    call(name, actor, w)
    assert everything()["audit_entry"]["rows"] == before + 1
    with reading() as session:
        last = session.get_one(AuditEntry, before + 1)
    assert (last.user_id, last.at) == (actor.user_id, NOW)
    assert last.program_id == (None if case.everywhere else w.program_id)
    assert last.subject_id
    assert last.action.count(".") == 1


@pytest.mark.parametrize("name", taking("intention"))
def test_fault_55_the_same_intention_twice_is_done_once(name: str, house: House) -> None:
    once = call(name, house.owner, house.world, intention="click")
    after = everything()
    assert call(name, house.owner, house.world, intention="click") == once
    assert everything() == after


@pytest.mark.parametrize(("name", "parameter", "row"), ids_taken())
def test_fault_51_an_id_of_another_program_is_missing_also_to_an_owner_of_both(
    name: str, parameter: str, row: str, house: House
) -> None:
    """One foreign id is enough, whatever else the action is given."""
    before = everything()
    with pytest.raises(Missing):
        call(name, house.owner, house.world, **{parameter: getattr(house.elsewhere, row)})
    assert everything() == before


@pytest.mark.parametrize("name", taking("version"))
def test_fault_3_a_save_over_a_newer_version_is_refused(name: str, house: House) -> None:
    """Version 0 is older than any row. An answer must be there to be newer."""
    if name in BEFORE:
        call(name, house.owner, house.world, **BEFORE[name])
    before = everything()
    with pytest.raises(Stale):
        call(name, house.owner, house.world, version=0)
    assert everything() == before
