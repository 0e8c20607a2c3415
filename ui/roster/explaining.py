"""Why somebody has no lawful week, found in a process of its own.

OR-Tools and the compiled kernels never run inside the window: a fault of theirs ends a child, not
the program.  ``python -m ui.roster.explaining`` is that child; it reads a problem and the keys of
people as JSON and writes the broken rules of each.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence

from solver.child import ROOT
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.codec import from_json, to_json
from wfm.model.problem import RosterProblem
from wfm.model.rule import Violation

PATIENCE_S = 120.0
"""How long a child may take."""


def conflicts_in_child(
    problem: RosterProblem, agents: Sequence[str]
) -> dict[str, tuple[Violation, ...]]:
    """Return the smallest conflict of each of these people; raises ``WfmError`` without an answer.

    Waits for a process: only for workers.
    """
    asked = json.dumps({"problem": to_json(problem), "agents": list(agents)}, ensure_ascii=False)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "ui.roster.explaining"],
            input=asked.encode(),
            capture_output=True,
            timeout=PATIENCE_S,
            cwd=ROOT,
            check=False,
        )
        found = json.loads(done.stdout) if done.returncode == 0 else None
    except (OSError, ValueError, subprocess.TimeoutExpired):
        found = None
    if not isinstance(found, dict):
        raise WfmError(message("The rules could not be searched for a conflict. Ask once more."))
    return {
        agent: tuple(from_json(Violation, item, agent) for item in items)
        for agent, items in found.items()
    }


def find_conflict(problem: RosterProblem, agent: str) -> tuple[Violation, ...]:
    """Return the rules of a smallest conflict of one person."""
    return conflicts_in_child(problem, [agent])[agent]


def main() -> None:
    """Answer one question on standard input."""
    from solver.conflicts import conflict

    asked = json.loads(sys.stdin.buffer.read())
    problem = from_json(RosterProblem, asked["problem"], "problem")
    found = {
        agent: [to_json(item) for item in conflict(problem, agent)] for agent in asked["agents"]
    }
    sys.stdout.buffer.write(json.dumps(found, ensure_ascii=False).encode())


if __name__ == "__main__":
    main()
