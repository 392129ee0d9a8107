"""What people promise: the value a metric should reach because of a component."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from data.metrics import catalog
from program import fields
from program.store.tables import Component, MetricTarget
from program.store.unit_of_work import intend
from program.values import Actor, Missing

TARGET_DECIMALS = 6


def set_target(
    actor: Actor,
    *,
    program_id: str,
    component_id: str,
    metric_id: str,
    target: Decimal,
    due_on: date | None = None,
    version: int | None = None,
) -> int:
    """
    Set a component's target for a metric, in the metric's unit, and return its version.

    version: of the target as it was seen, None when there was none. Raises Stale when it is another by now, and
    Missing when it was taken back.
    """
    metric = fields.one_of(metric_id, tuple(catalog()), "metric_id")
    values = {
        "target": fields.number(target, "target", decimals=TARGET_DECIMALS),
        "due_on": fields.optional_day(due_on, "due_on"),
    }
    with intend(actor, action="target.set", needs="plan.edit", program_id=program_id) as unit:
        unit.get(Component, component_id)
        mine = MetricTarget.component_id == component_id, MetricTarget.metric_id == metric
        row = unit.session.scalar(select(MetricTarget).where(*mine))
        if row is None and version is not None:
            raise Missing("metric target")
        if row is None:
            row = unit.add(MetricTarget(component_id=component_id, metric_id=metric, **values))
            unit.subject(row.id, component=component_id, metric=metric)
            return row.version
        if row.version != version and (row.target, row.due_on) != (values["target"], due_on):
            raise unit.stale(row, values)
        return unit.change(MetricTarget, row.id, row.version, **values)


def remove_target(actor: Actor, *, program_id: str, target_id: str, version: int) -> None:
    """Take a target back."""
    with intend(actor, action="target.remove", needs="plan.edit", program_id=program_id) as unit:
        unit.remove(MetricTarget, target_id, version)
