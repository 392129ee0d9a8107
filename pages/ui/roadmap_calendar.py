"""The Calendar view of the roadmap: which public holidays count, and which days of its own the program takes off."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import streamlit as st
from babel import Locale

from pages.ui import forms, shell, tables, text
from pages.ui import roadmap as page
from pages.ui.fields import Day, Text
from pages.ui.roadmap import Plan
from pages.ui.shell import Visit
from program.actions import planning
from program.calendars import countries, region_names
from program.planning import DayOff
from program.queries import roadmap as queries

NONE = ""
COUNTRY, REGION = "roadmap.country", "roadmap.region"
OWN = "own day off"
FIELDS = (Day("on", "Date", required=True), Text("name", "Name", required=True, hint="Company day"))
BEYOND = timedelta(days=366)
SATURDAY = 5


def show(visit: Visit, plan: Plan) -> None:
    """Draw the country and the region, the days off, and the list of both in the time of the roadmap."""
    editable = visit.may("plan.edit")
    if editable:
        _place(visit, plan)
    own = queries.days_off(visit.program_id)
    last = plan.roadmap.finish or plan.roadmap.start + BEYOND
    found = queries.holidays(visit.program_id, plan.roadmap.start, last)
    left, right = st.columns([7, 5], gap="large")
    with left:
        shell.title("Days without work", f"Besides weekends, {text.day(plan.roadmap.start)} to {text.day(last)}")
        page.listed(as_table(found, own), key="roadmap.holidays")
    if editable:
        with right:
            _own(visit, own)
    shell.note(
        "Dates of the roadmap skip these days. A baseline keeps the dates that it was made with; drift is counted in "
        "today's calendar."
    )


def as_table(found: dict[date, str], own: Sequence[DayOff]) -> tables.Table:
    """One row per day, in order."""
    mine = {each.on for each in own}
    rows = tuple((day, _weekday(day), name, OWN if day in mine else "public holiday") for day, name in found.items())
    columns = (
        tables.Column("Date", text.day),
        tables.Column("Day"),
        tables.Column("Name"),
        tables.Column("Kind"),
    )
    return tables.Table(columns, rows, "days_without_work")


def _weekday(day: date) -> tables.Cell:
    """The weekday; one that is a weekend anyway is muted."""
    return tables.Cell(f"{day:%A}", "muted" if day.weekday() >= SATURDAY else "")


def region_words(country: str) -> dict[str, str]:
    """The regions of a country by their codes, in the order of their names: Bayern (BY)."""
    named = region_names(country).items()
    return dict(sorted(((code, name if name == code else f"{name} ({code})") for code, name in named), key=_second))


def place_words(country: str, region: str | None) -> str:
    """Where public holidays count, by name: Germany, Bayern."""
    named = Locale("en").territories.get(country, country)
    return f"{named}, {region_names(country).get(region, region)}" if region else str(named)


def country_names(codes: Iterable[str]) -> dict[str, str]:
    """The countries by their two letters, in the order of their names."""
    known = Locale("en").territories
    return dict(sorted(((code, f"{known.get(code, code)} ({code})") for code in codes), key=_second))


def _second(pair: tuple[str, str]) -> str:
    return pair[1]


def _place(visit: Visit, plan: Plan) -> None:
    held = plan.settings
    known = countries()
    one, two, three = st.columns([2, 2, 5], vertical_alignment="bottom")
    names = country_names(known)
    codes = [NONE, *names]
    start = codes.index(held.holiday_country) if held.holiday_country in codes else 0
    stamp = f"{visit.program_id}.{held.version}"
    country = one.selectbox(
        "Public holidays of",
        codes,
        index=start,
        format_func=lambda each: names.get(each, "No country"),
        key=f"{COUNTRY}.{stamp}",
    )
    told = region_words(country)
    regions = [NONE, *told]
    begin = regions.index(held.holiday_region) if held.holiday_region in regions else 0
    region = two.selectbox(
        "Region",
        regions,
        index=begin,
        format_func=lambda each: told.get(each, "The whole country"),
        key=f"{REGION}.{stamp}.{country}",
        disabled=len(regions) == 1,
    )
    changed = (country or None, region or None) != (held.holiday_country, held.holiday_region)
    if three.button("Save the calendar", type="primary", key="roadmap.calendar.save", disabled=not changed):
        forms.attempt(
            planning.set_settings,
            visit.actor,
            noun="calendar",
            program_id=visit.program_id,
            version=held.version,
            holiday_country=country or None,
            holiday_region=region or None,
        )


def _own(visit: Visit, own: Sequence[DayOff]) -> None:
    shell.title("Take a day off", "For everybody in the program")
    if sent := forms.ask("day_off.add", FIELDS, submit="Add the day", columns=2, main=False):
        forms.add(sent, planning.add_day_off, visit.actor, program_id=visit.program_id)
    if not own:
        return
    names = {each.id: f"{text.day(each.on)} · {each.name}" for each in own}
    with st.popover("Remove a day off"):
        which = st.selectbox("Day", list(names), format_func=names.__getitem__, key="roadmap.day_off")
        if st.button("Remove", key="roadmap.day_off.remove") and which:
            version = next(each.version for each in own if each.id == which)
            given = {"program_id": visit.program_id, "day_off_id": which, "version": version}
            forms.attempt(planning.remove_day_off, visit.actor, noun="day_off.remove", **given)
