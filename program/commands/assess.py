"""score and readiness: what answers say."""

from pathlib import Path

import click

from assessments import readiness as gating
from assessments import scoring
from assessments.functions import ASPECTS
from assessments.library import Library, load
from assessments.responses import Answer, BadAnswers, read_answers
from program.commands.output import BadInput, emit, json_option, number, read_file


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--assessment", type=click.Choice(ASPECTS), required=True)
@json_option
def score(file: Path, assessment: str, as_json: bool) -> None:
    """Score one assessment from a file of answers."""
    library = load()
    result = scoring.score(_answers(file, library), library, assessment)
    emit(
        scoring.as_json(result),
        as_json=as_json,
        lines=lambda: [
            f"{result.aspect} {number(result.score)} of 4 (model {result.version}, {result.n} people)",
            *(f"  {each.id:8} {number(each.score):>6}  {each.name}" for each in result.dimensions),
        ],
    )


@click.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--scores", help="mindset=1.2,mechanism=3.4,strategy=2.8 instead of a file.")
@click.option("--floors", help="mindset=1,mechanism=1: the lowest gated dimension; the score itself when left out.")
@json_option
def readiness(file: Path | None, scores: str | None, floors: str | None, as_json: bool) -> None:
    """Gate the three scores: what the house can carry today."""
    if (file is None) == (scores is None):
        raise BadInput("readiness takes either a file of answers or --scores, one of them.")
    if file is not None and floors is not None:
        raise BadInput("--floors goes with --scores; a file has its own floors.")
    result = _from_file(file) if file is not None else _from_scores(scores or "", floors)
    emit(
        gating.as_json(result),
        as_json=as_json,
        lines=lambda: [
            f"Readiness {number(result.readiness)} of 4. Start with {result.start_with}.",
            *(
                f"  {aspect:10} {number(result.raw[aspect])} answered, {number(result.capped[aspect])} counts"
                for aspect in ASPECTS
            ),
            *(f"  {cap.sentence}" for cap in result.caps),
        ],
    )


COMMANDS = (score, readiness)


def _answers(file: Path, library: Library) -> tuple[Answer, ...]:
    try:
        return read_answers(read_file(file), library=library, file=str(file))
    except BadAnswers as problem:
        raise BadInput(str(problem)) from problem


def _from_file(file: Path) -> gating.Readiness:
    library = load()
    return scoring.assess(_answers(file, library), library).readiness


def _from_scores(scores: str, floors: str | None) -> gating.Readiness:
    try:
        return gating.readiness(
            _pairs("--scores", scores), None if floors is None else _pairs("--floors", floors), gates=load().gates
        )
    except gating.BadScores as problem:
        raise BadInput(str(problem)) from problem


def _pairs(option: str, text: str) -> dict[str, float | None]:
    pairs: dict[str, float | None] = {}
    for part in text.split(","):
        name, equals, value = (each.strip() for each in part.partition("="))
        if not equals or name in pairs:
            raise BadInput(f"{option}: {part.strip()!r} is not ASPECT=NUMBER, each aspect once.")
        try:
            pairs[name] = float(value)
        except ValueError:
            raise BadInput(f"{option}: {value!r} in {part.strip()!r} is not a number.") from None
    return pairs
