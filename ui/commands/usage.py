"""Help and usage errors of the command line in the user's language."""

from __future__ import annotations

import re

import click

from ui.commands.console import say, text
from wfm.messages import Message, message

FIXED = {
    "Options": message("Options"),
    "Commands": message("Commands"),
    "Show this message and exit.": message("Show this message and exit."),
    "Show the version and exit.": message("Show the version and exit."),
}
"""Texts that click itself puts into a help page."""

_VALUE = re.compile(r"^'?(.*?)'? is not ", re.DOTALL)
_EXTRA = re.compile(r"^Got unexpected extra arguments? \((.*)\)$", re.DOTALL)


def translated(words: str) -> str:
    """Return one of click's fixed texts in the user's language, others unchanged."""
    return text(FIXED[words]) if words in FIXED else words


class HelpPage(click.HelpFormatter):
    """A help page whose frame speaks the user's language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how a command is called."""
        super().write_usage(prog, args, prefix or text(message("Usage:")) + " ")

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        super().write_heading(translated(heading))

    def write_dl(self, rows, col_max: int = 30, col_spacing: int = 2) -> None:  # type: ignore[no-untyped-def]
        """Write names and their explanations."""
        super().write_dl([(name, translated(words)) for name, words in rows], col_max, col_spacing)


def show_usage_error(error: click.UsageError) -> None:
    """Print what is wrong with a call and where help is, on stderr."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return
    say(usage_sentence(error))
    command = error.ctx.command_path if error.ctx is not None else "toban"
    say(message("How to call it: {command} --help", command=command))


def usage_sentence(error: click.UsageError) -> Message:
    """Return a wrong call as a sentence; a text that a command wrote itself stays as it is."""
    match error:
        case click.exceptions.NoSuchCommand():
            return _unknown(
                message("There is no command {name}.", name=error.command_name),
                error.possibilities,
            )
        case click.NoSuchOption():
            return _unknown(
                message("There is no option {name}.", name=error.option_name), error.possibilities
            )
        case click.BadOptionUsage():
            return message("{name} is used wrongly or lacks its value.", name=error.option_name)
        case click.MissingParameter():
            return message("{name} is missing.", name=_name_of(error.param))
        case click.BadParameter():
            return _bad_value(error)
    if extra := _EXTRA.match(error.message):
        return message("There are too many arguments: {arguments}.", arguments=extra[1])
    return message("{text}", text=error.message)


def _unknown(what: Message, near: list[str] | None) -> Message:
    if not near:
        return what
    return message("{what} Did you mean {names}?", what=what, names=", ".join(near))


def _name_of(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return "?"
    return (
        parameter.opts[-1]
        if parameter.param_type_name == "option"
        else parameter.human_readable_name
    )


def _bad_value(error: click.BadParameter) -> Message:
    found = _VALUE.match(error.message)
    return message(
        "{name} cannot be “{value}”: {expected}.",
        name=_name_of(error.param),
        value=found[1] if found else "",
        expected=_expected(error.param.type if error.param else click.STRING),
    )


def _expected(kind: object) -> Message:
    if isinstance(kind, click.Choice):
        return message("it is one of {choices}", choices=", ".join(map(str, kind.choices)))
    if isinstance(kind, (click.IntRange, click.FloatRange)):
        if kind.max is None:
            return message("it is a number from {low} on", low=f"{kind.min:.0f}")
        return message(
            "it is a number from {low} to {high}", low=f"{kind.min:.0f}", high=f"{kind.max:.0f}"
        )
    if kind is click.INT or isinstance(kind, click.types.IntParamType):
        return message("it is a whole number")
    return message("it is a number")
