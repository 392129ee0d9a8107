"""What the results page reads of one run: computed anew only when something in the program changed."""

from collections.abc import Callable, Hashable, Iterable
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TypeVar, cast

import streamlit as st

from assessments.content import Statement
from assessments.evidence import EvidencedLevel
from assessments.library import Library
from assessments.scoring import Assessment
from pages.ui.shell import Visit
from program.facts import FactValue
from program.queries import assessments as queries
from program.queries import facts, sources
from program.queries.revisions import revision
from program.runs import Run

Read = TypeVar("Read")


def of_run(query: Callable[[str, str], Read], visit: Visit, run: Run) -> Read:
    """Return what a query says about a run of the chosen program; kept until the program changes."""
    return cast(Read, _of_run(query, visit.program_id, run.id, now(visit)))


def of_program(query: Callable[..., Read], visit: Visit, *asked: Hashable) -> Read:
    """Return what a query says about the chosen program; kept until the program changes. asked: what else it takes."""
    return cast(Read, _of_program(query, visit.program_id, now(visit), asked))


def of_aspect(make: Callable[..., Read], visit: Visit, run: Run, aspect: str, *asked: Hashable) -> Read:
    """
    Return what is made of an aspect's score: a drawing, a table; kept until the program changes.

    make: takes the score, the run's model, and what is asked.
    """
    return cast(Read, _of_aspect(make, visit.program_id, run.id, run.model_sha256, now(visit), aspect, asked))


def assessed(visit: Visit, run: Run) -> tuple[Assessment, Library]:
    """Return what a run's answers say, and the model that it was opened with."""
    return of_run(queries.assessment, visit, run), library(visit, run)


def library(visit: Visit, run: Run) -> Library:
    """Return the model that a run was opened with."""
    return _library(visit.program_id, run.id, run.model_sha256)


def now(visit: Visit) -> str:
    """Return the program's revision as this run of the page began; it is looked up once."""
    return _revision(visit.program_id, visit.actor.now)


def fact_of(visit: Visit, fact_id: str) -> FactValue | None:
    """Return what the program says about a fact today."""
    return _facts(*_known(visit, {fact_id})).get(fact_id)


def evidenced_of(visit: Visit, run: Run, statements: Iterable[Statement]) -> dict[str, EvidencedLevel]:
    """Return what is shown of some statements beside what is claimed, by their id."""
    facts_by_id = {statement.id: statement.fact.id if statement.fact else "" for statement in statements}
    found = _evidenced(run.id, *_known(visit, facts_by_id.values()))
    return {id_: found[id_] for id_ in facts_by_id if id_ in found}


def _known(visit: Visit, fact_ids: Iterable[str]) -> tuple[str, str, date, Path | None, int]:
    """What some facts depend on: the program as it is, the day, and the client's data where one of them needs it."""
    program = visit.program_id, now(visit), visit.today
    if facts.MEASURED.isdisjoint(fact_ids):
        return *program, None, 0
    return *program, visit.home, _data(visit.home, visit.program.client_key, visit.actor.now)


@lru_cache(maxsize=256)
def _revision(program_id: str, at: datetime) -> str:  # noqa: ARG001  each run of a page has its own moment
    return revision(program_id)


@lru_cache(maxsize=256)
def _data(home: Path, client: str, at: datetime) -> int:  # noqa: ARG001  as above
    return sources.version(home, client)


@lru_cache(maxsize=256)
def _of_run(
    query: Callable[[str, str], object],
    program_id: str,
    run_id: str,
    revision: str,  # noqa: ARG001  every change is a new revision
) -> object:
    return query(program_id, run_id)


@lru_cache(maxsize=128)
def _of_program(
    query: Callable[..., object],
    program_id: str,
    revision: str,  # noqa: ARG001  as above
    asked: tuple[Hashable, ...],
) -> object:
    return query(program_id, *asked)


@lru_cache(maxsize=256)
def _of_aspect(
    make: Callable[..., object],
    program_id: str,
    run_id: str,
    sha256: str,
    revision: str,
    aspect: str,
    asked: tuple[Hashable, ...],
) -> object:
    found = cast(Assessment, _of_run(queries.assessment, program_id, run_id, revision))
    return make(found.aspects[aspect], _library(program_id, run_id, sha256), *asked)


@lru_cache(maxsize=64)
def _library(program_id: str, run_id: str, sha256: str) -> Library:  # noqa: ARG001  a run keeps its model for good
    return queries.library(program_id, run_id)


@lru_cache(maxsize=32)
def _facts(
    program_id: str,
    revision: str,  # noqa: ARG001  as above
    today: date,
    home: Path | None,
    data: int,  # noqa: ARG001  as above
) -> dict[str, FactValue]:
    return facts.facts(program_id, today=today, home=home)


@st.cache_resource(max_entries=64, show_spinner="Reading what the program itself says")
def _evidenced(
    run_id: str, program_id: str, revision: str, today: date, home: Path | None, data: int
) -> dict[str, EvidencedLevel]:
    known = _facts(program_id, revision, today, home, data)
    found = queries.evidenced(program_id, run_id, today=today, facts=known)
    return {each.statement: each for each in found}
