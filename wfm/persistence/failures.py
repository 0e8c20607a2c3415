"""What the database says when something fails, as sentences for the user."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from wfm.errors import WfmError
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


def damaged(file: str) -> Message:
    """Pages do not fit together."""
    return message("{file} is damaged. Open the newest file of its backups folder.", file=file)


def closed(file: str) -> Message:
    """No permission, or a folder that is gone."""
    return message("{file} cannot be opened: no permission, or no such folder.", file=file)


def failing(file: str) -> Message:
    """The disk itself."""
    return message("{file} cannot be read or written: the disk failed or is full.", file=file)


SENTENCES: tuple[tuple[str, Callable[[str], Message]], ...] = (
    ("database is locked", locked),
    ("disk is full", full),
    ("readonly database", read_only),
    ("not a database", foreign),
    ("malformed", damaged),
    ("unable to open", closed),
    ("disk i/o error", failing),
)
"""Fragment of the engine's text → sentence."""


@contextmanager
def explained(location: str) -> Iterator[None]:
    """Turn errors of the engine that the user can act on into sentences; let others pass."""
    try:
        yield
    except DBAPIError as error:
        detail = str(error.orig).lower()
        for fragment, sentence in SENTENCES:
            if fragment in detail:
                raise WfmError(sentence(location)) from error
        if isinstance(error, (OperationalError, InterfaceError)):
            raise WfmError(
                message(
                    "The database of {file} does not answer: {detail}. Nothing was changed; try"
                    " again when it does.",
                    file=location,
                    detail=str(error.orig).strip().splitlines()[0] if error.orig else "",
                )
            ) from error
        raise
