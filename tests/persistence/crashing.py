"""A program that edits, imports and accepts without end, and says what it was told is kept.

Run as ``python -m tests.persistence.crashing FILE``.  For each line with a number on its input it
forks a writer that begins with that round, and prints ``PID``; forking saves the imports.  The
test kills the writer, and ``GONE`` follows its last line.  Each round writes one operation; the
line ``OK number`` is printed only after the commit has returned.
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta

from tests.persistence.values import MONDAY, agent, history, week
from wfm.messages import message
from wfm.persistence import open_database

AGENTS = 6
HISTORY_DAYS = 4


def values_of(number: int) -> list[object]:
    """Return what round ``number`` writes: an edit, an import or a roster, in turn."""
    if number % 3 == 0:
        return [agent("a0", speed_percent=number, name=f"佐藤 {number}")]
    if number % 3 == 1:
        start = MONDAY + timedelta(days=HISTORY_DAYS * number)
        return [
            history("q1", start + timedelta(days=offset), seed=number)
            for offset in range(HISTORY_DAYS)
        ]
    return [week(f"a{place}", at=360 + number % 600) for place in range(AGENTS)]


def write(path: str, first: int) -> None:
    """Write round after round until killed."""
    database = open_database(path)
    number = first
    while True:
        with database.write("sato", database.clock) as unit:
            unit.put_all(values_of(number))
            unit.commit(message("Round {number}", number=number))
        print(f"OK {number}", flush=True)
        number += 1


def main(path: str) -> None:
    """Fork a writer for each number read, and wait for its end."""
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            write(path, int(line))
        print(f"PID {pid}", flush=True)
        os.waitpid(pid, 0)
        print("GONE", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
