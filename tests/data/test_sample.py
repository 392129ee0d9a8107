from datetime import date
from pathlib import Path
from statistics import median

import pytest

from data.metrics import measure, monthly
from data.sample.generate import generate, go_live
from data.sample.world import GO_LIVE_MONTHS_BEFORE_END
from data.warehouse import check, open_warehouse

END = date(2026, 11, 20)
SAMPLE = Path(__file__).parents[2] / "data" / "sample"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("sample")
    generate(home, end=END)
    return home


def test_the_company_has_its_size(home: Path, tmp_path: Path) -> None:
    counts = generate(tmp_path, end=END)

    assert 19_000 <= counts["interaction"] <= 21_000
    assert 5_800 <= counts["transaction"] <= 6_200
    assert (counts["contact"], counts["opportunity"], counts["agent"]) == (2_000, 1_500, 12)
    assert check(home, "sample") == []


def test_the_same_seed_makes_the_same_files(home: Path, tmp_path: Path) -> None:
    generate(tmp_path, end=END)
    with open_warehouse(home, "sample") as one, open_warehouse(tmp_path, "sample") as other:
        assert one.manifest == other.manifest
    generate(tmp_path, end=END, seed=8)
    with open_warehouse(home, "sample") as one, open_warehouse(tmp_path, "sample") as other:
        assert one.manifest.tables["contact"].sha256 != other.manifest.tables["contact"].sha256
        assert other.version == 2


def test_it_spans_24_months_and_ends_on_the_day(home: Path) -> None:
    with open_warehouse(home, "sample") as warehouse:
        for metric_id in ("interactions", "win_rate", "active_customers"):
            result = monthly(warehouse, metric_id)
            assert len(result.rows) == 24
            assert not result.rows[-1]["period_complete"]
            assert result.data_to is not None
            assert result.data_to <= END
        assert monthly(warehouse, "interactions").data_to == END


def test_the_answer_desk_shortened_the_wait(home: Path) -> None:
    live = go_live(END)
    assert (live.component, live.at) == ("Listening and response", date(2026, 6, 2))

    with open_warehouse(home, "sample") as warehouse:
        waits = [row["value"] for row in monthly(warehouse, "first_response").rows]
    before, after = waits[: -GO_LIVE_MONTHS_BEFORE_END - 1], waits[-GO_LIVE_MONTHS_BEFORE_END:]

    assert 8.5 <= median(before) <= 9.8
    assert 5.0 <= median(after) <= 6.2
    assert max(before) - min(before) > 0.8  # noise, so that the change has to stand out


def test_it_has_honest_quirks(home: Path) -> None:
    with open_warehouse(home, "sample") as warehouse:
        (unassigned,) = measure(warehouse, "interactions", where={"pillar": None}).rows
        (strangers,) = measure(warehouse, "interactions", where={"contact_id": None}).rows
        (unknown,) = measure(warehouse, "interactions", where={"contact_id": "C-99999"}).rows
        (misspelled,) = measure(warehouse, "win_rate", where={"product_id": "R-00"}).rows
        (reply,) = measure(warehouse, "first_response").rows
        (value,) = measure(warehouse, "won_value").rows
        statuses = warehouse.table("identity_link").status.topk(3).to_pyarrow().to_pylist()

    assert min(row["n"] for row in (unassigned, strangers, unknown, misspelled)) > 0
    assert reply["unanswered"] > reply["automated_only"] > 0
    assert value["missing"] > 0
    assert value["currency"] == "USD"
    assert {row["status"] for row in statuses} == {"proposed", "confirmed", "rejected"}


def test_no_word_is_left_unfilled_and_no_slot_open(home: Path) -> None:
    with open_warehouse(home, "sample") as warehouse:
        interaction = warehouse.table("interaction")
        texts = interaction.filter(interaction.body.notnull()).select("body", "subject").distinct().to_pyarrow()
    bodies = texts.column("body").to_pylist()

    assert len(set(bodies)) > 3_000
    assert not [body for body in bodies if "{" in body or "None" in body]


@pytest.mark.parametrize("end", [date(2024, 2, 29), date(2026, 1, 1), date(2026, 12, 31)])
def test_it_can_end_on_any_day(end: date, tmp_path: Path) -> None:
    generate(tmp_path, end=end)
    with open_warehouse(tmp_path, "sample") as warehouse:
        assert len(monthly(warehouse, "interactions").rows) == 24


def test_it_stays_small_in_the_repository() -> None:
    assert sum(file.stat().st_size for file in SAMPLE.iterdir() if file.is_file()) < 300_000
