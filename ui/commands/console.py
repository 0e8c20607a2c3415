"""The terminal: language, sentences, JSON, progress, and opening a centre for a command."""

from __future__ import annotations

import getpass
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ui.translate import language_from_environment, render_in
from wfm.errors import NotYetError, Problem, WfmError
from wfm.messages import Message, message

if TYPE_CHECKING:
    from wfm.model.time import Horizon
    from wfm.workspace import Workspace

LANGUAGE = language_from_environment()
text = render_in(LANGUAGE)
"""Renders a message in the terminal's language."""

SHOWN_PROBLEMS = 50


def say(value: Message) -> None:
    """Print a sentence about the run on stderr, so that stdout stays the command's own."""
    click.echo(text(value), err=True)


NEXT_COMMANDS = {
    "imports": message("Import some: toban import acd."),
    "forecast": message("Make one first: toban forecast."),
    "staffing": message("Run: toban staff."),
    "roster": message("Build one first: toban solve."),
}
"""The command that makes what is missing, by the step of a :class:`~wfm.errors.NotYetError`."""


def say_error(error: WfmError) -> None:
    """Print what is wrong, and the command that helps where a step of the work is missing."""
    told = error.message
    if isinstance(error, NotYetError):
        told = message("{what} {next}", what=told, next=NEXT_COMMANDS[error.step])
    say(told)
    show_problems(getattr(error, "problems", ()))


def print_json(value: Any) -> None:
    """Print a machine-readable result on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False))


def show_problems(problems: tuple[Problem, ...]) -> None:
    """Print problems on stderr, a line each; the rest is counted."""
    for problem in problems[:SHOWN_PROBLEMS]:
        click.echo("  " + text(problem.as_message()), err=True)
    if len(problems) > SHOWN_PROBLEMS:
        say(message("  … and {count} more", count=len(problems) - SHOWN_PROBLEMS))


def user_name() -> str:
    """Return the name the operation log records for this user."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "?"


@contextmanager
def open_centre(location: str, *, read_only: bool = False) -> Iterator[Workspace]:
    """Open the centre a command names and close it whatever happens."""
    from wfm.workspace import Workspace

    with Workspace.open(location, user_name(), read_only=read_only) as workspace:
        for note in workspace.notes:
            say(note)
        yield workspace


def horizon_of(workspace: Workspace, week: str) -> Horizon:
    """Return the horizon of ``--week``: an ISO week, or ``next`` after the as-of date."""
    return workspace.week_horizon(week)


def existing_file(value: str) -> Path:
    """Return the path of a file that must exist; raises :class:`~wfm.errors.WfmError`."""
    path = Path(value)
    if not path.is_file():
        raise WfmError(message("There is no file {file}.", file=value))
    return path


def file_to_write(value: str) -> Path:
    """Return the path of a file that can be written, so that long work does not end in nothing.

    Raises :class:`~wfm.errors.WfmError` for a folder, a missing folder and missing permission.
    """
    path = Path(value)
    if path.is_dir():
        raise WfmError(message("{file} is a folder; name a file in it.", file=value))
    if not path.parent.is_dir():
        raise WfmError(message("There is no folder {file}.", file=str(path.parent)))
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise WfmError(
            message("{file} may not be written: no permission. Choose another place.", file=value)
        )
    return path


def folder_to_write(value: str) -> Path:
    """Return the path of a folder that is there or can be made, without making it.

    Raises :class:`~wfm.errors.WfmError` for a file of that name and missing permission.
    """
    path = Path(value)
    above = next((item for item in (path, *path.absolute().parents) if item.exists()), path)
    if not above.is_dir():
        raise WfmError(message("{file} is a file, not a folder. Choose another.", file=str(above)))
    if not os.access(above, os.W_OK):
        raise WfmError(
            message("{file} may not be written: no permission. Choose another place.", file=value)
        )
    return path


def interval_start(horizon: Horizon, slot: int) -> str:
    """Return the local ISO start of an interval, to the minute."""
    day, minute = horizon.slot_label(slot)
    moment = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute)
    return moment.isoformat(timespec="minutes")


def is_terminal() -> bool:
    """Tell whether progress may overwrite its own line."""
    return sys.stderr.isatty()
