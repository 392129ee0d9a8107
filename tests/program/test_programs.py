"""New, changed, duplicated and archived programs."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event, select

from program.actions import members, programs
from program.actions.budget import add_line
from program.actions.planning import set_settings
from program.actions.risks import add_risk
from program.parcel import unwrap
from program.queries.budget import lines
from program.queries.members import members as members_of
from program.queries.programs import program, programs_of, role_of
from program.reports.exchange import export_program
from program.store import audit
from program.store import tables as t
from program.store.engine import engine_at, reading, url
from program.store.unit_of_work import intend
from program.values import Actor, Invalid, Missing, Stale
from tests.conftest import NOW
from tests.program.filled import fill
from tests.program.making import component

FIELDS: dict[str, Any] = {
    "name": "Next",
    "client_name": "Öl & Söhne",
    "currency": "CHF",
    "time_zone": "Europe/Zurich",
    "starts_on": date(2026, 4, 1),
}
pytestmark = pytest.mark.usefixtures("store")


def test_a_new_program_belongs_to_its_maker(owner: Actor) -> None:
    made = programs.create_program(owner, **FIELDS)
    card = program(owner.user_id, made)
    assert (card.name, card.client_name, card.client_key) == ("Next", "Öl & Söhne", "ol_sohne")
    assert (card.currency, card.time_zone, card.starts_on) == ("CHF", "Europe/Zurich", date(2026, 4, 1))
    assert (card.role, card.version, card.archived, card.is_sample) == ("owner", 1, False, False)
    with reading() as session:
        own = session.scalars(select(t.Membership.role).where(t.Membership.program_id == made)).all()
    assert own == ["owner"]
    assert [member.role for member in members_of(made)] == ["owner"]


def test_programs_of_one_client_share_it_and_keys_stay_apart(owner: Actor) -> None:
    first, second = (programs.create_program(owner, **FIELDS | {"client_name": name}) for name in ("Acme", " ACME "))
    beyond = [programs.create_program(owner, **FIELDS | {"client_name": name}) for name in ("Öl & Söhne", "öl & SÖHNE")]
    assert {program(owner.user_id, each).client_key for each in beyond} == {"ol_sohne"}
    other = programs.create_program(owner, **FIELDS | {"client_name": "A.c.m.e"})
    third = programs.create_program(owner, **FIELDS | {"client_name": "Acme!"})
    keys = [program(owner.user_id, each).client_key for each in (first, second, other, third)]
    assert keys == ["acme", "acme", "a_c_m_e", "acme_2"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "  "),
        ("client_name", ""),
        ("currency", "EURO"),
        ("currency", "zzz"),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../../etc/passwd"),
        ("time_zone", ""),
        ("name", "Two\nlines"),
        ("client_name", "Two\x1b[31m"),
        ("starts_on", "2026-04-01"),
    ],
)
def test_a_bad_field_is_named(field: str, value: Any, owner: Actor) -> None:
    with pytest.raises(Invalid) as refused:
        programs.create_program(owner, **FIELDS | {field: value})
    assert refused.value.field == field
    assert programs_of(owner.user_id) == []


def test_changing_a_program(owner: Actor, program_id: str) -> None:
    assert programs.change_program(owner, program_id=program_id, version=1, target_profile="company-wide") == 2
    assert program(owner.user_id, program_id).target_profile == "company-wide"
    with pytest.raises(Stale):
        programs.change_program(owner, program_id=program_id, version=1, name="Late")
    with pytest.raises(Invalid, match="client_id"):
        programs.change_program(owner, program_id=program_id, version=2, client_id="x")
    with pytest.raises(Invalid, match="target profile"):
        programs.change_program(owner, program_id=program_id, version=2, target_profile="scaling")


def test_a_new_currency_takes_the_lines_without_money_along(owner: Actor, program_id: str) -> None:
    item = component(owner, program_id)
    for name, code in (("Tools", None), ("Staff", None), ("Cloud", "GBP")):
        add_line(owner, program_id=program_id, component_id=item, name=name, currency=code)
    with_money = {"name": "Abroad", "currency": "GBP", "planned": Decimal(5)}
    add_line(owner, program_id=program_id, component_id=item, **with_money)  # type: ignore[arg-type]
    assert programs.change_program(owner, program_id=program_id, version=1, currency="CHF") == 2
    found = {line.name: (line.currency, line.version) for line in lines(program_id)}
    assert found == {"Tools": ("CHF", 2), "Staff": ("CHF", 2), "Cloud": ("GBP", 1), "Abroad": ("GBP", 1)}
    with reading() as session:
        assert [*audit.entries(session)][-1].detail == {"fields": ["currency"], "lines": 2}


def test_a_new_currency_is_refused_while_there_is_money_in_the_old_one(owner: Actor, program_id: str) -> None:
    given: dict[str, Any] = {"program_id": program_id}
    item = component(owner, program_id)
    add_line(owner, component_id=item, name="Empty", **given)
    add_line(owner, component_id=item, name="Planned", planned=Decimal(5), **given)
    add_line(owner, component_id=item, name="Labor", nature="labor", days=Decimal(2), day_rate=Decimal(3), **given)
    phased = add_line(owner, component_id=item, name="Phased", **given)
    with intend(owner, action="test.phase", needs="program.manage", program_id=program_id) as unit:
        version = unit.add(t.BudgetVersion(program_id=program_id, name="First", made_at=owner.now))
        unit.add(t.BudgetPhase(version_id=version.id, line_id=phased, period=date(2026, 3, 1), amount=Decimal(9)))
    set_settings(owner, version=None, reserve=Decimal(9), **given)
    add_risk(owner, title="No staff", cost=Decimal(10), **given)
    with pytest.raises(Invalid) as refused:
        programs.change_program(owner, program_id=program_id, version=1, currency="CHF")
    assert str(refused.value) == (
        "There is money in EUR: 3 budget lines, 1 reserve and 1 risk with a cost. It does not become CHF by a new "
        "name. Take it out first, or start another program in CHF."
    )
    assert {line.currency for line in lines(program_id)} == {"EUR"}
    assert programs.change_program(owner, program_id=program_id, version=1, currency="EUR", name="Same") == 2


def test_of_two_people_the_second_new_currency_is_stale_and_moves_no_line(owner: Actor, program_id: str) -> None:
    add_line(owner, program_id=program_id, component_id=component(owner, program_id), name="Tools")
    programs.change_program(owner, program_id=program_id, version=1, name="Theirs")
    with pytest.raises(Stale):
        programs.change_program(owner, program_id=program_id, version=1, currency="CHF")
    assert [line.currency for line in lines(program_id)] == ["EUR"]


def test_an_archived_program_leaves_the_list_and_comes_back(owner: Actor, program_id: str) -> None:
    version = programs.archive_program(owner, program_id=program_id, version=1)
    assert programs_of(owner.user_id) == []
    assert [card.id for card in programs_of(owner.user_id, archived=True)] == [program_id]
    assert program(owner.user_id, program_id).archived
    programs.unarchive_program(owner, program_id=program_id, version=version)
    assert [card.id for card in programs_of(owner.user_id)] == [program_id]


def test_a_member_sees_their_programs_only(owner: Actor, program_id: str) -> None:
    programs.create_program(owner, **FIELDS)
    members.invite_member(owner, program_id=program_id, email="bo@example.com", name="Bo", role="viewer")
    bo = members.sign_in(issuer="i", subject="bo", email="bo@example.com", email_verified=True, name="Bo", now=NOW)
    assert bo is not None
    assert [(card.id, card.role) for card in programs_of(bo.user_id)] == [(program_id, "viewer")]
    assert role_of(bo.user_id, program_id) == "viewer"
    assert role_of(bo.user_id, None) is None


def test_the_list_shows_the_highest_role_and_asks_once_however_long_it_is(owner: Actor, program_id: str) -> None:
    for number in range(5):
        programs.create_program(owner, **FIELDS | {"name": f"P{number}"})
    members.invite_member(owner, program_id=program_id, email="bo@example.com", name="Bo", role="editor")
    members.invite_member(owner, program_id=None, email="bo@example.com", name="Bo", role="viewer")
    bo = members.sign_in(issuer="i", subject="bo", email="bo@example.com", email_verified=True, name="Bo", now=NOW)
    assert bo is not None
    statements: list[str] = []
    event.listen(engine_at(url()), "before_cursor_execute", lambda *given: statements.append(given[2]))
    cards = programs_of(bo.user_id)
    assert {card.id: card.role for card in cards if card.role != "viewer"} == {program_id: "editor"}
    assert len(cards) == 6
    assert len([each for each in statements if each.startswith("SELECT")]) == 2


def test_a_duplicate_is_a_template_without_people_answers_and_money(owner: Actor, program_id: str) -> None:
    fill(owner, program_id)
    copy = programs.duplicate_program(owner, program_id=program_id, name="Again", client_name="Beta", intention="k")
    assert copy == programs.duplicate_program(
        owner, program_id=program_id, name="Again", client_name="Beta", intention="k"
    )
    content = unwrap(export_program(copy))
    kept = {name: len(rows) for name, rows in content.items() if rows}
    assert kept == {
        "client": 1, "program": 1, "objective": 2, "component": 1, "budget_line": 1, "metric_target": 1,
        "published_model": 1, "owned_item": 1, "contribution": 1, "use_case": 1, "capability_weight": 1,
        "ledger_mapping": 1,
    }  # fmt: skip
    (component,) = content["component"]
    assert (component["name"], component["stage"], component["live_on"]) == ("Community", "thought_through", None)
    assert content["objective"][0]["owner_id"] is None
    card = program(owner.user_id, copy)
    assert (card.client_name, card.currency, card.starts_on) == ("Beta", "EUR", date(2026, 1, 5))


def test_what_is_not_there_cannot_be_duplicated(owner: Actor) -> None:
    with pytest.raises(Missing):
        programs.duplicate_program(owner, program_id="f" * 32, name="Copy", client_name="Acme")
