"""The command line `toban`: every stage of the line, and the whole of it."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Callable, Sequence

import click

from ui.commands.console import say, say_error, text
from ui.commands.usage import HelpPage, show_usage_error
from wfm import VERSION
from wfm.errors import WfmError
from wfm.messages import message

COMMANDS = {
    "new": "ui.commands.centre",
    "open": "ui.commands.centre",
    "backup": "ui.commands.centre",
    "restore": "ui.commands.centre",
    "log": "ui.commands.centre",
    "undo": "ui.commands.centre",
    "doctor": "ui.commands.doctor",
    "import": "ui.commands.imports",
    "history": "ui.commands.history",
    "forecast": "ui.commands.forecast",
    "staff": "ui.commands.staff",
    "solve": "ui.commands.solve",
    "check": "ui.commands.solve",
    "why-not": "ui.commands.questions",
    "explain": "ui.commands.questions",
    "repair": "ui.commands.runs",
    "alternatives": "ui.commands.runs",
    "runs": "ui.commands.runs",
    "aims": "ui.commands.aims",
    "centre-rules": "ui.commands.centre_rules",
    "fairness": "ui.commands.rosters",
    "queues": "ui.commands.rosters",
    "requests": "ui.commands.requests",
    "publish": "ui.commands.rosters",
    "export": "ui.commands.export",
    "plan": "ui.commands.plan",
    "shots": "ui.commands.shots",
}
"""Command → module that defines it as ``<name>_command``."""


click.Context.formatter_class = HelpPage


def first_sentence(words: str) -> str:
    """Return the first sentence of a help text, in Japanese too, for the list of commands."""
    return re.split(r"(?<=。)|(?<=\.) ", words, maxsplit=1)[0].rstrip("。.")


class Commands(click.Group):
    """Loads a command's module when it is asked for, so that quick commands start quickly."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return the command, or ``None`` where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name])
        command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        command.short_help = first_sentence(command.help or "")
        return command


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=text(
        message(
            "Toban plans contact centres: contact history → forecast → required staff → roster"
            " → payroll file."
        )
    ),
)
@click.version_option(package_name=None, version=VERSION, prog_name="toban")
def toban() -> None:
    """Group of all commands; its help text is the user's language's."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns 0, 1 (explained on stderr) or 2 (usage)."""

    def run() -> int:
        status = toban.main(args=arguments, prog_name="toban", standalone_mode=False)
        return status if isinstance(status, int) else 0

    return guarded(run)


def guarded(run: Callable[[], int]) -> int:
    """Run something for the terminal; whatever goes wrong ends in a sentence and a status."""
    try:
        return run()
    except click.UsageError as error:
        show_usage_error(error)
        return 2
    except click.ClickException as error:
        error.show()
        return 1
    except click.exceptions.Exit as error:
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say(message("Stopped."))
    except WfmError as error:
        say_error(error)
    except BrokenPipeError:
        pass
    except Exception as error:  # noqa: BLE001  a bug of ours: a sentence for the user, a report for us
        from ui.commands.reports import write_report

        say(
            message(
                "Something went wrong that Toban did not expect ({detail}). Details: {file}",
                detail=f"{type(error).__name__}: {error}",
                file=str(write_report(error)),
            )
        )
    return 1


if __name__ == "__main__":
    sys.exit(main())
