"""The log only grows, every tampering is found, and erasing contents does not break the chain."""

from __future__ import annotations

import hashlib
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.conftest import repetitions
from tests.persistence.conftest import START, ticking_clock
from tests.persistence.test_store import put
from tests.persistence.values import agent, history, queue, week
from wfm.clock import fixed_clock
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.codec import to_json
from wfm.model.people import Agent
from wfm.persistence import (
    Database,
    create_database,
    erase_payload,
    head,
    open_database,
    undo,
    verify,
)

TABLES = ("operation", "operation_change", "operation_content")


def fill(database: Database) -> None:
    """Write six operations of different shapes."""
    put(database, agent("a1"), agent("a2"), who="佐藤")
    put(database, agent("a1", hourly_wage=1500), who="tanaka")
    put(database, queue(), history("q1", START.date()))
    number = put(database, week("a1"), week("a2"))
    undo(database, number, "sato", database.clock)
    put(database, agent("a2", name="鈴木"))


def test_an_operation_tells_who_when_and_what(centre: Database) -> None:
    with centre.write("佐藤", fixed_clock(START + timedelta(microseconds=5))) as unit:
        unit.put(agent("a1"))
        inner = message("shift of {name}", name="花子")
        unit.commit(message("Change {what} by {minutes} min", what=inner, minutes=15))
    with centre.read() as store:
        (found,) = store.operations()
        (change,) = store.changes(found.id)
    assert (found.id, found.who, found.at) == (1, "佐藤", START + timedelta(microseconds=5))
    assert str(found.text) == "Change shift of 花子 by 15 min"
    assert [(item.kind, item.key) for item in found.changes] == [("agent", "a1")]
    assert (change.before, change.after) == (None, to_json(agent("a1")))


def test_operations_are_read_from_an_id_on_and_from_the_end(centre: Database) -> None:
    fill(centre)
    with centre.read() as store:
        assert [item.id for item in store.operations()] == [1, 2, 3, 4, 5, 6]
        assert [item.id for item in store.operations(4)] == [5, 6]
        assert [item.id for item in store.operations(last=2)] == [5, 6]
        assert [item.id for item in store.operations(6)] == []
        assert store.operations()[4].undoes == 4
        assert store.operation(99) is None


def test_the_past_of_a_value_is_in_the_log(centre: Database) -> None:
    fill(centre)
    with centre.write("sato", centre.clock) as unit:
        unit.delete(Agent, "a1")
        unit.commit(message("Remove"))
    with centre.read() as store:
        past = store.past(Agent, "a1")
        assert store.past(Agent, "nobody") == ()
    assert [(entry.id, value and value.hourly_wage) for entry, value in past] == [
        (1, 1450),
        (2, 1500),
        (7, None),
    ]


def test_the_hash_is_that_of_an_independent_calculation(centre: Database) -> None:
    """The formula written out once more, in one place, for both engines."""
    fill(centre)

    def sha(data: bytes) -> str:
        return hashlib.sha256(data).hexdigest()

    previous = "0" * 64
    with centre.connect() as connection:
        for row in connection.execute(text("SELECT * FROM operation ORDER BY id")).mappings():
            digests, touched = [], ""
            for content in connection.execute(
                text(
                    "SELECT c.position, c.kind, coalesce(h.row_key, '') AS row_key, salt, before,"
                    " after FROM operation_content c LEFT JOIN operation_change h"
                    " ON h.operation = c.operation AND h.position = c.position"
                    " WHERE c.operation = :id ORDER BY c.position"
                ),
                {"id": row["id"]},
            ).mappings():
                parts = [content["kind"], sha(content["row_key"].encode())]
                parts += [
                    "-" if content[name] is None else sha(bytes(content[name]))
                    for name in ("before", "after")
                ]
                digests.append(sha(bytes(content["salt"]) + "\n".join(parts).encode()))
                if content["position"]:
                    touched += "\n".join([*parts[:2], digests[-1], ""])
            lines = [previous, str(row["id"]), row["at"]]
            lines += [sha(row[name].encode()) for name in ("who", "login", "token", "template")]
            lines += ["-" if row["undoes"] is None else str(row["undoes"]), digests[0]]
            lines.append(sha(touched.encode()))
            previous = sha("\n".join(lines).encode())
            assert row["hash"] == previous
    assert head(centre) == (6, previous)
    assert verify(centre) is None


def test_an_empty_log_is_unbroken(centre: Database) -> None:
    assert verify(centre) is None
    assert head(centre) == (0, "")


