"""Another process that has the store open."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOLD = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute(sys.argv[2])
connection.execute("SELECT count(*) FROM program").fetchone()
print("held", flush=True)
sys.stdin.readline()
"""


@contextmanager
def holder(database: Path, statement: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that has begun a transaction; it ends when a line is written to it, and at the end."""
    command = [sys.executable, "-c", HOLD, str(database), statement]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "held\n"
        yield process
    finally:
        process.communicate("\n", timeout=10)
