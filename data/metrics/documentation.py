"""The catalog as a page of text: `python -m data.metrics.documentation > docs/metrics.md`."""

import sys

from data.metrics.catalog import Metric, catalog

HEAD = """# Metrics

Generated from `data/metrics/catalog.yaml` by `python -m data.metrics.documentation > docs/metrics.md`; edit the
catalog, not this page. The cases in `tests/spec/metrics` show each metric on tables small enough to check by hand.

A ratio whose denominator is 0 has no value, and n always stands beside it. Months are cut in the client's time zone.
A foreign key leads to the row of the same source. Unknown is not zero: a value that is missing says why.
"""


def document() -> str:
    """Return docs/metrics.md."""
    return "\n".join([HEAD, *(_entry(metric) for metric in catalog().values())])


def _entry(metric: Metric) -> str:
    facts = {
        "Id and version": f"`{metric.id}` {metric.version}",
        "Numerator": metric.numerator,
        "Denominator": metric.denominator,
        "Unit": metric.unit,
        "Interval": metric.interval,
        "Rows": ", ".join(f"`{table}`" for table in (metric.table, *metric.also)) + f", by `{metric.date}`",
        "Split by": ", ".join(f"{group.name} (`{group.column}`)" for group in metric.groups),
        "Better": metric.better,
        "Owner": metric.owner,
        "Source": metric.source,
        "Without a value": metric.empty,
    }
    lines = [f"## {metric.name}", "", f"*{metric.question}*", "", metric.definition, "", "| | |", "|---|---|"]
    lines += [f"| {name} | {fact} |" for name, fact in facts.items() if fact]
    lines += [
        f"| Variant `{variant.id}`{', the default' if place == 0 else ''} | {variant.definition} |"
        for place, variant in enumerate(metric.variants)
    ]
    lines += [f"| Parameter {item.name} | {item.value} {item.unit} |" for item in metric.parameters]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.stdout.write(document())
