"""The public CRM data set from the command line: files in, figures out that a spreadsheet can check."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("GROUNDWORK_TEST_DATA", "/nonexistent")) / "crm_maven"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="GROUNDWORK_TEST_DATA has no folder crm_maven")
FILES = {
    "accounts": ("account", "maven_accounts", 85),
    "products": ("product", "maven_products", 7),
    "sales_teams": ("agent", "maven_agents", 35),
    "sales_pipeline": ("opportunity", "maven_opportunities", 8_800),
}


def run(home: Path, *words: str) -> dict[str, Any]:
    environment = os.environ | {"GROUNDWORK_HOME": str(home)}
    command = [sys.executable, "-m", "program", *words, "--client", "maven", "--json"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    value: dict[str, Any] = json.loads(done.stdout)
    return value


def bring_in(home: Path) -> dict[str, dict[str, Any]]:
    return {
        name: run(home, "import", str(FOLDER / f"{name}.csv"), "--as", table, "--map", f"data/connectors/{known}.yaml")
        for name, (table, known, _) in FILES.items()
    }


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, dict[str, Any]]]:
    home = tmp_path_factory.mktemp("maven")
    return home, bring_in(home)


Imported = tuple[Path, dict[str, dict[str, Any]]]


def test_every_row_is_accepted_and_what_is_odd_is_found(imported: Imported) -> None:
    _, results = imported
    for name, (_, _, rows) in FILES.items():
        found = results[name]
        assert (found["read"], found["accepted"], found["rejected"]) == (rows, rows, 0)
    findings = {each["code"]: each["count"] for each in results["sales_pipeline"]["findings"]}
    assert findings == {"unmatched_product_id": 1_480, "empty_account_id": 1_425}


def test_win_rate_won_value_and_cycle(imported: Imported) -> None:
    home, _ = imported
    found = run(home, "metrics", "win_rate", "won_value", "cycle_days")["metrics"]
    (win, value, cycle) = [each["rows"][0] for each in found]
    assert (win["numerator"], win["denominator"], round(win["value"], 6)) == (4_238, 6_711, 0.631501)
    assert value["value"] == 10_005_534
    assert cycle["value"] == 57


def test_win_rate_by_office(imported: Imported) -> None:
    home, _ = imported
    (found,) = run(home, "metrics", "win_rate", "--by", "agent.office")["metrics"]
    assert sorted(round(row["value"], 4) for row in found["rows"]) == [0.6256, 0.6302, 0.6394]


def test_importing_again_changes_nothing(imported: Imported) -> None:
    home, _ = imported
    manifest = (home / "warehouse" / "maven" / "manifest.json").read_bytes()
    for name, found in bring_in(home).items():
        assert (found["accepted"], found["unchanged"]) == (0, FILES[name][2])
    assert (home / "warehouse" / "maven" / "manifest.json").read_bytes() == manifest
