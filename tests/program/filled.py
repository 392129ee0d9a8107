"""A small program with a row in every table that it owns, and two people who are tied."""

from datetime import date
from decimal import Decimal

from assessments.library import load
from program.store import tables as t
from program.store.unit_of_work import intend
from program.values import Actor
from tests.program.filled_plan import fill_plan

DAY = date(2026, 2, 3)


def fill(owner: Actor, program_id: str) -> None:
    with intend(owner, action="test.fill", needs="program.manage", program_id=program_id) as unit:
        add = unit.add
        ada = add(t.Stakeholder(program_id=program_id, name="Ada", power=Decimal("6.25"), interest=Decimal("7.7")))
        place = {"power": ada.power, "interest": ada.interest, "stance": "unaware", "wanted_stance": "supportive"}
        add(t.StakeholderState(stakeholder_id=ada.id, at=owner.now, by="Eva", urgency=Decimal("3.5"), **place))
        step = {"what": "Have coffee", "owner_id": ada.id, "due_on": date(2026, 3, 9)}
        add(t.EngagementStep(stakeholder_id=ada.id, done_at=owner.now, **step))
        bo = add(t.Stakeholder(program_id=program_id, name="Bo", power=Decimal(2), interest=Decimal(3)))
        add(t.StandIn(stakeholder_id=ada.id, stand_in_id=bo.id))
        ends = {"source_id": ada.id, "target_id": bo.id}
        add(t.Tie(program_id=program_id, kind="advises", weight=4, known_from="Bo says so", on=DAY, **ends))
        add(t.Objective(program_id=program_id, title="Answer sooner", owner_id=ada.id, target=Decimal("2.5")))
        run = add(
            t.AssessmentRun(
                program_id=program_id,
                name="First",
                model_version="1",
                model_sha256=load().sha256,
                model_snapshot=load().snapshot(),
                opened_at=owner.now,
            )
        )
        voice = add(t.Respondent(run_id=run.id, user_id=owner.user_id, name="Ada", function="sales"))
        add(t.Answer(respondent_id=voice.id, statement_id="MI-INT-1", kind="level", level=3, answered_at=owner.now))
        seen = {"position": 3, "why": "It helps nobody."}
        add(t.PerspectiveAnswer(respondent_id=voice.id, question_id="P1", value=seen, answered_at=owner.now))
        shown = load().statement("MI-VOC-1").evidence[0].kind
        add(
            t.Evidence(
                run_id=run.id,
                statement_id="MI-VOC-1",
                kind=shown,
                file_name="log.csv",
                media_type="text/csv",
                content="ZGF0ZSxkZWNpc2lvbgo=",
                added_at=owner.now,
            )
        )
        mindset = load().aspects["mindset"]
        add(
            t.PublishedModel(
                program_id=program_id,
                aspect=mindset.id,
                model_version=mindset.version,
                sha256=mindset.sha256,
                content=load().snapshot()["mindset"],
                published_at=owner.now,
            )
        )
        part = add(
            t.Component(
                program_id=program_id, name="Community", origin="essay", stage="tweaked", live_on=date(2026, 2, 1)
            )
        )
        add(t.Duty(component_id=part.id, stakeholder_id=ada.id, letter="A"))
        item = add(t.OwnedItem(program_id=program_id, kind="decision", name="What may be said", scheme="daci"))
        add(t.ItemDuty(item_id=item.id, stakeholder_id=bo.id, letter="D"))
        add(t.Handover(component_id=part.id, from_id=ada.id, to_id=bo.id, on=DAY, note="After the summer"))
        line = add(
            t.BudgetLine(component_id=part.id, name="Licenses", category="software", currency="EUR", owner_id=ada.id)
        )
        add(
            t.LedgerEntry(
                program_id=program_id,
                line_id=line.id,
                kind="plan",
                on=date(2026, 1, 31),
                amount=Decimal("1200.10"),
                currency="EUR",
                source="entered",
                document="plan",
            )
        )
        add(t.MetricTarget(component_id=part.id, metric_id="win_rate", target=Decimal("0.65")))
        fill_plan(owner, unit, part.id, ada.id, line.id)
