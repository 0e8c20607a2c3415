"""An open centre: a file or a PostgreSQL database, with its read and write transactions."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, make_url, select, text
from sqlalchemy.exc import ArgumentError

from wfm.clock import Clock, system_clock
from wfm.errors import LostFileError, WfmError
from wfm.messages import Message, message
from wfm.persistence import schema, sqlite
from wfm.persistence.failures import LostConnectionError, damaged, explained
from wfm.persistence.identity import OpenedFile, hold
from wfm.persistence.log import WRITER_LOCK
from wfm.persistence.place import (
    cannot_write,
    claim,
    is_free,
    on_network,
    recognise,
    release,
    use,
    why_read_only,
)
from wfm.persistence.store import Store
from wfm.persistence.tables import operation
from wfm.persistence.unit import Unit

RECONNECTS = (0.0, 0.3, 1.0)
"""Seconds to wait before each look whether a commit arrived whose answer was lost."""


class Database:
    """One centre's database; ``path`` is ``None`` on PostgreSQL.

    ``notes`` tell the user what opening found: read-only and why, a backup that failed.  Several
    threads may use it, each with transactions of its own.
    """

    def __init__(
        self,
        engine: Engine,
        location: str,
        path: Path | None,
        *,
        read_only: bool,
        clock: Clock,
        opened: OpenedFile | None = None,
    ) -> None:
        self.engine = engine
        self.location = location
        self.path = path
        self.read_only = read_only
        self.clock = clock
        self.notes: tuple[Message, ...] = ()
        self.on_close: list[Callable[[], None]] = [] if path is None else [use(path)]
        self._opened = opened
        self._folded = False
        if opened is not None:
            self.on_close.append(hold(opened))

    def lost(self) -> Message | None:
        """Return what became of a file that no longer lies where it was opened, or ``None``.

        What is open can still be read and copied (:func:`wfm.persistence.rescue`), not changed.
        """
        found = None if self._opened is None else self._opened.what_happened()
        if found is None:
            self._folded = False
        elif not self._folded:
            self._folded = True
            with contextlib.suppress(WfmError), self.borrowed() as raw:
                sqlite.fold_log(raw)
        return found

    @contextmanager
    def borrowed(self) -> Iterator[sqlite3.Connection]:
        """Lend the plain connection of a file, outside any transaction."""
        with explained(self.location):
            held = self.engine.raw_connection()
        try:
            raw = held.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            yield raw
        finally:
            held.close()

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """Open a read transaction of one moment."""
        self.lost()
        with explained(self.location), self.engine.connect() as connection:
            if self.path is None:
                connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            with connection.begin():
                yield connection

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Open the one write transaction at a time; commits on leaving, rolls back on error."""
        if self.read_only:
            raise WfmError(
                message("{file} was opened read-only; nothing was changed.", file=self.location)
            )
        self._refuse_if_lost()
        with explained(self.location), self.engine.connect() as connection:
            connection.execution_options(**{sqlite.WRITES: True})
            with connection.begin():
                if self.path is None:
                    connection.execute(
                        text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITER_LOCK}
                    )
                yield connection
                self._refuse_if_lost()

    def _refuse_if_lost(self) -> None:
        lost = self.lost()
        if lost is not None:
            raise LostFileError(lost, self.location)

    @contextmanager
    def read(self) -> Iterator[Store]:
        """Read values of one moment."""
        with self.connect() as connection:
            yield Store(connection)

    @contextmanager
    def write(self, who: str, clock: Clock) -> Iterator[Unit]:
        """Write values; what was not committed with an operation is rolled back.

        A commit whose answer a server could not deliver any more is looked up before anything is
        reported: it may have been kept.
        """
        unit: Unit | None = None
        try:
            with self.begin() as connection:
                unit = Unit(connection, who, clock)
                yield unit
                if not unit.committed:
                    connection.rollback()
        except LostConnectionError:
            if unit is None or not unit.committed or not self._arrived(unit.token):
                raise

    def _arrived(self, token: str) -> bool:
        """Tell whether the entry of a lost commit is in the log; raises if nobody can tell."""
        for pause in RECONNECTS:
            time.sleep(pause)
            try:
                # the writer's lock is free only when the lost transaction has ended
                with self.begin() as connection:
                    found = select(operation.c.id).where(operation.c.token == token)
                    return connection.execute(found).first() is not None
            except LostConnectionError:
                continue
        raise WfmError(
            message(
                "The connection to {file} was lost while saving. Whether the change was kept is"
                " not known; look at the log when the server answers again.",
                file=self.location,
            )
        )

    def close(self) -> None:
        """Close every connection; a file is left complete, with nothing beside it."""
        lost = self.lost()
        self.engine.dispose()
        if self.path is not None and not self.read_only:
            if lost is None:
                sqlite.close_into_one_file(self.path)
            else:
                sqlite.remove_empty_log(self.path)
        for action in self.on_close:
            action()
        self.on_close.clear()


def is_server(location: str) -> bool:
    """Tell whether a location names a PostgreSQL database rather than a file."""
    return location.startswith(("postgresql://", "postgres://"))


