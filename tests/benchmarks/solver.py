"""How good a roster is after 10, 30 and 60 seconds, against its own proven bound.

    ./run python -m tests.benchmarks.solver [AGENTS …] [--seconds 60] [--workers 2] [--seed 1]

The centre is the seeded one of ``tests/solver/instances.py``: a week in quarter-hours, 8:00–22:00,
four skills, 11 full-time and 41 part-time shifts, all breaks placed.  The child process is timed as
users see it, start and compiled kernels included.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

from solver.events import Failed, Finished, Improved, Progress
from solver.process import SolverProcess
from solver.settings import SolveSettings
from tests.solver.instances import call_centre

MARKS = (10.0, 30.0, 60.0)


def run(agents: int, seconds: float, workers: int, seed: int) -> bool:
    """Solve one centre and print a line per mark; tell whether it worked."""
    problem = call_centre(agents)
    began = time.monotonic()
    first: float | None = None
    marks = [mark for mark in MARKS if mark < seconds]
    best, bound = float("inf"), 0.0
    with SolverProcess(problem, SolveSettings(seconds, workers, seed)) as process:
        for event in process.events():
            now = time.monotonic() - began
            match event:
                case Progress():
                    best = best if event.objective is None else event.objective
                    bound = event.bound or bound
                case Improved(plan):
                    first = first or now
                    best = min(best, plan.objective)
                case Failed(reason):
                    sys.stderr.write(f"{reason}\n")
                    return False
                case Finished(plan):
                    _tell(agents, now, first, plan.objective, plan.lower_bound)
                    return True
            if marks and now >= marks[0]:
                marks.pop(0)
                _tell(agents, now, first, best, bound)
    return False


def _tell(agents: int, now: float, first: float | None, objective: float, bound: float) -> None:
    gap = (objective - bound) / objective if objective else 0.0
    print(
        f"{agents:5d} agents {now:6.1f} s  first roster {first or now:5.2f} s"
        f"  objective {objective:10.2f}  bound {bound:10.2f}  gap {gap:6.2%}",
        flush=True,
    )


def main(arguments: Sequence[str] = ()) -> int:
    """Run the sizes asked for (60 and 100 agents by default)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("agents", type=int, nargs="*", default=[60, 100])
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args(arguments)
    results = [run(agents, wanted.seconds, wanted.workers, wanted.seed) for agents in wanted.agents]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
