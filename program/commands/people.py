"""raci and network: what is wrong with a responsibility matrix, and who stands where among ties."""

from pathlib import Path

import click

from program import network as networks
from program import ownership
from program.commands.output import BadInput, decode, emit, json_option, number, read_file
from program.policy import load as load_policy
from program.table_file import BadTable
from program.ties import read_ties


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def raci(file: Path, as_json: bool) -> None:
    """Check who is responsible, accountable, consulted and informed."""
    try:
        matrix = ownership.read_raci(decode(read_file(file), str(file)), str(file))
    except BadTable as problem:
        raise BadInput(str(problem)) from problem
    findings = ownership.findings(matrix.items, matrix.people, matrix.duties, load_policy())
    emit(
        ownership.as_json(findings),
        as_json=as_json,
        lines=lambda: [f"{each.severity:8} {each.sentence}" for each in findings] or ["Nothing to mend."],
    )


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--directed", is_flag=True, help="A tie leads from source to target only.")
@json_option
def network(file: Path, directed: bool, as_json: bool) -> None:
    """Say who stands in the middle, who holds the network together, and who belongs together."""
    try:
        ties = read_ties(decode(read_file(file), str(file)), directed=directed, name=str(file))
    except BadTable as problem:
        raise BadInput(str(problem)) from problem
    result = networks.network(ties)
    emit(
        networks.as_json(result) | {"duplicates": ties.duplicates},
        as_json=as_json,
        lines=lambda: [
            f"{len(result.people)} people, density {number(result.density)}, diameter {number(result.diameter)}.",
            *(
                f"  {each.id:20} {each.degree} ties, betweenness {number(each.betweenness)}, closeness"
                f" {number(each.closeness)}{', cut vertex' if each.cut_vertex else ''}"
                for each in sorted(result.people, key=lambda person: -person.betweenness)
            ),
        ],
    )


COMMANDS = (raci, network)
