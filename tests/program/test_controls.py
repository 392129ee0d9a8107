"""What happens over budget: a warning or a stop, and nothing where nothing gets worse or nothing is known."""

from decimal import Decimal

import pytest

from program.controls import check, check_waiting, checked, over_by
from program.values import Invalid

LINE = "“Listening: Tools”"


@pytest.mark.parametrize(
    ("before", "after", "over"),
    [
        (100, 40, 0),
        (100, -1, 1),
        (-5, -9, 9),
        (-9, -9, 0),
        (-9, -5, 0),
        (0, 0, 0),
        (None, None, 0),
    ],
)
def test_only_what_makes_it_worse_is_over_budget(before: int | None, after: int | None, over: int) -> None:
    """An invoice within its order changes nothing that is available, so it is no reason for a warning."""
    known = [None if each is None else Decimal(each) for each in (before, after)]
    assert over_by(*known) == over


def test_over_budget_warns_unless_the_program_stops_it() -> None:
    step = {"before": Decimal(10), "after": Decimal("-2.5")}
    said = check({}, "commitment", LINE, "EUR", **step)
    assert said == "“Listening: Tools” is over its plan by 2.50 EUR."
    assert check({"actual": "stop"}, "commitment", LINE, "EUR", **step) == said
    with pytest.raises(Invalid, match=r"This cost takes “Listening: Tools” 2\.50 EUR over its plan"):
        check({"actual": "stop"}, "actual", LINE, "EUR", **step)


@pytest.mark.parametrize("kind", ["plan", "release", "credit", "forecast"])
def test_other_kinds_are_never_stopped(kind: str) -> None:
    control = {"actual": "stop", "commitment": "stop"}
    assert check(control, kind, LINE, "EUR", before=Decimal(0), after=Decimal(-5)) is None
    assert check_waiting(control, kind, "The gate is closed.") is None


def test_money_that_waits_warns_or_stops() -> None:
    assert check_waiting({}, "commitment", "The gate is closed.") == "The gate is closed."
    with pytest.raises(Invalid, match="The gate is closed"):
        check_waiting({"commitment": "stop"}, "commitment", "The gate is closed.")


@pytest.mark.parametrize("given", [{"release": "stop"}, {"actual": "never"}, {"actual": ""}, {"actual": True}])
def test_unknown_controls_are_refused(given: dict[str, object]) -> None:
    assert checked({"actual": "stop"}) == {"actual": "stop"}
    with pytest.raises(Invalid):
        checked(given)
