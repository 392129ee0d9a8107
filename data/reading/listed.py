"""Rows read one by one, gathered into arrow batches of text."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import pyarrow as pa

from data.reading.layout import BATCH_ROWS, LINE

Cells = Sequence[str | None]


def listed_batches(columns: Sequence[str], rows: Iterable[tuple[int, Cells]]) -> Iterator[Any]:
    """Yield batches of (line, cells); null is a cell the file says nothing about."""
    rows = iter(rows)
    while some := list(islice(rows, BATCH_ROWS)):
        lines, cells = zip(*some, strict=True)
        arrays = [pa.array(column, pa.string()) for column in zip(*cells, strict=True)]
        yield pa.record_batch([*arrays, pa.array(lines, pa.int64())], names=[*columns, LINE])