def _server_engine(location: str) -> Engine:
    return create_engine(
        _server_url(location),
        pool_pre_ping=True,
        max_overflow=20,
        connect_args={
            "connect_timeout": 5,
            "options": f"-c lock_timeout={sqlite.WAIT_MS} -c timezone=UTC",
        },
    )


def _server_url(location: str) -> URL:
    try:
        return make_url(location).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):
        raise WfmError(
            message(
                "The server's address cannot be read. It looks like"
                " postgresql://user@server/database."
            )
        ) from None


def _shown(location: str) -> str:
    """Return a server's address without its password and options."""
    url = _server_url(location)
    shown = URL.create(
        "postgresql", url.username, host=url.host, port=url.port, database=url.database
    )
    return shown.render_as_string()


def create_database(location: str, *, clock: Clock = system_clock) -> Database:
    """Create an empty centre; a file comes into being whole and never replaces another."""
    if is_server(location):
        return _create_on_server(location, clock)
    path = Path(location)
    if not is_free(path):
        raise WfmError(
            message(
                "{file} exists already; it was not touched. Choose another name.", file=location
            )
        )
    write_new_file(path, schema.migrate)
    return open_database(location, clock=clock)


def write_new_file(path: Path, fill: Callable[[Connection], None]) -> None:
    """Fill an empty database in one transaction, and give the file its name when it is whole."""
    if not path.parent.is_dir():
        raise WfmError(message("There is no folder {folder}.", folder=str(path.parent)))
    try:
        with explained(str(path)):
            temporary = sqlite.new_file(path)
    except OSError as error:
        raise cannot_write(path, error) from None
    try:
        engine = sqlite.sqlite_engine(temporary, read_only=False)
        database = Database(engine, str(path), temporary, read_only=False, clock=system_clock)
        try:
            with database.begin() as connection:
                fill(connection)
        finally:
            database.close()
        sqlite.move_into_place(temporary, path)
    except OSError as error:
        raise cannot_write(path, error) from None
    finally:
        sqlite.discard(temporary)


def _create_on_server(location: str, clock: Clock) -> Database:
    shown = _shown(location)
    database = Database(_server_engine(location), shown, None, read_only=False, clock=clock)
    try:
        with database.begin() as connection:
            _refuse_centre(connection, shown)
            schema.migrate(connection)
    except BaseException:
        database.close()
        raise
    return database


def _refuse_centre(connection: Connection, location: str) -> None:
    if schema.revision_of(connection) is not None:
        raise WfmError(message("{file} already holds a centre.", file=location))


def open_database(
    location: str,
    *,
    read_only: bool = False,
    clock: Clock = system_clock,
    take_over: bool = False,
) -> Database:
    """Open a centre, bringing an older schema up to date after a backup.

    A file that cannot be written here is opened read-only, with a note; on a network folder one
    named program writes, others read, and ``take_over`` takes its place.  Raises
    :class:`~wfm.errors.WfmError` in a sentence for whatever is no centre, newer, locked, damaged
    or not permitted.
    """
    if is_server(location):
        shown = _shown(location)
        engine = _server_engine(location)
        database = Database(engine, shown, None, read_only=read_only, clock=clock)
    else:
        database = _on_file(Path(location), read_only, clock, take_over)
    try:
        _make_ready(database)
    except BaseException:
        database.close()
        raise
    return database


def _on_file(path: Path, read_only: bool, clock: Clock, take_over: bool) -> Database:
    recognise(path)
    opened = OpenedFile.at(path)
    reason, claimed = None, False
    if not read_only:
        reason = why_read_only(path)
        if reason is None and on_network(path):
            reason = claim(path, clock, take_over=take_over)
            claimed = reason is None
    read_only = read_only or reason is not None
    log = path.with_name(f"{path.name}-wal")
    unread = log.exists() and log.stat().st_size > 0
    immutable = read_only and why_read_only(path) is not None and not unread
    engine = sqlite.sqlite_engine(
        path, read_only=read_only, immutable=immutable, look=opened.refuse_if_lost
    )
    database = Database(engine, str(path), path, read_only=read_only, clock=clock, opened=opened)
    if claimed:
        database.on_close.append(lambda: release(path))
    if reason is not None:
        database.notes = (reason,)
    return database


def _make_ready(database: Database) -> None:
    from wfm.persistence.backups import backup_if_changed

    try:
        with database.connect() as connection:
            if database.path is not None:
                _refuse_damage(connection, database.location)
            older = schema.needs_migration(connection, database.location)
            if not older:
                schema.refuse_missing_tables(connection, database.location)
    except UnicodeDecodeError as error:
        # SQLite quotes damaged names in what it says is wrong
        raise WfmError(damaged(database.location)) from error
    if older and database.read_only:
        raise WfmError(
            message(
                "{file} is of an older version; open it for writing once.", file=database.location
            )
        )
    if older:
        backup_if_changed(database)
        with database.begin() as connection:
            schema.migrate(connection)
    elif not database.read_only:
        try:
            backup_if_changed(database)
        except WfmError as error:
            # a copy that fails must not keep anybody from the centre
            reason = message("No backup was made: {reason}", reason=error.message)
            database.notes = (*database.notes, reason)


def _refuse_damage(connection: Connection, location: str) -> None:
    found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if found != "ok":
        raise WfmError(damaged(location))
