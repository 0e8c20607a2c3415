"""Runs work outside the GUI thread: values in, progress and one value (or error) out.

There are two lanes of one thread each: what reads and writes the centre goes through ``data``, in
order; what only computes for long (the solver) goes through ``long`` and never keeps the centre
from being read.

A worker touches no widget.  Its reports reach the window's callbacks in the GUI thread, at most
one unread progress at a time, so that a talkative worker cannot flood the window.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from ui.centre_view import OnProgress, Progress, ShouldStop

Work = Callable[[OnProgress, ShouldStop], Any]
"""A function of values: reports progress, asks whether to stop, returns a value."""

SHUT_DOWN_MS = 15_000


class Job(QObject):
    """One running work; lives in the GUI thread."""

    finished = Signal(object)
    failed = Signal(object)
    progressed = Signal(object)
    ended = Signal()

    _reported = Signal()
    _returned = Signal()

    def __init__(self, work: Work, parent: QObject, lane: str = "data") -> None:
        super().__init__(parent)
        self._work: Work | None = work
        self.lane = lane
        self._stop, self._left = threading.Event(), threading.Event()
        self._lock = threading.Lock()
        self._latest: Progress | None = None
        self._result: Any = None
        self._error: BaseException | None = None
        self._running = True
        self._reported.connect(self._deliver_progress, Qt.ConnectionType.QueuedConnection)
        self._returned.connect(self._deliver_result, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        """Whether the result has not been delivered yet."""
        return self._running

    @property
    def stopping(self) -> bool:
        """Whether the work was asked to stop."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask the work to return what it has."""
        self._stop.set()

    def perform(self) -> None:
        """Do the work; called in the worker thread."""
        assert self._work is not None
        try:
            self._result = self._work(self._report, self._stop.is_set)
        except BaseException as error:  # noqa: BLE001 - whatever happened is shown by the window
            self._error = error
        self._returned.emit()
        self._left.set()

    def _report(self, progress: Progress) -> None:
        with self._lock:
            unread, self._latest = self._latest is not None, progress
        if not unread:
            self._reported.emit()

    @Slot()
    def _deliver_progress(self) -> None:
        with self._lock:
            progress, self._latest = self._latest, None
        if progress is not None and self._running:
            self.progressed.emit(progress)

    @Slot()
    def _deliver_result(self) -> None:
        if not self._running:
            return
        self._running = False
        if self._error is None:
            self.finished.emit(self._result)
        else:
            self.failed.emit(self._error)
        self.ended.emit()
        self.forget()
        self._left.wait()  # an object must not go while the worker is still telling by it
        self.deleteLater()

    def forget(self) -> None:
        """Let go of the work, once it is done.

        It may be the last to hold a widget, which must not die with the worker's copy of the job.
        """
        self._work = self._result = self._error = None

    def abandon(self) -> None:
        """Ask the work to stop and deliver nothing any more."""
        self._running = False
        self._stop.set()


class _Runner(QRunnable):
    """Carries a job into the pool's thread."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job

    def run(self) -> None:
        self._job.perform()


LANES = ("data", "long")


class Jobs(QObject):
    """The window's workers: in each lane one thread, works one after the other."""

    idle = Signal()
    """No work runs or waits any more."""
    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pools = {lane: QThreadPool(self) for lane in LANES}
        for pool in self._pools.values():
            pool.setMaxThreadCount(1)
        self._jobs: list[Job] = []

    def run(
        self,
        work: Work,
        *,
        finished: Callable[[Any], None],
        failed: Callable[[BaseException], None],
        progressed: Callable[[Progress], None] | None = None,
        lane: str = "data",
    ) -> Job:
        """Start ``work`` in a lane; the callbacks run in the GUI thread."""
        job = Job(work, self, lane)
        job.finished.connect(finished)
        job.failed.connect(failed)
        if progressed is not None:
            job.progressed.connect(progressed)
        job.ended.connect(lambda: self._ended(job))
        self._jobs.append(job)
        if len(self._jobs) == 1:
            self.busy_changed.emit(True)
        self._pools[lane].start(_Runner(job))
        return job

    @property
    def busy(self) -> bool:
        """Whether a work is running or waiting."""
        return bool(self._jobs)

    @property
    def computing(self) -> bool:
        """Whether a work of the long lane is running or waiting."""
        return any(job.lane == "long" for job in self._jobs)

    @property
    def using_centre(self) -> bool:
        """Whether a work that reads or writes the centre is running or waiting."""
        return any(job.lane == "data" for job in self._jobs)

    def shut_down(self) -> bool:
        """Stop every work, wait for the threads to end, and return whether they did."""
        for job in self._jobs:
            job.abandon()
        for pool in self._pools.values():
            pool.clear()
        left, self._jobs = self._jobs, []
        ended = all(pool.waitForDone(SHUT_DOWN_MS) for pool in self._pools.values())
        if ended:
            for job in left:
                job.forget()
        return ended

    def _ended(self, job: Job) -> None:
        if job in self._jobs:
            self._jobs.remove(job)
        if not self._jobs:
            self.busy_changed.emit(False)
            self.idle.emit()
