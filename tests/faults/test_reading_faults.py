"""Broken and misleading files: named by line and never read wrongly in silence (rows 11 to 29)."""

import gzip
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from data.importing import BrokenLines, ImportRefused
from data.reading import UPLOAD_LIMIT, Preview, UnreadableFile, describe
from data.reading.layout import CELL_LIMIT
from tests.data.import_files import balanced, codes, imported, made, packed, rows

NAMES = "contact_id,full_name\n1,Zoë Müller\n2,José\n"


def problems(preview: Preview) -> list[tuple[int | None, str]]:
    return [(problem.line, problem.reason) for problem in preview.problems]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_fault_11_utf_16_is_detected_and_named(tmp_path: Path, encoding: str) -> None:
    path = made(tmp_path, NAMES.encode(encoding))
    assert describe(path).encoding == encoding
    imported(tmp_path, path)
    assert rows(tmp_path, "contact", "full_name") == [("Zoë Müller",), ("José",)]


def test_fault_12_cp1252_is_detected_and_named(tmp_path: Path) -> None:
    path = made(tmp_path, NAMES.encode("cp1252"))
    assert describe(path).encoding == "cp1252"
    imported(tmp_path, path)
    assert rows(tmp_path, "contact", "full_name") == [("Zoë Müller",), ("José",)]


def test_fault_12_one_broken_byte_does_not_turn_a_utf_8_file_into_cp1252(tmp_path: Path) -> None:
    path = made(tmp_path, NAMES.encode() + b"3,Ren\xe9\n")
    with pytest.raises(UnreadableFile, match="line 4: this is not utf-8"):
        describe(path)


def test_fault_13_a_byte_order_mark_is_no_part_of_the_header(tmp_path: Path) -> None:
    preview = describe(made(tmp_path, NAMES.encode("utf-8-sig")))
    assert [column.name for column in preview.columns] == ["contact_id", "full_name"]
    assert preview.encoding == "utf-8-sig"


def test_fault_14_a_nul_character_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="line 3: there is a NUL"):
        describe(made(tmp_path, "contact_id,full_name\n1,Zoe\n2,Z\x00o\n"))


def test_fault_15_a_ragged_row_is_named_and_the_others_wait_for_consent(tmp_path: Path) -> None:
    path = made(tmp_path, "contact_id,full_name\n1,Zoe\n2,Ann,extra\n3,Bo\n")
    assert problems(describe(path)) == [(3, "the line has 3 cells, the header has 2")]
    with pytest.raises(BrokenLines, match="the first is line 3") as refused:
        imported(tmp_path, path)
    assert refused.value.problems[0].value == "2,Ann,extra"
    result = imported(tmp_path, path, accept_broken_lines=True)
    assert (result.read, result.accepted, result.rejected) == (3, 2, 1)
    assert result.rejected_rows[0].line == 3
    assert rows(tmp_path, "contact", "full_name") == [("Zoe",), ("Bo",)]


def test_fault_16_a_short_row_is_named(tmp_path: Path) -> None:
    path = made(tmp_path, "contact_id,full_name,city\n1,Zoe,Bern\n2,Ann\n\n3,Bo,Rome\n")
    assert problems(describe(path)) == [(3, "the line has 2 cells, the header has 3")]
    assert imported(tmp_path, path, accept_broken_lines=True).accepted == 2


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('contact_id,full_name\n1,"Zoe\n2,Ann\n3,Bo\n', 2),
        ('contact_id,full_name\n1,Zoe\n2,"Ann\n3,"Bo"\n', 3),
        ('contact_id,full_name\n1,Zoe\n2,"Ann" Lee\n3,Bo\n', 3),
        ('contact_id,full_name\n1,"Zoe\n2,Ann"\n3,Bo,\n', 4),
    ],
)
def test_fault_17_an_unclosed_quote_is_named_and_costs_one_line(tmp_path: Path, text: str, line: int) -> None:
    path = made(tmp_path, text)
    assert [problem.line for problem in describe(path).problems] == [line]


