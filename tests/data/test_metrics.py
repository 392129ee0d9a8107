import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.metrics import BadQuestion, MetricError, UnknownMetric, catalog, columns, measure, monthly
from data.metrics.documentation import document
from data.metrics.engagement import EXPRESSIONS
from data.warehouse import Warehouse, open_warehouse
from tests.data.metric_cases import write_tables

DOCUMENT = Path(__file__).parents[2] / "docs" / "metrics.md"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    home = tmp_path_factory.mktemp("metrics")
    tables: dict[str, list[dict[str, Any]]] = {
        "agent": [{"agent_id": "x", "office": "O'Hare", "is_bot": False}, {"agent_id": "y", "office": "NA"},
                  {"agent_id": "z", "is_bot": True}],
        "opportunity": [
            {"opportunity_id": "a", "is_won": True, "amount": "12345678901.2345", "currency": "USD", "agent_id": "x",
             "closed_at": "2026-01-10"},
            {"opportunity_id": "b", "is_won": False, "agent_id": "y", "closed_at": "2026-01-31"},
            {"opportunity_id": "c", "is_won": True, "amount": "1", "currency": "USD", "agent_id": "x"},
            {"opportunity_id": "d", "is_won": True, "amount": "2", "currency": "USD", "source_system": "another",
             "closed_at": "2026-01-10"},
        ],
    }  # fmt: skip
    write_tables(home, tables)
    with open_warehouse(home, "tiny") as opened:
        yield opened


def test_every_metric_has_its_expression_and_its_groups_exist() -> None:
    assert set(catalog()) == set(EXPRESSIONS)
    for metric in catalog().values():
        assert [columns.find(metric.source_table, group.column) for group in metric.groups]


def test_the_page_of_metrics_is_up_to_date() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document()


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ({"metric_id": "win_ratio"}, "There is no metric 'win_ratio'. There is: win_rate,"),
        ({"by": ["office"]}, "Table opportunity has no column 'office'. It has: opportunity_id,"),
        ({"by": ["agent.shoe"]}, "Table agent has no column 'agent.shoe'."),
        ({"by": ["case.channel"]}, "table opportunity leads to account, agent, campaign, contact, product"),
        ({"by": ["amount"]}, "amount holds a decimal"),
        ({"by": ["agent.office; DROP TABLE agent"]}, "has no column 'agent.office; DROP TABLE agent'"),
        ({"by": ["office'); DROP"]}, "has no column"),
        ({"where": {"agent.office": "Central"}}, "agent.office is never 'Central'. Most often it is: "),
        ({"where": {"agent.office": "x' OR '1'='1"}}, "is never"),
        ({"where": {"agent.pillar": "sevice"}}, "It is one of: marketing, service"),
        ({"where": {"agent.is_bot": "maybe"}}, "agent.is_bot holds true or false, and 'maybe' is none."),
        ({"variant": "fast"}, "win_rate has no variant 'fast'. It has no variants."),
        ({"grain": "decade"}, "There is no grain 'decade'"),
        ({"time_zone": "Mars/Base"}, "'Mars/Base' is no time zone"),
        ({"time_zone": "../../etc/passwd"}, "is no time zone"),
        ({"source": "nowhere"}, "There is no source 'nowhere' behind win_rate. There is: another, files."),
        ({"date_from": date(2026, 2, 1), "date_to": date(2026, 1, 1)}, "is after the last"),
    ],
)
def test_what_does_not_exist_is_refused_in_a_sentence(
    warehouse: Warehouse, question: dict[str, Any], sentence: str
) -> None:
    metric_id = question.pop("metric_id", "win_rate")
    with pytest.raises(MetricError) as refused:
        measure(warehouse, metric_id, **question)
    assert sentence in str(refused.value)
    assert isinstance(refused.value, UnknownMetric | BadQuestion | MetricError)


def test_values_are_values_and_never_sql(warehouse: Warehouse) -> None:
    (row,) = measure(warehouse, "win_rate", where={"agent.office": "O'Hare"}).rows
    assert (row["numerator"], row["n"]) == (2, 2)
    (row,) = measure(warehouse, "win_rate", where={"agent.office": "NA"}).rows
    assert (row["value"], row["n"]) == (0.0, 1)
    (row,) = measure(warehouse, "win_rate", where={"agent.office": None}).rows
    assert row["n"] == 1
    (row,) = measure(warehouse, "win_rate", where={"agent.is_bot": "false"}).rows
    assert row["n"] == 2


def test_a_source_is_kept_apart(warehouse: Warehouse) -> None:
    (row,) = measure(warehouse, "won_value", source="another").rows
    assert row["value"] == 2


def test_rows_without_a_date_are_counted_and_belong_to_no_month(warehouse: Warehouse) -> None:
    result = monthly(warehouse, "win_rate")
    assert result.undated == 1
    assert [(row["period"], row["n"], row["period_complete"]) for row in result.rows] == [("2026-01", 3, True)]


def test_a_filter_that_leaves_nothing_still_shows_its_months(warehouse: Warehouse) -> None:
    (row,) = monthly(warehouse, "won_value", where={"agent.office": "NA"}).rows
    assert (row["period"], row["value"], row["n"]) == ("2026-01", 0, 0)
    (row,) = monthly(warehouse, "cycle_days", where={"agent.office": "NA"}).rows
    assert row["reason"] == "No won opportunity has both dates."
    assert monthly(warehouse, "win_rate", where={"agent.is_bot": True}, by=["agent_id"]).rows == ()


def test_a_result_is_plain_values(warehouse: Warehouse) -> None:
    text = json.dumps(measure(warehouse, "won_value").as_json())
    read = json.loads(text)

    assert read["rows"] == [
        {"period": None, "group": {}, "numerator": 12345678904.2345, "denominator": None, "value": 12345678904.2345,
         "n": 3, "missing": 0, "currency": "USD"}
    ]  # fmt: skip
    assert read["data_to"] == "2026-01-31"
    assert read["unit"] == "currency"


def test_an_empty_warehouse_has_no_figures_but_reasons(tmp_path: Path) -> None:
    with open_warehouse(tmp_path, "nobody") as empty:
        for metric_id in catalog():
            (row,) = measure(empty, metric_id).rows
            assert row["value"] is None
            assert row["n"] == 0
            assert "imported" in row["reason"]
            assert monthly(empty, metric_id).rows == ()
