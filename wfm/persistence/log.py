"""The append-only log of operations: writing entries, checking the chain, erasing contents."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Connection,
    Row,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    tuple_,
)

from wfm.clock import Clock
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.change import Operation
from wfm.model.codec import to_json
from wfm.persistence import chain
from wfm.persistence.tables import operation, operation_change, operation_content

if TYPE_CHECKING:
    from wfm.persistence.database import Database

WRITER_LOCK = 84_793_212
"""PostgreSQL's advisory lock that one writer of a centre holds at a time."""

ERASED = "operation"
"""The ``kind`` of a change that says: the contents of entry ``key`` were erased."""

SALT_BYTES = 16
BATCH = 200

_APPEND = text(
    "SELECT new_id, new_hash FROM toban_append(CAST(:at AS text), CAST(:who AS text),"
    " CAST(:token AS text), CAST(:template AS text), CAST(:undoes AS bigint),"
    " CAST(:kinds AS text[]), CAST(:keys AS text[]), CAST(:salts AS bytea[]),"
    " CAST(:befores AS bytea[]), CAST(:afters AS bytea[]))"
)


@dataclass(frozen=True, slots=True)
class Content:
    """One change as it enters the log: packed rows before and after."""

    kind: str
    key: str
    before: bytes | None
    after: bytes | None


