"""Publishing statements of one's own: validated, compared, kept for ever, and used by new runs only."""

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from assessments import library
from assessments.functions import ASPECTS
from assessments.model_file import BadModel, as_plain, parse_aspect
from program.actions.assessments import close_run, start_run
from program.actions.models import publish_model
from program.actions.programs import create_program
from program.models import MAX_BYTES, as_json, display_name, read, shipped, written
from program.queries import assessments
from program.queries import models as queries
from program.store.engine import reading, writing_engine
from program.store.tables import PublishedModel
from program.values import Actor, Invalid
from tests.conftest import NOW
from tests.pages.answered import answered_run
from tests.program.making import person
from tests.program.model_files import WORDS, Edit, edited, reworded, version, without_voc_3

PATCH, MINOR, MAJOR = version("patch"), version("minor"), version("major")


def publish(owner: Actor, program_id: str, content: bytes, file: str = "mine.yaml") -> str:
    return publish_model(owner, program_id=program_id, content=content, file=file)


def rows() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(PublishedModel)) or 0


@pytest.mark.parametrize("aspect", ASPECTS)
def test_a_written_file_reads_as_the_same(aspect: str) -> None:
    content = shipped()[aspect].content
    assert read(written(content), file="mine.yaml").content == content
    assert hashlib.sha256(as_json(content)).hexdigest() == library.load().aspects[aspect].sha256


@given(name=st.text(max_size=300))
def test_the_name_of_a_file_is_one_short_line_and_no_path(name: str) -> None:
    shown = display_name(name)
    assert 0 < len(shown) <= 200
    assert shown.isprintable()
    assert not {"/", "\\"} & set(shown)


def test_a_program_uses_what_is_shipped_until_it_publishes(program_id: str) -> None:
    assert queries.library_of(program_id) is library.load()
    assert queries.published(program_id) == []
    found = queries.in_use(program_id)
    assert [each.aspect for each in found] == list(ASPECTS)
    assert [each.sha256 for each in found] == [library.load().aspects[aspect].sha256 for aspect in ASPECTS]
    assert sum(each.statements for each in found) == 87


@pytest.mark.usefixtures("any_store")
def test_a_published_version_is_what_new_runs_ask_and_old_ones_keep_theirs(owner: Actor, program_id: str) -> None:
    old = start_run(owner, program_id=program_id, name="Before", form="long")
    published = publish(owner, program_id, edited(reworded, to=PATCH))
    new = start_run(owner, program_id=program_id, name="After", form="long")
    was, now = (assessments.library(program_id, run) for run in (old, new))
    assert was.statement("MI-VOC-2").text == library.load().statement("MI-VOC-2").text
    assert now.statement("MI-VOC-2").text == WORDS
    assert (was.versions["mindset"], now.versions["mindset"]) == (shipped()["mindset"].content.model.version, PATCH)
    assert queries.library_of(program_id).sha256 == now.sha256
    (found,) = queries.published(program_id)
    assert (found.id, found.aspect, found.version) == (published, "mindset", PATCH)
    assert (found.published_at, found.published_by) == (NOW, owner.name)
    assert found.sha256 == now.aspects["mindset"].sha256
    assert queries.in_use(program_id)[0].published == found


def test_another_program_keeps_what_it_has(owner: Actor, program_id: str) -> None:
    values: dict[str, Any] = {"name": "Next", "currency": "EUR", "time_zone": "UTC", "starts_on": NOW.date()}
    other = create_program(owner, client_name="Other", **values)
    publish(owner, program_id, edited(reworded, to=PATCH))
    assert queries.library_of(other) is library.load()
    assert queries.published(other) == []


def test_the_newest_version_is_in_use_and_the_others_stay(owner: Actor, program_id: str) -> None:
    publish(owner, program_id, edited(reworded, to="1.9.0"))
    current = queries.in_use(program_id)[0].file
    publish(owner, program_id, edited(_more_functions, to="1.10.0", of=current))
    assert [each.version for each in queries.published(program_id)] == ["1.10.0", "1.9.0"]
    assert queries.library_of(program_id).versions["mindset"] == "1.10.0"
    known = queries.versions(program_id, "mindset")
    assert [each.version for each in known[:2]] == ["1.10.0", "1.9.0"]
    assert known[-1].origin == "as shipped"


def test_a_version_that_only_a_run_asked_can_still_be_looked_at(owner: Actor, program_id: str) -> None:
    run = start_run(owner, program_id=program_id, name="Before")
    assert [each.origin for each in queries.versions(program_id, "mindset")] == ["as shipped"]
    with_old = edited(reworded, to="0.9.0")
    _put_into(run, with_old)
    assert [each.origin for each in queries.versions(program_id, "mindset")] == ["as shipped", "asked in “Before”"]


