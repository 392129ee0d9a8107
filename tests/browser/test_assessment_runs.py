"""Runs as people answer them, with sign-in configured; what they see is what the command line says of the answers."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from assessments.functions import ASPECTS
from program.actions import assessments, invited, members, programs
from program.queries import assessments as queries
from program.runs import Guest
from program.store.migrate import migrate
from program.values import Actor
from tests.browser.assessing import (
    PHONE,
    SHORT,
    SIDEWAYS,
    Figures,
    Said,
    answer_by_keys,
    answer_in_the_list,
    answers,
    as_number,
    begin,
    csv_rows,
    device_of,
    figures_of,
    file_of,
    id_in,
    only,
    percent,
    plainly,
    rounded,
    table,
    xlsx_rows,
)
from tests.browser.conftest import Server, Visit, Visitor, at_home, free_port, serving
from tests.browser.identity import identity_provider, secrets, sign_in
from tests.browser.test_gate import listen

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OVERALL = (
    "kendall_w", "kendall_w_uncorrected", "friedman_q", "friedman_p", "cronbach_alpha", "rwg_j", "rwg_j_lindell",
    "krippendorff_alpha",
)  # fmt: skip
OF_ALL = ("n", "median", "iqr", "mean", "rwg", "rwg_critical", "ad", "van_der_eijk_a", "dont_know")
OF_ROLES = (
    "role_gap", "eta_squared", "role_p", "role_p_bh", "kruskal_h", "kruskal_p", "group_consensus",
)  # fmt: skip
VERDICTS = {
    "not_enough_answers": "Not enough answers",
    "nobody_owns_the_facts": "Nobody owns the facts",
    "two_camps": "Two camps",
    "roles_differ": "Roles differ",
    "agree": "Agree",
    "open": "Open",
}
ON_SCREEN = {"IQR": "iqr", "Mean": "mean", "rwg": "rwg", "rwg needed": "rwg_critical", "AD": "ad"} | {
    "A": "van_der_eijk_a", "Role gap": "role_gap", "p adjusted": "role_p_bh"
}  # fmt: skip


@dataclass(frozen=True)
class Company:
    """A server with sign-in configured, and Ann who owns everything on it."""

    server: Server
    ann: Actor

    def program(self, name: str) -> str:
        with at_home(self.server.home):
            given = {"client_name": "Alder & Finch", "currency": "USD", "time_zone": "UTC"}
            return programs.create_program(self.ann, name=name, starts_on=date(2026, 1, 5), **given)

    def run(self, program_id: str, *, anonymous: bool) -> tuple[str, str]:
        """Open a run; its id and the address of its link."""
        with at_home(self.server.home):
            made = assessments.start_run(self.ann, program_id=program_id, name="What is so", anonymous=anonymous)
            if not anonymous:
                assessments.make_link(self.ann, program_id=program_id, run_id=made, version=1)
            return made, f"{self.server.url}/invited?code={queries.run(program_id, made).invite}"

    def give(self, link: str, said: list[Said], *, device: str | None = None) -> None:
        """Answer an anonymous run by its link without a browser; device: of somebody who began in one."""
        with at_home(self.server.home):
            guest = Guest(link.rpartition("=")[2], device or _token(said[0].who), datetime.now(UTC))
            if device is None:
                invited.take_part(guest, function=said[0].role)
            for each in said:
                level = int(each.answer) if each.answer.isdigit() else None
                kind, reason = "level" if level is not None else each.answer, "None" if each.answer == "na" else None
                invited.answer(guest, statement_id=each.statement, kind=kind, level=level, reason=reason, version=None)


def _token(who: str) -> str:
    return "".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[ord(each) % 32] for each in f"{who:>32}")


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    folder: Path = tmp_path_factory.mktemp("company")
    home, port = folder / "home", free_port()
    home.mkdir()
    with identity_provider(folder / "provider.log") as provider:
        with at_home(home):
            migrate()
            ann = members.claim_ownership(
                issuer=provider, subject="ann", email="ann@alder.example", name="Ann", now=datetime.now(UTC)
            )
        with serving(folder, secrets=secrets(provider, port), port=port) as server:
            yield Company(server, ann)


def ann_at(company: Company, visit: Visit, address: str, program_id: str, **window: Any) -> Visitor:
    visitor = visit(**window)
    visitor.open(f"{company.server.url}/{address}?program={program_id}")
    sign_in(visitor, "ann")
    return visitor


def tab(visitor: Visitor, url: str) -> Visitor:
    """Another page in the same browser."""
    other = Visitor(page=visitor.context.new_page(), context=visitor.context)
    other.open(url)
    return other


def test_a_named_run_of_three_people_of_two_functions_on_two_devices(
    company: Company, visit: Visit, tmp_path: Path
) -> None:
    program_id = company.program("Three by name")
    _, link = company.run(program_id, anonymous=False)
    ann = answers("Ann", "sales", 1, ME_REC_1="0", ME_IDN_1="4")
    dana = answers("Dana Reyes", "service", 3, unknown=["ST-LIS-1"], ST_ADV_1="na")[:9] + [
        Said("Dana Reyes", "service", "ST-LIS-1", "dont_know"), Said("Dana Reyes", "service", "ST-ADV-1", "na")
    ]  # fmt: skip
    eli = answers("Eli", "service", 2)

    phone = visit(**PHONE)
    phone.open(link)
    assert phone.page.evaluate(SIDEWAYS) == 0
    begin(phone, "Service", name="Dana Reyes")
    answer_in_the_list(phone, dana[:4])
    assert phone.page.evaluate(SIDEWAYS) == 0
    phone.page.get_by_role("button", name="Go on on another device").click()
    code = phone.page.get_by_test_id("stCode").locator("code").inner_text()
    phone.page.keyboard.press("Escape")

    desk = ann_at(company, visit, "take", program_id)
    desk.pick("You answer as", "Sales")
    desk.press("Begin")
    answer_by_keys(desk, ann)
    beside = tab(desk, link)
    beside.page.get_by_text("Go on with your code").click()
    beside.page.get_by_label("Your code").fill(code)
    beside.press("Go on")
    beside.says("4 of 23 answered")
    answer_in_the_list(beside, dana[4:], before=4)

    phone.page.get_by_role("button", name="Somebody else answers here").click()
    phone.press("Begin anew on this device")
    phone.says("asks you what is so")
    begin(phone, "Service", name="Eli")
    answer_in_the_list(phone, eli)
    assert phone.page.evaluate(SIDEWAYS) == 0

    said = [*ann, *dana, *eli]
    figures = figures_of(said, tmp_path)
    assert any(cap for cap in figures.readiness["caps"]), "the answers are to bind a rule"
    told = results_agree(desk, figures)
    assert told["evidence"] == []
    given = csv_rows(file_of(desk, "Answers, CSV", menu="Export"))
    assert sorted((row["respondent"], row["role"], row["statement"], row["answer"]) for row in given) == sorted(
        (each.who, each.role, each.statement, each.answer) for each in said
    )
    alignment_agrees(desk, figures)
    assert phone.problems == []
    assert desk.problems_at(company.server.url) == []


def results_agree(visitor: Visitor, figures: Figures, *, roles: bool = True) -> dict[str, Any]:
    """Compare every view and file of the results with the command line; return what the JSON file says."""
    visitor.walk("Assess", "Results")
    visitor.choose("Readiness")
    ready = figures.readiness["readiness"]
    expect(visitor.page.locator(".gw-lead, h1").filter(has_text=f"{rounded(ready)}").first).to_be_visible()
    visitor.choose("Table")
    floors = {row["Aspect"][0].lower(): row for row in table(visitor, "Counts", "Answered")}
    for aspect in ASPECTS:
        assert floors[aspect]["Answered"] == [rounded(figures.readiness["raw"][aspect])]
        assert floors[aspect]["Counts"] == [rounded(figures.readiness["capped"][aspect])]
        aspect_agrees(visitor, figures.scores[aspect])
    told: dict[str, Any] = json.loads(file_of(visitor, "JSON", menu="Export"))
    assert told["scores"] == figures.scores
    assert told["readiness"] == figures.readiness
    agreement_agrees(told["agreement"], figures, roles=roles)
    book = file_of(visitor, "Excel workbook", menu="Export")
    scored = {row["Aspect"]: row for row in xlsx_rows(book, "Scores")}
    assert {aspect: scored[aspect]["Answered"] for aspect in ASPECTS} == pytest.approx(
        figures.readiness["raw"], rel=1e-14
    )
    assert scored["readiness"]["Counts"] == pytest.approx(ready, rel=1e-14)
    for row in xlsx_rows(book, "Statements"):
        item = figures.items[row["Statement"]]
        for key in (*OF_ALL, *(OF_ROLES if roles else ())):
            assert row[key] == pytest.approx(item[key], rel=1e-14), (row["Statement"], key)
    return told


def aspect_agrees(visitor: Visitor, score: dict[str, Any]) -> None:
    """Compare one aspect's headline, table and its file with `score`."""
    visitor.choose(score["assessment"].capitalize())
    visitor.says(f"stands at {rounded(score['score'])} of 4")
    visitor.choose("Table")
    shown = table(visitor, "Dimension", "To target")
    given = csv_rows(file_of(visitor, "CSV"))
    for row, cells, found in zip(shown, given, score["dimensions"], strict=True):
        assert row["Median"] == [rounded(found["score"])]
        assert row["People"] == [str(found["n"])]
        assert (row["Don't know"], row["Does not apply"]) == ([percent(found["dont_know"])], [percent(found["na"])])
        assert as_number(cells["Median"]) == found["score"]
        assert (as_number(cells["Don't know"]), as_number(cells["Does not apply"])) == (
            found["dont_know"], found["na"]
        )  # fmt: skip


