"""A program that is killed: it edits, imports or accepts without end, and says what it was told.

Run as ``python -m tests.persistence.victim FILE``.  For each line ``HOW NUMBER`` on its input it
forks a writer of that kind of change which begins with that round, for forking saves the imports;
``PID`` names the writer, and ``GONE`` follows its last line.  A round is one operation; ``OK
NUMBER`` is printed when its commit has returned.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np

from wfm.messages import message
from wfm.model.people import Agent
from wfm.model.roster import AgentWeek, Duty, PlacedBreak
from wfm.model.workload import HISTORY_COLUMNS, HistoryDay
from wfm.persistence import open_database

MONDAY = date(2026, 11, 30)
STAFF = 60
IMPORTED_DAYS = 28


def edited(number: int) -> list[object]:
    """Return the one agent that a round's edit writes."""
    return [Agent("a0", "0", f"佐藤 {number}", "t1", "full", speed_percent=100 + number)]


def imported(number: int) -> list[object]:
    """Return the recorded days of four weeks that a round's import brings."""
    start = date(2020, 1, 1) + timedelta(days=IMPORTED_DAYS * (number % 70))
    columns = {
        name: np.full(96, float(number + place)) for place, name in enumerate(HISTORY_COLUMNS)
    }
    return [
        HistoryDay("q1", start + timedelta(days=offset), 15, columns, source=f"round {number}")
        for offset in range(IMPORTED_DAYS)
    ]


def accepted(number: int) -> list[object]:
    """Return the whole staff's week that a round's acceptance of a roster writes."""
    start = 360 + 15 * (number % 40)
    breaks = (PlacedBreak(start + 240, 60), PlacedBreak(start + 120, 15, paid=True))
    return [
        AgentWeek(
            f"a{place}",
            MONDAY,
            tuple(
                Duty(f"a{place}", MONDAY + timedelta(days=offset), start, start + 540, breaks)
                for offset in range(5)
            ),
        )
        for place in range(STAFF)
    ]


def mixed(number: int) -> list[object]:
    """Return what a round of a busy day writes: the three kinds in turn."""
    return (edited, imported, accepted)[number % 3](number)


WRITES: dict[str, Callable[[int], list[object]]] = {
    "edit": edited,
    "import": imported,
    "accept": accepted,
    "mixed": mixed,
}


def write(path: str, how: str, first: int) -> None:
    """Write round after round until killed."""
    database = open_database(path)
    number = first
    while True:
        with database.write("sato", database.clock) as unit:
            unit.put_all(WRITES[how](number))
            unit.commit(message("Round {number} {how}", number=number, how=how))
        print(f"OK {number}", flush=True)
        number += 1


def main(path: str) -> None:
    """Fork a writer for each line read, and wait for its end."""
    for line in sys.stdin:
        how, number = line.split()
        pid = os.fork()
        if not pid:
            # The writer itself says who it is, before its first round.
            print(f"PID {os.getpid()}", flush=True)
            write(path, how, int(number))
        os.waitpid(pid, 0)
        print("GONE", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
