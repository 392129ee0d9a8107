"""raci: what is wrong with a responsibility matrix."""

from pathlib import Path

import click

from program import ownership
from program.commands.output import BadInput, decode, emit, json_option, read_file
from program.policy import load as load_policy


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def raci(file: Path, as_json: bool) -> None:
    """Check who is responsible, accountable, consulted and informed."""
    try:
        matrix = ownership.read_raci(decode(read_file(file), str(file)), str(file))
    except ownership.BadRaci as problem:
        raise BadInput(str(problem)) from problem
    findings = ownership.findings(matrix.items, matrix.people, matrix.duties, load_policy())
    emit(
        ownership.as_json(findings),
        as_json=as_json,
        lines=lambda: [f"{each.severity:8} {each.sentence}" for each in findings] or ["Nothing to mend."],
    )


COMMANDS = (raci,)
