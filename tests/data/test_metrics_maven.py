"""The public CRM Sales Opportunities: figures that anybody can check with a spreadsheet."""

import csv
import os
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from data.metrics import measure
from data.warehouse import Warehouse, open_warehouse
from tests.data.metric_cases import write_tables

FOLDER = Path(os.environ.get("GROUNDWORK_TEST_DATA", "/nonexistent")) / "crm_maven"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="GROUNDWORK_TEST_DATA has no folder crm_maven")
WON = {"Won": True, "Lost": False}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    home = tmp_path_factory.mktemp("maven")
    deals = [
        {
            "opportunity_id": row["opportunity_id"],
            "agent_id": row["sales_agent"],
            "product_id": row["product"],
            "account_id": row["account"] or None,
            "stage": row["deal_stage"],
            "is_won": WON.get(row["deal_stage"]),
            "amount": row["close_value"] or None,
            "currency": "USD",
            "created_at": row["engage_date"] or None,
            "closed_at": row["close_date"] or None,
        }
        for row in _read("sales_pipeline")
    ]
    agents = [{"agent_id": row["sales_agent"], "office": row["regional_office"]} for row in _read("sales_teams")]
    write_tables(home, {"opportunity": deals, "agent": agents})
    with open_warehouse(home, "tiny") as opened:
        yield opened


def _read(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_win_rate(warehouse: Warehouse) -> None:
    (row,) = measure(warehouse, "win_rate").rows
    assert (row["numerator"], row["denominator"]) == (4_238, 6_711)
    assert round(row["value"], 6) == 0.631501


def test_win_rate_by_office(warehouse: Warehouse) -> None:
    rows = measure(warehouse, "win_rate", by=["agent.office"]).rows
    assert sorted(round(row["value"], 4) for row in rows) == [0.6256, 0.6302, 0.6394]
    assert sum(row["n"] for row in rows) == 6_711


def test_won_value_and_cycle(warehouse: Warehouse) -> None:
    (value,) = measure(warehouse, "won_value").rows
    (cycle,) = measure(warehouse, "cycle_days").rows
    assert value["value"] == Decimal(10_005_534)
    assert cycle["value"] == 57
    assert cycle["n"] == 4_238


def test_a_quarter_is_cut_by_the_day_of_closing(warehouse: Warehouse) -> None:
    (row,) = measure(warehouse, "win_rate", date_from=date(2017, 4, 1), date_to=date(2017, 6, 30)).rows
    closed = [deal for deal in _read("sales_pipeline") if "2017-04-01" <= deal["close_date"] <= "2017-06-30"]
    assert row["denominator"] == len(closed)
    assert row["numerator"] == sum(deal["deal_stage"] == "Won" for deal in closed)
