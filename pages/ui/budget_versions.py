"""Versions of the budget: drafted, spread over months, compared and approved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import streamlit as st

from pages.ui import budget_reads, forms, shell, states, tables, text
from pages.ui.budget_reads import Asked
from pages.ui.fields import Amount, Choice, Day, Text
from pages.ui.shell import Visit
from pages.ui.tables import Column
from program.actions import versions as actions
from program.budget import RECURRENCES
from program.budget_versions import STATUSES, PhasedLine, Version
from program.budget_versions import compare as compared
from program.ledger import exact_sum

WHAT = (
    "A version of the budget says what each line may cost in each month. A draft can be changed; once it is approved "
    "it stays as it is, and the plan of each line becomes what its months add up to."
)
SPREAD_ALL = "version.spread_all"
CHANGES = (
    Column("Component"),
    Column("Line"),
    Column("Currency"),
    Column("Before", lambda amount: text.number(amount, decimals=2), number=True),
    Column("After", lambda amount: text.number(amount, decimals=2), number=True),
    Column("Change", lambda amount: text.number(amount, decimals=2, signed=True), number=True),
    Column("Months that differ", text.number, number=True),
)


def named(versions: Sequence[Version]) -> Mapping[str, str]:
    """Return the versions to choose from by name, which outlasts an approval."""
    return text.distinct({each.id: each.name for each in versions})


def status(version: Version, zone: str) -> str:
    """Return whether a version can still be changed, as a sentence."""
    if not version.locked:
        return "A draft: its months can be changed until it is approved."
    by = f" by {version.approved_by}" if version.approved_by else ""
    on = f" on {text.moment(version.approved_at, zone)}" if version.approved_at else ""
    return f"{STATUSES[version.status]}{by}{on}: it stays as it is."


def amounts(name: str, found: Iterable[Decimal | None]) -> Column:
    """Return a column of amounts, with cents when any of them has some; an empty cell for none."""
    decimals = 2 if any(amount is not None and amount != int(amount) for amount in found) else 0
    return Column(name, lambda amount: "" if amount is None else text.number(amount, decimals=decimals), number=True)


def one_total(lines: Sequence[PhasedLine], found: Sequence[Decimal | None]) -> Decimal | None:
    """Return the sum of an amount of each line; None without any, or when the lines are in several currencies."""
    known = [amount for amount in found if amount is not None]
    return exact_sum(known) if known and len({line.currency for line in lines}) == 1 else None


def totals(version: Version) -> str:
    """Return what a version adds up to, in each of its currencies."""
    return text.listed([text.money_short(amount, code) for code, amount in version.totals.items()]) or text.UNKNOWN


def listed(versions: Sequence[Version], zone: str) -> tables.Table:
    """The versions with their totals, the newest first."""
    columns = (
        Column("Version"),
        Column("Status"),
        Column("Total", number=True),
        Column("Lines", text.number, number=True),
        Column("Made", lambda at: text.moment(at, zone)),
        Column("Approved by", tables.blank),
        Column("On", lambda at: text.moment(at, zone) if at else ""),
    )
    rows = tuple(
        (
            tables.Cell(each.name, note=each.note or ""),
            STATUSES[each.status],
            totals(each),
            each.lines,
            each.made_at,
            each.approved_by,
            each.approved_at,
        )
        for each in versions
    )
    return tables.Table(columns, rows, name="budget versions")


def make(visit: Visit, versions: Sequence[Version]) -> None:
    """Draw the form of a new draft."""
    fields = (
        Text("name", "Name of the draft", required=True, hint="Revision 1"),
        Choice("revision_of", "Copy the months of", named(versions), none="No version: an empty sheet"),
        Text("note", "What it is for", wide=True),
    )
    last = versions[0].id if versions else None
    begin = {"revision_of": last}
    if sent := forms.ask("version.add", fields, begin=begin, submit="Make a draft", main=not versions):
        forms.add(sent, actions.make_version, visit.actor, program_id=visit.program_id)


def decide(visit: Visit, version: Version) -> None:
    """Draw what ends a draft: its approval, or taking it out."""
    one: dict[str, Any] = {"program_id": visit.program_id, "version_id": version.id, "version": version.version}
    with st.container(horizontal=True, gap="small"):
        with st.popover("Approve the draft"):
            st.caption(
                "The plan of each of its lines becomes what its months add up to, booked today. "
                "The draft is not changed after that."
            )
            if st.button("Approve", type="primary", key="version.approve"):
                forms.attempt(actions.approve_version, visit.actor, **one, on=visit.today)
        with st.popover("Remove the draft"):
            st.caption("Its months go with it. The ledger stays as it is.")
            if st.button("Remove", key="version.remove"):
                forms.attempt(actions.remove_draft, visit.actor, **one)


def spread(visit: Visit, asked: Asked, version: Version) -> None:
    """Draw the form that spreads one line over months, and the button for all lines that have none."""
    lines = budget_reads.line_names(budget_reads.lines(asked))
    fields = (
        Choice("line_id", "Line", lines),
        Amount("total", "Total", hint="empty: what it has, else its plan"),
        Choice("recurrence", "Falls due", RECURRENCES, none="as the line says"),
        Day("start", "First month"),
        Day("end", "Last month"),
    )
    shell.note("Every cent is kept: what does not divide goes to the months with the largest remainder.")
    one = {"program_id": visit.program_id, "version_id": version.id}
    if sent := forms.ask("version.spread", fields, submit="Spread it", columns=3):
        forms.change(replace(sent, version=version.version), actions.spread_line, visit.actor, **one)
    if st.button("Spread every line that has no month yet", key="version.spread_all"):
        forms.attempt(actions.spread_plans, visit.actor, noun=SPREAD_ALL, **one, version=version.version)
    if st.session_state.get(states.JUST_SAVED) == SPREAD_ALL:
        _say_spread(budget_reads.phases(replace(asked, component_id=None), version.id))


def _say_spread(lines: Sequence[PhasedLine]) -> None:
    done = sum(1 for line in lines if line.phases)
    left = "" if done == len(lines) else " The others have no amount, or no days of work to spread it over."
    counted = f"{text.number(done)} of {text.plural(len(lines), 'line has', 'lines have')} months now."
    st.html(f'<p class="gw-note" role="status"><span class="gw-good">✓ Spread:</span> {counted}{left}</p>')


def compare(asked: Asked, versions: Sequence[Version], shown: Version) -> None:
    """Draw the lines that differ between two versions."""
    others = [each for each in versions if each.id != shown.id]
    if not others:
        shell.note("There is one version. Make a draft of it to compare the two.")
        return
    names = named(others)
    start = next((at for at, each in enumerate(others) if each.id == shown.revision_of_id), 0)
    before = st.selectbox(
        "Compare with", list(names), index=start, format_func=names.__getitem__, key="version.before", width=360
    )
    old = budget_reads.phases(asked, before or others[0].id)
    changes = compared(old, budget_reads.phases(asked, shown.id))
    if not changes:
        shell.note("No line differs between the two.")
        return
    rows = tuple(
        (each.component_name, each.name, each.currency, each.before, each.after, each.change, len(each.months))
        for each in changes
    )
    tables.show(tables.Table(CHANGES, rows, name="compared versions"), key="version.compared")


def headline(versions: Sequence[Version], shown: Version, lines: Sequence[PhasedLine]) -> str:
    """Return what the chosen version says: how much, over which months, and against which it was drafted."""
    periods = sorted({period for line in lines for period in line.phases})
    if not periods:
        return f"“{shown.name}” has no month yet."
    when = f"from {text.month(periods[0])} to {text.month(periods[-1])}"
    old = next((each for each in versions if each.id == shown.revision_of_id), None)
    said = f"“{shown.name}” plans {totals(shown)} {when}"
    if old is None or len(shown.totals) != 1 or list(old.totals) != list(shown.totals):
        return f"{said}."
    ((code, amount),) = shown.totals.items()
    more = amount - old.totals[code]
    if not more:
        return f"{said}, as much as “{old.name}”."
    word = "more" if more > 0 else "less"
    return f"{said}, {text.money_short(abs(more), code)} {word} than “{old.name}”."
