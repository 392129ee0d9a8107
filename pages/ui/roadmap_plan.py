"""The Plan view of the roadmap: the Gantt figure or its table, grouped and filtered as the address says."""

from collections.abc import Iterator, Sequence

import streamlit as st

from pages.ui import charts, gantt, roadmap_bars, roadmap_table, shell, svg, text
from pages.ui import roadmap as page
from pages.ui.gantt import Arrow, Gantt, Group
from pages.ui.roadmap import ASPECTS, Plan
from program import roadmap
from program.placing import PlacedActivity
from program.schedule import FROM_FINISH, NEAR, TO_FINISH

ASPECT, OWNER, CRITICAL = "By aspect", "By owner", "Critical path only"
MOST = 150  # rows that are drawn at once
ALL = ""
KEY = (
    "Dates follow from durations, links and working days (critical path method). What has started keeps its start and "
    "goes on today with what is left of it. Slack is how long an activity may slip before the end moves. Drift is "
    "counted in working days from the baseline. Choose a name to see why it stands there."
)


def show(plan: Plan) -> None:
    """Draw the choices, then the figure or its table, and what they rest on."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        grouped = _grouping()
        component = _choice("Component", "All components", _used(plan, "component_id"), "roadmap.component")
        owner = _choice("Owner", "Everybody", _used(plan, "owner_id"), "roadmap.owner")
        st.space("stretch")
        shown_as = charts.switch("roadmap.gantt")
    kept = kept_of(plan, grouped, component, owner)
    shell.note(summary(plan, kept))
    if not kept:
        shell.note("No activity fits these choices.")
    elif shown_as == charts.TABLE:
        page.listed(roadmap_table.as_table(plan, kept), key="roadmap.table", most=MOST)
    else:
        drawn = figure(plan, kept[:MOST], grouped)
        answer = roadmap.headline(plan.roadmap, plan.drift)
        svg.draw(gantt.drawing(drawn, label=answer), key="roadmap.figure", style=gantt.STYLE, on_pick=page.open_why)
        if len(kept) > MOST:
            shell.note(f"The first {MOST} of {text.number(len(kept))} rows are drawn. Choose a component or an owner.")
    shell.note(path_words(plan))
    shell.note(KEY)


def kept_of(plan: Plan, grouped: str, component: str, owner: str) -> list[PlacedActivity]:
    """The activities that fit the choices, in their order."""
    return [
        each
        for each in plan.roadmap.activities
        if (grouped != CRITICAL or each.critical)
        and component in (ALL, each.activity.component_id)
        and owner in (ALL, each.activity.owner_id)
    ]


def figure(plan: Plan, kept: Sequence[PlacedActivity], grouped: str) -> Gantt:
    """What is drawn of some activities; links only between critical ones, where one holds up the other."""
    heads = _heads(plan, kept, grouped)
    groups = tuple(
        Group(name, tuple(roadmap_bars.bar(plan, each) for each in kept if heads[each.id] == (name, tone)), tone)
        for name, tone in sorted(set(heads.values()), key=lambda head: _place(head, grouped))
    )
    return Gantt(groups, tuple(_arrows(plan)), plan.roadmap.today)


def summary(plan: Plan, kept: Sequence[PlacedActivity]) -> str:
    """How many activities, which baseline, and which days count."""
    whole = len(plan.roadmap.activities)
    count = text.plural(len(kept), "activity", "activities")
    parts = [count if len(kept) == whole else f"{len(kept)} of {text.plural(whole, 'activity', 'activities')}"]
    if plan.heads:
        parts.append(f"baseline “{plan.heads[0].name}”, {text.day(plan.heads[0].made_at.date())}")
    else:
        parts.append("no baseline yet")
    country = plan.settings.holiday_country
    parts.append(f"working days, {country} holidays" if country else "working days, no public holidays")
    return " · ".join(parts)


def path_words(plan: Plan) -> str:
    """How long the critical path is, how close the next chain is, and what is done."""
    live = [each for each in plan.roadmap.activities if not each.done]
    critical = [each for each in live if each.critical and not each.activity.milestone]
    done = len(plan.roadmap.activities) - len(live)
    parts = []
    if critical:
        parts.append(f"{text.plural(len(critical), 'activity is', 'activities are')} critical.")
    if spare := [each.times.total_slack for each in live if not each.critical]:
        parts.append(f"The next chain has {roadmap_table.fraction(min(spare))} working days of slack.")
    if done:
        parts.append(f"✓ {text.plural(done, 'activity is', 'activities are')} done.")
    return text.capital(" ".join(parts))


def _grouping() -> str:
    chosen = st.segmented_control(
        "Group",
        [ASPECT, OWNER, CRITICAL],
        default=None if "roadmap.group" in st.session_state else ASPECT,
        required=True,
        key="roadmap.group",
        label_visibility="collapsed",
        bind="query-params",
    )
    return chosen or ASPECT


def _choice(label: str, everything: str, names: dict[str, str], key: str) -> str:
    if len(names) < 2:
        return ALL
    words = text.distinct({ALL: everything, **names})
    if st.session_state.get(key, ALL) not in words:
        del st.session_state[key]
    return (
        st.selectbox(
            label,
            list(words),
            format_func=words.__getitem__,
            key=key,
            label_visibility="collapsed",
            width=210,
            bind="query-params",
        )
        or ALL
    )


def _used(plan: Plan, name: str) -> dict[str, str]:
    held = {getattr(each.activity, name) for each in plan.roadmap.activities}
    known = {id_: each.name for id_, each in plan.components.items()} if name == "component_id" else plan.people
    return {id_: shown for id_, shown in known.items() if id_ in held}


def _heads(plan: Plan, kept: Sequence[PlacedActivity], grouped: str) -> dict[str, tuple[str, str]]:
    """The head of each activity's group: its name and its tone."""
    if grouped == OWNER:
        return {each.id: (plan.owner(each) or "Nobody yet", "") for each in kept}
    if grouped == CRITICAL:
        return {each.id: ("", "") for each in kept}
    tones = {id_: page.aspect(each) for id_, each in plan.components.items()}
    found = {each.id: tones.get(each.activity.component_id or "", "") for each in kept}
    rest = "Without an aspect" if any(found.values()) else ""
    return {id_: (ASPECTS.get(tone, rest), tone) for id_, tone in found.items()}


def _place(head: tuple[str, str], grouped: str) -> tuple[int, str]:
    if grouped == OWNER:
        return int(head[0] == "Nobody yet"), head[0].casefold()
    return (list(ASPECTS).index(head[1]) if head[1] else len(ASPECTS)), ""


def _arrows(plan: Plan) -> Iterator[Arrow]:
    for each in plan.roadmap.activities:
        if not each.critical:
            continue
        for link in each.activity.links:
            before = plan.roadmap.by_id.get(link.predecessor_id)
            if before is None or not before.critical:
                continue
            allowed = before.times.early_finish if link.kind in FROM_FINISH else before.times.early_start
            held = each.times.early_finish if link.kind in TO_FINISH else each.times.early_start
            if abs(allowed + float(link.lag) - held) <= NEAR:
                yield Arrow(before.id, each.id, link.kind)