def test_fault_17_a_quote_never_closed_costs_one_line_only(tmp_path: Path) -> None:
    lines = "".join(f"{number},name {number}\n" for number in range(100))
    result = imported(tmp_path, made(tmp_path, f'contact_id,full_name\nx,"open\n{lines}'), accept_broken_lines=True)
    assert (result.read, result.accepted, result.rejected) == (101, 100, 1)


def test_fault_18_duplicate_headers_are_refused_and_both_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r'columns 1 \("name"\) and 3 \("Name"\) have the same name'):
        describe(made(tmp_path, "name,city, Name\n1,2,3\n"))


def test_fault_19_an_empty_file_and_a_bare_header_say_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="it is empty"):
        describe(made(tmp_path, ""))
    path = made(tmp_path, "contact_id,full_name\n")
    assert describe(path).rows == 0
    with pytest.raises(ImportRefused, match="only a header"):
        imported(tmp_path, path)


def test_fault_20_leading_zeros_and_plus_signs_stay(tmp_path: Path) -> None:
    path = made(tmp_path, "contact_id,phone\n00123,+4912\n00124,0049\n")
    assert {column.name: column.type for column in describe(path).columns} == {"contact_id": "text", "phone": "text"}
    imported(tmp_path, path)
    assert rows(tmp_path, "contact", "contact_id", "phone") == [("00123", "+4912"), ("00124", "0049")]


def test_fault_21_long_ids_are_kept_exactly(tmp_path: Path) -> None:
    ids = ["9007199254740993", "18446744073709551617"]
    imported(tmp_path, made(tmp_path, "contact_id\n" + "\n".join(ids)))
    imported(tmp_path, made(tmp_path, f'[{{"contact_id": {ids[0]}1}}]', "file.json"))
    assert {name for (name,) in rows(tmp_path, "contact", "contact_id")} == {*ids, f"{ids[0]}1"}


def test_fault_21_an_id_rounded_by_a_spreadsheet_is_no_key(tmp_path: Path) -> None:
    path = made(tmp_path, "contact_id,full_name\n5.70306e+17,Zoe\n5.70306e+17,Ann\n")
    assert [column.rounded for column in describe(path).columns] == [True, False]
    with pytest.raises(ImportRefused, match='line 2: column "contact_id" cannot name rows'):
        imported(tmp_path, path)


def test_fault_22_words_like_na_are_values(tmp_path: Path) -> None:
    words = ["NA", "None", "null", "nan", "N/A"]
    path = made(tmp_path, "contact_id,country\n" + "".join(f"{at},{word}\n" for at, word in enumerate(words)))
    imported(tmp_path, path)
    assert [country for (country,) in rows(tmp_path, "contact", "country")] == words


def test_fault_23_the_whole_column_decides_a_date_format(tmp_path: Path) -> None:
    path = made(tmp_path, "contact_id,birth_date\n1,03/04/2025\n2,31/12/2025\n")
    column = describe(path).columns[1]
    assert (column.type, column.format, column.formats) == ("date", "%d/%m/%Y", ("%d/%m/%Y",))
    assert (column.parsed_share, column.min, column.max) == (1.0, "2025-04-03", "2025-12-31")
    imported(tmp_path, path)
    assert rows(tmp_path, "contact", "birth_date") == [(date(2025, 4, 3),), (date(2025, 12, 31),)]


def test_fault_23_an_ambiguous_date_format_is_asked_for(tmp_path: Path) -> None:
    path = made(tmp_path, "contact_id,birth_date\n1,03/04/2025\n2,05/06/2025\n")
    assert describe(path).columns[1].formats == ("%d/%m/%Y", "%m/%d/%Y")
    with pytest.raises(ImportRefused, match=r'"birth_date" read both ways, as %d/%m/%Y or %m/%d/%Y'):
        imported(tmp_path, path)
    told = 'table: contact\nid: [contact_id]\nfields:\n  birth_date: {from: birth_date, type: date, format: "%m/%d/%Y"}'
    imported(tmp_path, path, map_text=told)
    assert rows(tmp_path, "contact", "birth_date")[0] == (date(2025, 3, 4),)


