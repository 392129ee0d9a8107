"""One person's way through a run, a member's or an invited one's: what is asked, what was answered, how it is kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from assessments.content import Statement
from assessments.library import Form, Library
from assessments.model import LANGUAGES
from pages.ui import states, text
from pages.ui.invitation import Invited
from pages.ui.shell import Visit
from program.actions import assessments as actions
from program.actions import invited as by_link
from program.queries import assessments as queries
from program.queries import invited as link_queries
from program.runs import MyRespondent, Run, SavedAnswer, SavedView, SharedView

LANGUAGE = "language"
SPOKEN = "take.language"


@dataclass(frozen=True)
class Sheet:
    """
    The statements in order and what was answered so far.

    keep, keep_view: keep one answer or view, by the account or by the device. views: reads one's own views. others:
    what others wrote in a named run, for a member to agree with; whoever came by link reads nobody else's words.
    visit: of a member; None for somebody who came by link.
    """

    run: Run
    me: MyRespondent
    library: Library
    answers: Mapping[str, SavedAnswer]
    keep: Callable[..., int]
    keep_view: Callable[..., int]
    views: Callable[[], Mapping[tuple[str, str], SavedView]]
    others: Callable[[], Sequence[SharedView]]
    visit: Visit | None = None

    @property
    def statements(self) -> tuple[Statement, ...]:
        """What the run's form asks, mindset first."""
        return self.library.statements(self.run.form)

    @property
    def done(self) -> int:
        """How many statements have an answer of any kind."""
        return sum(statement.id in self.answers for statement in self.statements)

    @property
    def complete(self) -> bool:
        """Whether nothing is left to answer."""
        return self.done == len(self.statements)

    @property
    def parts(self) -> dict[str, list[Statement]]:
        """The statements of each dimension; one each in the short form."""
        found: dict[str, list[Statement]] = {}
        for statement in self.statements:
            found.setdefault(statement.dimension, []).append(statement)
        return found

    @property
    def parted(self) -> bool:
        """Whether dimensions have more than one statement."""
        return len(self.parts) < len(self.statements)


def of_member(visit: Visit, run: Run, me: MyRespondent) -> Sheet:
    """Return what a member is asked in a named run, and what they answered."""
    program_id = visit.program_id
    return Sheet(
        run,
        me,
        in_chosen_language(queries.library(program_id, run.id)),
        queries.my_answers(program_id, me.id),
        keep=partial(actions.save_answer, visit.actor, program_id=program_id, respondent_id=me.id),
        keep_view=partial(actions.save_view, visit.actor, program_id=program_id, respondent_id=me.id),
        views=partial(queries.my_views, program_id, me.id),
        others=partial(queries.others_gains, program_id, run.id, me.id),
        visit=visit,
    )


def of_guest(invited: Invited, me: MyRespondent) -> Sheet:
    """Return what somebody is asked who came by link, and what this device answered."""
    guest = invited.guest
    return Sheet(
        invited.invitation.run,
        me,
        in_chosen_language(link_queries.library(guest)),
        link_queries.my_answers(guest),
        keep=partial(by_link.answer, guest),
        keep_view=partial(by_link.view, guest),
        views=partial(link_queries.my_views, guest),
        others=tuple,
    )


def save(
    sheet: Sheet,
    statement: Statement,
    kind: str,
    *,
    level: int | None = None,
    reason: str | None = None,
    note: str | None = None,
) -> None:
    """Keep an answer at once; a note stays with it until another one is given. A problem is shown by the next run."""
    saved = sheet.answers.get(statement.id)
    kept_note = saved.note if saved and note is None else note
    with states.saving(later=True):
        sheet.keep(
            statement_id=statement.id,
            kind=kind,
            level=level,
            reason=reason,
            note=kept_note,
            version=saved.version if saved else None,
        )


def language() -> str:
    """The language of the statements: the one in the address, else the one of this session, else English."""
    chosen = st.query_params.get(LANGUAGE) or st.session_state.get(SPOKEN)
    return str(chosen) if chosen in LANGUAGES else "en"


def languages(library: Library, form: Form) -> list[str]:
    """The languages that a run's statements have texts in, English first."""
    english = _texts(library, "en", form)
    others = (each for each in LANGUAGES if each != "en")
    return ["en", *(each for each in others if _texts(library, each, form) != english)]


def in_chosen_language(library: Library) -> Library:
    """Return the library in the language chosen; its texts stay English where it has no others."""
    return _spoken(library, language())


def ask_language(sheet: Sheet) -> None:
    """Offer the statements in another language, where the model has one; Groundwork itself speaks English."""
    offered = languages(sheet.library, sheet.run.form)
    if len(offered) < 2:
        return
    key = "take.speak"
    st.session_state[key] = sheet.library.language
    st.selectbox(
        "Language of the statements",
        offered,
        format_func=LANGUAGES.__getitem__,
        key=key,
        on_change=lambda: _speak(st.session_state[key]),
        width=200,
    )
    english, shown = (_texts(sheet.library, each, sheet.run.form) for each in ("en", sheet.library.language))
    missing = sum(a == b for a, b in zip(english, shown, strict=True))
    if sheet.library.language != "en" and missing:
        few = text.plural(missing, "statement has", "statements have")
        states.note(f"{text.capital(few)} no {LANGUAGES[sheet.library.language]} text yet and stay English.")


def _speak(chosen: str) -> None:
    st.session_state[SPOKEN] = chosen
    st.query_params[LANGUAGE] = chosen


def _version(library: Library) -> str:
    return f"{library.sha256} {library.language}"


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs={Library: _version})
def _spoken(library: Library, language: str) -> Library:
    return library.in_language(language)


def _texts(library: Library, language: str, form: Form) -> tuple[str, ...]:
    return tuple(statement.text for statement in _spoken(library, language).statements(form))
