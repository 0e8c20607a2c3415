"""The example problem with rules that tie its agents together, and a roster before the run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from solver import SolveSettings, solve
from tests.solver.example import FOLDER, HORIZON, example_problem
from wfm.model.centre_rule import FairShare, Pair, Presence
from wfm.model.codec import dump_document
from wfm.model.problem import PROBLEM_FORMAT, RosterProblem, Stability
from wfm.model.roster import ROSTER_FORMAT, Duty, PlacedBreak
from wfm.model.rule import RuleRef
from wfm.model.workload import Floats

ABE_DAY = Duty(
    "abe", date(2026, 11, 30), 540, 1080,
    (PlacedBreak(630, 15, paid=True), PlacedBreak(750, 60)), "early", "D",
)  # fmt: skip
BABA_EVENING = Duty(
    "baba", date(2026, 12, 1), 780, 1260, (PlacedBreak(960, 45),), "late", "E"
)  # fmt: skip


def heads(number: float, first: int, after: int) -> Floats:
    """Return a limit that holds from minute ``first`` to ``after`` of every day, else 0."""
    result = np.zeros(HORIZON.slots)
    for day in range(HORIZON.days):
        origin = day * HORIZON.slots_per_day
        result[origin + first // 30 : origin + after // 30] = number
    result.setflags(write=False)
    return result


def centre_problem() -> RosterProblem:
    """Return the example problem with every centre rule and a stability."""
    seats = np.full(HORIZON.slots, 2.0)
    seats.setflags(write=False)
    rules = (
        Presence(RuleRef("supervisors"), (0, 1), low=heads(1, 600, 1020), price=50),
        Presence(RuleRef("seats"), (0, 1, 2), high=seats, price=60, breaks=True),
        Pair(RuleRef("mentor"), 1, 0, overlap=240, price=40),
        Pair(RuleRef("apart"), 0, 2, apart=True, price=35),
        FairShare(RuleRef("evenings"), (0, 1, 2), (0, 1, 2, 3), "duties", (2, 0, 1), 1, 10),
    )
    before = Stability((ABE_DAY, BABA_EVENING), 4, 1, 8, 3)
    notes = ("Made by tests/solver/centre_example.py",)
    return replace(example_problem(), centre_rules=rules, stability=before, notes=notes)


PROBLEM_FILE = FOLDER / "problem-centre.example.json"
ROSTER_FILE = FOLDER / "roster-centre.example.json"


def write() -> None:
    """Write both example files anew."""
    problem = centre_problem()
    plan = solve(problem, SolveSettings(time_limit_s=60, workers=1))
    PROBLEM_FILE.write_text(dump_document(problem, PROBLEM_FORMAT), "utf-8")
    ROSTER_FILE.write_text(dump_document(plan, ROSTER_FORMAT), "utf-8")
    print(plan.status, plan.objective, plan.lower_bound, plan.seconds)


if __name__ == "__main__":
    write()