def test_fault_24_decimal_comma_and_semicolon_are_detected(tmp_path: Path) -> None:
    path = made(tmp_path, "product_id;list_price\nA;1.234,50\nB;0,99\n")
    preview = describe(path)
    assert (preview.delimiter, preview.decimal) == (";", ",")
    imported(tmp_path, path, "product")
    assert [str(price) for (price,) in rows(tmp_path, "product", "list_price")] == ["1234.5000", "0.9900"]


def test_fault_24_a_thousand_or_a_fraction_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match='"list_price" read with a decimal point and with a decimal comma'):
        imported(tmp_path, made(tmp_path, "product_id;list_price\nA;1,234\nB;5,678\n"), "product")


def test_fault_25_a_workbook_that_would_explode_is_refused_unopened(tmp_path: Path) -> None:
    bomb = packed([("xl/workbook.xml", b"<workbook/>"), ("xl/sharedStrings.xml", bytes(60 * 1024**2))])
    assert len(bomb) < 200_000
    with pytest.raises(UnreadableFile, match="times its size"):
        describe(made(tmp_path, bomb, "bomb.xlsx"))


def test_fault_25_archives_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="zip archive"):
        describe(made(tmp_path, packed([("a.csv", b"a,b\n1,2\n")]), "a.csv"))
    with pytest.raises(UnreadableFile, match="gzip archive"):
        describe(made(tmp_path, gzip.compress(b"a,b\n1,2\n"), "a.csv"))


def test_fault_26_a_file_over_the_limit_is_refused_with_both_sizes(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.write(b"a,b\n")
        file.truncate(UPLOAD_LIMIT + 1024**2)  # a hole on the disk: takes no space
    with pytest.raises(UnreadableFile, match=r"51\.0 MB large; the limit is 50\.0 MB"):
        describe(path, size_limit=UPLOAD_LIMIT)


def test_fault_26_a_giant_cell_is_named_and_a_giant_line_ends_the_reading(tmp_path: Path) -> None:
    path = made(tmp_path, f"contact_id,full_name\n1,Zoe\n2,{'x' * (CELL_LIMIT + 1)}\n3,Bo\n")
    preview = describe(path)
    assert preview.rows == 2
    assert problems(preview) == [(3, "a cell is longer than 1,000,000 characters")]
    with pytest.raises(UnreadableFile, match="line 2: the line is longer than 32 MB"):
        describe(made(tmp_path, b"contact_id,full_name\n1," + b"x" * (50 * 1024**2) + b"\n"))


def test_fault_26_memory_stays_bounded(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("w") as file:
        file.write("contact_id,full_name,city\n")
        file.writelines(f"{number},somebody with a name,{'city' * 40}\n" for number in range(600_000))
    assert path.stat().st_size > 100 * 1024**2
    program = (
        "import sys; from data.reading import open_file; from pathlib import Path\n"
        "print(sum(batch.num_rows for batch in open_file(Path(sys.argv[1])).batches))\n"
        "status = dict(line.split(':', 1) for line in Path('/proc/self/status').read_text().splitlines())\n"
        "print(status['VmHWM'].split()[0])  # getrusage would count the parent's memory too"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    read, kilobytes = done.stdout.split()
    assert int(read) == 600_000
    assert int(kilobytes) < 400 * 1024


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "a PNG picture"),
        (b"MZ\x90\0\x03\0", "a Windows program"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Excel or Word file"),
    ],
)
def test_fault_27_content_decides_what_a_file_is(tmp_path: Path, content: bytes, kind: str) -> None:
    with pytest.raises(UnreadableFile, match=f"its content is {kind}"):
        describe(made(tmp_path, content, "people.csv"))


def test_fault_27_a_csv_that_begins_like_a_program_is_read(tmp_path: Path) -> None:
    assert describe(made(tmp_path, "MZone,b\n1,2\n")).rows == 1


def test_fault_27_text_named_xlsx_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="is not an xlsx file"):
        describe(made(tmp_path, NAMES, "people.xlsx"))


