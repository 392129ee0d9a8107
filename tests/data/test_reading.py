"""Reading: the fast reader and the exact one agree, and every format gives the same text."""

import csv
import io
import itertools
import json
import os
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.reading import LINE, Layout, UnreadableFile, describe, open_file
from data.reading.delimited import sound_lines
from data.reading.exact import ExactParser
from data.reading.problems import Problems
from data.reading.spreadsheet import cell_text
from tests.data.import_files import made

CELLS = st.text(st.sampled_from('a"é,; \n\r7'), max_size=6).filter(lambda cell: cell not in ("", "\r"))
MESSY = st.text(st.sampled_from('ab"",,\n\n\r '), max_size=60)


def read(path: Path, **layout: Any) -> list[dict[str, Any]]:
    reading = open_file(path, layout=Layout(**layout))
    return [row for batch in reading.batches for row in batch.to_pylist()]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS), max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_what_a_writer_wrote_is_what_is_read(tmp_path: Path, cells: list[tuple[str, str]], line_end: str) -> None:
    held = io.StringIO(newline="")
    csv.writer(held, lineterminator=line_end, quoting=csv.QUOTE_ALL).writerows([("left", "right"), *cells])
    path = made(tmp_path, held.getvalue())
    reading = open_file(path, layout=Layout(delimiter=","))
    found = [(row["left"], row["right"]) for batch in reading.batches for row in batch.to_pylist()]
    assert found == cells
    assert reading.problems.count == 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(MESSY)
def test_the_fast_reader_says_what_the_exact_one_says(tmp_path: Path, text: str) -> None:
    problems = Problems("file")
    rows, lines, _ = ExactParser(",", 2, problems, 2).parse(text, final=True)
    reading = open_file(made(tmp_path, f"left,right\n{text}"), layout=Layout(delimiter=","))
    found = [row for batch in reading.batches for row in batch.to_pylist()]
    assert [[row["left"], row["right"]] for row in found] == rows
    assert [row[LINE] for row in found] == lines
    assert list(reading.problems) == list(problems)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["a,b\n", '"a","b"\n', '"a\nb",c\r\n', "\n", '"say ""x""",y\n']), max_size=12),
    st.integers(0, 200),
)
def test_a_piece_cut_anywhere_gives_whole_records_only(records: list[str], cut: int) -> None:
    text = "".join(records).encode()
    lines = sound_lines(text[:cut], b",", final=False)
    ends = {0, *itertools.accumulate(len(record.encode()) for record in records)}
    assert lines is None or lines.end in ends


def test_pieces_smaller_than_the_file_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "left,right\r\n" + "".join(f'{at},"é ""{at}""\r\nmore"\r\n' for at in range(500)) + "bad\r\n" + "x,y\r\n"
    path = made(tmp_path, text)
    whole = read(path)
    monkeypatch.setattr("data.reading.encodings.PIECE", 97)
    assert read(path) == whole
    assert len(whole) == 501
    assert whole[-1][LINE] == 1003


def test_old_line_ends_and_skipped_lines(tmp_path: Path) -> None:
    assert read(made(tmp_path, "a,b\r1,2\r3,4\r")) == [{"a": "1", "b": "2", LINE: 2}, {"a": "3", "b": "4", LINE: 3}]
    assert read(made(tmp_path, "a report\n\na,b\n1,2\n"), skip=1) == [{"a": "1", "b": "2", LINE: 4}]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    lines = [("name", "city; or town"), ("a, b", "x|y"), ("c", "d\te")]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
    assert describe(made(tmp_path, text)).delimiter == delimiter


def test_json_lists_and_lines_keep_numbers_as_written(tmp_path: Path) -> None:
    lines = '{"id": 18446744073709551617, "x": 1.10, "tags": ["a"]}\n{"id": "007", "ok": true}\n'
    expected = [
        {"id": "18446744073709551617", "x": "1.10", "tags": '["a"]', "ok": None, LINE: 1},
        {"id": "007", "x": None, "tags": None, "ok": "true", LINE: 2},
    ]
    assert read(made(tmp_path, lines, "a.jsonl")) == expected
    listed = "[" + lines.strip().replace("\n", ",\n") + "]"
    assert read(made(tmp_path, listed, "a.json")) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[{"a": 1},\n{"a": }]', "line 2: this is not valid JSON"),
        ('{"a": 1}\n{"a": 1, "a": 2}', "line 2: this is not valid JSON"),
        ("[" * 100_000, "line 1: this is not valid JSON"),
        ("[[1], 2]", "holds no object"),
        ("", "it is empty"),
    ],
)
def test_broken_json_is_named_by_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message):
        describe(made(tmp_path, text, "a.json"))


