"""The views of the results page: the house with what it rests on, and one aspect with what is behind it."""

import streamlit as st

from assessments.content import Target
from assessments.library import Library
from assessments.readiness import Readiness
from assessments.scores import AspectScore
from assessments.scoring import Assessment
from pages.ui import (
    readiness,
    result_evidence,
    result_findings,
    result_roles,
    result_runs,
    result_why,
    results,
    shell,
)
from pages.ui.readiness import Bands
from pages.ui.result_reads import evidenced_of
from pages.ui.shell import Visit
from program.runs import Run


def answer_readiness(found: Readiness, library: Library, bands: Bands) -> None:
    """Draw what to start with, and how sure readiness is."""
    shell.answer(readiness.headline(found, gates=library.gates))
    if sure := readiness.sure(found, bands):
        shell.lead(sure)


def readiness_of(visit: Visit, run: Run, found: Assessment, library: Library, target: Target, bands: Bands) -> None:
    """Draw the house, why it is so, and what does not fit together."""
    gates = library.gates
    figure, side = st.columns([7, 4], gap="large")
    with figure:
        shown = result_runs.ways("results.house")
        key = "results.house"
        readiness.show(found.readiness, gates=gates, profile=target.id, key=key, shown=shown, bands=bands)
        readiness.imbalance(found.readiness, gates=gates)
    with side:
        readiness.why(found.readiness, gates=gates, versions=library.versions, bands=bands)
    result_findings.show(visit, run, found.findings, library)


def answer_aspect(score: AspectScore, library: Library, target: Target) -> None:
    """Draw where an aspect stands."""
    shell.answer(results.headline(score, level=target.level, withheld=results.hidden(score, library)))


def aspect_of(visit: Visit, run: Run, score: AspectScore, library: Library, target: Target) -> None:
    """Draw one aspect, why the chosen dimension is so, and its statements one by one."""
    if len(results.hidden(score, library)) == len(score.dimensions):
        least = library.gates.disclosure_minimum
        shell.note(
            f"An anonymous run shows what at least {least} people answered; with fewer, one could be told apart."
        )
        return
    key = results.opened(score)
    figure, side = st.columns([7, 3], gap="large")
    with figure:
        more = (results.RADAR, results.ROLES)
        shown = result_runs.ways("results.figure", *more, said=lambda way: results.lead(score, shown=way))
        if shown == results.ROLES:
            result_roles.show(visit, run, score, library)
        else:
            results.show(visit, run, score, target=target, key=key, shown=shown)
    with side:
        dimension = results.pick(score, key)
        levels = evidenced_of(visit, run, library.dimension(dimension.id).statements)
        result_why.show(visit, run, dimension, score, library, levels)
        if not run.anonymous:
            result_why.show_rows(visit, run, dimension, score.aspect)
    result_evidence.show(visit, run, dimension, library, levels)
