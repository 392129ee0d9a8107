"""The command line: each command reads, asks the layers below, and prints one JSON object or a few plain lines."""

import sys
from importlib import import_module

import click

from program.access import Refused
from program.commands.output import BadInput, Denied
from program.values import NewerStore, Unavailable

MODULES = {
    "agreement": "agree",
    "backup": "keep",
    "check": "keep",
    "demo": "run",
    "earned-value": "money",
    "finance": "money",
    "forecast": "plan",
    "import": "measure",
    "ledger": "ledger",
    "metrics": "measure",
    "model": "models",
    "network": "people",
    "raci": "people",
    "readiness": "assess",
    "restore": "keep",
    "schedule": "plan",
    "score": "assess",
    "serve": "run",
}


class Commands(click.Group):
    """The commands by name; a module is loaded when one of its commands is asked for, since some load an engine."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in MODULES:
            return None
        module = import_module(f"program.commands.{MODULES[cmd_name]}")
        commands: tuple[click.Command, ...] = module.COMMANDS
        return next(command for command in commands if command.name == cmd_name)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def groundwork() -> None:
    """Plan, run and measure a Social CRM program."""


def main(arguments: list[str] | None = None) -> None:
    """
    Run one command and leave with its code.

    0: done. 1: ran and found a problem. 2: bad input, one line on standard error. 3: refused.
    """
    try:
        code = groundwork.main(arguments, prog_name="python -m program", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as help_text:
        click.echo(help_text.format_message())
        sys.exit(2)
    except (BadInput, NewerStore, click.ClickException) as problem:
        sys.exit(_say(problem, 2))
    except (Denied, Refused, Unavailable) as problem:
        sys.exit(_say(problem, 3))
    except click.Abort:
        sys.exit(130)
    sys.exit(code or 0)


def _say(problem: Exception, code: int) -> int:
    sentence = problem.format_message() if isinstance(problem, click.ClickException) else str(problem)
    click.echo(" ".join(sentence.split()), err=True)
    return code
