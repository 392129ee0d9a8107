"""Signing in for real: an OpenID provider on this machine, Streamlit's own sign-in, and our memberships."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from program.actions import members, programs
from program.queries import members as membership
from program.values import Actor
from tests.browser.conftest import Serve, Server, Visit, at_home, free_port
from tests.browser.identity import identity_provider, secrets, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with identity_provider(tmp_path_factory.mktemp("provider") / "provider.log") as url:
        yield url


@pytest.fixture
def company(serve: Serve, provider: str) -> Server:
    """A server with sign-in configured, that nobody owns yet."""
    port = free_port()
    return serve(port=port, secrets=secrets(provider, port))


def code_of(server: Server) -> str:
    found = re.search(r"One-time code for its first owner: ([0-9A-Z-]+)", server.output())
    assert found, server.output()
    return found[1]


def create_program(actor: Actor, name: str = "Answer in the open") -> str:
    return programs.create_program(
        actor,
        name=name,
        client_name="Alder",
        currency="USD",
        time_zone="UTC",
        starts_on=date(2026, 1, 5),
    )


def test_the_first_owner_claims_with_the_code_and_lands_on_the_page_asked_for(company: Server, visit: Visit) -> None:
    ann = visit()
    ann.open(f"{company.url}/stakeholders")
    assert ann.heading() == "Sign in to open Groundwork."
    sign_in(ann, "ann")
    assert ann.page.url == f"{company.url}/stakeholders"
    assert ann.heading() == "This installation has no owner yet."

    ann.page.get_by_label("One-time code").fill("AAAA-AAAA-AAAA")
    ann.page.get_by_role("button", name="Become the owner").click()
    ann.page.get_by_role("alert").get_by_text("This is not the code").wait_for()
    ann.page.get_by_label("One-time code").fill(code_of(company).lower())
    ann.page.get_by_role("button", name="Become the owner").click()
    ann.page.get_by_role("heading", level=1, name="There is no program yet.").wait_for()

    bo = visit()
    bo.open(f"{company.url}/stakeholders")
    sign_in(bo, "bo")
    assert bo.heading() == "You have no membership here."
    assert "bo@alder.example" in bo.page.locator(".gw-lead").inner_text()
    bo.page.get_by_role("button", name="Log out").wait_for()
    assert bo.page.get_by_label("One-time code").count() == 0
    assert ann.problems_at(company.url) == []
    assert bo.problems_at(company.url) == []


def test_a_deep_link_survives_the_sign_in_with_its_program(company: Server, provider: str, visit: Visit) -> None:
    with at_home(company.home):
        ann = members.claim_ownership(
            issuer=provider, subject="ann", email="ann@alder.example", name="Ann", now=datetime.now(UTC)
        )
        create_program(ann)
        wanted = create_program(ann, "Second")
    visitor = visit()
    visitor.open(f"{company.url}/stakeholders?program={wanted}")
    sign_in(visitor, "ann")
    assert visitor.page.url == f"{company.url}/stakeholders?program={wanted}"
    assert "Second" in visitor.page.locator(".gw-eyebrow").inner_text()
    cookies = {cookie["name"] for cookie in visitor.context.cookies()}
    assert "gw_next" not in cookies
    visitor.page.reload()
    visitor.settle()
    assert "Second" in visitor.page.locator(".gw-eyebrow").inner_text()
    visitor.open(f"{company.url}/account")
    assert visitor.heading() == "You are signed in as ann@alder.example."
    assert visitor.page.get_by_role("button", name="Log out").count() == 1
    assert visitor.problems_at(company.url) == []


def test_53_invited_people_come_in_and_disabled_ones_are_refused_at_the_next_rerun(
    company: Server, provider: str, visit: Visit
) -> None:
    with at_home(company.home):
        ann = members.claim_ownership(
            issuer=provider, subject="ann", email="ann@alder.example", name="Ann", now=datetime.now(UTC)
        )
        program_id = create_program(ann)
        for who in ("bo", "cy"):
            members.invite_member(ann, program_id=program_id, email=f"{who}@alder.example", name=who, role="editor")
    bo, cy = visit(), visit()
    bo.open(f"{company.url}/stakeholders")
    sign_in(bo, "bo")
    assert "Answer in the open" in bo.page.locator(".gw-eyebrow").inner_text()
    cy.open(f"{company.url}/stakeholders")
    sign_in(cy, "cy")
    assert cy.heading() == "You have no membership here.", "an address that the provider does not vouch for"

    with at_home(company.home):
        row = next(each for each in membership.members(program_id) if each.email == "bo@alder.example")
        members.set_active(ann, program_id=None, user_id=row.user_id, active=False, version=row.user_version)
    bo.page.get_by_test_id("stTopNavSection").filter(has_text="People").click()
    bo.page.get_by_test_id("stTopNavPopover").get_by_text("Ownership").click()
    bo.page.get_by_role("heading", level=1, name="You have no membership here.").wait_for()
    assert bo.page.locator(".gw-eyebrow").count() == 0

    bo.page.get_by_role("button", name="Log out").click()
    bo.page.wait_for_url(re.compile(re.escape(provider)))
    assert "_streamlit_user" not in {cookie["name"] for cookie in bo.context.cookies(company.url)}
