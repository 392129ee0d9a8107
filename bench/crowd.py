"""
A program with a long run that 500 people answered, 200 people on the map, and 600 ties between them.

`GROUNDWORK_HOME=... python -m bench.crowd` prints its id as JSON.
"""

import json
import random
from datetime import UTC, datetime
from decimal import Decimal

from assessments import library
from bench.agreement import ratings
from program.actions.assessments import add_answers, add_respondent, start_run
from program.actions.influence import import_ties
from program.actions.members import local_owner
from program.actions.programs import create_program
from program.actions.stakeholders import import_stakeholders
from program.register_file import RegisterRow
from program.runs import GivenAnswer
from program.stakeholders import STANCES
from program.store.migrate import migrate
from program.typed_ties import TypedTie
from program.values import Actor

PEOPLE, TIES = 200, 600
SEED = 20_240_101


def fill() -> str:
    """Make the program in the home that the environment names, and return its id. The answers are bench.agreement's."""
    migrate()
    now = datetime.now(UTC)
    owner = local_owner(now)
    program_id = create_program(
        owner, name="Crowd", client_name="Crowd", currency="USD", time_zone="UTC", starts_on=now.date()
    )
    run_id = start_run(owner, program_id=program_id, name="Crowd", form="long")
    table, statements = ratings(), library.load().statements("long")
    for name, role, levels in zip(table.raters, table.roles or (), table.levels.tolist(), strict=True):
        who = add_respondent(owner, program_id=program_id, run_id=run_id, name=name, function=role)
        given = zip(statements, levels, strict=True)
        answers = [GivenAnswer(statement.id, "level", level) for statement, level in given if level >= 0]
        add_answers(owner, program_id=program_id, respondent_id=who, answers=answers)
    _put_on_map(owner, program_id)
    return program_id


def _put_on_map(owner: Actor, program_id: str) -> None:
    chance = random.Random(SEED)
    rows = []
    for number in range(PEOPLE):
        places = {name: Decimal(chance.randint(0, 100)) / 10 for name in ("power", "interest", "legitimacy", "urgency")}
        stances = {"stance": chance.choice(STANCES), "wanted_stance": chance.choice(STANCES[2:])}
        rows.append(RegisterRow(number + 1, f"Person {number}", None, {**places, **stances, "function": "sales"}))
    ids = import_stakeholders(owner, program_id=program_id, rows=rows)
    pairs = {tuple(chance.sample(ids, 2)) for _ in range(TIES)}
    ties = [TypedTie(one, other, "influences", chance.randint(1, 5)) for one, other in sorted(pairs)]
    import_ties(owner, program_id=program_id, ties=ties)


if __name__ == "__main__":
    print(json.dumps({"program": fill()}))
