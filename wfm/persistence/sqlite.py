"""SQLite as the file of one centre: how it is recognised, opened, journaled and closed."""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from wfm.errors import WfmError
from wfm.messages import message
from wfm.persistence.place import APPLICATION_ID, on_network

WAIT_MS = 5000
WRITES = "writes"
"""Execution option of a connection that will write."""


def sqlite_engine(
    path: Path,
    *,
    read_only: bool,
    immutable: bool = False,
    look: Callable[[], None] = lambda: None,
) -> Engine:
    """Return an engine whose writers queue up and whose commits reach the disk.

    ``immutable`` reads a file beside which no lock file can be made.  ``look`` raises when the
    file is no longer the one that was opened first: a further connection would be to another file.
    """
    mode = "ro&immutable=1" if immutable else "ro" if read_only else "rw"

    def connect() -> sqlite3.Connection:
        look()
        made = _connected(path, mode)
        try:
            look()
        except BaseException:
            made.close()
            raise
        return made

    # a pool of connections: transactions of different threads must not meet on one
    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, max_overflow=20)
    journal = "DELETE" if on_network(path.resolve()) else "WAL"

    @event.listens_for(engine, "connect")
    def prepare(raw: Any, _: Any) -> None:
        raw.execute(f"PRAGMA busy_timeout={WAIT_MS}")
        raw.execute("PRAGMA foreign_keys=ON")
        raw.execute("PRAGMA trusted_schema=OFF")
        # what is erased from the log must not survive in free pages
        raw.execute("PRAGMA secure_delete=ON")
        if not read_only:
            raw.execute(f"PRAGMA journal_mode={journal}")
            raw.execute("PRAGMA synchronous=FULL")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        # a deferred transaction that later writes fails at once instead of waiting its turn
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    """Return a connection that leaves transactions to SQLAlchemy and may change its thread."""
    return sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}",
        uri=True,
        timeout=WAIT_MS / 1000,
        isolation_level=None,
        check_same_thread=False,
    )


def close_into_one_file(path: Path) -> None:
    """Fold the write-ahead log into the file and leave no other file, unless others use it."""
    # SQLite quotes damaged names, which need not be text
    with contextlib.suppress(sqlite3.Error, UnicodeDecodeError):
        raw = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=0.2)
        try:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            raw.execute("PRAGMA journal_mode=DELETE")
        finally:
            raw.close()


def fold_log(raw: Any) -> None:
    """Fold the write-ahead log into the file of an open connection, wherever that file is now.

    An empty log beside a name cannot be taken for that of another file put there.
    """
    with contextlib.suppress(sqlite3.Error):
        raw.execute("PRAGMA busy_timeout=0")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with contextlib.suppress(sqlite3.Error):
        raw.execute(f"PRAGMA busy_timeout={WAIT_MS}")


def remove_empty_log(path: Path) -> None:
    """Remove the folded log that a deleted or moved file left beside its old name."""
    log = path.with_name(f"{path.name}-wal")
    with contextlib.suppress(OSError):
        if not path.exists() and log.stat().st_size == 0:
            log.unlink()
            path.with_name(f"{path.name}-shm").unlink()


def new_file(path: Path) -> Path:
    """Create an empty, recognisable database beside ``path``, private to the user."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        with contextlib.closing(sqlite3.connect(temporary)) as raw:
            raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
            raw.commit()
    except sqlite3.Error as error:
        discard(temporary)
        raise WfmError(
            message("{file} cannot be written: {detail}.", file=str(path), detail=str(error))
        ) from error
    return temporary


def discard(temporary: Path) -> None:
    """Remove a temporary database with everything SQLite put beside it."""
    for ending in ("", "-journal", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            temporary.with_name(temporary.name + ending).unlink()


def move_into_place(temporary: Path, path: Path) -> None:
    """Give a finished file its name without ever replacing another file."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise WfmError(
            message(
                "{file} exists already; it was not touched. Choose another name.", file=str(path)
            )
        ) from None
    except OSError:
        # a file system without hard links: the check and the rename are two steps there
        if path.exists():
            raise WfmError(
                message(
                    "{file} exists already; it was not touched. Choose another name.",
                    file=str(path),
                )
            ) from None
        temporary.rename(path)
        return
    finally:
        if path.exists():
            temporary.unlink(missing_ok=True)
