"""A program whose long run 500 people answered: `GROUNDWORK_HOME=... python -m bench.crowd` prints its id as JSON."""

import json
from datetime import UTC, datetime

from assessments import library
from bench.agreement import ratings
from program.actions.assessments import add_answers, add_respondent, start_run
from program.actions.members import local_owner
from program.actions.programs import create_program
from program.runs import GivenAnswer
from program.store.migrate import migrate


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
    return program_id


if __name__ == "__main__":
    print(json.dumps({"program": fill()}))
