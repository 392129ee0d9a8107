import json
from pathlib import Path

import duckdb
import pytest

from data import manifest
from data.canonical import TABLES
from data.manifest import BadName, Damaged
from data.warehouse import UnknownEngine, UnknownTable, check, clients, open_warehouse
from tests.data.metric_cases import write_tables

BIG = "9223372036854775809"  # over 2^63


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_tables(tmp_path, {"agent": [{"agent_id": BIG, "name": "NA"}, {"agent_id": "007", "name": "None"}]})
    return tmp_path


def test_reads_what_the_manifest_names(home: Path) -> None:
    with open_warehouse(home, "tiny") as opened:
        assert opened.version == 1
        assert opened.tables() == ("agent",)
        assert opened.rows("agent") == 2
        assert opened.rows("contact") == 0


def test_fault_21_and_22_ids_and_words_stay_as_they_are(home: Path) -> None:
    with open_warehouse(home, "tiny") as opened:
        rows = opened.table("agent").select("agent_id", "name").to_pyarrow().to_pylist()
    assert rows == [{"agent_id": BIG, "name": "NA"}, {"agent_id": "007", "name": "None"}]


def test_a_client_without_imports_has_empty_typed_tables(tmp_path: Path) -> None:
    with open_warehouse(tmp_path, "nobody") as opened:
        assert opened.version == 0
        for name, table in TABLES.items():
            assert opened.table(name).columns[0] == table.key
            assert opened.table(name).count().to_pyarrow().as_py() == 0
    assert clients(tmp_path) == ()


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM read_parquet('http://127.0.0.1:9/x.parquet')",
        "ATTACH '{home}/other.db'",
        "COPY (SELECT 1) TO '{home}/out.csv'",
        "SELECT * FROM read_text('{home}/warehouse/tiny/manifest.json')",
    ],
)
def test_fault_38_the_engine_reads_no_other_file_and_no_network(home: Path, statement: str) -> None:
    with open_warehouse(home, "tiny") as opened, pytest.raises(duckdb.PermissionException):
        opened._connection.raw_sql(statement.format(home=home))


def test_fault_38_the_lock_cannot_be_taken_off(home: Path) -> None:
    with open_warehouse(home, "tiny") as opened, pytest.raises(duckdb.InvalidInputException, match="locked"):
        opened._connection.raw_sql("SET enable_external_access = true")


@pytest.mark.parametrize("client", ["../tiny", "", "a/b", ".hidden", "x" * 65, "a b"])
def test_a_client_name_never_leaves_the_folder(home: Path, client: str) -> None:
    with pytest.raises(BadName):
        open_warehouse(home, client)


def test_a_manifest_that_points_outside_is_refused(home: Path) -> None:
    manifest = home / "warehouse" / "tiny" / "manifest.json"
    entries = json.loads(manifest.read_text(encoding="utf-8"))
    entries["tables"]["agent"]["file"] = "../../../etc/passwd"
    manifest.write_text(json.dumps(entries), encoding="utf-8")

    with pytest.raises(Damaged, match="outside"):
        open_warehouse(home, "tiny")
    assert "outside" in check(home, "tiny")[0]


def test_unknown_names_are_refused_in_a_sentence(home: Path) -> None:
    with open_warehouse(home, "tiny") as opened, pytest.raises(UnknownTable, match="There is no table 'person'"):
        opened.table("person")
    with pytest.raises(UnknownEngine, match="oracle"):
        open_warehouse(home, "tiny", engine="oracle")


def test_check_finds_a_changed_a_missing_and_a_miscounted_file(home: Path) -> None:
    folder = home / "warehouse" / "tiny"
    assert check(home, "tiny") == []

    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["tables"]["agent"]["rows"] = 3
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert "has 2 rows, the manifest says 3" in check(home, "tiny")[0]

    file = folder / manifest["tables"]["agent"]["file"]
    file.write_bytes(file.read_bytes() + b"x")
    assert "checksum" in check(home, "tiny")[0]

    file.unlink()
    assert "is missing" in check(home, "tiny")[0]


def test_a_manifest_that_is_no_json_is_named(home: Path) -> None:
    (home / "warehouse" / "tiny" / manifest.FILE).write_text("{", encoding="utf-8")
    assert check(home, "tiny") == ["The manifest of the warehouse 'tiny' cannot be read."]
