"""demo and serve: the sample program, and the application."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from program.actions import sample
from program.commands.output import emit, json_option
from program.queries.clients import any_program
from program.store.migrate import migrate

ROOT = Path(__file__).resolve().parents[2]


@click.command()
@json_option
def demo(as_json: bool) -> None:
    """Make the sample program again, its CRM data included."""
    migrate()
    result = sample.create(now=datetime.now(UTC))
    emit(
        {"program": result.program_id, "counts": result.counts},
        as_json=as_json,
        lines=lambda: [f"Sample program made: {sum(result.counts.values()):,} rows in {len(result.counts)} tables."],
    )


@click.command()
@click.option("--port", default=8501, show_default=True)
@click.option("--address", default="127.0.0.1", show_default=True)
@json_option
def serve(port: int, address: str, as_json: bool) -> None:
    """Start Groundwork; a store without a program gets the sample first."""
    migrate()
    if not any_program():
        click.echo("Making the sample program, once.", err=True)
        sample.create(now=datetime.now(UTC))
    url = f"http://{address}:{port}"
    emit({"url": url}, as_json=as_json, lines=lambda: [f"Groundwork starts on {url}"])
    sys.stdout.flush()
    os.execv(  # noqa: S606
        sys.executable,
        [
            sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"),
            "--server.port", str(port), "--server.address", address,
            "--browser.serverAddress", address,  # named, so that Streamlit asks nobody outside for it
        ],
    )  # fmt: skip


COMMANDS = (demo, serve)