def agreement_agrees(told: dict[str, Any], figures: Figures, *, roles: bool = True) -> None:
    """Compare the file's figures of agreement with `agreement`, key by key."""
    assert [each["id"] for each in told["statements"]] == list(SHORT)
    for each in told["statements"]:
        item = figures.items[each["id"]]
        keys = item if roles else OF_ALL
        assert only(each, keys) == only(item, keys)
    assert only(told["overall"], OVERALL) == only(figures.agreement, OVERALL)
    assert only(told, ("raters", "permutations", "seed")) == only(figures.agreement, ("raters", "permutations", "seed"))


def alignment_agrees(visitor: Visitor, figures: Figures, *, roles: bool = True) -> None:
    """Compare the statements and the roles of the alignment page, and their files, with `agreement`."""
    visitor.walk("Assess", "Alignment")
    visitor.choose("Table")
    shown, given = table(visitor, "Statement", "IQR"), csv_rows(file_of(visitor, "CSV"))
    assert len(shown) == len(SHORT)
    for row, cells in zip(shown, given, strict=True):
        item = figures.items[id_in(row["Statement"])]
        camps = item["label"] == "two_camps"
        assert row["People"] == [str(item["n"])]
        assert row["Median"] == ["n/a" if camps else plainly(item["median"])]
        assert row["Don't know"] == [percent(item["dont_know"])]
        if roles:
            assert row["Agreement"] == [VERDICTS[item["label"]]]
        for head, key in ON_SCREEN.items():
            expected = item[key] if roles or key in OF_ALL else None
            assert row[head] == [rounded(expected, 2)], (item["id"], head)
            assert as_number(cells[head]) == expected, (item["id"], head)
    visitor.choose("Roles")
    for row in table(visitor, "Role", "Role gap"):
        expected = figures.items[id_in(row["Statement"])]["role_gap"] if roles else None
        assert row["Role gap"] == ["n/a" if expected is None else f"{expected}"]