@pytest.mark.parametrize(
    "name", ["../../app.csv", "C:\\x.csv", "n" * 300 + ".csv", "\N{PILE OF POO}.csv", "\u202efoo.csv"]
)
def test_fault_28_a_file_name_is_text_and_never_a_path(tmp_path: Path, name: str) -> None:
    home = tmp_path / "home"
    path = made(tmp_path, NAMES, "upload")
    result = imported(home, path, file_name=name)
    assert result.accepted == 2
    assert {each.name for each in tmp_path.iterdir()} == {"home", "upload"}
    assert all("app" not in each.name and "n" * 20 not in each.name for each in home.rglob("*"))


def test_fault_29_formula_cells_are_stored_as_they_are(tmp_path: Path) -> None:
    values = ["=1+1", "+1", "-1", "@SUM(A1)", "|cmd", "%x"]
    text = "contact_id,full_name\n" + "".join(f"{at},{value}\n" for at, value in enumerate(values))
    imported(tmp_path, made(tmp_path, text))
    assert [name for (name,) in rows(tmp_path, "contact", "full_name")] == values


def test_a_bare_carriage_return_inside_a_field_is_text(tmp_path: Path) -> None:
    path = made(tmp_path, "contact_id,full_name\n1,Zoe\rMarie\n2,Ann\n")
    assert problems(describe(path)) == []
    imported(tmp_path, path)
    assert rows(tmp_path, "contact", "full_name") == [("Zoe\rMarie",), ("Ann",)]


def test_lines_are_physical_lines_after_cells_of_several_lines(tmp_path: Path) -> None:
    path = made(tmp_path, 'contact_id,full_name,birth_date\n1,"Zoe\nMarie\nK",2000-01-01\n2,Ann,2000-02-31\n')
    result = imported(tmp_path, path)
    assert [(problem.line, problem.column, problem.value) for problem in result.rejected_rows] == [
        (5, "birth_date", "2000-02-31")
    ]
    assert balanced(result)


def test_code_words_in_number_columns_are_unknown_and_counted(tmp_path: Path) -> None:
    path = made(tmp_path, "product_id,list_price\nA,10\nB,IEH\nC,DOER\nD,0\nE,30\nF,1\n")
    assert describe(path).columns[1].code_words == ("DOER", "IEH")
    result = imported(tmp_path, path, "product")
    assert codes(result) == {"code_words": 2}
    assert (result.accepted, result.rejected) == (6, 0)
    assert [price for (price,) in rows(tmp_path, "product", "list_price")] == [10, None, None, 0, 30, 1]


def test_excel_serial_dates_are_recognized(tmp_path: Path) -> None:
    path = made(tmp_path, "contact_id,birth_date\n1,36526\n2,42663\n")
    assert (describe(path).columns[1].type, describe(path).columns[1].format) == ("date", "excel")
    told = "table: contact\nid: [contact_id]\nfields:\n  birth_date: {from: birth_date, type: date, format: excel}"
    imported(tmp_path, path, map_text=told)
    assert rows(tmp_path, "contact", "birth_date") == [(date(2000, 1, 1),), (date(2016, 10, 20),)]


def test_a_workbook_is_read_exactly(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["product_id", "name", "list_price", "day"],
        ["007", "A", 0.1, date(2016, 10, 20)],
        [8, "B", 1234.5, None],
    ):
        sheet.append(row)
    path = tmp_path / "products.xlsx"
    book.save(path)
    preview = describe(path)
    assert (preview.format, preview.sheet, preview.rows) == ("xlsx", "Sheet", 2)
    assert preview.columns[3].min == "2016-10-20"
    imported(tmp_path, path, "product")
    found = rows(tmp_path, "product", "product_id", "list_price")
    assert [(name, str(price)) for name, price in found] == [("007", "0.1000"), ("8", "1234.5000")]
