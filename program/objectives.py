"""Objectives: what the program wants to reach, who answers for it, and by when."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Objective:
    """metric_id: of the metrics' catalog. target: in that metric's unit."""

    id: str
    version: int
    title: str
    owner_id: str | None = None
    metric_id: str | None = None
    target: Decimal | None = None
    due_on: date | None = None
