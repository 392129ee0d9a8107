"""Use cases: the catalog, what each brings before it is adopted, and the program's own words and ideas."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from data.metrics import catalog
from pages.ui import forms, shell, strategy, tables, text
from pages.ui.fields import Choice, Day, Field, Text
from pages.ui.safe import markup
from pages.ui.strategy import Plan
from pages.ui.strategy_objectives import UNITS, Figure
from pages.ui.tables import Cell, Column
from program import use_cases as shipped
from program.actions import strategy as actions
from program.queries import strategy as queries
from program.queries.components import components
from program.queries.strategy import contributions
from program.use_cases import ACCOUNTABLE_IS_CHOSEN, CatalogUseCase, Part, UseCase
from program.values import Actor

CHOSEN, RESULT = "use_case", "use_case.result"
KINDS = {
    "component": "Component",
    "metric": "Metric",
    "risk": "Risk",
    "duty": "To consult",
    "line": "Budget line",
}
NEW = "new"


def draw(plan: Plan) -> None:
    """Draw what the chosen use case brings with the way to adopt it, and the whole catalog beside it."""
    own = {each.id: each.title for each in plan.use_cases if each.catalog_id is None}
    names = {entry.id: _title(plan, entry) for entry in shipped.load().use_cases}
    new = {NEW: "One of your own"} if plan.editable else {}
    which = strategy.chosen("Use case", text.distinct({**names, **own, **new}), key=CHOSEN, in_address=True)
    one, everything = st.columns([3, 2], gap="large")
    with everything:
        shell.title("The catalog")
        tables.show(listed(plan), key="use_case.catalog")
        shell.note(shipped.load().attribution)
    with one:
        if which in names:
            _shipped(plan, shipped.load().use_case(which))
        else:
            _own(plan, next((each for each in plan.use_cases if each.id == which), None))


def listed(plan: Plan) -> tables.Table:
    """One row per use case of the catalog and of the program's own."""
    rows = [(_named(plan, entry), _state(plan, _of(plan, entry))) for entry in shipped.load().use_cases]
    own = [each for each in plan.use_cases if each.catalog_id is None]
    rows += [(Cell(each.title, note="your own"), _state(plan, each)) for each in own]
    return tables.Table((Column("Use case"), Column("State")), tuple(rows), name="use_cases")


def parts(found: list[Part]) -> tables.Table:
    """What a use case brings, and what adopting does about each part."""
    return tables.Table(
        columns=(Column("Brings"), Column("What"), Column("When adopted")),
        rows=tuple(
            (
                Cell(KINDS[each.kind], "muted"),
                Cell(each.what, "strong", note=each.detail),
                f"✓ {each.brings}" if each.there and each.kind != "duty" else each.brings,
            )
            for each in found
        ),
        name="use_case",
    )


def adopt(actor: Actor, *, program_id: str, catalog_id: str, intention: str, **given: Any) -> None:
    """Adopt a use case with the figures that were typed as targets, and keep what it did for the next run to say."""
    targets: dict[str, Decimal] = {
        name.removeprefix("target."): value
        for name, value in given.items()
        if name.startswith("target.") and value is not None
    }
    done = actions.adopt_use_case(
        actor,
        program_id=program_id,
        catalog_id=catalog_id,
        objective_id=given.get("objective_id"),
        due_on=given["due_on"],
        targets=targets,
        intention=intention,
    )
    st.session_state[RESULT] = done.sentence()


def _shipped(plan: Plan, entry: CatalogUseCase) -> None:
    row, visit = _of(plan, entry), plan.visit
    found = queries.preview(visit.program_id, entry.id)
    shell.title(_title(plan, entry))
    st.html(f'<p class="gw-what">{markup(_described(row, entry))}</p>')
    tables.show(parts(found), key="use_case.parts")
    shell.note(ACCOUNTABLE_IS_CHOSEN)
    if not plan.editable:
        return
    again = row is not None and row.adopted_at is not None
    if not again or not all(each.there for each in found):
        _adopting(plan, entry, found, again=again)
    _came()
    with st.expander("Word it your way"):
        _wording(plan, row, begin={"title": entry.title, "description": entry.description}, catalog_id=entry.id)


