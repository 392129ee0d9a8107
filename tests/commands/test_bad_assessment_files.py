"""Files of answers and of statements that cannot be used: refused with file and line, with nothing printed of them."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from assessments import library
from tests.commands.running import run

HEADER = "respondent,role,statement,answer\n"
GOOD = "Ann,sales,MI-INT-1,2\nBo,it,MI-INT-1,3\n"
MINDSET = (library.MODELS / "mindset.yaml").read_text(encoding="utf-8")


def refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert (done.returncode, done.stdout) == (2, ""), done
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert all(word in done.stderr for word in words), (done.stderr, words)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (HEADER + GOOD + "Cy,it,MI-XYZ-9,2\n", ("line 4", "column statement", "MI-XYZ-9")),
        (HEADER + GOOD + "Cy,it,MI-INT-1,5\n", ("line 4", "column answer", '"5"')),
        (HEADER + GOOD + "Cy,it,MI-INT-1,2.5\n", ("line 4", "column answer", '"2.5"')),
        (HEADER + GOOD + "Cy,it,MI-INT-1,\n", ("line 4", "column answer", "empty")),
        (HEADER + GOOD + "Ann,sales,MI-INT-1,2\n", ("line 4", "column statement", "Ann has answered", "line 2")),
        (HEADER + GOOD + "Cy,boss,MI-INT-1,2\n", ("line 4", "column role", '"boss"')),
        ((HEADER + GOOD).encode("utf-16"), ("UTF-16",)),
        (HEADER, ("line 1", "no answers")),
        ("", ("line 1",)),
    ],
    ids=["statement", "level 5", "2.5", "empty answer", "twice", "role", "UTF-16", "no answers", "empty file"],
)
@pytest.mark.parametrize("words_before", [("score",), ("readiness",)], ids=["score", "readiness"])
def test_a_bad_answer_is_named_by_its_line(
    home: Path, tmp_path: Path, content: str | bytes, words: tuple[str, ...], words_before: tuple[str, ...]
) -> None:
    file = tmp_path / "answers.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    more = ("--assessment", "mindset") if words_before == ("score",) else ()
    refused(run(home, *words_before, str(file), *more, "--json"), "answers.csv", *words)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("rater,item,rating,role\nAnn,A,2,it\nAnn,A,2,it\n", ("line 3", "column item", "line 2")),
        ("rater,item,rating,role\nAnn,A,2,it\nBo,A,,it\n", ("line 3", "column rating", "empty")),
        ("rater,item,rating\nAnn,A,2\n".encode("utf-16"), ("UTF-16",)),
    ],
)
def test_a_bad_rating_is_named_by_its_line(
    home: Path, tmp_path: Path, content: str | bytes, words: tuple[str, ...]
) -> None:
    file = tmp_path / "ratings.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    refused(run(home, "agreement", str(file), "--options", "5", "--json"), "ratings.csv", *words)


def changed(old: str, new: str) -> tuple[str, int]:
    """The shipped file with a part changed, and the line of it."""
    assert old in MINDSET
    return MINDSET.replace(old, new, 1), MINDSET[: MINDSET.index(old)].count("\n") + 1


def line_of(words: str, *, after: str = "") -> int:
    return MINDSET[: MINDSET.index(words, MINDSET.index(after))].count("\n") + 1


def bomb() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    return "\n".join(lines + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)])


CASES: dict[str, Callable[[], tuple[str, int, str]]] = {
    "unknown key": lambda: (*changed("  version: ", "  colour: red\n  version: "), "colour is not a key"),
    "missing level": lambda: (
        MINDSET.replace('          4: {en: "A plan or budget', '          5: {en: "A plan or budget'),
        line_of("levels:", after="id: MI-VOC-1"),
        "levels must be 0, 1, 2",
    ),
    "duplicate id": lambda: (
        MINDSET.replace("- id: MI-VOC-2\n", "- id: MI-VOC-1\n"), line_of("- id: MI-VOC-2\n"), "MI-VOC-1"
    ),
    "no read as false": lambda: (*changed("name: {en: Mindset,", "name: {en: no,"), "quotes"),
    "1 MB": lambda: ("# " + "x" * 1_000_000, 1, "256 kB"),
    "alias bomb": lambda: (bomb(), 4, "aliases"),
    "20,000 brackets": lambda: ("[" * 20_000, 1, "nested more than"),
    "unsafe tag": lambda: ("schema_version: '1.0'\nmodel: !!python/object/apply:os.system ['true']\n", 2, "tag"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_bad_model_file_is_refused_with_its_line(home: Path, tmp_path: Path, case: str) -> None:
    content, line, said = CASES[case]()
    file = tmp_path / "mine.yaml"
    file.write_text(content, encoding="utf-8")
    refused(run(home, "model", "check", str(file), "--json"), f"mine.yaml, line {line}:", said)


def test_another_statement_under_the_same_id_is_warned_of(home: Path, tmp_path: Path) -> None:
    reused = tmp_path / "reused.yaml"
    text = MINDSET.replace(library.load().statement("MI-VOC-2").text, "Parking is free for everybody.")
    assert text != MINDSET
    reused.write_text(text, encoding="utf-8")
    done = run(home, "model", "diff", str(library.MODELS / "mindset.yaml"), str(reused))
    assert done.returncode == 0
    assert "MI-VOC-2" in done.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    ("rows", "score", "sentence"),
    [
        ("Ann,sales,MI-INT-1,2\n", 2.0, ""),
        ("Ann,sales,MI-INT-1,2\nBo,it,MI-INT-1,3\nCy,it,MI-INT-1,4\n", 3.0, ""),
        ("Ann,sales,MI-INT-1,dont_know\nBo,it,MI-INT-1,dont_know\n", None, "Nobody gave"),
        ("Cy,consultant,MI-INT-1,4\n", None, "Nobody gave"),
        ("Ann,sales,ME-REC-1,2\n", None, "Nobody gave"),
    ],
    ids=[
        "one respondent",
        "a role of one person",
        "all do not know",
        "only an observer",
        "nobody answered this aspect",
    ],
)
def test_too_little_is_a_sentence_and_never_a_zero(
    home: Path, tmp_path: Path, rows: str, score: float | None, sentence: str
) -> None:
    file = tmp_path / "answers.csv"
    file.write_text(HEADER + rows, encoding="utf-8")
    done = run(home, "score", str(file), "--assessment", "mindset", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert found["score"] == score
    assert found["reasons"].get("score", "").startswith(sentence)
    ready = run(home, "readiness", str(file))
    assert (ready.returncode, ready.stderr) == (0, "")
    assert "n/a" in ready.stdout.splitlines()[0]
    file.write_text("rater,role,item,rating\n" + rows, encoding="utf-8")
    agreed = run(home, "agreement", str(file), "--options", "5", "--first", "0")
    assert (agreed.returncode, agreed.stderr) == (0, "")
    assert "nan" not in agreed.stdout.lower()
