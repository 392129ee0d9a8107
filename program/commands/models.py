"""model: read a model file, compare two, print their schema, list what a language lacks."""

import json
from pathlib import Path
from typing import Any

import click

from assessments.model import LANGUAGES, AspectFile
from assessments.model_file import BadModel, ModelFile, json_schema
from assessments.translations import missing_translations
from assessments.versions import check_version, diff, warnings
from program.commands.output import BadInput, emit, json_option
from program.models import MAX_BYTES, fit, other_texts, read, shipped

OTHERS = [language for language in LANGUAGES if language != "en"]


@click.group()
def model() -> None:
    """Model files: the statements of an aspect, as YAML."""


@model.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def check(file: Path, as_json: bool) -> None:
    """Read a model file, and fit it to the other two aspects as shipped."""
    parsed = _read(file)
    try:
        fitting = fit(parsed, shipped())
    except BadModel as problem:
        raise BadInput(str(problem)) from problem
    aspect = fitting.aspects[parsed.content.model.aspect]
    found = {
        "id": aspect.model_id,
        "version": aspect.version,
        "sha256": aspect.sha256,
        "dimensions": len(aspect.dimensions),
        "statements": sum(len(each.statements) for each in aspect.dimensions),
        "missing_translations": {each: len(missing_translations({"": parsed.content}, each)) for each in OTHERS},
    }
    emit(
        found,
        as_json=as_json,
        lines=lambda: [
            f"{found['id']} {found['version']}: {found['statements']} statements in {found['dimensions']} dimensions",
            f"  sha256 {found['sha256']}",
        ],
    )


@model.command(name="diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@json_option
def difference(old: Path, new: Path, as_json: bool) -> None:
    """Compare two versions of a model file, and say which version number the changes take."""
    before, after = _read(old), _read(new)
    if before.content.model.id != after.content.model.id:
        raise BadInput(str(after.problem(f"this is {after.content.model.id}, not {before.content.model.id}", "model")))
    found = diff(before.content, after.content)
    problems = [str(after.problem(each.sentence, *each.path)) for each in check_version(before.content, after.content)]
    value: dict[str, Any] = {
        "from": before.content.model.version,
        "to": after.content.model.version,
        "needs": found.needs,
        "changes": [vars(change) for change in found.changes],
        "problems": problems,
        "warnings": list(warnings(before.content, after.content)),
    }
    emit(
        value,
        as_json=as_json,
        lines=lambda: [
            f"{len(found.changes)} changes from {value['from']} to {value['to']}; they take {found.needs or 'nothing'}",
            *(f"  {each.needs:5} {each.id} {each.field} {each.kind}" for each in found.changes),
            *problems,
            *value["warnings"],
        ],
    )


@model.command()
@json_option
def schema(as_json: bool) -> None:
    """Print the JSON Schema of a model file; without --json with line breaks."""
    emit(json_schema(), as_json=as_json, lines=lambda: [json.dumps(json_schema(), indent=2)])


@model.command()
@click.option("--language", type=click.Choice(OTHERS), default=OTHERS[0], show_default=True)
@json_option
def translations(language: str, as_json: bool) -> None:
    """List every text that a language lacks, those of the short form first."""
    files = {f"{aspect}.yaml": file.content for aspect, file in shipped().items()} | other_texts()
    everything = missing_translations(files, language)
    short = set(missing_translations(files, language, form="short"))
    rows = [{**vars(each), "short_form": each in short} for each in everything]
    rows.sort(key=lambda row: not row["short_form"])
    emit(
        {"language": language, "missing": len(rows), "missing_short_form": len(short), "texts": rows},
        as_json=as_json,
        lines=lambda: [
            f"{LANGUAGES[language]}: {len(rows)} texts are missing, {len(short)} of them in the short form",
            *(f"  {row['file']} {row['id']} {row['field']}" for row in rows),
        ],
    )


COMMANDS = (model,)


def _read(file: Path) -> ModelFile[AspectFile]:
    if not file.is_file():
        raise BadInput(f"{file}: there is no such file.")
    if file.stat().st_size > MAX_BYTES:
        raise BadInput(f"{file}, line 1: larger than {MAX_BYTES // 1024} kB.")
    try:
        return read(file.read_bytes(), file=file.name)
    except BadModel as problem:
        raise BadInput(str(problem)) from problem
