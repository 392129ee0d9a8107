"""Map files: which column of a source becomes which column of the canonical schema."""

import re
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, StrictBool, StrictInt, ValidationError
from pydantic import Field as ModelField

from data.canonical import TABLES
from data.map_text import MapProblem, MapText, read_map_text
from data.reading import FileFormat, Layout, Preview
from data.reading.kinds import BY_NAME_ONLY, ISO, Kind

__all__ = ["Field", "Map", "MapProblem", "load_map", "parse_map", "propose", "to_yaml"]

FORMAT = re.compile(r"[^%]*(%-?[aAbBdfHIjmMpSyYz][^%]*)+")

FieldType = Literal["text", "int", "decimal", "bool", "date", "datetime"]


def _word(value: object) -> object:
    """Return a whole number of a map file as the word it is in the source."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Word = Annotated[str, BeforeValidator(_word)]
Meaning = StrictBool | Word | None


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)


class Field(_Strict):
    """Where one canonical column comes from, and how its values are written."""

    from_: Word = ModelField(alias="from")
    type: FieldType | None = None
    format: str | None = None
    decimal: Literal[".", ","] | None = None
    zone: str | None = None
    map: dict[str, Meaning] | None = None
    other: Meaning = None

    @property
    def knows_other(self) -> bool:
        """Tell whether the map says what a word outside of it means."""
        return "other" in self.model_fields_set


class Map(_Strict):
    """One map file; a field that is not given keeps what the design says of it."""

    table: str
    format: FileFormat | None = None
    encoding: str | None = None
    delimiter: Annotated[str, ModelField(min_length=1, max_length=1)] | None = None
    sheet: Word | None = None
    xml_row: str | None = None
    skip: Annotated[StrictInt, ModelField(ge=0)] = 0
    positions: dict[str, tuple[StrictInt, StrictInt]] = ModelField(default_factory=dict)
    id: tuple[Word, ...] = ()
    empty: tuple[Word, ...] = ("",)
    constant: dict[str, Meaning] = ModelField(default_factory=dict)
    fields: dict[str, Field] = ModelField(default_factory=dict)
    where: dict[str, tuple[Word, ...]] = ModelField(default_factory=dict)

    def layout(self) -> Layout:
        """Return how the file is read."""
        return Layout(self.format, self.encoding, self.delimiter, self.sheet, self.xml_row, self.skip, self.positions)


def load_map(path: Path) -> Map:
    """Return the map in a file. Raises MapProblem, which names file, line and key."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise MapProblem(f"{path.name} cannot be read as a map file.") from problem
    return parse_map(text, file_name=path.name)


def parse_map(text: str, *, file_name: str = "map") -> Map:
    """Return the map that a text holds. Raises MapProblem."""
    found = read_map_text(text, file_name)
    try:
        parsed = Map.model_validate(_tuples(found.content))
    except ValidationError as problem:
        first = problem.errors()[0]
        path = tuple(part for part in first["loc"] if not str(part).startswith("function-"))
        raise found.problem(path, _reason(first["type"], first["msg"])) from problem
    _check(parsed, found)
    return parsed


def _tuples(content: Any) -> Any:
    """Return YAML's lists as tuples, as frozen models hold them."""
    if isinstance(content, dict):
        return {key: _tuples(value) for key, value in content.items()}
    return tuple(_tuples(value) for value in content) if isinstance(content, list) else content


def _reason(kind: str, message: str) -> str:
    reasons = {"extra_forbidden": "is not a known entry.", "missing": "is missing."}
    return reasons.get(kind, message[:1].lower() + message[1:].rstrip(".").replace("tuple", "list") + ".")


def _check(parsed: Map, found: MapText) -> None:
    table = TABLES.get(parsed.table)
    if table is None:
        raise found.problem(("table",), f"is {parsed.table}, which is no table. Tables are {', '.join(TABLES)}.")
    for part, names in (("fields", parsed.fields), ("constant", parsed.constant)):
        for name in names:
            if table.column(name) is None:
                columns = ", ".join(column.name for column in table.columns)
                raise found.problem((part, name), f"is no column of {parsed.table}. Its columns are {columns}.")
    for name in parsed.constant:
        if name in parsed.fields:
            raise found.problem(("constant", name), "is a field as well; a column comes from one place.")
    for name, field in parsed.fields.items():
        _check_writing(name, field, found)
    for name, (start, end) in parsed.positions.items():
        if not 0 <= start < end:
            raise found.problem(("positions", name), "must be a first and a later last place, as in [0, 6].")


def _check_writing(name: str, field: Field, found: MapText) -> None:
    """Refuse a format or zone that nothing could be read with."""
    known = (ISO, *BY_NAME_ONLY)
    if field.format is not None and field.format not in known and not FORMAT.fullmatch(field.format):
        raise found.problem(
            ("fields", name, "format"), f"is no date format: use %Y, %m, %d and the like, or {', '.join(known)}."
        )
    if field.zone is not None and field.zone not in available_timezones():
        raise found.problem(("fields", name, "zone"), "is no time zone, such as Europe/Berlin.")


def to_yaml(map_: Map) -> str:
    """Return a map as the text of a map file; reading it gives the same map."""
    content = map_.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=120, default_flow_style=None)


def propose(preview: Preview, table: str) -> Map:
    """Return a map that joins columns of the same name to a table, with the types and formats of the preview."""
    target = TABLES[table]
    by_name = {_plain(column.name): column for column in reversed(preview.columns)}
    fields: dict[str, Field] = {}
    for column in target.columns:
        source = by_name.get(_plain(column.name)) or by_name.get(_plain(f"{table}_{column.name}"))
        if source is None and column.name == target.key:
            source = by_name.get("id") or by_name.get(_plain(table))
        if source is not None:
            kind = Kind(source.type, source.format if len(source.formats) == 1 else None, source.decimal)
            fields[column.name] = _field(source.name, column.type, kind)
    key = fields.get(target.key)
    return Map(table=table, format=preview.format, id=(key.from_,) if key else (), fields=fields)


def _field(source: str, target: str, kind: Kind) -> Field:
    entry: dict[str, Any] = {"from": source}
    if target in ("date", "datetime") and kind.type in ("date", "datetime"):
        entry |= {"type": kind.type} | ({"format": kind.format} if kind.format else {})
    elif target in ("int", "decimal") and kind.decimal == ",":
        entry |= {"type": target, "decimal": kind.decimal}
    return Field.model_validate(entry)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())
