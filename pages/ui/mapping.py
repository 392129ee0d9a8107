"""Which column of a file means what: chosen column by column, or written as a map file."""

import streamlit as st

from data.mapping import Field, Map, MapProblem, parse_map, propose, to_yaml
from data.reading import ColumnPreview, Preview
from pages.ui import safe, shell, tables, text
from program.queries import sources

NOT_USED = ""
ACROSS = 4
DECIMALS = {".": "point", ",": "comma"}
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


def read_as(preview: Preview) -> str:
    """Return how a file was read, in words: its format, its encoding, and what parts its cells."""
    parts = [preview.format.replace("_", " "), preview.encoding]
    if preview.delimiter:
        parts.append(f"{DELIMITERS.get(preview.delimiter, preview.delimiter)} between cells")
    if preview.decimal and any(column.type == "decimal" for column in preview.columns):
        parts.append(f"decimal {DECIMALS[preview.decimal]}")
    return ", ".join(part for part in parts if part)


def preview_table(preview: Preview) -> tables.Table:
    """Return what every column of a file holds, for the reader to check before anything is imported."""
    return tables.Table(
        (
            tables.Column("Column"),
            tables.Column("Read as"),
            tables.Column("Parsed", text.percent, number=True),
            tables.Column("Empty", text.number, number=True),
            tables.Column("Smallest"),
            tables.Column("Largest"),
            tables.Column("Format", tables.blank),
            tables.Column("For example"),
        ),
        tuple(_column_row(column) for column in preview.columns),
        name="columns",
    )


def _column_row(column: ColumnPreview) -> tuple[object, ...]:
    samples = ", ".join(column.samples[:3])
    read = (column.name, column.type, column.parsed_share, column.empty)
    return (*read, column.min, column.max, _format(column), samples)


def choose(preview: Preview, key: str) -> Map | None:
    """
    Let the reader say what each column means and return the map; None while something is still open.

    key: changes with the file, so that one file's choices never meet another's columns.
    """
    known = sources.recognized(preview)
    names = sources.tables()
    suggested = known[1].table if known else sources.suggested_table(preview)
    if known:
        shell.note(f"The columns are those of {known[0]}; its map is filled in.")
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    table = left.selectbox("Bring in as", names, index=names.index(suggested), key=f"{key}.table")
    ways = ["Choose columns", "Write the map"]
    way = right.segmented_control(
        "Say what the columns mean", ways, default=ways[bool(known)], required=True, key=f"{key}.way"
    )
    start = known[1] if known and known[1].table == table else propose(preview, str(table))
    if way == ways[1]:
        return _written(start, f"{key}.{table}.written")
    return _chosen(preview, start, f"{key}.{table}")


def _written(start: Map, key: str) -> Map | None:
    written = st.text_area(
        "Map", to_yaml(start), height=360, key=key, help="The same file that the command line takes with --map."
    )
    try:
        return parse_map(written, file_name="map")
    except MapProblem as problem:
        shell.alert("This map cannot be used", str(problem), kept="Nothing was imported.", sign="watch")
        return None


def _chosen(preview: Preview, start: Map, key: str) -> Map | None:
    names = [column.name for column in preview.columns]
    by_name = {column.name: column for column in preview.columns}
    keys = st.multiselect(
        "What makes a row itself (its id)",
        names,
        default=[each for each in start.id if each in names],
        key=f"{key}.id",
        help="Importing the same file again changes nothing. Without an id the whole file is the unit.",
    )
    fields: dict[str, Field] = {}
    open_questions = 0
    required = sources.required(start.table)
    for place, target in enumerate(sorted(sources.columns(start.table), key=lambda each: each not in required)):
        if place % ACROSS == 0:
            row = st.columns(ACROSS)
        field = start.fields.get(target)
        index = names.index(field.from_) + 1 if field and field.from_ in names else 0
        needed = " (needed)" if target in required else ""
        source = row[place % ACROSS].selectbox(
            text.capital(target.replace("_", " ")) + needed,
            [NOT_USED, *names],
            index=index,
            format_func=lambda each: each or "not in this file",
            key=f"{key}.{target}",
        )
        if source:
            chosen = _field(by_name[source], field, f"{key}.{target}.format")
            open_questions += chosen is None
            fields |= {target: chosen} if chosen else {}
    if open_questions:
        shell.note("Answer what the dates mean before anything is imported.")
        return None
    if missing := [target.replace("_", " ") for target in required if target not in fields]:
        shell.note(f"Choose the column that holds {text.listed(missing)}: every {start.table} needs it.")
        return None
    return start.model_copy(update={"id": tuple(keys), "fields": fields})


def _field(column: ColumnPreview, proposed: Field | None, key: str) -> Field | None:
    """The field for a column; asks where its dates can be read in two ways, None until that is answered."""
    if len(column.formats) < 2:
        same = proposed is not None and proposed.from_ == column.name
        return proposed if same else Field.model_validate({"from": column.name})
    answer = st.radio(
        f"Dates in {safe.plain(column.name)}, such as {safe.plain(column.samples[0])}, can be read in two ways. Which?",
        column.formats,
        index=None,
        horizontal=True,
        key=key,
        format_func=_readable,
    )
    if answer is None:
        return None
    kind = proposed.type if proposed and proposed.type in ("date", "datetime") else column.type
    return Field.model_validate({"from": column.name, "type": kind, "format": answer})


def _format(column: ColumnPreview) -> str | None:
    if len(column.formats) > 1:
        return " or ".join(_readable(each) for each in column.formats)
    if column.format:
        return _readable(column.format)
    return f"decimal {DECIMALS[column.decimal]}" if column.type == "decimal" and column.decimal else None


def _readable(pattern: str) -> str:
    for code, word in (
        ("%d", "day"),
        ("%m", "month"),
        ("%Y", "year"),
        ("%y", "year"),
        ("%H", "hour"),
        ("%M", "minute"),
        ("%S", "second"),
    ):
        pattern = pattern.replace(code, word)
    return pattern