STATEMENTS = (
    "UPDATE operation SET who = 'nobody'",
    "UPDATE operation SET undoes = 1 WHERE id = 2",
    "DELETE FROM operation WHERE id = 6",
    "UPDATE operation_change SET kind = 'team'",
    "DELETE FROM operation_change",
    "UPDATE operation_content SET after = NULL",
    "DELETE FROM operation_content",
)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_itself_refuses_to_alter_the_log(centre: Database, statement: str) -> None:
    fill(centre)
    with pytest.raises((WfmError, DBAPIError)), centre.begin() as connection:
        connection.execute(text(statement))
    assert verify(centre) is None


def test_an_entry_cannot_be_put_in_front_of_or_far_behind_the_end(file: Path) -> None:
    database = open_database(str(file), clock=ticking_clock())
    fill(database)
    database.close()
    for number in (0, 3, 8):
        with (
            closing(sqlite3.connect(file)) as raw,
            pytest.raises(sqlite3.DatabaseError, match="grow"),
        ):
            raw.execute(
                "INSERT INTO operation SELECT ?, at, who, login, token || 'x', template, undoes,"
                " digest, hash FROM operation WHERE id = 2",
                (number,),
            )


# --- tampering with a file whose guards were removed ---------------------------------------------


def unguarded(path: Path) -> sqlite3.Connection:
    """Open a file as an attacker does: without triggers."""
    raw = sqlite3.connect(path, isolation_level=None)
    names = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type='trigger'")]
    for name in names:
        raw.execute(f"DROP TRIGGER {name}")
    return raw


def _flip(value: object) -> object:
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:]
    if isinstance(value, int):
        return value + 100
    return f"{value}x" if value else "x"


def _edit(raw: sqlite3.Connection, table: str, column: str, source: random.Random) -> int:
    name = "id" if table == "operation" else "operation"
    rows = raw.execute(f"SELECT rowid, {name}, {column} FROM {table}").fetchall()
    row, number, value = source.choice([row for row in rows if row[2] is not None])
    raw.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (_flip(value), row))
    return int(number)


def _delete(raw: sqlite3.Connection, table: str, source: random.Random) -> int:
    name = "id" if table == "operation" else "operation"
    rows = raw.execute(f"SELECT rowid, {name} FROM {table}").fetchall()
    # The end of the log is what a known head guards.
    row, number = source.choice([row for row in rows if table != "operation" or row[1] < 6])
    raw.execute(f"DELETE FROM {table} WHERE rowid = ?", (row,))
    return int(number)


def _swap(raw: sqlite3.Connection, source: random.Random) -> int:
    one, other = sorted(source.sample(range(1, 7), 2))
    raw.execute("PRAGMA foreign_keys=OFF")
    for old, new in ((one, -1), (other, one), (-1, other)):
        for table, name in zip(TABLES, ("id", "operation", "operation"), strict=True):
            raw.execute(f"UPDATE {table} SET {name} = ? WHERE {name} = ?", (new, old))
    return one


