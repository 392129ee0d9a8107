"""Ledger files: every row is an entry or is named by line, column and value; only a file that is none is refused."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.reading import UnreadableFile, open_file
from program.ledger import LARGEST, Entry
from program.ledger_file import LedgerFile, read_ledger
from program.ledger_mapping import HEADINGS, FileMapping, as_content, from_content, guess
from program.ledger_path import read_ledger_path
from program.reports.exports import csv_bytes
from program.table_file import BadTable
from program.values import Invalid

HEAD = "kind,line,date,amount,currency,document,row,against,rate"
ROW = {
    "kind": "actual", "line": "Tools", "date": "2026-03-01", "amount": "2.50", "currency": "EUR", "document": "I-1",
    "row": "1", "against": "", "rate": "",
}  # fmt: skip
GERMAN = FileMapping(
    columns={"date": "Buchungsdatum", "amount": "Betrag", "line": "Kostenstelle", "document": "Beleg"},
    constants={"kind": "actual", "currency": "EUR", "row": "1"},
    date_format="DD.MM.YYYY",
    decimal=",",
    negative="credit",
    lines={"4711": "Listening: Tools"},
)


def one(**cells: str) -> LedgerFile:
    values = ROW | cells
    return read_ledger(f"{HEAD}\n" + ",".join(f'"{values[name]}"' for name in HEAD.split(",")), "may.csv")


def test_a_row_is_an_entry() -> None:
    (row,) = one(against="O-1", rate="0.91234567", currency="usd").rows
    assert (row.line, row.name) == (2, "Tools")
    assert row.entry == Entry(
        "", "actual", date(2026, 3, 1), Decimal("2.50"), "USD", "I-1", "1", "O-1", Decimal("0.91234567")
    )


def test_columns_come_in_any_order_and_optional_ones_may_be_missing() -> None:
    text = "row;document;currency;amount;date;line;KIND\n1;P-1;EUR;5;2026-01-01;Tools;Plan\n\n"
    (row,) = read_ledger(text).rows
    assert row.entry == Entry("", "plan", date(2026, 1, 1), Decimal(5), "EUR", "P-1")


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("kind", "", "The kind is empty."),
        ("kind", "gift", "“gift” is no kind of entry. Use one of plan, commitment, release"),
        ("line", "", "The line is empty."),
        ("date", "", "The date is empty."),
        ("date", "01.03.2026", "“01.03.2026” is no date. Write it as 2026-12-25."),
        ("date", "2026-02-30", "“2026-02-30” is no date."),
        ("date", "20260301", "“20260301” is no date."),
        ("amount", "", "The amount is empty."),
        ("amount", "IEH", "“IEH” is no amount. Write it as 1200.50."),
        ("amount", "1,200.50", "“1,200.50” is no amount."),
        ("amount", "1E3", "“1E3” is no amount."),
        ("amount", "NaN", "“NaN” is no amount."),
        ("amount", "Infinity", "“Infinity” is no amount."),
        ("amount", "1_000", "“1_000” is no amount."),
        ("amount", "\u0661\u0662", "is no amount."),
        ("amount", "0", "The amount 0 is not above zero. A refund is a row of the kind credit."),
        ("amount", "-5", "The amount -5 is not above zero."),
        ("amount", "0.00001", "has more than 4 decimals."),
        ("amount", "1000000000001", "is above 1,000,000,000,000, the most that is kept."),
        ("currency", "", "The currency is empty."),
        ("currency", "EURO", "“EURO” is no currency."),
        ("document", "", "The document is empty."),
        ("document", "D" * 201, "The document has 201 characters; 200 is the most."),
        ("row", "", "The row is empty."),
        ("rate", "about 1", "“about 1” is no rate."),
        ("rate", "0", "is not above zero"),
        ("rate", "1.123456789", "has more than 8 decimals."),
    ],
)
def test_a_wrong_cell_is_named_by_line_column_and_value(column: str, value: str, reason: str) -> None:
    found = one(**{column: value})
    assert found.rows == ()
    (row,) = found.rejected
    assert (row.line, row.column, row.value) == (2, column, value)
    assert reason in row.reason
    assert row.cells == ROW | {column: value}


def test_several_wrong_cells_of_a_row_are_one_rejected_row_that_names_all() -> None:
    (row,) = one(amount="IEH", date="soon").rejected
    assert row.column == "date"
    assert row.reason == (
        "“soon” is no date. Write it as 2026-12-25. Column amount: “IEH” is no amount. Write it as 1200.50."
    )


def test_a_row_of_another_length_is_named_and_the_others_are_read() -> None:
    body = "actual,Tools,2026-03-01,1,200.50,EUR,I-1,1\nactual,Tools,2026-03-01,5,EUR,I-2,1\nactual,Tools\n"
    found = read_ledger(f"kind,line,date,amount,currency,document,row\n{body}")
    assert [row.line for row in found.rows] == [3]
    assert [(row.line, row.column, row.reason) for row in found.rejected] == [
        (2, None, "The line has 8 cells where the header has 7."),
        (4, None, "The line has 2 cells where the header has 7."),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "may.csv, line 1: The file is empty. It needs the columns kind, line, date"),
        (HEAD.replace("amount,", ""), "may.csv, line 1, column amount: This column is missing."),
        (f"{HEAD},cost center", "may.csv, line 1, column cost center: This column is not known."),
        (f"{HEAD},amount", "may.csv, line 1, column amount: This column is there twice."),
        (f'{HEAD}\n"actual,Tools', "may.csv, line 2: A quoted cell is never closed."),
        (f"{HEAD}\nactual\0", "may.csv, line 2: A NUL byte is in the text."),
    ],
)
def test_what_is_no_ledger_file_is_refused_by_line_and_column(text: str, words: str) -> None:
    with pytest.raises(BadTable) as refused:
        read_ledger(text, "may.csv")
    assert words in str(refused.value)


def test_a_mapping_reads_somebody_elses_file() -> None:
    text = (
        "Beleg;Buchungsdatum;Kostenstelle;Text;Betrag\n"
        "RE-1;31.01.2026;4711;Lizenz;1.200,50\n"
        "RE-2;2026-02-01;4711;Lizenz;7\n"
        "GU-1;01.02.2026;4711;Gutschrift;100,00-\n"
        "GU-2;01.02.2026;Reise;Gutschrift;-0,5\n"
        "RE-3;1/2/2026;4711;Lizenz;1,200.50\n"
    )
    found = read_ledger(text, "sap.csv", GERMAN)
    assert [(row.entry.kind, row.entry.on, row.entry.amount, row.name) for row in found.rows] == [
        ("actual", date(2026, 1, 31), Decimal("1200.50"), "Listening: Tools"),
        ("actual", date(2026, 2, 1), Decimal(7), "Listening: Tools"),
        ("credit", date(2026, 2, 1), Decimal(100), "Listening: Tools"),
        ("credit", date(2026, 2, 1), Decimal("0.5"), "Reise"),
    ]
    (row,) = found.rejected
    assert (row.line, row.column, row.value) == (6, "Buchungsdatum", "1/2/2026")
    assert row.reason.startswith("“1/2/2026” is no date. Write it as 25.12.2026. Column Betrag: “1,200.50” is no")


def test_a_mapping_that_does_not_fit_a_file_names_the_column() -> None:
    with pytest.raises(BadTable) as refused:
        read_ledger("Beleg;Buchungsdatum;Kostenstelle\n", "sap.csv", GERMAN)
    assert "sap.csv, line 1, column Betrag: This column is missing. The mapping takes the amount from it." in str(
        refused.value
    )


@pytest.mark.parametrize(
    ("decimal", "text", "amount"),
    [
        (",", "1.234.567,89", "1234567.89"),
        (",", "1234,5", "1234.5"),
        (",", "1.234", "1234"),
        (",", "1 234,50", "1234.50"),
        (",", "1.23", None),
        (",", "12.34,5", None),
        (".", "1,234.50", "1234.50"),
        (".", "1'234.50", "1234.50"),
        (".", "1,23", None),
        (".", "1.234,50", None),
    ],
)
def test_marks_between_thousands_are_read_where_thousands_end(decimal: str, text: str, amount: str | None) -> None:
    mapping = FileMapping(decimal=decimal)
    if amount is None:
        with pytest.raises(Invalid):
            mapping.amount(text)
    else:
        assert mapping.amount(text) == Decimal(amount)


@given(st.decimals(min_value=-LARGEST, max_value=LARGEST, places=4))
def test_any_amount_is_read_as_it_was_written(amount: Decimal) -> None:
    plain = f"{amount:f}"
    german = f"{amount:,f}".translate(str.maketrans(",.", ".,"))
    assert FileMapping().amount(plain) == FileMapping(decimal=",").amount(german) == amount


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"columns": {"money": "Betrag"}}, "columns"),
        ({"columns": {"amount": 5}}, "columns"),
        ({"columns": ["amount"]}, "columns"),
        ({"colums": {}}, "colums"),
        ({"constants": {"kind": "actual"}, "columns": {"kind": "Art"}}, "constants"),
        ({"date_format": "%Y"}, "date_format"),
        ({"decimal": "'"}, "decimal"),
        ({"negative": "ignore"}, "negative"),
        ({"kinds": {"RE": "invoice"}}, "kinds"),
        ("columns", "content"),
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused_by_field(content: Any, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        from_content(content)
    assert refused.value.field == field


def test_a_mapping_is_kept_and_comes_back() -> None:
    kept: Mapping[str, Any] = as_content(GERMAN)
    assert set(kept) == {"columns", "constants", "date_format", "decimal", "negative", "lines"}
    assert from_content(kept) == GERMAN
    assert as_content(FileMapping()) == {}


def test_a_workbook_is_read_as_a_csv_file_is(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append([*HEAD.split(",")])
    sheet.append(["actual", "Tools", date(2026, 3, 1), 1200.5, "EUR", "I-1", 1, None, None])
    sheet.append(["actual", "Tools", "soon", 0.1, "EUR", "=O-1", 2, None, 1.25])
    sheet.append([])
    sheet.append(["actual", "Tools", date(2026, 3, 2), 1 / 3, "EUR", "I-2", 3])
    sheet.append(["actual", "Tools", date(2026, 3, 2), 5, "EUR", "I-2", 4, None, None, "beyond"])
    book.save(tmp_path / "may.xlsx")
    found = read_ledger_path(tmp_path / "may.xlsx")
    assert [(row.line, row.entry.on, row.entry.amount, row.entry.row) for row in found.rows] == [
        (2, date(2026, 3, 1), Decimal("1200.5"), "1")
    ]
    assert [(row.line, row.column, row.value) for row in found.rejected] == [
        (3, "date", "soon"),
        (5, "amount", "0.3333333333333333"),
        (6, None, "actual, Tools, 2026-03-02, 5, EUR, I-2, 4, , , beyond"),
    ]


def test_a_number_of_a_workbook_is_a_number_whatever_marks_the_mapping_reads(tmp_path: Path) -> None:
    """With a decimal comma the text 1.234 is a thousand, and the number 1.234 is not."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Beleg", "Buchungsdatum", "Kostenstelle", "Betrag"])
    for document, amount in (("A", 1.234), ("B", "1.234"), ("C", "1.234,50"), ("D", 1234), ("E", -2.5)):
        sheet.append([document, date(2026, 3, 1), "4711", amount])
    book.save(tmp_path / "sap.xlsx")
    found = read_ledger_path(tmp_path / "sap.xlsx", mapping=GERMAN)
    assert found.rejected == ()
    assert [(row.entry.document, str(row.entry.amount), row.entry.kind) for row in found.rows] == [
        ("A", "1.234", "actual"),
        ("B", "1234", "actual"),
        ("C", "1234.50", "actual"),
        ("D", "1234", "actual"),
        ("E", "2.5", "credit"),
    ]


