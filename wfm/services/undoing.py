"""Which change a user can take back next, and which one bring again: read from the log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wfm.model.change import Operation
from wfm.persistence import Store

LOOKED_AT = 400
"""How many entries back a user can go: far more than anybody remembers."""
RECORDS = frozenset({"run_record", "export_record"})
"""Kinds that only record what happened; taking such a record back would be forging it."""
FOUNDING = frozenset({"Create the centre {name}", "Fill with the sample centre"})
"""Entries by which a centre came into being: no key should make a whole centre vanish."""


@dataclass(frozen=True, slots=True)
class UndoState:
    """The operations that undo and redo would take back; ``None`` where there is none."""

    undo: Operation | None = None
    redo: Operation | None = None


def undo_state(store: Store, who: str) -> UndoState:
    """Return what ``who`` can take back and bring again, across restarts of the program."""
    return replay(entry for entry in store.operations(last=LOOKED_AT) if entry.who == who)


def replay(entries: Iterable[Operation]) -> UndoState:
    """Follow a user's operations, oldest first, as a pile of done and one of undone things.

    The undo of an operation moves it to the second pile, the undo of that undo (redo) back; a new
    change empties the second pile.  An entry that takes back something else than the top was made
    outside this order (the log's own list) and removes what it took back wherever it lies.
    """
    done: list[Operation] = []
    undone: list[Operation] = []
    for entry in entries:
        if entry.undoes is None:
            if not _only_records(entry) and entry.text.text not in FOUNDING:
                done.append(entry)
                undone.clear()
            continue
        taken = [item for item in done if item.id == entry.undoes]
        brought = [item for item in undone if item.id == entry.undoes]
        if taken:
            done.remove(taken[0])
            undone.append(entry)
        elif brought:
            undone.remove(brought[0])
            done.append(entry)
    return UndoState(done[-1] if done else None, undone[-1] if undone else None)


def _only_records(entry: Operation) -> bool:
    """Tell whether an entry holds nothing that could be taken back."""
    return all(change.kind in RECORDS for change in entry.changes)
