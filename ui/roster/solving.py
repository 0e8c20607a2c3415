"""A solver run in the long lane: the child's events in, a course of figures and one answer out.

Knows no widget and no centre; everything it needs is in the problem.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from solver.events import Failed, Finished, Improved
from solver.events import Progress as SolverProgress
from solver.process import SolverProcess
from solver.settings import SolveSettings
from ui.centre_view import OnProgress, Progress, ShouldStop
from wfm.analysis.coverage import Coverage, coverage
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.problem import RosterProblem
from wfm.model.roster import RosterPlan
from wfm.services.rostering import Solve as Lent


@dataclass(frozen=True, slots=True)
class SolveProgress(Progress):
    """Where a search stands: cost of the best roster so far and proven lower bound, if any.

    ``covered`` is the coverage of the best roster told so far.
    """

    seconds: float = 0.0
    objective: float | None = None
    bound: float | None = None
    covered: Coverage | None = None


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
    told = SolveProgress(0, int(settings.time_limit_s), message("Starting the search"))
    with start(problem, settings, should_stop=should_stop) as child:
        for event in child.events():
            match event:
                case SolverProgress():
                    told = replace(_progress(event, settings), covered=told.covered)
                    on_progress(told)
                case Improved():
                    best = event.plan
                    told = replace(told, covered=coverage_of(problem, best))
                    on_progress(told)
                case Finished():
                    return SolveAnswer(event.plan)
                case Failed():
                    if best is None:
                        raise WfmError(event.message)
                    return SolveAnswer(best, event.message)
    raise WfmError(message("The solver ended without a roster. Nothing was changed."))


def coverage_of(problem: RosterProblem, plan: RosterPlan) -> Coverage:
    """Return the coverage of a plan."""
    return coverage(
        problem.horizon, problem.demands, problem.agents, plan.duties, problem.over_cost
    )


def lent(
    solve: Solve, settings: SolveSettings, on_progress: OnProgress, should_stop: ShouldStop
) -> Lent:
    """Return the solver as services borrow it; a run that failed is a ``WfmError``."""

    def run(problem: RosterProblem) -> RosterPlan:
        answer = solve(problem, settings, on_progress, should_stop)
        if answer.failure is not None:
            raise WfmError(answer.failure)
        return answer.plan

    return run


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
