"""Whether pages and files show what the command line says of the same answers, to the last digit."""

import json
from typing import Any

from playwright.sync_api import expect

from assessments.functions import ASPECTS
from tests.browser.assessing import (
    SHORT,
    Figures,
    as_number,
    csv_rows,
    file_of,
    id_in,
    only,
    percent,
    plainly,
    rounded,
    same,
    table,
    xlsx_rows,
)
from tests.browser.conftest import Visitor

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


def results_agree(visitor: Visitor, figures: Figures, *, roles: bool = True, overall: bool = True) -> dict[str, Any]:
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
    agreement_agrees(told["agreement"], figures, roles=roles, overall=overall)
    book = file_of(visitor, "Excel workbook", menu="Export")
    scored = {row["Aspect"]: row for row in xlsx_rows(book, "Scores")}
    for aspect in ASPECTS:
        assert same(scored[aspect]["Answered"], figures.readiness["raw"][aspect])
        assert same(scored[aspect]["Counts"], figures.readiness["capped"][aspect])
    assert same(scored["readiness"]["Counts"], ready)
    for row in xlsx_rows(book, "Statements"):
        item = figures.items[row["Statement"]]
        for key in (*OF_ALL, *(OF_ROLES if roles else ())):
            assert same(row[key], item[key]), (row["Statement"], key)
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


def agreement_agrees(told: dict[str, Any], figures: Figures, *, roles: bool, overall: bool) -> None:
    """Compare the file's figures of agreement with `agreement`, key by key."""
    shown = OVERALL if overall else ("krippendorff_alpha",)
    assert [each["id"] for each in told["statements"]] == list(SHORT)
    for each in told["statements"]:
        item = figures.items[each["id"]]
        keys = item if roles else OF_ALL
        assert only(each, keys) == only(item, keys)
    assert only(told["overall"], shown) == only(figures.agreement, shown)
    assert all(told["overall"][key] is None and told["overall"]["reasons"][key] for key in set(OVERALL) - set(shown))
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
