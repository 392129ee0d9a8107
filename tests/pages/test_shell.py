"""The guard at the door of every page, and the states a page may end in, run as Streamlit runs them."""

import logging
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from pages.ui import safe, signing, sitemap, states, theme
from program.access import GRANTS, ROLES
from program.actions import members, programs
from program.queries import members as membership
from program.values import Actor, Invalid, Missing, Stale, Unavailable

PAGES = Path(__file__).resolve().parents[2] / "pages"
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PAGE = """
import streamlit as st
from pages.ui import shell
visit = shell.open_page("Budget", needs="{needs}")
shell.answer("The money lasts until May.")
st.session_state["seen"] = visit
"""


def opened(needs: str = "program.read", *, user: dict[str, Any] | None = None, program: str | None = None) -> AppTest:
    page = AppTest.from_string(PAGE.format(needs=needs), default_timeout=20)
    if user is not None:
        page.user = {"is_logged_in": True, "iss": "https://login.example", "name": "", **user}
    if program is not None:
        page.query_params["program"] = program
    page.run()
    assert not page.exception
    return page


def shown(page: AppTest) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def headline(page: AppTest) -> str:
    found = re.findall(r"<h1[^>]*>(.*?)</h1>", shown(page))
    assert len(found) == 1
    return str(found[0])


def seen(page: AppTest) -> Any:
    return page.session_state.get("seen")


@pytest.fixture
def with_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "settings", lambda: {"redirect_uri": "http://localhost/oauth2callback"})


def invite(owner: Actor, program_id: str | None, who: str, role: str) -> dict[str, Any]:
    email = f"{who}@alder.example"
    members.invite_member(owner, program_id=program_id, email=email, name=who, role=role)
    return {"sub": who, "email": email, "email_verified": True}


def test_a_page_knows_who_when_and_for_which_program(owner: Actor, program_id: str, home: Path) -> None:
    page = opened()
    visit = seen(page)
    assert headline(page) == "The money lasts until May."
    assert (visit.program_id, visit.role, visit.home) == (program_id, "owner", home)
    assert visit.actor.user_id == owner.user_id
    assert visit.actor.now.tzinfo is not None
    assert abs((visit.today - datetime.now(UTC).date()).days) <= 1
    assert page.query_params["program"] == program_id
    assert "Plan &rsaquo; <b>Budget</b>" in shown(page)
    assert "Closer to customers" in shown(page)
    assert not page.selectbox


@pytest.mark.usefixtures("store")
def test_without_a_program_a_page_says_so_and_leads_to_the_first_step() -> None:
    page = opened()
    assert headline(page) == "There is no program yet."
    assert page.button[0].label == "Start a program"
    assert seen(page) is None


@pytest.mark.usefixtures("program_id")
@pytest.mark.parametrize("wanted", ["0" * 32, "", "<script>", "x" * 5000])
def test_51_another_id_in_the_address_is_refused_and_logged(
    owner: Actor, wanted: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "groundwork.access"):
        page = opened(program=wanted)
    assert headline(page) == "There is no such program."
    assert seen(page) is None
    assert "Closer to customers" not in shown(page)
    assert owner.user_id in caplog.text
    assert len(caplog.text) < 400


@pytest.mark.usefixtures("with_sign_in")
def test_51_a_program_of_other_people_looks_like_one_that_does_not_exist(owner: Actor, program_id: str) -> None:
    other = programs.create_program(
        owner, name="Nightjar", client_name="Finch", currency="EUR", time_zone="UTC", starts_on=date(2026, 1, 5)
    )
    bo = invite(owner, program_id, "bo", "viewer")
    assert headline(opened(user=bo, program=other)) == "There is no such program."
    page = opened(user=bo)
    assert seen(page).program_id == program_id
    assert not page.selectbox
    assert "Nightjar" not in shown(page)


@pytest.mark.usefixtures("with_sign_in")
@pytest.mark.parametrize("role", ROLES)
def test_50_a_page_opens_for_the_roles_that_hold_its_grant(owner: Actor, program_id: str, role: str) -> None:
    user = invite(owner, program_id, "bo", role)
    for grant in ("program.read", "plan.edit", "measure.rows", "members.manage"):
        page = opened(grant, user=user)
        assert (seen(page) is not None) == (role in GRANTS[grant])
        if seen(page) is None:
            assert headline(page) == "You may not see this page."


