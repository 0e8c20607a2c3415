"""Copies of a centre: checked, complete, and thinned out with age."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, insert, select

from wfm.clock import Clock, system_clock
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.site import BackupCopy
from wfm.persistence import log, schema, sqlite
from wfm.persistence.database import Database, write_new_file
from wfm.persistence.failures import damaged
from wfm.persistence.place import cannot_write, is_free, recognise
from wfm.persistence.tables import operation

NEWEST, WEEKLY = 10, 8
_STAMP = re.compile(r"-(\d{8}T\d{6}\d*)\.toban$")


def backup_folder(path: Path) -> Path:
    """Return the folder beside a centre that holds its copies."""
    return path.with_name(f"{path.stem}-backups")


def backup_copies(path: Path) -> tuple[BackupCopy, ...]:
    """Return the copies of a centre, newest first."""
    found = []
    for copy in reversed(_copies(backup_folder(path))):
        stamp = _STAMP.search(copy.name)
        if stamp is None:
            continue
        with contextlib.suppress(OSError, ValueError):
            at = datetime.strptime(stamp[1][:15], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
            found.append(BackupCopy(copy, at, copy.stat().st_size))
    return tuple(found)


def backup(database: Database, target: Path | None = None) -> Path:
    """Write a verified copy to ``target``, or dated into the backups folder; returns the file.

    A centre on PostgreSQL is copied into a centre file.  An existing file is never replaced.
    """
    dated = target is None
    if target is None:
        stem = database.path or Path(f"{database.engine.url.database}.toban")
        folder = backup_folder(stem)
        moment = database.clock()
        target = folder / f"{stem.stem}-{moment:%Y%m%dT%H%M%S%f}.toban"
        while not is_free(target):
            moment += timedelta(microseconds=1)
            target = folder / f"{stem.stem}-{moment:%Y%m%dT%H%M%S%f}.toban"
        _make(folder)
    if not is_free(target):
        raise WfmError(
            message(
                "{file} exists already; it was not touched. Choose another name.", file=str(target)
            )
        )
    if database.path is None:
        _copy_rows(database, target)
    else:
        with database.borrowed() as origin:
            _copy(origin, database.path, target)
    with contextlib.suppress(OSError):
        if dated:
            thin_out(target.parent, target)
    return target


def rescue(database: Database, target: Path) -> Path:
    """Write a complete, checked copy of what is open, even where its own file is gone.

    The copy needs a name of its own: beside the old one lie the journals of what is open.
    """
    if database.path is not None and target.resolve() == database.path.resolve():
        raise WfmError(
            message(
                "Choose another name than {file}: what is open was opened under it.",
                file=str(target),
            )
        )
    copy = backup(database, target)
    check_copy(copy)
    return copy


def backup_if_changed(database: Database) -> Path | None:
    """Make the automatic copy on opening, unless the newest copy is of the same state.

    The state is the last entry of the log and the schema: every change has an entry.
    """
    path = database.path
    if path is None:
        return None
    with database.connect() as connection:
        state = (schema.revision_of(connection), *log.last_entry(connection))
    copies = _copies(backup_folder(path))
    if state[1] == 0 or (copies and _state(copies[-1]) == state):
        return None
    return backup(database)


def _state(copy: Path) -> tuple[str, int, str] | None:
    """Return revision and last entry of a copy, ``None`` where it cannot be read."""
    with (
        contextlib.suppress(sqlite3.Error, UnicodeDecodeError),
        contextlib.closing(sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro", uri=True)) as raw,
    ):
        row = raw.execute(
            "SELECT version_num, id, hash FROM alembic_version, operation ORDER BY id DESC LIMIT 1"
        ).fetchone()
        return None if row is None else (str(row[0]), int(row[1]), str(row[2]))
    return None


def check_copy(path: Path) -> None:
    """Check a copy: readable, undamaged, its log unbroken; raises otherwise."""
    recognise(path)
    engine = sqlite.sqlite_engine(path, read_only=True)
    copy = Database(engine, str(path), path, read_only=True, clock=system_clock)
    try:
        with copy.connect() as connection:
            found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
            if found != "ok" or log.first_broken(connection) is not None:
                raise WfmError(damaged(str(path)))
    finally:
        copy.close()


def restore(copy: Path, path: Path, *, clock: Clock = system_clock) -> Path | None:
    """Put a checked copy in the place of a centre that nobody has open.

    What lay there is kept beside it under a dated name, which is returned.
    """
    check_copy(copy)
    aside = None
    if path.exists():
        aside = path.with_name(f"{path.stem}-replaced-{clock():%Y%m%dT%H%M%S%f}{path.suffix}")
        try:
            for ending in ("-wal", "-shm", "-journal", ""):
                found = path.with_name(path.name + ending)
                if found.exists():
                    found.rename(aside.with_name(aside.name + ending))
        except OSError as error:
            raise cannot_write(path, error) from None
    _copy_file(copy, path)
    return aside


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise WfmError(
            message("{file} cannot be written: {detail}.", file=str(folder), detail=error.strerror)
        ) from None


def _copy_file(source: Path, target: Path) -> None:
    try:
        origin = sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error as error:
        raise WfmError(
            message("{file} cannot be opened: {detail}.", file=str(source), detail=str(error))
        ) from None
    try:
        _copy(origin, source, target)
    finally:
        origin.close()


def _copy(origin: sqlite3.Connection, source: Path, target: Path) -> None:
    """Copy an open database, of the name ``source``, into a new file."""
    try:
        temporary = sqlite.new_file(target)
    except OSError as error:
        raise WfmError(
            message("{file} cannot be written: {detail}.", file=str(target), detail=error.strerror)
        ) from None
    try:
        copy = sqlite3.connect(temporary)
        try:
            origin.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            if copy.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise WfmError(message("The copy of {file} is damaged.", file=str(source)))
        finally:
            copy.close()
        sqlite.move_into_place(temporary, target)
    except sqlite3.Error as error:
        raise WfmError(
            message("{file} cannot be written: {detail}.", file=str(target), detail=str(error))
        ) from None
    except OSError as error:
        raise cannot_write(target, error) from None
    finally:
        sqlite.discard(temporary)


def _copy_rows(database: Database, target: Path) -> None:
    """Copy every row of a server's database into a new file, in one read of one moment."""

    def fill(connection: Connection) -> None:
        schema.migrate(connection)
        with database.connect() as origin:
            log.refuse_partial_view(origin, database.location)
            for table in operation.metadata.sorted_tables:
                rows = [dict(row) for row in origin.execute(select(table)).mappings()]
                if rows:
                    rows.sort(key=lambda row: int(row.get("id", 0)))
                    connection.execute(insert(table), rows)

    write_new_file(target, fill)


def _copies(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.toban") if _STAMP.search(path.name))


def thin_out(folder: Path, made: Path | None = None) -> None:
    """Keep the newest ten copies and the newest of each of the last eight weeks.

    The copy just ``made`` stays in any case: a clock once wrong may have dated others later.
    """
    copies = _copies(folder)
    keep = {*copies[-NEWEST:], *([made] if made else [])}
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
