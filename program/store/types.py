"""Column types that keep money exact and times in UTC on every database."""

from datetime import UTC, datetime
from decimal import Context, Decimal, Inexact
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect
from sqlalchemy.types import TypeDecorator

LARGEST = 2**63 - 1
EXACTLY = Context(prec=60, traps=[Inexact])


class InexactAmount(ValueError):
    """An amount has more decimals than the store keeps, or is no number."""


class Exact(TypeDecorator[Decimal]):
    """A Decimal kept as a whole number of 1/10**scale, so that SQLite stores and sums it without floating point."""

    impl = BigInteger
    cache_ok = True
    keeps = Decimal

    def __init__(self, scale: int = 4) -> None:
        super().__init__()
        self.scale = scale

    def whole(self, value: Decimal | None) -> int | None:
        """The amount as a whole number of 1/10**scale. Raises InexactAmount when it cannot be kept as it is."""
        if value is None:
            return None
        if not isinstance(value, Decimal) or not value.is_finite():
            raise InexactAmount(f"{value} is no amount.")
        if abs(value) > LARGEST // 10**self.scale:
            raise InexactAmount(f"{value} is too large.")
        try:
            scaled = EXACTLY.scaleb(value, Decimal(self.scale))
        except Inexact:
            scaled = None
        if scaled is None or scaled != scaled.to_integral_value():
            raise InexactAmount(f"{value} has more than {self.scale} decimals.")
        return int(scaled)

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        return self.whole(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        return None if value is None else Decimal(int(value)).scaleb(-self.scale)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC; a datetime without a zone is refused."""

    impl = DateTime
    cache_ok = True
    keeps = datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without a time zone cannot be stored.")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else value.replace(tzinfo=UTC)
