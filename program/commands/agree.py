"""agreement: where people agree, and which roles differ."""

from collections.abc import Iterable
from pathlib import Path

import click

from assessments import agreement as agreeing
from assessments.agreement import rounds
from assessments.agreement.scale import MOST_OPTIONS, Scale
from assessments.csv_file import BadAnswers
from program.commands.output import BadInput, emit, json_option, number, read_file


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--options", type=click.IntRange(2, MOST_OPTIONS), required=True, help="How many options the scale has.")
@click.option("--first", type=int, default=1, show_default=True, help="The lowest rating.")
@click.option("--permutations", type=click.IntRange(1, 1_000_000), default=10_000, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Of the permutations.")
@click.option("--before", type=click.Path(path_type=Path), help="The ratings of an earlier round, for what moved.")
@json_option
def agreement(
    file: Path, options: int, first: int, permutations: int, seed: int, before: Path | None, as_json: bool
) -> None:
    """Say where people agree on each item, and which roles differ, from a file of ratings."""
    scale = Scale(options, first)
    table = _table(file, scale)
    changes = rounds.moved(_table(before, scale), table) if before else ()
    result = agreeing.agreement(table, permutations=permutations, seed=seed)
    emit(
        agreeing.as_json(result) | ({"moved": rounds.as_json(changes)} if before else {}),
        as_json=as_json,
        lines=lambda: [*_agreement_lines(result), *_moved_lines(changes)],
    )


COMMANDS = (agreement,)


def _table(file: Path, scale: Scale) -> agreeing.Table:
    try:
        ratings = agreeing.read_ratings(read_file(file), scale=scale, file=str(file))
    except BadAnswers as problem:
        raise BadInput(str(problem)) from problem
    return agreeing.tabulate(ratings, scale)


def _moved_lines(changes: Iterable[rounds.Moved]) -> list[str]:
    return [
        f"  {each.id:10} of {each.n} people in both rounds {_percent(each.moved_to_median)} moved to the first median,"
        f" average deviation by {number(each.average_deviation_change)}, p {number(each.wilcoxon_p)}"
        + (" (most did: ask what moved them)" if each.conformity else "")
        for each in changes
    ]


def _percent(share: float | None) -> str:
    return "n/a" if share is None else f"{share:.0%}"


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
