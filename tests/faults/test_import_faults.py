"""Imports that are interrupted: killed, out of space, or two at a time (rows 1, 2 and 7)."""

import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from data.landing import WarehouseBusy, locked
from data.manifest import read_manifest, warehouse_folder
from data.warehouse import check as check_warehouse
from tests.data.import_files import imported, made, rows
from tests.faults.import_forever import BATCH

ROOT = Path(__file__).parents[2]
KILLS = 20


def killed_run(home: Path, first: int, seconds: float) -> list[int]:
    """Import batches from a number on and kill -9 some time after the first; return what was acknowledged."""
    command = [sys.executable, "-m", "tests.faults.import_forever", str(home), str(first)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        said = [child.stdout.readline()]
        time.sleep(seconds)
        child.send_signal(signal.SIGKILL)
        said += child.stdout.readlines()
        child.wait()
    return [int(line) for line in said if line.strip()]


def batches(home: Path) -> Counter[int]:
    return Counter(int(name.partition("-")[0]) for (name,) in rows(home, "contact", "contact_id"))


@pytest.mark.slow
def test_fault_01_twenty_kills_lose_nothing_acknowledged_and_leave_nothing_half_written(tmp_path: Path) -> None:
    chance = random.Random(1)
    acknowledged: list[int] = []
    for _ in range(KILLS):
        acknowledged += killed_run(tmp_path, len(acknowledged), chance.uniform(0, 0.5))
        assert check_warehouse(tmp_path, "test") == []
        found = batches(tmp_path)
        assert set(acknowledged) <= set(found)
        assert set(found.values()) == {BATCH}
        assert acknowledged == list(range(len(acknowledged)))
    after_the_last_kill(tmp_path, len(acknowledged))


def after_the_last_kill(home: Path, following: int) -> None:
    """The interrupted import runs again to its end, without duplicates, and sweeps up what the kills left."""
    lines = "".join(f"{following}-{place},somebody {place}\n" for place in range(BATCH))
    result = imported(home, made(home, f"contact_id,full_name\n{lines}"))
    assert result.accepted + result.unchanged == BATCH
    assert batches(home)[following] == BATCH
    folder = warehouse_folder(home, "test")
    before = read_manifest(folder)
    imported(home, made(home, f"contact_id,full_name\n{following + 1}-1,last\n"))
    after = read_manifest(folder)
    named = {manifest.tables["contact"].file for manifest in (before, after)} | set(before.previous)
    assert {path.relative_to(folder).as_posix() for path in folder.glob("canonical/*/*")} == named
    assert not list(folder.rglob("*.part"))


def test_fault_02_a_full_disk_changes_nothing_and_is_said_plainly(tmp_path: Path) -> None:
    imported(tmp_path, made(tmp_path, "contact_id,full_name\n1,Zoe\n"))
    folder = warehouse_folder(tmp_path, "test")
    before = (folder / "manifest.json").read_bytes()
    chance = random.Random(2)
    lines = "".join(f"{number},{chance.getrandbits(400):x}\n" for number in range(20_000))
    path = made(tmp_path, f"contact_id,full_name\n{lines}", "long.csv")
    for limit in (100_000, 1_900_000):  # the first stops the landing file, the second the table's
        done = subprocess.run(
            [sys.executable, "-c", LIMITED, str(tmp_path), str(path), str(limit)],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert done.stdout.startswith("No space is left where test is kept. Nothing was changed"), done
        assert (folder / "manifest.json").read_bytes() == before
        assert check_warehouse(tmp_path, "test") == []
        assert rows(tmp_path, "contact", "full_name") == [("Zoe",)]
        assert not list(folder.rglob("*.part"))
    assert imported(tmp_path, path).accepted == 19_999 + 1


LIMITED = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from data.importing import import_file
from data.landing import WarehouseFull
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    import_file(Path(sys.argv[1]), "test", Path(sys.argv[2]), "contact", None, now=datetime.now(UTC))
except WarehouseFull as problem:
    print(problem)
"""


def test_fault_07_a_second_import_waits_for_the_first(tmp_path: Path) -> None:
    folder = warehouse_folder(tmp_path, "test")
    path = made(tmp_path, "contact_id,full_name\n1,Zoe\n")
    steps: list[str] = []
    with locked(folder):
        second = threading.Thread(
            target=imported, args=(tmp_path, path), kwargs={"progress": lambda step, _: steps.append(step)}
        )
        second.start()
        deadline = time.monotonic() + 10
        while "Waiting for another import" not in steps and time.monotonic() < deadline:
            time.sleep(0.01)
        assert read_manifest(folder).version == 0
    second.join()
    assert steps[0] == "Waiting for another import"
    assert read_manifest(folder).version == 1


def test_fault_07_waiting_ends_with_a_sentence(tmp_path: Path) -> None:
    folder = warehouse_folder(tmp_path, "test")
    with (
        locked(folder),
        pytest.raises(WarehouseBusy, match="Another import into test is still running"),
        locked(folder, timeout=0.0),
    ):
        raise AssertionError("two imports hold one warehouse")
