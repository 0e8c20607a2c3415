"""What fails inside a centre, on a full disk or under a bad name is a sentence; nothing is left."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.persistence.conftest import Server, ticking_clock
from tests.persistence.test_crashes import no_file_grows_beyond
from tests.persistence.test_log import unguarded
from tests.persistence.test_store import put
from tests.persistence.values import MONDAY, agent, history
from wfm.clock import fixed_clock
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.people import Agent
from wfm.model.workload import HistoryDay
from wfm.persistence import (
    Database,
    backup,
    backup_folder,
    create_database,
    erase_payload,
    open_database,
    undo,
    verify,
)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no limit of file sizes per process")
@pytest.mark.parametrize("size", [0, 100, 4096, 30_000])
def test_however_little_space_there_is_creating_and_copying_leave_no_file(
    size: int, file: Path, tmp_path: Path
) -> None:
    database = open_database(str(file))
    put(database, agent("a1"))
    target = tmp_path / "new" / "c.toban"
    target.parent.mkdir()
    makers: tuple[Callable[[], object], ...] = (
        lambda: create_database(str(target)),
        lambda: backup(database, target),
    )
    for make in makers:
        with no_file_grows_beyond(size), pytest.raises(WfmError) as caught:
            make()
        assert str(target) in str(caught.value)
    assert list(target.parent.iterdir()) == []
    database.close()


def test_a_name_that_is_too_long_is_a_sentence(centre: Database, tmp_path: Path) -> None:
    place = tmp_path / ("長" * 200)
    with pytest.raises(WfmError, match="too long"):
        create_database(str(place))
    with pytest.raises(WfmError, match="too long"):
        open_database(str(place))
    with pytest.raises(WfmError, match="too long"):
        backup(centre, place)


def test_a_name_that_points_nowhere_is_not_written_through(tmp_path: Path) -> None:
    link = tmp_path / "c.toban"
    link.symlink_to(tmp_path / "elsewhere.toban")
    with pytest.raises(WfmError, match="exists already"):
        create_database(str(link))
    assert list(tmp_path.iterdir()) == [link]


def damage(path: Path, statement: str) -> Database:
    """Alter a closed centre behind its guards and open it."""
    with closing(unguarded(path)) as raw:
        raw.execute(statement)
    return open_database(str(path), clock=ticking_clock())


def test_undo_of_damaged_contents_is_a_sentence_and_writes_nothing(file: Path) -> None:
    database = open_database(str(file))
    put(database, agent("a1"))
    number = put(database, agent("a1", name="b"))
    database.close()
    for column in ("before", "after"):
        statement = f"UPDATE operation_content SET {column} = x'0102' WHERE position = 1"
        database = damage(file, statement)
        with pytest.raises(WfmError, match="damaged"):
            undo(database, number, "sato", database.clock)
        with database.read() as store:
            assert store.get(Agent, "a1") == agent("a1", name="b")
            assert len(store.operations()) == 2
        database.close()


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE agent SET name = CAST(x'ff41' AS TEXT)", Agent),
        ("UPDATE agent SET hired = 'long ago'", Agent),
        ("UPDATE agent SET skills = '{'", Agent),
        ("UPDATE history_day SET columns = x'00'", HistoryDay),
        ("UPDATE history_day SET row_day = 'monday'", HistoryDay),
    ],
)
def test_a_damaged_value_is_a_sentence_and_the_others_can_be_read(
    statement: str, kind: type, file: Path
) -> None:
    database = open_database(str(file))
    put(database, agent("a1", hired=MONDAY), history("q1", MONDAY))
    database.close()
    database = damage(file, statement)
    with pytest.raises(WfmError, match="damaged"), database.read() as store:
        (store.days if "row_day" in statement else store.all)(kind)
    with database.read() as store:
        assert len(store.all(HistoryDay if kind is Agent else Agent)) == 1
    database.close()


def garble_the_schema(path: Path) -> None:
    """Put bytes that are no text where the name of a table stands."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA writable_schema=ON")
        raw.execute(
            "UPDATE sqlite_master SET name = CAST(x'ff41' AS TEXT), sql = 'CREATE NOTHING'"
            " WHERE name = 'team'"
        )


def test_a_file_with_a_garbled_schema_is_damaged(file: Path) -> None:
    garble_the_schema(file)
    for read_only in (False, True):
        with pytest.raises(WfmError, match="damaged"):
            open_database(str(file), read_only=read_only)


def test_a_garbled_copy_does_not_keep_anybody_from_the_centre(file: Path) -> None:
    database = open_database(str(file), clock=ticking_clock())
    put(database, agent("a1"))
    garble_the_schema(backup(database))
    database.close()
    database = open_database(str(file), clock=ticking_clock())
    assert database.notes == ()
    database.close()
    assert len(list(backup_folder(file).iterdir())) == 2


def change_after_the_operation(database: Database) -> None:
    with database.write("sato", database.clock) as unit:
        unit.put(agent("a1"))
        unit.commit(message("Edit"))
        unit.put(agent("a2"))


def test_no_change_gets_past_the_log(centre: Database) -> None:
    with pytest.raises(RuntimeError, match="log"):
        change_after_the_operation(centre)
    with centre.read() as store:
        assert store.all(Agent) == ()
        assert store.operations() == ()


@pytest.mark.parametrize(("column", "value"), [("row_key", "a2"), ("kind", "team")])
def test_what_an_erased_change_was_about_cannot_be_altered_unseen(
    column: str, value: str, file: Path
) -> None:
    database = open_database(str(file))
    put(database, agent("a0"))
    number = put(database, agent("a1"))
    erase_payload(database, [number], "dpo", database.clock)
    assert verify(database) is None
    database.close()
    statement = f"UPDATE operation_change SET {column} = '{value}' WHERE operation = {number}"
    database = damage(file, statement)
    assert verify(database) == number
    database.close()


def test_a_copy_made_after_the_clock_was_put_right_is_kept(file: Path) -> None:
    wrong = open_database(str(file), clock=ticking_clock())
    put(wrong, agent("a1"))
    start = wrong.clock()
    for week in range(12):
        wrong.clock = fixed_clock(start + timedelta(days=365 + 7 * week))
        backup(wrong)
    wrong.clock = fixed_clock(start)
    made = backup(wrong)
    assert made.exists()
    assert len(list(backup_folder(file).iterdir())) == 11
    wrong.close()


@pytest.mark.postgres
def test_a_server_database_of_another_program_is_refused_and_left_alone(postgres: Server) -> None:
    name = postgres.empty()
    postgres.run("CREATE TABLE skill (note text)", database=name)
    with pytest.raises(WfmError, match="another program"):
        create_database(postgres.address(name))
    postgres.run("INSERT INTO skill VALUES ('mine')", database=name)
    with pytest.raises(WfmError, match="not a centre"):
        open_database(postgres.address(name))
    postgres.drop(name)


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement", ["DROP TABLE agent_week", "ALTER TABLE team DROP COLUMN supervisor"]
)
def test_a_server_database_that_lacks_something_is_a_sentence(
    statement: str, postgres: Server
) -> None:
    name = postgres.centre()
    postgres.run(statement, database=name)
    with pytest.raises(WfmError, match="damaged"):
        open_database(postgres.address(name))
    postgres.drop(name)
