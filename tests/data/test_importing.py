"""Importing: every row accounted for, nothing twice, and what is odd is said."""

import os
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.canonical import TABLES, arrow_schema
from data.importing import ImportRefused, import_file
from data.manifest import BadName, read_manifest, warehouse_folder
from data.mapping import MapProblem, load_map
from data.quality import one_slip
from data.reading import UnreadableFile
from data.reading.engine import engine
from data.warehouse import check as check_warehouse
from tests.data.import_files import NOW, balanced, codes, imported, made, rows

CONNECTORS = Path(__file__).parents[2] / "data" / "connectors"
MAVEN = (
    ("accounts.csv", "account", "maven_accounts"),
    ("products.csv", "product", "maven_products"),
    ("sales_teams.csv", "agent", "maven_agents"),
    ("sales_pipeline.csv", "opportunity", "maven_opportunities"),
)


@pytest.fixture
def shared() -> Path:
    folder = os.environ.get("GROUNDWORK_TEST_DATA")
    if not folder:
        pytest.skip("GROUNDWORK_TEST_DATA is not set: the shared data sets are not here")
    return Path(folder)


def test_the_four_maven_files(tmp_path: Path, shared: Path) -> None:
    for again in (False, True):
        for name, table, map_name in MAVEN:
            mapping = load_map(CONNECTORS / f"{map_name}.yaml")
            result = import_file(tmp_path, "test", shared / "crm_maven" / name, table, mapping, now=NOW)
            assert (result.accepted, result.unchanged) == ((0, result.read) if again else (result.read, 0))
            assert result.version == (4 if again else 1 + [each[1] for each in MAVEN].index(table))
            if table == "account":
                assert codes(result) == {"similar_values": 12}
                assert '"technolgy" looks like "technology"' in result.findings[0].sentence
    assert result.read == 8_800
    assert codes(result) == {"unmatched_product_id": 1_480, "empty_account_id": 1_425}
    assert check_warehouse(tmp_path, "test") == []
    won = [amount for is_won, amount in rows(tmp_path, "opportunity", "is_won", "amount") if is_won]
    assert (len(won), sum(won)) == (4_238, Decimal(10_005_534))


def test_a_table_has_the_schema_of_its_design(tmp_path: Path) -> None:
    imported(
        tmp_path,
        made(tmp_path, "interaction_id,occurred_at,pillar\n1,2025-01-01T10:00:00+02:00,sales\n"),
        "interaction",
    )
    folder = warehouse_folder(tmp_path, "test")
    entry = read_manifest(folder).tables["interaction"]
    schema = pq.ParquetFile(folder / entry.file).schema_arrow
    wanted = arrow_schema(TABLES["interaction"])
    assert [(field.name, field.type) for field in schema] == [(field.name, field.type) for field in wanted]
    assert rows(tmp_path, "interaction", "occurred_at", "source_system", "extracted_at") == [
        (datetime(2025, 1, 1, 8, tzinfo=UTC), "files", NOW)
    ]


def test_landing_keeps_every_column_as_it_was_read(tmp_path: Path) -> None:
    result = imported(tmp_path, made(tmp_path, "contact_id,shoe size\n007,  42 \n"))
    assert result.unmapped == ("shoe size",)
    landed = list(warehouse_folder(tmp_path, "test").glob("landing/files/contact/*.parquet"))
    assert pq.read_table(landed[0]).to_pylist() == [{"contact_id": "007", "shoe size": "  42 ", "_line": 2}]


