"""model: check, diff, schema and translations, and files that it refuses."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from assessments import library
from tests.commands import running
from tests.program.model_files import edited, reworded, version, without_voc_3

SHIPPED = str(library.MODELS / "mindset.yaml")


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return running.run(home, "model", *words)


def printed(home: Path, *words: str) -> dict[str, Any]:
    return running.printed(home, "model", *words)


def write(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return str(path)


def test_a_shipped_file_is_right_and_its_hash_is_the_one_of_results(home: Path) -> None:
    found = printed(home, "check", SHIPPED)
    shipped = library.load().aspects["mindset"]
    assert (found["id"], found["version"], found["sha256"]) == (shipped.model_id, shipped.version, shipped.sha256)
    assert (found["dimensions"], found["statements"]) == (7, 24)
    assert f"scrm.mindset {shipped.version}: 24 statements in 7 dimensions" in run(home, "check", SHIPPED).stdout


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a: [1\n", "mine.yaml, line 2: This is not YAML"),
        (b"x" * (256 * 1024 + 1), "mine.yaml, line 1: larger than 256 kB."),
        (edited(reworded, to="9.0.0") + b"extra: 1\n", "extra is not a key of this file"),
        (edited(lambda plain: plain["dimensions"][1]["statements"][1].update(requires={"ME-ZZZ-1": 1}), to="9.0.0"),
         "MI-VOC-2 names ME-ZZZ-1, which does not exist"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_file_and_line(content: bytes, said: str, home: Path, tmp_path: Path) -> None:
    done = run(home, "check", write(tmp_path / "mine.yaml", content), "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "mine.yaml, line " in done.stderr
    assert done.stderr.count("\n") == 1


def test_no_file_and_another_aspect_are_refused(home: Path, tmp_path: Path) -> None:
    done = run(home, "check", str(tmp_path / "none.yaml"))
    assert (done.returncode, done.stderr) == (2, f"{tmp_path}/none.yaml: there is no such file.\n")
    done = run(home, "diff", SHIPPED, str(library.MODELS / "strategy.yaml"))
    assert done.returncode == 2
    assert "this is scrm.strategy, not scrm.mindset" in done.stderr


def test_a_file_does_not_differ_from_itself(home: Path) -> None:
    found = printed(home, "diff", SHIPPED, SHIPPED)
    assert (found["changes"], found["needs"]) == ([], None)


def test_what_differs_is_listed_with_the_number_it_takes(home: Path, tmp_path: Path) -> None:
    new = write(tmp_path / "new.yaml", edited(reworded, to=version("patch")))
    found = printed(home, "diff", SHIPPED, new)
    assert (found["needs"], found["problems"], found["to"]) == ("patch", [], version("patch"))
    first = found["changes"][0]
    assert (first["kind"], first["id"], first["field"]) == ("reworded", "MI-VOC-2", "text")
    less = write(tmp_path / "less.yaml", edited(without_voc_3, to=version("minor")))
    found = printed(home, "diff", SHIPPED, less)
    assert found["needs"] == "major"
    assert "less.yaml, line 4: This takes a major version" in found["problems"][0]
    assert "removed" in run(home, "diff", SHIPPED, less).stdout


def test_the_schema_is_json_schema_with_and_without_json(home: Path) -> None:
    found = printed(home, "schema")
    assert set(found["required"]) == {"schema_version", "model", "dimensions"}
    assert json.loads(run(home, "schema").stdout) == found


def test_missing_translations_are_listed_the_short_form_first(home: Path) -> None:
    found = printed(home, "translations", "--language", "de")
    assert found["missing"] == len(found["texts"])
    short = [each["short_form"] for each in found["texts"]]
    assert short == sorted(short, reverse=True)
    assert found["missing_short_form"] == sum(short)
    assert run(home, "translations", "--language", "xx").returncode == 2
