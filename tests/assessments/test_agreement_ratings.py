"""Files of ratings: read strictly, every problem by line and column."""

import pytest

from assessments.agreement import Rating, agreement, read_ratings, tabulate
from assessments.agreement.scale import Scale
from assessments.csv_file import BadAnswers

FIVE = Scale(5)


def problems(text: str | bytes, scale: Scale = FIVE) -> list[tuple[int, str | None, str]]:
    with pytest.raises(BadAnswers) as caught:
        read_ratings(text, scale=scale, file="r.csv")
    return [(each.line, each.column, each.reason) for each in caught.value.problems]


def test_columns_in_any_order_with_roles_and_dont_know() -> None:
    text = "\ufeffrating,role,item,rater\n5,IT,A,Ann\ndont_know,sales,A,Bo\n\n1,it,B,Ann\n"
    assert read_ratings(text.encode(), scale=FIVE) == (
        Rating("Ann", "A", 5, "it"),
        Rating("Bo", "A", None, "sales"),
        Rating("Ann", "B", 1, "it"),
    )


def test_semicolons_and_a_scale_that_begins_below_zero() -> None:
    assert read_ratings("rater;item;rating\nAnn;A;-1\n", scale=Scale(3, first=-1)) == (Rating("Ann", "A", -1),)


@pytest.mark.parametrize("rating", ["0", "6", "2.5", "3.0", "03", "+3", "three", "na", "\u0663"])
def test_what_is_no_rating_is_named(rating: str) -> None:
    ((line, column, reason),) = problems(f"rater,item,rating\nAnn,A,1\nBo,A,{rating}\n")
    assert (line, column) == (3, "rating")
    assert reason == f'"{rating}" is not a rating; ratings are 1 to 5 and dont_know'


def test_every_problem_is_named_by_line_and_column() -> None:
    text = "rater,item,rating,role\n,A,1,it\nAnn,,2,it\nAnn,A,,it\nBo,A,3,\nCy,A,1\nDi,A,5,it\nDi,A,4,it\nDi,B,4,pr\n"
    assert problems(text) == [
        (2, "rater", "the cell is empty"),
        (3, "item", "the cell is empty"),
        (4, "rating", "the cell is empty"),
        (5, "role", "the cell is empty"),
        (6, None, "3 cells where the header has 4 columns"),
        (8, "item", "Di has rated A on line 7"),
        (9, "role", 'Di is "it" on line 7 and "pr" here'),
    ]


@pytest.mark.parametrize(
    ("text", "line", "column", "word"),
    [
        ("", 1, None, "empty"),
        ("rater,item,rating\n", 1, None, "no ratings"),
        ("rater,item,rating,weight\nAnn,A,1,2\n", 1, "weight", "not known"),
        ("rater,item\nAnn,A\n", 1, "rating", "missing"),
        ("rater,item,rating,item\nAnn,A,1,A\n", 1, "item", "twice"),
        ('rater,item,rating\nAnn,A,1\nBo,"A,1\n', 3, None, "not CSV"),
        ("rater,item,rating\nAnn,A,1\n".encode("utf-16"), 1, None, "UTF-16"),
        ("rater,item,rating\nAnn,A,1\nZo\u00eb,A,1\n".encode("cp1252"), 3, None, "Windows-1252"),
        ("rater,item,rating\nAn\x00n,A,1\n", 2, "rater", "NUL"),
    ],
)
def test_files_that_are_refused(text: str | bytes, line: int, column: str | None, word: str) -> None:
    ((found_line, found_column, reason),) = problems(text)
    assert (found_line, found_column) == (line, column)
    assert word in reason


def test_rows_that_contradict_each_other_are_no_table() -> None:
    for wrong, words in (
        ([Rating("Ann", "A", 1), Rating("Ann", "A", None)], "twice"),
        ([Rating("Ann", "A", 1, "it"), Rating("Ann", "B", 1, "pr")], "two roles"),
        ([Rating("Ann", "A", 6)], "scale of 1 to 5"),
    ):
        with pytest.raises(ValueError, match=words):
            tabulate(wrong, FIVE)


def test_consultants_observe_and_are_counted_as_left_out() -> None:
    text = "rater,item,rating,role\nAnn,A,1,it\nCy,A,5,consultant\nCy,B,5,Consultant\nBo,A,1,sales\n"
    result = agreement(tabulate(read_ratings(text, scale=FIVE), FIVE), permutations=10)
    assert [(item.id, item.n, item.mean) for item in result.items] == [("A", 2, 1.0)]
    assert (result.left_out, result.raters) == (2, 2)
