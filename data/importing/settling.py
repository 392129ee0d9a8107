"""What the values of a file must settle before it is imported: open formats, and whether its ids can name rows."""

from dataclasses import replace
from typing import Any

from data.importing.plan import Plan, Target
from data.importing.result import ImportRefused
from data.reading.choosing import candidates, decide_kind
from data.reading.kinds import Kind, identifier, rounded_sql
from data.reading.layout import LINE


def settle(connection: Any, plan: Plan, relation: str, file_name: str) -> Plan:
    """Return the plan with the formats that the whole columns decide; ask where they cannot."""

    def decide(target: Target) -> Kind:
        assert target.kind is not None  # noqa: S101
        assert target.source is not None  # noqa: S101
        kinds = tuple(_with_given(kind, target.kind) for kind in candidates(target.kind.type, target.kind.zone))
        first, *rivals = decide_kind(connection, relation, target.source, kinds, plan.empty)
        if rivals:
            raise ImportRefused(_question(file_name, target.source, (first, *rivals)))
        return first

    return plan.decided(decide)


def _with_given(kind: Kind, given: Kind) -> Kind:
    return replace(given, format=given.format or kind.format, decimal=given.decimal or kind.decimal)


def _question(file_name: str, source: str, kinds: tuple[Kind, ...]) -> str:
    if kinds[0].format:
        formats = " or ".join(str(kind.format) for kind in kinds)
        return (
            f'{file_name}: the dates in column "{source}" read both ways, as {formats}. Say which in the map (format).'
        )
    return (
        f'{file_name}: the numbers in column "{source}" read with a decimal point and with a decimal comma.'
        " Say which in the map (decimal)."
    )


def refuse_rounded_ids(connection: Any, plan: Plan, relation: str, file_name: str) -> None:
    for column in plan.id:
        name = identifier(column)
        found = connection.execute(
            f"SELECT {LINE}, {name} FROM {relation} WHERE {rounded_sql(name)} ORDER BY 1 LIMIT 1"  # noqa: S608
        ).fetchall()
        if found:
            raise ImportRefused(
                f'{file_name}, line {found[0][0]}: column "{column}" cannot name rows:'
                f" {found[0][1]} was rounded by a spreadsheet, so that different ids look the same. Export it as text."
            )
