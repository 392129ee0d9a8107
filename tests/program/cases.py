"""What each action is given: of the program itself, its assessments, people, components and money."""

from datetime import date
from decimal import Decimal

from data.mapping import parse_map
from program.ownership import Change, Fix
from program.register_file import RegisterRow
from program.runs import GivenAnswer
from program.stakeholders import Placing
from program.typed_ties import TypedTie
from tests.program.acting_world import SHOWN, Case
from tests.program.model_files import edited, reworded, version

DAY = date(2026, 3, 1)
MAP = "table: account\nformat: csv\nid: [account_id]\nfields: {account_id: {from: account_id}, name: {from: name}}\n"
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
        "plan.edit", lambda w: {"component_id": w.component_id, "version": 1, "pillar": "sales"}
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
