"""Reads of what moved between two runs that ask the same: only of named ones, because people are paired."""

from collections import Counter

from assessments.agreement import Rating, Table, tabulate
from assessments.agreement.rounds import Moved
from assessments.agreement.rounds import moved as moved_between
from assessments.alignment import LEVEL_SCALE
from program.queries import assessments
from program.runs import Run


def earlier_runs(program_id: str, run_id: str) -> list[Run]:
    """Return the named runs before a named one that may be compared with it, the newest first. Raises Missing."""
    this = assessments.run(program_id, run_id)
    if this.anonymous:
        return []
    found = [each for each in assessments.comparable_runs(program_id, run_id) if not each.anonymous]
    return [each for each in reversed(found) if each.opened_at < this.opened_at and each.id != run_id]


def moved(program_id: str, run_id: str, earlier_id: str) -> tuple[Moved, ...]:
    """
    Return what changed on each statement that both runs ask, people being paired by their names.

    People who share a name in a run are paired with nobody: which of them another run's is, nobody knows.

    Raises Missing, also for an anonymous run: whose answer is whose is nobody's to read.
    """
    before, after = _table(program_id, earlier_id), _table(program_id, run_id)
    both = set(before.items) & set(after.items)
    return tuple(each for each in moved_between(before, after) if each.id in both)


def _table(program_id: str, run_id: str) -> Table:
    names = Counter(person.name for person in assessments.progress(program_id, run_id).people)

    def rater(name: str) -> str:
        return name if names[name] == 1 else f"{name} of {run_id}"

    given = assessments.answers(program_id, run_id)
    return tabulate(
        (
            Rating(rater(each.respondent), each.statement, each.level, each.function)
            for each in given
            if each.kind != "na"
        ),
        LEVEL_SCALE,
    )
