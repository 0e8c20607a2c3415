"""A solver run in the long lane: the child's events in, a course of figures and one answer out.

Knows no widget and no centre; everything it needs is in the problem.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from solver.events import Failed, Finished, Improved
from solver.events import Progress as SolverProgress
from solver.process import SolverProcess
from solver.settings import SolveSettings
from ui.centre_view import OnProgress, Progress, ShouldStop
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.problem import RosterProblem
from wfm.model.roster import RosterPlan


@dataclass(frozen=True, slots=True)
class SolveProgress(Progress):
    """Where a search stands: cost of the best roster so far and proven lower bound, if any."""

    seconds: float = 0.0
    objective: float | None = None
    bound: float | None = None


@dataclass(frozen=True, slots=True)
class SolveAnswer:
    """The best plan of a run; ``failure`` tells why the run ended otherwise than it should."""

    plan: RosterPlan
    failure: Message | None = None


Solve = Callable[[RosterProblem, SolveSettings, OnProgress, ShouldStop], SolveAnswer]
"""How a build runs the solver; tests put another one in its place."""


def solve_in_child(
    problem: RosterProblem,
    settings: SolveSettings,
    on_progress: OnProgress,
    should_stop: ShouldStop,
    *,
    start: Callable[..., SolverProcess] = SolverProcess,
) -> SolveAnswer:
    """Run the solver's child process to its end.

    A stop returns the best roster so far.  A child that crashes, is killed or hangs loses nothing:
    the best roster it had told is the answer; without one, :class:`~wfm.errors.WfmError` says why.
    """
    best: RosterPlan | None = None
    with start(problem, settings, should_stop=should_stop) as child:
        for event in child.events():
            match event:
                case SolverProgress():
                    on_progress(_progress(event, settings))
                case Improved():
                    best = event.plan
                case Finished():
                    return SolveAnswer(event.plan)
                case Failed():
                    if best is None:
                        raise WfmError(event.message)
                    return SolveAnswer(best, event.message)
    raise WfmError(message("The solver ended without a roster. Nothing was changed."))


def _progress(event: SolverProgress, settings: SolveSettings) -> SolveProgress:
    found = event.objective is not None and math.isfinite(event.objective)
    return SolveProgress(
        done=int(event.seconds),
        total=int(settings.time_limit_s),
        text=event.stage,
        seconds=event.seconds,
        objective=event.objective if found else None,
        bound=event.bound,
    )