@pytest.mark.usefixtures("with_sign_in")
def test_a_stranger_sees_nothing_also_when_the_page_runs_alone(owner: Actor, program_id: str) -> None:
    for user in (
        {"is_logged_in": False},
        {"sub": "cy", "email": "cy@alder.example", "email_verified": True},
        {**invite(owner, program_id, "dee", "editor"), "email_verified": False},
    ):
        page = opened(user=user)
        assert headline(page) == "Sign in to go on."
        assert "Closer" not in shown(page)


@pytest.mark.usefixtures("with_sign_in")
def test_53_somebody_switched_off_is_refused_at_the_next_rerun(owner: Actor, program_id: str) -> None:
    page = opened(user=invite(owner, program_id, "bo", "editor"))
    assert seen(page).role == "editor"
    row = next(each for each in membership.members(program_id) if each.email == "bo@alder.example")
    version = members.set_active(owner, program_id=None, user_id=row.user_id, active=False, version=row.user_version)
    page.run()
    assert headline(page) == "Sign in to go on."
    members.set_active(owner, program_id=None, user_id=row.user_id, active=True, version=version)
    page.run()
    assert headline(page) == "The money lasts until May."


@pytest.mark.usefixtures("with_sign_in")
def test_53_a_lowered_role_holds_at_the_next_rerun(owner: Actor, program_id: str) -> None:
    page = opened("plan.edit", user=invite(owner, program_id, "bo", "editor"))
    assert seen(page).may("plan.edit")
    row = next(each for each in membership.members(program_id) if each.email == "bo@alder.example")
    members.change_role(owner, program_id=program_id, membership_id=row.id, role="viewer", version=row.version)
    page.run()
    assert headline(page) == "You may not see this page."


@pytest.mark.usefixtures("with_sign_in")
def test_somebody_whose_last_membership_is_gone_is_told_so(owner: Actor, program_id: str) -> None:
    page = opened(user=invite(owner, program_id, "bo", "editor"))
    row = next(each for each in membership.members(program_id) if each.email == "bo@alder.example")
    members.remove_member(owner, program_id=program_id, membership_id=row.id, version=row.version)
    page.run()
    assert headline(page) == "You have no membership here."
    assert not page.button


def test_choosing_another_program_changes_the_address_and_the_session(owner: Actor, program_id: str) -> None:
    other = programs.create_program(
        owner, name="<b>Second</b>", client_name="Finch", currency="EUR", time_zone="UTC", starts_on=date(2026, 1, 5)
    )
    page = opened(program=program_id)
    assert seen(page).program_id == program_id
    page.selectbox[0].select(other).run()
    assert seen(page).program_id == other
    assert page.query_params["program"] == other
    assert "&lt;b&gt;Second&lt;/b&gt;" in shown(page)
    assert "<b>Second" not in shown(page)


@pytest.mark.usefixtures("store")
def test_06_a_store_that_cannot_be_read_is_said_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROUNDWORK_DATABASE_URL", "postgresql://gw@127.0.0.1:9/none")
    page = opened()
    assert headline(page) == "Groundwork cannot read its records."
    assert page.button[0].label == "Try again"
    monkeypatch.delenv("GROUNDWORK_DATABASE_URL")
    page.button[0].click().run()
    assert headline(page) == "There is no program yet."


def draw(problem: Exception) -> str:
    def script(given: Exception) -> None:
        from pages.ui import states

        with states.saving():
            raise given

    page = AppTest.from_function(script, args=(problem,), default_timeout=20).run()
    assert not page.exception
    return shown(page)


def test_03_a_conflict_shows_both_versions() -> None:
    mine, theirs = {"name": "<b>Ann", "power": 3}, {"name": "Ann", "power": 3, "stance": "neutral"}
    text = draw(Stale("stakeholder", mine, theirs, changed_by="Bo & Co"))
    assert "Bo &amp; Co changed this stakeholder" in text
    assert "<td>&lt;b&gt;Ann</td><td>Ann</td>" in text
    assert "power" not in text
    assert "was not saved" in text


def test_03_a_conflict_shows_amounts_and_days_as_people_write_them() -> None:
    mine = {"planned": Decimal("8.0000"), "on": date(2026, 3, 2)}
    text = draw(Stale("budget line", mine, {"planned": Decimal(1200), "on": None}))
    assert "<td>8</td><td>1,200</td>" in text
    assert "<td>2 Mar 2026</td><td>n/a</td>" in text


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (Invalid("name", "A name has at most 200 characters."), "A name has at most 200 characters."),
        (Missing("component"), "not here any more"),
        (Unavailable("The disk is full."), "The disk is full."),
    ],
)
def test_a_refused_save_is_explained_once(problem: Exception, words: str) -> None:
    text = draw(problem)
    assert words in text
    assert text.count('role="alert"') == 1


