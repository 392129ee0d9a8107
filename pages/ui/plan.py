"""What the components page asks and shows: fields, the register with owners, and what is proposed."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from pages.ui import forms, tables, text
from pages.ui.fields import Choice, Day, Text
from pages.ui.shell import Visit
from program import catalog
from program.actions import components as actions
from program.components import Component, Proposal, is_late, is_live
from program.ownership import Duty
from program.stakeholders import Stakeholder

FIELDS = (
    Text("name", "Name", required=True),
    Choice("pillar", "Pillar", catalog.PILLARS, none="None"),
    Choice("stage", "Stage", catalog.STAGE_NAMES),
    Day("starts_on", "Starts"),
    Day("due_on", "Due"),
    Day("live_on", "Live on"),
    Text("goal", "Goal: what is different when it is there", long=True, most=2000),
)
WHAT = (
    "A component is a building block of the program with an owner, money and dates. Low dimensions of the assessment "
    "propose some of the 15 in the catalog; each says whether it comes from the essay, a published framework or us."
)


def register(
    components: Sequence[Component], duties: Sequence[Duty], people: Sequence[Stakeholder], today: date
) -> tables.Table:
    """One row per component with its origin, stage, owner and dates, the late ones said."""
    names = {person.id: person.name for person in people}
    owners: dict[str, list[str]] = {}
    for duty in duties:
        if duty.letter == "A":
            owners.setdefault(duty.item, []).append(names[duty.person])
    return tables.Table(
        columns=(
            tables.Column("Component"),
            tables.Column("Stage"),
            tables.Column("Owner"),
            tables.Column("Starts", text.day),
            tables.Column("Due", text.day),
            tables.Column("Live on", text.day),
            tables.Column("State"),
        ),
        rows=tuple(
            (
                tables.Cell(each.name, "strong", note=catalog.ORIGINS[each.origin]),
                _stage(each.stage),
                text.listed(owners[each.id]) if each.id in owners else tables.Cell("■ nobody", "act"),
                each.starts_on,
                each.due_on,
                each.live_on,
                _state(each, today),
            )
            for each in components
        ),
        name="components",
    )


def proposed(proposals: Sequence[Proposal]) -> tables.Table:
    """What the low dimensions propose, the lowest first."""
    return tables.Table(
        columns=(
            tables.Column("Component"),
            tables.Column("Because"),
            tables.Column("Score, of 4", text.score, number=True),
            tables.Column("Who could answer for it"),
            tables.Column("State"),
        ),
        rows=tuple(
            (
                tables.Cell(each.name, "strong", note=catalog.ORIGINS[each.origin]),
                tables.Cell(each.reason, note=each.description),
                each.score,
                each.accountable,
                tables.Cell("✓ adopted", "good") if each.adopted else tables.Cell("○ proposed", "muted"),
            )
            for each in proposals
        ),
        name="proposed_components",
    )


def choices(components: Sequence[Component]) -> dict[str, str]:
    """The catalog's components that the program does not have yet: id -> name and origin."""
    held = {each.catalog_id for each in components}
    return {
        each.id: f"{each.name} · {catalog.ORIGINS[each.origin].lower()}"
        for each in catalog.load().components
        if each.id not in held
    }


def adopt(visit: Visit, proposals: Sequence[Proposal], free: Mapping[str, str]) -> None:
    """Ask which components of the catalog to adopt, at first those that are proposed, and adopt them in one step."""
    ready = [each for each in suggested(proposals) if each in free]
    asked = st.multiselect(
        "Adopt from the catalog",
        list(free),
        default=ready,
        format_func=free.__getitem__,
        wrap=True,
        key=f"component.chosen.{len(free)}.{len(ready)}",
    )
    words = f"Adopt {'this one' if len(asked) == 1 else f'these {len(asked)}'}" if asked else "Adopt"
    if st.button(words, type="primary" if proposals else "secondary", disabled=not asked, key="component.adopt"):
        forms.attempt(
            actions.adopt,
            visit.actor,
            noun="component.adopt",
            program_id=visit.program_id,
            proposals=chosen(asked, proposals),
            intention=forms.intention("component.adopt"),
        )


def suggested(proposals: Sequence[Proposal]) -> list[str]:
    """The catalog ids that are proposed and not adopted, the lowest dimension first."""
    return [each.catalog_id for each in proposals if not each.adopted]


def chosen(ids: Sequence[str], proposals: Sequence[Proposal]) -> list[Proposal | str]:
    """What to adopt: the proposal where there is one, so that the component keeps the dimension it should lift."""
    by_id = {each.catalog_id: each for each in proposals}
    return [by_id.get(each, each) for each in ids]


def _stage(stage: str) -> tables.Cell:
    step = list(catalog.STAGE_NAMES).index(stage) + 1
    return tables.Cell(catalog.STAGE_NAMES[stage], note=f"step {step} of {len(catalog.STAGE_NAMES)}")


def _state(component: Component, today: date) -> tables.Cell:
    if is_late(component, today) and component.due_on:
        return tables.Cell(f"■ {text.days((today - component.due_on).days)} late", "act")
    return tables.Cell("✓ live", "good") if is_live(component, today) else tables.Cell("○ planned", "muted")
