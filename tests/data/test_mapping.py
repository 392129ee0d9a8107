"""Map files: strict, with the line in every refusal, and the same after writing and reading."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.mapping import Map, MapProblem, load_map, parse_map, propose, to_yaml
from data.reading import describe
from tests.data.import_files import made

CONNECTORS = Path(__file__).parents[2] / "data" / "connectors"


@pytest.mark.parametrize("path", sorted(CONNECTORS.glob("maven_*.yaml")), ids=lambda path: path.stem)
def test_a_shipped_map_is_the_same_after_writing_and_reading(path: Path) -> None:
    assert parse_map(to_yaml(load_map(path))) == load_map(path)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=8)


@given(st.dictionaries(WORDS, st.one_of(st.booleans(), st.none(), WORDS)), st.lists(WORDS, max_size=3))
def test_any_words_survive_writing_and_reading(meanings: dict[str, bool | str | None], empty: list[str]) -> None:
    fields = {"stage": {"from": "deal stage", "map": meanings, "other": None}}
    map_ = Map.model_validate({"table": "opportunity", "empty": tuple(empty), "fields": fields})
    again = parse_map(to_yaml(map_))
    assert again == map_
    assert again.fields["stage"].knows_other


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("table: nothing", r'map, line 1: "table" is nothing, which is no table'),
        ("table: account\nfields:\n  nme: {from: a}", r'line 3: "fields.nme" is no column of account'),
        ("table: account\nfields:\n  name: {frm: a}", r'line 3: "fields.name.from" is missing'),
        ("table: account\ncolour: red", r'line 2: "colour" is not a known entry'),
        ("table: account\nskip: many", r'line 2: "skip" input should be a valid integer'),
        ("table: account\nid: account", r'line 2: "id" input should be a valid list'),
        ("table: account\ntable: contact", r'line 2: "table" stands here a second time'),
        (
            "table: account\nconstant: {name: x}\nfields:\n  name: {from: y}",
            r'line 2: "constant.name" is a field as well',
        ),
        ("table: account\npositions: {a: [6, 0]}", r'line 2: "positions.a" must be a first and a later last place'),
        (
            'table: account\nfields:\n  created_at: {from: a, format: "%Q"}',
            r'line 3: "fields.created_at.format" is no date',
        ),
        (
            "table: account\nfields:\n  created_at: {from: a, zone: Mars}",
            r'line 3: "fields.created_at.zone" is no time zone',
        ),
        ("table: [", "line 1: this is not valid YAML"),
        ("[" * 20_000, "line 1: this is nested too deeply"),
        ("- table", "a map file has named entries"),
        ("table: !!python/object/apply:os.system [ls]", r'line 1: "table" is not a plain value'),
        ("table: &a account\nsheet: *a", "line 2: aliases are not used"),
        ("table: account\nsheet: " + "x" * 300_000, "is larger than 64 KB"),
    ],
)
def test_a_wrong_map_is_refused_with_its_line(text: str, message: str) -> None:
    with pytest.raises(MapProblem, match=message):
        parse_map(text)


def test_words_that_look_like_something_else_stay_words() -> None:
    map_ = parse_map("table: account\nwhere: {no: [1, 08:30, 1e3, off]}\nempty: [no, '']")
    assert map_.where == {"no": ("1", "08:30", "1e3", "off")}
    assert map_.empty == ("no", "")


def test_a_map_is_proposed_by_names(tmp_path: Path) -> None:
    path = made(
        tmp_path, "Opportunity ID;Amount;Closed At;Stage;Other\nA;1,50;31/12/2025;Won;x\nB;2,5;01/02/2025;Lost;y\n"
    )
    map_ = propose(describe(path), "opportunity")
    assert map_.id == ("Opportunity ID",)
    assert {name: field.from_ for name, field in map_.fields.items()} == {
        "opportunity_id": "Opportunity ID",
        "stage": "Stage",
        "amount": "Amount",
        "closed_at": "Closed At",
    }
    assert map_.fields["amount"].decimal == ","
    assert map_.fields["closed_at"].format == "%d/%m/%Y"
    assert parse_map(to_yaml(map_)) == map_
