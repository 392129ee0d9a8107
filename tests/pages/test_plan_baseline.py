"""What the pages and their files say of a baseline stays byte for byte what it was, whatever is edited afterwards."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import tables, text
from program.actions import baselines, budget, components, planning, programs, roadmap, versions
from program.budget_versions import Phase
from program.phasing import months
from program.queries import budget as lines
from program.queries import components as parts
from program.queries import roadmap as plans
from program.values import Actor
from tests.pages.opening import ROOT, run, words
from tests.pages.phased import APR, JAN
from tests.pages.roadmapped import activity
from tests.program.making import component, later

ROADMAP, BUDGET = "plan/roadmap.py", "plan/budget.py"
AS_OF = date(2026, 2, 15)
OF_THE_BASELINE = {  # the columns that hold figures of the baseline, by the key of the table's files
    "roadmap.drift.dates": ("Activity", "Ended in the baseline"),
    "roadmap.drift.cost": ("Component", "Currency", "In the baseline"),
    "earned.curves": ("Month", "Planned"),
    "earned.components": ("Component", "Budget", "Planned"),
}
FIGURES = ("Planned value, PV", "Budget at completion, BAC")


class Pages:
    """The pages as they show a baseline: what stands on them, and what their files hold, by the key of the table."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.files: dict[str, tables.Table] = {}
        real: Callable[..., None] = tables.downloads

        def record(table: tables.Table, *, key: str) -> None:
            self.files[key] = table
            real(table, key=key)

        patch.setattr(tables, "downloads", record)

    def open(self, page: str, **state: Any) -> str:
        test = AppTest.from_file(ROOT / "pages" / page, default_timeout=20)
        for key, value in state.items():
            test.session_state[key.replace("__", ".")] = value
        return words(run(test))

    def drift(self, baseline_id: str) -> str:
        return self.open(ROADMAP, roadmap__view="Baselines", roadmap__baseline=baseline_id)

    def worth(self, baseline_id: str) -> str:
        """Earned value as of a fixed day, with the months as a table."""
        asked = {"budget__view": "Earned value", "budget__until": AS_OF, "earned__baseline": baseline_id}
        return self.open(BUDGET, **asked, **{"earned__curves.as": "Table"})

    def csv(self, key: str) -> bytes:
        """The columns of the baseline in the CSV file, its rows in the order of their names."""
        table = self.files[key]
        at = [[each.name for each in table.columns].index(name) for name in OF_THE_BASELINE[key]]
        kept = [tuple(row[column] for column in at) for row in table.rows]
        some = sorted(kept, key=lambda row: str(getattr(row[0], "value", row[0])))
        return tables.as_csv(tables.Table(tuple(table.columns[column] for column in at), tuple(some)))


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> Pages:
    return Pages(monkeypatch)


@pytest.fixture
def first(owner: Actor, program_id: str) -> str:
    """Two components with work and money by month, and a baseline of them."""
    made = {name: component(owner, program_id, name) for name in ("Desk", "Forum")}
    ask = activity(owner, program_id, "Ask", "5", component_id=made["Desk"])
    build = activity(owner, program_id, "Build", "2.5", ask, component_id=made["Forum"])
    activity(owner, program_id, "Ship", "0", build, component_id=made["Forum"])
    work = [
        budget.add_line(owner, program_id=program_id, component_id=part, name=f"Work on {name}")
        for name, part in made.items()
    ]
    approve(owner, program_id, work, Decimal("333.33"), "Agreed")
    return baselines.make_baseline(owner, program_id=program_id, name="First")


def approve(owner: Actor, program_id: str, line_ids: list[str], amount: Decimal, name: str) -> None:
    """Another approved version of the budget, with this much in each month."""
    draft = versions.make_version(owner, program_id=program_id, name=name)
    phases = [Phase(line_id, month, amount) for line_id in line_ids for month in months(JAN, APR)]
    given: dict[str, Any] = {"program_id": program_id, "version_id": draft}
    seen = versions.set_phases(owner, version=1, changes=phases, **given)
    versions.approve_version(owner, version=seen, on=JAN, **given)


