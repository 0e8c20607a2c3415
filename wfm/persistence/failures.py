"""What the database says when something fails, as sentences for the user."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from wfm.errors import WfmError
from wfm.messages import Message, message

SENTENCES: tuple[tuple[str, Message], ...] = (
    ("database is locked", message("{file} is in use by another program. Close it there first.")),
    ("disk is full", message("The disk of {file} is full. Free some space; nothing was changed.")),
    (
        "readonly database",
        message("{file} is read-only. Copy it to a folder you may write to."),
    ),
    ("not a database", message("{file} is not a centre file.")),
    ("malformed", message("{file} is damaged. Open the newest file of its backups folder.")),
    ("unable to open", message("{file} cannot be opened: no permission, or no such folder.")),
    ("disk i/o error", message("{file} cannot be read or written: the disk failed or is full.")),
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
                raise WfmError(Message(sentence.text, {"file": location})) from error
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
