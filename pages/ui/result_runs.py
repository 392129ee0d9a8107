"""Which run the results page shows, against which target, and what of it can be taken along."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import NoReturn
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assessments.content import Gates, Target
from assessments.functions import ASPECTS
from pages.ui import charts, shell, tables, text
from pages.ui.result_reads import of_program
from pages.ui.shell import Visit
from program.queries import assessments as queries
from program.reports import assessment as reports
from program.runs import Run

READINESS, TREND, STEPS = "readiness", "over time", "next steps"
VIEWS = (READINESS, *ASPECTS, TREND, STEPS)
ADDRESS = "run"
CHOSEN = "results.run"


def answered(visit: Visit) -> list[Run]:
    """Return the runs that somebody answered, the newest first; an open anonymous one counts by its people."""
    return [run for run in of_program(queries.runs, visit) if run.answers or (run.respondents and not run.readable)]


def chosen(visit: Visit) -> Run | None:
    """Return the run named in the address, else the newest that can be read, else the newest, else None."""
    found = answered(visit)
    by_id = {run.id: run for run in found}
    wanted = by_id.get(st.query_params.get(ADDRESS, ""))
    return wanted or next((run for run in found if run.readable), next(iter(found), None))


def choose(visit: Visit, run: Run) -> None:
    """Draw the choice of the run, by name and dates; it is kept in the address."""
    names = _distinct({each.id: name(each, visit.program.time_zone) for each in answered(visit)})
    key = f"{CHOSEN}.{run.id}"
    st.selectbox(
        "As of",
        list(names),
        index=list(names).index(run.id),
        format_func=names.__getitem__,
        key=key,
        width="stretch",
        label_visibility="collapsed",
        on_change=lambda: st.query_params.__setitem__(ADDRESS, st.session_state[key]),
    )


def own_target(visit: Visit, gates: Gates) -> Target:
    """Return the program's own target, the first there is where its profile is not one of the model's."""
    return gates.targets.get(visit.program.target_profile) or next(iter(gates.targets.values()))


def aim(visit: Visit, gates: Gates) -> Target:
    """Draw the choice of the target, the program's own at first, and return it."""
    own = own_target(visit, gates)
    by_name = {f"Target: {each.name.lower()}": each for each in gates.targets.values()}
    words = st.selectbox(
        "Target",
        list(by_name),
        index=list(by_name.values()).index(own),
        key="target",
        width=172,
        label_visibility="collapsed",
        bind="query-params",
    )
    return by_name.get(words or "", own)


def view(place: DeltaGenerator, *, default: str) -> str:
    """Draw the choice of what to look at; it is in the address too."""
    return (
        place.segmented_control(
            "Show",
            VIEWS,
            default=default,
            required=True,
            format_func=str.capitalize,
            key="aspect",
            bind="query-params",
            label_visibility="collapsed",
        )
        or default
    )


def controls(visit: Visit, run: Run, gates: Gates, *, default: str) -> tuple[str, Target]:
    """Draw what the page can be asked: what to look at, as of which run, against which target, and the files."""
    ended = run.closed_at.astimezone(ZoneInfo(visit.program.time_zone)).date() if run.closed_at else visit.today
    shell.data_to(visit, ended)
    left, right = st.columns([1, 1], vertical_alignment="bottom")
    shown = view(left, default=default)
    with right.container(horizontal=True, horizontal_alignment="right", gap="small", wrap=False):
        choose(visit, run)
        target = own_target(visit, gates) if shown == STEPS else aim(visit, gates)
        exports(visit, run)
    return shown, target


def ways(key: str, *more: str, said: Callable[[str], str] | None = None, title: str = "", unit: str = "") -> str:
    """
    Draw the choice between figure, table and perhaps more ways, and beside it a title or what the figure rests on.

    said: what it rests on when it is shown in a way.
    """
    words, place = st.columns([1, 1], vertical_alignment="center")
    with place.container(horizontal_alignment="right"):
        chosen = charts.switch(key, *more)
    with words:
        if title:
            shell.title(title, unit)
        if said:
            shell.note(said(chosen))
    return chosen


def name(run: Run, zone: str) -> str:
    """A run's name and dates, and whether it is anonymous."""
    return f"{run.name} · {dates(run, zone)}{', anonymous' if run.anonymous else ''}"


def dates(run: Run, zone: str) -> str:
    """From when to when a run took answers."""
    opened = _day(run.opened_at, zone)
    if run.closed_at is None:
        return f"since {opened}"
    closed = _day(run.closed_at, zone)
    return closed if closed == opened else f"{opened} to {closed}"


def wait(visit: Visit, run: Run) -> NoReturn:
    """Say how many people have answered an open anonymous run, and stop the page: nothing else of it may be read."""
    progress = queries.progress(visit.program_id, run.id)
    people = text.capital(text.plural(progress.answered, "person has", "people have"))
    shell.answer(f"{people} answered. Results appear when “{run.name}” is closed.")
    with st.container(width=480):
        choose(visit, run)
    shell.note(
        "This run is anonymous: nobody, not even whoever runs it, sees an answer or a result while answers still "
        "arrive, because two looks could be subtracted. It is closed on the page Take."
    )
    st.stop()


def exports(visit: Visit, run: Run) -> None:
    """Offer a run as a workbook and as JSON, a named one's answers and ratings as CSV, made when they are pressed."""
    program_id, stem = visit.program_id, f"assessment_{_day(run.opened_at, visit.program.time_zone)}".replace(" ", "_")
    leads = visit.may("assess.manage")
    offers = [
        ("Excel workbook", partial(reports.workbook, program_id, run.id, evidence=leads), f"{stem}.xlsx", tables.XLSX),
        ("JSON", partial(reports.document, program_id, run.id, evidence=leads), f"{stem}.json", "application/json"),
    ]
    if not run.anonymous:
        offers += [
            ("Answers, CSV", partial(reports.answers_csv, program_id, run.id), f"answers_{stem}.csv", "text/csv"),
            ("Ratings, CSV", partial(reports.ratings_csv, program_id, run.id), f"ratings_{stem}.csv", "text/csv"),
        ]
    with st.popover("Export"):
        st.caption("Scores, agreement, the model's version and its sha256, as values.")
        for label, make, file_name, kind in offers:
            st.download_button(label, make, file_name, kind, key=f"results.{file_name}", on_click="ignore")
        if run.anonymous:
            st.caption("The answers of an anonymous run do not leave it.")


def _distinct(names: dict[str, str]) -> dict[str, str]:
    """The names with a number where two are the same: a choice is told apart by what it shows."""
    seen: Counter[str] = Counter()
    told = {}
    for id_, shown in names.items():
        seen[shown] += 1
        told[id_] = shown if seen[shown] == 1 else f"{shown} ({seen[shown]})"
    return told


def _day(at: datetime, zone: str) -> str:
    return text.day(at.astimezone(ZoneInfo(zone)).date())