def edit_everything(owner: Actor, program_id: str, *, more: int) -> None:
    """Move, lengthen, report, pay and plan anew whatever the program holds, and keep that as a baseline as well."""
    given: dict[str, Any] = {"program_id": program_id}
    for each in plans.activities(program_id):
        changes: dict[str, Any] = {"duration": each.duration + more, "not_before": date(2040 + more, 3, 1)}
        seen = roadmap.change_activity(owner, activity_id=each.id, version=each.version, **changes, **given)
        done: dict[str, Any] = {"percent": Decimal(10 * more), "started_on": date(2026, 1, 12)}
        roadmap.record_progress(owner, activity_id=each.id, version=seen, **done, **given)
    for part in parts.components(program_id):
        begun: dict[str, Any] = {"component_id": part.id, "version": part.version, "starts_on": date(2025 + more, 1, 1)}
        components.change_component(owner, **begun, **given)
    held = [each.line_id for each in lines.lines(program_id)]
    approve(owner, program_id, held, Decimal("411.17") * more, f"Revision {more}")
    for line_id in held:
        entry: dict[str, Any] = {"kind": "actual", "on": date(2026, 2, 1), "currency": "EUR", "line_id": line_id}
        budget.book(owner, amount=Decimal("17.71") * more, document=f"I-{more}-{line_id}", **entry, **given)
    planning.add_day_off(owner, on=date(2040, 1, 3 + more), name=f"Move {more}", **given)
    baselines.make_baseline(later(owner, days=more), name=f"After edit {more}", **given)


def table(shown: str, name: str) -> list[list[str]]:
    """The rows of the first table with such a column, as they read."""
    found = next(each for each in re.findall(r"<table.*?</table>", shown, re.DOTALL) if f">{name}</th>" in each)
    rows = re.findall(r"<tr.*?</tr>", found, re.DOTALL)
    cells = [re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL) for row in rows]
    return [[unescape(re.sub(r"<[^>]+>", " ", cell)).strip() for cell in row] for row in cells]


def column(rows: list[list[str]], name: str) -> dict[str, str]:
    at = rows[0].index(name)
    return {row[0]: row[at] for row in rows[1:]}


def test_a_baseline_reads_the_same_after_everything_was_edited_twice(
    owner: Actor, program_id: str, pages: Pages, first: str
) -> None:
    frozen = plans.frozen(program_id, first)
    pages.drift(first)
    made = tables.as_csv(pages.files["roadmap.baselines"]).splitlines()[1]
    before = pages.worth(first)
    worth = {key: pages.csv(key) for key in ("earned.curves", "earned.components")}
    assert column(table(before, "Now"), "Now")[FIGURES[1]] == "€2,667"  # 8 times 333.33
    seen = []
    for more in (1, 2):
        edit_everything(owner, program_id, more=more)
        drift = pages.drift(first)
        assert tables.as_csv(pages.files["roadmap.baselines"]).splitlines()[-1] == made
        ended = column(table(drift, "Ended in the baseline"), "Ended in the baseline")
        assert ended == {each.name: text.day(each.finish) for each in frozen.activities}
        assert set(column(table(drift, "In the baseline"), "In the baseline").values()) == {"1,333", "2,667"}
        assert f">{text.day(frozen.finish)}</dd>" in drift
        after = pages.worth(first)
        for name in FIGURES:
            assert column(table(after, "Now"), "Now")[name] == column(table(before, "Now"), "Now")[name]
        assert {key: pages.csv(key) for key in worth} == worth
        seen.append({key: pages.csv(key) for key in ("roadmap.drift.dates", "roadmap.drift.cost")})
    assert seen[0] == seen[1]


def test_after_a_removal_and_another_start_too(owner: Actor, program_id: str, pages: Pages, first: str) -> None:
    before = pages.worth(first)
    for each in reversed(plans.activities(program_id)):
        gone: dict[str, Any] = {"activity_id": each.id, "version": each.version, "bridge": False}
        roadmap.remove_activity(owner, program_id=program_id, **gone)
    for line in lines.lines(program_id):
        renamed: dict[str, Any] = {"version": line.version, "name": "Other work", "planned": Decimal(9)}
        budget.change_line(owner, program_id=program_id, line_id=line.line_id, **renamed)
    programs.change_program(owner, program_id=program_id, version=1, starts_on=date(2027, 2, 2))
    activity(owner, program_id, "New", "1")
    after = pages.worth(first)
    for name in FIGURES:
        assert column(table(after, "Now"), "Now")[name] == column(table(before, "Now"), "Now")[name]
    assert pages.open(ROADMAP, roadmap__view="Baselines").count("removed") >= len(plans.frozen(program_id, first).by_id)
