"""The plan of an import as SQL: the text, the typed value and the verdict of every cell."""

from data.importing.plan import Plan, Target
from data.mapping import Meaning
from data.reading.choosing import text_sql
from data.reading.kinds import (
    ISO,
    ValueType,
    among,
    code_word_sql,
    example_of,
    identifier,
    midnight_sql,
    quoted,
    value_sql,
)
from data.reading.layout import LINE

SQL_TYPES: dict[ValueType, str] = {
    "text": "VARCHAR",
    "json": "VARCHAR",
    "int": "BIGINT",
    "decimal": "DECIMAL(18, 4)",
    "bool": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMPTZ",
}
OTHER = "other"
KEPT, SOURCE_ID, HASH, SOUND = '"= kept"', '"= source_id"', '"= hash"', '"= sound"'  # no source column is called so
EMPTY, READ, WORD, REFUSED = range(4)  # verdicts on a cell


def value_name(target: Target) -> str:
    """Return what a canonical value is called beside the source columns."""
    return identifier(f"= {target.name}")


def verdict_name(target: Target) -> str:
    return identifier(f"? {target.name}")


def text_of(target: Target, plan: Plan) -> str:
    """Return the SQL of what the source says, null where it says nothing."""
    return text_sql(target.source, plan.empty) if target.source is not None else "NULL"


def value_of(target: Target, plan: Plan) -> str:
    """Return the SQL of the canonical value."""
    type_ = SQL_TYPES[target.column.type]
    if target.source is None:
        return f"CAST({_literal(target.constant)} AS {type_})"
    text = text_of(target, plan)
    if target.meanings is not None:
        return f"CAST({_meaning(target, text)} AS {type_})"
    assert target.kind is not None  # noqa: S101 - every mapped target has a kind or meanings
    if target.column.vocabulary:
        return _vocabulary(text, target.column.vocabulary)
    value = value_sql(text, target.kind)
    if (target.kind.type, target.column.type) == ("date", "datetime"):
        return midnight_sql(value, target.kind.day_zone)
    return value if target.kind.type == target.column.type else f"CAST({value} AS {type_})"


def _literal(value: Meaning) -> str:
    if value is None:
        return "NULL"
    return quoted(str(value).lower() if isinstance(value, bool) else value)


def _meaning(target: Target, text: str) -> str:
    cases = " ".join(f"WHEN {quoted(word)} THEN {_literal(value)}" for word, value in (target.meanings or {}).items())
    fallback = OTHER if target.column.vocabulary and not target.knows_other else target.other
    otherwise = f"CASE WHEN {text} IS NOT NULL THEN {_literal(fallback)} END"
    return f"CASE {text} {cases} ELSE {otherwise} END" if cases else otherwise


def _word(text: str) -> str:
    return f"replace(replace(lower(trim({text})), ' ', '_'), '-', '_')"


def _vocabulary(text: str, words: tuple[str, ...]) -> str:
    word = _word(text)
    lenient = f"CASE WHEN {among(word, words)} THEN {word} ELSE '{OTHER}' END"
    return f"CASE WHEN {text} IS NULL THEN NULL WHEN {among(text, words)} THEN {text} ELSE {lenient} END"


def verdict_of(target: Target, plan: Plan) -> str | None:
    """
    Return the SQL of what became of a cell: EMPTY, READ, WORD (not understood, so unknown) or REFUSED.

    None for plain text, which always reads.
    """
    text, value = text_of(target, plan), value_name(target)
    if target.meanings is not None:
        known = among(text, target.meanings) if target.meanings and not target.knows_other else "true"
        return f"CASE WHEN {text} IS NULL THEN {EMPTY} WHEN {known} THEN {READ} ELSE {WORD} END"
    if target.column.vocabulary:
        foreign = f"{value} = '{OTHER}' AND {_word(text)} <> '{OTHER}'"
        return f"CASE WHEN {text} IS NULL THEN {EMPTY} WHEN {foreign} THEN {WORD} ELSE {READ} END"
    if target.kind is None or target.kind.type == "text":
        return None
    word = code_word_sql(text, target.kind)
    return (
        f"CASE WHEN {value} IS NOT NULL THEN {READ} WHEN {text} IS NULL THEN {EMPTY}"
        f" WHEN {word} THEN {WORD} ELSE {REFUSED} END"
    )


