"""SQLite as the file of one centre: how it is recognised, opened, journaled and closed."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event

from wfm.errors import WfmError
from wfm.messages import message

APPLICATION_ID = 0x546F6261
"""Bytes 68–71 of a centre file: "Toba"."""
MAGIC = b"SQLite format 3\x00"
NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "sshfs", "fuse.sshfs", "9p", "afs", "davfs"}
WAIT_MS = 5000


def recognise(path: Path) -> None:
    """Refuse what is no centre file, in a sentence, before SQLite touches it."""
    if not path.exists():
        raise WfmError(message("There is no file {file}.", file=str(path)))
    if not path.is_file():
        raise WfmError(message("{file} is not a file.", file=str(path)))
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise WfmError(
            message("{file} cannot be opened: {detail}.", file=str(path), detail=error.strerror)
        ) from None
    if not header.startswith(MAGIC):
        raise WfmError(message("{file} is not a centre file.", file=str(path)))
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise WfmError(
            message("{file} is a database of another program, not a centre file.", file=str(path))
        )


def on_network(path: Path) -> bool:
    """Tell whether a file lies on a network folder, where write-ahead logs are unsafe."""
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8")
    except OSError:
        return str(path).startswith(("\\\\", "//"))
    best, kind = "", ""
    for line in mounts.splitlines():
        parts = line.split()
        if len(parts) > 2 and str(path).startswith(parts[1]) and len(parts[1]) > len(best):
            best, kind = parts[1], parts[2]
    return kind in NETWORK


def sqlite_engine(path: Path, *, read_only: bool) -> Engine:
    """Return an engine whose writers queue up and whose commits reach the disk."""
    mode = "ro" if read_only else "rw"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            f"{path.resolve().as_uri()}?mode={mode}",
            uri=True,
            timeout=WAIT_MS / 1000,
            isolation_level=None,
            check_same_thread=False,
        )

    engine = create_engine("sqlite://", creator=connect, pool_reset_on_return="rollback")
    journal = "DELETE" if on_network(path.resolve()) else "WAL"

    @event.listens_for(engine, "connect")
    def prepare(raw: Any, _: Any) -> None:
        raw.execute(f"PRAGMA busy_timeout={WAIT_MS}")
        raw.execute("PRAGMA foreign_keys=ON")
        if not read_only:
            raw.execute(f"PRAGMA journal_mode={journal}")
            raw.execute("PRAGMA synchronous=FULL")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        # a deferred transaction that later writes fails at once instead of waiting its turn
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def close_into_one_file(path: Path) -> None:
    """Fold the write-ahead log into the file and leave no other file, unless others use it."""
    with contextlib.suppress(sqlite3.Error):
        raw = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=0.2)
        try:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            raw.execute("PRAGMA journal_mode=DELETE")
        finally:
            raw.close()


def new_file(path: Path) -> Path:
    """Create an empty, recognisable database beside ``path``, private to the user."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    temporary.unlink(missing_ok=True)
    os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    raw = sqlite3.connect(temporary)
    try:
        raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
        raw.commit()
    finally:
        raw.close()
    return temporary


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
