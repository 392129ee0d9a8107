"""Runs as people answer them, with sign-in configured; what they see is what the command line says of the answers."""

from collections.abc import Iterator
from itertools import chain, combinations
from pathlib import Path
from statistics import median

import pytest
from playwright.sync_api import expect

from tests.browser.agreeing import OF_ROLES, alignment_agrees, results_agree
from tests.browser.assessing import (
    PHONE,
    SIDEWAYS,
    Said,
    answer_by_keys,
    answer_in_the_list,
    answers,
    begin,
    csv_rows,
    device_of,
    figures_of,
    file_of,
    table,
    xlsx_rows,
)
from tests.browser.company import Company, company_with_sign_in, signed_in
from tests.browser.conftest import Visit, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    with company_with_sign_in(tmp_path_factory.mktemp("company")) as started:
        yield started


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
    dana = answers("Dana Reyes", "service", 3)[:9]
    dana += [Said("Dana Reyes", "service", "ST-LIS-1", "dont_know"), Said("Dana Reyes", "service", "ST-ADV-1", "na")]
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

    desk = signed_in(company, visit, "take", program_id)
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


def waits_for_the_close(visitor: Visitor, people: int) -> None:
    """Before an anonymous run is closed, pages say how many answered, and nothing else."""
    for title in ("Results", "Alignment"):
        visitor.walk("Assess", title)
        visitor.says(f"{people} people have answered.")
        for hidden in ("Export", "CSV", "Table", "Roles"):
            expect(visitor.page.get_by_role("button", name=hidden, exact=True)).to_have_count(0)
            expect(visitor.page.get_by_role("radio", name=hidden, exact=True)).to_have_count(0)
        assert visitor.page.locator("table.gw-table").count() == 0
        assert "of 4" not in visitor.page.locator(".stMainBlockContainer").inner_text()
    visitor.walk("Overview")
    assert "of 4" not in visitor.page.locator(".stMainBlockContainer").inner_text()
    visitor.walk("Plan", "Components")
    expect(visitor.page.get_by_text("Nothing is proposed")).to_be_visible()


def close(visitor: Visitor, people: int) -> None:
    """Close the run as its facilitator does."""
    visitor.walk("Assess", "Take")
    visitor.page.get_by_text("Lead this assessment").click()
    expect(visitor.page.get_by_text(f"{people} people have answered.")).to_be_visible()
    visitor.page.get_by_role("button", name="Close this run").click()
    visitor.press("Close for good")
    visitor.says("is closed. It takes no more answers.")


def heads(visitor: Visitor, first: str) -> set[str]:
    """The columns of the table that begins with one of a name."""
    return {name for name in table(visitor, first)[0] if name}


def test_an_anonymous_run_of_nine_people_shows_both_functions(company: Company, visit: Visit, tmp_path: Path) -> None:
    program_id = company.program("Nine without names")
    _, link = company.run(program_id, anonymous=True)
    roles = ["sales"] * 4 + ["service"] * 5
    people = [answers(f"P{at}", role, at, unknown=["ST-LIS-1"] * (at % 2)) for at, role in enumerate(roles)]

    phone, desk = visit(**PHONE), visit()
    for visitor, function in ((phone, "Sales"), (desk, "Service")):
        visitor.open(link)
        begin(visitor, function)
    answer_in_the_list(phone, people[2])
    answer_by_keys(desk, people[4])
    for at in (0, 1, 3, 5, 6, 7, 8):
        company.give(link, people[at])

    ann = signed_in(company, visit, "take", program_id)
    waits_for_the_close(ann, 9)
    close(ann, 9)
    figures = figures_of((each for said in people for each in said), tmp_path)
    told = results_agree(ann, figures)
    for each in told["agreement"]["statements"]:
        by_role = {cell["role"]: cell for cell in each["roles"]}
        assert {role: cell["n"] for role, cell in by_role.items()} == {"sales": 4, "service": 5}
        for role, cell in by_role.items():
            assert cell["median"] == middle(people, role, each["id"])
    alignment_agrees(ann, figures)
    ann.choose("Figure")
    assert {"Sales", "Service"} < heads(ann, "Statement")
    assert told["evidence"] == []
    for visitor in (phone, desk):
        visitor.page.reload()
        visitor.settle()
        visitor.says("This link is not open.")
        assert visitor.problems == []
    assert ann.problems_at(company.server.url) == []


def middle(people: list[list[Said]], role: str, statement: str) -> float | None:
    levels = [
        int(each.answer)
        for said in people
        for each in said
        if (each.role, each.statement) == (role, statement) and each.answer.isdigit()
    ]
    return float(median(levels)) if levels else None


def derivable(total: int, shown: list[int]) -> set[int]:
    """Every number of people that shown groups together are, or that the total leaves without them."""
    subsets = chain.from_iterable(combinations(shown, n) for n in range(len(shown) + 1))
    return {found for subset in subsets for found in (sum(subset), total - sum(subset))}


def test_59_of_eleven_people_the_two_of_a_function_stay_hidden(company: Company, visit: Visit, tmp_path: Path) -> None:
    """
    Four of finance stand together with the two of PR, or eleven less five and four would be the two.

    One does not know one statement, so the figures of those who rated all of them would tell that one by subtraction.
    """
    program_id = company.program("Eleven without names")
    _, link = company.run(program_id, anonymous=True)
    roles = ["service"] * 5 + ["finance"] * 4 + ["pr"] * 2
    people = [answers(f"P{at}", role, at) for at, role in enumerate(roles)]
    people[10] = answers("P10", "pr", 10, unknown=["MI-INT-1"])
    for said in people[:9]:
        company.give(link, said)
    for said in people[9:]:
        visitor = visit(**PHONE)
        visitor.open(link)
        begin(visitor, "PR")
        answer_in_the_list(visitor, said[:2])
        company.give(link, said[2:], device=device_of(visitor))

    received: list[bytes | str] = []
    ann = signed_in(company, visit, "take", program_id, received=received)
    waits_for_the_close(ann, 11)
    close(ann, 11)
    received.clear()
    figures = figures_of((each for said in people for each in said), tmp_path)
    told = results_agree(ann, figures, roles=False, overall=False)
    for each in told["agreement"]["statements"]:
        cells = {cell["role"]: cell["n"] for cell in each["roles"]}
        assert cells == {"service": 5, "other roles": 6}
        assert not derivable(11, list(cells.values())) & {1, 2, 3}
        assert {each[key] for key in OF_ROLES} == {None}
    assert set(told["agreement"]["dont_know_by_role"]) == {"service"}
    ann.choose("Mindset")
    ann.choose("Roles")
    assert {"Service", "Other roles"} < heads(ann, "Statement")
    given = file_of(ann, "CSV") + file_of(ann, "JSON", menu="Export")
    book = file_of(ann, "Excel workbook", menu="Export")
    assert {(row["Role"], row["People"]) for row in xlsx_rows(book, "Roles")} == {("service", 5), ("other roles", 6)}
    alignment_agrees(ann, figures, roles=False)
    for view in ("Views", "Ownership", "Rounds", "Roles"):
        ann.choose(view)
    assert {row["Role"][0] for row in table(ann, "Role", "People")} == {"Service", "Other roles"}
    ann.walk("Overview")
    ann.walk("Plan", "Components")
    frames = b"".join(frame if isinstance(frame, bytes) else frame.encode() for frame in received)
    assert b"Other roles" in frames
    for hidden in (b"Finance", b'"finance"', b'"pr"'):
        assert hidden not in frames
        assert hidden not in given
    assert ann.problems_at(company.server.url) == []
