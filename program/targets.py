"""Targets: the value a metric should reach because a component went live."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Target:
    """target: in the metric's unit (data.metrics.catalog). live_on: when the component went or goes live."""

    id: str
    version: int
    component_id: str
    component_name: str
    live_on: date | None
    metric_id: str
    target: Decimal
    due_on: date | None
