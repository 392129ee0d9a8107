"""The statements that a program uses: its own published versions, and the shipped ones for the other aspects."""

import json
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessments import library
from assessments.functions import ASPECTS
from assessments.library import Library
from assessments.model import AspectFile
from assessments.model_file import BadModel, ModelFile, restore
from assessments.versions import parts
from program.audit import canonical
from program.models import shipped
from program.store.tables import PublishedModel
from program.values import Invalid


def library_of(session: Session, program_id: str) -> Library:
    """
    Return what a new run of a program asks: of each aspect the newest published version, else the shipped one.

    Raises Invalid when they do not fit together any more, as after an update that shipped other statements.
    """
    rows = newest(session, program_id)
    if not rows:
        return library.load()
    try:
        return _joined(tuple((aspect, canonical(row.content)) for aspect, row in rows.items()))
    except BadModel as problem:
        raise Invalid(
            "model",
            f"This program's statements do not fit together: {problem}. Publish a version that does on the "
            "statements page.",
        ) from problem


def newest(session: Session, program_id: str) -> dict[str, PublishedModel]:
    """Return the newest published version of each aspect that has one."""
    return {row.aspect: row for row in reversed(published(session, program_id)) if row.aspect in ASPECTS}


def published(session: Session, program_id: str, *, aspect: str | None = None) -> list[PublishedModel]:
    """Return what a program published, the newest version first."""
    rows = session.scalars(select(PublishedModel).where(PublishedModel.program_id == program_id))
    wanted = [row for row in rows if aspect in (None, row.aspect)]
    return sorted(wanted, key=lambda row: parts(row.model_version), reverse=True)


def files_in_use(session: Session, program_id: str) -> dict[str, ModelFile[AspectFile]]:
    """Return the file of each aspect that a new run is made of."""
    return shipped() | {aspect: file_of(row) for aspect, row in newest(session, program_id).items()}


def earlier_files(session: Session, program_id: str, aspect: str) -> list[AspectFile]:
    """Return every known version of an aspect: the program's own, and the shipped one."""
    return [*(file_of(row).content for row in published(session, program_id, aspect=aspect)), shipped()[aspect].content]


def file_of(row: PublishedModel) -> ModelFile[AspectFile]:
    """Return the file that was published."""
    return restore(row.content, file=f"{row.aspect} {row.model_version}", shape=AspectFile)


@lru_cache(maxsize=32)
def _joined(contents: tuple[tuple[str, bytes], ...]) -> Library:
    own = {aspect: _restored(aspect, content) for aspect, content in contents}
    return library.of_files([own.get(aspect) or shipped()[aspect] for aspect in ASPECTS])


def _restored(aspect: str, content: bytes) -> ModelFile[AspectFile]:
    return restore(json.loads(content), file=f"the published {aspect}", shape=AspectFile)
