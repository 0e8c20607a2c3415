"""An application that knows how much of the GUI thread's time each event took."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

FIXED_WORK_MS = 4.0
"""What :func:`slowness` works takes on the quiet machine for which bounds are meant."""


def slowness() -> float:
    """Return how many times longer than there a fixed piece of work takes here and now."""
    took = []
    for _ in range(15):
        begun = time.thread_time()
        found: dict[int, str] = {}
        for number in range(40_000):
            found[number % 997] = str(number)
        took.append((time.thread_time() - begun) * 1000)
    return statistics.median(took) / FIXED_WORK_MS


@dataclass(frozen=True, slots=True, order=True)
class Spent:
    """Processor time of one event, in ms: waiting for others is not in it."""

    milliseconds: float
    receiver: str
    event: str


class MeasuredApplication(QApplication):
    """Measures every event that is not sent within another one."""

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)
        self._depth = 0
        self._spent: list[Spent] | None = None

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        """Deliver an event, and note what it took while somebody wants to know."""
        if self._spent is None:
            return super().notify(receiver, event)
        self._depth += 1
        begun = time.thread_time()
        try:
            return super().notify(receiver, event)
        finally:
            self._depth -= 1
            if self._depth == 0 and self._spent is not None:
                took = (time.thread_time() - begun) * 1000
                self._spent.append(Spent(took, type(receiver).__name__, str(event.type())))

    @contextmanager
    def measuring(self) -> Iterator[list[Spent]]:
        """Collect what each event takes within the block."""
        self._spent, self._depth = [], 0
        try:
            yield self._spent
        finally:
            self._spent = None
