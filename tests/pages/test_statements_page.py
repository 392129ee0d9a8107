"""The statements page as facilitator, editor, viewer, stranger and on an empty program, with real files."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from program.models import shipped
from program.queries import models as queries
from program.values import Actor
from tests.pages.answered import answered_run
from tests.pages.opening import field, headline, open_as, open_local, press, run, views, words
from tests.program.making import person
from tests.program.model_files import WORDS, edited, reworded, version, without_voc_3

PAGE = "assess/models.py"
NOW = shipped()["mindset"].content.model.version
PATCH, MAJOR = version("patch"), version("major")


def upload(page: AppTest, content: bytes, name: str = "mine.yaml") -> AppTest:
    page.file_uploader[0].set_value((name, content, "application/yaml"))
    return run(page)


def bring_in(content: bytes, name: str = "mine.yaml") -> AppTest:
    return upload(choose(open_local(PAGE), "Bring in a version"), content, name)


def choose(page: AppTest, option: str) -> AppTest:
    """Press one of several switches."""
    switches: Any = page.get("button_group")
    (switch,) = (each for each in switches if option in each.options)
    switch.set_value(option)
    return run(page)


@pytest.mark.usefixtures("program_id")
def test_an_empty_program_says_what_is_in_use() -> None:
    page = open_local(PAGE)
    assert headline(page).startswith(f"87 statements in use, as shipped ({NOW}). German covers ")
    shown = words(page)
    assert "23 dimensions; the short form asks 23 of the statements." in shown
    assert "MI-VOC-2" in shown
    assert "ME-IDN-1" not in shown
    files: Any = page.get("download_button")
    assert [button.label for button in files] == ["YAML", "JSON", "JSON Schema"]
    page = choose(page, "Mechanism")
    assert "ME-IDN-1" in words(page)


@pytest.mark.usefixtures("program_id")
def test_with_one_version_there_is_nothing_to_compare() -> None:
    page = view_of("Compare")
    assert f"Mindset has one version: {NOW}, as shipped" in words(page)
    assert not page.selectbox


def view_of(name: str) -> AppTest:
    return choose(open_local(PAGE), name)


@pytest.mark.usefixtures("program_id")
def test_missing_translations_are_a_table_and_none_is_a_sentence() -> None:
    page = view_of("Translations")
    assert "German is complete for the short form" in words(page)
    page = choose(page, "All texts")
    assert "texts are missing in German" in words(page)
    assert "MI-INT-2" in words(page)


def test_a_version_is_compared_previewed_and_published(owner: Actor, program_id: str) -> None:
    answered_run(owner, program_id, form="long")
    page = bring_in(edited(without_voc_3, to=MAJOR))
    shown = words(page)
    assert f"Mindset {NOW} to {MAJOR}: 1 change" in shown
    assert "takes a major version" in shown
    assert "its answers go to MI-VOC-2" in shown
    assert "What moves in “First reading”" in shown
    assert "3 given up for a lower level of the same person" in shown
    press(page, f"Publish Mindset {MAJOR}")
    assert headline(page).startswith(
        f"86 statements in use: mindset {MAJOR} of your own; mechanism and strategy as shipped ("
    )
    assert f"Mindset {MAJOR} is in use" in words(page)
    assert not [button for button in page.button if button.label.startswith("Publish")]
    assert queries.library_of(program_id).versions["mindset"] == MAJOR
    page = choose(page, "In use")
    assert f"by {owner.name}" in words(page)
    page = choose(page, "Compare")
    assert f"{NOW}, as shipped to {MAJOR}, published: 1 change" in words(page)
    field(page, "selectbox", "To").select_index(1)
    assert "Both say the same." in words(run(page))


@pytest.mark.usefixtures("program_id")
def test_without_answers_nothing_moves_and_it_says_so() -> None:
    shown = words(bring_in(edited(reworded, to=PATCH)))
    assert "No named run has answers yet, so nothing moves." in shown
    assert WORDS in shown


@pytest.mark.usefixtures("program_id")
def test_every_problem_is_a_row_with_its_line() -> None:
    page = bring_in(b'schema_version: "1.0"\nextra: 1\nmodel: 3\n', "<b>mine.yaml")
    shown = words(page)
    assert "This file cannot be published: 3 problems" in shown
    assert "extra is not a key of this file" in shown
    assert "&lt;b&gt;mine.yaml" in shown
    assert "<b>mine" not in shown
    assert not [button for button in page.button if button.label.startswith("Publish")]


@pytest.mark.usefixtures("program_id")
def test_a_number_that_does_not_fit_is_said_beside_the_changes() -> None:
    shown = words(bring_in(edited(without_voc_3, to=PATCH)))
    assert f"This takes a major version, {MAJOR} or higher, not {PATCH}" in shown
    assert "statement removed" in shown


@pytest.mark.usefixtures("program_id")
def test_a_large_file_is_not_read() -> None:
    page = bring_in(b"x" * (256 * 1024 + 1))
    assert "This file was not read" in words(page)
    assert "the limit is 256 kB" in words(page)


@pytest.mark.usefixtures("program_id")
def test_what_looks_like_another_statement_is_a_warning_and_can_be_published() -> None:
    def other(plain: dict[str, Any]) -> None:
        plain["dimensions"][1]["statements"][1]["text"] = {"en": "Parking is <i>free</i>."}

    page = bring_in(edited(other, to=PATCH))
    assert "This looks like another statement under the same id" in words(page)
    assert "Parking is &lt;i&gt;free" in words(page)
    assert f"Publish Mindset {PATCH}" in [button.label for button in page.button]


@pytest.mark.parametrize("role", ["viewer", "contributor", "editor"])
def test_who_does_not_lead_reads_and_brings_nothing_in(
    role: str, owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person(owner, program_id, role)
    page = open_as(PAGE, f"bo.{role}@example.com", monkeypatch)
    assert headline(page).startswith("87 statements in use")
    assert "Bring in a version" not in views(page)
    assert "Compare" in views(page)


def test_a_facilitator_publishes(owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    person(owner, program_id, "facilitator")
    page = choose(open_as(PAGE, "bo.facilitator@example.com", monkeypatch), "Bring in a version")
    press(upload(page, edited(reworded, to=PATCH)), f"Publish Mindset {PATCH}")
    (found,) = queries.published(program_id)
    assert (found.version, found.published_by) == (PATCH, "Bo.Facilitator")


@pytest.mark.usefixtures("program_id")
def test_a_stranger_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_as(PAGE, "stranger@example.com", monkeypatch)
    assert "MI-VOC" not in words(page)
    assert not page.get("file_uploader")
