import pytest

from assessments.library import load
from assessments.responses import Answer, BadAnswers, read_answers

LIBRARY = load()
HEADER = "respondent,role,statement,answer\n"


def problems(content: str | bytes) -> list[tuple[int, str | None]]:
    with pytest.raises(BadAnswers) as refused:
        read_answers(content, library=LIBRARY, file="round1.csv")
    return [(problem.line, problem.column) for problem in refused.value.problems]


def message(content: str | bytes) -> str:
    with pytest.raises(BadAnswers) as refused:
        read_answers(content, library=LIBRARY, file="round1.csv")
    return str(refused.value)


def test_columns_in_any_order() -> None:
    text = "answer,note,statement,role,respondent\n"
    text += "3,seen it,MI-VOC-1,Sales,ann\ndont_know,,ME-REC-1,it,bo\nna,,MI-INT-1,it,bo\n"
    assert read_answers(text, library=LIBRARY) == (
        Answer("ann", "sales", "MI-VOC-1", 3, note="seen it"),
        Answer("bo", "it", "ME-REC-1", kind="dont_know"),
        Answer("bo", "it", "MI-INT-1", kind="na"),
    )


@pytest.mark.parametrize(
    "text", ["\ufeff" + HEADER + "a,it,MI-INT-1,2\r\n\r\n", HEADER.replace(",", ";") + "a;it;MI-INT-1;2"]
)
def test_a_byte_order_mark_empty_lines_and_semicolons(text: str) -> None:
    assert read_answers(text.encode(), library=LIBRARY) == (Answer("a", "it", "MI-INT-1", 2),)


@pytest.mark.parametrize("answer", ["5", "-1", "2.5", "", "yes", "unknown"])
def test_an_answer_off_the_scale_is_named_by_line_and_column(answer: str) -> None:
    assert problems(HEADER + f"a,it,MI-INT-1,2\nb,it,MI-INT-1,{answer}\n") == [(3, "answer")]


def test_the_message_is_one_line_for_a_manager() -> None:
    said = message(HEADER + "a,boss,MI-XYZ-1,5\n")
    assert said.startswith('round1.csv, line 2, column role: "boss" is not a role; roles are executive, marketing')
    assert said.endswith("(and 2 more)")
    assert "\n" not in said


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("a,it,MI-XYZ-1,2", "statement"),
        ("a,boss,MI-INT-1,2", "role"),
        (",it,MI-INT-1,2", "respondent"),
        ("a,it,MI-INT-1", None),
        ("a,it,MI-INT-1,2,3", None),
        ("a,it,MI-INT-1,\x002", "answer"),
    ],
)
def test_a_bad_cell_is_named(row: str, column: str | None) -> None:
    assert (2, column) in problems(HEADER + row + "\n")


def test_a_second_answer_of_a_person_is_named_with_the_first() -> None:
    text = HEADER + "a,it,MI-INT-1,2\nb,it,MI-INT-1,2\na,it,MI-INT-1,2\n"
    assert problems(text) == [(4, "statement")]
    assert "a has answered MI-INT-1 on line 2" in message(text)


def test_a_person_has_one_role() -> None:
    assert problems(HEADER + "a,it,MI-INT-1,2\na,sales,MI-VOC-1,2\n") == [(3, "role")]


def test_na_needs_a_reason_where_there_is_the_column() -> None:
    header = "respondent,role,statement,answer,reason\n"
    assert problems(header + "a,it,MI-INT-1,na,\n") == [(2, "reason")]
    (answer,) = read_answers(header + "a,it,MI-INT-1,na,No such work here\n", library=LIBRARY)
    assert answer.reason == "No such work here"


def test_columns_that_are_unknown_missing_or_twice_are_named() -> None:
    assert problems("respondent,role,statement,level,role\n") == [(1, "level"), (1, "answer"), (1, "role")]


@pytest.mark.parametrize("content", ["", "\n\n", HEADER])
def test_a_file_without_answers_is_refused(content: str) -> None:
    assert problems(content) == [(1, None)]


def test_the_line_is_right_after_a_cell_of_several_lines() -> None:
    text = "respondent,role,statement,answer,note\n" + 'a,it,MI-INT-1,2,"one\ntwo\nthree"\nb,it,MI-INT-1,9,\n'
    assert problems(text) == [(5, "answer")]


def test_a_quote_that_never_ends_is_refused() -> None:
    assert problems(HEADER + 'a,it,MI-INT-1,"2\n') == [(2, None)]


def test_other_encodings_are_refused_by_name() -> None:
    text = HEADER + "Zoë,it,MI-INT-1,2\n"
    assert "UTF-16" in message(text.encode("utf-16"))
    assert message(text.encode("cp1252")).startswith(
        'round1.csv, line 2: the file is not in UTF-8; "ë" looks like Windows-1252'
    )
