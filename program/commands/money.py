"""earned-value and finance: where work and money stand, and what a plan is worth."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from program import earned_value as earning
from program import finance as financing
from program.commands.output import BadInput, decode, emit, json_option, number, read_file
from program.money_file import amount, read_flows, read_periods
from program.table_file import BadTable


class Amount(click.ParamType[Decimal]):
    """An amount of money, exact."""

    name = "amount"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        found = value if isinstance(value, Decimal) else amount(str(value))
        if found is None:
            self.fail(f"{value!r} is no amount.", param, ctx)
        return found


@click.command("earned-value")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--at", type=click.IntRange(min=1), help="The period to report, with a file.")
@click.option("--pv", type=Amount(), help="Planned value.")
@click.option("--ev", type=Amount(), help="Earned value.")
@click.option("--ac", type=Amount(), help="Actual cost.")
@click.option("--bac", type=Amount(), help="Budget at completion.")
@json_option
def earned_value(file: Path | None, at: int | None, as_json: bool, **amounts: Decimal | None) -> None:
    """Report earned value, from four amounts or from a file of periods."""
    given = {name: value for name, value in amounts.items() if value is not None}
    if file is not None and at is not None and not given:
        result = _at(file, at)
    elif file is None and at is None and len(given) == len(amounts):
        result = earning.performance(**given)
    else:
        raise BadInput("earned-value takes either a file and --at, or --pv, --ev, --ac and --bac.")
    _emit(earning.as_json(result), as_json)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--rate", type=float, required=True, help="The discount rate per period, or per year of dated flows.")
@click.option("--finance-rate", type=float, help="What negative flows cost, for the modified rate of return.")
@click.option("--reinvest-rate", type=float, help="What positive flows earn, for the modified rate of return.")
@json_option
def finance(file: Path, rate: float, finance_rate: float | None, reinvest_rate: float | None, as_json: bool) -> None:
    """Say what flows of money are worth."""
    for option, value in (("--rate", rate), ("--finance-rate", finance_rate), ("--reinvest-rate", reinvest_rate)):
        if value is not None and not -1 < value < financing.HIGHEST:
            raise BadInput(f"{option}: {value} is no rate above -1; 8 percent is 0.08.")
    try:
        days, amounts = read_flows(decode(read_file(file), str(file)), str(file))
    except BadTable as problem:
        raise BadInput(str(problem)) from problem
    flows = [float(each) for each in amounts]
    if days is None:
        result = financing.periodic(flows, rate=rate, finance_rate=finance_rate, reinvest_rate=reinvest_rate)
    else:
        result = financing.dated(days, flows, rate=rate)
    _emit(financing.as_json(result), as_json)


COMMANDS = (earned_value, finance)


def _at(file: Path, at: int) -> earning.Performance:
    try:
        return earning.at_period(read_periods(decode(read_file(file), str(file)), str(file)), at)
    except BadTable as problem:
        raise BadInput(str(problem)) from problem
    except earning.UnknownPeriod as problem:
        raise BadInput(f"{file}: {problem}") from problem


def _emit(figures: Mapping[str, Any], as_json: bool) -> None:
    names = [name for name in figures if name != "reasons"]
    emit(
        figures,
        as_json=as_json,
        lines=lambda: [
            *(f"{name:20} {_shown(figures[name])}" for name in names),
            *(f"{name}: {reason}" for name, reason in figures["reasons"].items()),
        ],
    )


def _shown(value: object) -> str:
    return ", ".join(map(number, value)) if isinstance(value, tuple) else number(value)
