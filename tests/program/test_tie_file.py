"""Ties as rows: what is pasted, and what is refused by line and column."""

import random
import time
from datetime import date

import pytest

from program.table_file import BadTable
from program.tie_file import read_tie_rows
from program.typed_ties import TypedTie

PEOPLE = [("a", "Ann Lee"), ("b", "Bo"), ("c", "Cy"), ("d", "Cy"), ("e", "<i>Di</i>"), ("f", "🙂"), ("g", "=1+1")]


def lines(*rows: str) -> str:
    return "\n".join(rows)


def problems(text: str) -> list[tuple[int, str | None, str]]:
    with pytest.raises(BadTable) as refused:
        read_tie_rows(text, people=PEOPLE)
    return [(each.line, each.column, each.reason) for each in refused.value.problems]


def test_a_paste_with_every_column() -> None:
    text = lines(
        "To\tFrom\tType\tStrength\tKnown from\tDate",
        "Bo\tann lee\tReports to\t4\tThe chart\t2026-03-01",
        "Ann Lee\tBo\t\t\t\t",
    )
    assert read_tie_rows(text, people=PEOPLE) == (
        TypedTie("a", "b", "reports_to", 4, "The chart", date(2026, 3, 1)),
        TypedTie("b", "a", "influences", 1),
    )


def test_without_a_header_source_comes_first() -> None:
    assert read_tie_rows("Ann Lee,Bo,blocks,5", people=PEOPLE) == (TypedTie("a", "b", "blocks", 5),)


def test_odd_names_and_ids_are_found_as_they_are() -> None:
    found = read_tie_rows(lines("source\ttarget", "<i>Di</i>\t🙂", "=1+1\td"), people=PEOPLE)
    assert [(tie.source, tie.target) for tie in found] == [("e", "f"), ("g", "d")]


def test_every_bad_row_is_told_by_line_and_column() -> None:
    text = lines(
        "source,target,kind,weight,date",
        "Bo,bo,,,",
        "Bo,Nobody,,,",
        "Bo,Cy,,,",
        "Bo,Ann Lee,likes,,",
        "Bo,Ann Lee,,-1,",
        "Bo,Ann Lee,,strong,",
        "Bo,Ann Lee,,6,",
        "Bo,Ann Lee,,2.5,",
        "Bo,Ann Lee,,0,yesterday",
        ",Ann Lee,,,",
        "Bo,Ann Lee,advises,3,",
        "BO,ANN LEE,Advises,5,",
        "Ann Lee,Bo,advises,3,2026-02-30",
    )
    assert problems(text) == [
        (2, "target", "Bo has a tie to themselves."),
        (3, "target", "Nobody on the map is called “Nobody”."),
        (4, "target", "2 people on the map are called “Cy”. Tie them one by one."),
        (5, "kind", "“likes” is no kind of tie. Use influences, reports to, advises, blocks."),
        (6, "weight", "“-1” is not a whole number from 1 to 5."),
        (7, "weight", "“strong” is not a whole number from 1 to 5."),
        (8, "weight", "“6” is not a whole number from 1 to 5."),
        (9, "weight", "“2.5” is not a whole number from 1 to 5."),
        (10, "weight", "“0” is not a whole number from 1 to 5."),
        (10, "date", "“yesterday” is no date. Write it as 2026-11-22."),
        (11, "source", "The cell is empty."),
        (13, "target", "BO advises ANN LEE in line 12 already."),
        (14, "date", "“2026-02-30” is no date. Write it as 2026-11-22."),
    ]


def test_the_same_two_may_be_tied_in_several_ways_and_both_directions() -> None:
    text = lines("source,target,kind", "Bo,Ann Lee,advises", "Bo,Ann Lee,reports to", "Ann Lee,Bo,advises")
    assert len(read_tie_rows(text, people=PEOPLE)) == 3


def test_nothing_and_too_much_are_refused() -> None:
    assert problems("") == [(1, None, "Nothing is there. It takes at least the source and the target.")]
    assert problems("source\nBo")[0] == (1, "target", "This column is missing.")
    many = "\n".join(["source,target", *["Bo,Ann Lee"] * 5_001])
    assert problems(many) == [(5_002, None, "There are 5,001 rows; 5,000 is the most. Bring them in parts.")]


def test_five_thousand_rows_take_no_time_to_read() -> None:
    chance = random.Random(1)
    people = [(str(at), f"Person {at}") for at in range(1_000)]
    pairs = sorted({tuple(chance.sample(range(1_000), 2)) for _ in range(5_100)})[:5_000]
    text = lines("source,target,weight", *(f"Person {a},Person {b},{1 + a % 5}" for a, b in pairs))
    start = time.process_time()
    assert len(read_tie_rows(text, people=people)) == 5_000
    assert time.process_time() - start < 2
