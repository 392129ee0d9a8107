"""An activity of the roadmap as a bar: its days, how much is done, its slack, and its place in the baseline."""

from datetime import date

from pages.ui import gantt
from pages.ui.gantt_marks import Bar
from pages.ui.roadmap import Plan
from program.placing import PlacedActivity
from program.schedule import NEAR


def bar(plan: Plan, placed: PlacedActivity) -> Bar:
    """An activity as it is drawn."""
    slack = placed.times.total_slack > NEAR and not placed.done
    return Bar(
        id=placed.id,
        name=placed.activity.name,
        start=placed.start,
        finish=placed.finish,
        share=1.0 if placed.done else float(placed.activity.percent / 100),
        done=placed.done,
        critical=placed.critical,
        milestone=placed.activity.milestone,
        slack_to=plan.roadmap.calendar.last_day(placed.times.late_finish) if slack else None,
        baseline=baseline_of(plan, placed.id),
        drift=drift_of(plan, placed.id),
    )


def baseline_of(plan: Plan, activity_id: str) -> tuple[date, date] | None:
    """The first and the last day of an activity in the baseline; None when it is not in it."""
    then = plan.frozen.by_id.get(activity_id) if plan.frozen else None
    return (then.start, then.finish) if then else None


def drift_of(plan: Plan, activity_id: str) -> int | None:
    """How many working days later than in the baseline an activity ends; None when it is not in it."""
    then = baseline_of(plan, activity_id)
    if then is None:
        return None
    day = plan.roadmap.calendar
    return day.number(plan.roadmap.by_id[activity_id].finish) - day.number(then[1])


def words(plan: Plan, placed: PlacedActivity) -> str:
    """An activity in one line."""
    return gantt.sentence(bar(plan, placed))
