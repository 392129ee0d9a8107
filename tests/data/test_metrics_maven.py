"""The public CRM Sales Opportunities: figures that anybody can check with a spreadsheet."""

import csv
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from data.importing import import_file
from data.mapping import load_map
from data.metrics import measure
from data.warehouse import Warehouse, check, open_warehouse

FOLDER = Path(os.environ.get("GROUNDWORK_TEST_DATA", "/nonexistent")) / "crm_maven"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="GROUNDWORK_TEST_DATA has no folder crm_maven")
CONNECTORS = Path(__file__).parents[2] / "data" / "connectors"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
FILES = {
    "accounts": ("account", "maven_accounts.yaml"),
    "products": ("product", "maven_products.yaml"),
    "sales_teams": ("agent", "maven_agents.yaml"),
    "sales_pipeline": ("opportunity", "maven_opportunities.yaml"),
}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    home = tmp_path_factory.mktemp("maven")
    for file, (table, map_file) in FILES.items():
        import_file(home, "maven", FOLDER / f"{file}.csv", table, load_map(CONNECTORS / map_file), now=NOW)
    with open_warehouse(home, "maven") as opened:
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


def test_the_imported_warehouse_is_sound(warehouse: Warehouse) -> None:
    assert check(warehouse.folder.parents[1], "maven") == []
    assert warehouse.rows("opportunity") == 8_800
