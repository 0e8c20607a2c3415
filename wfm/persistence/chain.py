"""The hash chain of the operation log: pure functions over what an entry says.

The contents of a change (before, after) enter the chain only as a salted digest.  Contents and
salt lie in a table of their own and may be erased; the digests stay, and the chain with them.
The salt keeps an erased wage or birth date from being guessed back out of its digest.  The same
formulas are written in PL/pgSQL in the first migration, for there the server computes them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

FIRST = "0" * 64
"""What the first entry names as the hash before it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The immutable part of one log entry, without its contents.

    ``at`` is ISO text in UTC; ``login`` the server's name for the connected user (empty in a
    file); ``token`` a random id by which a writer recognises its own entry after a lost answer;
    ``template`` the sentence as JSON, without values; ``digest`` that of the sentence's values.
    """

    id: int
    at: str
    who: str
    login: str
    token: str
    template: str
    undoes: int | None
    digest: str


def sha256(data: bytes) -> str:
    """Return the SHA-256 digest in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def content_digest(
    salt: bytes, kind: str, key: str, before: bytes | None, after: bytes | None
) -> str:
    """Return the salted digest of one change's contents."""
    lines = (
        kind,
        sha256(key.encode()),
        "-" if before is None else sha256(before),
        "-" if after is None else sha256(after),
    )
    return sha256(salt + "\n".join(lines).encode())


def link(previous: str, entry: Entry, changes: Sequence[tuple[str, str, str]]) -> str:
    """Return the hash of an entry that follows ``previous``; ``changes``: (kind, key, digest).

    Kind and key enter beside the digest, for they stay when contents and salt are erased.
    """
    touched = "".join(
        f"{kind}\n{sha256(key.encode())}\n{digest}\n" for kind, key, digest in changes
    )
    lines = (
        previous,
        str(entry.id),
        entry.at,
        sha256(entry.who.encode()),
        sha256(entry.login.encode()),
        sha256(entry.token.encode()),
        sha256(entry.template.encode()),
        "-" if entry.undoes is None else str(entry.undoes),
        entry.digest,
        sha256(touched.encode()),
    )
    return sha256("\n".join(lines).encode())
