"""Versions of a model file: what differs, which number that takes, and what a crosswalk does to answers and scores."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments import library
from assessments.functions import ASPECTS
from assessments.model import AspectFile
from assessments.model_file import as_plain, restore
from assessments.responses import Answer, Kind
from assessments.versions import Bump, chained, check_version, diff, moved, next_version, parts, preview, warnings

Edit = Callable[[dict[str, Any]], object]
PLAIN = library.load().snapshot()["mindset"]
VERSION = PLAIN["model"]["version"]
LIBRARY = library.load()
IDS = [statement.id for statement in LIBRARY.statements("long")]


def as_it_is(_plain: dict[str, Any]) -> None:
    pass


def file(edit: Edit = as_it_is, *, version: str = VERSION) -> AspectFile:
    """The shipped file of mindset, changed."""
    plain = library.load().snapshot()["mindset"]
    edit(plain)
    plain["model"]["version"] = version
    return restore(plain, file="mindset", shape=AspectFile).content


OLD = file()


def statement(plain: dict[str, Any], number: int = 1, dimension: int = 1) -> dict[str, Any]:
    found: dict[str, Any] = plain["dimensions"][dimension]["statements"][number]
    return found


def drop(plain: dict[str, Any]) -> None:
    """Take MI-VOC-3 out, which no other statement names."""
    del plain["dimensions"][1]["statements"][2]


def add(plain: dict[str, Any], *, text: str = "Customers see who answers them.", number: int = 5) -> None:
    new = statement(plain) | {"id": f"MI-VOC-{number}", "short_form": False}
    new["text"] = {"en": text}
    plain["dimensions"][1]["statements"].append(new)


def reword(plain: dict[str, Any]) -> None:
    words = statement(plain)["text"]["en"]
    statement(plain)["text"] = {"en": f"{words} Always."}


def with_crosswalk(edit: Edit, to: Any, *, from_version: str = VERSION) -> Edit:
    def both(plain: dict[str, Any]) -> None:
        edit(plain)
        plain["crosswalk"] = {"from_version": from_version, "statements": to}

    return both


EDITS: dict[str, tuple[Edit, Bump, str, str]] = {
    "a word": (reword, "patch", "MI-VOC-2", "text"),
    "a translation": (lambda p: statement(p)["text"].update(de="Neu"), "patch", "MI-VOC-2", "text (de)"),
    "an anchor": (lambda p: statement(p)["levels"]["3"].update(en="Other"), "patch", "MI-VOC-2", "level 3"),
    "the functions": (lambda p: statement(p).update(functions=["it"]), "minor", "MI-VOC-2", "functions"),
    "what is required": (lambda p: statement(p).update(requires={"MI-INT-1": 1}), "minor", "MI-VOC-2", "requires"),
    "the evidence": (lambda p: statement(p)["evidence"].pop(), "minor", "MI-VOC-2", "evidence"),
    "the fact": (
        lambda p: statement(p).update(fact={"id": "owners_named", "at_least": {"2": 0.5}}), "minor", "MI-VOC-2", "fact",
    ),
    "the weight": (lambda p: p["dimensions"][1].update(weight=2.0), "minor", "MI-VOC", "weight"),
    "a statement more": (add, "minor", "MI-VOC-5", "statement"),
    "a statement less": (drop, "major", "MI-VOC-3", "statement"),
    "a dimension less": (lambda p: p["dimensions"].pop(), "major", "MI-PER", "dimension"),
    "the gate": (lambda p: p["dimensions"][1].update(gate=None), "major", "MI-VOC", "gate"),
    "the scale": (
        lambda p: p["model"]["scale"]["labels"][0].update(en="None"), "major", "scrm.mindset", "scale 0",
    ),
    "the order": (lambda p: p["dimensions"].reverse(), "patch", "scrm.mindset", "order of dimensions"),
}  # fmt: skip


@pytest.mark.parametrize("aspect", ASPECTS)
def test_a_file_does_not_differ_from_itself(aspect: str) -> None:
    content = restore(LIBRARY.snapshot()[aspect], file=aspect, shape=AspectFile).content
    assert diff(content, content).changes == ()
    assert diff(content, content).needs is None


@pytest.mark.parametrize("what", EDITS)
def test_every_kind_of_change_is_named_and_takes_its_part_of_the_number(what: str) -> None:
    edit, needs, id_, field = EDITS[what]
    found = diff(OLD, file(edit))
    assert found.needs == needs
    assert (id_, field) in [(change.id, change.field) for change in found.changes]


@given(chosen=st.lists(st.sampled_from(sorted(set(EDITS) - {"a statement less"})), unique=True))
def test_nothing_differs_only_where_nothing_was_changed(chosen: list[str]) -> None:
    def edit(plain: dict[str, Any]) -> None:
        for what in (each for each in EDITS if each in chosen):
            EDITS[what][0](plain)

    new = file(edit)
    assert bool(diff(OLD, new).changes) == (as_plain(new) != as_plain(OLD))


def test_a_change_says_what_was_and_what_is() -> None:
    (change,) = diff(OLD, file(reword)).changes
    assert (change.kind, change.after) == ("reworded", f"{change.before} Always.")


@pytest.mark.parametrize("what", EDITS)
def test_the_number_must_rise_by_what_the_changes_take(what: str) -> None:
    edit, needs, id_, _ = EDITS[what]
    gone = {"a statement less": ["MI-VOC-3"], "a dimension less": ["MI-PER-1", "MI-PER-2", "MI-PER-3", "MI-PER-4"]}
    edit = with_crosswalk(edit, dict.fromkeys(gone.get(what, []), "dropped"))
    assert check_version(OLD, file(edit, version=next_version(VERSION, needs))) == ()
    assert check_version(OLD, file(edit, version="9.0.0")) == ()
    too_low: dict[Bump, str] = {"major": next_version(VERSION, "minor"), "minor": next_version(VERSION, "patch")}
    if needs in too_low:
        (problem,) = check_version(OLD, file(edit, version=too_low[needs]))
        assert problem.path == ("model", "version")
        assert f"takes a {needs} version, {next_version(VERSION, needs)} or higher" in problem.sentence
        assert id_.split("-")[0] in problem.sentence


@pytest.mark.parametrize(
    ("edit", "version", "said"),
    [
        (reword, VERSION, f"Version {VERSION} exists with other content"),
        (reword, "0.9.0", "is older than"),
        (as_it_is, VERSION, "Nothing differs"),
        (as_it_is, "9.0.0", "Nothing differs"),
        (reword, "1." + "9" * 5000 + ".0", "more digits"),
    ],
)
def test_a_number_that_cannot_follow_is_refused_in_a_sentence(edit: Edit, version: str, said: str) -> None:
    (problem,) = check_version(OLD, file(edit, version=version))
    assert said in problem.sentence


def test_a_file_of_another_aspect_follows_nothing() -> None:
    other = restore(LIBRARY.snapshot()["strategy"], file="strategy", shape=AspectFile).content
    (problem,) = check_version(OLD, other)
    assert problem.sentence == "This is scrm.strategy, not scrm.mindset."


@pytest.mark.parametrize(
    ("to", "from_version", "said"),
    [
        ({}, VERSION, "MI-VOC-3 went away"),
        ({"MI-VOC-3": "MI-VOC-9"}, VERSION, "MI-VOC-9, not in this file"),
        ({"MI-VOC-3": "dropped"}, "0.1.0", "The crosswalk is from 0.1.0"),
        ({"MI-VOC-3": "dropped", "MI-VOC-1": "MI-VOC-2"}, VERSION, "which is still here"),
    ],
)
def test_a_crosswalk_covers_every_id_that_went_away(to: Any, from_version: str, said: str) -> None:
    new = file(with_crosswalk(drop, to, from_version=from_version), version="2.0.0")
    (problem,) = check_version(OLD, new)
    assert said in problem.sentence
    assert problem.path[0] == "crosswalk"


def test_without_any_crosswalk_the_ids_that_went_away_are_named() -> None:
    (problem,) = check_version(OLD, file(drop, version="2.0.0"))
    assert f"MI-VOC-3 went away. A crosswalk from {VERSION} has to say" in problem.sentence


def test_an_id_is_not_used_again_for_something_else() -> None:
    gone = file(with_crosswalk(drop, {"MI-VOC-3": "dropped"}), version="2.0.0")

    def again(plain: dict[str, Any]) -> None:
        drop(plain)
        add(plain, text="Customers see who answers them.", number=3)

    (problem,) = check_version(gone, file(again, version="2.1.0"), earlier=[OLD])
    assert problem.path == ("dimensions", 1, "statements", 3)
    assert f"MI-VOC-3 stood in version {VERSION}" in problem.sentence
    assert check_version(gone, file(version="2.1.0"), earlier=[OLD]) == ()  # the same statement may come back


def test_a_number_that_an_earlier_version_had_is_taken() -> None:
    taken = file(lambda plain: statement(plain).update(functions=["it"]), version=next_version(VERSION, "minor"))
    (problem,) = check_version(OLD, file(add, version=next_version(VERSION, "minor")), earlier=[taken])
    assert "exists with other content" in problem.sentence


def test_another_statement_under_the_same_id_is_a_warning_unless_the_version_is_major() -> None:
    def other(plain: dict[str, Any]) -> None:
        statement(plain)["text"] = {"en": "Parking is free."}

    (sentence,) = warnings(OLD, file(other, version=next_version(VERSION, "patch")))
    assert sentence.startswith("MI-VOC-2 said “")
    assert "Parking is free." in sentence
    assert warnings(OLD, file(other, version="2.0.0")) == ()
    assert warnings(OLD, file(reword, version=next_version(VERSION, "patch"))) == ()


@given(numbers=st.tuples(*[st.integers(0, 300)] * 3), bump=st.sampled_from(["major", "minor", "patch"]))
def test_the_next_version_is_higher(numbers: tuple[int, int, int], bump: Bump) -> None:
    version = ".".join(map(str, numbers))
    assert parts(next_version(version, bump)) > parts(version) == numbers


def answer(level: int | None, id_: str, who: str = "Ada", kind: Kind = "level") -> Answer:
    return Answer(who, "sales", id_, level, kind, reason="why" if kind == "na" else "")


ANSWERS = st.lists(
    st.builds(answer, st.integers(0, 4), st.sampled_from(IDS), st.sampled_from(["Ada", "Bo", "Cy"])),
    unique_by=lambda each: (each.respondent, each.statement),
)


@given(answers=ANSWERS)
def test_the_identity_crosswalk_moves_nothing(answers: list[Answer]) -> None:
    for crosswalk in ({}, {id_: id_ for id_ in IDS}):
        found = moved(answers, crosswalk, known=IDS)
        assert list(found.answers) == answers
        assert found.kept == len(answers)
        assert (found.renamed, found.split, found.dropped, found.unknown, found.merged) == (0, 0, 0, 0, 0)
    shown = preview(answers, LIBRARY, LIBRARY, form="long")
    assert not [each for each in (shown.readiness, *shown.aspects, *shown.dimensions) if each.moves]


@given(answers=ANSWERS, data=st.data())
def test_every_answer_goes_one_way_and_nobody_answers_twice(answers: list[Answer], data: st.DataObject) -> None:
    ids = st.sampled_from(IDS)
    ways = st.one_of(ids, st.lists(ids, min_size=1, max_size=3), st.just("dropped"))
    found = moved(answers, data.draw(st.dictionaries(ids, ways, max_size=12)), known=set(IDS[:60]))
    assert found.kept + found.split + found.dropped + found.unknown == len(answers)
    assert found.renamed <= found.kept
    assert len({(each.respondent, each.statement) for each in found.answers}) == len(found.answers)
    assert {each.statement for each in found.answers} <= set(IDS[:60])


def test_a_split_answer_goes_to_each_and_a_dropped_one_nowhere() -> None:
    given_ = [answer(3, "MI-VOC-1"), answer(2, "MI-VOC-2"), answer(1, "MI-VOC-3"), answer(4, "MI-VOC-4")]
    found = moved(
        given_,
        {"MI-VOC-1": ["MI-VOC-5", "MI-VOC-6"], "MI-VOC-2": "dropped", "MI-VOC-3": "MI-VOC-7"},
        known={"MI-VOC-5", "MI-VOC-6", "MI-VOC-7"},
    )
    assert [(each.statement, each.level) for each in found.answers] == [
        ("MI-VOC-5", 3), ("MI-VOC-6", 3), ("MI-VOC-7", 1),
    ]  # fmt: skip
    assert (found.kept, found.renamed, found.split, found.dropped, found.unknown) == (1, 1, 1, 1, 1)


def test_where_answers_come_together_the_lower_level_stays() -> None:
    crosswalk = {"MI-VOC-1": "MI-VOC-4", "MI-VOC-2": "MI-VOC-4", "MI-VOC-3": "MI-VOC-4"}
    given_ = [answer(3, "MI-VOC-1"), answer(1, "MI-VOC-2"), answer(None, "MI-VOC-3", kind="dont_know")]
    for order in (given_, given_[::-1]):
        found = moved(order, crosswalk)
        assert [(each.statement, each.level) for each in found.answers] == [("MI-VOC-4", 1)]
        assert found.merged == 2


def test_crosswalks_over_several_versions_are_one() -> None:
    chain = chained(
        [{"MI-A": ["MI-B", "MI-C"], "MI-D": "dropped"}, {"MI-B": "MI-E", "MI-C": "dropped", "MI-F": "MI-G"}]
    )
    assert chain == {"MI-A": ("MI-E",), "MI-D": "dropped", "MI-B": ("MI-E",), "MI-C": "dropped", "MI-F": ("MI-G",)}


def test_the_preview_says_what_moves() -> None:
    """MI-VOC loses its one low statement, so that its score rises and nothing else does."""
    answers = [answer(0 if id_ == "MI-VOC-3" else 3, id_) for id_ in IDS]
    snapshot = LIBRARY.snapshot() | {"mindset": as_plain(file(drop, version="2.0.0"))}
    found = preview(answers, LIBRARY, library.from_snapshot(snapshot), {"MI-VOC-3": "dropped"}, form="long")
    assert [(each.id, each.before, each.after) for each in found.dimensions if each.moves] == [("MI-VOC", 2.25, 3.0)]
    assert [each.id for each in found.aspects if each.moves] == ["mindset"]
    assert found.moved.dropped == 1


def test_a_dimension_of_one_version_only_is_said_to_be_new_or_gone() -> None:
    answers = [answer(3, id_) for id_ in IDS]
    snapshot = LIBRARY.snapshot() | {"mindset": as_plain(file(lambda p: p["dimensions"].pop(), version="2.0.0"))}
    smaller = library.from_snapshot(snapshot)
    gone = [each for each in preview(answers, LIBRARY, smaller, form="long").dimensions if each.note]
    assert [(each.id, each.note, each.before, each.after) for each in gone] == [("MI-PER", "gone", 3.0, None)]
    kept = [each for each in answers if not each.statement.startswith("MI-PER")]
    new = [each for each in preview(kept, smaller, LIBRARY, form="long").dimensions if each.note]
    assert [(each.id, each.note, each.before, each.after) for each in new] == [("MI-PER", "new", None, None)]