def test_the_same_rows_again_change_nothing_and_changed_rows_are_accepted(tmp_path: Path) -> None:
    first = imported(tmp_path, made(tmp_path, "contact_id,city\n1,Bern\n2,Rome\n3,Oslo\n"))
    assert (first.accepted, first.version) == (3, 1)
    same = imported(tmp_path, made(tmp_path, "contact_id,city\n3,Oslo\n1,Bern\n"), now=NOW + timedelta(days=1))
    assert (same.accepted, same.unchanged, same.version) == (0, 2, 1)
    changed = imported(
        tmp_path, made(tmp_path, "contact_id,city\n2,Paris\n3,Oslo\n4,Riga\n"), now=NOW + timedelta(days=2)
    )
    assert (changed.accepted, changed.unchanged, changed.version) == (2, 1, 2)
    later = NOW + timedelta(days=2)
    assert rows(tmp_path, "contact", "city", "extracted_at") == [
        ("Bern", NOW),
        ("Paris", later),
        ("Oslo", NOW),
        ("Riga", later),
    ]
    other = imported(tmp_path, made(tmp_path, "contact_id,city\n1,Lyon\n"), source="shop")
    assert (other.accepted, other.version) == (1, 3)
    sources = read_manifest(warehouse_folder(tmp_path, "test")).tables["contact"].sources
    assert {name: entry.rows for name, entry in sources.items()} == {"files": 4, "shop": 1}


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n", exclude_categories=["Cs"]), max_size=5)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=8)
@given(st.lists(st.tuples(st.sampled_from("abc"), CELL), min_size=1, max_size=6))
def test_every_row_is_accounted_for_and_a_second_import_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str]]
) -> None:
    home = tmp_path_factory.mktemp("home")
    lines = "".join('{},"{}"\n'.format(name, text.replace('"', '""')) for name, text in cells)
    path = made(home, "contact_id,full_name\n" + lines)
    first = imported(home, path)
    assert balanced(first)
    assert first.accepted == len({name for name, _ in cells})
    again = imported(home, path)
    assert balanced(again)
    assert (again.accepted, again.rejected, again.version) == (0, first.rejected, first.version)


def test_rows_without_an_id_are_named_by_their_content(tmp_path: Path) -> None:
    told = (
        "table: transaction\nformat: fixed\npositions: {who: [0, 3], day: [4, 12], money: [12, 20]}\nskip: 1\n"
        'fields:\n  contact_id: {from: who}\n  occurred_at: {from: day, type: date, format: "%Y%m%d"}\n'
        '  amount: {from: money, type: decimal, decimal: "."}\nconstant: {currency: USD, kind: order}\n'
    )
    path = made(
        tmp_path,
        "who day     money\r\n001 19970101   29.33\r\n001 19970101   29.33\r\n002 19970118    5.00\r\n",
        "a.txt",
    )
    first = imported(tmp_path, path, "transaction", told)
    assert (first.read, first.accepted) == (3, 3)
    assert imported(tmp_path, path, "transaction", told).unchanged == 3
    found = rows(tmp_path, "transaction", "contact_id", "amount", "currency", "kind", "transaction_id", "source_id")
    assert sorted(row[:4] for row in found)[:2] == [("001", Decimal("29.33"), "USD", "order")] * 2
    assert all(key == name for *_, key, name in found)


def test_the_same_id_twice_is_unchanged_or_rejected(tmp_path: Path) -> None:
    result = imported(tmp_path, made(tmp_path, "contact_id,city\n1,Bern\n1,Bern\n1,Rome\n,Oslo\n"))
    assert (result.accepted, result.unchanged, result.rejected) == (1, 1, 2)
    assert [(problem.line, problem.reason) for problem in result.rejected_rows] == [
        (4, "line 2 has the same id and says something else"),
        (5, "the id is empty"),
    ]


def test_maps_words_where_and_empty(tmp_path: Path) -> None:
    told = (
        "table: opportunity\nid: [id]\nempty: ['', n/a]\nwhere: {kind: [deal]}\nfields:\n"
        "  is_won: {from: stage, map: {Won: true, Lost: false}, other: null}\n"
        "  is_closed: {from: stage, map: {Won: true, Lost: true}}\n"
        "  amount: {from: value}\n  closed_at: {from: closed, zone: America/New_York}\n"
    )
    text = "id,kind,stage,value,closed\n1,deal,Won,10,2025-01-01 12:00\n2,lead,,,\n3,deal,Open,n/a,\n4,deal,Lost,x1,\n"
    result = imported(tmp_path, made(tmp_path, text), "opportunity", told)
    assert (result.read, result.accepted, result.rejected, result.left_out) == (4, 2, 1, 1)
    assert [(problem.line, problem.column, problem.value) for problem in result.rejected_rows] == [(5, "value", "x1")]
    assert rows(tmp_path, "opportunity", "is_won", "is_closed", "amount", "closed_at") == [
        (True, True, Decimal(10), datetime(2025, 1, 1, 17, tzinfo=UTC)),
        (None, None, None, None),
    ]
    assert codes(result) == {"unmapped_words": 1}
    amount = next(column for column in result.columns if column.target == "amount")
    assert (amount.empty, amount.parsed_share, amount.max) == (1, 0.5, "10.0000")


