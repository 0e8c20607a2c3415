"""The one kind of error that a user can act on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wfm.messages import Message, message


class WfmError(Exception):
    """Something is wrong with the data or the request, and the sentence says what to do.

    Front ends show ``message`` translated, beside its cause, without a traceback.  Every other
    exception is a bug of ours.
    """

    def __init__(self, text: Message) -> None:
        super().__init__(str(text))
        self.message = text


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in an input, with the place where the user finds it.

    ``row`` counts from 1 as the user's editor or spreadsheet shows it; ``column`` is the header
    text (or a spreadsheet column letter); ``value`` is the offending text, unchanged.
    """

    reason: Message
    file: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""

    def as_message(self) -> Message:
        """Return one sentence that names file, row, column, value and reason, where known."""
        place = [self.file] if self.file else []
        if self.row is not None:
            place.append(str(self.row))
        if self.column:
            place.append(self.column)
        if not place:
            return self.reason
        if self.value:
            return message(
                "{place}: “{value}”: {reason}",
                place=":".join(place),
                value=self.value,
                reason=self.reason,
            )
        return message("{place}: {reason}", place=":".join(place), reason=self.reason)


class ProblemsError(WfmError):
    """Several problems of one input; the message summarises, ``problems`` lists them all."""

    def __init__(self, text: Message, problems: Sequence[Problem]) -> None:
        super().__init__(text)
        self.problems = tuple(problems)


class NotYetError(WfmError):
    """Something that another step of the work makes is missing; the sentence says what.

    ``step`` is what to do first: ``imports``, ``forecast``, ``staffing`` or ``roster``.  Each front
    end says in its own words how.
    """

    def __init__(self, text: Message, step: str) -> None:
        super().__init__(text)
        self.step = step


class Conflict(WfmError):
    """Somebody else changed what this edit started from; nothing was overwritten."""


class LostFileError(WfmError):
    """The open centre's file was deleted, moved or replaced; a copy of what is open can be saved.

    ``file`` is the name it was opened under.
    """

    def __init__(self, text: Message, file: str) -> None:
        super().__init__(text)
        self.file = file


class StoppedError(WfmError):
    """The user stopped a work before it had changed anything."""
