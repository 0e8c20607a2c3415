"""The example problem with rules that tie its agents together, and a roster before the run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from tests.solver.example import HORIZON, example_problem
from wfm.model.centre_rule import FairShare, Pair, Presence
from wfm.model.problem import RosterProblem, Stability
from wfm.model.roster import Duty, PlacedBreak
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
    return replace(example_problem(), centre_rules=rules, stability=before)
