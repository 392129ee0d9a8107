"""
How fast a million interactions are imported, beside what DuckDB alone needs to load the same file.

Ours reads strictly, lands, types, judges and writes the canonical table; the floor is `create table as read_csv`.
Both run in child processes, in one run, so that their peak memory can be told.
Prints one JSON object: {"ratio", "peak_memory_bytes", "floor_seconds", "ours_seconds", "rows"}; ratio = floor / ours.
"""

import csv
import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

ROWS = 1_000_000
ROUNDS = 3  # each measures both, in turn; the medians count
SEED = 20_240_101
TARGET_RATIO, TARGET_MEMORY = 0.2, int(1.5 * 1024**3)
COLUMNS = (
    "interaction_id", "contact_id", "agent_id", "channel", "direction", "type", "pillar", "status",
    "subject", "body", "thread_id", "is_public", "sentiment", "occurred_at",
)  # fmt: skip
CHANNELS = ("email", "phone", "chat", "web_form", "social_public", "social_private", "community", "sms", "in_person")
TYPES = ("message", "post", "comment", "reaction", "call", "meeting")
PILLARS = ("marketing", "service", "sales", "innovation", "")
STATUSES = ("open", "pending", "solved", "closed")
WORDS = ("order", "late", "thanks", '"great"', "broken, again", "refund", "help", "where", "invoice", "new", "café")
START, SECONDS = datetime(2023, 1, 1, tzinfo=UTC), 2 * 365 * 86_400


def write_interactions(path: Path, rows: int) -> None:
    chance = random.Random(SEED)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(interaction(number, chance) for number in range(rows))


def interaction(number: int, chance: random.Random) -> tuple[str, ...]:
    return (
        f"I{number:08d}",
        f"C{chance.randrange(200_000):06d}",
        f"A{chance.randrange(50):03d}",
        chance.choice(CHANNELS),
        "in" if chance.random() < 0.6 else "out",
        chance.choice(TYPES),
        chance.choice(PILLARS),
        chance.choice(STATUSES),
        " ".join(chance.choices(WORDS, k=3)),
        " ".join(chance.choices(WORDS, k=8)),
        f"T{number // 3:07d}",
        "true" if chance.random() < 0.3 else "false",
        f"{chance.uniform(-1, 1):.3f}",
        (START + timedelta(seconds=chance.randrange(SECONDS))).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def floor(path: Path) -> None:
    import duckdb

    started = time.perf_counter()
    duckdb.connect().execute("CREATE TABLE rows AS SELECT * FROM read_csv(?)", [str(path)])
    report(time.perf_counter() - started)


def ours(path: Path) -> None:
    from data.importing import import_file

    started = time.perf_counter()
    result = import_file(path.parent, "bench", path, "interaction", None, now=datetime.now(UTC))
    seconds = time.perf_counter() - started
    assert result.accepted == result.read, result
    report(seconds)


def report(seconds: float) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"seconds": seconds, "peak": peak}))


def measured(what: str, path: Path) -> tuple[float, int]:
    command = [sys.executable, __file__, what, str(path)]
    root = Path(__file__).parents[1]
    done = subprocess.run(command, cwd=root, env={"PYTHONPATH": str(root)}, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    found = json.loads(done.stdout)
    return found["seconds"], found["peak"]


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory(prefix="groundwork-bench-") as folder:
        path = Path(folder) / "interactions.csv"
        write_interactions(path, rows)
        floors, imports = [], []
        for _ in range(ROUNDS):
            floors.append(measured("floor", path))
            shutil.rmtree(path.parent / "warehouse", ignore_errors=True)
            imports.append(measured("ours", path))
    floor_seconds, ours_seconds = (median(seconds for seconds, _ in runs) for runs in (floors, imports))
    peak = max(memory for _, memory in imports)
    ratio = floor_seconds / ours_seconds
    figures = {"ratio": ratio, "peak_memory_bytes": peak, "floor_seconds": floor_seconds, "ours_seconds": ours_seconds}
    print(json.dumps({**figures, "rows": rows}))
    sys.exit(0 if ratio >= TARGET_RATIO and peak < TARGET_MEMORY else 1)


if __name__ == "__main__":
    if sys.argv[1:2] in (["floor"], ["ours"]):
        {"floor": floor, "ours": ours}[sys.argv[1]](Path(sys.argv[2]))
    else:
        main()
