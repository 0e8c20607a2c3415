"""Looks for people who could help, a few at a time, so that the window never waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from wfm.analysis.draft import Candidate, best_first

SLICE_S = 0.006
REST_MS = 200
"""How long nothing may change before a search begins."""

Search = Callable[[], Iterator[Candidate | None]]


class CandidateSearch(QObject):
    """One search at a time; a new one gives up the one before."""

    finished = Signal(object)
    """The candidates found, best first: a list."""

    def __init__(self, parent: QObject | None = None, rest_ms: int = REST_MS) -> None:
        super().__init__(parent)
        self._search: Search | None = None
        self._people: Iterator[Candidate | None] | None = None
        self._found: list[Candidate] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)
        self._rest_ms = rest_ms

    @property
    def running(self) -> bool:
        """Whether a search is on its way."""
        return self._timer.isActive()

    def begin(self, search: Search) -> None:
        """Search once nothing else begins for a while."""
        self._search, self._people, self._found = search, None, []
        self._timer.start(self._rest_ms)

    def stop(self) -> None:
        """Give up."""
        self._search = self._people = None
        self._timer.stop()

    def _go_on(self) -> None:
        if self._people is None:
            if self._search is None:
                return
            self._people = self._search()
        until = time.perf_counter() + SLICE_S
        for candidate in self._people:
            if candidate is not None:
                self._found.append(candidate)
            if time.perf_counter() > until:
                self._timer.start(0)
                return
        self._search = self._people = None
        self.finished.emit(best_first(self._found))
