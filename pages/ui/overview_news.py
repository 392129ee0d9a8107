"""What waits and what is new on the overview: overdue follow-ups, and what others changed since the last visit."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

import streamlit as st

from pages.ui import shell, text
from pages.ui.safe import markup
from pages.ui.shell import Visit
from program.overview import Overview
from program.queries import visits as queries
from program.queries.revisions import revision
from program.store import visits
from program.visits import News

MOST = 4  # of each; the rest is counted
WHO = 3  # names beside a sentence


def draw(visit: Visit, found: Overview) -> None:
    """Draw both side by side under a rule; nothing when nothing waits and nothing is new."""
    since = visits.visit(visit.actor, visit.program_id)
    news = _news(visit.program_id, since, visit.role, visit.actor.user_id, revision(visit.program_id)) if since else ()
    if not found.overdue and not news:
        return
    st.html('<div style="border-top:1px solid var(--gw-rule);margin-top:8px"></div>')
    one, two = st.columns(2, gap="large") if found.overdue and news else (st.container(), st.container())
    if found.overdue:
        with one:
            _overdue(visit, found)
    if news and since:
        with two:
            _changed(news, text.moment(since, visit.program.time_zone))


@lru_cache(maxsize=256)
def _news(program_id: str, since: datetime, role: str, user_id: str, revision: str) -> tuple[News, ...]:  # noqa: ARG001  a change is a new revision
    return tuple(queries.changed_since(program_id, since, role=role, but=user_id))


def _overdue(visit: Visit, found: Overview) -> None:
    words, link = st.columns([3, 1], vertical_alignment="bottom")
    with words:
        shell.title("Overdue follow-ups", f"{len(found.overdue)} past the agreed day")
    with link.container(horizontal_alignment="right"):
        if st.button("All follow-ups", type="tertiary", key="overview.follow_ups"):
            st.query_params["decision.view"] = "Follow-ups"
            st.switch_page("plan/decisions.py")
    for each in found.overdue[:MOST]:
        days = (visit.today - (each.due_on or visit.today)).days
        who = found.names.get(each.owner_id or "", "nobody")
        late = text.plural(days, "day", "days")
        st.html(
            f'<p style="margin:0;overflow-wrap:anywhere">{markup(each.title)}</p>'
            f'<p class="gw-note"><span class="gw-act">■ {late}</span> {markup(who)}</p>'
        )
    _more(len(found.overdue))


def _changed(news: Sequence[News], since: str) -> None:
    shell.title("Changed since your last visit", f"By others, since {since}")
    for each in news[:MOST]:
        words, link = st.columns([4, 1], vertical_alignment="center")
        words.html(f'<p style="margin:0">{markup(each.sentence)}</p>{_by(each.who)}')
        if link.button("Open", type="tertiary", key=f"overview.news.{each.sentence}"):
            st.switch_page(each.page)
    _more(len(news))


def _by(who: Sequence[str]) -> str:
    if not who:
        return ""
    more = [f"{len(who) - WHO} more"] if len(who) > WHO else []
    return f'<p class="gw-note">{markup(text.listed([*who[:WHO], *more]))}</p>'


def _more(count: int) -> None:
    if count > MOST:
        shell.note(f"{count - MOST} more.")
