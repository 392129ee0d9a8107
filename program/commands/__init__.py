"""The command line: each command reads, asks the layers below, and prints one JSON object or a few plain lines."""

import sys

import click

from program.commands import assess, keep, measure, people, run
from program.commands.output import BadInput, Denied


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def groundwork() -> None:
    """Plan, run and measure a Social CRM program."""


for module in (assess, people, measure, keep, run):
    for command in module.COMMANDS:
        groundwork.add_command(command)


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
    except (BadInput, click.ClickException) as problem:
        sys.exit(_say(problem, 2))
    except Denied as problem:
        sys.exit(_say(problem, 3))
    except click.Abort:
        sys.exit(130)
    sys.exit(code or 0)


def _say(problem: Exception, code: int) -> int:
    sentence = problem.format_message() if isinstance(problem, click.ClickException) else str(problem)
    click.echo(" ".join(sentence.split()), err=True)
    return code
