"""Tables: every text escaped, numbers right, and files with the same raw rows."""

import csv
import io
from decimal import Decimal

import openpyxl

from pages.ui import tables, text

TABLE = tables.Table(
    columns=(tables.Column("Line <i>"), tables.Column("Planned, EUR", text.number, number=True), tables.Column("Note")),
    rows=(
        ("<script>alert(1)</script>", Decimal("1240.5"), tables.Cell("late", "act", note="since <b>May</b>")),
        ("=cmd", None, tables.blank(None)),
    ),
    total=("Program", Decimal("1240.5"), ""),
    name="lines",
)


def test_texts_are_text_and_numbers_are_right() -> None:
    html = tables.html(TABLE)
    assert "<script" not in html
    assert "<i>" not in html
    assert "<b>" not in html
    assert '<th scope="row">&lt;script&gt;' in html
    assert '<td class="gw-num">1,241</td>' in html
    assert '<td class="gw-num">n/a</td>' in html
    assert '<span class="gw-act">late</span>' in html
    assert '<tr class="gw-total"><th scope="row">Program</th>' in html


def test_fault_29_files_hold_the_raw_values_and_no_formulas() -> None:
    rows = list(csv.reader(io.StringIO(tables.as_csv(TABLE).decode("utf-8-sig"), newline="")))
    assert rows[0] == ["Line <i>", "Planned, EUR", "Note"]
    assert rows[1] == ["<script>alert(1)</script>", "1240.5", "late"]
    assert rows[2] == ["'=cmd", "", ""]
    assert rows[3][:2] == ["Program", "1240.5"]
    sheet = openpyxl.load_workbook(io.BytesIO(tables.as_xlsx(TABLE))).worksheets[0]
    assert sheet.title == "lines"
    assert [cell.value for cell in sheet[2]] == ["<script>alert(1)</script>", 1240.5, "late"]
    assert sheet["A3"].value == "'=cmd"
