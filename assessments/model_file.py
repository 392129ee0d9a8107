"""Model files and snapshots of them: read, or refused with the file and the line."""

import json
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from assessments import strict_yaml
from assessments.model import AspectFile, GatesFile, Strict

File = TypeVar("File", bound=Strict)


@dataclass(frozen=True)
class ModelProblem:
    """One thing that is wrong with a model file."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.message}"


class BadModel(ValueError):
    """Model files that are refused, with every problem found in them."""

    def __init__(self, problems: tuple[ModelProblem, ...]) -> None:
        self.problems = problems
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(f"{problems[0]}{more}")

    def __reduce__(self) -> tuple[type["BadModel"], tuple[tuple[ModelProblem, ...]]]:
        return BadModel, (self.problems,)


@dataclass(frozen=True)
class ModelFile(Generic[File]):
    """A model file that fits its shape. lines: where each part stands; empty for a snapshot."""

    file: str
    content: File
    lines: strict_yaml.Document

    def problem(self, message: str, *path: Any) -> ModelProblem:
        """Return a problem with the part at a path of keys and positions."""
        return ModelProblem(self.file, self.lines.line(path), message)


def parse_aspect(text: str | bytes, *, file: str) -> ModelFile[AspectFile]:
    """Return an aspect's file. Raises BadModel."""
    return parse(text, file=file, shape=AspectFile)


def parse_gates(text: str | bytes, *, file: str) -> ModelFile[GatesFile]:
    """Return the file of gates. Raises BadModel."""
    return parse(text, file=file, shape=GatesFile)


def restore(snapshot: Any, *, file: str, shape: type[File]) -> ModelFile[File]:
    """Return a file from what `as_plain` made of it. Raises BadModel."""
    document = strict_yaml.Document(snapshot, {})
    try:
        return ModelFile(file, shape.model_validate_json(json.dumps(snapshot)), document)
    except (ValidationError, TypeError) as problem:
        raise BadModel(_problems(problem, file=file, document=document)) from problem


def as_plain(content: Strict) -> dict[str, Any]:
    """Return a file as plain values that JSON can hold."""
    plain: dict[str, Any] = json.loads(content.model_dump_json())
    return plain


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of an aspect's file."""
    return AspectFile.model_json_schema()


def parse(text: str | bytes, *, file: str, shape: type[File]) -> ModelFile[File]:
    """Return a file of some shape. Raises BadModel."""
    try:
        document = strict_yaml.parse(text)
    except strict_yaml.BadYaml as problem:
        raise BadModel((ModelProblem(file, problem.line, str(problem)),)) from problem
    try:
        return ModelFile(file, shape.model_validate(document.value), document)
    except ValidationError as problem:
        raise BadModel(_problems(problem, file=file, document=document)) from problem


def _problems(
    problem: ValidationError | TypeError, *, file: str, document: strict_yaml.Document
) -> tuple[ModelProblem, ...]:
    if isinstance(problem, TypeError):
        return (ModelProblem(file, 1, f"The snapshot is not plain JSON: {problem}"),)
    return tuple(
        ModelProblem(file, document.line(_path(error)), _in_words(error)) for error in problem.errors(include_url=False)
    )


def _path(error: ErrorDetails) -> tuple[int | str, ...]:
    """Where in the file an error is; one that is seen with the whole file says in which part."""
    place: tuple[int | str, ...] = error.get("ctx", {}).get("place", ())
    return tuple(part for part in (*error["loc"], *place) if part != "[key]")


def _in_words(error: ErrorDetails) -> str:
    where = ".".join(str(part) for part in _path(error)) or "the file"
    value = error["input"]
    words = {
        "missing": "is missing",
        "extra_forbidden": "is not a key of this file",
        "string_type": f'must be text, not {value!r}. Put words such as "no" and "08:30" in quotes',
        "float_type": f"must be a number, not {value!r}",
        "int_type": f"must be a whole number, not {value!r}",
    }
    return f"{where} {words.get(error['type'], 'is wrong: ' + error['msg'].removeprefix('Value error, '))}"
