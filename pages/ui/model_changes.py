"""Bringing in a version of one's own: what it changes, what moves, and publishing it."""

from functools import partial

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from assessments.crosswalk import DROPPED, Crosswalk, Preview, ScoreMove
from assessments.differences import Change, ModelDiff
from assessments.model import PREFIXES, CrosswalkEntry
from assessments.model_file import ModelProblem
from pages.ui import forms, shell, tables, text
from pages.ui.result_reads import of_program
from program.actions.models import publish_model
from program.models import MAX_BYTES, ModelProposal, Verdict
from program.queries.models import proposal

BRING_IN = "Bring in a version"
TYPES = ("yaml", "yml")
SHOWN = 100
WORST_FIRST = ("major", "minor", "patch")


def explain() -> None:
    """Draw what can be brought in."""
    shell.title("Bring in a version of your own", f"a YAML file of one aspect, up to {MAX_BYTES // 1024} kB")
    shell.note(
        "Take the file in use from “In use”, change it, and raise its version: patch for wording and translations, "
        "minor for a statement more or other data of one, major for the scale, a gate, or an id that goes away. A "
        "major version says in its crosswalk where the answers of each such id go. Nothing is kept before you publish."
    )


def propose(visit: shell.Visit, upload: UploadedFile) -> None:
    """Draw what an uploaded file changes and moves, and offer to publish it."""
    if upload.size > MAX_BYTES:
        limit = f"The file has {upload.size // 1024} kB; the limit is {MAX_BYTES // 1024} kB."
        shell.refuse(f"{limit} Nothing was changed.", heading="This file was not read")
    found = of_program(proposal, visit, upload.getvalue(), upload.name)
    verdict = found.verdict
    if verdict and verdict.file.content == verdict.current:
        head = verdict.current.model
        shell.title(f"{head.name.en} {head.version} is in use", "New runs ask these statements; open ones keep theirs.")
        return
    if found.problems:
        _refused(found.problems)
    if verdict is None:
        return
    _changes(verdict)
    if found.problems:
        return
    for sentence in verdict.warnings:
        shell.alert("This looks like another statement under the same id", sentence, sign="watch")
    _moves(found)
    _offer(visit, upload, verdict)


def count(found: ModelDiff) -> str:
    """Return how many changes there are."""
    return text.plural(len(found.changes), "change", "changes")


def show(found: ModelDiff, crosswalk: CrosswalkEntry | None, *, key: str) -> None:
    """Draw the changes, and where the crosswalk sends the answers of what went away."""
    if found.changes:
        long(difference(found, crosswalk.statements if crosswalk else {}), key=key)
    else:
        shell.note("Both say the same.")


def long(table: tables.Table, *, key: str) -> None:
    """Draw the first hundred rows of a table; the downloads have all of them."""
    first = tables.Table(table.columns, table.rows[:SHOWN], name=table.name)
    tables.show(first, key=key, download=False)
    if len(table.rows) > SHOWN:
        shell.note(f"The first {SHOWN} of {text.number(len(table.rows))} rows; the downloads have all of them.")
    tables.downloads(table, key=key)


def difference(found: ModelDiff, crosswalk: Crosswalk) -> tables.Table:
    """Return one row per change, those first that take the most of the version number."""
    heads = tuple(tables.Column(head, tables.blank) for head in ("Id", "Change", "Before", "After", "Takes"))
    changes = sorted(found.changes, key=lambda change: WORST_FIRST.index(change.needs))
    rows = tuple(
        (
            change.id,
            f"{change.field} {change.kind}",
            change.before,
            _sent_to(change, crosswalk) or change.after,
            change.needs,
        )
        for change in changes
    )
    return tables.Table(heads, rows, name="changes")


