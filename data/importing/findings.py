"""The findings of an import: what the quality checks say of its rows, in the light of what the warehouse holds."""

from pathlib import Path
from typing import Any

from data.importing.plan import Plan
from data.importing.rows import INCOMING, Tally
from data.importing.typed import text_of
from data.manifest import Manifest
from data.quality import Finding, reference_findings, similar_values, source_rows, word_findings
from data.reading.choosing import parquet
from data.reading.kinds import quoted

DECIMALS = 4  # that the warehouse keeps
WORD_COLUMNS = ("industry", "segment", "stage", "lost_reason", "series", "team", "office", "city", "country")


def import_findings(
    connection: Any, plan: Plan, counts: Tally, folder: Path, manifest: Manifest, source: str
) -> tuple[Finding, ...]:
    """Return what is odd about the rows in INCOMING."""
    words = [target.name for target in plan.mapped if target.name in WORD_COLUMNS]
    return (
        *reference_findings(connection, INCOMING, _references(plan, folder, manifest, source)),
        *_words(plan, counts),
        *similar_values(connection, INCOMING, words),
    )


def rounded(connection: Any, plan: Plan, relation: str) -> tuple[Finding, ...]:
    """Return one finding of numbers with more decimals than the warehouse keeps."""
    long = {
        target.name: f"length(split_part(trim({text_of(target, plan)}), {quoted(target.kind.decimal or '.')}, 2))"
        for target in plan.mapped
        if target.column.type == "decimal" and target.kind is not None and target.kind.type == "decimal"
    }
    if not long:
        return ()
    counts = ", ".join(f"count_if({length} > {DECIMALS})" for length in long.values())
    found = connection.execute(f"SELECT {counts} FROM {relation}").fetchall()[0]  # noqa: S608
    columns = {name: count for name, count in zip(long, found, strict=True) if count}
    if not columns:
        return ()
    count = sum(columns.values())
    has, was = ("number has", "was") if count == 1 else ("numbers have", "were")
    said = f"{count:,} {has} more than {DECIMALS} decimals and {was} rounded: {', '.join(columns)}."
    return (Finding("rounded_decimals", count, said),)


def _words(plan: Plan, counts: Tally) -> list[Finding]:
    code_words: dict[str, int] = {}
    unknown: dict[str, int] = {}
    unmapped: dict[str, int] = {}
    for target in plan.mapped:
        cells = counts.cells[target.name]
        if cells.words:
            which = unknown if target.column.vocabulary else code_words if target.meanings is None else unmapped
            which[target.source or target.name] = cells.words
    return word_findings(code_words, unknown, unmapped)


def _references(plan: Plan, folder: Path, manifest: Manifest, source: str) -> dict[str, tuple[str, str | None]]:
    """Return the foreign keys the file fills: column -> (table named, SQL of the source_ids known there)."""
    references: dict[str, tuple[str, str | None]] = {}
    for target in plan.mapped:
        name = target.column.references
        if name is None:
            continue
        entry = manifest.tables.get(name)
        known = source_rows(parquet(folder / entry.file), source) if entry else None
        if name == plan.table.name:
            stored = f" UNION ALL SELECT source_id FROM {known}" if known else ""  # noqa: S608
            known = f"(SELECT source_id FROM {INCOMING}{stored})"  # noqa: S608
        references[target.name] = (name.replace("_", " "), known)
    return references
