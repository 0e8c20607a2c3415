"""An administrator who disarms a server's guards and alters the log is found out by the chain."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from tests.persistence.conftest import Server, ticking_clock
from tests.persistence.test_log import fill
from wfm.errors import WfmError
from wfm.persistence import Database, erase_payload, head, open_database, verify
from wfm.persistence.log import first_broken

pytestmark = pytest.mark.postgres

TABLES = ("operation", "operation_change", "operation_content")


@pytest.fixture(scope="module")
def filled(postgres: Server) -> Iterator[Database]:
    """A centre on a server with six operations."""
    name = postgres.centre()
    database = open_database(postgres.address(name), clock=ticking_clock())
    fill(database)
    yield database
    database.close()
    postgres.drop(name)


class UndisturbedError(Exception):
    """Takes an attack back, so that the next one finds the same log."""


def attacked(database: Database, *statements: str, known: tuple[int, str] | None = None) -> object:
    """Alter the log past its guards; returns what the chain says, and takes everything back."""
    found: list[object] = []
    with pytest.raises(UndisturbedError), database.begin() as connection:  # noqa: PT012
        # Without triggers and foreign keys, as a superuser may.
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for statement in statements:
            assert connection.exec_driver_sql(statement).rowcount
        found.append(first_broken(connection, known))
        raise UndisturbedError
    return found[0]


EDITS = (
    ("operation", "at", "'2026-01-01T00:00:00.000000+00:00'"),
    ("operation", "who", "'nobody'"),
    ("operation", "login", "'nobody'"),
    ("operation", "token", "token || 'x'"),
    ("operation", "template", "template || ' '"),
    ("operation", "undoes", "1"),
    ("operation", "digest", "repeat('0', 64)"),
    ("operation", "hash", "repeat('0', 64)"),
    ("operation_change", "kind", "'team'"),
    ("operation_change", "row_key", "row_key || 'x'"),
    ("operation_change", "digest", "repeat('0', 64)"),
    ("operation_change", "position", "position + 100"),
    ("operation_content", "kind", "'team'"),
    ("operation_content", "salt", r"salt || '\x00'::bytea"),
    ("operation_content", "before", r"'\x00'::bytea"),
    ("operation_content", "after", r"'\x00'::bytea"),
    ("operation_content", "position", "position + 100"),
)


@pytest.mark.parametrize(("table", "column", "value"), EDITS)
def test_an_edited_column_is_found_at_its_entry(
    table: str, column: str, value: str, filled: Database
) -> None:
    name = "id" if table == "operation" else "operation"
    for number in (1, 4, 6):
        statement = f"UPDATE {table} SET {column} = {value} WHERE {name} = {number}"
        assert attacked(filled, statement) == number
    assert verify(filled) is None


@pytest.mark.parametrize("table", TABLES)
def test_a_deleted_row_is_found_at_its_entry(table: str, filled: Database) -> None:
    name = "id" if table == "operation" else "operation"
    for number in (1, 4, 5):
        assert attacked(filled, f"DELETE FROM {table} WHERE {name} = {number}") == number


def test_two_entries_that_changed_places_are_found_at_the_first(filled: Database) -> None:
    moves = [
        f"UPDATE {table} SET {name} = {new} WHERE {name} = {old}"
        for old, new in ((2, -1), (5, 2), (-1, 5))
        for table, name in zip(TABLES, ("id", "operation", "operation"), strict=True)
    ]
    assert attacked(filled, *moves) == 2


def test_an_inserted_entry_is_found(filled: Database) -> None:
    copy = (
        "INSERT INTO operation SELECT {0}, at, who, login, token || 'x', template, undoes, digest,"
        " hash FROM operation WHERE id = 6"
    )
    assert attacked(filled, copy.format(7)) == 7
    assert attacked(filled, copy.format(0)) == 1
    assert attacked(filled, copy.format(9)) == 7


def test_a_log_cut_short_is_found_by_a_head_written_down_earlier(filled: Database) -> None:
    cuts = [
        f"DELETE FROM {table} WHERE {name} > 4"
        for table, name in zip(TABLES, ("id", "operation", "operation"), strict=True)
    ]
    assert attacked(filled, *cuts) is None
    assert attacked(filled, *cuts, known=head(filled)) == 5


HIDDEN = (
    "INSERT INTO operation_change VALUES ({0}, 1, 'operation', '2', repeat('0', 64))",
    r"INSERT INTO operation_content VALUES ({0}, 1, 'team', '\x00'::bytea, NULL, NULL)",
)


@pytest.mark.parametrize("statement", HIDDEN)
def test_a_change_without_an_entry_is_found_and_excuses_no_erasure(
    statement: str, filled: Database
) -> None:
    for number, named in ((-5, 1), (0, 1), (7, 7), (99, 99)):
        assert attacked(filled, statement.format(number)) == named
    erased = "DELETE FROM operation_content WHERE operation = 2"
    assert attacked(filled, erased, statement.format(99)) == 2


def test_the_guards_stand_without_being_disarmed(filled: Database) -> None:
    for table in TABLES:
        for statement in (f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
            with pytest.raises((WfmError, DBAPIError)), filled.begin() as connection:
                connection.exec_driver_sql(statement)
    assert verify(filled) is None


def test_what_was_erased_on_a_server_is_gone_from_every_table(postgres: Server) -> None:
    name = postgres.centre()
    database = open_database(postgres.address(name), clock=ticking_clock())
    fill(database)
    known = head(database)
    erase_payload(database, [1, 2, 6], "dpo", database.clock)
    assert verify(database, known) is None
    database.close()
    with psycopg.connect(postgres.address(name)) as raw:
        left = raw.execute("SELECT DISTINCT operation FROM operation_content ORDER BY 1").fetchall()
        entries = raw.execute("SELECT id FROM operation ORDER BY id").fetchall()
    assert [row[0] for row in left] == [3, 4, 5, 7]
    assert [row[0] for row in entries] == [1, 2, 3, 4, 5, 6, 7]
    postgres.drop(name)
