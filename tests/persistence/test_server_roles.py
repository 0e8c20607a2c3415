"""What a PostgreSQL server itself refuses, whatever the client says: roles, rows, the log."""

from __future__ import annotations

import os
from collections.abc import Iterator

import psycopg
import pytest

from tests.persistence.conftest import Server, ticking_clock
from tests.persistence.test_log import fill
from tests.persistence.test_store import put
from tests.persistence.values import agent, week
from wfm.errors import Conflict, WfmError
from wfm.model.people import Agent
from wfm.persistence import (
    Database,
    create_database,
    erase_payload,
    open_database,
    undo,
    verify,
)

pytestmark = pytest.mark.postgres

ROLES = ("planner", "payroll", "admin", "nobody")


@pytest.fixture(scope="module")
def people(postgres: Server) -> Iterator[dict[str, str]]:
    """Role → log-in of one person who has it."""
    postgres.drop(postgres.centre())
    names = {role: f"test_{role}_{os.getpid()}" for role in ROLES}
    for role, name in names.items():
        member = "" if role == "nobody" else f"IN ROLE toban_{role}"
        postgres.run(f"DROP ROLE IF EXISTS {name}", f"CREATE ROLE {name} LOGIN {member}")
    yield names
    for name in names.values():
        postgres.run(f"DROP OWNED BY {name}", f"DROP ROLE {name}")


@pytest.fixture
def served(postgres: Server) -> Iterator[str]:
    """The name of a database with a filled centre."""
    name = postgres.centre()
    owner = open_database(postgres.address(name), clock=ticking_clock())
    fill(owner)
    owner.close()
    yield name
    postgres.drop(name)


@pytest.fixture(scope="module")
def untouched(postgres: Server) -> Iterator[str]:
    """The name of a database with a filled centre, for whatever is refused."""
    name = postgres.centre()
    owner = open_database(postgres.address(name), clock=ticking_clock())
    fill(owner)
    owner.close()
    yield name
    postgres.drop(name)


def as_person(postgres: Server, served: str, person: str) -> Database:
    """Open the centre as somebody."""
    return open_database(postgres.address(served, person), clock=ticking_clock())


def test_a_planner_works_and_undoes_with_their_own_log_in_in_the_log(
    postgres: Server, served: str, people: dict[str, str]
) -> None:
    database = as_person(postgres, served, people["planner"])
    number = put(database, week("a1", at=600), who="佐藤")
    undo(database, number, "佐藤", database.clock)
    with database.connect() as connection:
        logins = connection.exec_driver_sql(
            "SELECT login FROM operation WHERE id > 6 ORDER BY id"
        ).scalars()
        assert list(logins) == [people["planner"]] * 2
    database.close()
    owner = open_database(postgres.address(served))
    assert verify(owner) is None
    owner.close()


def test_wages_in_the_log_are_seen_by_payroll_only(
    postgres: Server, served: str, people: dict[str, str]
) -> None:
    planner = as_person(postgres, served, people["planner"])
    payroll = as_person(postgres, served, people["payroll"])
    with planner.read() as store:
        assert all(change.after is None for change in store.changes(1))
        assert store.changes(4)[0].after is not None
        assert [change.key for change in store.operations()[0].changes] == ["a1", "a2"]
    with payroll.read() as store:
        assert store.changes(1)[0].after["hourly_wage"] == 1450
    assert verify(payroll) is None
    with pytest.raises(WfmError, match="toban_payroll"):
        verify(planner)
    with pytest.raises(WfmError, match="may not see"):
        undo(planner, 2, "sato", planner.clock)
    with pytest.raises(Conflict, match="sato"), planner.write("p", planner.clock) as unit:
        unit.put(agent("a2"), seen=agent("a2"))
    planner.close()
    payroll.close()


def test_only_an_administrator_erases(
    postgres: Server, served: str, people: dict[str, str]
) -> None:
    for role in ("planner", "payroll"):
        database = as_person(postgres, served, people[role])
        with pytest.raises(WfmError, match="may not"):
            erase_payload(database, [4], "x", database.clock)
        database.close()
    admin = as_person(postgres, served, people["admin"])
    erase_payload(admin, [1, 4], "x", admin.clock)
    assert verify(admin) is None
    admin.close()


def test_somebody_without_a_role_sees_nothing(
    postgres: Server, served: str, people: dict[str, str]
) -> None:
    with pytest.raises(WfmError, match="may not"):
        as_person(postgres, served, people["nobody"])


FORGED = """
INSERT INTO operation
SELECT id + 10, at, who, login, 'x', template, NULL, digest, hash FROM operation WHERE id = 1
"""
DISARMED = """
CREATE OR REPLACE FUNCTION toban_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN RETURN NULL; END$$
"""
DIRECT = (
    FORGED,
    DISARMED,
    "INSERT INTO operation_change VALUES (6, 9, 'agent', 'a1', 'x')",
    "INSERT INTO operation_content VALUES (6, 9, 'agent', 'x', NULL, NULL)",
    "UPDATE operation SET who = 'chef'",
    "UPDATE operation_content SET after = NULL",
    "DELETE FROM operation",
    "DELETE FROM operation_change",
    "DELETE FROM operation_content",
    "TRUNCATE operation CASCADE",
    "ALTER TABLE operation DISABLE TRIGGER ALL",
    "ALTER TABLE operation_content DISABLE ROW LEVEL SECURITY",
    "DROP TABLE operation_content",
    "DROP FUNCTION toban_refuse() CASCADE",
    "SET ROLE postgres",
    "SELECT toban_erase(ARRAY[1::bigint], ARRAY[0])",
)