def _adopting(plan: Plan, entry: CatalogUseCase, found: list[Part], *, again: bool) -> None:
    visit = plan.visit
    missing = {each.kind for each in found if not each.there}
    only_targets = again and missing <= {"metric"}
    title, submit = ("Bring what is missing", "Bring the rest") if again else ("Adopt it", "Adopt this use case")
    if only_targets:
        title, submit = "State its targets", "Set the targets"
    shell.title(title, "A target is stated by you or not at all; without one the metric stays a proposal.")
    held = {each.what for each in found if each.kind == "metric" and each.there}
    open_ = [each for each in entry.metrics if catalog()[each].name not in held]
    served = _served(plan, entry)
    noun = f"use_case.adopt.{entry.id}.{len(open_)}.{len(missing)}.{again}"
    asked = _asked(plan, open_, objective=not (only_targets and served))
    if sent := forms.ask(noun, asked, begin={"objective_id": served}, submit=submit, columns=2):
        forms.add(sent, adopt, visit.actor, program_id=visit.program_id, catalog_id=entry.id)


def _came() -> None:
    """Say once, under the button that was pressed, what came."""
    if said := st.session_state.pop(RESULT, ""):
        st.html(f'<p class="gw-note" role="status"><span class="gw-good">✓</span> {markup(said)}</p>')


def _served(plan: Plan, entry: CatalogUseCase) -> str | None:
    """The one objective that every component of the use case is there for; None without one or with several."""
    built = {each.catalog_id: each.id for each in components(plan.visit.program_id) if each.catalog_id}
    ids = [built.get(each) for each in entry.components]
    mine = contributions(plan.visit.program_id)
    shared = [{each.objective_id for each in mine if each.component_id == id_} for id_ in ids]
    common = set.intersection(*shared) if shared else set()
    return common.pop() if len(common) == 1 else None


def _asked(plan: Plan, metrics: list[str], *, objective: bool) -> tuple[Field, ...]:
    none = "None yet" if plan.goals else "There is no objective yet"
    first = (Choice("objective_id", "Its components are there for", plan.goals, none=none),) if objective else ()
    return (
        *first,
        Day("due_on", "Targets due"),
        *(Figure(f"target.{each}", f"Target: {_metric(plan, each)}") for each in metrics),
    )


def _metric(plan: Plan, metric_id: str) -> str:
    metric, current = catalog()[metric_id], strategy.now(plan.visit, metric_id)
    unit = UNITS.get(metric.unit, metric.unit)
    return f"{metric.name} ({unit})" if current.month is None else f"{metric.name}, now {current.shown}"


def _own(plan: Plan, row: UseCase | None) -> None:
    if row is None:
        shell.title("A use case of your own")
        shell.note("It is an idea in your words. Components, metrics and money for it are added on their own pages.")
        _wording(plan, None, begin={}, catalog_id=None)
        return
    shell.title(row.title)
    if row.description:
        st.html(f'<p class="gw-what">{markup(row.description)}</p>')
    if plan.editable:
        _wording(plan, row, begin={}, catalog_id=None)


def _wording(plan: Plan, row: UseCase | None, *, begin: Mapping[str, Any], catalog_id: str | None) -> None:
    visit = plan.visit
    fields = (
        Text("title", "Title", required=True, wide=True),
        Text("description", "Description", long=True, most=4000),
    )
    if row is None:
        if sent := forms.ask(
            f"use_case.word.{catalog_id}",
            fields,
            begin=begin,
            submit="Keep these words",
            columns=1,
            main=not catalog_id,
        ):
            forms.add(sent, actions.add_use_case, visit.actor, program_id=visit.program_id, catalog_id=catalog_id)
        return
    one = {"program_id": visit.program_id, "use_case_id": row.id}
    if sent := forms.ask(f"use_case.{row.id}", fields, of=row, submit="Save", columns=1, main=False):
        forms.change(sent, actions.change_use_case, visit.actor, **one)
    with st.popover("Take it out"):
        st.caption("What it brought stays. A use case of the catalog is then worded as it came.")
        if st.button("Take out", key="use_case.remove"):
            forms.attempt(actions.remove_use_case, visit.actor, **one, version=row.version)


def _of(plan: Plan, entry: CatalogUseCase) -> UseCase | None:
    return next((each for each in plan.use_cases if each.catalog_id == entry.id), None)


def _title(plan: Plan, entry: CatalogUseCase) -> str:
    row = _of(plan, entry)
    return row.title if row else entry.title


def _named(plan: Plan, entry: CatalogUseCase) -> Cell:
    title = _title(plan, entry)
    return Cell(title, note="" if title == entry.title else entry.title)


def _described(row: UseCase | None, entry: CatalogUseCase) -> str:
    return row.description if row and row.description else entry.description


def _state(plan: Plan, row: UseCase | None) -> Cell:
    if row is None or row.adopted_at is None:
        return Cell("○ idea" if row and row.catalog_id is None else "○ not adopted", "muted")
    return Cell(
        "✓ adopted", "good", note=text.day(row.adopted_at.astimezone(ZoneInfo(plan.visit.program.time_zone)).date())
    )
