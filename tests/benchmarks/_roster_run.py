"""One run of the solver's child process, watched from outside: time, quality, memory."""

from __future__ import annotations

import math
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from solver.events import Failed, Finished, Improved, Progress
from solver.process import SolverProcess
from solver.settings import SolveSettings
from wfm.model.problem import RosterProblem
from wfm.model.roster import RosterPlan

MARKS = (10.0, 30.0, 60.0, 120.0)


@dataclass(frozen=True, slots=True)
class State:
    """Objective and bound at a moment of a run; ``None`` before there is one."""

    objective: float | None = None
    bound: float | None = None

    @property
    def gap(self) -> float | None:
        """(objective - bound) ÷ objective."""
        if not self.objective or self.bound is None:
            return None if self.objective is None else 0.0
        return (self.objective - self.bound) / self.objective


@dataclass(slots=True)
class Run:
    """What was seen of a run: seconds count from the start of the child's solving."""

    first: float | None = None
    marks: dict[float, State] = field(default_factory=dict)
    plan: RosterPlan | None = None
    peak_mb: float = 0.0
    seconds: float = 0.0

    def at(self, mark: float) -> State:
        """Return the state at a mark; a run that ended before stays as it ended."""
        return self.marks.get(mark, State())


def watch(problem: RosterProblem, settings: SolveSettings, *, tell: bool = True) -> Run:
    """Solve in a child process and note what it says when."""
    run = Run()
    began = time.monotonic()
    state = State()
    open_marks = list(MARKS)
    with SolverProcess(problem, settings) as process, _Memory(process.pid) as memory:
        for event in process.events():
            match event:
                case Progress(seconds, objective, bound):
                    while open_marks and seconds > open_marks[0]:
                        run.marks[open_marks.pop(0)] = state
                        if tell:
                            _tell(seconds, state)
                    state = State(objective, bound)
                    if run.first is None and objective is not None:
                        run.first = seconds
                case Improved(plan):
                    state = State(plan.objective, max(plan.lower_bound, state.bound or 0.0))
                    run.first = plan.seconds if run.first is None else run.first
                case Failed(reason):
                    sys.stderr.write(f"{reason}\n")
                case Finished(plan):
                    run.plan = plan
                    state = State(plan.objective, plan.lower_bound)
                    run.first = plan.seconds if run.first is None else run.first
    optimal = run.plan is not None and run.plan.status == "optimal"
    limit = math.inf if optimal else settings.time_limit_s
    run.marks |= {mark: state for mark in open_marks if mark <= limit}
    run.peak_mb = memory.peak_mb
    run.seconds = time.monotonic() - began
    return run


def _tell(seconds: float, state: State) -> None:
    gap = "" if state.gap is None else f"  gap {state.gap:.2%}"
    sys.stderr.write(f"  {seconds:6.1f} s  {state.objective}  bound {state.bound}{gap}\n")


class _Memory(threading.Thread):
    """Reads the highest memory of a process from the system until it ends (Linux only)."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.path = Path(f"/proc/{pid}/status")
        self.peak_mb = 0.0
        self.over = threading.Event()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.join()

    def run(self) -> None:
        while not self.over.wait(0.1):
            try:
                lines = self.path.read_text(encoding="ascii").splitlines()
            except OSError:
                return
            found = [line.split()[1] for line in lines if line.startswith("VmHWM:")]
            if found:
                self.peak_mb = max(self.peak_mb, int(found[0]) / 1024)
