"""Undo: an inverse operation, allowed only while nothing was built on what it takes back."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from wfm.clock import Clock
from wfm.errors import Conflict, WfmError
from wfm.messages import message
from wfm.model.change import Operation
from wfm.model.codec import from_json
from wfm.persistence.kinds import kind_named
from wfm.persistence.unit import conflict

if TYPE_CHECKING:
    from wfm.persistence.database import Database


def undo(database: Database, operation_id: int, who: str, clock: Clock) -> Operation:
    """Take back an operation (or an undo, which is redo) as a new operation.

    Raises :class:`~wfm.errors.Conflict` naming who and when if a value has changed since, and
    :class:`~wfm.errors.WfmError` for an unknown, erased or empty operation.
    """
    with database.write(who, clock) as unit:
        found = [item for item in unit.operations(operation_id - 1) if item.id == operation_id]
        changes = unit.changes(operation_id)
        if not found or not changes:
            raise WfmError(message("The log has no operation {id} to undo.", id=operation_id))
        if all(item.before is None and item.after is None for item in changes):
            raise WfmError(message("What operation {id} changed was erased.", id=operation_id))
        for change in unit.differing(changes):
            raise _explained(conflict(unit, change.kind, change.key))
        unit.put_all(
            from_json(kind_named(item.kind).value, item.before)
            for item in changes
            if item.before is not None
        )
        born: dict[str, list[str]] = defaultdict(list)
        for change in changes:
            if change.before is None:
                born[change.kind].append(change.key)
        for name, keys in born.items():
            unit.delete_all(kind_named(name).value, keys)
        written = unit.commit(message("Undo: {what}", what=found[0].text), undoes=operation_id)
    if written is None:
        raise WfmError(message("Operation {id} is already undone.", id=operation_id))
    return written


def _explained(error: Conflict) -> Conflict:
    return Conflict(message("Not undone: {reason}", reason=error.message))