def movements(found: Preview, aspect: str) -> tables.Table:
    """Return readiness, the aspects, the dimensions of the changed one, and any other dimension that moves."""
    heads = (
        tables.Column("Before", text.score, number=True),
        tables.Column("After", text.score, number=True),
        tables.Column("Change", partial(text.number, decimals=1, signed=True), number=True),
    )
    own = tuple(f"{prefix}-" for name, prefix in PREFIXES.items() if name == aspect)
    parts = [each for each in found.dimensions if each.moves or each.note or each.id.startswith(own)]
    rows = tuple(_movement(each) for each in (found.readiness, *found.aspects, *parts))
    return tables.Table((tables.Column("Score, 0 to 4"), *heads), rows, name="what moves")


def sentence(found: Preview) -> str:
    """Return what a new version does to a run, in a sentence or two."""
    scores = [found.readiness, *found.aspects, *found.dimensions]
    moving = sum(each.moves for each in scores)
    if not moving:
        return "No score moves."
    ready = found.readiness
    start = f" Start with {found.start_with[1]}." if found.start_with[0] != found.start_with[1] else ""
    if not ready.moves:
        said = f"Readiness stays at {text.score_of(ready.after)}" if ready.after is not None else "Readiness stays n/a"
        return f"{said}; {text.plural(moving, 'score moves', 'scores move')}.{start}"
    return f"Readiness goes from {text.score(ready.before)} to {text.score_of(ready.after)}.{start}"


def _movement(move: ScoreMove) -> tuple[object, ...]:
    known = move.before is not None and move.after is not None
    change = (move.after or 0) - (move.before or 0) if known else None
    tone = "strong" if move.moves else ""
    return tables.Cell(move.name, tone, note=move.note), move.before, move.after, change


def _sent_to(change: Change, crosswalk: Crosswalk) -> str:
    if change.kind != "removed" or change.id not in crosswalk:
        return ""
    to = crosswalk[change.id]
    if to == DROPPED:
        return "its answers are dropped"
    return f"its answers go to {to if isinstance(to, str) else text.listed(to)}"


def _refused(problems: tuple[ModelProblem, ...]) -> None:
    found = text.plural(len(problems), "problem", "problems")
    shell.alert(f"This file cannot be published: {found}", "Change the lines named below and bring it in again.")
    heads = (tables.Column("Line", text.number, number=True), tables.Column("Problem"), tables.Column("File"))
    rows = tuple((each.line, each.message, each.file) for each in problems)
    long(tables.Table(heads, rows, name="problems"), key="statements.problems")


def _changes(verdict: Verdict) -> None:
    old, new = verdict.current.model, verdict.file.content.model
    needs = f"takes a {verdict.diff.needs} version" if verdict.diff.needs else "nothing differs"
    shell.title(f"{new.name.en} {old.version} to {new.version}: {count(verdict.diff)}", needs)
    show(verdict.diff, verdict.file.content.crosswalk, key="statements.changes")


def _moves(found: ModelProposal) -> None:
    if found.preview is None or found.verdict is None:
        shell.title("What moves")
        shell.note(found.quiet)
        return
    shell.title(f"What moves in “{found.run_name}”: {sentence(found.preview)}", _answers(found.preview))
    table = movements(found.preview, found.verdict.file.content.model.aspect)
    tables.show(table, key="statements.moves")
    shell.note("This is a preview. The run itself keeps its statements, answers and scores.")


def _answers(found: Preview) -> str:
    moved = found.moved
    parts = {
        "kept": moved.kept,
        "of them under another id": moved.renamed,
        "split": moved.split,
        "dropped": moved.dropped,
        "without a place": moved.unknown,
        "given up for a lower level of the same person": moved.merged,
    }
    said = [f"{text.number(number)} {words}" for words, number in parts.items() if number or words == "kept"]
    return f"Answers: {', '.join(said)}"


def _offer(visit: shell.Visit, upload: UploadedFile, verdict: Verdict) -> None:
    head = verdict.file.content.model
    shell.note("A published version is never changed and cannot be removed; a later one takes its place.")
    if st.button(f"Publish {head.name.en} {head.version}", type="primary", key="statements.publish"):
        forms.attempt(
            publish_model,
            visit.actor,
            noun="model.publish",
            intention=forms.intention("model.publish"),
            program_id=visit.program_id,
            content=upload.getvalue(),
            file=upload.name,
        )
