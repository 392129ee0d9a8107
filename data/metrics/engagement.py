"""The engagement metrics: the rows each looks at and what it makes of them, as Ibis expressions written once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import ibis
import ibis.expr.types as ir

from data.canonical import TABLES, arrow_schema
from data.metrics.replies import DIRECT, Replies, openings, silent_cases
from data.warehouse import Warehouse

DAY = 86_400
HOUR = 3_600
TALL = 0.9  # the quantile shown beside a median

Totals = dict[str, ir.Value]


@dataclass(frozen=True)
class Context:
    """What an expression may depend on besides its table."""

    warehouse: Warehouse
    time_zone: str
    variant: str | None


@dataclass(frozen=True)
class Expression:
    """
    One metric as Ibis expressions.

    rows: the rows it looks at: the columns of its table, `at` (the instant that decides the period) and its own.
    totals: aggregates over some of them: `n`, and of `numerator`, `denominator`, `value` those that the kind needs.
    """

    rows: Callable[[Context], ir.Table]
    totals: Callable[[ir.Table], Totals]


def _decided(context: Context) -> ir.Table:
    """Return the won and lost opportunities; without is_closed, is_won says so: an open deal has none."""
    opportunity = context.warehouse.table("opportunity")
    return opportunity.filter(opportunity.is_won.notnull(), opportunity.is_closed.fill_null(True)).mutate(
        at=opportunity.closed_at
    )


def _cycles(context: Context) -> ir.Table:
    """Return the decided opportunities, with `days` where they were won and have both dates."""
    decided = _decided(context)
    dates = (decided.created_at, decided.closed_at)
    opened, closed = (context.warehouse.local_time(at, context.time_zone).epoch_seconds() for at in dates)
    return decided.mutate(days=ibis.ifelse(decided.is_won, (closed - opened) / DAY, ibis.null("float64")))


def _interactions(context: Context) -> ir.Table:
    interaction = context.warehouse.table("interaction")
    return interaction.mutate(at=interaction.occurred_at)


def _activity(context: Context) -> ir.Table:
    """Return inbound interactions and transactions of known contacts, in the columns of an interaction."""
    interaction = _interactions(context)
    transaction = context.warehouse.table("transaction")
    bought = in_columns_of("interaction", transaction).mutate(at=transaction.occurred_at)
    either = ibis.union(interaction.filter(interaction.direction == "in"), bought.select(*interaction.columns))
    known = either.filter(either.contact_id.notnull())
    return known.mutate(customer=known.source_system + ibis.literal("\x1f") + known.contact_id)


def _conversations(context: Context) -> ir.Table:
    """Return opening messages and the cases that have no interaction, with the hours to the first reply."""
    messages = _openings(context)
    cases = silent_cases(context.warehouse)
    columns = in_columns_of("interaction", cases).mutate(
        at=cases.opened_at, replied_at=cases.first_response_at, automated_at=ibis.null(cases.opened_at.type())
    )
    either = ibis.union(messages, columns.select(*messages.columns))
    return either.mutate(hours=(either.replied_at.epoch_seconds() - either.at.epoch_seconds()) / HOUR)


def _openings(context: Context) -> ir.Table:
    replies: Replies = "direct" if context.variant in (None, DIRECT) else "thread"
    return openings(context.warehouse, replies)


def in_columns_of(name: str, rows: ir.Table) -> ir.Table:
    """Return rows of another table with the columns of table `name` added, empty where the other has none."""
    wanted = ibis.schema(arrow_schema(TABLES[name])).items()
    return rows.mutate(**{column: ibis.null(kind) for column, kind in wanted if column not in rows.columns})


def _win_rate(rows: ir.Table) -> Totals:
    return {"numerator": rows.count(where=rows.is_won), "denominator": rows.count(), "n": rows.count()}


def _won_value(rows: ir.Table) -> Totals:
    stated = rows.is_won & rows.amount.notnull()
    return {
        "numerator": rows.amount.sum(where=stated),
        "n": rows.count(where=stated),
        "missing": rows.count(where=rows.is_won & rows.amount.isnull()),
        "currencies": rows.currency.nunique(where=stated),
        "first_currency": rows.currency.min(where=stated),
        "last_currency": rows.currency.max(where=stated),
        "unnamed": rows.count(where=stated & rows.currency.isnull()),
    }


def _cycle_days(rows: ir.Table) -> Totals:
    return {"value": rows.days.median(), "p90": rows.days.quantile(TALL), "n": rows.days.count()}


def _count(rows: ir.Table) -> Totals:
    return {"numerator": rows.count(), "n": rows.count()}


def _customers(rows: ir.Table) -> Totals:
    return {"numerator": rows.customer.nunique(), "n": rows.customer.nunique()}


def _first_response(rows: ir.Table) -> Totals:
    unanswered = rows.hours.isnull()
    return {
        "value": rows.hours.median(),
        "p90": rows.hours.quantile(TALL),
        "n": rows.hours.count(),
        "unanswered": rows.count(where=unanswered),
        "automated_only": rows.count(where=unanswered & rows.automated_at.notnull()),
    }


def _unanswered(rows: ir.Table) -> Totals:
    return {"numerator": rows.count(where=rows.replied_at.isnull()), "denominator": rows.count(), "n": rows.count()}


EXPRESSIONS: Mapping[str, Expression] = MappingProxyType(
    {
        "win_rate": Expression(_decided, _win_rate),
        "won_value": Expression(_decided, _won_value),
        "cycle_days": Expression(_cycles, _cycle_days),
        "interactions": Expression(_interactions, _count),
        "interaction_share": Expression(_interactions, _count),
        "active_customers": Expression(_activity, _customers),
        "first_response": Expression(_conversations, _first_response),
        "unanswered": Expression(_openings, _unanswered),
    }
)
