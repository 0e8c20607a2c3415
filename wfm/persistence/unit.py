"""Writing: values and their one operation in one transaction, against what the user saw."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, delete, insert, update

from wfm.clock import Clock
from wfm.errors import Conflict, WfmError
from wfm.messages import Message, message
from wfm.model.change import Change, Operation
from wfm.persistence import log
from wfm.persistence.columns import storable
from wfm.persistence.kinds import KEY, VERSION, Kind, kind_named, kind_of, same
from wfm.persistence.store import Store, unpacked

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
        if not storable(who):
            raise _unstorable(message("the name of who makes a change"), who)
        self._who = who
        self._clock = clock
        self._changes: dict[tuple[str, str], tuple[Kind, Any, Any]] = {}
        self.token = log.new_token()
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
        there = [key for key in keys if key in stored]
        for start in range(0, len(there), 500):
            part = there[start : start + 500]
            self._connection.execute(delete(kind.table).where(kind.table.c[KEY].in_(part)))
        for key in keys:
            if key in stored:
                self._note(kind, key, stored[key][1], None)

    def restore(
        self, rows: Sequence[tuple[str, str, bytes | None, bytes | None]]
    ) -> tuple[Change, ...]:
        """Bring values back to what they were before, if they are still what they were after.

        ``rows`` are (kind, key, before, after) as the log packs them.  Returns the changes whose
        value is another one by now; nothing is written then.
        """
        keys: dict[str, list[str]] = defaultdict(list)
        for name, key, _, _ in rows:
            keys[name].append(key)
        stored = {name: self._rows(kind_named(name), found) for name, found in keys.items()}
        differing = tuple(
            Change(name, key, None, None)
            for name, key, _, after in rows
            if not same(unpacked(name, after), stored[name].get(key, (0, None))[1])
        )
        if differing:
            return differing
        born: dict[str, list[str]] = defaultdict(list)
        earlier: dict[str, dict[str, Any]] = defaultdict(dict)
        for name, key, before, _ in rows:
            if before is None:
                born[name].append(key)
            else:
                earlier[name][key] = unpacked(name, before)
        for name, wanted in earlier.items():
            self._write(kind_named(name), wanted, stored[name])
        for name, found in born.items():
            self.delete_all(kind_named(name).value, found)
        return ()

    def commit(self, words: Message, undoes: int | None = None) -> Operation | None:
        """Write the operation and end the unit; ``None`` when nothing had changed.

        Its changes name what was touched; :meth:`changes` reads the contents from the log.
        """
        contents = [
            log.Content(name, key, kind.pack(before), kind.pack(after))
            for (name, key), (kind, before, after) in self._changes.items()
            if not same(before, after)
        ]
        return self._append(words, contents, undoes) if contents else None

    def erase(self, ids: Sequence[int], only: Collection[tuple[str, str]] | None) -> Operation:
        """Erase contents of the log; the entry that says so is the unit's one operation."""
        rows = log.erasable(self._connection, ids, only)
        if not rows:
            raise WfmError(message("None of these log entries has contents left to erase."))
        entries = sorted({number for number, _ in rows})
        words = message(
            "Erase the contents of {count} log entry",
            plural="Erase the contents of {count} log entries",
            count=len(entries),
        )
        contents = [log.Content(log.ERASED, str(number), None, None) for number in entries]
        written = self._append(words, contents, None)
        log.delete_contents(self._connection, rows)
        return written

    def _append(
        self, words: Message, contents: Sequence[log.Content], undoes: int | None
    ) -> Operation:
        if self.committed:
            raise RuntimeError("a unit writes one operation")
        at = self._clock()
        number, seal = log.append(
            self._connection,
            who=self._who,
            at=at,
            token=self.token,
            words=words,
            changes=contents,
            undoes=undoes,
        )
        self.committed = True
        touched = tuple(Change(item.kind, item.key, None, None) for item in contents)
        return Operation(number, at, self._who, words, touched, undoes, seal)

    def _note(self, kind: Kind, key: str, before: Any, after: Any) -> None:
        if self.committed:
            raise RuntimeError("a change after the unit's operation would not be in the log")
        earlier = self._changes.get((kind.name, key))
        self._changes[kind.name, key] = (kind, before if earlier is None else earlier[1], after)

    def _compare(self, kind: Kind, key: str, seen: Any) -> None:
        if seen is UNSEEN:
            return
        stored = self._rows(kind, [key]).get(key)
        if not same(None if stored is None else stored[1], seen):
            raise conflict(self, kind.name, key)

    def _write(
        self, kind: Kind, wanted: dict[str, Any], stored: dict[str, tuple[int, Any]] | None = None
    ) -> None:
        """Write values by key; ``stored`` are their rows, if they have been read before."""
        stored = self._rows(kind, list(wanted)) if stored is None else stored
        new, changed = [], []
        for key, value in wanted.items():
            if key not in stored:
                new.append({**_row(kind, value), VERSION: 1})
                self._note(kind, key, None, value)
                continue
            version, old = stored[key]
            if not same(old, value):
                row = {**_row(kind, value), VERSION: version + 1}
                changed.append({**row, "b_key": key, "b_version": version})
                self._note(kind, key, old, value)
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


def _row(kind: Kind, value: Any) -> dict[str, Any]:
    """Return a value's columns; refuses what one of the engines could not keep."""
    row = kind.to_row(value)
    for name, item in row.items():
        if name not in kind.arrays and not storable(item):
            place = message("{field} of {kind}", field=name, kind=kind.name)
            raise _unstorable(place, item)
    return row


def _unstorable(place: Message, item: Any) -> WfmError:
    return WfmError(
        message(
            "{value} cannot be stored as {place}: it holds signs that are no text, or a number out"
            " of range. Change it and try again.",
            value=repr(item)[:60],
            place=place,
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
            at=last.at,
        )
    )