def canonical(data: Any) -> str:
    """Return JSON in one way only, for digests."""
    return json.dumps(
        data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def new_token() -> str:
    """Return a random id for an entry, by which its writer finds it after a lost answer."""
    return secrets.token_hex(16)


def instant_text(moment: datetime) -> str:
    """Return the one way in which the log writes a moment: UTC, to the microsecond."""
    if moment.tzinfo is None:
        raise ValueError("the log needs an aware time")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def append(
    connection: Connection,
    *,
    who: str,
    at: datetime,
    token: str,
    words: Message,
    changes: Sequence[Content],
    undoes: int | None,
) -> tuple[int, str]:
    """Write one entry in the open transaction; returns its id and hash.

    The sentence's values travel as the content of position 0, for they may name people.
    """
    # a file's name need not be Unicode; the sentence shows "?" there
    values = canonical(to_json(dict(words.values))).encode(errors="replace")
    contents = [Content("", "", None, values), *changes]
    template = canonical({"text": words.text, "context": words.context, "plural": words.plural})
    moment = instant_text(at)
    salts = [os.urandom(SALT_BYTES) for _ in contents]
    if connection.dialect.name == "postgresql":
        row = connection.execute(
            _APPEND,
            {
                "at": moment,
                "who": who,
                "token": token,
                "template": template,
                "undoes": undoes,
                "kinds": [item.kind for item in contents],
                "keys": [item.key for item in contents],
                "salts": salts,
                "befores": [item.before for item in contents],
                "afters": [item.after for item in contents],
            },
        ).one()
        return int(row[0]), str(row[1])
    digests = [
        chain.content_digest(salt, item.kind, item.key, item.before, item.after)
        for salt, item in zip(salts, contents, strict=True)
    ]
    number, previous = last_entry(connection)
    entry = chain.Entry(number + 1, moment, who, "", token, template, undoes, digests[0])
    touched = [
        (item.kind, item.key, digest) for item, digest in zip(changes, digests[1:], strict=True)
    ]
    seal = chain.link(previous or chain.FIRST, entry, touched)
    _insert(connection, entry, seal, contents, salts, digests)
    return entry.id, seal


def _insert(
    connection: Connection,
    entry: chain.Entry,
    seal: str,
    contents: Sequence[Content],
    salts: Sequence[bytes],
    digests: Sequence[str],
) -> None:
    columns = {name: getattr(entry, name) for name in chain.Entry.__slots__}
    connection.execute(insert(operation), {**columns, "hash": seal})
    if len(contents) > 1:
        connection.execute(
            insert(operation_change),
            [
                {
                    "operation": entry.id,
                    "position": place,
                    "kind": item.kind,
                    "row_key": item.key,
                    "digest": digest,
                }
                for place, (item, digest) in enumerate(zip(contents, digests, strict=True))
                if place
            ],
        )
    connection.execute(
        insert(operation_content),
        [
            {
                "operation": entry.id,
                "position": place,
                "kind": item.kind,
                "salt": salt,
                "before": item.before,
                "after": item.after,
            }
            for place, (item, salt) in enumerate(zip(contents, salts, strict=True))
        ],
    )


def last_entry(connection: Connection) -> tuple[int, str]:
    """Return id and hash of the newest entry, (0, "") for an empty log."""
    row = connection.execute(
        select(operation.c.id, operation.c.hash).order_by(operation.c.id.desc()).limit(1)
    ).first()
    return (0, "") if row is None else (int(row[0]), str(row[1]))


def head(database: Database) -> tuple[int, str]:
    """Return id and hash of the newest entry, to be kept outside the database.

    :func:`verify` given an earlier head also finds a log that was cut short or rewritten.
    """
    with database.connect() as connection:
        return last_entry(connection)


def verify(database: Database, known_head: tuple[int, str] | None = None) -> int | None:
    """Return the id of the first entry of the log that was tampered with; ``None``: all is well.

    Finds edited, removed, inserted and reordered entries, changes and contents, and contents
    missing without an entry that says they were erased.  Reads the log once, in batches.
    """
    with database.connect() as connection:
        refuse_partial_view(connection, database.location)
        return first_broken(connection, known_head)


def first_broken(connection: Connection, known_head: tuple[int, str] | None = None) -> int | None:
    """Check the chain inside an open transaction; see :func:`verify`."""
    erased = _erased_entries(connection)
    previous, expected = chain.FIRST, 1
    known = known_head or (0, "")
    for entry, seal, changes, contents in _entries(connection):
        if entry.id != expected:
            return expected
        touched = [(str(item.kind), str(item.row_key), str(item.digest)) for item in changes]
        if [change.position for change in changes] != list(range(1, len(changes) + 1)):
            return entry.id
        if chain.link(previous, entry, touched) != seal:
            return entry.id
        if not _contents_fit(entry, changes, contents, erased=entry.id in erased):
            return entry.id
        if entry.id == known[0] and seal != known[1]:
            return entry.id
        previous, expected = seal, expected + 1
    lost = _without_entry(connection)
    if lost is not None:
        return max(lost, 1)
    return expected if known[0] >= expected else None


def _without_entry(connection: Connection) -> int | None:
    """Return the least number of an entry that is not there, but has changes or contents."""
    found = []
    for table in (operation_change, operation_content):
        number = table.c.operation
        query = select(func.min(number)).where(number.not_in(select(operation.c.id)))
        least = connection.execute(query).scalar()
        if least is not None:
            found.append(int(least))
    return min(found, default=None)


def _entries(
    connection: Connection,
) -> Iterator[tuple[chain.Entry, str, list[Row[Any]], dict[int, Row[Any]]]]:
    """Yield each entry with its hash, changes in order and contents by position."""
    query = select(operation).order_by(operation.c.id).limit(BATCH)
    # a forged entry may stand in front of the first
    rows = connection.execute(query).all()
    while True:
        if not rows:
            return
        for row in rows:
            mine = operation_change.c.operation == row.id
            changes = connection.execute(
                select(operation_change).where(mine).order_by(operation_change.c.position)
            ).all()
            contents = connection.execute(
                select(operation_content).where(operation_content.c.operation == row.id)
            ).all()
            entry = chain.Entry(
                id=int(row.id),
                at=str(row.at),
                who=str(row.who),
                login=str(row.login),
                token=str(row.token),
                template=str(row.template),
                undoes=row.undoes,
                digest=str(row.digest),
            )
            yield entry, str(row.hash), list(changes), {item.position: item for item in contents}
        rows = connection.execute(query.where(operation.c.id > rows[-1].id)).all()


def _contents_fit(
    entry: chain.Entry,
    changes: Sequence[Row[Any]],
    contents: dict[int, Row[Any]],
    *,
    erased: bool,
) -> bool:
    expected = {0: ("", "", entry.digest)}
    expected |= {item.position: (item.kind, item.row_key, item.digest) for item in changes}
    if contents.keys() - expected.keys():
        return False
    for position, (kind, key, digest) in expected.items():
        found = contents.get(position)
        if found is None:
            if not erased:
                return False
            continue
        before, after = _bytes(found.before), _bytes(found.after)
        if found.kind != kind:
            return False
        if chain.content_digest(_bytes(found.salt) or b"", kind, key, before, after) != digest:
            return False
    return True


def _bytes(value: Any) -> bytes | None:
    return value if value is None or isinstance(value, bytes) else str(value).encode()


def _erased_entries(connection: Connection) -> set[int]:
    keys = connection.execute(
        select(operation_change.c.row_key)
        .join(operation, operation.c.id == operation_change.c.operation)
        .where(operation_change.c.kind == ERASED)
    ).scalars()
    return {int(key) for key in keys if str(key).isdecimal()}


def refuse_partial_view(connection: Connection, place: str) -> None:
    """On a server: a user who may not see wages cannot check or copy what holds them."""
    if connection.dialect.name != "postgresql":
        return
    sees_all = connection.execute(
        text("SELECT pg_has_role(current_user, 'toban_payroll', 'MEMBER')")
    ).scalar_one()
    if not sees_all:
        raise WfmError(
            message("Only a member of toban_payroll may read the whole log of {file}.", file=place)
        )


def erase_payload(
    database: Database,
    operations: Iterable[int],
    who: str,
    clock: Clock,
    *,
    only: Collection[tuple[str, str]] | None = None,
) -> Operation:
    """Erase the contents (before, after, values of the sentence) of log entries for good.

    ``only`` limits the erasure to the changes of some (kind, key).  The chain stays intact, and
    the erasure is an entry itself; it cannot be undone.  Raises
    :class:`~wfm.errors.WfmError` where there is nothing to erase.
    """
    ids = sorted(set(operations))
    with database.write(who, clock) as unit:
        return unit.erase(ids, only)


def delete_contents(connection: Connection, rows: Sequence[tuple[int, int]]) -> None:
    """Delete contents by (entry, position); the entry that says so has to be written before."""
    if connection.dialect.name == "postgresql":
        connection.execute(
            text("SELECT toban_erase(CAST(:entries AS bigint[]), CAST(:places AS int[]))"),
            {"entries": [row[0] for row in rows], "places": [row[1] for row in rows]},
        )
        return
    connection.execute(
        delete(operation_content).where(
            operation_content.c.operation == bindparam("entry"),
            operation_content.c.position == bindparam("place"),
        ),
        [{"entry": entry, "place": place} for entry, place in rows],
    )


def erasable(
    connection: Connection, ids: Sequence[int], only: Collection[tuple[str, str]] | None
) -> list[tuple[int, int]]:
    """Return the (entry, position) of contents that exist; position 0 is the sentence's."""
    content, change = operation_content.c, operation_change.c
    found: list[tuple[int, int]] = []
    for start in range(0, len(ids), BATCH):
        part = list(ids[start : start + BATCH])
        query = select(content.operation, content.position).where(content.operation.in_(part))
        present = {(int(row[0]), int(row[1])) for row in connection.execute(query)}
        if only is not None:
            query = select(change.operation, change.position).where(
                change.operation.in_(part), tuple_(change.kind, change.row_key).in_(list(only))
            )
            chosen = {(int(row[0]), int(row[1])) for row in connection.execute(query)}
            chosen |= {(entry, 0) for entry, _ in chosen}
            present &= chosen
        found += sorted(present)
    return found
