"""The read behind the overview."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assessments.readiness import Readiness
from assessments.scoring import Assessment, low_dimensions
from program import budget, catalog, components, decisions, follow_ups, ownership, policy, risks, thread
from program.budget import LineTotals, MixedCurrencies, NoBudgetLines, Total
from program.components import Component
from program.follow_ups import FollowUp
from program.overview import Overview
from program.ownership import Matrix
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
from program.runs import Run
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
    items, money, agreed = components_of(program_id), lines(program_id), follow_ups_of(program_id, only_open=True)
    read = _Read(
        program_id=program_id,
        today=today,
        run=run,
        assessment=assessments.assessment(program_id, run.id) if run and run.answers else None,
        owned=matrix(program_id),
        money=money,
        items=items,
        late=tuple(
            sorted((c for c in items if components.is_late(c, today)), key=lambda c: (c.due_on or today, c.name))
        ),
        over=tuple(sorted((line for line in money if line.over_budget), key=lambda line: (-line.overrun, line.name))),
        overdue=tuple(follow_ups.overdue(agreed, today)),
        soon=_soon(agreed, today),
        proposed=proposals(program_id, today=today, may_see_ties=may_see_ties, lines=money),
    )
    total, reason = _money(money)
    return Overview(
        run=run,
        assessment=read.assessment,
        next_actions=thread.next_actions(_facts(read, has_data=has_data)),
        money=total,
        money_reason=reason,
        components=components.counts(items, today),
        late=read.late,
        unowned=read.unowned,
        over_budget=read.over,
        stakeholders=len(read.owned.people),
        overdue=read.overdue,
        soon=read.soon,
        names=dict(read.owned.people),
    )


@dataclass(frozen=True)
class _Read:
    """What stands in the program on a day."""

    program_id: str
    today: date
    run: Run | None
    assessment: Assessment | None
    owned: Matrix
    money: Sequence[LineTotals]
    items: Sequence[Component]
    late: tuple[Component, ...]
    over: tuple[LineTotals, ...]
    overdue: tuple[FollowUp, ...]
    soon: tuple[FollowUp, ...]
    proposed: Sequence[ProposedRisk]

    @property
    def unowned(self) -> tuple[str, ...]:
        names = dict(self.owned.components)
        return tuple(names[item] for item in self.owned.unowned)


def _facts(read: _Read, *, has_data: bool) -> thread.Facts:
    """What the ranking of the next actions looks at."""
    register, catalog_ids = risks_of(read.program_id), {item.id: item.catalog_id for item in read.items}
    return thread.Facts(
        has_run=read.run is not None and (read.run.answers > 0 or read.run.closed_at is None),
        answers=read.run.answers if read.run else 0,
        gate=_closed_gate(read.assessment, read.items) if read.assessment else None,
        people=len(read.owned.people),
        components=len(read.items),
        ownership_errors=[each.sentence for each in read.owned.errors if each.code not in ownership.UNOWNED],
        unowned=read.unowned,
        late=[(each.name, _since(each.due_on, read.today)) for each in read.late],
        over_budget=[f"{line.component_name}: {line.name}" for line in read.over],
        has_data=has_data,
        technology_heavy=budget.technology_heavy(read.money, catalog_ids, policy.load()),
        risks=[(risk.name, risk) for risk in read.proposed if risk.code not in TOLD_ANYWAY],
        undecided=_undecided(read.program_id, read.today),
        unowned_risks=[risk.title for risk in risks.unowned_acts(register)],
        overdue=[(each.title, _since(each.due_on, read.today)) for each in read.overdue],
        waivers=_open_waivers(read.program_id, read.proposed),
        unbooked=unmatched_count(read.program_id),
        grave_risks=_grave(register),
        soon=[(each.title, -_since(each.due_on, read.today)) for each in read.soon],
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


def _money(found: Sequence[LineTotals]) -> tuple[Total | None, str | None]:
    try:
        return budget.total(found), None
    except NoBudgetLines:
        return None, "No budget lines yet."
    except MixedCurrencies as problem:
        return None, f"The lines are in several currencies ({problem}), so they have no common total."
