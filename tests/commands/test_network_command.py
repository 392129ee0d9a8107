"""network: Krackhardt's networks through the command line, and files that it refuses."""

import csv
import os
import subprocess
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from tests.commands import running

KEYS = [
    "id", "degree", "in_degree", "out_degree", "betweenness", "betweenness_normalized", "closeness", "eigenvector",
    "constraint", "cut_vertex",
]  # fmt: skip


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return running.run(home, "network", *words)


def printed(home: Path, *words: str) -> dict[str, Any]:
    return running.printed(home, "network", *words)


def test_the_kite(home: Path, tmp_path: Path) -> None:
    names = ["Andre", "Beverly", "Carol", "Diane", "Ed", "Fernando", "Garth", "Heather", "Ike", "Jane"]
    file = tmp_path / "kite.csv"
    rows = [f"{names[a]},{names[b]}" for a, b in nx.krackhardt_kite_graph().edges]
    file.write_text("\n".join(["source,target", *rows]))
    found = printed(home, str(file))
    nodes = {node["id"]: node for node in found["nodes"]}
    assert list(nodes["Jane"]) == KEYS
    assert nodes["Heather"]["betweenness"] == 14
    assert [name for name, node in nodes.items() if node["cut_vertex"]] == ["Heather", "Ike"]
    assert found["bridges"] == [["Heather", "Ike"], ["Ike", "Jane"]]
    assert (found["directed"], found["diameter"], found["duplicates"]) == (False, 4, 0)
    assert sorted(name for group in found["communities"] for name in group) == sorted(names)


def test_the_advice_network_of_krackhardt(home: Path, tmp_path: Path) -> None:
    """The row asks the column for advice; the sums of the columns are the published in-degrees."""
    folder = os.environ.get("GROUNDWORK_TEST_DATA")
    matrix = Path(folder or "") / "networks" / "krackhardt_advice.csv"
    if folder is None or not matrix.is_file():
        pytest.skip("GROUNDWORK_TEST_DATA has no networks")
    with matrix.open(newline="") as source:
        head, *rows = csv.reader(source)
    ties = [f"{row[0]},{name}" for row in rows for name, cell in zip(head[1:], row[1:], strict=True) if cell == "1"]
    file = tmp_path / "advice.csv"
    file.write_text("\n".join(["source,target", *ties]))
    found = printed(home, str(file), "--directed")
    most = sorted(found["nodes"], key=lambda node: (-node["in_degree"], int(node["id"])))[:3]
    assert [(node["id"], node["in_degree"]) for node in most] == [("2", 18), ("18", 15), ("21", 15)]


def test_a_self_tie_is_refused_with_file_and_line(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "self.csv"
    file.write_text("source,target\na,b\nb,b\n")
    done = run(home, str(file))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{file}, line 3, column target: b has a tie to themselves.\n"
