"""Where the workers of a run meet, so that a run that counts its moves is the same every time."""

from __future__ import annotations

import threading

from solver.state import Search


class Meeting:
    """A barrier for all workers; one that leaves sets the others free with an error."""

    def __init__(self, workers: int) -> None:
        self._barrier = threading.Barrier(workers)
        self._rosters: list[Search | None] = [None] * workers

    def wait(self) -> None:
        """Wait for all; raises :class:`threading.BrokenBarrierError` when one has left."""
        self._barrier.wait()

    def exchange(self, number: int, search: Search) -> list[Search]:
        """Wait for all and return everybody's search, in order of their numbers."""
        self._rosters[number] = search
        self._barrier.wait()
        return [item for item in self._rosters if item is not None]

    def leave(self) -> None:
        """Break the meeting up."""
        self._barrier.abort()