EDITS: dict[str, tuple[str, ...]] = {
    "operation": ("at", "who", "login", "token", "template", "undoes", "digest", "hash"),
    "operation_change": ("kind", "row_key", "digest", "position"),
    "operation_content": ("kind", "salt", "before", "after", "position"),
}
ATTACKS: list[tuple[str, Callable[[sqlite3.Connection, random.Random], int]]] = [
    *(
        (f"edit {table}.{column}", lambda raw, source, t=table, c=column: _edit(raw, t, c, source))
        for table, columns in EDITS.items()
        for column in columns
    ),
    *(
        (f"delete {table}", lambda raw, source, t=table: _delete(raw, t, source))
        for table in TABLES
    ),
    ("swap", _swap),
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a centre file with six operations."""
    path = tmp_path_factory.mktemp("log") / "c.toban"
    database = create_database(str(path), clock=ticking_clock())
    fill(database)
    database.close()
    return path.read_bytes()


@pytest.mark.parametrize("attack", [item[1] for item in ATTACKS], ids=[item[0] for item in ATTACKS])
def test_verify_names_the_first_row_that_was_tampered_with(
    attack: Callable[[sqlite3.Connection, random.Random], int], filled: bytes, tmp_path: Path
) -> None:
    for seed in range(repetitions(50, 2)):
        path = tmp_path / f"{seed}.toban"
        path.write_bytes(filled)
        with closing(unguarded(path)) as raw:
            number = attack(raw, random.Random(seed))
        database = open_database(str(path), read_only=True)
        assert verify(database) == number
        database.close()


def test_a_log_that_was_cut_short_is_found_by_a_head_written_down_earlier(
    filled: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "c.toban"
    path.write_bytes(filled)
    database = open_database(str(path), read_only=True)
    known = head(database)
    assert verify(database, known) is None
    database.close()
    with closing(unguarded(path)) as raw:
        for table, name in zip(TABLES, ("id", "operation", "operation"), strict=True):
            raw.execute(f"DELETE FROM {table} WHERE {name} > 4")
    database = open_database(str(path), read_only=True)
    assert verify(database) is None
    assert verify(database, known) == 5
    database.close()


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("INSERT INTO operation VALUES (0, '', '', '', 'x', '', NULL, '', '')", 1),
        ("INSERT INTO operation VALUES (-3, '', '', '', 'x', '', NULL, '', '')", 1),
        ("INSERT INTO operation VALUES (7, '', '', '', 'x', '', NULL, '', '')", 7),
        ("INSERT INTO operation_change VALUES (99, 1, 'operation', '2', '')", 99),
        ("INSERT INTO operation_change VALUES (0, 1, 'operation', '2', '')", 1),
        ("INSERT INTO operation_content VALUES (99, 1, 'team', x'00', NULL, NULL)", 99),
    ],
)
def test_what_was_put_before_or_beside_the_entries_is_found(
    statement: str, number: int, filled: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "c.toban"
    path.write_bytes(filled)
    with closing(unguarded(path)) as raw:
        raw.execute(statement)
    database = open_database(str(path), read_only=True)
    assert verify(database) == number
    database.close()


def test_a_log_that_was_rewritten_is_found_by_a_head_written_down_earlier(
    tmp_path: Path,
) -> None:
    heads = []
    for name in ("one", "two"):
        database = create_database(str(tmp_path / f"{name}.toban"), clock=ticking_clock())
        fill(database)
        heads.append(head(database))
        assert verify(database) is None
        if len(heads) == 2:
            assert verify(database, heads[0]) == 6
        database.close()


# --- erasing -------------------------------------------------------------------------------------


def test_erased_contents_are_gone_and_the_chain_holds(centre: Database) -> None:
    fill(centre)
    before = head(centre)
    written = erase_payload(centre, [1, 2], "dpo", centre.clock)
    assert written.id == 7
    assert verify(centre, before) is None
    with centre.read() as store:
        assert all(item.before is None and item.after is None for item in store.changes(1))
        assert [(item.kind, item.key) for item in store.operations()[0].changes] == [
            ("agent", "a1"),
            ("agent", "a2"),
        ]
        assert store.changes(3)[0].after is not None
        assert store.past(Agent, "a2")[0][1] is None
    with pytest.raises(WfmError, match="erased"):
        undo(centre, 2, "sato", centre.clock)
    with pytest.raises(WfmError, match="erased"):
        undo(centre, 7, "sato", centre.clock)
    with pytest.raises(WfmError, match="contents left"):
        erase_payload(centre, [1, 2], "dpo", centre.clock)
    put(centre, agent("a3"))
    assert verify(centre) is None


def test_the_contents_of_one_person_can_be_erased_alone(centre: Database) -> None:
    fill(centre)
    erase_payload(
        centre,
        range(1, 7),
        "dpo",
        centre.clock,
        only={("agent", "a1"), ("agent_week", "a1/2026-11-23")},
    )
    assert verify(centre) is None
    with centre.read() as store:
        by_key = {item.key: item.after for item in store.changes(1)}
        assert by_key["a1"] is None
        assert by_key["a2"] is not None
        assert store.changes(3)[0].after is not None


def test_nothing_of_an_erased_wage_is_left_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "c.toban"
    database = create_database(str(path), clock=ticking_clock())
    with database.write("sato", database.clock) as unit:
        unit.put(agent("a1"))
        unit.commit(message("Hire {name}", name="Gonzaburo"))
    with database.write("sato", database.clock) as unit:
        unit.delete(Agent, "a1")
        unit.commit(message("Remove"))
    erase_payload(database, [1, 2], "dpo", database.clock)
    assert verify(database) is None
    with database.read() as store:
        assert str(store.operations()[0].text) == "Hire {name}"
    database.close()
    assert b"Gonzaburo" not in path.read_bytes()


def test_contents_removed_without_an_entry_that_says_so_are_found(
    filled: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "c.toban"
    path.write_bytes(filled)
    with closing(unguarded(path)) as raw:
        raw.execute("DELETE FROM operation_content WHERE operation = 2")
    database = open_database(str(path), read_only=True)
    assert verify(database) == 2
    database.close()