def refuses(target: Target, plan: Plan) -> str | None:
    """Return the SQL of: this cell refuses its row; None when it never does."""
    if target.column.required and target.name != plan.table.key:
        return f"{value_name(target)} IS NULL"
    judged = target.source is not None and target.meanings is None and not target.column.vocabulary
    return f"{verdict_name(target)} = {REFUSED}" if judged and verdict_of(target, plan) else None


def reason_of(target: Target) -> str:
    """Return why a cell refuses its row, for people."""
    kind = target.kind
    match kind.type if kind else "text":
        case "int":
            return "this is not a whole number of up to 18 digits"
        case "decimal":
            mark = (kind.decimal if kind else None) or "."
            return f'this is not a number of up to 14 digits with the decimal mark "{mark}"'
        case "bool":
            return "this is neither true nor false"
        case "date" | "datetime":
            return f"this is not a date like {example_of((kind and kind.format) or ISO)}"
        case "json":
            return "this is not valid JSON"
    return "this is not a value of the column"


def source_id(plan: Plan) -> str:
    """Return the SQL of what names a row in its source, null where an id column is empty."""
    if not plan.id:
        return f"{HASH} || '-' || row_number() OVER (PARTITION BY {HASH} ORDER BY {LINE})"
    texts = [text_sql(column, (*plan.empty, "")) for column in plan.id]
    if len(texts) == 1:
        return texts[0]
    return " || '|' || ".join(f"replace(replace({text}, '\\', '\\\\'), '|', '\\|')" for text in texts)


def row_hash(plan: Plan) -> str:
    """Return the SQL of the sha256 of a row as read: the length and text of every cell, so that none can shift."""
    cells = (identifier(column) for column in plan.columns)
    return "sha256(concat(" + ", ".join(f"coalesce(length({cell}) || ':' || {cell}, '-')" for cell in cells) + "))"


def kept(plan: Plan) -> str:
    """Return the SQL of: the map's `where` wants this row."""
    wanted = (among(f"coalesce({identifier(name)}, '')", words) for name, words in plan.where.items())
    return " AND ".join(wanted) or "true"


def typed_rows(plan: Plan, relation: str) -> str:
    """Return the query of all rows: LINE, KEPT, SOURCE_ID, every canonical value, every verdict, and SOUND."""
    values = [f"{value_of(target, plan)} AS {value_name(target)}" for target in plan.targets]
    verdicts = [(verdict_of(target, plan), verdict_name(target)) for target in plan.mapped]
    hashed = relation if plan.id else f"(SELECT *, {row_hash(plan)} AS {HASH} FROM {relation})"  # noqa: S608
    columns = ", ".join(["*", f"{kept(plan)} AS {KEPT}", f"{source_id(plan)} AS {SOURCE_ID}", *values])
    typed = f"(SELECT {columns} FROM {hashed})"  # noqa: S608 - names and words are quoted
    judged = ", ".join([LINE, KEPT, SOURCE_ID, *map(value_name, plan.targets)])
    judged += "".join(f", CAST({verdict} AS TINYINT) AS {name}" for verdict, name in verdicts if verdict)
    return f"SELECT *, {_sound(plan)} AS {SOUND} FROM (SELECT {judged} FROM {typed})"  # noqa: S608


def _sound(plan: Plan) -> str:
    refused = (refuses(target, plan) for target in plan.targets)
    return " AND ".join([f"{SOURCE_ID} IS NOT NULL", *(f"NOT {each}" for each in refused if each)])
