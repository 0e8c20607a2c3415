"""One question about a roster at a time: read from the centre, answered by the solver, shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from ui.centre_view import OnProgress, Progress, ShouldStop
from ui.desk import Desk
from ui.jobs import Job
from wfm.messages import Message, message
from wfm.workspace import Workspace

Read = Callable[[Workspace], Any]
Answer = Callable[[Any, OnProgress, ShouldStop], Any]
Then = Callable[[Any, Any], None]


class Asking(QObject):
    """Reads in the data lane, answers in the long one; another question ends the one before."""

    changed = Signal()
    """A question began, went on or ended."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.topic = ""
        """Which panel asks, empty while nothing is asked."""
        self.stage: Message | None = None
        self.stopping = False
        self._number = 0
        self._job: Job | None = None

    def ask(self, topic: str, read: Read, answer: Answer, then: Then) -> None:
        """Read, answer, and hand both values on; errors are shown and end the question."""
        if self._job is not None:
            self._job.stop()
        self._number += 1
        number, self._job, self.stopping = self._number, None, False
        self.topic, self.stage = topic, message("Reading people, rules and required staff")
        self.changed.emit()

        def answered(found: Any, value: Any) -> None:
            if number == self._number:
                self._end()
                then(found, value)

        def have_read(found: Any) -> None:
            if number != self._number:
                return
            self.stage = message("Looking for the answer")
            self._job = self._desk.run_long(
                lambda on_progress, should_stop: answer(found, on_progress, should_stop),
                then=lambda value: answered(found, value),
                failed=failed,
                progressed=lambda progress: self._progress(number, progress),
            )
            self.changed.emit()

        def failed(error: BaseException) -> None:
            if number == self._number:
                self._end()
                self._desk.fail(error)

        self._desk.ask(read, have_read, failed=failed)

    def stop(self) -> None:
        """Ask the answer to end with what it has; one that is still being read is dropped."""
        if not self.topic:
            return
        if self._job is None:
            self._number += 1
            self._end()
            return
        self._job.stop()
        self.stopping = True
        self.changed.emit()

    def _progress(self, number: int, progress: Progress) -> None:
        if number == self._number:
            self.stage = progress.text
            self.changed.emit()

    def _end(self) -> None:
        self.topic, self.stage, self._job, self.stopping = "", None, None, False
        self.changed.emit()
