"""Compiles the solver's kernels once, at set-up, so that the first roster does not wait for it."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from solver import SolveSettings, solve
from wfm.workspace import Workspace

AGENTS = 8
AS_OF = date(2026, 11, 23)


def main() -> int:
    """Solve a few agents of the sample centre; what is compiled is kept on disk."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "warm.toban")
        with Workspace.create(path, "set-up", name="warm") as workspace:
            workspace.fill_with_sample(AS_OF, "en")
            horizon = workspace.week_horizon("next")
            workspace.forecast_week(horizon)
            workspace.staff_week(horizon)
            problem = workspace.build_problem(horizon)
    few = replace(problem, agents=problem.agents[:AGENTS])
    solve(few, SolveSettings(time_limit_s=3.0))
    return 0


if __name__ == "__main__":
    sys.exit(main())
