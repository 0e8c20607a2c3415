"""A solver run seen from the terminal: progress on stderr, Ctrl-C keeps the best roster."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ui.commands.console import is_terminal, text
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.problem import RosterProblem
from wfm.model.roster import RosterPlan

if TYPE_CHECKING:
    from wfm.services.rostering import Solve


@dataclass(slots=True)
class ProgressLine:
    """Prints what is happening: one line overwritten on a terminal, few lines elsewhere."""

    shown: float = 0.0
    last: str = ""
    pace: float = field(default_factory=lambda: 0.5 if is_terminal() else 10.0)

    def show(self, seconds: float, objective: float | None, bound: float | None) -> None:
        """Print the state of a run if enough time has passed since the last print."""
        if seconds - self.shown < self.pace:
            return
        self.shown = seconds
        line = text(
            message(
                "  {seconds} s  cost {objective}  at best {bound}",
                seconds=f"{seconds:5.1f}",
                objective="–" if objective is None else f"{objective:,.0f}",
                bound="–" if bound is None else f"{bound:,.0f}",
            )
        )
        sys.stderr.write(f"\r{line}\033[K" if is_terminal() else line + "\n")
        sys.stderr.flush()

    def end(self) -> None:
        """Leave the overwritten line."""
        if is_terminal():
            sys.stderr.write("\n")


def solve_in_child(
    problem: RosterProblem,
    *,
    time_limit_s: float,
    workers: int = 2,
    seed: int = 1,
    iterations: int = 0,
) -> RosterPlan:
    """Run the solver in its child process; Ctrl-C asks it to stop and keeps its best roster.

    ``iterations`` above 0 limits the run by moves, so that it can be repeated exactly.  Raises
    :class:`~wfm.errors.WfmError` when the child fails.
    """
    from solver.events import Failed, Finished, Progress
    from solver.process import SolverProcess
    from solver.settings import SolveSettings

    settings = SolveSettings(time_limit_s, workers, seed, iterations)
    line = ProgressLine()
    with SolverProcess(problem, settings) as child:
        events = child.events()
        while True:
            try:
                event = next(events)
            except KeyboardInterrupt:
                child.stop()
                continue
            except StopIteration:
                break
            match event:
                case Progress():
                    line.show(event.seconds, event.objective, event.bound)
                case Finished():
                    line.end()
                    return event.plan
                case Failed():
                    line.end()
                    raise WfmError(event.message)
                case _:
                    pass
    raise WfmError(message("The solver ended without a roster. Nothing was changed."))


def solver_here(
    time_limit_s: float, *, workers: int = 2, seed: int = 1, iterations: int = 0
) -> Solve:
    """Return the solver in this process, with its limits: for many short runs in a row."""
    from solver import SolveSettings, solve

    settings = SolveSettings(time_limit_s, workers, seed, iterations)

    def run(problem: RosterProblem) -> RosterPlan:
        return solve(problem, settings)

    return run
