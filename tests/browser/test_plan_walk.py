"""From a low mindset score to what is done about it, and what two weeks' delay would move, without the mouse."""

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from program.actions import members
from program.queries import roadmap
from program.queries.programs import programs_of
from tests.browser.by_keys import Keys
from tests.browser.conftest import Server, Visit, Visitor, at_home, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DAY = r"\d{1,2} [A-Z][a-z]{2} \d{4}"
TWO_WEEKS = 10  # working days
MINUS = "\N{MINUS SIGN}"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, sample_home: Path) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("walked")
    shutil.copytree(sample_home, folder / "home")
    with serving(folder) as server:
        yield server


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_a_low_score_leads_to_its_component_owner_money_dates_and_gate(
    sample: Server, visit: Visit, color_scheme: str
) -> None:
    visitor = visit(color_scheme=color_scheme)
    keys, page = Keys(visitor), visitor.page
    visitor.open(f"{sample.url}/results")
    visitor.says("Lowest, at 1.0: voice of the customer and shared meaning.")
    keys.pick("Why this number", "Shared meaning")
    expect(page.locator(".gw-why h2").first).to_have_text("Why 1.0 for shared meaning")
    keys.follow(page.get_by_role("link", name="Open it in the plan"), "components")
    visitor.says("“Vision and purpose” should lift shared meaning, now 1.0 of 4; Tomas Rehn answers for it")
    assert thread(page, "Who").startswith("Tomas Rehn")
    assert re.match(r"\$20k planned, \$0 spent", thread(page, "Money"))
    assert re.match(rf"Starts {DAY}, due {DAY}", thread(page, "Dates"))
    assert re.match(rf"2 activities, 0 done, until {DAY}", thread(page, "Work"))
    gate = re.match(r"▲ (\d) of (\d) open · Thought through\s+Cannot pass because (.+)", thread(page, "Gate"))
    assert gate is not None
    keys.follow(page.get_by_role("row", name=re.compile("^Gate")).get_by_role("link"), "components")
    visitor.says(f"“Vision and purpose” cannot leave “Thought through” because {gate[3].rstrip('.')}")
    states = table(page, "Criterion").locator("tbody td:nth-child(2)").all_inner_texts()
    assert (len([each for each in states if "not met" in each or "n/a" in each]), len(states)) == (
        int(gate[1]),
        int(gate[2]),
    )
    unsound(keys)


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_two_weeks_of_delay_move_dates_cash_and_gates_at_once_and_are_kept(
    sample: Server, visit: Visit, color_scheme: str
) -> None:
    visitor = visit(color_scheme=color_scheme)
    keys, page = Keys(visitor), visitor.page
    visitor.open(f"{sample.url}/components")
    keys.walk("Plan", "Roadmap")
    next_up = re.search(r"“([^”]+)” is the next to hold it up", visitor.heading())
    assert next_up is not None
    keys.choose("What if")
    keys.pick("Activity", next_up[1])
    keys.choose("Table")
    keys.enter("Delay, working days", "0")
    visitor.says("Nothing is changed yet")
    was = Shown(visitor)
    assert (was.end, was.moves) == (was.planned_end, False)
    keys.enter("Delay, working days", str(TWO_WEEKS))
    visitor.says(f"If “{next_up[1]}” starts 10 working days late, the roadmap ends 10 working days later")
    now = Shown(visitor)
    assert (now.planned_end, working_days(sample, was.end, now.end)) == (was.end, TWO_WEEKS)
    assert now.moves
    assert any(now.gates[each] > was.gates[each] for each in was.gates)
    assert all(now.gates[each] >= was.gates[each] for each in was.gates)
    keys.fill("Name", f"Two weeks late, {color_scheme}")
    keys.press("Save the scenario")
    kept = page.get_by_role("row", name=f"Two weeks late, {color_scheme}").get_by_role("cell")
    expect(kept.nth(0)).to_have_text(f"{now.end.day} {now.end:%b %Y}")
    expect(kept.nth(1)).to_have_text(f"+{TWO_WEEKS}")
    unsound(keys)


class Shown:
    """What the What if view shows at one moment: the ends, the gates that are late, the cash by month."""

    def __init__(self, visitor: Visitor) -> None:
        visitor.settle()
        page = visitor.page
        ends = page.locator("dl").filter(has_text="Planned end").locator("dd").all_inner_texts()
        self.planned_end, self.end = (read_day(each) for each in ends[:2])
        gates = table(page, "Can open").locator("tbody tr")
        self.gates = {
            each.locator("th").inner_text(): read_day(each.locator("td").nth(1).inner_text()) for each in gates.all()
        }
        cash = table(page, "With the change").locator("tbody tr").all()
        months = [[amount(cell) for cell in each.locator("td").all_inner_texts()] for each in cash]
        planned, then, more = ([month[at] for month in months] for at in range(3))
        assert [sum(planned[:-1]), sum(then[:-1])] == pytest.approx([planned[-1], then[-1]], abs=len(months))
        assert planned[-1] == then[-1]
        assert more == pytest.approx([b - a for a, b in zip(planned, then, strict=True)], abs=1)
        said = "No money moves to another month." if not any(more) else "moves to another month."
        expect(page.locator(".gw-note").filter(has_text=said)).to_be_visible()
        self.moves = any(more)


def unsound(keys: Keys) -> None:
    """Nothing was pressed with a mouse, and the browser complained about nothing."""
    assert keys.no_mouse()
    assert keys.visitor.problems == []
    assert keys.page.get_by_test_id("stException").count() == 0


def thread(page: Page, about: str) -> str:
    row = page.get_by_role("row", name=re.compile(rf"^{about}\b"))
    return row.get_by_role("cell").first.inner_text()


def table(page: Page, column: str) -> Locator:
    return page.locator(".gw-table").filter(has=page.get_by_role("columnheader", name=column))


def read_day(shown: str) -> date:
    return datetime.strptime(shown, "%d %b %Y").date()  # noqa: DTZ007  a day has no zone


def amount(shown: str) -> Decimal:
    return Decimal(shown.replace(",", "").replace(MINUS, "-"))


def working_days(sample: Server, first: date, then: date) -> int:
    """How many working days of the program lie between two days."""
    with at_home(sample.home):
        (program,) = programs_of(members.local_owner(datetime.now(UTC)).user_id)
        calendar = roadmap.calendar(program.id)
    return calendar.number(then) - calendar.number(first)
