"""Benefits: the list with how much of each has come, and the forms that add, change and remove one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from pages.ui import budget_reads, forms, shell, tables, text
from pages.ui.budget_reads import Asked
from pages.ui.fields import Amount, Choice, Day, Field, Part, Text
from pages.ui.shell import Visit
from pages.ui.tables import Cell, Column
from program.actions import benefits as actions
from program.benefits import Benefit, Uptake
from program.queries import engagement, stakeholders


def show(visit: Visit, asked: Asked, benefits: Sequence[Benefit], uptakes: Mapping[str, Uptake]) -> None:
    """Draw the benefits and their forms."""
    if benefits:
        tables.show(listed(benefits, uptakes), key="benefit.list")
    if not visit.may("money.edit"):
        return
    names = text.distinct({"": "A new benefit", **{each.id: each.name for each in benefits}})
    chosen = st.selectbox("Add or change", list(names), format_func=names.__getitem__, key="benefit.which", width=360)
    held = next((each for each in benefits if each.id == chosen), None)
    if held is None:
        _add(visit, asked)
    else:
        _change(visit, asked, held)


def listed(benefits: Sequence[Benefit], uptakes: Mapping[str, Uptake]) -> tables.Table:
    """The benefits with their money a month, from when to when, and how much of each has come."""
    columns = (
        Column("Benefit"),
        Column("Component", tables.blank),
        Column("A month", lambda amount: text.number(amount, decimals=2), number=True),
        Column("Currency"),
        Column("From", text.day),
        Column("To", lambda day: text.day(day) if day else "no end"),
        Column("Months of ramp", text.number, number=True),
        Column("Has come", text.percent, number=True),
    )
    rows = tuple(_row(each, uptakes.get(each.id)) for each in benefits)
    return tables.Table(columns, rows, name="benefits")


def _row(benefit: Benefit, uptake: Uptake | None) -> tuple[Any, ...]:
    share, note = None, ""
    if uptake is not None:
        share, note = uptake.share, uptake.reason
    if uptake is not None and uptake.period is not None and benefit.metric_id:
        value = text.number(uptake.value, decimals=2)
        note = f"{_metric(benefit.metric_id)} {value} in {text.month(uptake.period)}"
    money = benefit.monthly, benefit.currency, benefit.starts_on, benefit.ends_on, benefit.ramp_months
    return benefit.name, benefit.component_name, *money, Cell(share, note=note)


def _metric(metric_id: str) -> str:
    metric = engagement.metrics().get(metric_id)
    return metric.name if metric else metric_id


def _fields(visit: Visit, asked: Asked, *, new: bool) -> tuple[Field | Part, ...]:
    metrics = {metric_id: metric.name for metric_id, metric in engagement.metrics().items()}
    people = {}
    if visit.may("people.read"):
        people = {each.id: each.name for each in stakeholders.stakeholders(visit.program_id)}
    currency = (Text("currency", "Currency", required=True, most=3),) if new else ()
    return (
        Text("name", "Benefit", required=True, hint="Fewer calls about the same order"),
        Choice("component_id", "Brought by", budget_reads.names(asked), none="the program as a whole"),
        *((Choice("owner_id", "Who stands for it", people, none="nobody yet"),) if people else ()),
        Amount("monthly", "Money a month", required=True, hint="12,000"),
        *currency,
        Day("starts_on", "From", required=True),
        Day("ends_on", "To, if it ends"),
        Amount("ramp_months", "Months until all of it comes", hint="6", decimals=0),
        Part("How much has come", 3, "By a metric of the engagement page; without one it counts as hoped."),
        Choice("metric_id", "Metric", metrics, none="no metric"),
        Amount("metric_from", "Value at which nothing has come", hint="5.4", decimals=6),
        Amount("metric_to", "Value at which all has come", hint="4", decimals=6),
    )


def _add(visit: Visit, asked: Asked) -> None:
    begin = {"currency": visit.program.currency, "starts_on": _next_month(visit.today)}
    if sent := forms.ask("benefit.add", _fields(visit, asked, new=True), begin=begin, submit="Add it", columns=3):
        given = {"program_id": visit.program_id, **_whole(sent.values)}
        forms.attempt(actions.add_benefit, visit.actor, noun=sent.noun, intention=sent.intention, **given)


def _change(visit: Visit, asked: Asked, held: Benefit) -> None:
    one = {"program_id": visit.program_id, "benefit_id": held.id}
    noun = f"benefit.{held.id}"
    if sent := forms.ask(noun, _fields(visit, asked, new=False), of=held, submit="Save the benefit", columns=3):
        forms.attempt(
            actions.change_benefit, visit.actor, noun=noun, version=sent.version, **one, **_whole(sent.values)
        )
    with st.popover("Remove the benefit"):
        st.caption("What the program is worth is then told without it.")
        if st.button("Remove", key="benefit.remove"):
            forms.attempt(actions.remove_benefit, visit.actor, **one, version=held.version)


def _whole(values: Mapping[str, Any]) -> dict[str, Any]:
    months = values.get("ramp_months")
    return {**values, "ramp_months": 0 if months is None else int(months)}


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def note(benefits: Sequence[Benefit]) -> None:
    """Say which benefits count as hoped, because no metric tells how much of them has come."""
    loose = [each.name for each in benefits if not each.measurable]
    if loose:
        shell.note(f"Without a metric, and so counted as hoped: {text.listed(loose)}.")
