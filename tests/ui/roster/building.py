"""Builds without a long search: plans made by hand, and a solver that waits until it is told."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from solver.settings import SolveSettings
from ui.centre_view import OnProgress, ShouldStop
from ui.roster.solving import SolveAnswer, SolveProgress
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.problem import RosterProblem
from wfm.model.roster import Duty, RosterPlan
from wfm.rules import check_agent


def moved_duty(problem: RosterProblem, duties: tuple[Duty, ...]) -> tuple[Duty, Duty]:
    """Return a duty and the same shift at another time that breaks no hard rule."""
    people = {agent.key: agent for agent in problem.agents}
    for duty in duties:
        agent = people[duty.agent]
        others = tuple(item for item in duties if item.agent == duty.agent and item is not duty)
        for number in agent.options:
            option = problem.options[number]
            step = option.start - duty.start
            if option.kind != duty.kind or option.end != duty.end + step or not step:
                continue
            breaks = tuple(replace(item, start=item.start + step) for item in duty.breaks)
            new = replace(duty, start=option.start, end=option.end, breaks=breaks)
            if not any(item.hard for item in check_agent(problem, agent, (*others, new))):
                return duty, new
    raise AssertionError("no shift of this roster can be moved")


def plan_of(problem: RosterProblem, duties: tuple[Duty, ...]) -> RosterPlan:
    """Return a plan as the solver would tell it."""
    return RosterPlan(problem.horizon, duties, 1300.0, 1200.0, "feasible", 3.0)


@dataclass
class ToldSolver:
    """Stands for the solver: tells one state, waits for its gate, answers with a moved duty."""

    duties: tuple[Duty, ...]
    gate: threading.Event = field(default_factory=threading.Event)
    failure: WfmError | None = None
    warning: Message | None = None
    seen: list[RosterProblem] = field(default_factory=list)
    moved: tuple[Duty, Duty] | None = None

    def __call__(
        self,
        problem: RosterProblem,
        _settings: SolveSettings,
        on_progress: OnProgress,
        should_stop: ShouldStop,
    ) -> SolveAnswer:
        """Answer once the gate is open or a stop was asked for."""
        self.seen.append(problem)
        stage = message("Improving")
        on_progress(SolveProgress(0, 60, stage, 1.0, 1500.0, 1100.0))
        until = time.monotonic() + 20
        while not self.gate.wait(0.01) and not should_stop() and time.monotonic() < until:
            pass
        if self.failure is not None:
            raise self.failure
        self.moved = moved_duty(problem, self.duties)
        old, new = self.moved
        changed = tuple(new if duty is old else duty for duty in self.duties)
        return SolveAnswer(plan_of(problem, changed), self.warning)


def solver_children() -> list[int]:
    """Return the process numbers of this process's solver children."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = (entry / "stat").read_text().rsplit(")", 1)[1].split()[1]
                words = (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if parent == str(os.getpid()) and b"solver" in words:
                found.append(int(entry.name))
    return found
