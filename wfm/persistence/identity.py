"""Notices that a centre's file is no longer the one that was opened: deleted, moved or replaced.

The system keeps a file alive while it is open, even without a name (SQLite, "How to corrupt an
SQLite database file", 2.4), so what was saved is still there to be read and copied.  Writing on
would be lost with the last handle, or be mixed with whatever lies in its place now.  On Windows an
open file can be neither deleted nor moved.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from wfm.errors import LostFileError, WfmError
from wfm.messages import Message, message
from wfm.persistence.place import denied

_guard = threading.Lock()
_open: dict[Path, Counter[int]] = {}


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file by its name and by the number that the system knows it by while it is open."""

    path: Path
    number: int

    @classmethod
    def at(cls, path: Path) -> OpenedFile:
        """Return the file that lies at ``path`` now.

        Raises :class:`~wfm.errors.WfmError` where there is none, or where this program still
        holds another file open under that name: both would share the journals beside it, and
        SQLite could not tell whose they are.
        """
        try:
            found = cls(path, path.stat().st_ino)
        except OSError as error:
            raise denied(path, error) from None
        with _guard:
            others = +_open.get(path.resolve(), Counter())
        del others[found.number]
        if others:
            raise WfmError(
                message(
                    "{file} is still open here as it was before another file was put in its place."
                    " Save a copy of it, close it, and open the new file then.",
                    file=str(path),
                )
            )
        return found

    def what_happened(self) -> Message | None:
        """Return in a sentence what became of the file, or ``None``: it lies where it lay.

        Costs one question to the file system.
        """
        try:
            number = self.path.stat().st_ino
        except FileNotFoundError:
            return message(
                "{file} was deleted or moved while it was open here. Nothing that was saved is"
                " lost: save a copy of what is open, then open that copy.",
                file=str(self.path),
            )
        except OSError as error:
            return message(
                "{file} cannot be reached any more: {detail}. Nothing that was saved is lost:"
                " reach it again, or save a copy of what is open elsewhere.",
                file=str(self.path),
                detail=error.strerror or str(error),
            )
        if number == self.number:
            return None
        return message(
            "Another file was put in the place of {file} while it was open here. That file was not"
            " touched: save a copy of what is open under another name, then open the right one.",
            file=str(self.path),
        )

    def refuse_if_lost(self) -> None:
        """Raise :class:`~wfm.errors.LostFileError` when the file is no longer there."""
        lost = self.what_happened()
        if lost is not None:
            raise LostFileError(lost, str(self.path))


def hold(file: OpenedFile) -> Callable[[], None]:
    """Note that this program has a file open; the returned function says that it has closed it."""
    place = file.path.resolve()
    with _guard:
        _open.setdefault(place, Counter())[file.number] += 1

    def let_go() -> None:
        with _guard:
            _open[place][file.number] -= 1

    return let_go
