"""ledger: the worked ledger of the design, what it refuses, and that the same file twice changes nothing."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from program.actions.budget import add_line
from program.actions.ledger import save_mapping
from program.actions.programs import archive_program
from program.commands import main
from program.queries.budget import lines
from program.store.engine import reset
from program.values import Actor
from tests.commands import running
from tests.program.bringing import HEAD, WALK
from tests.program.making import component

STATES = ("planned", "committed", "actual", "forecast", "available")


def written(folder: Path, *rows: str, name: str = "may.csv") -> str:
    file = folder / name
    file.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return str(file)


class Ledger:
    """The command in this process; how it leaves a process of its own, one test sees."""

    def __init__(self, program_id: str, capsys: pytest.CaptureFixture[str]) -> None:
        self.program_id = program_id
        self.capsys = capsys

    def run(self, *words: str) -> tuple[int, str, str]:
        self.capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main(["ledger", "--program", self.program_id, *words])
        return int(left.value.code or 0), *self.capsys.readouterr()

    def __call__(self, *words: str) -> dict[str, Any]:
        code, out, err = self.run(*words, "--json")
        assert (code, err) == (0, "")
        value: dict[str, Any] = json.loads(out)
        return value


@pytest.fixture
def ledger(program_id: str, capsys: pytest.CaptureFixture[str]) -> Ledger:
    return Ledger(program_id, capsys)


def states(value: dict[str, Any], name: str = "Tools") -> list[Any]:
    (line,) = (line for line in value["lines"] if line["line"] == name)
    return [line[state] for state in STATES]


def test_the_worked_ledger_of_the_design_in_a_process_of_its_own(home: Path, program_id: str, tmp_path: Path) -> None:
    words = [written(tmp_path, *WALK), "--create-lines", "--program", program_id]
    reset()
    value = running.printed(home, "ledger", *words)
    assert (value["accepted"], value["skipped"], value["rejected"]) == (5, 0, [])
    assert states(value) == [10_000, 0, 2_000, None, 8_000]


def test_the_same_file_again_changes_nothing(ledger: Ledger, program_id: str, tmp_path: Path) -> None:
    file = written(tmp_path, *WALK)
    dry = ledger(file, "--create-lines", "--dry-run")
    assert (dry["accepted"], states(dry), dry["dry_run"]) == (5, [10_000, 0, 2_000, None, 8_000], True)
    assert lines(program_id) == []
    first = ledger(file, "--create-lines")
    again = ledger(file, "--program", "Closer to customers")
    assert [(each["accepted"], each["skipped"], each["rejected"]) for each in (first, again)] == [
        (5, 0, []),
        (0, 5, []),
    ]
    assert states(first) == states(again) == [10_000, 0, 2_000, None, 8_000]
    assert again["lines"][0]["reasons"] == {"forecast": "Nothing is forecast on this line."}
    assert (first["made"], again["made"]) == (["Tools"], [])
    as_of = ledger("--until", "2026-02-10")
    assert states(as_of) == [10_000, 3_500, 2_500, None, 4_000]
    assert as_of["total"] == {"currency": "EUR", **dict(zip(STATES, states(as_of), strict=True))}


def test_screen_and_command_say_the_same_to_the_cent(
    ledger: Ledger, owner: Actor, program_id: str, tmp_path: Path
) -> None:
    for name in ("Listening", "Community"):
        add_line(owner, program_id=program_id, component_id=component(owner, program_id, name), name="Tools")
    rows = [
        "plan,Listening: Tools,2026-01-01,0.3,EUR,P-1,1,,",
        "actual,Listening: Tools,2026-01-02,0.1,USD,I-1,1,,0.91234567",
        "actual,Listening: Tools,2026-01-03,0.2,EUR,I-1,2,,",
        "plan,community: tools,2026-01-01,1000000000000,EUR,P-1,2,,",
    ]
    value = ledger(written(tmp_path, *rows), "--source", "sap")
    told = {line["component"]: line for line in value["lines"]}
    assert [line["line"] for line in value["lines"]] == ["community: tools", "Listening: Tools"]
    for line in lines(program_id):
        assert {key: told[line.component_name][key] for key in STATES} == {
            key: None if (figure := getattr(line, key)) is None else pytest.approx(float(figure), abs=0)
            for key in STATES
        }
    narrowed = ledger("--component", "Listening", "--until", "2026-01-02")
    assert [line["actual"] for line in narrowed["lines"]] == [0.091234567]


def test_wrong_rows_are_results_named_by_line_column_and_value(
    ledger: Ledger, owner: Actor, program_id: str, tmp_path: Path
) -> None:
    add_line(owner, program_id=program_id, component_id=component(owner, program_id), name="Tools")
    file = written(
        tmp_path,
        *WALK,
        "actual,Tools,2026-03-01,,EUR,I-2,1,,",
        "actual,Tools,2026-03-01,IEH,EUR,I-2,2,,",
        "actual,Nowhere,2026-03-01,5,EUR,I-2,3,,",
        "actual,Tools,2026-03-01,5,SEK,I-2,4,,",
        "release,Tools,2026-03-02,1,EUR,R-2,1,O-1,",
    )
    value = ledger(file)
    assert value["rejected"] == [
        {"line": 7, "column": "amount", "value": "", "reason": "The amount is empty."},
        {"line": 8, "column": "amount", "value": "IEH", "reason": "“IEH” is no amount. Write it as 1200.50."},
        {"line": 9, "column": "line", "value": "Nowhere", "reason": "There is no line “Nowhere” in this program."},
        {
            "line": 10, "column": "currency", "value": "SEK",
            "reason": "The line is in EUR. An amount in SEK needs a rate.",
        },
        {
            "line": 11, "column": "amount", "value": "1",
            "reason": "The release of 1.00 is more than the 0.00 EUR still open of “O-1”.",
        },
    ]  # fmt: skip
    assert (value["accepted"], states(value)) == (5, [10_000, 0, 2_000, None, 8_000])
    told = ledger.run(file)[1].splitlines()
    assert told[0] == "0 accepted, 5 there already, 5 rejected."
    assert told[2] == "  line 8, column amount: “IEH” is no amount. Write it as 1200.50."
    assert told[-2].split() == ["Tools", "EUR", "10,000.00", "0.00", "2,000.00", "n/a", "8,000.00"]


def test_a_workbook_by_a_saved_mapping(ledger: Ledger, owner: Actor, program_id: str, tmp_path: Path) -> None:
    add_line(owner, program_id=program_id, component_id=component(owner, program_id), name="Tools")
    content = {
        "columns": {"amount": "Betrag", "document": "Beleg", "date": "Datum"},
        "constants": {"kind": "actual", "currency": "EUR", "row": "1", "line": "Tools"},
        "decimal": ",",
        "negative": "credit",
    }
    save_mapping(owner, program_id=program_id, name="SAP", content=content)
    book = openpyxl.Workbook()
    for row in (["Beleg", "Betrag", "Datum"], ["I-1", 12.34, "2026-03-01"], ["I-2", "-2,30", "2026-03-01"]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "sap.xlsx")
    value = ledger(str(tmp_path / "sap.xlsx"), "--mapping", "SAP")
    assert (value["accepted"], value["rejected"], states(value)[2]) == (2, [], 10.04)


@pytest.mark.parametrize(
    ("text", "words", "told"),
    [
        ("kind,line\nplan,Tools", (), "line 1, column date: This column is missing."),
        (f"{HEAD},text\n", (), "line 1, column text: This column is not known."),
        (f'{HEAD}\n"plan', (), "line 2: A quoted cell is never closed."),
        ("", (), "line 1: The file is empty."),
        (HEAD, ("--mapping", "SAP"), "--mapping: there is no “SAP”; there are none."),
        (HEAD, ("--component", "Desk"), "--component: the program has no component “Desk”."),
        (HEAD, ("--source", " "), "source: The source is empty."),
        (HEAD, ("--program", "Nobody's"), "--program: there is no program: “Nobody's”."),
    ],
)
def test_bad_input_is_one_line_and_code_2(
    ledger: Ledger, tmp_path: Path, text: str, words: tuple[str, ...], told: str
) -> None:
    file = tmp_path / "may.csv"
    file.write_text(text, encoding="utf-8")
    code, out, err = ledger.run(str(file), *words, "--json")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert told in err


def test_no_file_and_an_archived_program_are_bad_input(
    ledger: Ledger, owner: Actor, program_id: str, tmp_path: Path
) -> None:
    code, _, err = ledger.run(str(tmp_path / "none.csv"))
    assert (code, "there is no such file" in err) == (2, True)
    archive_program(owner, program_id=program_id, version=1)
    code, _, err = ledger.run(written(tmp_path, *WALK))
    assert (code, "the program is archived" in err) == (2, True)


def test_an_empty_program_has_no_total_and_says_why(ledger: Ledger) -> None:
    value = ledger()
    assert value["lines"] == []
    assert set(value["total"].values()) == {None}
    assert value["reasons"] == {"total": "There are no budget lines."}
    assert json.dumps(value["rejected"]) == "[]"
