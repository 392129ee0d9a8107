"""The sample program: made by the same actions that people use, from sample.yaml and the generated CRM data."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import delete, func, select

from data.sample.generate import generate
from program import sample_story
from program.actions import (
    assessments,
    budget,
    components,
    evidence,
    members,
    objectives,
    ownership,
    programs,
    targets,
)
from program.actions.sample_people import SamplePeople
from program.actions.sample_plan import SamplePlan
from program.actions.sample_record import SampleRecord
from program.sample_story import Stage
from program.store import tables
from program.store.engine import home, reading
from program.store.unit_of_work import intend
from program.values import Actor

CLIENT = "sample"
STORY, PLAN = (Path(__file__).with_name(name) for name in ("sample.yaml", "sample_plan.yaml"))


@dataclass(frozen=True)
class Sample:
    """What was made: the program's id and rows by table, records and CRM data together."""

    program_id: str
    counts: dict[str, int]


def create(*, now: datetime) -> Sample:
    """Make the sample program again, its CRM data included; an earlier sample is replaced, other programs stay."""
    actor = members.local_owner(now)
    story = _story()
    _remove_earlier(actor)
    today = now.date()
    counts = generate(home(), CLIENT, end=today - timedelta(days=1))
    starts_on = today + timedelta(days=story["starts"])
    program_id = programs.create_program(
        replace(actor, now=datetime.combine(starts_on, now.timetz())),
        name=story["program"],
        client_name=story["client"],
        client_key=CLIENT,
        currency=story["currency"],
        time_zone=story["time_zone"],
        starts_on=starts_on,
        is_sample=True,
    )
    stage = Stage(actor, program_id, today)
    story_of_people = SamplePeople(stage, story)
    people = story_of_people.put_on_the_map()
    _objectives(stage, story, people)
    for run in story["runs"]:
        _run(stage, run, story["cards"])
    made = {each["name"]: _component(stage, each, people) for each in story["components"]}
    story_of_people.own(people, made)
    plan = _read(PLAN)
    SamplePlan(stage, people, made, plan).tell()
    SampleRecord(stage, people, made, plan).tell()
    return Sample(program_id, counts | _record_counts(program_id))


@cache
def _story() -> dict[str, Any]:
    return _read(STORY)


def _read(file: Path) -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return told


def _remove_earlier(actor: Actor) -> None:
    with intend(actor, action="sample.remove", needs="program.create", program_id=None) as unit:
        unit.session.execute(delete(tables.Program).where(tables.Program.is_sample))


def _objectives(stage: Stage, story: dict[str, Any], people: dict[str, str]) -> None:
    for each in story["objectives"]:
        objectives.add_objective(
            stage.actor,
            program_id=stage.program_id,
            title=each["title"],
            owner_id=people[each["owner"]],
            metric_id=each.get("metric"),
            target=Decimal(each["target"]) if "target" in each else None,
            due_on=stage.day(each["due"]),
        )


def _run(stage: Stage, story: dict[str, Any], cards: dict[str, str]) -> None:
    opened = stage.at(story["from"])
    after = replace(opened, now=opened.now + timedelta(minutes=5))
    run: dict[str, Any] = {"program_id": stage.program_id}
    run["run_id"] = assessments.start_run(opened, program_id=stage.program_id, name=story["name"])
    for place, (name, function) in enumerate(story["respondents"]):
        person = assessments.add_respondent(opened, **run, name=name, function=function)
        said, (first, later) = sample_story.answers(story, place), sample_story.views(_seen(story, name), cards)
        whose = {"program_id": stage.program_id, "respondent_id": person}
        assessments.add_answers(opened, **whose, answers=said, views=first)
        if later:
            assessments.add_answers(after, **whose, answers=[], views=later)
    for each in story.get("evidence", ()):
        _evidence(stage.at(each["at"]), run, each)
    if "closed" in story:
        assessments.close_run(stage.at(story["closed"]), **run, version=1)


def _seen(story: dict[str, Any], name: str) -> dict[str, Any]:
    seen: dict[str, Any] = story.get("views", {}).get(name, {})
    return seen


def _evidence(actor: Actor, run: dict[str, Any], story: dict[str, Any]) -> None:
    evidence.add_evidence(
        actor,
        **run,
        statement_id=story["statement"],
        function=story.get("function"),
        kind=story["kind"],
        note=story.get("note"),
        link=story.get("link"),
        file_name=story.get("file"),
        content=story["text"].encode() if "text" in story else None,
    )


def _component(stage: Stage, story: dict[str, Any], people: dict[str, str]) -> str:
    (component_id,) = components.adopt(
        stage.actor, program_id=stage.program_id, proposals=[(story["catalog"], story["dimension"])]
    )
    components.change_component(
        stage.actor,
        program_id=stage.program_id,
        component_id=component_id,
        version=1,
        name=story["name"],
        pillar=story.get("pillar"),
        stage=story["stage"],
        goal=story["goal"],
        starts_on=stage.day(story["starts"]),
        due_on=stage.day(story["due"]),
        live_on=stage.day(story["live"]) if "live" in story else None,
    )
    for person, letters in story["duties"].items():
        ownership.set_duty(
            stage.actor,
            program_id=stage.program_id,
            component_id=component_id,
            stakeholder_id=people[person],
            letters=letters,
            before="",
        )
    if "target" in story:
        targets.set_target(
            stage.actor,
            program_id=stage.program_id,
            component_id=component_id,
            metric_id=story["target"]["metric"],
            target=Decimal(story["target"]["target"]),
            due_on=stage.day(story["target"]["due"]),
        )
    for line in story["lines"]:
        _line(stage, component_id, stage.day(story["starts"]), line)
    return component_id


def _line(stage: Stage, component_id: str, starts_on: date, story: dict[str, Any]) -> None:
    line_id = budget.add_line(
        stage.actor,
        program_id=stage.program_id,
        component_id=component_id,
        name=story["name"],
        category=story["category"],
        nature=story.get("nature", "non_labor"),
        spending=story.get("spending", "opex"),
        planned=Decimal(story["plan"]),
        on=starts_on,
    )
    for kind, document, row, offset, amount, against in _movements(story):
        budget.book(
            stage.actor,
            program_id=stage.program_id,
            line_id=line_id,
            kind=kind,
            on=stage.day(offset),
            amount=Decimal(amount),
            currency=_story()["currency"],
            document=document,
            row=row,
            against=against,
            source="sample",
        )


def _movements(story: dict[str, Any]) -> Iterator[tuple[str, str, str, int, int, str | None]]:
    """Kind, document, row, day, amount and the commitment it counts against."""
    for document, offset, amount, invoices in story.get("orders", []):
        yield "commitment", document, "1", offset, amount, None
        for row, (invoiced_on, invoiced) in enumerate(invoices, start=1):
            yield "actual", f"INV-{document[3:]}", str(row), invoiced_on, invoiced, document
    for document, offset, amount in story.get("credits", []):
        yield "credit", document, "1", offset, amount, None
    if "forecast" in story:
        yield "forecast", f"F-{story['orders'][0][0]}", "1", -3, story["forecast"], None


def _record_counts(program_id: str) -> dict[str, int]:
    owned = (tables.Stakeholder, tables.Component, tables.Objective, tables.AssessmentRun, tables.LedgerEntry)
    with reading() as session:
        return {
            table.__tablename__: session.scalar(
                select(func.count()).select_from(table).where(table.program_id == program_id)
            )
            or 0
            for table in owned
        }