def test_parquet_is_rendered_exactly(tmp_path: Path) -> None:
    table = pa.table(
        {"id": [2**62, 1], "x": [0.1, 3.0], "rounded": [5.70306e17, 5.70307e17], "t": pa.array([0, 1], pa.date32())}
    )
    path = tmp_path / "a.parquet"
    pq.write_table(table, path)
    assert read(path)[0] == {"id": str(2**62), "x": "0.1", "rounded": "5.70306e+17", "t": "1970-01-01", LINE: 1}
    assert {column.name: column.rounded for column in describe(path).columns}["rounded"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5, "5"),
        (5.0, "5"),
        (0.1, "0.1"),
        (-2.5, "-2.5"),
        (570306123456789, "570306123456789"),
        (5.70306123456789e17, "5.70306123456789e+17"),
        (570306123456789000, "5.70306123456789e+17"),
        (570306123456789123, "570306123456789123"),
        (True, "true"),
        (None, None),
        ("007", "007"),
    ],
)
def test_a_cell_of_a_workbook_is_exact_or_says_that_it_was_rounded(value: object, text: str | None) -> None:
    assert cell_text(value) == text


def test_an_uploaded_workbook_is_read_under_a_name_without_a_suffix(tmp_path: Path) -> None:
    kept = tmp_path / "3f786850e387550fdab836ed7e6dc881de23001b"
    book = openpyxl.Workbook()
    book.worksheets[0].append(["id", "name"])
    book.worksheets[0].append(["007", "Ann & Co"])
    with kept.open("wb") as target:
        book.save(target)
    found = describe(kept, file_name="accounts.xlsx")
    assert [column.name for column in found.columns] == ["id", "name"]


def test_fixed_places_and_xml_rows(test_data: Path) -> None:
    places = {"customer": (0, 6), "date": (11, 20), "dollars": (23, 31)}
    found = read(test_data / "cdnow" / "CDNOW_sample.txt", format="fixed", positions=places)
    assert len(found) == 6_919
    assert found[0] == {"customer": "00004", "date": "19970101", "dollars": "29.33", LINE: 1}
    posts = read(test_data / "community" / "Posts_coffee.xml")
    assert len(posts) == 592
    assert sum(post["PostTypeId"] == "1" for post in posts) == 225


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b "c">]>\n<a><row x="&b;"/></a>'
    with pytest.raises(UnreadableFile, match="line 2: a document type is not allowed"):
        describe(made(tmp_path, bomb, "a.xml"))


def test_a_preview_of_real_files(test_data: Path) -> None:
    tweets = {column.name: column for column in describe(test_data / "twcs" / "sample_93.csv").columns}
    assert tweets["created_at"].format == "%a %b %d %H:%M:%S %z %Y"
    assert tweets["inbound"].type == "bool"
    assert tweets["author_id"].type == "text"
    pipeline = {column.name: column for column in describe(test_data / "crm_maven" / "sales_pipeline.csv").columns}
    assert (pipeline["close_date"].min, pipeline["close_date"].max) == ("2017-03-01", "2017-12-31")
    assert pipeline["account"].empty == 1_425
    assert json.dumps(pipeline["close_value"].samples)


@pytest.fixture
def test_data() -> Path:
    folder = os.environ.get("GROUNDWORK_TEST_DATA")
    if not folder:
        pytest.skip("GROUNDWORK_TEST_DATA is not set: the shared data sets are not here")
    return Path(folder)


def test_a_column_called_a_date_stays_one_when_some_of_it_is_wrong(tmp_path: Path) -> None:
    preview = describe(made(tmp_path, "order_date\n2026-01-02\n2026-01-03\n2026-02-30\n"))
    (column,) = preview.columns
    assert column.type == "date"
    assert column.parsed_share == pytest.approx(2 / 3)
