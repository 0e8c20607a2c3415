"""What the database says when something fails, as sentences for the user."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from wfm.errors import Conflict, WfmError
from wfm.messages import Message, message


def locked(file: str) -> Message:
    """Another program writes and does not end."""
    return message("{file} is in use by another program. Close it there first.", file=file)


def full(file: str) -> Message:
    """There is no space left."""
    return message("The disk of {file} is full. Free some space; nothing was changed.", file=file)


def read_only(file: str) -> Message:
    """The file or its folder may not be written."""
    return message("{file} is read-only. Copy it to a folder you may write to.", file=file)


def foreign(file: str) -> Message:
    """Not a database at all."""
    return message("{file} is not a centre file.", file=file)


def occupied(file: str) -> Message:
    """A server's database with tables that are not ours."""
    return message("{file} is a database of another program, not a centre.", file=file)


def damaged(file: str) -> Message:
    """Pages do not fit together."""
    return message("{file} is damaged. Open the newest file of its backups folder.", file=file)


def closed(file: str) -> Message:
    """No permission, or a folder that is gone."""
    return message("{file} cannot be opened: no permission, or no such folder.", file=file)


def failing(file: str) -> Message:
    """The disk itself."""
    return message("{file} cannot be read or written: the disk failed or is full.", file=file)


def busy(file: str) -> Message:
    """Another client of a server holds what is needed for too long."""
    return message("{file} is being written by somebody else. Try again in a moment.", file=file)


def forbidden(file: str) -> Message:
    """The server's own permissions."""
    return message(
        "Your database user may not do this in {file}. Ask its administrator.", file=file
    )


def misspelt(file: str) -> Message:
    """An address asks for an option that there is not."""
    return message(
        "The address of {file} holds an option that is not known. It looks like"
        " postgresql://user@server/database.",
        file=file,
    )


def refused(file: str) -> Message:
    """The log-in itself."""
    return message("The server refused the log-in to {file}. Check user and password.", file=file)


def absent(file: str) -> Message:
    """A server without that database."""
    return message("The server has no database {file}. Check the address.", file=file)


def lost(file: str) -> Message:
    """The server went away."""
    return message(
        "The server of {file} does not answer, or the connection was lost. Nothing was changed;"
        " try again.",
        file=file,
    )


class LostConnectionError(WfmError):
    """The server went away; whether a commit under way arrived has to be looked up."""


STATES: dict[str, Callable[[str], Message]] = {
    "28000": refused,
    "28P01": refused,
    "3D000": absent,
    "25006": read_only,
    "42501": forbidden,
    "42703": damaged,
    "42P01": damaged,
    "42P07": occupied,
    "53100": full,
    "55P03": busy,
    "40001": busy,
    "40P01": busy,
}
"""SQLSTATE of a server → sentence."""

SENTENCES: tuple[tuple[str, Callable[[str], Message]], ...] = (
    ("database is locked", locked),
    ("disk is full", full),
    ("readonly database", read_only),
    ("not a database", foreign),
    ("malformed", damaged),
    ("too big", damaged),
    ("could not decode", damaged),
    ("unable to open", closed),
    ("disk i/o error", failing),
    ("password authentication failed", refused),
    ("no password supplied", refused),
    ("invalid connection option", misspelt),
)
"""Fragment of the engine's text → sentence."""


@contextmanager
def explained(location: str) -> Iterator[None]:
    """Turn errors of the engine that the user can act on into sentences; let others pass."""
    try:
        yield
    except DBAPIError as error:
        state = getattr(error.orig, "sqlstate", None)
        if state in STATES:
            raise WfmError(STATES[state](location)) from error
        if state == "23505":
            raise Conflict(
                message(
                    "Somebody else wrote to {file} at the same moment. Nothing was overwritten;"
                    " look again.",
                    file=location,
                )
            ) from error
        detail = str(error.orig).lower()
        for fragment, sentence in SENTENCES:
            if fragment in detail:
                raise WfmError(sentence(location)) from error
        if isinstance(error.orig, sqlite3.Error):
            # an error of Python's module rather than of SQLite has no code
            code = getattr(error.orig, "sqlite_errorcode", 0)
            if code & 0xFF == sqlite3.SQLITE_FULL:
                raise WfmError(full(location)) from error
        elif isinstance(error, (OperationalError, InterfaceError)) or error.connection_invalidated:
            if 'database "' in detail and "does not exist" in detail:
                raise WfmError(absent(location)) from error
            raise LostConnectionError(lost(location)) from error
        raise
