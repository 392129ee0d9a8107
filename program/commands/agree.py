"""agreement: where people agree, and which roles differ."""

from pathlib import Path

import click

from assessments import agreement as agreeing
from assessments.agreement.scale import MOST_OPTIONS, Scale
from assessments.csv_file import BadAnswers
from program.commands.output import BadInput, emit, json_option, number, read_file


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--options", type=click.IntRange(2, MOST_OPTIONS), required=True, help="How many options the scale has.")
@click.option("--first", type=int, default=1, show_default=True, help="The lowest rating.")
@click.option("--permutations", type=click.IntRange(1, 1_000_000), default=10_000, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Of the permutations.")
@json_option
def agreement(file: Path, options: int, first: int, permutations: int, seed: int, as_json: bool) -> None:
    """Say where people agree on each item, and which roles differ, from a file of ratings."""
    scale = Scale(options, first)
    try:
        ratings = agreeing.read_ratings(read_file(file), scale=scale, file=str(file))
    except BadAnswers as problem:
        raise BadInput(str(problem)) from problem
    result = agreeing.agreement(agreeing.tabulate(ratings, scale), permutations=permutations, seed=seed)
    emit(agreeing.as_json(result), as_json=as_json, lines=lambda: _agreement_lines(result))


COMMANDS = (agreement,)


def _agreement_lines(result: agreeing.Agreement) -> list[str]:
    figures = result.overall
    return [
        f"{result.raters} people, {len(result.items)} items. Kendall's W {number(figures.kendall_w)} over the"
        f" {result.complete_raters} who rated every item.",
        *(
            f"  {item.id:10} {item.label.replace('_', ' '):22} median {number(item.median)}, rwg {number(item.rwg)},"
            f" average deviation {number(item.average_deviation)}, n {item.n}"
            for item in result.items
        ),
    ]
