"""The rules of the house that no linter knows."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SECTIONS = ("home", "assess", "people", "plan", "measure")
PAGES = sorted(path for section in SECTIONS for path in (ROOT / "pages" / section).glob("*.py"))
FOLDERS = ("assessments", "data", "pages", "program")
BY_LINK = "invited.py"  # the one page that needs no account, and stands in no menu
CODE = [ROOT / "app.py", *sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))]


def test_nothing_lies_flat_in_pages_but_the_router() -> None:
    assert [path.name for path in (ROOT / "pages").glob("*.py")] == ["router.py"]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_opens_by_the_guard_and_defines_nothing(page: Path) -> None:
    tree = ast.parse(page.read_text())
    statements = [node for node in tree.body if not isinstance(node, ast.Import | ast.ImportFrom | ast.Expr)]
    opened = ast.unparse(statements[0])
    if page.name == BY_LINK:
        assert "shell.open_invitation(" in opened
    else:
        assert "shell.open_page(" in opened or "shell.open_house(" in opened
    before = tree.body[: tree.body.index(statements[0])]
    assert all(isinstance(node, ast.Import | ast.ImportFrom) or _is_docstring(node) for node in before)
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_holds_no_color_and_every_widget_has_a_key(page: Path) -> None:
    source = page.read_text()
    assert not re.search(r"#[0-9a-fA-F]{6}\b", source)
    widgets = {"button", "selectbox", "text_input", "number_input", "radio", "checkbox", "text_area", "multiselect"}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in widgets:
            assert any(word.arg == "key" for word in node.keywords), f"line {node.lineno}"


def test_every_page_file_is_in_the_sitemap() -> None:
    from pages.ui.sitemap import PAGES as LISTED

    pages = sorted(str(path.relative_to(ROOT / "pages")) for path in PAGES)
    assert sorted([*(entry.file for entry in LISTED), f"assess/{BY_LINK}"]) == pages


def test_the_data_package_is_not_ignored() -> None:
    listed = subprocess.run(["git", "ls-files", "data"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "data/warehouse.py" in listed
    ignored = subprocess.run(["git", "check-ignore", "data/warehouse.py"], cwd=ROOT, capture_output=True, check=False)
    assert ignored.returncode == 1


def test_fault_29_only_one_module_writes_spreadsheets() -> None:
    writers = {
        str(path.relative_to(ROOT))
        for path in CODE
        if re.search(r"\.to_csv\(|\.to_excel\(|csv\.writer\(|csv\.DictWriter\(|import xlsxwriter", path.read_text())
    }
    assert writers == {"program/reports/exports.py"}


def test_fault_37_nothing_is_unpickled_or_evaluated() -> None:
    forbidden = re.compile(r"\bpickle\b|\bjoblib\b|yaml\.load\(|yaml\.unsafe_load|\beval\(|\bexec\(")
    found = [str(path) for path in CODE if forbidden.search(path.read_text())]
    assert not found


def test_fault_59_rows_that_may_not_be_shown_stay_in_the_queries() -> None:
    """What reads answers whatever may be shown of them is imported by queries only, which see to it."""
    reads = re.compile(r"queries\.answers import .*\bgiven\b|\banswers\.given\b")
    found = {str(path.parent.relative_to(ROOT)) for path in CODE if reads.search(path.read_text())}
    assert found == {"program/queries"}


def test_files_stay_readable() -> None:
    long = {str(path.relative_to(ROOT)): lines for path in CODE if (lines := path.read_text().count("\n")) > 400}
    assert not long
    assert not {path.name for path in PAGES if path.read_text().count("\n") > 80}


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
