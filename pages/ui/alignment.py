"""Where people agree: the run that is looked at, its figures, the headline, and the statements as rows."""

from collections import Counter
from typing import NoReturn

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assessments.agreement.labels import Label, cutoffs
from assessments.alignment import Alignment
from assessments.alignment import contested as ranked
from assessments.library import Library
from pages.ui import charts, contested, result_runs, shell, text
from pages.ui.shell import Visit
from pages.ui.verdicts import CONTESTED
from program.queries import assessments as queries
from program.queries.revisions import revision
from program.runs import FORMS, Run

VIEWS = ("Statements", "Roles", "Views", "Ownership", "Rounds")
ENOUGH_FOR_ALPHA = 30  # people; below, Cronbach's alpha says little
DISAGREE: dict[Label, str] = {
    "two_camps": "People stand in two camps on",
    "roles_differ": "Roles disagree most on",
    "open": "People are furthest apart on",
}


def view(place: DeltaGenerator) -> str:
    """Draw the choice of what to look at; it is in the address too."""
    chosen = place.segmented_control(
        "Show", VIEWS, default=VIEWS[0], required=True, key="view", bind="query-params", label_visibility="collapsed"
    )
    return chosen or VIEWS[0]


def as_table(place: DeltaGenerator) -> bool:
    """Draw the choice between the figure and its table; whether it is the table."""
    with place.container(horizontal_alignment="right"):
        return charts.switch("alignment.figure") == charts.TABLE


def wait(visit: Visit, run: Run) -> NoReturn:
    """Say how many people have answered an open anonymous run, and stop the page: nothing else of it may be read."""
    people = queries.progress(visit.program_id, run.id).answered
    who = text.capital(text.plural(people, "person has", "people have"))
    below = shell.empty_then(
        f"{who} answered. Alignment appears when the run is closed.",
        what=f"“{run.name}” is anonymous: nobody, not even whoever runs it, sees a figure of it while answers still "
        "arrive, because two looks could be subtracted. It is closed on the page Take.",
        frame="grid",
    )
    with below.container(width=420):
        result_runs.choose(visit, run)
    st.stop()


def stamp(visit: Visit, run: Run) -> str:
    """Return what changes when a run's answers may have changed; a closed run's never do."""
    return "closed" if run.closed_at else revision(visit.program_id)


def computed(visit: Visit, run: Run) -> Alignment:
    """Return a run's figures, computed anew only when its answers may have changed."""
    return _alignment(visit.program_id, run.id, stamp(visit, run))


def library(visit: Visit, run: Run) -> Library:
    """Return the model that a run was opened with."""
    return _library(visit.program_id, run.id, run.model_sha256)


def headline(alignment: Alignment, library: Library) -> str:
    """Return what people disagree on most and how much they agree on."""
    if reason := alignment.reasons.get("people"):
        return reason
    items = [each.item for each in alignment.statements if each.item is not None]
    enough = [item for item in items if item.label != "not_enough_answers"]
    if not enough:
        least = cutoffs().fewest_answers.value
        people = text.capital(text.plural(alignment.raters, "person has", "people have"))
        return f"{people} answered. Agreement takes {text.number(least)} on a statement."
    asked = text.plural(len(alignment.statements), "statement", "statements")
    agreed = sum(item.label == "agree" for item in enough)
    first = next((each for each in ranked(alignment) if each.item and each.item.label in CONTESTED), None)
    if agreed == len(alignment.statements):
        return f"People agree on all {asked}."
    how_many = f"agree on {text.number(agreed) if agreed else 'none'} of {asked}."
    if first is None or first.item is None:
        unknown = sum(item.label == "nobody_owns_the_facts" for item in enough)
        more = f" On {text.number(unknown)}, nobody owns the facts." if unknown else ""
        return f"People {how_many}{more}"
    about = f"{DISAGREE[first.item.label]} {library.dimension(first.dimension).short_name.lower()}"
    return f"{about}. People {how_many}" if first.item.label == "roles_differ" else f"{about}, and {how_many}"


def lead(alignment: Alignment, run: Run) -> str:
    """Return who answered, and what is withheld and why; what the headline says already is not said again."""
    people = text.capital(text.plural(alignment.raters, "person", "people"))
    how = "without names" if run.anonymous else "by name"
    hidden = Counter(each.withheld for each in alignment.statements if each.withheld)
    withheld = [f"{text.plural(n, 'statement', 'statements')} not shown: {_small(why)}" for why, n in hidden.items()]
    who = [f"{people} answered {how}."] if alignment.raters else []
    reasons = [reason for about, reason in alignment.reasons.items() if about != "people"]
    return " ".join([*who, *map(text.capital, withheld), *reasons])


def rests_on(alignment: Alignment, library: Library, run: Run) -> str:
    """Return what a row shows, who is counted, and the figures over all statements."""
    figures = alignment.overall
    each = "One dot is one person" if alignment.raters <= contested.ONE_DOT_EACH else "Columns are shares of people"
    parts = [f"{each}, the bar is the median; between two camps there is none."]
    if figures.kendall_w is not None:
        parts.append(f"Kendall's W {_two(figures.kendall_w)}: 1 when all put the statements in the same order.")
    if figures.krippendorff_alpha is not None:
        parts.append(f"Krippendorff's alpha {_two(figures.krippendorff_alpha)}: 1 is full agreement, 0 is chance.")
    if figures.cronbach_alpha is not None and alignment.raters >= ENOUGH_FOR_ALPHA:
        parts.append(f"Cronbach's alpha {_two(figures.cronbach_alpha)}.")
    versions = text.listed([f"{name} {version}" for name, version in library.versions.items()])
    return " ".join([*parts, f"Model: {versions}; {FORMS[run.form].lower()}."])


def _two(value: float | None) -> str:
    return text.number(value, decimals=2)


def _small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


@st.cache_resource(max_entries=64, show_spinner="Comparing the roles on every statement, 10,000 permutations each")
def _alignment(program_id: str, run_id: str, stamp: str) -> Alignment:  # noqa: ARG001  new answers are a new stamp
    return queries.alignment(program_id, run_id)


@st.cache_resource(max_entries=64, show_spinner=False)
def _library(program_id: str, run_id: str, sha256: str) -> Library:  # noqa: ARG001  a run keeps its model for good
    return queries.library(program_id, run_id)