@pytest.mark.usefixtures("program_id")
def test_a_problem_of_a_callback_waits_for_the_next_page() -> None:
    page = AppTest.from_string(PAGE.format(needs="program.read"), default_timeout=20)
    page.session_state[states.LATER] = Invalid("name", "Too long.")
    page.run()
    assert "Too long." in shown(page)
    page.run()
    assert "Too long." not in shown(page)


def test_fault_65_an_unforeseen_failure_keeps_its_detail_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    def script() -> None:
        from pages.ui import states

        states.on_script_error(ValueError("the secret detail"))

    page = AppTest.from_function(script, default_timeout=20).run()
    text = shown(page)
    reference = re.search(r"runs Groundwork: ([0-9a-f]{8})", text)
    assert reference
    assert reference[1] in caplog.text
    assert headline(page) == "This page could not be shown."
    assert "secret" not in text


@pytest.mark.usefixtures("program_id")
def test_fault_65_a_page_that_fails_below_its_headline_keeps_it() -> None:
    fails = PAGE.format(needs="program.read") + "from pages.ui import states\nstates.on_script_error(ValueError())\n"
    page = AppTest.from_string(fails, default_timeout=20).run()
    assert headline(page) == "The money lasts until May."
    assert "Something went wrong on the server" in shown(page)


@pytest.mark.usefixtures("program_id")
def test_the_line_over_the_headline_can_be_completed_with_the_day_of_the_data() -> None:
    page = AppTest.from_string(PAGE.format(needs="program.read"), default_timeout=20).run()
    assert "data to" not in shown(page)
    dated = PAGE.format(needs="program.read") + "from datetime import date\nshell.data_to(visit, date(2026, 11, 20))\n"
    page = AppTest.from_string(dated, default_timeout=20).run()
    (line,) = re.findall(r'<p class="gw-eyebrow">(.*?)</p>', shown(page))
    assert line.startswith("Plan &rsaquo; <b>Budget</b>")
    assert line.endswith("data to 20 Nov 2026")


@given(some.text(max_size=80))
def test_30_plain_text_keeps_every_character_and_leaves_no_bare_markup(typed: str) -> None:
    made = safe.plain(typed)
    back = re.sub(r"\\([^a-zA-Z0-9\s])", r"\1", made).replace("\u2060", "")
    assert back == typed.replace("\0", "").replace("\u2060", "")
    bare = re.sub(r"\\.", "", made, flags=re.DOTALL)
    assert not re.search(r"[`*_{}\[\]<>#~|$^:]", bare)


@given(some.text(max_size=80))
def test_30_markup_can_neither_open_a_tag_nor_leave_an_attribute(typed: str) -> None:
    assert not set("<>\"'") & set(safe.markup(typed))


def test_the_style_rules_hold_no_angle_bracket() -> None:
    for mode in ("light", "dark"):
        sheet = theme.stylesheet(mode)
        assert "<" not in sheet, "the whole sheet would be dropped as markup"
        used = set(re.findall(r"var\(--gw-([a-z0-9-]+)\)", sheet))
        assert used <= set(theme.PALETTE)


def test_every_page_of_the_navigation_exists_and_the_first_is_the_default() -> None:
    assert sitemap.DEFAULT.title == "Overview"
    assert len(set(sitemap.ADDRESSES)) == len(sitemap.PAGES)
    for entry in sitemap.PAGES:
        assert (PAGES / entry.file).is_file()
        assert re.fullmatch("[a-z]+", entry.url_path)
        opening = re.search(r"shell\.open_(?:page|house)\(\s*\"(\w+)\"", (PAGES / entry.file).read_text("utf-8"))
        assert opening, entry.file
        assert opening[1] == entry.title


def _luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", [0, 1])
def test_text_can_be_read_and_marks_can_be_seen(mode: int) -> None:
    color = {name: shades[mode] for name, shades in theme.PALETTE.items()}
    for name in color:
        if name.endswith("-text") or name in ("ink", "muted"):
            assert contrast(color[name], color["page"]) >= 4.5, name
            assert contrast(color[name], color["surface"]) >= 4.5, name
    for name in ("mindset", "mechanism", "strategy", "gray", *theme.CATEGORIES):
        assert contrast(color[name], color["page"]) >= 3, name
    assert contrast(color["on-interaction"], color["interaction"]) >= 7