def test_the_same_version_again_is_the_one_that_is_there(owner: Actor, program_id: str) -> None:
    content = edited(reworded, to=PATCH)
    once = publish(owner, program_id, content)
    assert publish(owner, program_id, content, "other.yaml") == once
    with pytest.raises(Invalid, match=f"Version {PATCH} exists with other content"):
        publish(owner, program_id, edited(lambda plain: plain["model"]["about"].update(en="Else"), to=PATCH))
    assert rows() == 1


def _more_functions(plain: dict[str, Any]) -> None:
    plain["dimensions"][1]["statements"][1]["functions"] = ["it"]


def _unknown_id(plain: dict[str, Any]) -> None:
    plain["dimensions"][1]["statements"][1]["requires"] = {"ME-ZZZ-1": 1}


def _unknown_fact(plain: dict[str, Any]) -> None:
    plain["dimensions"][1]["statements"][1]["fact"] = {"id": "moon_phase", "at_least": {"2": 0.5}}


def _without_voc_2(plain: dict[str, Any]) -> None:
    """Strategy requires MI-VOC-2."""
    del plain["dimensions"][1]["statements"][1]
    current = plain["model"]["version"]
    plain["crosswalk"] = {"from_version": current, "statements": {"MI-VOC-2": "dropped"}}


def _no_crosswalk(plain: dict[str, Any]) -> None:
    without_voc_3(plain)
    del plain["crosswalk"]


