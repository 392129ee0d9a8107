"""Months and weeks against plain Python: clocks that change, UTC+14, midnight at the end of a month, leap days."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from data.metrics import measure, periods
from data.warehouse import Warehouse, open_warehouse
from tests.data.metric_cases import write_tables

ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Asia/Kolkata", "America/Sao_Paulo"]
EDGES = [
    datetime(2024, 2, 29, 23, 59, 59, tzinfo=UTC),
    datetime(2024, 3, 1, tzinfo=UTC),
    datetime(2024, 3, 10, 6, 59, tzinfo=UTC),  # New York's day of 23 hours
    datetime(2024, 3, 31, 0, 59, tzinfo=UTC),  # Berlin's
    datetime(2024, 3, 31, 22, 0, tzinfo=UTC),
    datetime(2024, 10, 31, 22, 59, tzinfo=UTC),
    datetime(2024, 10, 31, 23, 0, tzinfo=UTC),
    datetime(2024, 12, 31, 9, 59, tzinfo=UTC),  # Kiritimati's midnight is a minute away
    datetime(2024, 12, 31, 10, 0, tzinfo=UTC),
    datetime(2018, 11, 4, 2, 59, 59, tzinfo=UTC),  # a midnight that Brazil's clocks skipped
    datetime(2018, 11, 4, 3, 0, tzinfo=UTC),
]
MOMENTS = EDGES + [datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=7 * step) for step in range(1300)]
WINDOWS = [
    (date(2024, 2, 29), date(2024, 2, 29)),
    (date(2024, 3, 31), date(2024, 4, 1)),
    (date(2024, 10, 1), date(2024, 10, 31)),
    (date(2018, 11, 4), date(2018, 11, 4)),
    (date(2018, 11, 3), date(2018, 11, 3)),
]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    home = tmp_path_factory.mktemp("periods")
    rows = [{"interaction_id": str(number), "occurred_at": at} for number, at in enumerate(MOMENTS)]
    write_tables(home, {"interaction": rows})
    with open_warehouse(home, "tiny") as opened:
        yield opened


@pytest.mark.parametrize("time_zone", ZONES)
@pytest.mark.parametrize("grain", ["month", "week"])
def test_fault_47_periods_equal_a_reference(warehouse: Warehouse, time_zone: str, grain: str) -> None:
    zone = ZoneInfo(time_zone)
    days = [at.astimezone(zone).date() for at in MOMENTS]
    expected = Counter(periods.label(periods.first_day(day, grain), grain) for day in days)

    result = measure(warehouse, "interactions", grain=grain, time_zone=time_zone)

    assert {row["period"]: row["value"] for row in result.rows if row["value"]} == dict(expected)
    assert (result.data_from, result.data_to) == (min(days), max(days))


@pytest.mark.parametrize("time_zone", ZONES)
def test_fault_47_days_asked_for_are_both_included(warehouse: Warehouse, time_zone: str) -> None:
    zone = ZoneInfo(time_zone)
    for first, last in WINDOWS:
        expected = sum(first <= at.astimezone(zone).date() <= last for at in MOMENTS)
        (row,) = measure(warehouse, "interactions", time_zone=time_zone, date_from=first, date_to=last).rows
        assert row["n"] == expected


def test_every_month_between_stands_in_the_list(warehouse: Warehouse) -> None:
    rows = measure(warehouse, "interactions", grain="month").rows

    assert [row["period"] for row in rows][:3] == ["2018-11", "2018-12", "2019-01"]
    assert rows[1]["value"] == 0


def test_a_month_is_complete_when_the_data_and_the_days_asked_for_span_it(warehouse: Warehouse) -> None:
    first, last = date(2024, 2, 2), date(2024, 4, 30)
    rows = measure(warehouse, "interactions", grain="month", date_from=first, date_to=last).rows
    newest = measure(warehouse, "interactions", grain="month").rows[-1]

    complete = {row["period"]: row["period_complete"] for row in rows}
    assert complete == {"2024-02": False, "2024-03": True, "2024-04": True}
    assert newest["period"] == "2025-01"
    assert not newest["period_complete"]
