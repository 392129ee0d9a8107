"""Model files from people: refused with the file and the line."""

import ast
import time
from pathlib import Path

import pytest

from assessments.library import MODELS, Library, from_snapshot, from_texts, load
from assessments.model_file import BadModel, json_schema, parse_aspect

SHIPPED = {path.stem: path.read_text() for path in MODELS.glob("*.yaml")}
MINDSET = SHIPPED["mindset"]
PACKAGES = ("assessments", "data", "program", "pages")
FORBIDDEN = {"pickle", "joblib", "dill", "shelve", "marshal"}


def refused(text: str | bytes) -> BadModel:
    with pytest.raises(BadModel) as problem:
        parse_aspect(text, file="mindset.yaml")
    return problem.value


def changed(old: str, new: str) -> tuple[str, int]:
    assert old in MINDSET
    return MINDSET.replace(old, new, 1), MINDSET[: MINDSET.index(old)].count("\n") + 1


def library(**texts: str) -> Library:
    return from_texts({name: text.encode() for name, text in (SHIPPED | texts).items()})


@pytest.mark.parametrize(
    "tag",
    ["!!python/object/apply:os.system ['true']", "!!python/name:os.system", "!!binary aGk=", "!!set {a}", "!own x"],
)
def test_fault_32_a_tag_is_refused(tag: str) -> None:
    (problem,) = refused(f"schema_version: '1.0'\nmodel: {tag}\n").problems
    assert (problem.file, problem.line) == ("mindset.yaml", 2)
    assert "tag" in problem.message


def test_fault_33_an_alias_bomb_is_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    begin = time.perf_counter()
    (problem,) = refused("\n".join(lines)).problems
    assert "aliases" in problem.message
    assert problem.line == 4
    assert time.perf_counter() - begin < 1


def test_fault_33_few_aliases_that_grow_are_refused_by_what_they_grow_to() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, {', '.join('x' * 400)}]" for n in range(1, 9)]
    assert "written out" in str(refused("\n".join(lines)))


def test_fault_33_an_alias_of_itself_is_refused() -> None:
    assert "contains itself" in str(refused("a: &a [*a]"))


@pytest.mark.parametrize("text", ["[" * 20_000, "{a: " * 20_000, "- " * 20_000])
def test_fault_34_deep_nesting_is_refused(text: str) -> None:
    (problem,) = refused(text).problems
    assert problem.line == 1


def test_fault_35_a_large_file_is_refused_before_it_is_read() -> None:
    text = "\n".join(f"key{n}: value" for n in range(100_000))
    begin = time.perf_counter()
    assert "kB; the limit is 256 kB" in str(refused(text))
    assert time.perf_counter() - begin < 0.5


def test_fault_35_many_values_in_a_small_file_are_refused() -> None:
    assert "20000 values" in str(refused("[" + "1," * 30_000 + "]"))


@pytest.mark.parametrize("value", ["no", "on", "12", "8:30", "2026-01-01", "1.5", "~"])
def test_fault_36_a_value_that_yaml_reads_as_no_text_is_refused_with_its_line(value: str) -> None:
    text, line = changed('about: {en: "Whether what customers say reaches decisions."', f"about: {{en: {value}")
    (problem,) = refused(text).problems
    assert problem.line == line
    assert "must be text" in problem.message
    assert "in quotes" in problem.message


@pytest.mark.parametrize("value", ["1e3", "'1'", "yes"])
def test_fault_36_a_text_is_no_number(value: str) -> None:
    text, line = changed("gate: {floor: 1}", f"gate: {{floor: {value}}}")
    (problem,) = refused(text).problems
    assert problem.line == line
    assert "must be a number" in problem.message


def test_fault_36_a_duplicate_key_is_refused_with_its_line() -> None:
    text, line = changed("  - id: MI-VOC\n", "  - id: MI-VOC\n    id: MI-VOC\n")
    (problem,) = refused(text).problems
    assert (problem.line, problem.message) == (line + 1, "The key id stands here twice")


def test_fault_37_nothing_reads_pickles_or_evaluates_text() -> None:
    root = Path(__file__).parents[2]
    for file in (path for package in PACKAGES for path in (root / package).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            names = [name.name for name in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {name.split(".")[0] for name in names} & FORBIDDEN, file
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called not in {"eval", "exec", "yaml.load", "yaml.unsafe_load", "pandas.read_pickle"}, file


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("    gate: {floor: 1}\n", "    gate: {floor: 1}\n    colour: red\n", "colour is not a key"),
        ("        functions: [executive, marketing, service]\n", "        functions: [ceo]\n", "ceo is not a function"),
        ("          4: {en: \"A plan or budget", "          5: {en: \"A plan or budget", "levels must be 0, 1, 2"),
        ("{en: \"Some individuals read them and pass them on when they choose to.\"",
         "{en: \"Customer comments are not collected outside complaints.\"", "two levels have the same text"),
        ("      - id: MI-VOC-1\n", "      - id: MI-VOX-1\n", "MI-VOX-1 does not belong to MI-VOC"),
        ("  - id: MI-VOC\n", "  - id: ME-VOC\n", "MI-VOC-1 does not belong to ME-VOC"),
        ("        short_form: true\n", "", "exactly one statement"),
        ("{essay: S0, phrase", "{essay: S9, phrase", "essay is wrong"),
        ("  version: 1.2.0", "  version: 1.2", "version must be text"),
        ("        source: {essay: S0, ", "        source: {essay: S0, page: 3, ", "source.page is not a key"),
    ],
)  # fmt: skip
def test_a_model_that_does_not_fit_is_refused(old: str, new: str, words: str) -> None:
    assert words in str(refused(changed(old, new)[0]))


def test_the_line_of_a_wrong_part_is_named() -> None:
    text, line = changed("        functions: [executive, marketing, service]\n", "        functions: [ceo]\n")
    assert [problem.line for problem in refused(text).problems] == [line]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("statement: ME-DEL-1", "statement: ME-DEL-9", "MI-VOC-1 names ME-DEL-9, which does not exist"),
        ("gate: {floor: 1}", "gate: {floor: 2}", "MI-INT has another floor than gates.yaml"),
    ],
)
def test_files_that_do_not_fit_each_other_are_refused(old: str, new: str, words: str) -> None:
    text, line = changed(old, new)
    with pytest.raises(BadModel) as problem:
        library(mindset=text)
    assert str(problem.value) == f"mindset.yaml, line {line}: {words}"


def test_two_files_that_changed_places_are_refused() -> None:
    with pytest.raises(BadModel, match=r"scrm\.mechanism is not mindset"):
        library(mindset=SHIPPED["mechanism"])


def test_gates_that_leave_a_number_out_are_refused() -> None:
    with pytest.raises(BadModel, match="gates must be threshold, floor, step"):
        library(gates=SHIPPED["gates"].replace("  imbalance_warning:", "  imbalance:"))


@pytest.mark.parametrize("text", ["", "just words", "a: [", b"a: \xe4", "a\tb: 'x"])
def test_what_is_no_model_is_refused(text: str | bytes) -> None:
    assert refused(text).problems[0].line <= 2


def test_a_broken_snapshot_is_refused() -> None:
    snapshot = load().snapshot()
    del snapshot["mechanism"]
    with pytest.raises(BadModel, match="mechanism of the snapshot"):
        from_snapshot(snapshot)


def test_the_shape_is_exported_as_json_schema() -> None:
    schema = json_schema()
    assert set(schema["required"]) == {"schema_version", "model", "dimensions"}
    assert schema["additionalProperties"] is False