def test_a_workbook_that_is_none_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "may.xlsx").write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(BadTable, match="damaged zip archive"):
        read_ledger_path(tmp_path / "may.xlsx")
    (tmp_path / "june.csv").write_bytes(f"{HEAD}\nactual,B\xfcro".encode("latin-1"))
    with pytest.raises(BadTable, match="line 2: Not UTF-8"):
        read_ledger_path(tmp_path / "june.csv")


def test_fault_25_a_workbook_of_wide_and_empty_rows_is_refused_early(tmp_path: Path) -> None:
    """A few kilobytes would become gigabytes: one cell in the last column of each row."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(HEAD.split(","))
    for line in range(2, 400):
        book.worksheets[0].cell(line, 16_384, 1)
    book.save(tmp_path / "wide.xlsx")
    for read in (read_ledger_path, lambda path: list(open_file(path).batches)):
        with pytest.raises((BadTable, UnreadableFile), match="row 124: the rows are up to 16,384 cells wide"):
            read(tmp_path / "wide.xlsx")


def test_fault_29_what_we_wrote_ourselves_is_read_as_it_was(tmp_path: Path) -> None:
    """A document that looks like a formula is guarded in our files and literal in the ledger."""
    cells = [*ROW.values()]
    cells[5] = "=1+1"
    (tmp_path / "ours.csv").write_bytes(csv_bytes(HEAD.split(","), [cells]))
    (row,) = read_ledger_path(tmp_path / "ours.csv").rows
    assert row.entry.document == "=1+1"


@pytest.mark.parametrize(
    ("headings", "ours"),
    [
        (["Date", "Line", "Amount", "Currency", "Invoice", "Supplier"], {"document": "Invoice"}),
        (["Voucher_No.", "Order #", "Description"], {"document": "Voucher_No.", "against": "Order #"}),
        (["Doc", "Invoice", "Line no", "Budget line"], {"document": "Doc", "row": "Line no", "line": "Budget line"}),
    ],
)
def test_common_headings_are_understood(headings: list[str], ours: dict[str, str]) -> None:
    found = guess(headings)
    assert found.items() >= ours.items()
    assert not {"Supplier", "Description"} & set(found.values())


@given(
    st.lists(st.one_of(st.text(max_size=20), st.sampled_from([each for words in HEADINGS.values() for each in words])))
)
def test_a_guess_takes_each_heading_for_one_column(headings: list[str]) -> None:
    found = guess(headings)
    assert len(set(found.values())) == len(found)
    assert set(found.values()) <= set(headings)
