"""A command in a process of its own, as people and scheduled jobs start it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "program", *words]
    environment = os.environ | {"GROUNDWORK_HOME": str(home)}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)


def printed(home: Path, *words: str) -> dict[str, Any]:
    """What a command prints with --json, when it ends well and says nothing else."""
    done = run(home, *words, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    value: dict[str, Any] = json.loads(done.stdout)
    return value
