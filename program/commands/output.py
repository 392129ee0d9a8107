"""What every command shares: the --json option, one JSON object on standard output, one line for an error."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

MAX_ANSWERS_BYTES = 50_000_000


class BadInput(Exception):
    """The input cannot be used. One sentence that names file, line and column."""


class Denied(Exception):
    """A grant or a lock is in the way."""


def json_option(command: Command) -> Command:
    return click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")(command)


def client_option(command: Command) -> Command:
    return click.option("--client", default="default", show_default=True, help="Whose warehouse.")(command)


def emit(value: Mapping[str, Any], *, as_json: bool, lines: Callable[[], list[str]]) -> None:
    """Print the JSON object, numbers unrounded, or the lines for a person."""
    click.echo(dump(value) if as_json else "\n".join(lines()))


def dump(value: Mapping[str, Any]) -> str:
    return _Exact(ensure_ascii=False, allow_nan=False).encode(value)


class _Exact(json.JSONEncoder):
    """Decimals become JSON numbers with all their digits that a double can hold; dates become ISO text."""

    def default(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return int(value) if value == value.to_integral_value() else float(value)
        if isinstance(value, date | datetime):
            return value.isoformat()
        return super().default(value)


def read_file(path: Path) -> bytes:
    if not path.is_file():
        raise BadInput(f"{path}: there is no such file.")
    if path.stat().st_size > MAX_ANSWERS_BYTES:
        raise BadInput(f"{path}: larger than {MAX_ANSWERS_BYTES:,} bytes.")
    return path.read_bytes()


def decode(content: bytes, name: str) -> str:
    """The text of a small file: UTF-8, with or without a byte order mark."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise BadInput(f"{name}, line {line}: not UTF-8. Save the file as CSV UTF-8.") from None


def number(value: object) -> str:
    """A figure for a person at the terminal; unknown is n/a."""
    if value is None:
        return "n/a"
    if isinstance(value, bool):
        return "open" if value else "closed"
    if isinstance(value, float):
        return f"{value:,.4g}" if abs(value) < 10_000 else f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int | Decimal) else str(value)
