"""Changes, operations and outcomes: one record serves undo, audit, locking and refresh."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from wfm.messages import Message

Json = Any
"""A value of the standard JSON types."""


@dataclass(frozen=True, slots=True)
class Change:
    """One stored unit before and after, as JSON values (``None``: did not exist)."""

    kind: str
    key: str
    before: Json
    after: Json


@dataclass(frozen=True, slots=True)
class Operation:
    """One entry of the append-only log.

    ``text`` is a message id with values; ``undoes`` is the id of the operation it takes back;
    ``hash`` chains the entry to the one before it.
    """

    id: int
    at: datetime
    who: str
    text: Message
    changes: tuple[Change, ...] = ()
    undoes: int | None = None
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a service did: the operation written (if any) and what to tell the user."""

    operation: Operation | None = None
    notes: tuple[Message, ...] = ()
    touched: frozenset[tuple[str, str]] = field(default_factory=frozenset)