@pytest.mark.parametrize("role", ["planner", "payroll", "nobody"])
@pytest.mark.parametrize("statement", DIRECT)
def test_direct_statements_against_the_log_are_refused_by_the_server(
    postgres: Server, untouched: str, people: dict[str, str], role: str, statement: str
) -> None:
    address = postgres.address(untouched, people[role])
    with psycopg.connect(address, autocommit=True) as raw, pytest.raises(psycopg.Error) as caught:
        raw.execute(statement.encode())
    assert caught.value.sqlstate == "42501"
    owner = open_database(postgres.address(untouched))
    assert verify(owner) is None
    owner.close()


def test_even_the_owner_alters_nothing_by_accident(postgres: Server, served: str) -> None:
    for statement in (
        "UPDATE operation SET who = 'chef'",
        "DELETE FROM operation_change",
        "UPDATE operation_content SET after = NULL",
        "DELETE FROM operation_content",
        "TRUNCATE operation_content",
    ):
        with pytest.raises(psycopg.Error, match="log"):
            postgres.run(statement, database=served)


def test_row_level_security_is_forced_on_the_log(postgres: Server, served: str) -> None:
    with psycopg.connect(postgres.address(served)) as raw:
        rows = raw.execute(
            "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class"
            " WHERE relname LIKE 'operation%' AND relkind = 'r'"
        ).fetchall()
    assert sorted(rows) == [
        ("operation", True, True),
        ("operation_change", True, True),
        ("operation_content", True, True),
    ]


def test_an_entry_written_past_the_program_is_numbered_and_sealed_by_the_server(
    postgres: Server, served: str, people: dict[str, str]
) -> None:
    with psycopg.connect(postgres.address(served, people["planner"]), autocommit=True) as raw:
        raw.execute(
            "SELECT * FROM toban_append('2026-11-24T00:00:00.000000+00:00', 'somebody', 'tok',"
            """ '{"text":"By hand","context":"","plural":""}', NULL, ARRAY['', 'agent'],"""
            r" ARRAY['', 'a1'], ARRAY['\x00'::bytea, '\x01'::bytea],"
            r" ARRAY[NULL, NULL]::bytea[], ARRAY['{}'::bytea, NULL]::bytea[])"
        )
    owner = open_database(postgres.address(served))
    assert verify(owner) is None
    with owner.read() as store:
        assert str(store.operations()[-1].text) == "By hand"
        assert store.operations()[-1].id == 7
    owner.close()


def test_an_owner_who_is_no_superuser_can_found_a_centre_and_planners_work_in_it(
    postgres: Server, people: dict[str, str]
) -> None:
    name, owner = postgres.empty(), f"test_owner_{os.getpid()}"
    postgres.run(
        f"DROP ROLE IF EXISTS {owner}",
        f"CREATE ROLE {owner} LOGIN CREATEROLE",
        f"GRANT toban_admin TO {owner} WITH ADMIN OPTION",
        f'ALTER DATABASE "{name}" OWNER TO {owner}',
    )
    founded = create_database(postgres.address(name, owner), clock=ticking_clock())
    fill(founded)
    erase_payload(founded, [1], "x", founded.clock)
    assert verify(founded) is None
    founded.close()
    planner = as_person(postgres, name, people["planner"])
    put(planner, agent("a9"))
    planner.close()
    owner_again = open_database(postgres.address(name, owner))
    assert verify(owner_again) is None
    owner_again.close()
    postgres.drop(name)
    postgres.run(f"DROP ROLE {owner}")


# --- lost connections ----------------------------------------------------------------------------


def cut(postgres: Server, name: str) -> None:
    """End every connection to a database."""
    postgres.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        f" WHERE datname = '{name}' AND pid <> pg_backend_pid()"
    )


def test_a_connection_that_was_cut_between_uses_is_made_again(
    postgres: Server, served: str
) -> None:
    database = open_database(postgres.address(served))
    cut(postgres, served)
    with database.read() as store:
        assert len(store.all(Agent)) == 2
    database.close()


def test_a_connection_cut_while_writing_is_a_sentence_and_nothing_is_kept(
    postgres: Server, served: str
) -> None:
    database = open_database(postgres.address(served), clock=ticking_clock())
    with pytest.raises(WfmError, match="lost"), database.write("sato", database.clock) as unit:  # noqa: PT012
        unit.put(agent("a9"))
        cut(postgres, served)
        unit.put(agent("a8"))
    with pytest.raises(WfmError, match="lost"), database.write("sato", database.clock) as unit:  # noqa: PT012
        unit.put(agent("a9"))
        unit.commit(unit.operations()[0].text)
        cut(postgres, served)
    with database.read() as store:
        assert len(store.all(Agent)) == 2
        assert len(store.operations()) == 6
    database.close()


def test_a_commit_whose_answer_was_lost_is_not_reported_as_lost(
    postgres: Server, served: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = open_database(postgres.address(served), clock=ticking_clock())
    dialect = database.engine.dialect
    real = dialect.do_commit
    calls = []

    def commit_then_lose(connection: object) -> None:
        real(connection)  # type: ignore[arg-type]
        if not calls:
            calls.append(1)
            raise psycopg.OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(dialect, "do_commit", commit_then_lose)
    number = put(database, agent("a9"))
    assert calls == [1]
    assert number == 7
    with database.read() as store:
        assert store.get(Agent, "a9") == agent("a9")
    database.close()
