"""backup, restore and check: nothing is lost."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from program.commands.output import BadInput, emit, json_option
from program.store import backup as keeping
from program.store.migrate import migrate


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def backup(file: Path, as_json: bool) -> None:
    """Write the store and the warehouse into one file."""
    migrate()
    result = _kept(lambda: keeping.backup(file))
    emit(result, as_json=as_json, lines=lambda: [f"Written to {file}."])


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def restore(file: Path, as_json: bool) -> None:
    """Put a backup back; what was there before is set aside, not deleted."""
    result = _kept(lambda: keeping.restore(file))
    migrate()
    emit(result, as_json=as_json, lines=lambda: [f"Restored from {file}."])


@click.command()
@json_option
@click.pass_context
def check(context: click.Context, as_json: bool) -> None:
    """Verify the audit chain, the store and every warehouse file."""
    problems = keeping.check()
    emit(
        {"problems": problems}, as_json=as_json, lines=lambda: problems or ["Sound: audit chain, store and warehouse."]
    )
    context.exit(1 if problems else 0)


COMMANDS = (backup, restore, check)


def _kept(step: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return step()
    except keeping.BackupProblem as problem:
        raise BadInput(str(problem)) from problem
