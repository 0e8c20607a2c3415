"""The terminal: language, sentences, JSON, progress, and opening a centre for a command."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ui.translate import language_from_environment, render_in
from wfm.errors import Problem, WfmError
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
        yield workspace


def horizon_of(workspace: Workspace, week: str) -> Horizon:
    """Return the horizon of ``--week``: an ISO week, or ``next`` after the as-of date."""
    return workspace.week_horizon(week)


def parse_date(value: str) -> date:
    """Return an ISO date of the command line; raises :class:`~wfm.errors.WfmError`."""
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()
    except ValueError:
        raise WfmError(
            message("“{value}” is not a date such as 2026-11-23.", value=value)
        ) from None


def existing_file(value: str) -> Path:
    """Return the path of a file that must exist; raises :class:`~wfm.errors.WfmError`."""
    path = Path(value)
    if not path.is_file():
        raise WfmError(message("There is no file {file}.", file=value))
    return path


def interval_start(horizon: Horizon, slot: int) -> str:
    """Return the local ISO start of an interval, to the minute."""
    day, minute = horizon.slot_label(slot)
    moment = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute)
    return moment.isoformat(timespec="minutes")


def is_terminal() -> bool:
    """Tell whether progress may overwrite its own line."""
    return sys.stderr.isatty()
