"""What a facilitator does with an open run: its link, who has answered, evidence, another run, closing it."""

import streamlit as st

from assessments.functions import FUNCTIONS
from pages.ui import deep_links, evidence, runs, safe, shell, signing, states, text
from pages.ui.invitation import PARAMETER
from program.actions import assessments as actions
from program.queries import assessments as queries
from program.runs import PersonProgress, Progress, Run


def lead(visit: shell.Visit, run: Run) -> None:
    """Draw what a facilitator may do with an open run; open at first, folded once somebody answers."""
    progress = queries.progress(visit.program_id, run.id)
    with st.expander("Lead this assessment", expanded=not progress.answered, key="run.lead"):
        _link(visit, run)
        _progress(visit, run, progress)
        if run.anonymous:
            states.title("Evidence", "attached without a function; what people say stays theirs")
            evidence.by_statement(visit, run)
        with st.container(horizontal=True, gap="medium"):
            _close(visit, run)
            with st.popover("Start another", key="run.another"):
                runs.start(visit, main=False)


def address(run: Run) -> str:
    """Return a run's link as the reader's own browser reaches this server."""
    here = (st.context.url or "").rpartition("/")[0]
    return f"{here}/{deep_links.INVITED}?{PARAMETER}={run.invite}"


def _link(visit: shell.Visit, run: Run) -> None:
    states.title("Invite by link", "whoever has it answers without an account, and sees nothing else")
    if run.invite is None:
        st.button("Make a link", key="run.link", on_click=_make_link, args=(visit, run))
        return
    st.code(address(run), language=None, wrap_lines=True)
    if not signing.configured():
        states.note("Without sign-in, Groundwork answers only to the machine it runs on, so the link opens only there.")
    if not run.anonymous:
        with st.popover("Stop the link", type="tertiary", key="run.stop"):
            st.caption("Nobody comes in by it any more. Answers that came by it stay.")
            st.button("Stop it", key="run.stop.go", on_click=_stop_link, args=(visit, run))


def _progress(visit: shell.Visit, run: Run, progress: Progress) -> None:
    if run.anonymous:
        states.title("Who has answered", "only how many, while the run is open")
        count = text.plural(progress.answered, "person has", "people have") if progress.answered else "nobody has"
        st.html(f"<p>{text.capital(count)} answered{'' if progress.answered else ' yet'}.</p>")
        return
    done = f"{progress.finished or 0} of {progress.joined} answered all {progress.asked} statements"
    states.title("Who has answered", done if progress.joined else "nobody has begun yet")
    if progress.people:
        st.html(_table(progress))
        _remove(visit, progress)


def _table(progress: Progress) -> str:
    rows = "".join(
        f'<tr><th scope="row">{safe.markup(each.name)}</th><td>{safe.markup(FUNCTIONS[each.function].name)}</td>'
        f'<td class="gw-num">{each.answered} of {progress.asked}</td>'
        f"<td>{'yes' if each.by_link else 'no'}</td></tr>"
        for each in progress.people
    )
    head = '<th scope="col">Name</th><th scope="col">Function</th>'
    head += '<th scope="col" class="gw-num">Answered</th><th scope="col">By link</th>'
    table = f'<table class="gw-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    return f'<div class="gw-scroll">{table}</div>'


def _remove(visit: shell.Visit, progress: Progress) -> None:
    people = {each.respondent_id: each for each in progress.people}
    with st.popover("Remove somebody", type="tertiary", key="run.remove"):
        who = st.selectbox(
            "Who",
            list(people),
            index=None,
            format_func=lambda id_: f"{people[id_].name}, {FUNCTIONS[people[id_].function].name}",
            key="run.remove.who",
            placeholder="Choose",
        )
        st.caption("Their answers go with them. This cannot be undone.")
        person = people.get(who or "")
        st.button("Remove for good", key="run.remove.go", disabled=not person, on_click=_gone, args=(visit, person))


def _close(visit: shell.Visit, run: Run) -> None:
    with st.popover("Close this run", key="run.closing"):
        st.caption("It takes no more answers, its link ends, and nothing can tie an answer to a device any more.")
        if st.button("Close for good", key="run.close"):
            with shell.saving() as saving:
                actions.close_run(visit.actor, program_id=visit.program_id, run_id=run.id, version=run.version)
            if saving.done:
                st.rerun()


def _make_link(visit: shell.Visit, run: Run) -> None:
    with shell.saving(later=True):
        actions.make_link(visit.actor, program_id=visit.program_id, run_id=run.id, version=run.version)


def _stop_link(visit: shell.Visit, run: Run) -> None:
    with shell.saving(later=True):
        actions.stop_link(visit.actor, program_id=visit.program_id, run_id=run.id, version=run.version)


def _gone(visit: shell.Visit, person: PersonProgress) -> None:
    with shell.saving(later=True):
        actions.remove_respondent(
            visit.actor, program_id=visit.program_id, respondent_id=person.respondent_id, version=person.version
        )
