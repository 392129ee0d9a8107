"""Writes of the statements page: publishing a version of an aspect's statements."""

from assessments.model import AspectFile
from assessments.model_file import BadModel, ModelFile, as_plain
from program.models import judge, read
from program.store.models import earlier_files, files_in_use, published
from program.store.tables import PublishedModel
from program.store.unit_of_work import Unit, intend
from program.values import Actor, AlreadyDone, Invalid


def publish_model(actor: Actor, *, program_id: str, content: bytes, file: str, intention: str | None = None) -> str:
    """
    Make a model file the version of its aspect that new runs use, and return its id.

    content: YAML of one aspect. file: the name it came with, used in messages only. Publishing the very same version
    again returns the one that is there. A published version is never changed and never removed.

    Raises Invalid, with file and line: a file that cannot be read, does not fit the program's other statements, or
    whose version does not fit its changes.
    """
    try:
        parsed = read(content, file=file)
    except BadModel as problem:
        raise Invalid("file", _sentence(problem)) from problem
    try:
        with intend(
            actor, action="model.publish", needs="assess.manage", program_id=program_id, intention=intention
        ) as unit:
            row = _there(unit, program_id, parsed) or _add(unit, program_id, parsed)
            unit.subject(row.id, aspect=row.aspect, model_version=row.model_version, sha256=row.sha256)
            return row.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def _there(unit: Unit, program_id: str, parsed: ModelFile[AspectFile]) -> PublishedModel | None:
    head, plain = parsed.content.model, as_plain(parsed.content)
    rows = published(unit.session, program_id, aspect=head.aspect)
    return next((row for row in rows if row.model_version == head.version and row.content == plain), None)


def _add(unit: Unit, program_id: str, parsed: ModelFile[AspectFile]) -> PublishedModel:
    head = parsed.content.model
    verdict = judge(
        parsed,
        in_use=files_in_use(unit.session, program_id),
        earlier=earlier_files(unit.session, program_id, head.aspect),
    )
    if verdict.problems or verdict.library is None:
        raise Invalid("file", _sentence(BadModel(verdict.problems)))
    return unit.add(
        PublishedModel(
            program_id=program_id,
            aspect=head.aspect,
            model_version=head.version,
            sha256=verdict.library.aspects[head.aspect].sha256,
            content=as_plain(parsed.content),
            published_at=unit.actor.now,
        )
    )


def _sentence(problem: BadModel) -> str:
    return f"{str(problem).removesuffix('.')}."
