"""What people do to the plan's rates: how much of the program's currency one unit of another is."""

from decimal import Decimal

from sqlalchemy import select

from program import rates
from program.store.tables import PlanRate, Program
from program.store.unit_of_work import intend
from program.values import Actor, Missing


def set_rate(actor: Actor, *, program_id: str, currency: str, rate: Decimal, version: int | None = None) -> int:
    """
    Set the plan's rate of a currency into the program's own, and return its version.

    version: of the rate as it was seen, None when there was none. Raises Stale when it is another by now, and Missing
    when it was taken back. What is booked keeps the rate that it was booked at.
    """
    with intend(actor, action="plan_rate.set", needs="money.edit", program_id=program_id) as unit:
        code, exact = rates.checked(currency, rate, own=unit.get(Program, program_id).currency)
        mine = PlanRate.program_id == program_id, PlanRate.currency == code
        row = unit.session.scalar(select(PlanRate).where(*mine))
        if row is None and version is not None:
            raise Missing("plan rate")
        if row is None:
            row = unit.add(PlanRate(program_id=program_id, currency=code, rate=exact))
            unit.subject(row.id, currency=code)
            return row.version
        if row.version != version and row.rate != exact:
            raise unit.stale(row, {"rate": exact})
        return unit.change(PlanRate, row.id, row.version, rate=exact)


def remove_rate(actor: Actor, *, program_id: str, rate_id: str, version: int) -> None:
    """Take a plan rate back; totals in the program's currency are unknown then."""
    with intend(actor, action="plan_rate.remove", needs="money.edit", program_id=program_id) as unit:
        unit.remove(PlanRate, rate_id, version)
