"""What people see: the perspective questions and ownership, one at a time in their order, each answer kept at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from assessments import perspective as questions
from assessments.perspective import Perspective, Question
from pages.ui import agreeing, answer_style, answering, safe, scrolling, states, view_questions
from pages.ui.sheet import Sheet, language
from program.runs import SavedView

PLACE = "views.place"
IN_OWN_WORDS = ("P2", "P3")


@dataclass(frozen=True)
class Outlook:
    """One person's way through the perspective questions: what is asked, and what they said so far."""

    sheet: Sheet
    model: Perspective
    saved: Mapping[tuple[str, str], SavedView]

    @property
    def words(self) -> bool:
        """Whether own words are asked for. In an anonymous run nobody may read them, so they are not."""
        return not self.sheet.run.anonymous

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions that are asked, in their order: what customers gain comes before what we gain."""
        return tuple(each for each in self.model.questions if self.words or each.id not in IN_OWN_WORDS)

    @property
    def done(self) -> int:
        """How many questions have an answer."""
        return sum(self.answered(question.id) for question in self.questions)

    def answered(self, question_id: str) -> bool:
        return any(of == question_id for of, _ in self.saved)

    def value(self, question_id: str, about: str = "") -> dict[str, Any]:
        """What was said so far; empty before."""
        saved = self.saved.get((question_id, about))
        return dict(saved.value) if saved else {}

    def keep(self, question_id: str, about: str, change: Mapping[str, Any]) -> None:
        """Keep what somebody says, over what they said before; a problem is shown by the next run."""
        saved = self.saved.get((question_id, about))
        with states.saving(later=True):
            self.sheet.keep_view(
                question_id=question_id,
                about=about,
                value=self.value(question_id, about) | dict(change),
                version=saved.version if saved else None,
            )


def outlook(sheet: Sheet) -> Outlook:
    """Return a person's perspective questions with what they said."""
    return Outlook(sheet, questions.load(language()), sheet.views())


def headline(mine: Outlook) -> str:
    """Return how far somebody is, in a sentence."""
    asked = len(mine.questions)
    if mine.done == asked:
        return f"You said what you see. All {asked} questions have an answer."
    return f"What do you see? {mine.done} of {asked} answered. Skip what you cannot say."


def one_at_a_time(mine: Outlook) -> None:
    """Draw the question that is open, its fields, and the way back and on."""
    ids = [question.id for question in mine.questions]
    place = _place(mine, ids)
    question = mine.questions[place]
    answer_style.progress(f"Question {place + 1} of {len(ids)}", mine.done, len(ids), color="interaction")
    st.html(
        f'<h2 class="gw-statement" lang="{mine.model.language}">{safe.markup(question.text)}</h2>'
        f'<p class="gw-note gw-why-asked" lang="{mine.model.language}">{safe.markup(question.why)}</p>'
    )
    about = view_questions.ask(mine, question)
    if about is not None:
        saved = (question.id, about) in mine.saved
        words = '<span class="gw-good">✓ Saved</span>' if saved else "Not answered yet."
        st.html(f'<p class="gw-note" role="status">{words}</p>')
    if question.id == "P3":
        agreeing.show(mine)
    _back_and_on(mine, ids, place)
    scrolling.to_begin_of(question.id)


def _place(mine: Outlook, ids: list[str]) -> int:
    """The question that is open: the one asked for, else the first without an answer."""
    asked_for = st.session_state.get(PLACE)
    if asked_for in ids:
        return ids.index(asked_for)
    first = next((at for at, id_ in enumerate(ids) if not mine.answered(id_)), 0)
    st.session_state[PLACE] = ids[first]
    return first


def _back_and_on(mine: Outlook, ids: list[str], place: int) -> None:
    before, after = ids[max(place - 1, 0)], ids[min(place + 1, len(ids) - 1)]
    last = place + 1 == len(ids)
    with st.container(horizontal=True, key="take_on"):
        st.button("Back", key="views.back", disabled=place == 0, on_click=_go, args=(before,), width="stretch")
        if not last:
            words = "Next" if mine.answered(ids[place]) else "Skip"
            st.button(words, key="views.next", type="primary", on_click=_go, args=(after,), width="stretch")
        elif mine.sheet.visit is not None:
            answering.to_results(width="stretch")
    if last:
        states.note("This is the last question. You can change every answer until the run closes.")


def _go(question_id: str) -> None:
    st.session_state[PLACE] = question_id
