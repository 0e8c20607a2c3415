"""Reading values inside one transaction."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, select

from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.change import Change, Operation
from wfm.model.codec import from_json, to_json
from wfm.persistence.columns import storable
from wfm.persistence.kinds import DAY, KEY, Kind, is_stored, kind_named, kind_of
from wfm.persistence.tables import operation, operation_change, operation_content

T = TypeVar("T")


class Store:
    """A consistent picture of the centre: every read is of the same moment."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, value: type[T], key: str) -> T | None:
        """Return the value of a key, or ``None``."""
        kind = kind_of(value)
        if not storable(key):
            return None
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
        leave_out: Collection[str] = (),
        **equal: str,
    ) -> tuple[T, ...]:
        """Return the values whose day is in ``[since, until)`` and whose columns equal.

        In order of day, then key.  Fields to ``leave_out`` (large ones that nobody looks at) are
        not read and have their defaults.
        """
        kind = kind_of(value)
        if not all(map(storable, equal.values())):
            return ()
        query = select(*(item for item in kind.table.c if item.name not in leave_out))
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
        kind = kind_of(value)
        column = kind.table.c[DAY]
        with _readable(kind.name):
            rows = self._connection.execute(select(column).distinct().order_by(column))
            return tuple(row[0] for row in rows)

    def version(self, value: type, key: str) -> int | None:
        """Return how often a value was written since it exists, ``None`` where it does not."""
        found = self._rows(kind_of(value), [key]).get(key)
        return None if found is None else found[0]

    def operations(self, since_id: int = 0, last: int | None = None) -> tuple[Operation, ...]:
        """Return operations after ``since_id``, oldest first; only the ``last`` ones if given.

        Their changes name what was touched; :meth:`changes` has the contents of one.
        """
        query = select(operation).where(operation.c.id > since_id)
        query = query.order_by(operation.c.id.desc())
        if last is not None:
            query = query.limit(last)
        return self._entries(query)[::-1]

    def operation(self, operation_id: int) -> Operation | None:
        """Return one operation, its changes as in :meth:`operations`, or ``None``."""
        return next(
            iter(self._entries(select(operation).where(operation.c.id == operation_id))), None
        )

    def changes(self, operation_id: int) -> tuple[Change, ...]:
        """Return what one operation changed, in order, before and after as JSON values.

        Contents that were erased, or that this user may not see, are ``None`` on both sides.
        """
        return tuple(
            Change(name, key, _as_json(name, before), _as_json(name, after))
            for name, key, before, after in self.contents(operation_id)
        )

    def contents(self, operation_id: int) -> list[tuple[str, str, bytes | None, bytes | None]]:
        """Return (kind, key, before, after) of an operation's changes as the log packs them."""
        change, content = operation_change.c, operation_content.c
        here = (content.operation == change.operation) & (content.position == change.position)
        query = (
            select(change.kind, change.row_key, content.before, content.after)
            .join_from(operation_change, operation_content, here, isouter=True)
            .where(change.operation == operation_id)
            .order_by(change.position)
        )
        return [(row[0], row[1], row[2], row[3]) for row in self._connection.execute(query)]

    def last_change(self, kind: str, key: str) -> Operation | None:
        """Return the operation that last touched a value."""
        query = (
            select(operation)
            .join(operation_change, operation_change.c.operation == operation.c.id)
            .where(operation_change.c.kind == kind, operation_change.c.row_key == key)
            .order_by(operation.c.id.desc())
            .limit(1)
        )
        return next(iter(self._entries(query)), None)

    def past(self, value: type[T], key: str) -> tuple[tuple[Operation, T | None], ...]:
        """Return each operation that touched a value with the value it left, oldest first.

        ``None``: it was deleted, or the contents were erased.
        """
        kind = kind_of(value)
        change, content = operation_change.c, operation_content.c
        here = (content.operation == change.operation) & (content.position == change.position)
        query = (
            select(change.operation, content.after)
            .join_from(operation_change, operation_content, here, isouter=True)
            .where(change.kind == kind.name, change.row_key == key)
        )
        left = {row[0]: row[1] for row in self._connection.execute(query)}
        entries = self._entries(
            select(operation).where(operation.c.id.in_(list(left))).order_by(operation.c.id)
        )
        with _readable(kind.name):
            return tuple((entry, kind.unpack(left[entry.id])) for entry in entries)

    def _entries(self, query: Select[Any]) -> tuple[Operation, ...]:
        """Return the operations of a query in its order, with their sentences and keys."""
        rows = self._connection.execute(query).mappings().all()
        touched: dict[int, list[Change]] = defaultdict(list)
        values: dict[int, Any] = {}
        change, content = operation_change.c, operation_content.c
        for start in range(0, len(rows), 500):
            part = [row["id"] for row in rows[start : start + 500]]
            keys = select(change.operation, change.kind, change.row_key)
            keys = keys.where(change.operation.in_(part)).order_by(
                change.operation, change.position
            )
            for number, kind, key in self._connection.execute(keys):
                touched[number].append(Change(kind, key, None, None))
            words = select(content.operation, content.after)
            words = words.where(content.operation.in_(part), content.position == 0)
            values |= {row[0]: row[1] for row in self._connection.execute(words)}
        with _readable("operation"):
            return tuple(
                Operation(
                    id=row["id"],
                    at=datetime.fromisoformat(row["at"]),
                    who=row["who"],
                    text=_sentence(row["template"], values.get(row["id"])),
                    changes=tuple(touched[row["id"]]),
                    undoes=row["undoes"],
                    hash=row["hash"],
                )
                for row in rows
            )

    def _values(self, kind: Kind, query: Select[Any]) -> Iterator[Any]:
        with _readable(kind.name):
            for row in self._connection.execute(query).mappings():
                yield kind.from_row(row)

    def _rows(self, kind: Kind, keys: Sequence[str]) -> dict[str, tuple[int, Any]]:
        """Return key → (version, value) of those keys that exist, in batches."""
        found: dict[str, tuple[int, Any]] = {}
        keys = [key for key in keys if storable(key)]
        for start in range(0, len(keys), 500):
            query = select(kind.table).where(kind.table.c[KEY].in_(keys[start : start + 500]))
            with _readable(kind.name):
                for row in self._connection.execute(query).mappings():
                    found[row[KEY]] = (row["row_version"], kind.from_row(row))
        return found


def _sentence(template: str, values: bytes | None) -> Message:
    """Return an entry's sentence; one whose values were erased keeps its braces."""
    filled = {} if values is None else json.loads(bytes(values))
    return from_json(Message, {**json.loads(template), "values": filled})


def _as_json(name: str, content: bytes | None) -> Any:
    return to_json(unpacked(name, content)) if is_stored(name) else None


def unpacked(name: str, content: bytes | None) -> Any:
    """Return the value that the log packed, of the kind of that name; ``None`` stays ``None``."""
    with _readable(name):
        return kind_named(name).unpack(content)


@contextmanager
def _readable(kind: str) -> Iterator[None]:
    """Turn what damaged bytes do to a reader into a sentence."""
    try:
        yield
    except (ValueError, TypeError, LookupError, zlib.error, WfmError) as error:
        if isinstance(error, WfmError) and error.__cause__ is not None:
            raise
        raise WfmError(
            message(
                "Something stored of the kind “{kind}” is damaged ({detail}). Open the newest file"
                " of the backups folder.",
                kind=kind,
                detail=str(error),
            )
        ) from error
