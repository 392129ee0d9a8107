"""Metrics: what the warehouse says about customers' engagement."""

from data.metrics.catalog import Metric, MetricError, UnknownMetric, catalog
from data.metrics.columns import BadQuestion
from data.metrics.measure import data_to, measure, monthly, values_of
from data.metrics.result import MetricResult

__all__ = [
    "BadQuestion",
    "Metric",
    "MetricError",
    "MetricResult",
    "UnknownMetric",
    "catalog",
    "data_to",
    "measure",
    "monthly",
    "values_of",
]
