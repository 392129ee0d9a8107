"""The embedded engine that parses and joins whole columns: no network, no files but the ones named, bounded memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

MEMORY = "900MB"


@contextmanager
def engine(folder: Path) -> Iterator[Any]:
    """
    Give a DuckDB connection that lives as long as the block and may read and write below one folder only.

    What does not fit into memory spills into that folder.
    """
    connection = duckdb.connect(":memory:")
    try:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")  # it would be drawn on standard output
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        connection.execute("SET temp_directory = ?", [str(folder / "spill")])
        connection.execute("SET allowed_directories = ?", [[str(folder)]])
        connection.execute("SET enable_external_access = false")
        yield connection
    finally:
        connection.close()
