"""Reads of what a run's answers say; of an anonymous run only what may be shown, so that no page can forget it."""

from collections.abc import Iterator
from dataclasses import replace

from assessments import disclosure
from assessments.alignment import Alignment
from assessments.alignment import alignment as alignment_of
from assessments.functions import ASPECTS
from assessments.path import Path, shortest_path
from assessments.progress import comparable
from assessments.responses import Answer
from assessments.scoring import Assessment, assess
from assessments.sensitivity import READINESS, Bands
from assessments.sensitivity import bands as bands_of
from program.queries.answers import answers as answers
from program.queries.answers import given
from program.queries.evidence import evidence as evidence
from program.queries.evidence import evidence_file as evidence_file
from program.queries.evidence import evidenced as evidenced
from program.queries.runs import latest_answered_run as latest_answered_run
from program.queries.runs import latest_run as latest_run
from program.queries.runs import library as library
from program.queries.runs import my_answers as my_answers
from program.queries.runs import my_respondent as my_respondent
from program.queries.runs import my_views as my_views
from program.queries.runs import progress as progress
from program.queries.runs import run as run
from program.queries.runs import runs as runs
from program.queries.views import others_gains as others_gains
from program.queries.views import perspective as perspective
from program.queries.views import views as views
from program.runs import Run


def assessment(program_id: str, run_id: str) -> Assessment:
    """
    Return what a run's answers say, by the model and the form that it was opened with. Raises Missing.

    Of an anonymous run: nothing until it is closed, and then what assessments/disclosure.py lets be shown.
    """
    found, model = run(program_id, run_id), library(program_id, run_id)
    if not found.readable:
        return disclosure.nothing_yet(model)
    said = given(program_id, run_id)
    result = assess(said, model, form=found.form)
    return disclosure.disclosed(result, said, model) if found.anonymous else result


def alignment(program_id: str, run_id: str) -> Alignment:
    """Return where people agree, statement by statement; of an anonymous run as `assessment` does. Raises Missing."""
    found, model = run(program_id, run_id), library(program_id, run_id)
    result = alignment_of(_readable(program_id, found), model, form=found.form, disclose=found.anonymous)
    if found.readable:
        return result
    silent = tuple(replace(each, withheld=disclosure.NOT_YET) for each in result.statements)
    return replace(result, statements=silent, reasons={"people": disclosure.NOT_YET})


def bands(program_id: str, run_id: str) -> Bands:
    """
    Return how far each score, and readiness, would move with other people of the same kind. Raises Missing.

    Of an anonymous run there is a band where the score is shown.
    """
    found, model = run(program_id, run_id), library(program_id, run_id)
    result = bands_of(_readable(program_id, found), model, form=found.form, seed=run_id)
    hidden = dict(_hidden(program_id, found))
    if hidden:
        hidden[READINESS] = next(iter(hidden.values()))
    return Bands(result | dict.fromkeys(hidden), result.reasons | hidden)


def path(program_id: str, run_id: str) -> Path:
    """
    Return the shortest way to the next gate. Raises Missing.

    Of an anonymous run there is one where every score is shown.
    """
    found, model = run(program_id, run_id), library(program_id, run_id)
    for reason in dict(_hidden(program_id, found)).values():
        return Path(None, None, (), exact=True, readiness_before=None, reason=reason)
    return shortest_path(_readable(program_id, found), model, form=found.form)


def comparable_runs(program_id: str, run_id: str) -> list[Run]:
    """
    Return the program's runs that may be compared with one, itself among them, the oldest first. Raises Missing.

    They have answers that may be read, to statements of the same major version in each aspect.
    """
    this = _versions(run(program_id, run_id))
    found = [each for each in runs(program_id) if each.readable and each.answers]
    return [each for each in reversed(found) if each.id == run_id or comparable(_versions(each), this)]


def _readable(program_id: str, found: Run) -> list[Answer]:
    return given(program_id, found.id) if found.readable else []


def _hidden(program_id: str, found: Run) -> Iterator[tuple[str, str]]:
    """The aspects of an anonymous run whose score is not shown, with the reason."""
    if not found.readable:
        yield from dict.fromkeys(ASPECTS, disclosure.NOT_YET).items()
    elif found.anonymous:
        for name, score in assessment(program_id, found.id).aspects.items():
            if score.score is None:
                yield name, score.reasons["score"]


def _versions(found: Run) -> dict[str, str]:
    """The version of each aspect; the store keeps them in this order, and one where all are the same."""
    versions = found.model_version.split(" / ")
    return dict(zip(ASPECTS, versions if len(versions) > 1 else versions * len(ASPECTS), strict=False))
