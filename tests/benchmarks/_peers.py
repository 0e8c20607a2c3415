"""What other ways of stating the problem reach on the same centre and the same processors."""

from __future__ import annotations

import json

from tests.benchmarks._covering import cover
from tests.benchmarks._flat_cpsat import FlatResult, solve_flat
from tests.benchmarks._roster_run import MARKS
from tests.oracle import roster_checker
from wfm.model.codec import dump_document
from wfm.model.problem import PROBLEM_FORMAT, RosterProblem
from wfm.model.roster import ROSTER_FORMAT, RosterPlan


def print_peers(problem: RosterProblem, seconds: float, workers: int) -> None:
    """Print a line for each: a flat CP-SAT model, and pyworkforce's covering."""
    flat = solve_flat(problem, seconds, workers, MARKS)
    marks = "  ".join(
        f"{mark:.0f} s {'-' if value is None else f'{value:.0f}'}"
        for mark, value in flat.marks.items()
        if mark <= seconds
    )
    first = "none" if flat.first is None else f"{flat.first:.1f} s"
    objective = "-" if flat.objective is None else f"{flat.objective:.0f}"
    print(
        f"flat CP-SAT model, {flat.variables} variables: first roster {first}  {marks}"
        f"  objective {objective}  bound {flat.bound:.1f}  {flat.seconds:.0f} s  {flat.status}",
        flush=True,
    )
    if flat.objective is not None:
        print(f"  checked: {_checked(problem, flat)}", flush=True)
    covering = cover(problem, seconds, workers)
    print(
        f"pyworkforce MinAbsDifference ({covering.by}): {covering.status} in"
        f" {covering.seconds:.1f} s, {covering.difference:.0f} agent-intervals off with"
        f" {covering.shifts} shifts; it knows no people, skills, breaks, rest or days off, so this"
        " is no roster",
        flush=True,
    )


def _checked(problem: RosterProblem, flat: FlatResult) -> str:
    """Return what the second opinion says of the flat model's roster."""
    plan = RosterPlan(problem.horizon, flat.duties, flat.objective or 0.0, 0.0, "feasible")
    document = json.loads(dump_document(problem, PROBLEM_FORMAT))
    roster = json.loads(dump_document(plan, ROSTER_FORMAT))
    hard = roster_checker.hard_violations(document, roster)
    return (
        f"objective {roster_checker.objective(document, roster):.0f}, {len(hard)} hard violations"
    )
