"""What the results page reads of one run: computed anew only when something in the program changed."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar, cast

from assessments.evidence import EvidencedLevel
from assessments.library import Library
from assessments.scoring import Assessment
from pages.ui import shell
from pages.ui.shell import Visit
from program.facts import FactValue
from program.queries import assessments as queries
from program.queries import facts, sources
from program.queries.revisions import revision
from program.runs import Run

Read = TypeVar("Read")


def of_run(query: Callable[[str, str], Read], visit: Visit, run: Run) -> Read:
    """Return what a query says about a run of the chosen program; kept until the program changes."""
    return cast(Read, _of_run(query, visit.program_id, run.id, revision(visit.program_id)))


def of_program(query: Callable[[str], Read], visit: Visit) -> Read:
    """Return what a query says about the chosen program; kept until the program changes."""
    return cast(Read, _of_program(query, visit.program_id, revision(visit.program_id)))


def assessed(visit: Visit, run: Run) -> tuple[Assessment, Library]:
    """Return what a run's answers say, and the model that it was opened with."""
    return of_run(queries.assessment, visit, run), library(visit, run)


def library(visit: Visit, run: Run) -> Library:
    """Return the model that a run was opened with."""
    return _library(visit.program_id, run.id, run.model_sha256)


def facts_of(visit: Visit) -> dict[str, FactValue]:
    """Return what the program says about itself today, by the fact's id."""
    return _facts(*_now(visit))


def evidenced_of(visit: Visit, run: Run) -> dict[str, EvidencedLevel]:
    """Return what is shown of each statement beside what is claimed, by its id."""
    return {each.statement: each for each in _evidenced(run.id, *_now(visit))}


def prepare(visit: Visit, run: Run) -> None:
    """Read what the client's data says, with a line of words: the first time it takes a while."""
    with shell.working("Reading what the program itself says"):
        evidenced_of(visit, run)


def _now(visit: Visit) -> tuple[str, str, int, date, Path]:
    """What facts depend on: the program, its last change, its client's data, and the day."""
    data = sources.version(visit.home, visit.program.client_key)
    return visit.program_id, revision(visit.program_id), data, visit.today, visit.home


@lru_cache(maxsize=256)
def _of_run(
    query: Callable[[str, str], object],
    program_id: str,
    run_id: str,
    revision: str,  # noqa: ARG001  every change is a new revision
) -> object:
    return query(program_id, run_id)


@lru_cache(maxsize=64)
def _of_program(query: Callable[[str], object], program_id: str, revision: str) -> object:  # noqa: ARG001  as above
    return query(program_id)


@lru_cache(maxsize=64)
def _library(program_id: str, run_id: str, sha256: str) -> Library:  # noqa: ARG001  a run keeps its model for good
    return queries.library(program_id, run_id)


@lru_cache(maxsize=16)
def _facts(
    program_id: str,
    revision: str,  # noqa: ARG001  as above
    data: int,  # noqa: ARG001  as above
    today: date,
    home: Path,
) -> dict[str, FactValue]:
    return facts.facts(program_id, today=today, home=home)


@lru_cache(maxsize=64)
def _evidenced(
    run_id: str, program_id: str, revision: str, data: int, today: date, home: Path
) -> tuple[EvidencedLevel, ...]:
    known = _facts(program_id, revision, data, today, home)
    return queries.evidenced(program_id, run_id, today=today, facts=known)
