"""
Our schedule beside the MicrosoftScheduler of mpxj: 300 random networks, equal on all six times of each activity.

It does two things otherwise, so the networks keep out of the first and the second is written down here. It lets a
lead or a link to a finish put an early start before the start of the plan, where ours begins at 0: each network begins
with an activity that is longer than what lies before any start. Its free slack looks at successors only and may exceed
the total slack, where ours also looks at the end of the plan: it is compared up to that end.
"""

import random
from collections.abc import Sequence
from typing import Any

import pytest

from program.schedule import KINDS, Activity, Link, schedule

jpype = pytest.importorskip("jpype", reason="jpype1 is not installed")
pytest.importorskip("mpxj", reason="mpxj is not installed")

NETWORKS, MOST = 300, 14
BEFORE = 60.0  # working days of the first activity
MINUTES = 1440  # of a working day: work around the clock, so that times are plain differences
LAGS, DURATIONS = (0, 0.25, 1, 2.5, -1, -2.5), (0, 0.5, 1, 2, 3.75, 8)
Six = tuple[float, ...]


def network(seed: int) -> list[Activity]:
    chance = random.Random(seed)
    found = [Activity("first", "", BEFORE)]
    for at in range(1, chance.randint(2, MOST) + 1):
        before = chance.sample(range(1, at), min(at - 1, chance.randint(0, 3)))
        links = [Link(each, chance.choice(KINDS), chance.choice(LAGS)) for each in before]
        found.append(Activity(str(at), "", chance.choice(DURATIONS), tuple(links or [Link(0)])))
    return found


class Other:
    """The other scheduler, in one Java machine for all networks."""

    def __init__(self) -> None:
        self.mpxj, self.java = jpype.JPackage("org.mpxj"), jpype.JPackage("java")
        self.start = self.java.time.LocalDateTime.of(2026, 1, 5, 0, 0)

    def times(self, activities: Sequence[Activity]) -> list[Six]:
        project = self.project()
        tasks = [project.addTask() for _ in activities]
        for task, activity in zip(tasks, activities, strict=True):
            task.setName(activity.id)
            task.setDuration(self.length(activity.duration))
            task.setActualDuration(self.length(0))
            task.setRemainingDuration(self.length(activity.duration))
            for link in activity.links:
                relation = self.mpxj.Relation.Builder().predecessorTask(tasks[link.predecessor])
                task.addPredecessor(relation.type(self.kind(link.kind)).lag(self.length(link.lag)))
        self.mpxj.cpm.MicrosoftScheduler().schedule(project, self.start)
        return [self.six(task, project.getProjectProperties()) for task in tasks]

    def project(self) -> Any:
        made, day = self.mpxj.ProjectFile(), self.java.lang.Integer.valueOf(MINUTES)
        made.getProjectProperties().setMinutesPerDay(day)
        calendar, midnight = made.addCalendar(), self.java.time.LocalTime.MIDNIGHT
        calendar.setCalendarMinutesPerDay(day)
        for each in self.java.time.DayOfWeek.values():
            calendar.setWorkingDay(each, True)
            calendar.addCalendarHours(each).add(self.mpxj.LocalTimeRange(midnight, midnight))
        made.setDefaultCalendar(calendar)
        return made

    def six(self, task: Any, properties: Any) -> Six:
        moments = task.getEarlyStart(), task.getEarlyFinish(), task.getLateStart(), task.getLateFinish()
        since = [self.java.time.Duration.between(self.start, each).toMinutes() for each in moments]
        slacks = [
            each.convertUnits(self.mpxj.TimeUnit.MINUTES, properties).getDuration()
            for each in (task.getTotalSlack(), task.getFreeSlack())
        ]
        return tuple(float(each) / MINUTES for each in (*since, *slacks))

    def kind(self, kind: str) -> Any:
        return getattr(self.mpxj.RelationType, "_".join({"F": "FINISH", "S": "START"}[end] for end in kind))

    def length(self, days: float) -> Any:
        return self.mpxj.Duration.getInstance(float(days * MINUTES), self.mpxj.TimeUnit.MINUTES)


@pytest.fixture(scope="module")
def other() -> Other:
    if not jpype.isJVMStarted():
        try:
            jpype.startJVM("-Djava.awt.headless=true", "-Xmx256m", convertStrings=False)
        except jpype.JVMNotFoundException:
            pytest.skip("there is no Java on this machine")
    return Other()


def test_300_random_networks_are_equal_on_all_six_times(other: Other) -> None:
    kinds, exact = set(), 0
    for seed in range(NETWORKS):
        activities = network(seed)
        kinds |= {link.kind for each in activities for link in each.links}
        ours, theirs = schedule(activities), other.times(activities)
        exact += all(own[5] == pytest.approx(each[5], abs=1e-6) for own, each in zip(ours.times, theirs, strict=True))
        for activity, own, (*times, free) in zip(activities, ours.times, theirs, strict=True):
            up_to_the_end = min(free, ours.duration - own.early_finish)
            assert tuple(own) == pytest.approx((*times, up_to_the_end), abs=1e-6), (seed, activity)
    assert kinds == set(KINDS)
    assert NETWORKS / 2 < exact < NETWORKS  # in most networks its free slack needs no such reading


@pytest.mark.parametrize("link", [Link(0, "SS", -1.0), Link(0, "SF")])
def test_where_the_other_begins_before_the_plan_ours_begins_at_its_start(link: Link, other: Other) -> None:
    activities = [Activity("A", "", 3.0), Activity("B", "", 2.0, (link,))]
    assert other.times(activities)[1][0] < 0
    assert schedule(activities).times[1].early_start == 0
