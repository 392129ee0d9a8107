"""
What a rerun of the budget page costs with 150 components, 36 months and 20,000 ledger entries, in hello pages.

`python -m bench.budget` prints one JSON object: CPU per rerun of each view, over the hello page under our settings; it
ends with 1 above LIMIT. `python -m bench.budget fill` makes the program in the home that the environment names.
"""

import json
import random
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote_plus

from bench.rerun import Cost, costs_of, made, our_hello
from program.actions.budget import add_line
from program.actions.components import add_component
from program.actions.members import local_owner
from program.actions.programs import create_program
from program.actions.versions import approve_version, make_version, spread_plans
from program.store.migrate import migrate
from program.store.tables import LedgerEntry
from program.store.unit_of_work import intend
from program.values import Actor

COMPONENTS, MONTHS, ENTRIES = 150, 36, 20_000
STARTS = date(2024, 1, 1)
LIMIT = 20.0
VIEWS = ("Lines", "Months", "Earned value", "Cash and worth")
SEED = 20_240_101


def fill() -> str:
    """Make the program and return its id: a line for each component, its plan over the months, and orders and bills."""
    migrate()
    owner = local_owner(datetime.now(UTC))
    program_id = create_program(
        owner, name="Budget", client_name="Budget", currency="USD", time_zone="UTC", starts_on=STARTS
    )
    ends = date(STARTS.year + MONTHS // 12, 1, 1) - timedelta(days=1)
    lines = []
    for number in range(COMPONENTS):
        name = f"Component {number}"
        part = add_component(owner, program_id=program_id, name=name, starts_on=STARTS, due_on=ends)
        plan = Decimal(90_000)
        lines.append(add_line(owner, program_id=program_id, component_id=part, name="Costs", planned=plan, on=STARTS))
    draft = make_version(owner, program_id=program_id, name="Three years")
    version = spread_plans(owner, program_id=program_id, version_id=draft, version=1)
    approve_version(owner, program_id=program_id, version_id=draft, version=version)
    _book(owner, program_id, lines)
    return program_id


def _book(owner: Actor, program_id: str, lines: list[str]) -> None:
    chance = random.Random(SEED)
    with intend(owner, action="bench.book", needs="money.edit", program_id=program_id) as unit:
        for number in range(ENTRIES):
            kind = ("commitment", "actual", "actual", "credit")[number % 4]
            unit.session.add(
                LedgerEntry(
                    program_id=program_id,
                    line_id=lines[number // 4 % len(lines)],
                    kind=kind,
                    on=STARTS + timedelta(days=chance.randint(0, 1000)),
                    amount=Decimal(chance.randint(100, 90_000)) / 100,
                    currency="USD",
                    source="bench",
                    document=f"D-{number}",
                    against=f"D-{number - number % 4}" if kind == "actual" else None,
                )
            )


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        quick = our_hello(folder / "ours")
        home = folder / "home"
        program_id = made(home, "bench.budget", "fill")
        costs: dict[str, Cost] = {}
        for view in VIEWS:
            query = f"program={program_id}&budget.view={quote_plus(view)}"
            costs |= costs_of(folder, home, {view: "budget"}, query)
    ratios = {view: round(cost.cpu / quick.cpu, 1) for view, cost in costs.items()}
    ok = max(ratios.values()) <= LIMIT
    print(json.dumps({"budget_cpu_ratio": ratios, "limit": LIMIT, "ok": ok}))
    return 0 if ok else 1


if __name__ == "__main__":
    if sys.argv[1:] == ["fill"]:
        print(json.dumps({"program": fill()}))
    else:
        sys.exit(main())