@pytest.mark.parametrize(
    ("edit", "to", "said"),
    [
        (_more_functions, PATCH, "takes a minor version"),
        (without_voc_3, MINOR, "takes a major version"),
        (_no_crosswalk, MAJOR, "MI-VOC-3 went away"),
        (_unknown_id, MINOR, "MI-VOC-2 names ME-ZZZ-1, which does not exist"),
        (_unknown_fact, MINOR, "MI-VOC-2 names the fact moon_phase, which this program does not know"),
        (_without_voc_2, MAJOR, "names MI-VOC-2, which does not exist"),
        (lambda plain: plain["dimensions"][0]["gate"].update(floor=2.0), MAJOR, "another floor"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_line(
    edit: Edit, to: str, said: str, owner: Actor, program_id: str
) -> None:
    with pytest.raises(Invalid, match=said) as refused:
        publish(owner, program_id, edited(edit, to=to), "C:\\models\\mine.yaml")
    assert ", line " in refused.value.sentence
    assert "C:" not in refused.value.sentence
    assert rows() == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "mine.yaml, line 1: The file is empty"),
        (b"a: b\n" * (MAX_BYTES // 5 + 1), "the limit is 256 kB"),
        (b"a: !!python/object/apply:os.system [ls]", "The tag"),
        (b"[" * 20_000, "nested more than 20 deep"),
        ("a: \u00e9".encode("utf-16"), "not in UTF-8"),
        (b'schema_version: "1.0"\nmodel: 3\n', "line 2: model is wrong"),
        (edited(reworded, to=PATCH).replace(b"schema_version:", b"no: way\nschema_version:"), "line 1"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_the_line(
    content: bytes, said: str, owner: Actor, program_id: str
) -> None:
    with pytest.raises(Invalid, match=said):
        publish(owner, program_id, content)
    found = queries.proposal(program_id, content, "mine.yaml")
    assert found.verdict is None
    assert found.problems
    assert rows() == 0


def test_a_control_character_is_named_with_its_line() -> None:
    content = edited(reworded, to=PATCH).decode()
    line = next(at for at, each in enumerate(content.splitlines(), start=1) if "reaches every part" in each)
    broken = content.replace(f"en: {WORDS}", 'en: "a\\0b"')
    with pytest.raises(BadModel) as refused:
        read(broken.encode(), file="mine.yaml")
    assert [(each.line, each.message) for each in refused.value.problems] == [
        (line, "A text holds a control character, which cannot be shown")
    ]


def test_a_proposal_says_what_differs_and_what_moves(owner: Actor, program_id: str) -> None:
    run = answered_run(owner, program_id, form="long")
    before = assessments.assessment(program_id, run)
    found = queries.proposal(program_id, edited(without_voc_3, to=MAJOR), "mine.yaml")
    assert found.problems == ()
    assert found.verdict is not None
    assert found.verdict.diff.needs == "major"
    assert found.run_name == "First reading"
    preview = found.preview
    assert preview is not None
    assert preview.moved.merged == 3
    assert [(each.id, each.before) for each in preview.aspects] == [
        (aspect, before.aspects[aspect].score) for aspect in ASPECTS
    ]
    assert preview.readiness.before == before.readiness.readiness
    assert rows() == 0


def test_an_anonymous_run_is_not_previewed_and_an_earlier_named_one_is(owner: Actor, program_id: str) -> None:
    content = edited(reworded, to=PATCH)
    assert queries.proposal(program_id, content, "m").quiet == "No named run has answers yet, so nothing moves."
    start_run(owner, program_id=program_id, name="Anonymous", anonymous=True)
    assert queries.proposal(program_id, content, "m").preview is None
    answered_run(owner, program_id)
    assert queries.proposal(program_id, content, "m").run_name == "First reading"


def test_two_major_versions_later_the_crosswalks_follow_each_other(owner: Actor, program_id: str) -> None:
    answered_run(owner, program_id, form="long")
    publish(owner, program_id, edited(without_voc_3, to=MAJOR))
    second = queries.in_use(program_id)[0].file

    def without_int_2(plain: dict[str, Any]) -> None:
        del plain["dimensions"][0]["statements"][1]
        plain["crosswalk"] = {"from_version": MAJOR, "statements": {"MI-INT-2": "dropped"}}

    third = version("major", of=MAJOR)
    found = queries.proposal(program_id, edited(without_int_2, to=third, of=second), "mine.yaml")
    assert found.preview is not None
    assert (found.preview.moved.dropped, found.preview.moved.merged, found.preview.moved.unknown) == (3, 3, 0)


def test_an_id_that_went_away_is_not_used_again(owner: Actor, program_id: str) -> None:
    """Its old answers would be read as answers to the new text."""
    publish(owner, program_id, edited(without_voc_3, to=MAJOR))
    was = parse_aspect(edited(without_voc_3, to=MAJOR), file="x").content

    def again(plain: dict[str, Any]) -> None:
        statements = plain["dimensions"][1]["statements"]
        statements.insert(2, {**statements[1], "id": "MI-VOC-3", "text": {"en": "Parking is free."}})
        del plain["crosswalk"]

    with pytest.raises(Invalid, match=r"line \d+: MI-VOC-3 stood in version .* An id is not used again") as refused:
        publish(owner, program_id, edited(again, to=version("minor", of=MAJOR), of=was))
    line = int(refused.value.sentence.partition("line ")[2].partition(":")[0])
    assert "MI-VOC-3" in edited(again, to=version("minor", of=MAJOR), of=was).decode().splitlines()[line - 1]
    assert rows() == 1


def test_a_program_whose_statements_no_longer_fit_says_so_and_can_be_mended(owner: Actor, program_id: str) -> None:
    """As after an update whose shipped files lack an id that a program's own version names."""
    publish(owner, program_id, edited(reworded, to=PATCH))
    _break(program_id)
    with pytest.raises(Invalid, match="do not fit together"):
        queries.library_of(program_id)
    with pytest.raises(Invalid, match="do not fit together"):
        start_run(owner, program_id=program_id, name="Next")
    publish(owner, program_id, edited(reworded, to=version("minor")))
    assert queries.library_of(program_id).versions["mindset"] == version("minor")


def test_an_editor_publishes_nothing(owner: Actor, program_id: str) -> None:
    editor = person(owner, program_id, "editor")
    with pytest.raises(PermissionError):
        publish(editor, program_id, edited(reworded, to=PATCH))
    assert rows() == 0


def test_a_closed_run_keeps_its_own_text(owner: Actor, program_id: str) -> None:
    run = answered_run(owner, program_id, form="long")
    close_run(owner, program_id=program_id, run_id=run, version=assessments.run(program_id, run).version)
    before = assessments.assessment(program_id, run)
    publish(owner, program_id, edited(without_voc_3, to=MAJOR))
    assert assessments.library(program_id, run).statement("MI-VOC-3").text
    assert assessments.assessment(program_id, run) == before


def _change(sql: str, **values: Any) -> None:
    with writing_engine().begin() as connection:
        connection.execute(text(sql), values)


def _put_into(run_id: str, content: bytes) -> None:
    """Let a run have asked another version of mindset."""
    snapshot = library.load().snapshot() | {"mindset": _plain(content)}
    _change(
        "UPDATE assessment_run SET model_snapshot = :snapshot, model_sha256 = :digest WHERE id = :id",
        snapshot=json.dumps(snapshot), digest="0" * 64, id=run_id,
    )  # fmt: skip


def _break(program_id: str) -> None:
    broken = _plain(edited(_unknown_id, to=PATCH))
    _change(
        "UPDATE published_model SET content = :content WHERE program_id = :id",
        content=json.dumps(broken),
        id=program_id,
    )


def _plain(content: bytes) -> dict[str, Any]:
    return as_plain(read(content, file="mine.yaml").content)
