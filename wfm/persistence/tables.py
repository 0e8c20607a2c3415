"""The tables of the operation log; those of the values are declared by their kinds."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, String, Table

from wfm.persistence.columns import JsonText, PackedJson
from wfm.persistence.kinds import metadata

operation = Table(
    "operation",
    metadata,
    Column(
        "id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    ),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("text", JsonText, nullable=False),
    Column("undoes", BigInteger, nullable=True),
    Column("digest", String, nullable=False),
    Column("hash", String, nullable=False),
    Column("erased", Boolean, nullable=False),
)

operation_change = Table(
    "operation_change",
    metadata,
    Column("operation", ForeignKey("operation.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),
    Column("row_key", String, nullable=False, index=True),
    Column("before", PackedJson, nullable=True),
    Column("after", PackedJson, nullable=True),
)

operation_salt = Table(
    "operation_salt",
    metadata,
    Column("operation", ForeignKey("operation.id"), primary_key=True),
    Column("salt", String, nullable=False),
)
