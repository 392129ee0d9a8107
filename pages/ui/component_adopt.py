"""What the assessment proposes to add to the plan, and adopting it in one step."""

from collections.abc import Mapping, Sequence

import streamlit as st

from assessments.library import load
from pages.ui import component_choice, forms, shell, tables, text
from pages.ui.component_reads import HERE, OWNERSHIP, Plan, about, address
from pages.ui.safe import markup
from pages.ui.shell import Visit
from program import catalog
from program.actions import components as actions
from program.components import Component, Proposal

ADOPTED = "component.adopted"


def headline(proposals: Sequence[Proposal]) -> str:
    """What adopting the proposed components would lift, as a sentence."""
    free = [each for each in proposals if not each.adopted]
    if not proposals:
        return "The assessment proposes nothing."
    if not free:
        return "Every component that a low dimension asks for is adopted."
    first = f"{text.quoted(free[0].name)} would lift “{free[0].dimension_name}”, now {text.score_of(free[0].score)}"
    more = len(free) - 1
    return f"{first}; {more} more {'is' if more == 1 else 'are'} proposed." if more else f"{first}."


def show(visit: Visit, plan: Plan, proposals: Sequence[Proposal], *, editable: bool) -> None:
    """Draw what low dimensions propose, or only the one that the address names, with the way to adopt it."""
    wanted = component_choice.dimension()
    shown = [each for each in proposals if each.dimension_id == wanted] if wanted else list(proposals)
    if wanted and not shown:
        name = next(each.name for each in load().dimensions if each.id == wanted)
        shell.note(
            f"Nothing is proposed for {text.quoted(name)}: it is not below the target, or another one asks first."
        )
        shown = list(proposals)
    adopted(visit, plan)
    if not proposals:
        shell.note("Nothing is proposed: no assessment has answers yet, or no dimension is below the target.")
        if st.button("Take the assessment", type="primary", key="component.assess"):
            st.switch_page("assess/take.py")
    free = choices(plan.components)
    if editable and free:
        adopt(visit, shown, free)
    if shown:
        tables.show(proposed(shown), key="component.proposed", download=False)


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
        st.session_state[ADOPTED] = tuple(asked)
        forms.attempt(
            actions.adopt,
            visit.actor,
            noun="component.adopt",
            program_id=visit.program_id,
            proposals=chosen(asked, proposals),
            intention=forms.intention("component.adopt"),
        )


def adopted(visit: Visit, plan: Plan) -> None:
    """Say once what was adopted, and what to do next: write the first one's goal, and name who answers for it."""
    ids = st.session_state.pop(ADOPTED, ())
    taken = [each for each in plan.components if each.catalog_id in ids]
    if not taken:
        return
    first = taken[0]
    links = [
        ("Write its goal", address(visit, HERE, component=first.id, component__view="Edit")),
        ("Name who answers for it", about(visit, plan, first, OWNERSHIP)),
        ("See its gate", address(visit, HERE, component=first.id, component__view="Gate")),
    ]
    ways = " · ".join(f'<a href="{markup(to)}" target="_self">{markup(words)}</a>' for words, to in links)
    named = text.listed([text.quoted(each.name) for each in taken])
    st.html(
        f'<p class="gw-note" role="status"><span class="gw-good">✓ Adopted {markup(named)}.</span> '
        f"{markup(lifting(taken))} Next, for {markup(text.quoted(first.name))}: {ways}.</p>"
    )


def lifting(taken: Sequence[Component]) -> str:
    """Say which part of the assessment each should lift, which is the catalog's word unless a low one asked for it."""
    names = {each.id: each.name for each in load().dimensions}
    parts = [
        f"{text.quoted(each.name)} should lift {text.quoted(names[each.dimension_id])}"
        for each in taken
        if each.dimension_id
    ]
    return f"{text.listed(parts)}; change that under Edit." if parts else ""


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


def suggested(proposals: Sequence[Proposal]) -> list[str]:
    """The catalog ids that are proposed and not adopted, the lowest dimension first."""
    return [each.catalog_id for each in proposals if not each.adopted]


def chosen(ids: Sequence[str], proposals: Sequence[Proposal]) -> list[Proposal | str]:
    """What to adopt: the proposal where there is one, so that the component keeps the dimension it should lift."""
    by_id = {each.catalog_id: each for each in proposals}
    return [by_id.get(each, each) for each in ids]
