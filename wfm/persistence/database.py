"""An open centre: a file or a PostgreSQL database, with its read and write transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, text

from wfm.clock import Clock, system_clock
from wfm.errors import WfmError
from wfm.messages import message
from wfm.persistence import schema, sqlite
from wfm.persistence.failures import explained
from wfm.persistence.log import WRITER_LOCK
from wfm.persistence.store import Store
from wfm.persistence.unit import Unit


class Database:
    """One centre's database; ``path`` is ``None`` on PostgreSQL."""

    def __init__(
        self, engine: Engine, location: str, path: Path | None, *, read_only: bool, clock: Clock
    ) -> None:
        self.engine = engine
        self.location = location
        self.path = path
        self.read_only = read_only
        self.clock = clock

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """Open a read transaction of one moment."""
        with explained(self.location), self.engine.connect() as connection:
            if self.path is None:
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Open the one write transaction at a time; commits on leaving, rolls back on error."""
        if self.read_only:
            raise WfmError(message("{file} was opened read-only.", file=self.location))
        with explained(self.location), self.engine.connect() as connection:
            connection.execution_options(writes=True)
            with connection.begin():
                if self.path is None:
                    connection.execute(
                        text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITER_LOCK}
                    )
                yield connection

    @contextmanager
    def read(self) -> Iterator[Store]:
        """Read values of one moment."""
        with self.connect() as connection:
            yield Store(connection)

    @contextmanager
    def write(self, who: str, clock: Clock) -> Iterator[Unit]:
        """Write values; what was not committed with an operation is rolled back."""
        with self.begin() as connection:
            unit = Unit(connection, who, clock)
            yield unit
            if not unit.committed:
                connection.rollback()

    def close(self) -> None:
        """Close every connection; a file is left complete, with nothing beside it."""
        self.engine.dispose()
        if self.path is not None and not self.read_only:
            sqlite.close_into_one_file(self.path)


def is_server(location: str) -> bool:
    """Tell whether a location names a PostgreSQL database rather than a file."""
    return location.startswith(("postgresql://", "postgres://"))


def _server_engine(location: str) -> Engine:
    address = location.split("://", 1)[1]
    return create_engine(f"postgresql+psycopg://{address}", pool_pre_ping=True)


def _shown(location: str) -> str:
    """Return a location without its password."""
    if not is_server(location) or "@" not in location:
        return location
    scheme, rest = location.split("://", 1)
    user, host = rest.rsplit("@", 1)
    return f"{scheme}://{user.split(':')[0]}@{host}"


def create_database(location: str, *, clock: Clock = system_clock) -> Database:
    """Create an empty centre; a file comes into being whole and never replaces another."""
    if is_server(location):
        return _create_on_server(location, clock)
    path = Path(location)
    if path.exists():
        raise WfmError(
            message(
                "{file} exists already; it was not touched. Choose another name.", file=location
            )
        )
    if not path.parent.is_dir():
        raise WfmError(message("There is no folder {folder}.", folder=str(path.parent)))
    try:
        temporary = sqlite.new_file(path)
    except OSError as error:
        raise WfmError(
            message("{file} cannot be written: {detail}.", file=location, detail=error.strerror)
        ) from None
    try:
        engine = sqlite.sqlite_engine(temporary, read_only=False)
        database = Database(engine, location, temporary, read_only=False, clock=clock)
        with database.begin() as connection:
            schema.migrate(connection)
        database.close()
        sqlite.move_into_place(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    return open_database(location, clock=clock)


def _create_on_server(location: str, clock: Clock) -> Database:
    shown = _shown(location)
    database = Database(_server_engine(location), shown, None, read_only=False, clock=clock)
    with database.begin() as connection:
        if schema.revision_of(connection) is not None:
            raise WfmError(message("{file} already holds a centre.", file=shown))
        schema.migrate(connection)
    return database


def open_database(
    location: str, *, read_only: bool = False, clock: Clock = system_clock
) -> Database:
    """Open a centre, bringing an older schema up to date after a backup.

    Raises :class:`~wfm.errors.WfmError` in a sentence for whatever is no centre, newer, locked,
    damaged or not permitted.
    """
    if is_server(location):
        shown = _shown(location)
        engine = _server_engine(location)
        database = Database(engine, shown, None, read_only=read_only, clock=clock)
    else:
        path = Path(location)
        sqlite.recognise(path)
        engine = sqlite.sqlite_engine(path, read_only=read_only)
        database = Database(engine, location, path, read_only=read_only, clock=clock)
    try:
        _make_ready(database)
    except BaseException:
        engine.dispose()
        raise
    return database


def _make_ready(database: Database) -> None:
    from wfm.persistence.backups import backup_if_changed

    with database.connect() as connection:
        if database.path is not None:
            _refuse_damage(connection, database.location)
        older = schema.needs_migration(connection, database.location)
    if older and database.read_only:
        raise WfmError(
            message(
                "{file} is of an older version; open it for writing once.", file=database.location
            )
        )
    if not database.read_only:
        backup_if_changed(database)
    if older:
        with database.begin() as connection:
            schema.migrate(connection)


def _refuse_damage(connection: Connection, location: str) -> None:
    found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if found != "ok":
        raise WfmError(
            message("{file} is damaged. Open the newest file of its backups folder.", file=location)
        )
