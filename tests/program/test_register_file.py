"""The register as rows: what is pasted, what is refused by line and column, and the way out and back in."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program.fields import NAME_LENGTH
from program.pasted import same_name
from program.register_file import COLUMNS, read_register, read_register_lines, register_table
from program.reports.exports import csv_bytes
from program.stakeholders import STANCES, Stakeholder
from program.table_file import BadTable


def lines(*rows: str) -> str:
    return "\n".join(rows)


def problems(text: str, known: tuple[str, ...] = ()) -> list[tuple[int, str | None, str]]:
    with pytest.raises(BadTable) as refused:
        read_register(text, known=known)
    return [(each.line, each.column, each.reason) for each in refused.value.problems]


def test_a_paste_from_a_spreadsheet_with_a_header_in_any_order() -> None:
    text = lines(
        "Wanted stance\tNAME\tPower\tjob title\tFunction\tGroup",
        "Leading\tAnn Lee\t7.5\tHead of sales\tSales\tno",
        "\tWorks council\t6,25\t\t\tyes",
    )
    ann, council = read_register(text, known=["Bo"])
    assert (ann.line, ann.name, ann.is_update) == (2, "Ann Lee", False)
    assert ann.values == {
        "wanted_stance": "leading",
        "power": Decimal("7.5"),
        "title": "Head of sales",
        "function": "sales",
        "is_group": False,
    }
    assert (council.name, council.values) == ("Works council", {"power": Decimal("6.25"), "is_group": True})


def test_names_alone_one_a_line_also_with_commas_under_a_header() -> None:
    assert [row.name for row in read_register("Ann\r\n\r\n  Bo  \r\n")] == ["Ann", "Bo"]
    assert [row.name for row in read_register("Name\nLee, Ann\nEk, Bo")] == ["Lee, Ann", "Ek, Bo"]


def test_without_a_header_the_columns_come_in_their_order() -> None:
    (ann,) = read_register("Ann\tsales\tCMO\t\t8\t3")
    assert ann.values == {"function": "sales", "title": "CMO", "power": Decimal(8), "interest": Decimal(3)}


def test_csv_with_quotes_semicolons_and_line_breaks_in_a_cell() -> None:
    text = 'name;sees;"next step"\n"Lee; Ann";"Two\nlines";Call\n'
    (ann,) = read_register(text)
    assert (ann.name, ann.values) == ("Lee; Ann", {"sees": "Two\nlines", "next_step": "Call"})


def test_a_name_on_the_map_is_an_update_in_any_case_and_empty_cells_change_nothing() -> None:
    ann, bo = read_register(lines("name\tpower\ttitle", "ann  LEE\t\tCMO", "Bo\t3\t"), known=["Ann Lee"])
    assert (ann.known_as, ann.is_update, ann.values) == ("Ann Lee", True, {"title": "CMO"})
    assert (bo.known_as, bo.is_update, bo.values) == (None, False, {"power": Decimal(3)})


def test_two_of_one_name_on_the_map_and_twice_in_the_paste_are_refused() -> None:
    text = lines("name", "Ann", "Bo", "BO", "Cy", "cy")
    assert problems(text, ("Ann", "Ann", "cy", "CY")) == [
        (2, "name", "There are 2 people of the name Ann on the map. Change them one by one there."),
        (4, "name", "BO is in line 3 already."),
        (5, "name", "There are 2 people of the name Cy on the map. Change them one by one there."),
    ]


def test_every_problem_is_told_by_line_and_column() -> None:
    text = lines(
        "name\tfunction\tpower\turgency\tstance\tgroup",
        "Ann\tboss\thigh\t\t\t",
        "\tsales\t\t11\tangry\tperhaps",
        f"{'x' * 300}\t\t-1\t\t\t",
        "Bo\tit\t5\t5\tneutral\tno",
    )
    assert [each[:2] for each in problems(text)] == [
        (2, "function"),
        (2, "power"),
        (3, "name"),
        (3, "urgency"),
        (3, "stance"),
        (3, "group"),
        (4, "name"),
        (4, "power"),
    ]
    told = {each[:2]: each[2] for each in problems(text)}
    assert told[2, "power"] == "“high” is not a number from 0 to 10."
    assert told[3, "name"] == "The name is empty."
    assert told[3, "urgency"] == "The urgency goes from 0 to 10."
    assert told[4, "name"] == f"The name has 300 characters; {NAME_LENGTH} is the most."
    assert told[2, "function"].startswith("“boss” is no function. Use Executive, Marketing, Sales,")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", (1, None, "Nothing is there. It takes at least the name.")),
        (" \n\t\n", (1, None, "Nothing is there. It takes at least the name.")),
        ("title\tpower\nCMO\t3", (1, "name", "This column is missing.")),
        ("name\tname\nAnn\tBo", (1, "name", "This column is there twice.")),
        ("name\tfunction\tdepartment\nAnn\tit\tit", (1, "function", "This column is there twice.")),
        ("name\nAnn\tBo", (2, None, "“Bo” stands in cell 2, which has no heading.")),
        ('name\tsees\nAnn\t"half', (2, None, "A quoted cell is never closed.")),
        ("name\nA\0nn", (2, None, "A NUL byte is in the text.")),
        ("name\n" + "\n".join(map(str, range(5_001))), (5_002, None, "There are 5,001 rows; 5,000 is the most.")),
    ],
)
def test_what_is_no_table_is_refused(text: str, said: tuple[int, str | None, str]) -> None:
    line, column, reason = problems(text)[0]
    assert (line, column) == said[:2]
    assert reason.startswith(said[2])


def test_an_unknown_column_is_refused_by_its_name() -> None:
    line, column, reason = problems("name,shoe size\nAnn,43")[0]
    assert (line, column) == (1, "shoe size")
    assert reason.startswith("This column is not known. Use name, function, title,")


def test_a_line_shorter_than_the_header_has_empty_cells_at_its_end() -> None:
    (ann,) = read_register("name,power,title\nAnn,3")
    assert ann.values == {"power": Decimal(3)}


ODD = ["<b>Ann</b>", "=HYPERLINK(1)", "\u202eevil", "🙂", "+49", "x" * 200, "-", "'quoted'", "Ünï cödé", "@sum", "#ref"]


@pytest.mark.parametrize("name", ODD)
def test_odd_names_are_kept_literally(name: str) -> None:
    (row,) = read_register(f"name\tpower\n{name}\t3")
    assert row.name == name


@pytest.mark.parametrize("name", ["x" * 201, "A\x07nn", "A\x85nn"])
def test_names_that_cannot_be_stored_are_refused(name: str) -> None:
    assert [each[:2] for each in problems(f"name\tpower\n{name}\t3")] == [(2, "name")]


def test_a_sheet_is_read_by_its_cells() -> None:
    sheet: list[tuple[int, list[object]]] = [
        (1, ["Name", "Power", None]),
        (2, ["Ann", 7, None]),
        (3, [None, None, None]),
        (4, ["Bo", 2.5]),
    ]
    assert [(row.line, row.name, row.values["power"]) for row in read_register_lines(sheet)] == [
        (2, "Ann", Decimal(7)),
        (4, "Bo", Decimal("2.5")),
    ]


PLAIN = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp", "Cf"])
WORD = st.text(PLAIN, min_size=1, max_size=12).filter(lambda text: not text.startswith("'"))
PLACE = st.decimals(0, 10, places=2)
SOMEBODY = st.builds(
    Stakeholder,
    id=st.uuids().map(str),
    version=st.just(1),
    name=WORD,
    function=st.sampled_from([None, "sales", "it"]),
    title=st.none() | WORD,
    contact=st.none() | WORD,
    power=PLACE,
    interest=PLACE,
    legitimacy=st.none() | PLACE,
    urgency=st.none() | PLACE,
    stance=st.sampled_from(STANCES),
    wanted_stance=st.sampled_from(STANCES),
    is_group=st.booleans(),
    sees=st.none() | WORD,
    gain_customers=st.none() | WORD,
    gain_team=st.none() | WORD,
    gain_own=st.none() | WORD,
    wants=st.none() | WORD,
    next_step=st.none() | WORD,
)


@given(st.lists(SOMEBODY, max_size=6, unique_by=lambda each: same_name(each.name)))
def test_what_goes_out_comes_back_in(people: list[Stakeholder]) -> None:
    header, rows = register_table(people)
    text = csv_bytes(header, rows).decode("utf-8-sig")
    if not people:
        assert next(csv.reader(io.StringIO(text))) == [*COLUMNS]
        return
    back = read_register(text, known=[each.name for each in people])
    for person, row in zip(people, back, strict=True):
        assert row.known_as == person.name
        wanted = {
            "is_group" if column == "group" else column: getattr(person, "is_group" if column == "group" else column)
            for column in COLUMNS
            if column != "name"
        }
        assert row.values == {key: value for key, value in wanted.items() if value is not None}
