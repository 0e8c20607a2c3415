"""Reading values inside one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, select

from wfm.messages import Message
from wfm.model.change import Change, Operation
from wfm.model.codec import from_json, to_json
from wfm.persistence.kinds import DAY, KEY, Kind, kind_named, kind_of
from wfm.persistence.tables import operation, operation_change

T = TypeVar("T")


class Store:
    """A consistent picture of the centre: every read is of the same moment."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, value: type[T], key: str) -> T | None:
        """Return the value of a key, or ``None``."""
        kind = kind_of(value)
        rows = self._values(kind, select(kind.table).where(kind.table.c[KEY] == key))
        return next(rows, None)

    def all(self, value: type[T]) -> tuple[T, ...]:
        """Return every value of a class, in order of key."""
        kind = kind_of(value)
        return tuple(self._values(kind, select(kind.table).order_by(kind.table.c[KEY])))

    def where(
        self,
        value: type[T],
        *,
        since: date | None = None,
        until: date | None = None,
        **equal: str,
    ) -> tuple[T, ...]:
        """Return the values whose day is in ``[since, until)`` and whose columns equal.

        In order of day, then key.
        """
        kind = kind_of(value)
        query = select(kind.table)
        if since is not None:
            query = query.where(kind.table.c[DAY] >= since)
        if until is not None:
            query = query.where(kind.table.c[DAY] < until)
        for name, wanted in equal.items():
            query = query.where(kind.table.c[name] == wanted)
        order = [kind.table.c[DAY]] if kind.day is not None else []
        return tuple(self._values(kind, query.order_by(*order, kind.table.c[KEY])))

    def days(self, value: type) -> tuple[date, ...]:
        """Return the days for which values of a class exist, in order."""
        column = kind_of(value).table.c[DAY]
        rows = self._connection.execute(select(column).distinct().order_by(column))
        return tuple(row[0] for row in rows)

    def version(self, value: type, key: str) -> int | None:
        """Return how often a value was written since it exists, ``None`` where it does not."""
        found = self._rows(kind_of(value), [key]).get(key)
        return None if found is None else found[0]

    def operations(self, since_id: int = 0, last: int | None = None) -> tuple[Operation, ...]:
        """Return operations after ``since_id``, oldest first; only the ``last`` ones if given.

        Their changes are not loaded; :meth:`changes` has those of one.
        """
        query = select(operation).where(operation.c.id > since_id)
        query = query.order_by(operation.c.id.desc())
        if last is not None:
            query = query.limit(last)
        rows = list(self._connection.execute(query).mappings())
        return tuple(_operation(row) for row in reversed(rows))

    def operation(self, operation_id: int) -> Operation | None:
        """Return one operation without its changes, or ``None``."""
        query = select(operation).where(operation.c.id == operation_id)
        row = self._connection.execute(query).mappings().first()
        return None if row is None else _operation(row)

    def changes(self, operation_id: int) -> tuple[Change, ...]:
        """Return what one operation changed, in order."""
        query = (
            select(operation_change)
            .where(operation_change.c.operation == operation_id)
            .order_by(operation_change.c.position)
        )
        return tuple(
            Change(row["kind"], row["row_key"], row["before"], row["after"])
            for row in self._connection.execute(query).mappings()
        )

    def last_change(self, kind: str, key: str) -> Operation | None:
        """Return the operation that last touched a value."""
        query = (
            select(operation)
            .join(operation_change, operation_change.c.operation == operation.c.id)
            .where(operation_change.c.kind == kind, operation_change.c.row_key == key)
            .order_by(operation.c.id.desc())
            .limit(1)
        )
        row = self._connection.execute(query).mappings().first()
        return None if row is None else _operation(row)

    def differing(self, changes: Sequence[Change]) -> Iterator[Change]:
        """Yield the changes whose stored value is no longer what they left."""
        keys: dict[str, list[str]] = defaultdict(list)
        for change in changes:
            keys[change.kind].append(change.key)
        stored = {name: self._rows(kind_named(name), found) for name, found in keys.items()}
        for change in changes:
            row = stored[change.kind].get(change.key)
            if (None if row is None else to_json(row[1])) != change.after:
                yield change

    def _values(self, kind: Kind, query: Select[Any]) -> Iterator[Any]:
        return map(kind.from_row, self._connection.execute(query).mappings())

    def _rows(self, kind: Kind, keys: Sequence[str]) -> dict[str, tuple[int, Any]]:
        """Return key → (version, value) of those keys that exist, in batches."""
        found: dict[str, tuple[int, Any]] = {}
        for start in range(0, len(keys), 500):
            query = select(kind.table).where(kind.table.c[KEY].in_(keys[start : start + 500]))
            for row in self._connection.execute(query).mappings():
                found[row[KEY]] = (row["row_version"], kind.from_row(row))
        return found


def _operation(row: Any) -> Operation:
    return Operation(
        id=row["id"],
        at=datetime.fromisoformat(row["at"]),
        who=row["who"],
        text=from_json(Message, row["text"]),
        undoes=row["undoes"],
        hash=row["hash"],
    )
