"""What a page shows when it has nothing, something failed, or something takes a while."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NoReturn
from uuid import uuid4

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import safe
from pages.ui.text import UNKNOWN, day
from program.access import Refused
from program.values import Invalid, Missing, Stale, Unavailable

log = logging.getLogger("groundwork.pages")
LATER = "shell.later"
SAVED = "shell.saved"
JUST_SAVED = "shell.just_saved"
ANSWERED = "shell.answered"


@dataclass
class Saving:
    """How an attempt to save ended; `done` is true when nothing was refused."""

    done: bool = False


def answer(sentence: str) -> None:
    """Draw the page's headline: one sentence that answers it. The one h1 of a page."""
    st.session_state[ANSWERED] = True
    st.html(f'<h1 class="gw-answer">{safe.markup(sentence)}</h1>')


def begin() -> None:
    """Begin a run: no headline has been drawn yet."""
    st.session_state[ANSWERED] = False


def lead(text: str) -> None:
    """Draw the line under the headline: how certain it is, and what is missing."""
    st.html(f'<p class="gw-lead">{safe.markup(text)}</p>')


def title(text: str, unit: str = "") -> None:
    """Draw a figure's title (h2) and, under it, its unit, interval and who is counted."""
    below = f'<p class="gw-unit">{safe.markup(unit)}</p>' if unit else ""
    st.html(f'<h2 class="gw-title">{safe.markup(text)}</h2>{below}')


def note(text: str) -> None:
    """Draw what a figure rests on: counted in and out, definition, source, age."""
    st.html(f'<p class="gw-note">{safe.markup(text)}</p>')


def why(heading: str, sentence: str, facts: Sequence[tuple[str, str]], *, leads_to: str = "") -> None:
    """Draw a why panel: one plain sentence, then facts (Formula, Inputs, Left out, ...), then what it leads to."""
    rows = "".join(f"<dt>{safe.markup(name)}</dt><dd>{safe.markup(value)}</dd>" for name, value in facts)
    tail = f"<h3>Leads to</h3><p>{safe.markup(leads_to)}</p>" if leads_to else ""
    body = f"<h2>{safe.markup(heading)}</h2><p>{safe.markup(sentence)}</p><dl>{rows}</dl>{tail}"
    st.html(f'<section class="gw-why">{body}</section>')


def empty(headline: str, *, what: str, action: str = "", next_step: str = "", frame: str = "") -> NoReturn:
    """
    Draw the empty state and stop the page.

    headline: what is missing, as a sentence. what: what the thing is and what it will change.
    action, next_step: a button's words and the page file it opens ("plan/components.py").
    frame: the dashed outline of the figure to come: grid, bars or lines.
    """
    below = empty_then(headline, what=what, frame=frame)
    if next_step and below.button(action or "Go there", type="primary", key="shell.next_step"):
        st.switch_page(next_step)
    st.stop()


def empty_then(headline: str, *, what: str, frame: str = "") -> DeltaGenerator:
    """Draw the empty state and return the place under its words for the page's own first form or button."""
    answer(headline)
    words, figure = st.columns([3, 2], gap="large")
    words.html(f'<p class="gw-what">{safe.markup(what)}</p>')
    if frame:
        figure.html(f'<div class="gw-frame {safe.markup(frame)}" aria-hidden="true">{"<i></i>" * _CELLS[frame]}</div>')
    return words


_CELLS = {"grid": 25, "bars": 6, "lines": 8}


def alert(heading: str, *sentences: str, said: str = "", kept: str = "", affected: str = "", sign: str = "act") -> None:
    """
    Draw one alert: what happened, the other system's own words, what was not lost, what is affected.

    sign: act (■, red) or watch (▲, orange).
    """
    lines = [f"<p>{safe.markup(sentence)}</p>" for sentence in sentences]
    if said:
        lines.append(f"<p>It said: <code>{safe.markup(said)}</code></p>")
    if kept or affected:
        bold = f" <b>Affected:</b> {safe.markup(affected)}" if affected else ""
        lines.append(f"<p><b>{safe.markup(kept or 'Nothing was lost.')}</b>{bold}</p>")
    mark = "▲" if sign == "watch" else "■"
    head = f"<h2>{mark} {safe.markup(heading)}</h2>"
    st.html(f'<div class="gw-alert {safe.markup(sign)}" role="alert">{head}{"".join(lines)}</div>')


