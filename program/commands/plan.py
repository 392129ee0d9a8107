"""schedule and forecast: when activities start and finish, which of them hold up the end, and how sure that is."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from program import forecast as forecasting
from program import schedule as scheduling
from program.calendars import WorkingCalendar
from program.commands.output import BadInput, decode, emit, json_option, number, read_file
from program.schedule_file import read_activities, read_estimates, read_holidays
from program.table_file import BadTable

MOST_RUNS = 1_000_000


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--start", type=click.DateTime(["%Y-%m-%d"]), help="The first day of the plan, for dates.")
@click.option("--holidays", type=click.Path(path_type=Path), help="A CSV file with a column date.")
@json_option
def schedule(file: Path, start: datetime | None, holidays: Path | None, as_json: bool) -> None:
    """Schedule activities by the critical path method."""
    try:
        days_off = read_holidays(decode(read_file(holidays), str(holidays)), str(holidays)) if holidays else frozenset()
        plan = scheduling.schedule(read_activities(decode(read_file(file), str(file)), str(file)))
    except BadTable as problem:
        raise BadInput(str(problem)) from problem
    except scheduling.Cycle as problem:
        raise BadInput(f"{file}: {problem}") from problem
    result = scheduling.as_json(plan)
    for activity, dates in zip(result["activities"], _dates(plan, start, days_off), strict=True):
        activity.update(dates)
    emit(
        result,
        as_json=as_json,
        lines=lambda: [
            f"{number(plan.duration)} working days. Critical: {', '.join(scheduling.critical_path(plan))}.",
            *(
                f"  {each['id']:12} {number(each['early_start'])} to {number(each['early_finish'])}, slack"
                f" {number(each['total_slack'])}{', critical' if each['critical'] else ''}"
                for each in result["activities"]
            ),
        ],
    )


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--seed", type=click.IntRange(min=0), required=True, help="The same seed gives the same forecast.")
@click.option("--runs", type=click.IntRange(1, MOST_RUNS), required=True)
@click.option("--distribution", type=click.Choice(forecasting.DISTRIBUTIONS), default="pert", show_default=True)
@json_option
def forecast(file: Path, seed: int, runs: int, distribution: forecasting.Distribution, as_json: bool) -> None:
    """Forecast the end of a plan from three estimates of each activity (Monte Carlo)."""
    try:
        activities, estimates = read_estimates(decode(read_file(file), str(file)), str(file))
        result = forecasting.forecast(activities, estimates, runs=runs, seed=seed, distribution=distribution)
    except BadTable as problem:
        raise BadInput(str(problem)) from problem
    except scheduling.Cycle as problem:
        raise BadInput(f"{file}: {problem}") from problem
    emit(
        forecasting.as_json(result),
        as_json=as_json,
        lines=lambda: [
            f"Half of {runs:,} runs take at most {number(result.p50)} working days, 80 % at most {number(result.p80)}.",
            *(
                f"  {id_:12} critical in {share:.0%} of the runs"
                for id_, share in zip(result.ids, result.criticality, strict=True)
            ),
        ],
    )


COMMANDS = (schedule, forecast)


def _dates(plan: scheduling.Schedule, start: datetime | None, days_off: frozenset[date]) -> list[dict[str, Any]]:
    if start is None:
        return [{"start": None, "finish": None} for _ in plan.times]
    calendar = WorkingCalendar(start.date(), days_off)
    found = []
    for activity, times in zip(plan.activities, plan.times, strict=True):
        last = calendar.last_day(times.early_finish)
        found.append(
            {"start": last if activity.duration == 0 else calendar.first_day(times.early_start), "finish": last}
        )
    return found
