"""The course of a run: compile, first roster, bound, improvement, result.

Searches run in threads (the kernels let go of the interpreter); the calling thread watches the
clock and the stop signal, and is the only one that reports.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from solver.compile import Ints
from solver.events import Event, Improved, Progress
from solver.settings import SolveSettings
from wfm.messages import Message, message
from wfm.model.problem import RosterProblem
from wfm.model.roster import RosterPlan
from wfm.model.workload import Floats

if TYPE_CHECKING:
    from solver.search import Optimiser

IMPROVED_EVERY_S = 2.0
FIRST_SHOWN_S = 1.0
"""A whole roster is told for the first time when the run is so old: judging it
takes time that a short run needs for its search."""
PROGRESS_EVERY_S = 0.25


class StoppedError(Exception):
    """The user has asked to stop, or the time is over."""


@dataclass(slots=True)
class Course:
    """What the threads of a run share: limits, the best roster so far, and the bound."""

    settings: SolveSettings
    began: float
    over: threading.Event = field(default_factory=threading.Event)
    asked: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)
    total: float = math.inf
    roster: tuple[Ints, Ints] | None = None
    bound: float = 0.0
    proof: tuple[Floats, ...] = ()
    proven: bool = False
    at_end: list[Callable[[], None]] = field(default_factory=list)
    """What stops native code that does not look at :attr:`over`; see :meth:`enders`."""
    stage: Message = field(default_factory=lambda: message("Reading the rules"))

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.began

    @property
    def left(self) -> float:
        """Seconds left."""
        return self.settings.time_limit_s - self.seconds

    def end(self) -> None:
        """Make all threads come to an end."""
        self.over.set()
        for stop in list(self.at_end):
            stop()

    @contextmanager
    def enders(self, stop: Callable[[], None]) -> Iterator[None]:
        """Call ``stop`` when the run is over while the block runs."""
        self.at_end.append(stop)
        try:
            yield
        finally:
            self.at_end.remove(stop)

    def check(self) -> None:
        """Raise :class:`StoppedError` when the run must end."""
        if self.over.is_set():
            raise StoppedError

    def offer(self, total: float, choice: Ints, placing: Ints) -> bool:
        """Keep a roster if it is the best; ``total`` in cost × units."""
        with self.lock:
            if total >= self.total:
                return False
            self.total = total
            self.roster = (choice.copy(), placing.copy())
            return True

    def raise_bound(
        self, bound: float, proof: Callable[[], tuple[Floats, ...]] = lambda: ()
    ) -> None:
        """Keep a proven bound, and the prices that prove it, if it is the highest."""
        with self.lock:
            if bound > self.bound:
                self.bound, self.proof = bound, proof()


def run(
    problem: RosterProblem,
    settings: SolveSettings,
    on_progress: Callable[[Event], None],
    should_stop: Callable[[], bool],
) -> RosterPlan:
    """Solve a problem; see :func:`solver.solve`."""
    from solver.search import Optimiser
    from solver.validate import validate

    validate(problem)
    course = Course(settings, time.monotonic())
    optimiser = Optimiser(problem, course)
    watch = _Watch(course, optimiser, on_progress, should_stop)
    pool = ThreadPoolExecutor(max_workers=settings.workers + 1, thread_name_prefix="solver")
    try:
        watch.wait(pool.submit(optimiser.prepare))
        futures = [pool.submit(optimiser.work, number) for number in range(settings.workers)]
        for future in futures:
            watch.wait(future)
    finally:
        course.end()
        pool.shutdown(wait=True)
    status = "optimal" if course.proven else "stopped" if course.asked else "feasible"
    return optimiser.plan(status)


@dataclass(slots=True)
class _Watch:
    """Waits for threads while reporting and watching for the end."""

    course: Course
    optimiser: Optimiser
    on_progress: Callable[[Event], None]
    should_stop: Callable[[], bool]
    told: float = -math.inf
    found: bool = False
    improved: float = FIRST_SHOWN_S - IMPROVED_EVERY_S
    shown: float = math.inf

    def wait(self, future: Future[None]) -> None:
        """Return when ``future`` is done; raises what it raised, but for a stop."""
        while True:
            self._look()
            try:
                future.result(timeout=0.05)
            except TimeoutError:
                continue
            except StoppedError:
                pass
            self._look()
            return

    def _look(self) -> None:
        course = self.course
        if not course.asked and self.should_stop():
            course.asked = True
        # the limit holds for the whole run: judging the roster at its end belongs to it
        timed_out = course.settings.iterations == 0 and course.left <= 2 * self.optimiser.judging_s
        if course.asked or timed_out or course.over.is_set():
            course.end()
        now = course.seconds
        objective = self.optimiser.objective
        first = objective is not None and not self.found
        if first or now - self.told >= PROGRESS_EVERY_S:
            self.found = objective is not None
            self.told = now
            self.on_progress(Progress(round(now, 3), objective, course.bound or None, course.stage))
        if course.total < self.shown and now - self.improved >= IMPROVED_EVERY_S:
            self.shown, self.improved = course.total, now
            self.on_progress(Improved(self.optimiser.plan("feasible")))
