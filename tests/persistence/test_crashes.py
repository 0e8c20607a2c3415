"""A log cut short, a full disk, a failing disk: what was acknowledged is there."""

from __future__ import annotations

import contextlib
import os
import random
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.conftest import repetitions
from tests.persistence.test_backups import copies
from tests.persistence.test_store import put
from tests.persistence.test_undo import state
from tests.persistence.values import agent, history, queue, values_of, week
from wfm.errors import WfmError
from wfm.model.codec import to_json
from wfm.model.people import Agent
from wfm.persistence import (
    backup,
    create_database,
    kind_of,
    open_database,
    verify,
)


def test_a_write_ahead_log_cut_anywhere_leaves_a_clean_prefix(tmp_path: Path) -> None:
    path = tmp_path / "c.toban"
    database = create_database(str(path))
    for number in range(12):
        put(database, *values_of(number) if number % 3 != 1 else [queue(), *values_of(number)])
    log = path.with_name("c.toban-wal").read_bytes()
    main = path.read_bytes()
    database.close()
    source, seen = random.Random(3), set()
    for number in range(repetitions(500, 25)):
        copy = tmp_path / f"{number}.toban"
        copy.write_bytes(main)
        size = source.randrange(len(log) + 1)
        tail = source.randbytes(min(3000, len(log) - size)) if number % 2 else b""
        copy.with_name(f"{copy.name}-wal").write_bytes(log[:size] + tail)
        database = open_database(str(copy))
        assert verify(database) is None
        with database.read() as store:
            count = len(store.operations())
            seen.add(count)
            if count:
                for value in values_of(count - 1):
                    key = kind_of(type(value)).key(value)
                    assert to_json(store.get(type(value), key)) == to_json(value)
        database.close()
    assert len(seen) > 3


# --- a full disk ---------------------------------------------------------------------------------

resource = pytest.importorskip("resource") if os.name == "posix" else None


DAYS = [date(2026, 1, 1) + timedelta(days=offset) for offset in range(300)]


@contextlib.contextmanager
def no_file_grows_beyond(size: int) -> Iterator[None]:
    """Make the system refuse to enlarge any file above ``size`` bytes."""
    assert resource is not None
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no limit of file sizes per process")
def test_a_change_that_finds_no_space_is_a_sentence_and_the_rest_is_intact(file: Path) -> None:
    database = open_database(str(file))
    put(database, agent("a1"), queue())
    before = state(database)
    days = [history("q1", day, seed=place) for place, day in enumerate(DAYS)]
    with (
        no_file_grows_beyond(150_000),
        pytest.raises(WfmError, match=r"disk|full") as caught,
    ):
        put(database, *days)
    assert str(file) in str(caught.value)
    assert state(database) == before
    put(database, week("a1"))
    assert verify(database) is None
    database.close()
    database = open_database(str(file))
    with database.read() as store:
        assert len(store.operations()) == 2
    database.close()


@pytest.mark.skipif(os.name != "posix", reason="Windows has no limit of file sizes per process")
def test_a_copy_or_a_new_centre_that_finds_no_space_leaves_no_file(
    file: Path, tmp_path: Path
) -> None:
    database = open_database(str(file))
    put(database, queue(), *(history("q1", day, seed=place) for place, day in enumerate(DAYS)))
    target = tmp_path / "copies" / "copy.toban"
    target.parent.mkdir()
    with no_file_grows_beyond(60_000):
        with pytest.raises(WfmError) as caught:
            backup(database, target)
        assert str(target) in str(caught.value)
        with pytest.raises(WfmError) as caught:
            create_database(str(target))
        assert str(target) in str(caught.value)
    assert list(target.parent.iterdir()) == []
    assert len(copies(file)) == 0
    backup(database, target)
    database.close()


def _tmpfs(folder: Path) -> bool:
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)],
        check=False,
        capture_output=True,
    )
    return done.returncode == 0


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0, reason="mounting a small disk needs root on POSIX"
)
def test_a_small_disk_that_runs_full_keeps_every_change_before_and_works_when_there_is_space(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "small"
    if not _tmpfs(folder):
        pytest.skip("no disk can be mounted here")
    try:
        path = folder / "c.toban"
        database = create_database(str(path))
        put(database, queue())
        filler = folder / "filler"
        filler.write_bytes(bytes(300_000))
        kept = 0
        refused = ""
        for place, day in enumerate(DAYS):
            try:
                put(database, history("q1", day, seed=place))
            except WfmError as error:
                refused = str(error)
                break
            kept += 1
        assert "disk" in refused
        with database.read() as store:
            assert len(store.operations()) == 1 + kept
        filler.unlink()
        put(database, agent("a1"))
        with database.read() as store:
            assert store.get(Agent, "a1") == agent("a1")
        assert verify(database) is None
        database.close()
        with closing(sqlite3.connect(path)) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    finally:
        subprocess.run(["umount", str(folder)], check=True)