def test_words_outside_a_vocabulary_become_other_and_are_counted(tmp_path: Path) -> None:
    text = "interaction_id,channel,occurred_at\n1,Email,2025-01-01\n2,web form,2025-01-01\n3,pigeon,2025-01-01\n4,,\n"
    result = imported(tmp_path, made(tmp_path, text), "interaction")
    assert codes(result) == {"unknown_vocabulary": 1}
    assert [channel for (channel,) in rows(tmp_path, "interaction", "channel")] == ["email", "web_form", "other"]
    assert [problem.reason for problem in result.rejected_rows] == ["this is empty, and every interaction needs it"]


def test_foreign_keys_are_looked_up_within_their_source(tmp_path: Path) -> None:
    imported(tmp_path, made(tmp_path, "contact_id\n1\n"))
    path = made(tmp_path, "case_id,contact_id\nA,1\nB,2\nC,\n")
    assert codes(imported(tmp_path, path, "case")) == {"unmatched_contact_id": 1, "empty_contact_id": 1}
    assert codes(imported(tmp_path, path, "case", source="desk")) == {"unmatched_contact_id": 2, "empty_contact_id": 1}
    replies = made(tmp_path, "interaction_id,in_reply_to,occurred_at\n1,,2025-01-01\n2,1,2025-01-02\n3,9,2025-01-02\n")
    assert codes(imported(tmp_path, replies, "interaction")) == {"unmatched_in_reply_to": 1, "empty_in_reply_to": 1}


def test_a_dry_run_leaves_nothing_behind(tmp_path: Path) -> None:
    result = imported(tmp_path, made(tmp_path, "contact_id\n1\n"), dry_run=True)
    assert (result.accepted, result.version, result.dry_run) == (1, None, True)
    assert not warehouse_folder(tmp_path, "test").exists()


def test_a_field_without_its_source_column_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path, "id,town\n1,Bern\n")
    with pytest.raises(ImportRefused, match=r'no column "city", which the map wants \(fields.city\)'):
        imported(tmp_path, path, map_text="table: contact\nid: [id]\nfields:\n  city: {from: city}")
    with pytest.raises(ImportRefused, match="The map is for the table account"):
        imported(tmp_path, path, map_text="table: account\nid: [id]")
    with pytest.raises(ImportRefused, match="no column is named like one of contact"):
        imported(tmp_path, path)
    assert read_manifest(warehouse_folder(tmp_path, "test")).version == 0


@pytest.mark.parametrize("name", ["", "../x", "a/b", "A", "-a", "a" * 64, "a\n"])
def test_a_client_or_source_is_a_plain_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadName):
        warehouse_folder(tmp_path, name)
    with pytest.raises(BadName):
        imported(tmp_path, made(tmp_path, "contact_id\n1\n"), source=name)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"gone\.csv: there is no such file"):
        imported(tmp_path, tmp_path / "gone.csv")
    with pytest.raises(MapProblem, match=r"gone\.yaml cannot be read"):
        load_map(tmp_path / "gone.yaml")


def test_community_posts_become_threads_and_answers(tmp_path: Path, shared: Path) -> None:
    posts = shared / "community" / "Posts_coffee.xml"
    thread = (
        "table: thread\nformat: xml_rows\nxml_row: row\nid: [Id]\nwhere: {PostTypeId: [1]}\nfields:\n"
        "  contact_id: {from: OwnerUserId}\n  asked_at: {from: CreationDate}\n  title: {from: Title}\n"
        "  accepted_answer_id: {from: AcceptedAnswerId}\n"
    )
    result = imported(tmp_path, posts, "thread", thread)
    assert (result.read, result.accepted, result.left_out) == (592, 225, 367)
    assert sum(answer is not None for (answer,) in rows(tmp_path, "thread", "accepted_answer_id")) == 105


def test_fault_38_the_engine_reads_nothing_outside_of_its_folder(tmp_path: Path) -> None:
    with engine(tmp_path) as connection:
        for target in ("/etc/passwd", "https://127.0.0.1:9/a.csv"):
            with pytest.raises(duckdb.PermissionException):
                connection.execute("SELECT * FROM read_csv(?)", [target]).fetchall()
        with pytest.raises(duckdb.Error):
            connection.execute("SET enable_external_access = true")


