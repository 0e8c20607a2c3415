"""Copies are whole, checked, made when something changed, and thinned out with age."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.persistence.conftest import Server, ticking_clock
from tests.persistence.test_store import put
from tests.persistence.test_undo import state
from tests.persistence.values import agent, one_of_each, week
from wfm.clock import fixed_clock
from wfm.errors import WfmError
from wfm.persistence import (
    Database,
    backup,
    backup_folder,
    check_copy,
    create_database,
    head,
    open_database,
    restore,
    undo,
    verify,
)
from wfm.persistence.backups import thin_out


def copies(path: Path) -> list[Path]:
    """Return the copies beside a centre."""
    folder = backup_folder(path)
    return sorted(folder.iterdir()) if folder.exists() else []


def test_a_copy_is_a_centre_with_the_same_values_and_the_same_log(
    centre: Database, tmp_path: Path
) -> None:
    number = put(centre, *one_of_each())
    put(centre, agent("a2"))
    target = tmp_path / "copy.toban"
    assert backup(centre, target) == target
    check_copy(target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    copy = open_database(str(target))
    assert state(copy) == state(centre)
    assert head(copy) == head(centre)
    assert verify(copy) is None
    undo(copy, number, "sato", copy.clock)
    copy.close()
    assert list(tmp_path.glob("copy.toban-*")) == []


def test_a_copy_never_replaces_a_file(centre: Database, tmp_path: Path) -> None:
    target = tmp_path / "copy.toban"
    target.write_text("mine")
    with pytest.raises(WfmError, match="exists already"):
        backup(centre, target)
    assert target.read_text() == "mine"


def test_a_copy_into_a_missing_folder_is_a_sentence(centre: Database, tmp_path: Path) -> None:
    with pytest.raises(WfmError, match=r"copy\.toban|no folder"):
        backup(centre, tmp_path / "no" / "copy.toban")


def test_a_copy_is_made_while_others_write(file: Path, tmp_path: Path) -> None:
    database = open_database(str(file))
    put(database, agent("a1"), week("a1"))
    stop = threading.Event()

    def write() -> None:
        step = 0
        while not stop.is_set():
            step += 1
            put(database, agent("a1", speed_percent=step), week("a1", at=480 + step % 300))

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for number in range(5):
            check_copy(backup(database, tmp_path / f"{number}.toban"))
    finally:
        stop.set()
        thread.join()
    database.close()


def test_opening_copies_only_what_changed_since_the_last_copy(file: Path) -> None:
    assert copies(file) == []
    database = open_database(str(file), clock=ticking_clock())
    put(database, agent("a1"))
    database.close()
    open_database(str(file), clock=ticking_clock()).close()
    assert len(copies(file)) == 1
    open_database(str(file), clock=ticking_clock()).close()
    open_database(str(file), read_only=True).close()
    assert len(copies(file)) == 1
    database = open_database(str(file), clock=ticking_clock())
    put(database, agent("a2"))
    assert len(copies(file)) == 1
    database.close()
    later = ticking_clock(datetime(2026, 11, 25, tzinfo=UTC))
    open_database(str(file), clock=later).close()
    assert len(copies(file)) == 2
    for copy in copies(file):
        check_copy(copy)


def test_publishing_copies_into_the_folder_beside_the_file(file: Path) -> None:
    database = open_database(str(file), clock=ticking_clock())
    put(database, agent("a1"))
    first, second = backup(database), backup(database)
    assert first != second
    assert first.parent == second.parent == backup_folder(file)
    database.close()


def test_a_copy_that_fails_does_not_keep_anybody_from_the_centre(file: Path) -> None:
    database = open_database(str(file))
    put(database, agent("a1"))
    database.close()
    backup_folder(file).write_text("in the way")
    database = open_database(str(file))
    (note,) = database.notes
    assert "No backup was made" in str(note)
    put(database, agent("a2"))
    database.close()


def test_the_ten_newest_copies_and_the_last_of_each_of_eight_weeks_are_kept(
    tmp_path: Path,
) -> None:
    start = datetime(2026, 6, 1, 9, tzinfo=UTC)
    days = [start + timedelta(days=offset) for offset in range(120)]
    folder = tmp_path / "c-backups"
    folder.mkdir()
    for day in days:
        (folder / f"c-{day:%Y%m%dT%H%M%S%f}.toban").touch()
    (folder / "my own copy.toban").touch()
    thin_out(folder)
    kept = sorted(path.name for path in folder.iterdir())
    newest = days[-10:]
    weeks: dict[str, datetime] = {f"{day:%G-%V}": day for day in days}
    expected = {*newest, *[weeks[week] for week in sorted(weeks)[-8:]]}
    names = {f"c-{day:%Y%m%dT%H%M%S%f}.toban" for day in expected}
    assert kept == sorted({*names, "my own copy.toban"})
    # of the eight weeks' last days three are among the ten newest
    assert len(names) == 15


def test_a_damaged_copy_is_told(file: Path, tmp_path: Path) -> None:
    database = open_database(str(file))
    put(database, agent("a1"))
    copy = backup(database, tmp_path / "copy.toban")
    database.close()
    with closing(sqlite3.connect(copy, isolation_level=None)) as raw:
        raw.execute("DROP TRIGGER operation_keeps_update")
        raw.execute("UPDATE operation SET who = 'x'")
    with pytest.raises(WfmError, match="damaged"):
        check_copy(copy)


def test_restoring_keeps_what_lay_there(file: Path, tmp_path: Path) -> None:
    database = open_database(str(file), clock=ticking_clock())
    put(database, agent("a1"))
    copy = backup(database, tmp_path / "copy.toban")
    put(database, agent("a2"))
    expected = state(database)
    database.close()
    aside = restore(copy, file, clock=fixed_clock(datetime(2026, 11, 25, tzinfo=UTC)))
    assert aside is not None
    with_both, restored = open_database(str(aside)), open_database(str(file))
    assert state(with_both) == expected
    with restored.read() as store:
        assert [entry.id for entry in store.operations()] == [1]
    with_both.close()
    restored.close()


def test_a_damaged_copy_is_not_restored(file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.toban"
    copy.write_bytes(file.read_bytes()[:5000])
    before = file.read_bytes()
    with pytest.raises(WfmError):
        restore(copy, file)
    assert file.read_bytes() == before


@pytest.mark.postgres
def test_a_copy_of_a_server_needs_all_of_the_log(postgres: Server, tmp_path: Path) -> None:
    name = postgres.centre()
    owner = open_database(postgres.address(name))
    put(owner, agent("a1"))
    owner.close()
    user = f"toban_copier_{os.getpid()}"
    postgres.run(f"DROP ROLE IF EXISTS {user}", f"CREATE ROLE {user} LOGIN IN ROLE toban_planner")
    planner = open_database(postgres.address(name, user))
    target = tmp_path / "copy.toban"
    with pytest.raises(WfmError, match="toban_payroll"):
        backup(planner, target)
    assert list(tmp_path.iterdir()) == []
    planner.close()
    postgres.drop(name)
    postgres.run(f"DROP ROLE {user}")


def test_an_empty_centre_is_not_copied(tmp_path: Path) -> None:
    path = tmp_path / "c.toban"
    create_database(str(path)).close()
    open_database(str(path)).close()
    assert copies(path) == []
