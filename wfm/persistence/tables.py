"""The tables of the operation log; those of the values are declared by their kinds.

Entries and changes are never altered.  Contents lie apart, each with the salt of its digest, and
are the only rows that may be erased; the digests stay, and the chain of hashes with them.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, String, Table

from wfm.persistence.kinds import metadata

_NUMBER = BigInteger().with_variant(Integer, "sqlite")

operation = Table(
    "operation",
    metadata,
    Column("id", _NUMBER, primary_key=True, autoincrement=False),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("login", String, nullable=False),
    Column("token", String, nullable=False, unique=True),
    Column("template", String, nullable=False),
    Column("undoes", _NUMBER, nullable=True),
    Column("digest", String, nullable=False),
    Column("hash", String, nullable=False),
)
"""See :class:`wfm.persistence.chain.Entry` for the columns."""

operation_change = Table(
    "operation_change",
    metadata,
    Column("operation", _NUMBER, ForeignKey("operation.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),
    Column("row_key", String, nullable=False),
    Column("digest", String, nullable=False),
    Index("ix_operation_change_kind", "kind", "row_key", "operation"),
)
"""What each entry touched, positions from 1, with the salted digest of the contents."""

operation_content = Table(
    "operation_content",
    metadata,
    Column("operation", _NUMBER, ForeignKey("operation.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("before", LargeBinary, nullable=True),
    Column("after", LargeBinary, nullable=True),
)
"""Packed values before and after, with their salt; position 0 holds the values of the entry's
sentence in ``after``."""
