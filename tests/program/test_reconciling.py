"""What does not reconcile: rows kept until they are settled, orders and costs that do not go together; and mappings."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from program.actions.budget import add_line
from program.actions.ledger import change_mapping, remove_mapping, save_mapping, settle_row
from program.queries.budget import lines
from program.queries.ledger import mappings, reconciliation, unmatched
from program.values import Actor, Invalid, Stale
from tests.program.bringing import WALK, bring
from tests.program.making import component, later


@pytest.fixture
def line_id(owner: Actor, program_id: str) -> str:
    return add_line(owner, program_id=program_id, component_id=component(owner, program_id), name="Tools")


@pytest.mark.usefixtures("line_id")
def test_rows_that_are_not_booked_are_kept_once_until_they_are_settled(owner: Actor, program_id: str) -> None:
    wrong = ["actual,Tools,2026-03-01,IEH,EUR,I-1,1,,", "actual,Care,2026-03-01,5,EUR,I-1,2,,"]
    for _ in range(2):
        bring(owner, program_id, *wrong, file_name="../../may\u202e.csv")
    found = unmatched(program_id)
    assert [(row.line, row.column, row.value, row.file_name) for row in found] == [
        (2, "amount", "IEH", "../../may?.csv"),
        (3, "line", "Care", "../../may?.csv"),
    ]
    settle: dict[str, Any] = {"program_id": program_id, "row_id": found[0].id}
    assert settle_row(owner, **settle, version=1, how="Asked; it is in I-3.") == 2
    with pytest.raises(Invalid, match="settled already"):
        settle_row(owner, **settle, version=2, how="Again")
    with pytest.raises(Stale):
        settle_row(owner, **settle, version=1, how="Again")
    item = lines(program_id)[0].component_id
    add_line(owner, program_id=program_id, component_id=item, name="Care")
    result = bring(later(owner, days=1), program_id, *wrong)
    assert (result.accepted, len(result.rejected)) == (1, 1)
    assert unmatched(program_id) == []
    assert {row.settled_how for row in unmatched(program_id, settled=True)} == {
        "Asked; it is in I-3.",
        "Booked when its file came again.",
    }


@pytest.mark.usefixtures("line_id")
def test_what_does_not_reconcile_is_listed(owner: Actor, program_id: str) -> None:
    bring(
        owner,
        program_id,
        *list(WALK)[:2],
        "actual,Tools,2026-02-01,6500,EUR,I-1,1,O-1,",
        "commitment,Tools,2026-01-10,100,EUR,O-2,1,,",
        "actual,Tools,2026-04-01,60,EUR,I-2,1,O-2,",
        "actual,Tools,2026-02-02,7,EUR,I-3,1,,",
        "actual,Tools,2026-02-02,IEH,EUR,I-4,1,,",
    )
    last = date(2026, 4, 1)
    found = reconciliation(program_id, today=last + timedelta(days=90))
    assert (found.older_than, found.old, found.clean) == (90, (), False)
    assert [(each.line, each.document, each.over) for each in found.overspent] == [
        ("Listening: Tools", "O-1", Decimal(500))
    ]
    assert [(each.line, each.entry.document) for each in found.unordered] == [("Listening: Tools", "I-3")]
    assert (found.unmatched_count, found.unmatched[0].value) == (1, "IEH")
    (old,) = reconciliation(program_id, today=last + timedelta(days=91)).old
    assert (old.document, old.open, old.since) == ("O-2", Decimal(40), last)


def test_a_mapping_is_saved_changed_and_removed(owner: Actor, program_id: str) -> None:
    content = {"columns": {"amount": "Betrag"}, "decimal": ",", "date_format": "DD.MM.YYYY"}
    id_ = save_mapping(owner, program_id=program_id, name="SAP", content=content)
    with pytest.raises(Invalid, match="There is a mapping “SAP” already"):
        save_mapping(owner, program_id=program_id, name="SAP", content={})
    (kept,) = mappings(program_id)
    assert (kept.name, kept.mapping.columns, kept.mapping.decimal) == ("SAP", {"amount": "Betrag"}, ",")
    one: dict[str, Any] = {"program_id": program_id, "mapping_id": id_}
    assert change_mapping(owner, **one, version=1, name="ERP") == 2
    with pytest.raises(Invalid, match="no date format"):
        change_mapping(owner, **one, version=2, content={"date_format": "soon"})
    remove_mapping(owner, **one, version=2)
    assert mappings(program_id) == []
