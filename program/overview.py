"""The overview: the whole program at one glance."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assessments.scoring import Assessment
from program.budget import LineTotals, Total
from program.components import Component, ComponentCounts
from program.follow_ups import FollowUp
from program.runs import Run
from program.thread import NextAction


@dataclass(frozen=True)
class Overview:
    """
    Where the program stands.

    run: the latest run with answers, else the latest run; assessment: what its answers say, None without answers.
    money: None without lines or with lines in several currencies; money_reason says which.
    late, unowned (names), over_budget, overdue: the worst first. soon: follow-ups due within thread.AHEAD days.
    names: of the people on the map, by id.
    """

    run: Run | None
    assessment: Assessment | None
    next_actions: tuple[NextAction, ...]
    money: Total | None
    money_reason: str | None
    components: ComponentCounts
    late: tuple[Component, ...]
    unowned: tuple[str, ...]
    over_budget: tuple[LineTotals, ...]
    stakeholders: int
    overdue: tuple[FollowUp, ...] = ()
    soon: tuple[FollowUp, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def planned(self) -> bool:
        """Whether there is a plan with money or dates to tell of."""
        return bool(self.components.total or self.overdue or self.soon)