def test_a_column_may_be_called_anything(tmp_path: Path) -> None:
    path = made(tmp_path, 'contact_id,"it\'s ""x""; DROP",source_id,kept\n1,a,b,c\n')
    told = "table: contact\nid: [contact_id]\nfields:\n  city: {from: 'it''s \"x\"; DROP'}"
    result = imported(tmp_path, path, map_text=told)
    assert result.unmapped == ("source_id", "kept")
    assert rows(tmp_path, "contact", "city", "source_id") == [("a", "1")]


def test_names_and_dates_with_quotes_are_only_text(tmp_path: Path) -> None:
    text = "contact_id,full_name,birth_date\n1,Robert'); DROP TABLE judged;--,2000-01-31\n"
    path = made(tmp_path, text, "it's.csv")
    imported(tmp_path, path, file_name="x'); DROP TABLE contact;--.csv")
    assert rows(tmp_path, "contact", "full_name", "birth_date") == [
        ("Robert'); DROP TABLE judged;--", date(2000, 1, 31))
    ]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("technolgy", "technology", True),
        ("reatil", "retail", True),
        ("retail", "retail", False),
        ("retail", "rental", False),
        ("medicalx", "medical", True),
    ],
)
def test_one_slip_is_one_letter(left: str, right: str, expected: bool) -> None:
    assert one_slip(left, right) is expected


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("opportunity_id,day\n1,2017-03-01\n", '{from: day, type: date, format: "%Y-%m-%d"}'),
        ("opportunity_id,day\n1,2017-03-01\n", "{from: day}"),
        ("opportunity_id,day\n1,01.03.2017\n", '{from: day, format: "%d.%m.%Y"}'),
        ("opportunity_id,day\n1,42795\n", "{from: day, format: excel}"),
    ],
)
def test_a_day_without_a_time_begins_at_the_clients_midnight(tmp_path: Path, text: str, field: str) -> None:
    map_text = f"table: opportunity\nid: [opportunity_id]\nfields:\n  closed_at: {field}\n"
    imported(tmp_path, made(tmp_path, text), "opportunity", map_text, time_zone="America/New_York")
    assert rows(tmp_path, "opportunity", "closed_at") == [(datetime(2017, 3, 1, 5, tzinfo=UTC),)]


@pytest.mark.parametrize("written", ["2017-03-01T05:00:00Z", "2017-03-01 05:00", "2017-03-01T00:00:00-05:00"])
def test_a_time_is_not_moved_by_the_clients_zone(tmp_path: Path, written: str) -> None:
    file = made(tmp_path, f"opportunity_id,closed_at\n1,{written}\n")
    imported(tmp_path, file, "opportunity", time_zone="America/New_York")
    assert rows(tmp_path, "opportunity", "closed_at") == [(datetime(2017, 3, 1, 5, tzinfo=UTC),)]


def test_numbers_with_more_decimals_than_are_kept_are_a_finding(tmp_path: Path) -> None:
    file = made(
        tmp_path, "transaction_id,amount,occurred_at\n1,1.00005,2026-01-01\n2,1.0500,2026-01-01\n3,7,2026-01-01\n"
    )
    result = imported(tmp_path, file, "transaction")
    assert codes(result)["rounded_decimals"] == 1
    assert result.accepted == 3


def test_a_bad_date_is_named_with_what_a_good_one_looks_like(tmp_path: Path) -> None:
    file = made(tmp_path, "contact_id,birth_date\n1,31/12/1980\n2,31/02/1980\n3,14/05/1975\n")
    (problem,) = imported(tmp_path, file).rejected_rows
    assert (problem.line, problem.column, problem.reason) == (3, "birth_date", "this is not a date like 22/11/2026")


def test_a_file_of_broken_lines_only_is_counted(tmp_path: Path) -> None:
    file = made(tmp_path, 'contact_id,full_name\n1,a,b\n2\n3,"x\n')
    result = imported(tmp_path, file, accept_broken_lines=True)
    assert (result.read, result.rejected, result.accepted) == (3, 3, 0)
    assert [problem.line for problem in result.rejected_rows] == [2, 3, 4]
