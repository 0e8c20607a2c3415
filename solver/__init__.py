"""The roster optimiser: a problem in, a legal roster with a proven bound out.

OR-Tools and the compiled kernels are loaded when a run starts, so importing this package is cheap.
"""

from __future__ import annotations

from collections.abc import Callable

from solver.events import Event, Failed, Finished, Improved, Progress
from solver.settings import SolveSettings
from wfm.model.problem import RosterProblem
from wfm.model.roster import RosterPlan

__all__ = ["Event", "Failed", "Finished", "Improved", "Progress", "SolveSettings", "solve"]


def solve(
    problem: RosterProblem,
    settings: SolveSettings,
    on_progress: Callable[[Event], None] = lambda _event: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> RosterPlan:
    """Return the best roster found within the limits of ``settings``.

    ``on_progress`` receives :class:`Progress` and :class:`Improved` events from the calling thread;
    ``should_stop`` is asked often and ends the run with the best roster so far.  Raises
    :class:`~wfm.errors.WfmError` for a problem that contradicts its own description.
    """
    from solver.stages import run

    return run(problem, settings, on_progress, should_stop)
