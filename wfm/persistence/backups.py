"""Copies of a centre: checked, complete, and thinned out with age."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, select

from wfm.errors import WfmError
from wfm.messages import message
from wfm.persistence import sqlite
from wfm.persistence.database import Database, create_database
from wfm.persistence.kinds import metadata

NEWEST, WEEKLY = 10, 8
_STAMP = re.compile(r"-(\d{8}T\d{6}\d*)\.toban$")


def backup_folder(path: Path) -> Path:
    """Return the folder beside a centre that holds its copies."""
    return path.with_name(f"{path.stem}-backups")


def backup(database: Database, target: Path | None = None) -> Path:
    """Write a verified copy to ``target``, or dated into the backups folder; returns the file.

    A centre on PostgreSQL is copied into a centre file.  An existing file is never replaced.
    """
    if target is None:
        stem = database.path or Path(f"{database.engine.url.database}.toban")
        folder = backup_folder(stem)
        moment = database.clock()
        target = folder / f"{stem.stem}-{moment:%Y%m%dT%H%M%S%f}.toban"
        while target.exists():
            moment += timedelta(microseconds=1)
            target = folder / f"{stem.stem}-{moment:%Y%m%dT%H%M%S%f}.toban"
        _make(folder)
    if target.exists():
        raise WfmError(
            message(
                "{file} exists already; it was not touched. Choose another name.", file=str(target)
            )
        )
    if database.path is None:
        _copy_rows(database, target)
    else:
        _copy_file(database.path, target)
    return target


def backup_if_changed(database: Database) -> Path | None:
    """Make the automatic copy on opening, unless the newest copy is of the same state."""
    path = database.path
    if path is None:
        return None
    copies = _copies(backup_folder(path))
    if copies and copies[-1].stat().st_mtime_ns >= path.stat().st_mtime_ns:
        return None
    with contextlib.suppress(OSError):
        copy = backup(database)
        os.utime(copy, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
        thin_out(backup_folder(path))
        return copy
    return None


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise WfmError(
            message("{file} cannot be written: {detail}.", file=str(folder), detail=error.strerror)
        ) from None


def _copy_file(source: Path, target: Path) -> None:
    try:
        temporary = sqlite.new_file(target)
    except OSError as error:
        raise WfmError(
            message("{file} cannot be written: {detail}.", file=str(target), detail=error.strerror)
        ) from None
    try:
        origin = sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)
        copy = sqlite3.connect(temporary)
        try:
            origin.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            if copy.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise WfmError(message("The copy of {file} is damaged.", file=str(source)))
        finally:
            copy.close()
            origin.close()
        sqlite.move_into_place(temporary, target)
    except sqlite3.Error as error:
        raise WfmError(
            message("{file} cannot be written: {detail}.", file=str(target), detail=str(error))
        ) from None
    finally:
        temporary.unlink(missing_ok=True)


def _copy_rows(database: Database, target: Path) -> None:
    """Copy every row of a server's database into a new file, in one read of one moment."""
    copy = create_database(str(target), clock=database.clock)
    try:
        with database.connect() as origin, copy.begin() as connection:
            for table in metadata.sorted_tables:
                rows = [dict(row) for row in origin.execute(select(table)).mappings()]
                if rows:
                    connection.execute(insert(table), rows)
    finally:
        copy.close()


def _copies(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.toban") if _STAMP.search(path.name))


def thin_out(folder: Path) -> None:
    """Keep the newest ten copies and the newest of each of the last eight weeks."""
    copies = _copies(folder)
    keep = set(copies[-NEWEST:])
    weeks: dict[str, Path] = {}
    for path in copies:
        found = _STAMP.search(path.name)
        if found:
            moment = datetime.strptime(found[1][:8], "%Y%m%d")
            weeks[f"{moment:%G-%V}"] = path
    keep.update(path for _, path in sorted(weeks.items())[-WEEKLY:])
    for path in copies:
        if path not in keep:
            path.unlink(missing_ok=True)
