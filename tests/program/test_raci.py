"""The rules of RACI by cases that a consultant can read, and the reader of RACI files."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from program.ownership import Duty, as_json, findings, join_letters, read_raci, split_letters
from program.table_file import BadTable
from program.values import Invalid

CASES = yaml.safe_load((Path(__file__).parents[1] / "spec" / "raci.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_spec(case: dict[str, Any]) -> None:
    matrix = read_raci("\n".join(["item,person,duty", *case["rows"]]))
    found = findings(matrix.items, matrix.people, matrix.duties)
    assert [f"{each.severity} {each.code} {each.item or each.person}" for each in found] == case["found"]


def test_a_finding_as_json_has_the_fixed_keys() -> None:
    found = findings(["Listening"], [], [])
    assert as_json(found) == {
        "findings": [
            {
                "code": "empty_item",
                "item": "Listening",
                "person": None,
                "severity": "error",
                "sentence": "Nobody has a duty on “Listening”.",
            }
        ]
    }


def test_sentences_call_ids_by_name() -> None:
    duties = [Duty("c1", "p1", "A"), Duty("c1", "p2", "A"), Duty("c1", "p1", "R")]
    (found,) = findings(["c1"], ["p1", "p2"], duties, names={"c1": "Listening", "p1": "Ann", "p2": "Bo"})
    assert found.sentence == "Ann and Bo are both accountable for “Listening”. Exactly one person can be."


@given(
    st.lists(
        st.builds(Duty, st.sampled_from("xyz"), st.sampled_from("pqrstu"), st.sampled_from("RACI")),
        max_size=30,
    ),
    st.randoms(),
)
def test_the_order_of_duties_changes_nothing(duties: list[Duty], random: Any) -> None:
    shuffled = list(duties)
    random.shuffle(shuffled)
    before, after = (
        {(f.code, f.item, f.person) for f in findings("xyz", "pqrstu", each)} for each in (duties, shuffled)
    )
    assert before == after


@given(st.lists(st.builds(Duty, st.sampled_from("xy"), st.sampled_from("pqrs"), st.sampled_from("RACI")), max_size=20))
def test_an_item_is_right_only_with_one_accountable_and_a_responsible(duties: list[Duty]) -> None:
    wrong = {f.item for f in findings("xy", "pqrs", duties) if f.severity == "error"}
    for item in "xy":
        held = {(duty.person, duty.letter) for duty in duties if duty.item == item}
        letters = [letter for _, letter in held]
        assert (item not in wrong) == (letters.count("A") == 1 and "R" in letters)


def test_letters_come_accountable_first() -> None:
    assert split_letters(" r/a ") == ("A", "R")
    assert join_letters("RA") == "A/R"
    assert split_letters("") == ()


@pytest.mark.parametrize("cell", ["X", "A/", "AR", "A+R"])
def test_other_letters_are_refused(cell: str) -> None:
    with pytest.raises(Invalid, match="is no duty"):
        split_letters(cell)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "raci.csv, line 1: The file is empty. It needs the columns item, person, duty."),
        ("item,person\na,b\n", "raci.csv, line 1, column duty: This column is missing."),
        ("item,person,duty,team\n", "raci.csv, line 1, column team: This column is not known. Use item, person, duty."),
        ("item,person,duty,item\n", "raci.csv, line 1, column item: This column is there twice."),
        (
            "item,person,duty\na,b,R\na,c,Q\n",
            "raci.csv, line 3, column duty: “Q” is no duty. Use R, A, C, I or several with a slash, as in A/R.",
        ),
        ("item,person,duty\n,b,R\n", "raci.csv, line 2, column item: The duty R of b names no item."),
        ("item,person,duty\na,,R\n", "raci.csv, line 2, column person: The duty R on a names no person."),
        (
            "item,person,duty\na,b,\n",
            "raci.csv, line 2, column duty: b on a has no duty. Use R, A, C, I or several, as in A/R.",
        ),
        ("item,person,duty\na,b\n", "raci.csv, line 2: The line has 2 cells where the header has 3: a, b"),
        ('item,person,duty\na,b,R\n"a,b,R\n', "raci.csv, line 3: A quoted cell is never closed."),
        ("item,person,duty\na,b\0,R\n", "raci.csv, line 2: A NUL byte is in the text."),
    ],
)
def test_a_bad_file_is_refused_by_line_and_column(text: str, said: str) -> None:
    with pytest.raises(BadTable) as refused:
        read_raci(text)
    assert str(refused.value) == said


def test_every_bad_row_is_counted() -> None:
    with pytest.raises(BadTable) as refused:
        read_raci("item,person,duty\na,b,Q\na,c,R\na,d,X\n")
    assert [problem.line for problem in refused.value.problems] == [2, 4]
    assert str(refused.value).endswith("(1 more)")


def test_columns_in_any_order_semicolons_a_mark_and_blank_lines() -> None:
    matrix = read_raci("\ufeffDuty;Person;Item\r\nA/R;Ann;Listening\r\n\r\n;;Community\r\n;Bo;\r\n")
    assert matrix.items == ("Listening", "Community")
    assert matrix.people == ("Ann", "Bo")
    assert matrix.duties == (Duty("Listening", "Ann", "A"), Duty("Listening", "Ann", "R"))
