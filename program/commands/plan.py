"""schedule: when activities start and finish, and which of them hold up the end."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from program import schedule as scheduling
from program.calendars import WorkingCalendar
from program.commands.output import BadInput, decode, emit, json_option, number, read_file
from program.schedule_file import read_activities, read_holidays
from program.table_file import BadTable


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


COMMANDS = (schedule,)


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
