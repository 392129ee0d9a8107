"""A program's new currency: which budget lines follow it, and what holds the old one."""

from sqlalchemy import Select, func, or_, select

from program.store.plan_tables import Benefit, BudgetPhase, PlanRate, PlanSetting
from program.store.record_tables import Risk
from program.store.tables import BudgetLine, Component, LedgerEntry
from program.store.unit_of_work import Unit
from program.values import Invalid


def follow(unit: Unit, program_id: str, old: str, new: str) -> int:
    """
    Move the budget lines of the old currency to the new one, and return how many there were.

    Raises Invalid, and moves nothing, when there is money in the old currency.
    """
    if held := _held(unit, program_id, old):
        said = " and ".join([", ".join(held[:-1]), held[-1]]) if len(held) > 1 else held[0]
        raise Invalid(
            "currency",
            f"There is money in {old}: {said}. It does not become {new} by a new name. Take it out first, or start "
            f"another program in {new}.",
        )
    lines = unit.session.scalars(_lines(program_id, old)).all()
    for line in lines:
        line.currency = new
    unit.session.flush()
    return len(lines)


def _held(unit: Unit, program_id: str, old: str) -> list[str]:
    """What has money in a currency, counted, in words."""
    with_money = or_(
        BudgetLine.day_rate.is_not(None),
        BudgetLine.id.in_(select(LedgerEntry.line_id).where(LedgerEntry.program_id == program_id)),
        BudgetLine.id.in_(select(BudgetPhase.line_id)),
    )
    found = (
        ("budget line", _lines(program_id, old).where(with_money)),
        ("reserve", select(PlanSetting).where(PlanSetting.program_id == program_id, PlanSetting.reserve.is_not(None))),
        ("plan rate", select(PlanRate).where(PlanRate.program_id == program_id)),
        ("risk with a cost", select(Risk).where(Risk.program_id == program_id, Risk.cost.is_not(None))),
        ("benefit", select(Benefit).where(Benefit.program_id == program_id, Benefit.currency == old)),
    )
    counted = ((noun, unit.session.scalar(select(func.count()).select_from(rows.subquery()))) for noun, rows in found)
    return [f"{count} {noun if count == 1 else _many(noun)}" for noun, count in counted if count]


def _many(noun: str) -> str:
    first, *rest = noun.split(" with ")
    return " with ".join([f"{first}s", *rest])


def _lines(program_id: str, currency: str) -> Select[BudgetLine]:
    return select(BudgetLine).join(Component).where(Component.program_id == program_id, BudgetLine.currency == currency)
