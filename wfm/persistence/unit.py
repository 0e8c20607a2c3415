"""Writing: values and their one operation in one transaction, against what the user saw."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, delete, insert, update

from wfm.clock import Clock
from wfm.errors import Conflict, WfmError
from wfm.messages import Message, message
from wfm.model.change import Change, Json, Operation
from wfm.model.codec import to_json
from wfm.persistence import log
from wfm.persistence.kinds import KEY, VERSION, Kind, kind_of
from wfm.persistence.store import Store

T = TypeVar("T")

UNSEEN: Any = object()
"""The caller did not look at the value before, so nothing is compared."""


class Unit(Store):
    """One transaction of writes; nothing is kept unless :meth:`commit` was called.

    Every write adds to one operation, which holds each value once, from its first state to its
    last; values equal to what is stored change nothing.
    """

    def __init__(self, connection: Connection, who: str, clock: Clock) -> None:
        super().__init__(connection)
        if not who.strip():
            raise WfmError(message("A change needs the name of who makes it."))
        self._who = who
        self._clock = clock
        self._changes: dict[tuple[str, str], Change] = {}
        self.committed = False

    def put(self, value: Any, seen: Any = UNSEEN) -> None:
        """Write one value; ``seen`` is what the user's edit started from (``None``: nothing).

        Raises :class:`~wfm.errors.Conflict` when the stored value is another one by now.
        """
        kind = kind_of(type(value))
        self._compare(kind, kind.key(value), seen)
        self.put_all([value])

    def put_all(self, values: Iterable[Any]) -> None:
        """Write many values of any classes at once."""
        groups: dict[Kind, dict[str, Any]] = defaultdict(dict)
        for value in values:
            kind = kind_of(type(value))
            groups[kind][kind.key(value)] = value
        for kind, wanted in groups.items():
            self._write(kind, wanted)

    def delete(self, value: type, key: str, seen: Any = UNSEEN) -> None:
        """Remove a value; one that is not there is left alone."""
        self._compare(kind_of(value), key, seen)
        self.delete_all(value, [key])

    def delete_all(self, value: type, keys: Sequence[str]) -> None:
        """Remove many values of a class at once; those that are not there are left alone."""
        kind = kind_of(value)
        stored = self._rows(kind, keys)
        for start in range(0, len(keys), 500):
            part = keys[start : start + 500]
            self._connection.execute(delete(kind.table).where(kind.table.c[KEY].in_(part)))
        for key in keys:
            if key in stored:
                self._note(kind, key, to_json(stored[key][1]), None)

    def commit(self, words: Message, undoes: int | None = None) -> Operation | None:
        """Write the operation and end the unit; ``None`` when nothing had changed."""
        changes = tuple(item for item in self._changes.values() if item.before != item.after)
        if not changes:
            return None
        at = self._clock()
        number, seal = log.append(self._connection, self._who, at, words, changes, undoes)
        self.committed = True
        return Operation(number, at, self._who, words, changes, undoes, seal)

    def _note(self, kind: Kind, key: str, before: Json, after: Json) -> None:
        earlier = self._changes.get((kind.name, key))
        first = before if earlier is None else earlier.before
        self._changes[kind.name, key] = Change(kind.name, key, first, after)

    def _compare(self, kind: Kind, key: str, seen: Any) -> None:
        if seen is UNSEEN:
            return
        stored = self._rows(kind, [key]).get(key)
        now = None if stored is None else to_json(stored[1])
        if now != (None if seen is None else to_json(seen)):
            raise conflict(self, kind.name, key)

    def _write(self, kind: Kind, wanted: dict[str, Any]) -> None:
        stored = self._rows(kind, list(wanted))
        new, changed = [], []
        for key, value in wanted.items():
            row = kind.to_row(value)
            after = to_json(value)
            if key not in stored:
                new.append({**row, VERSION: 1})
                self._note(kind, key, None, after)
                continue
            version, old = stored[key]
            before = to_json(old)
            if before != after:
                changed.append({**row, VERSION: version + 1, "b_key": key, "b_version": version})
                self._note(kind, key, before, after)
        if new:
            self._connection.execute(insert(kind.table), new)
        if changed:
            self._update(kind, changed)

    def _update(self, kind: Kind, rows: list[dict[str, Any]]) -> None:
        """Replace rows, each of the version that was read: a second guard beside the lock."""
        table = kind.table
        statement = update(table).where(
            table.c[KEY] == bindparam("b_key"), table.c[VERSION] == bindparam("b_version")
        )
        names = [name for name in rows[0] if name not in {"b_key", "b_version", KEY}]
        columns: dict[str, Any] = {name: bindparam(name) for name in names}
        bound = [{name: item for name, item in row.items() if name != KEY} for row in rows]
        result = self._connection.execute(statement.values(**columns), bound)
        if result.rowcount not in (len(rows), -1):
            raise Conflict(
                message(
                    "Somebody else changed the same values at the same moment. Nothing was"
                    " overwritten; look at them again."
                )
            )


def conflict(store: Store, kind: str, key: str) -> Conflict:
    """Return the error that names who changed a value since, and when."""
    last = store.last_change(kind, key)
    if last is None:
        return Conflict(message("{key} is no longer what you saw; look at it again.", key=key))
    return Conflict(
        message(
            "{key} was changed by {who} at {at} in the meantime. Nothing was overwritten; look at"
            " it again.",
            key=key,
            who=last.who,
            at=last.at.strftime("%Y-%m-%d %H:%M:%S UTC"),
        )
    )
