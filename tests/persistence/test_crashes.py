"""Killed at any moment, on a full disk, on a failing disk: what was acknowledged is there."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.conftest import repetitions
from tests.persistence.crashing import values_of
from tests.persistence.test_backups import copies
from tests.persistence.test_store import put
from tests.persistence.test_undo import state
from tests.persistence.values import agent, history, queue, week
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

ROOT = Path(__file__).parent.parent.parent


class Writers:
    """A program that forks writers, each of which is killed after a while."""

    def __init__(self, path: Path) -> None:
        self._program = subprocess.Popen(
            [sys.executable, "-m", "tests.persistence.crashing", str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )

    def kill_one(self, first: int, rounds: int, seconds: float) -> int:
        """Let one write from round ``first`` on; returns the last round it acknowledged.

        It is killed some seconds after it has acknowledged a number of rounds; with none, that
        may be while it opens the file.
        """
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._program.stdin.write(f"{first}\n")
        self._program.stdin.flush()
        last, line = first - 1, self._program.stdout.readline()
        while not line.startswith("PID"):
            # The writer was quicker than the word of its number.
            last = int(line.split()[1])
            line = self._program.stdout.readline()
        pid = int(line.split()[1])
        while last < first - 1 + rounds:
            last = int(self._program.stdout.readline().split()[1])
        time.sleep(seconds)
        os.kill(pid, signal.SIGKILL)
        while (line := self._program.stdout.readline()) != "GONE\n":
            assert line.startswith("OK ")
            last = int(line.split()[1])
        return last

    def close(self) -> None:
        """End the program."""
        self._program.communicate()


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_nothing_acknowledged_is_lost_and_nothing_is_half_written_in_many_kills(
    tmp_path: Path,
) -> None:
    path = tmp_path / "c.toban"
    database = create_database(str(path))
    put(database, queue(), *(agent(f"a{number}") for number in range(6)))
    database.close()
    source, next_round, acknowledged = random.Random(7), 0, 0
    writers = Writers(path)
    for _ in range(repetitions(500, 50)):
        last = writers.kill_one(next_round, source.randrange(5), source.random() * 0.02)
        acknowledged += last - next_round + 1
        database = open_database(str(path))
        with database.read() as store:
            entries = store.operations(1)
            rounds = [int(str(entry.text).split()[1]) for entry in entries]
            assert rounds == list(range(len(rounds)))
            # One more than acknowledged may have been kept: its answer was cut off.
            assert last + 1 <= len(rounds) <= last + 2
            for number in rounds[-3:]:
                for value in values_of(number):
                    key = kind_of(type(value)).key(value)
                    assert to_json(store.get(type(value), key)) == to_json(value)
        next_round = len(rounds)
        database.close()
    writers.close()
    database = open_database(str(path), read_only=True)
    assert verify(database) is None
    with database.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    database.close()
    assert acknowledged > repetitions(500, 50)


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


@pytest.mark.skipif(os.name != "posix", reason="RLIMIT_FSIZE")
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


@pytest.mark.skipif(os.name != "posix", reason="RLIMIT_FSIZE")
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


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="mounts a small disk")
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
