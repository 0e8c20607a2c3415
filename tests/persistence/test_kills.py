"""A program killed in an edit, an import or an acceptance keeps it whole or not at all."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import repetitions
from tests.persistence.victim import STAFF, WRITES
from wfm.model.roster import AgentWeek
from wfm.persistence import Database, create_database, kind_of, open_database, verify
from wfm.persistence.kinds import same

ROOT = Path(__file__).parent.parent.parent

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGKILL"),
]


class Victims:
    """A program that forks writers, each of which is killed in the middle of its work."""

    def __init__(self, path: Path) -> None:
        self._program = subprocess.Popen(
            [sys.executable, "-m", "tests.persistence.victim", str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )

    def kill_one(self, how: str, first: int, rounds: int, seconds: float) -> int:
        """Let one write from round ``first`` on; returns how many rounds it acknowledged.

        It is killed some seconds after a number of rounds.
        """
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._program.stdin.write(f"{how} {first}\n")
        self._program.stdin.flush()
        pid = int(self._program.stdout.readline().removeprefix("PID "))
        count = 0
        while count < rounds:
            assert self._program.stdout.readline() == f"OK {first + count}\n"
            count += 1
        time.sleep(seconds)
        os.kill(pid, signal.SIGKILL)
        while (line := self._program.stdout.readline()) != "GONE\n":
            assert line == f"OK {first + count}\n"
            count += 1
        return count

    def close(self) -> None:
        """End the program."""
        self._program.communicate()


def holds(database: Database, how: str, number: int) -> bool:
    """Tell whether a centre holds every value that a round wrote."""
    wanted = {kind_of(type(value)).key(value): value for value in WRITES[how](number)}
    with database.read() as store:
        kept = store.all(type(next(iter(wanted.values()))))
    found = {kind_of(type(value)).key(value): value for value in kept}
    return all(same(found.get(key), value) for key, value in wanted.items())


@pytest.mark.parametrize("how", WRITES)
def test_a_kill_loses_no_acknowledged_change_and_leaves_none_half_written(
    how: str, tmp_path: Path
) -> None:
    path = tmp_path / "c.toban"
    create_database(str(path)).close()
    kills = -(-repetitions(500, 50) // len(WRITES))
    source, kept, acknowledged = random.Random(how), 0, 0
    victims = Victims(path)
    try:
        for _ in range(kills):
            told = victims.kill_one(how, kept, source.randrange(3), source.random() * 0.05)
            acknowledged += told
            database = open_database(str(path))
            with database.read() as store:
                entries = store.operations()
                weeks = store.all(AgentWeek)
            # One more than acknowledged may have been kept: its answer was cut off.
            assert kept + told <= len(entries) <= kept + told + 1
            assert [entry.text.values["number"] for entry in entries] == list(range(len(entries)))
            kept = len(entries)
            assert kept == 0 or holds(database, how, kept - 1)
            assert len(weeks) in ({0, STAFF} if how in {"accept", "mixed"} else {0})
            assert verify(database) is None
            database.close()
    finally:
        victims.close()
    database = open_database(str(path), read_only=True)
    with database.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    database.close()
    assert acknowledged >= kills // 2
