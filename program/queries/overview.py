"""The read behind the overview."""

from collections.abc import Sequence
from datetime import date, timedelta

from assessments.readiness import Readiness
from assessments.scoring import Assessment, low_dimensions
from program import budget, catalog, components, decisions, follow_ups, ownership, policy, risks, thread
from program.budget import LineTotals, MixedCurrencies, NoBudgetLines, Total
from program.components import Component
from program.follow_ups import FollowUp
from program.overview import Overview
from program.proposed_risks import ProposedRisk
from program.queries import assessments
from program.queries.budget import lines
from program.queries.components import components as components_of
from program.queries.decisions import decisions as decisions_of
from program.queries.follow_ups import follow_ups as follow_ups_of
from program.queries.ledger import unmatched_count
from program.queries.ownership import matrix
from program.queries.risks import proposals, waivers
from program.queries.risks import risks as risks_of
from program.risks import Risk
from program.thread import ClosedGate

TOLD_ANYWAY = frozenset({"line_overspent", "waiver_ended"})  # these have a place of their own


def overview(program_id: str, *, today: date, has_data: bool, may_see_ties: bool = False) -> Overview:
    """
    Return where a program stands on a day, and at most three things to do next.

    has_data: anything was brought in from the client's systems. may_see_ties: whether the reader holds influence.read;
    nothing is said that rests on ties without it.
    """
    runs = assessments.runs(program_id)
    run = next((each for each in runs if each.answers), next(iter(runs), None))
    assessment = assessments.assessment(program_id, run.id) if run and run.answers else None
    owned, money, items = matrix(program_id), lines(program_id), components_of(program_id)
    names, people = dict(owned.components), dict(owned.people)
    unowned = tuple(names[item] for item in owned.unowned)
    late = tuple(sorted((c for c in items if components.is_late(c, today)), key=lambda c: (c.due_on or today, c.name)))
    agreed, register = follow_ups_of(program_id, only_open=True), risks_of(program_id)
    overdue, soon = tuple(follow_ups.overdue(agreed, today)), _soon(agreed, today)
    proposed = proposals(program_id, today=today, may_see_ties=may_see_ties, lines=money)
    over = tuple(sorted((line for line in money if line.over_budget), key=lambda line: (-line.overrun, line.name)))
    facts = thread.Facts(
        has_run=run is not None and (run.answers > 0 or run.closed_at is None),
        answers=run.answers if run else 0,
        gate=_closed_gate(assessment, items) if assessment else None,
        people=len(owned.people),
        components=len(items),
        ownership_errors=[f.sentence for f in owned.errors if f.code not in ownership.UNOWNED],
        unowned=unowned,
        late=[(component.name, _days(component, today)) for component in late],
        over_budget=[f"{line.component_name}: {line.name}" for line in over],
        has_data=has_data,
        technology_heavy=budget.technology_heavy(money, {item.id: item.catalog_id for item in items}, policy.load()),
        risks=[(risk.name, risk) for risk in proposed if risk.code not in TOLD_ANYWAY],
        undecided=_undecided(program_id, today),
        unowned_risks=[risk.title for risk in risks.unowned_acts(register)],
        overdue=[(each.title, _since(each.due_on, today)) for each in overdue],
        waivers=_open_waivers(program_id, proposed),
        unbooked=unmatched_count(program_id),
        grave_risks=_grave(register),
        soon=[(each.title, -_since(each.due_on, today)) for each in soon],
    )
    total, reason = _money(money)
    return Overview(
        run=run,
        assessment=assessment,
        next_actions=thread.next_actions(facts),
        money=total,
        money_reason=reason,
        components=components.counts(items, today),
        late=late,
        unowned=unowned,
        over_budget=over,
        stakeholders=len(owned.people),
        overdue=overdue,
        soon=soon,
        names=people,
    )


def _closed_gate(assessment: Assessment, items: Sequence[Component]) -> ClosedGate | None:
    """The gate to begin with; None when both are open."""
    readiness: Readiness = assessment.readiness
    aspect = readiness.start_with
    if aspect not in readiness.gates or readiness.gates[aspect]:
        return None
    gated = [dimension for dimension in assessment.aspects[aspect].dimensions if dimension.gated]
    lowest = next(iter(low_dimensions(gated)), None)
    if readiness.gates[aspect] is None or lowest is None:
        return ClosedGate(aspect, None, None, reason=readiness.reasons.get(f"gates.{aspect}"))
    if planned := next((item.name for item in items if item.dimension_id == lowest.id), None):
        return ClosedGate(aspect, lowest.name, lowest.score, planned, planned=True)
    wanted = catalog.PROPOSALS.get(lowest.id, ())
    component = catalog.load().component(wanted[0]).name if wanted else None
    return ClosedGate(aspect, lowest.name, lowest.score, component)


def _open_waivers(program_id: str, proposed: Sequence[ProposedRisk]) -> list[tuple[str, str, bool]]:
    """Those that ended and were not settled as a risk, then those without an end."""
    ended = {risk.who for risk in proposed if risk.code == "waiver_ended"}
    return [
        (each.component, each.stage, each.id in ended)
        for each in waivers(program_id)
        if each.id in ended or each.expires_on is None
    ]


def _grave(register: Sequence[Risk]) -> list[str]:
    return [each.title for each in register if each.open and each.owner_id and risks.level(each.score) == "act"]


def _soon(agreed: Sequence[FollowUp], today: date) -> tuple[FollowUp, ...]:
    until = today + timedelta(days=thread.AHEAD)
    return tuple(each for each in agreed if each.due_on and today <= each.due_on <= until)


def _undecided(program_id: str, today: date) -> list[tuple[str, int]]:
    waiting = [each for each in decisions_of(program_id) if each.open and decisions.past(each, today)]
    return [(each.question, _since(each.review_on, today)) for each in waiting]


def _since(day: date | None, today: date) -> int:
    return (today - (day or today)).days


def _days(component: Component, today: date) -> int:
    return _since(component.due_on, today)


def _money(found: Sequence[LineTotals]) -> tuple[Total | None, str | None]:
    try:
        return budget.total(found), None
    except NoBudgetLines:
        return None, "No budget lines yet."
    except MixedCurrencies as problem:
        return None, f"The lines are in several currencies ({problem}), so they have no common total."
