"""Undo: an inverse operation, allowed only while nothing was built on what it takes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.clock import Clock
from wfm.errors import Conflict, WfmError
from wfm.messages import Message, message
from wfm.model.change import Change, Operation
from wfm.persistence.kinds import is_stored
from wfm.persistence.unit import conflict

if TYPE_CHECKING:
    from wfm.persistence.database import Database
    from wfm.persistence.unit import Unit


def undo(database: Database, operation_id: int, who: str, clock: Clock) -> Operation:
    """Take back an operation (or an undo, which is redo) as a new operation.

    Raises :class:`~wfm.errors.Conflict` naming who and when if a value has changed since, and
    :class:`~wfm.errors.WfmError` for an unknown, erased or empty operation.
    """
    with database.write(who, clock) as unit:
        entry = unit.operation(operation_id)
        if entry is None or not entry.changes:
            raise WfmError(message("The log has no operation {id} to undo.", id=operation_id))
        rows = unit.contents(operation_id)
        if any(not is_stored(kind) or before is after for kind, _, before, after in rows):
            raise WfmError(
                message(
                    "“{what}” cannot be undone: its contents were erased, or you may not see them.",
                    what=entry.text,
                )
            )
        for change in unit.restore(rows):
            raise _explained(unit, entry, change)
        written = unit.commit(_title(entry), undoes=operation_id)
    if written is None:
        raise WfmError(message("Operation {id} is already undone.", id=operation_id))
    return written


def _title(entry: Operation) -> Message:
    """Return "Undo: …", or "Redo: …" for the undo of an undo, around the first sentence."""
    what = entry.text.values.get("what")
    if entry.undoes is None or not isinstance(what, Message):
        return message("Undo: {what}", what=entry.text)
    if entry.text.text.startswith("Undo"):
        return message("Redo: {what}", what=what)
    return message("Undo: {what}", what=what)


def _explained(unit: Unit, entry: Operation, change: Change) -> Conflict:
    last = unit.last_change(change.kind, change.key)
    if last is not None and last.undoes == entry.id:
        return Conflict(
            message(
                "“{what}” was already undone by {who} at {at}.",
                what=entry.text,
                who=last.who,
                at=last.at,
            )
        )
    reason = conflict(unit, change.kind, change.key).message
    return Conflict(message("Not undone: {reason}", reason=reason))