def refuse(sentence: str, *, heading: str = "This cannot be shown") -> NoReturn:
    """Say why the page cannot go on, and stop it. The sentence also says what to do."""
    alert(heading, sentence)
    st.stop()


def unavailable(problem: Unavailable) -> NoReturn:
    """Say that the store does not answer, offer to try again, and stop the page. What was typed stays in its fields."""
    alert("The store does not answer", str(problem), kept="Nothing that was saved is lost.")
    st.button("Try again", type="primary", key="shell.again")
    st.stop()


def conflict(problem: Stale) -> None:
    """Show both versions of what two people changed at the same time."""
    who = f"{problem.changed_by} changed" if problem.changed_by else "Somebody changed"
    fields = [name for name in problem.mine if problem.mine[name] != problem.theirs.get(name)]
    rows = "".join(
        f'<tr><th scope="row">{safe.markup(name.replace("_", " "))}</th>'
        f"<td>{_shown(problem.mine[name])}</td><td>{_shown(problem.theirs.get(name))}</td></tr>"
        for name in fields
    )
    alert(
        f"{who} this {problem.what} while you were editing it",
        "Your change was not saved. Both versions are below; the page now shows theirs. Enter yours again to keep it.",
        sign="watch",
    )
    head = '<tr><th scope="col">Field</th><th scope="col">Yours</th><th scope="col">Theirs</th></tr>'
    st.html(f'<table class="gw-table"><thead>{head}</thead><tbody>{rows}</tbody></table>')


def _shown(value: object) -> str:
    if value is None or value == "":
        return UNKNOWN
    if isinstance(value, Decimal):
        return safe.markup(f"{value.normalize():,f}")
    return safe.markup(day(value) if isinstance(value, date) else value)


@contextmanager
def saving(*, later: bool = False) -> Iterator[Saving]:
    """
    Run one action and, when it is refused, say so in plain words instead of failing.

    later: keep the problem for the next `open_page`, as a callback must: what it draws itself lands above the page.
    """
    attempt = Saving()
    try:
        yield attempt
        attempt.done = True
    except (Invalid, Missing, Refused, Stale, Unavailable) as problem:
        if later:
            st.session_state[LATER] = problem
        else:
            explain(problem)


def explain(problem: Exception) -> None:
    """Draw what one of the program's own errors means for the reader."""
    if isinstance(problem, Stale):
        conflict(problem)
    elif isinstance(problem, Refused):
        alert("Your membership does not allow this", "Ask an owner of this program to change it on the members page.")
    elif isinstance(problem, Missing):
        alert("This is not here any more", "Somebody may have removed it. The page now shows what there is.")
    elif isinstance(problem, Invalid):
        alert("This cannot be saved as it is", problem.sentence, kept="Your other entries are kept.", sign="watch")
    else:
        alert("The store does not answer", str(problem), kept="Nothing that was saved is lost.")


def explain_later() -> None:
    """Draw the problem that a callback kept, once; keep what the last run saved for this run only."""
    st.session_state[JUST_SAVED] = st.session_state.pop(SAVED, "")
    problem = st.session_state.pop(LATER, None)
    if problem is not None:
        explain(problem)


@contextmanager
def working(words: str) -> Iterator[None]:
    """Show a line of words, with counts where they are known, while something takes over a second."""
    with st.spinner(safe.plain(words), show_time=True):
        yield


def on_script_error(problem: BaseException) -> bool:
    """Log a failure of a page with an id and show a plain sentence with that id; no detail reaches the reader."""
    reference = uuid4().hex[:8]
    log.error("page failed, reference %s: %s", reference, type(problem).__name__)
    if not st.session_state.get(ANSWERED):
        answer("This page could not be shown.")
    alert(
        "Something went wrong on the server",
        f"Reload the page; if it happens again, give this reference to whoever runs Groundwork: {reference}.",
        kept="Nothing that was saved is lost.",
    )
    return True
