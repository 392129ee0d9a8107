"""Reads of the statements: what is in use, what was published, and what an uploaded file would change."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessments import library
from assessments.crosswalk import Crosswalk, chained, preview
from assessments.functions import ASPECTS
from assessments.library import Library
from assessments.model import AspectFile
from assessments.model_file import BadModel, restore
from assessments.versions import Preview, parts
from program.models import (
    SHIPPED,
    KnownVersion,
    ModelProposal,
    PublishedVersion,
    Verdict,
    VersionInUse,
    judge,
    read,
    shipped,
)
from program.queries import answers, runs
from program.store import models, tables
from program.store.engine import reading


def library_of(program_id: str) -> Library:
    """Return what a new run asks. Raises Invalid when the program's statements do not fit together any more."""
    with reading() as session:
        return models.library_of(session, program_id)


def published(program_id: str) -> list[PublishedVersion]:
    """Return what a program published, by aspect, the newest version first."""
    with reading() as session:
        rows = models.published(session, program_id)
        return _published(session, sorted(rows, key=lambda row: ASPECTS.index(row.aspect)))


def in_use(program_id: str) -> list[VersionInUse]:
    """Return the version of each aspect that new runs ask, mindset first."""
    with reading() as session:
        own = models.newest(session, program_id)
        known = {each.aspect: each for each in _published(session, list(own.values()))}
        files = models.files_in_use(session, program_id)
    return [
        VersionInUse(
            aspect=aspect,
            version=file.content.model.version,
            sha256=known[aspect].sha256 if aspect in known else _shipped_digest(aspect),
            file=file.content,
            published=known.get(aspect),
        )
        for aspect, file in files.items()
    ]


def versions(program_id: str, aspect: str) -> list[KnownVersion]:
    """Return every version of an aspect that can be looked at, the newest first: published, shipped, or once asked."""
    with reading() as session:
        rows = models.published(session, program_id, aspect=aspect)
        found = [KnownVersion(row.id, row.model_version, "published", models.file_of(row).content) for row in rows]
        own = shipped()[aspect].content
        found.append(KnownVersion(SHIPPED, own.model.version, "as shipped", own))
        asked = [
            KnownVersion(run_id, file.model.version, f"asked in “{name}”", file)
            for run_id, name, file in _asked(session, program_id, aspect)
        ]
    for each in asked:
        if each.file not in [other.file for other in found]:
            found.append(each)
    return sorted(found, key=lambda each: parts(each.version), reverse=True)


def proposal(program_id: str, content: bytes, file: str) -> ModelProposal:
    """Return what an uploaded model file would change, or why it cannot be published. Nothing is kept."""
    try:
        parsed = read(content, file=file)
    except BadModel as problem:
        return ModelProposal(None, problem.problems, None, "", "")
    aspect = parsed.content.model.aspect
    with reading() as session:
        earlier = models.earlier_files(session, program_id, aspect)
        verdict = judge(parsed, in_use=models.files_in_use(session, program_id), earlier=earlier)
    found, name, quiet = _previewed(program_id, verdict, earlier)
    return ModelProposal(verdict, verdict.problems, found, name, quiet)


def _previewed(program_id: str, verdict: Verdict, earlier: Sequence[AspectFile]) -> tuple[Preview | None, str, str]:
    """What moves in the newest named run with answers; in an anonymous one differences would give answers away."""
    if verdict.problems or verdict.library is None:
        return None, "", "What moves is shown once the file can be published."
    run = next((each for each in runs.runs(program_id) if each.answers and not each.anonymous), None)
    if run is None:
        return None, "", "No named run has answers yet, so nothing moves."
    asked = runs.library(program_id, run.id)
    crosswalk = _crosswalk(asked, [*earlier, verdict.file.content])
    given = answers.answers(program_id, run.id)
    return preview(given, asked, verdict.library, crosswalk, form=run.form), run.name, ""


def _crosswalk(asked: Library, files: Sequence[AspectFile]) -> Crosswalk:
    """What takes a run's answers to the last of some versions of an aspect, over all those in between."""
    was, last = parts(asked.versions[files[-1].model.aspect]), parts(files[-1].model.version)
    on_the_way = {
        parts(file.crosswalk.from_version): file.crosswalk.statements
        for file in files
        if file.crosswalk and parts(file.model.version) <= last and parts(file.crosswalk.from_version)[0] >= was[0]
    }
    return chained([on_the_way[version] for version in sorted(on_the_way)])


def _published(session: Session, rows: Sequence[tables.PublishedModel]) -> list[PublishedVersion]:
    entry = tables.AuditEntry
    query = select(entry.subject_id, entry.user_name).where(
        entry.action == "model.publish", entry.subject_id.in_([row.id for row in rows])
    )
    names = {row.subject_id: row.user_name for row in session.execute(query.order_by(entry.number.desc()))}
    return [
        PublishedVersion(row.id, row.aspect, row.model_version, row.sha256, row.published_at, names.get(row.id))
        for row in rows
    ]


def _asked(session: Session, program_id: str, aspect: str) -> Iterator[tuple[str, str, AspectFile]]:
    """The version of an aspect in each run's own copy, one run for each copy."""
    run = tables.AssessmentRun
    seen: set[str] = set()
    ids = session.execute(
        select(run.id, run.model_sha256).where(run.program_id == program_id).order_by(run.opened_at, run.id)
    ).all()
    for run_id, digest in ids:
        if digest not in seen:
            seen.add(digest)
            name, snapshot = session.execute(select(run.name, run.model_snapshot).where(run.id == run_id)).one()
            try:
                yield run_id, name, restore(snapshot.get(aspect), file=f"{aspect} of a run", shape=AspectFile).content
            except BadModel:
                continue


def _shipped_digest(aspect: str) -> str:
    return library.load().aspects[aspect].sha256
