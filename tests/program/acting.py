"""Every action with something it can act on: the table that test_every_action_is_guarded goes through."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import import_module
from inspect import getmembers, isfunction, signature
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from data.mapping import parse_map
from program import actions
from program.actions.assessments import add_respondent, join_run, start_run
from program.actions.budget import add_line
from program.actions.evidence import add_evidence
from program.actions.influence import set_tie
from program.actions.members import invite_member
from program.actions.objectives import add_objective
from program.actions.ownership import add_item, hand_over, set_duty
from program.actions.stakeholders import add_stakeholder, add_step
from program.actions.targets import set_target
from program.ownership import Change, Fix
from program.queries.influence import ties
from program.queries.members import members
from program.queries.targets import targets
from program.register_file import RegisterRow
from program.reports.exchange import export_program
from program.runs import GivenAnswer
from program.stakeholders import Placing
from program.typed_ties import TypedTie
from program.values import Actor
from tests.program.making import component
from tests.program.model_files import edited, reworded, version

DAY = date(2026, 3, 1)
MAP = "table: account\nformat: csv\nid: [account_id]\nfields: {account_id: {from: account_id}, name: {from: name}}\n"
SHOWN: dict[str, Any] = {
    "statement_id": "MI-VOC-1", "function": "it", "kind": "decision_log", "note": "Minutes of May"
}  # fmt: skip


@dataclass(frozen=True)
class World:
    """
    A program with one row of each kind: their ids. mine: the respondent of whoever acts.
    other_id, second_id: another stakeholder and component.
    """

    home: Path
    program_id: str
    run_id: str
    respondent_id: str
    mine: str
    component_id: str
    second_id: str
    stakeholder_id: str
    other_id: str
    step_id: str
    tie_id: str
    item_id: str
    handover_id: str
    line_id: str
    objective_id: str
    target_id: str
    evidence_id: str
    membership_id: str
    user_id: str
    exported: bytes

    @property
    def accounts(self) -> Path:
        file = self.home / "accounts.csv"
        file.write_text("account_id,name\n007,Ann & Co\n")
        return file


def world(owner: Actor, program_id: str, home: Path) -> World:
    """Fill an empty program. The owner has joined its run, and a person without a user."""
    run_id = start_run(owner, program_id=program_id, name="Spring")
    component_id = component(owner, program_id)
    stakeholder_id = add_stakeholder(owner, program_id=program_id, name="Ada")
    other_id = add_stakeholder(owner, program_id=program_id, name="Cy")
    set_tie(owner, program_id=program_id, source_id=stakeholder_id, target_id=other_id, kind="advises", weight=2)
    (tie,) = ties(program_id)
    set_duty(
        owner, program_id=program_id, component_id=component_id, stakeholder_id=stakeholder_id, letters="A", before=""
    )
    set_target(owner, program_id=program_id, component_id=component_id, metric_id="win_rate", target=Decimal("0.6"))
    membership_id = invite_member(owner, program_id=program_id, email="ivy@example.com", name="Ivy", role="viewer")
    (target,) = targets(program_id)
    return World(
        home=home,
        program_id=program_id,
        run_id=run_id,
        respondent_id=add_respondent(owner, program_id=program_id, run_id=run_id, name="Ann", function="sales"),
        mine=join_run(owner, program_id=program_id, run_id=run_id, function="it"),
        component_id=component_id,
        second_id=component(owner, program_id, "Community desk"),
        stakeholder_id=stakeholder_id,
        other_id=other_id,
        step_id=add_step(owner, program_id=program_id, stakeholder_id=stakeholder_id, what="Have coffee"),
        tie_id=tie.id,
        item_id=add_item(owner, program_id=program_id, kind="decision", name="What may be said", scheme="daci"),
        handover_id=hand_over(owner, program_id=program_id, component_id=component_id, to_id=other_id, on=DAY),
        line_id=add_line(owner, program_id=program_id, component_id=component_id, name="Tools"),
        objective_id=add_objective(owner, program_id=program_id, title="Answer sooner"),
        target_id=target.id,
        evidence_id=add_evidence(owner, program_id=program_id, run_id=run_id, **SHOWN),
        membership_id=membership_id,
        user_id=next(member.user_id for member in members(program_id) if member.id == membership_id),
        exported=export_program(program_id),
    )


@dataclass(frozen=True)
class Case:
    """The grant that an action needs, what it is given besides the program, and whether it acts on them all."""

    grant: str
    given: Callable[[World], dict[str, Any]]
    everywhere: bool = False


NEW_PROGRAM = {"name": "Next", "client_name": "Acme", "currency": "CHF", "time_zone": "UTC", "starts_on": DAY}
MONEY = {"kind": "actual", "on": DAY, "amount": Decimal(5), "currency": "EUR", "document": "I-1"}
CASES: dict[str, Case] = {
    "assessments.start_run": Case("assess.manage", lambda _: {"name": "Summer"}),
    "assessments.join_run": Case("assess.answer", lambda w: {"run_id": w.run_id, "function": "sales"}),
    "assessments.save_answer": Case(
        "assess.answer",
        lambda w: {
            "respondent_id": w.mine, "statement_id": "MI-VOC-1", "kind": "level", "level": 2, "version": None
        },
    ),
    "assessments.save_view": Case(
        "assess.answer",
        lambda w: {
            "respondent_id": w.mine, "question_id": "P7", "about": "", "value": {"aspect": "mindset"}, "version": None
        },
    ),
    "assessments.make_link": Case("assess.manage", lambda w: {"run_id": w.run_id, "version": 1}),
    "assessments.stop_link": Case("assess.manage", lambda w: {"run_id": w.run_id, "version": 1}),
    "assessments.remove_respondent": Case(
        "assess.manage", lambda w: {"respondent_id": w.respondent_id, "version": 1}
    ),
    "assessments.add_respondent": Case(
        "assess.manage", lambda w: {"run_id": w.run_id, "name": "Bo", "function": "it"}
    ),
    "assessments.add_answers": Case(
        "assess.manage",
        lambda w: {"respondent_id": w.respondent_id, "answers": [GivenAnswer("MI-VOC-1", "level", 2)]},
    ),
    "assessments.close_run": Case("assess.manage", lambda w: {"run_id": w.run_id, "version": 1}),
    "budget.add_line": Case("money.edit", lambda w: {"component_id": w.component_id, "name": "Staff"}),
    "budget.change_line": Case("money.edit", lambda w: {"line_id": w.line_id, "version": 1, "name": "Staff"}),
    "budget.remove_line": Case("money.edit", lambda w: {"line_id": w.line_id, "version": 1}),
    "budget.book": Case("money.edit", lambda w: {"line_id": w.line_id, **MONEY}),
    "budget.set_forecast": Case("money.edit", lambda w: {"line_id": w.line_id, "on": DAY, "amount": Decimal(9)}),
    "components.adopt": Case("plan.edit", lambda _: {"proposals": ["C01", "C02"]}),
    "components.add_component": Case("plan.edit", lambda _: {"name": "Community"}),
    "components.change_component": Case(
        "plan.edit", lambda w: {"component_id": w.component_id, "version": 1, "stage": "decided"}
    ),
    "components.remove_component": Case("plan.edit", lambda w: {"component_id": w.component_id, "version": 1}),
    "evidence.add_evidence": Case("assess.answer", lambda w: {"run_id": w.run_id, **SHOWN}),
    "evidence.remove_evidence": Case("assess.answer", lambda w: {"evidence_id": w.evidence_id, "version": 1}),
    "influence.set_tie": Case(
        "influence.edit",
        lambda w: {
            "source_id": w.stakeholder_id, "target_id": w.other_id, "kind": "advises", "weight": 5, "version": 1
        },
    ),
    "influence.remove_tie": Case("influence.edit", lambda w: {"tie_id": w.tie_id, "version": 1}),
    "influence.import_ties": Case(
        "influence.edit", lambda w: {"ties": [TypedTie(w.other_id, w.stakeholder_id, "reports_to", 3)]}
    ),
    "members.invite_member": Case(
        "members.manage", lambda _: {"email": "new@example.com", "name": "New", "role": "viewer"}
    ),
    "members.change_role": Case(
        "members.manage", lambda w: {"membership_id": w.membership_id, "role": "editor", "version": 1}
    ),
    "members.remove_member": Case("members.manage", lambda w: {"membership_id": w.membership_id, "version": 1}),
    "members.set_active": Case(
        "members.manage", lambda w: {"user_id": w.user_id, "active": False, "version": 1}, everywhere=True
    ),
    "models.publish_model": Case(
        "assess.manage", lambda _: {"content": edited(reworded, to=version("patch")), "file": "mine.yaml"}
    ),
    "objectives.add_objective": Case("plan.edit", lambda w: {"title": "Sell less", "owner_id": w.stakeholder_id}),
    "objectives.change_objective": Case(
        "plan.edit", lambda w: {"objective_id": w.objective_id, "version": 1, "title": "Answer at once"}
    ),
    "objectives.remove_objective": Case("plan.edit", lambda w: {"objective_id": w.objective_id, "version": 1}),
    "ownership.set_duty": Case(
        "people.edit",
        lambda w: {
            "component_id": w.component_id, "stakeholder_id": w.stakeholder_id, "letters": "R", "before": "A"
        },
    ),
    "ownership.set_item_duty": Case(
        "people.edit",
        lambda w: {"item_id": w.item_id, "stakeholder_id": w.stakeholder_id, "letters": "D", "before": ""},
    ),
    "ownership.apply_fix": Case(
        "people.edit",
        lambda w: {"fix": Fix("Make Ada responsible", (Change(w.component_id, w.stakeholder_id, "A", "A/R"),))},
    ),
    "ownership.set_scheme": Case(
        "people.edit", lambda w: {"component_id": w.component_id, "scheme": "daci", "version": 1}
    ),
    "ownership.set_item_scheme": Case("people.edit", lambda w: {"item_id": w.item_id, "scheme": "raci", "version": 1}),
    "ownership.add_item": Case("people.edit", lambda _: {"kind": "capability", "name": "Answering in public"}),
    "ownership.rename_item": Case("people.edit", lambda w: {"item_id": w.item_id, "name": "Who may", "version": 1}),
    "ownership.remove_item": Case("people.edit", lambda w: {"item_id": w.item_id, "version": 1}),
    "ownership.set_ladder": Case(
        "people.edit",
        lambda w: {"component_id": w.component_id, "stage": "network", "wanted": "coordinator", "version": 1},
    ),
    "ownership.hand_over": Case(
        "people.edit", lambda w: {"component_id": w.second_id, "to_id": w.other_id, "on": DAY}
    ),
    "ownership.complete_hand_over": Case("people.edit", lambda w: {"handover_id": w.handover_id, "version": 1}),
    "ownership.cancel_hand_over": Case("people.edit", lambda w: {"handover_id": w.handover_id, "version": 1}),
    "programs.create_program": Case("program.create", lambda _: dict(NEW_PROGRAM), everywhere=True),
    "programs.duplicate_program": Case(
        "program.create", lambda _: {"name": "Copy", "client_name": "Acme"}, everywhere=True
    ),
    "programs.import_program": Case("program.create", lambda w: {"content": w.exported}, everywhere=True),
    "programs.change_program": Case("program.manage", lambda _: {"version": 1, "name": "Renamed"}),
    "programs.archive_program": Case("program.manage", lambda _: {"version": 1}),
    "programs.unarchive_program": Case("program.manage", lambda _: {"version": 1}),
    "sources.import_upload": Case(
        "measure.import",
        lambda w: {
            "home": w.home, "path": w.accounts, "file_name": "accounts.csv", "mapping": parse_map(MAP),
            "source": "files", "accept_broken_lines": False,
        },
    ),
    "stakeholders.add_stakeholder": Case("people.edit", lambda _: {"name": "Bo"}),
    "stakeholders.change_stakeholder": Case(
        "people.edit", lambda w: {"stakeholder_id": w.stakeholder_id, "version": 1, "stance": "leading"}
    ),
    "stakeholders.move_stakeholder": Case(
        "people.edit",
        lambda w: {"stakeholder_id": w.stakeholder_id, "power": Decimal(1), "interest": Decimal(2), "version": 1},
    ),
    "stakeholders.move_stakeholders": Case(
        "people.edit",
        lambda w: {"moves": [Placing(each, Decimal(1), Decimal(2), 1) for each in (w.stakeholder_id, w.other_id)]},
    ),
    "stakeholders.import_stakeholders": Case(
        "people.edit",
        lambda _: {"rows": [RegisterRow(1, "Ada", "Ada", {"power": Decimal(9)}), RegisterRow(2, "Bo", None, {})]},
    ),
    "stakeholders.set_stand_in": Case(
        "people.edit", lambda w: {"stakeholder_id": w.stakeholder_id, "stand_in_id": w.other_id}
    ),
    "stakeholders.add_step": Case(
        "people.edit", lambda w: {"stakeholder_id": w.other_id, "what": "Ask them", "owner_id": w.stakeholder_id}
    ),
    "stakeholders.change_step": Case(
        "people.edit", lambda w: {"step_id": w.step_id, "version": 1, "owner_id": w.other_id}
    ),
    "stakeholders.close_step": Case("people.edit", lambda w: {"step_id": w.step_id, "version": 1}),
    "stakeholders.remove_stakeholder": Case(
        "people.edit", lambda w: {"stakeholder_id": w.stakeholder_id, "version": 1}
    ),
    "targets.set_target": Case(
        "plan.edit",
        lambda w: {"component_id": w.component_id, "metric_id": "win_rate", "target": Decimal("0.7"), "version": 1},
    ),
    "targets.remove_target": Case("plan.edit", lambda w: {"target_id": w.target_id, "version": 1}),
}  # fmt: skip


@cache
def every_action() -> dict[str, Callable[..., Any]]:
    """Every public function of program/actions, as module.name."""
    return dict(_actions())


def _actions() -> Iterator[tuple[str, Callable[..., Any]]]:
    for module in iter_modules(actions.__path__, "program.actions."):
        for name, function in getmembers(import_module(module.name), isfunction):
            if function.__module__ == module.name and not name.startswith("_"):
                yield f"{module.name.rpartition('.')[2]}.{name}", function


def call(name: str, actor: Actor, w: World, **more: Any) -> Any:
    """Carry out an action of the table in the world's program; more: what it is given instead."""
    action = every_action()[name]
    given = CASES[name].given(w) | more
    if "program_id" in signature(action).parameters:
        given["program_id"] = w.program_id
    return action(actor, **given)
