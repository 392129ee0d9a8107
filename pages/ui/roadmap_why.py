"""The Why view of the roadmap: why an activity is critical or not, by what it waits for, and which slack is short."""

from collections.abc import Sequence
from itertools import pairwise

import streamlit as st

from pages.ui import gantt, roadmap_bars, roadmap_links, shell, svg, tables, text
from pages.ui import roadmap as page
from pages.ui.gantt import Arrow, Gantt, Group
from pages.ui.roadmap import Plan
from pages.ui.roadmap_calendar import place_words
from program import roadmap
from program.placing import PlacedActivity
from program.schedule import NEAR

SHORT = 10  # working days: slack under two weeks is soon eaten
MOST = 12
LATER = "What follows"
WIDTH = 500  # px beside the names


def show(plan: Plan) -> None:
    """Draw the choice of an activity, its why panel beside the chain that holds it, and what is soon critical."""
    which = page.choose(plan)
    placed = plan.roadmap.by_id[which]
    found = roadmap.why(plan.roadmap, which)
    left, right = st.columns([7, 4], gap="large")
    with left:
        shell.title("The chain that holds it where it is", _unit(found.chain))
        chain = [plan.roadmap.by_id[each] for each in found.chain]
        svg.draw(
            gantt.drawing(chain_figure(plan, chain), label=found.sentence, width=WIDTH),
            key="roadmap.chain",
            style=gantt.STYLE,
            on_pick=page.open_why,
        )
        _followers(plan, which)
    with right:
        heading = f"Why {text.day_short(placed.finish)} for {placed.activity.name}"
        shell.why(heading, found.sentence, facts(plan, placed))
        st.button("What if it is later?", key="roadmap.ask", on_click=page.open_what_if, args=(which,))
    near = soon(plan)
    if near:
        shell.title(
            "Slack that is soon eaten", f"Activities that may slip {SHORT} working days at most before the end moves"
        )
        page.listed(soon_table(plan, near), key="roadmap.soon")
    else:
        shell.note(f"No other activity has {SHORT} working days of slack or less.")


def chain_figure(plan: Plan, chain: Sequence[PlacedActivity]) -> Gantt:
    """The chain from its first activity down to the one that is asked about, every link of it drawn."""
    arrows = []
    for before, after in pairwise(chain):
        kinds = [link.kind for link in after.activity.links if link.predecessor_id == before.id]
        arrows.append(Arrow(before.id, after.id, kinds[0] if kinds else "FS"))
    bars = tuple(roadmap_bars.bar(plan, each) for each in chain)
    return Gantt((Group("", bars),), tuple(arrows), plan.roadmap.today)


def facts(plan: Plan, placed: PlacedActivity) -> list[tuple[str, str]]:
    """What the dates of an activity rest on."""
    day, times = plan.roadmap.calendar, placed.times
    own = [
        ("Early dates", f"{text.day(placed.start)} to {text.day(placed.finish)}"),
        ("Late dates", f"{text.day(day.first_day(times.late_start))} to {text.day(day.last_day(times.late_finish))}"),
        ("Total slack", f"{roadmap.working_days(times.total_slack)}: how far it may slip before the end moves"),
        ("Free slack", f"{roadmap.working_days(times.free_slack)}: before anything that waits for it moves"),
    ]
    if placed.done:
        own = [("Dates", f"{text.day(placed.start)} to {text.day(placed.finish)}")]
    links = [roadmap_links.words(link, plan) for link in placed.activity.links]
    own.append(("Waits for", " ".join(links) or "Nothing."))
    own.append(("Working days", _days(plan)))
    return own


def soon(plan: Plan) -> list[PlacedActivity]:
    """The activities whose slack is short, the shortest first."""
    spare = {each.id: each.times.total_slack for each in plan.roadmap.activities if not each.done}
    found = [each for each in plan.roadmap.activities if NEAR < spare.get(each.id, 0) <= SHORT + NEAR]
    return sorted(found, key=lambda each: (each.times.total_slack, each.start))[:MOST]


def soon_table(plan: Plan, near: Sequence[PlacedActivity]) -> tables.Table:
    """One row per activity with short slack."""
    return tables.Table(
        columns=(
            tables.Column("Activity"),
            tables.Column("Owner", tables.blank),
            tables.Column("Ends", text.day),
            tables.Column("Must end by", text.day),
            tables.Column("Slack, working d", lambda value: text.number(value, decimals=1), number=True),
        ),
        rows=tuple(
            (
                each.activity.name,
                plan.owner(each) or None,
                each.finish,
                plan.roadmap.calendar.last_day(each.times.late_finish),
                each.times.total_slack,
            )
            for each in near
        ),
        name="short_slack",
    )


def _followers(plan: Plan, which: str) -> None:
    names = list(dict.fromkeys(plan.roadmap.by_id[id_].activity.name for _, id_ in plan.roadmap.successors[which]))
    if names:
        more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
        shell.note(f"{LATER}: {text.listed(names[:MOST])}{more}.")
    else:
        shell.note("Nothing waits for it.")


def _unit(chain: Sequence[str]) -> str:
    if len(chain) == 1:
        return "It waits for nothing that leaves it no room"
    return f"{text.number(len(chain))} activities, each held by the one before it"


def _days(plan: Plan) -> str:
    country = plan.settings.holiday_country
    if not country:
        return "Monday to Friday"
    return f"Monday to Friday without public holidays in {place_words(country, plan.settings.holiday_region)}"
