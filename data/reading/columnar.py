"""Parquet files: typed columns rendered as exact text."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute
import pyarrow.parquet as pq

from data.reading import objects
from data.reading.layout import BATCH_ROWS, LINE, Reading, check_columns
from data.reading.problems import Problems, UnreadableFile


def open_columnar(path: Path, *, file_name: str) -> Reading:
    """Return the rows of a parquet file; `_line` is the row number, from 1."""
    try:
        file = pq.ParquetFile(path)
        schema = file.schema_arrow
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as problem:
        raise UnreadableFile(f"{file_name} is a damaged parquet file: {_first_sentence(problem)}.") from problem
    columns = tuple(schema.names)
    check_columns(file_name, columns, 1)
    for field in schema:
        if pa.types.is_binary(field.type) or pa.types.is_large_binary(field.type):
            raise UnreadableFile(f'{file_name}: column "{field.name}" holds bytes, not values.')
    return Reading(file_name, "parquet", columns, _batches(file, columns, file_name), Problems(file_name))


def _batches(file: Any, columns: tuple[str, ...], file_name: str) -> Iterator[Any]:
    line = 1
    try:
        for batch in file.iter_batches(batch_size=BATCH_ROWS):
            numbers = pa.array(np.arange(line, line + batch.num_rows), pa.int64())
            yield pa.record_batch([*map(_text, batch.columns), numbers], names=[*columns, LINE])
            line += batch.num_rows
    except (pa.ArrowInvalid, OSError) as problem:
        raise UnreadableFile(f"{file_name} is a damaged parquet file: {_first_sentence(problem)}.") from problem


def _text(array: Any) -> Any:
    if pa.types.is_string(array.type):
        if compute.any(compute.match_substring(array, "\0")).as_py():
            raise pa.ArrowInvalid("a value holds a NUL character, which no text holds")
        return array
    if pa.types.is_floating(array.type):
        return pa.array([None if value is None else _float(value) for value in array.to_pylist()], pa.string())
    if pa.types.is_nested(array.type):
        return pa.array([objects.cell_text(value) for value in array.to_pylist()], pa.string())
    return array.cast(pa.string())


def _float(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)


def _first_sentence(problem: Exception) -> str:
    return str(problem).splitlines()[0].rstrip(".")
