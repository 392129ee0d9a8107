"""Amounts come back as they were, or are refused; times are UTC."""

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy.dialects import sqlite

from program.store.types import LARGEST, Exact, InexactAmount, UtcDateTime

DIALECT = sqlite.dialect()
MOST = LARGEST // 10**4


@given(some.decimals(min_value=-MOST, max_value=MOST, places=4))
def test_an_amount_comes_back_exactly(amount: Decimal) -> None:
    kept = Exact(4)
    assert kept.process_result_value(kept.process_bind_param(amount, DIALECT), DIALECT) == amount


@given(some.decimals(allow_nan=True, allow_infinity=True))
def test_any_amount_is_kept_exactly_or_refused(amount: Decimal) -> None:
    kept = Exact(4)
    try:
        whole = kept.process_bind_param(amount, DIALECT)
    except InexactAmount:
        assert not amount.is_finite() or abs(amount) > MOST or amount * 10**4 != (amount * 10**4).to_integral_value()
    else:
        assert kept.process_result_value(whole, DIALECT) == amount


@pytest.mark.parametrize("text", ["NaN", "Infinity", "0.00001", "1e16", "1." + "0" * 40 + "1"])
def test_what_cannot_be_kept_is_refused(text: str) -> None:
    with pytest.raises(InexactAmount):
        Exact(4).process_bind_param(Decimal(text), DIALECT)


def test_a_float_is_no_amount() -> None:
    with pytest.raises(InexactAmount):
        Exact(4).process_bind_param(0.5, DIALECT)  # type: ignore[arg-type]


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        UtcDateTime().process_bind_param(datetime(2026, 1, 1), DIALECT)  # noqa: DTZ001
