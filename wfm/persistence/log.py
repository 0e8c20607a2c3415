"""The append-only log: sealed entries whose seals chain, and the check of the chain.

An entry's digest covers its changes and a random salt; its hash covers the entry, the digest and
the hash before it.  Erasing personal data removes changes and salt, after which nobody can tell
what they were, while the chain still verifies.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, func, insert, select, text, update

from wfm.messages import Message
from wfm.model.change import Change
from wfm.model.codec import to_json
from wfm.persistence.tables import operation, operation_change, operation_salt

if TYPE_CHECKING:
    from wfm.persistence.database import Database

WRITER_LOCK = 84_793_212


def canonical(data: Any) -> str:
    """Return JSON in one way only, for digests."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(salt: str, changes: Sequence[Change]) -> str:
    """Return the salted SHA-256 of an operation's changes."""
    seal = hashlib.sha256(salt.encode())
    for item in changes:
        seal.update(canonical([item.kind, item.key, item.before, item.after]).encode())
    return seal.hexdigest()


def hash_of(
    previous: str, number: int, at: str, who: str, words: str, undoes: int | None, digest: str
) -> str:
    """Return the hash of an entry; the database function of PostgreSQL computes the same."""
    parts = [previous, str(number), at, who, words, "" if undoes is None else str(undoes), digest]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def append(
    connection: Connection,
    who: str,
    at: datetime,
    words: Message,
    changes: Sequence[Change],
    undoes: int | None,
) -> tuple[int, str]:
    """Write one operation with its changes; returns its id and hash."""
    salt = secrets.token_hex(16)
    entry = {
        "at": at.isoformat(timespec="microseconds"),
        "who": who,
        "text": to_json(words),
        "undoes": undoes,
        "digest": digest_of(salt, changes),
    }
    number, seal = _insert(connection, entry)
    if changes:
        connection.execute(
            insert(operation_change),
            [
                {
                    "operation": number,
                    "position": place,
                    "kind": item.kind,
                    "row_key": item.key,
                    "before": item.before,
                    "after": item.after,
                }
                for place, item in enumerate(changes)
            ],
        )
    connection.execute(insert(operation_salt), {"operation": number, "salt": salt})
    return number, seal


def _insert(connection: Connection, entry: dict[str, Any]) -> tuple[int, str]:
    words = json.dumps(entry["text"], ensure_ascii=False, allow_nan=False)
    if connection.dialect.name == "postgresql":
        row = connection.execute(
            text("SELECT id, hash FROM toban_append(:at, :who, :text, :undoes, :digest)"),
            {**entry, "text": words},
        ).one()
        return int(row[0]), str(row[1])
    last = connection.execute(
        select(operation.c.id, operation.c.hash).order_by(operation.c.id.desc()).limit(1)
    ).first()
    number, previous = (1, "") if last is None else (last[0] + 1, last[1])
    seal = hash_of(
        previous, number, entry["at"], entry["who"], words, entry["undoes"], entry["digest"]
    )
    connection.execute(insert(operation), {**entry, "id": number, "hash": seal, "erased": False})
    return number, seal


def verify(database: Database) -> int | None:
    """Return the id of the first entry that does not fit its seal, ``None`` if all do.

    Finds edited, removed and reordered entries and changes; a log cut short at its end is found by
    comparing :func:`head` with a head written down earlier.
    """
    with database.connect() as connection:
        previous, expected = "", 1
        salts: dict[int, str] = {
            row[0]: row[1] for row in connection.execute(select(operation_salt))
        }
        rows = connection.execute(select(operation).order_by(operation.c.id)).mappings()
        for row in rows.all():
            words = json.dumps(row["text"], ensure_ascii=False, allow_nan=False)
            seal = hash_of(
                previous, row["id"], row["at"], row["who"], words, row["undoes"], row["digest"]
            )
            if row["id"] != expected or row["hash"] != seal:
                return min(int(row["id"]), expected)
            if not row["erased"] and not _fits(connection, row, salts):
                return int(row["id"])
            previous, expected = seal, expected + 1
    return None


def _fits(connection: Connection, row: Any, salts: dict[int, str]) -> bool:
    query = (
        select(operation_change)
        .where(operation_change.c.operation == row["id"])
        .order_by(operation_change.c.position)
    )
    changes = [
        Change(item["kind"], item["row_key"], item["before"], item["after"])
        for item in connection.execute(query).mappings()
    ]
    return digest_of(salts.get(row["id"], ""), changes) == str(row["digest"])


def head(database: Database) -> tuple[int, str]:
    """Return id and hash of the newest entry, to be kept elsewhere; (0, "") for an empty log."""
    with database.connect() as connection:
        row = connection.execute(
            select(operation.c.id, operation.c.hash).order_by(operation.c.id.desc()).limit(1)
        ).first()
    return (0, "") if row is None else (int(row[0]), str(row[1]))


def erase_payload(database: Database, ids: Sequence[int]) -> int:
    """Erase before and after of operations for good; returns how many entries were erased."""
    with database.begin() as connection:
        connection.execute(
            update(operation_change)
            .where(operation_change.c.operation.in_(ids))
            .values(before=None, after=None)
        )
        connection.execute(delete(operation_salt).where(operation_salt.c.operation.in_(ids)))
        connection.execute(update(operation).where(operation.c.id.in_(ids)).values(erased=True))
        query = select(func.count()).select_from(operation).where(operation.c.id.in_(ids))
        return int(connection.execute(query).scalar_one())
