"""How pyworkforce's covering does on a centre's demand: shifts per day, without people.

Its ``MinAbsDifference`` knows neither agents nor skills, breaks, rest or days off: it only chooses
how many shifts of each kind a day needs.  Where pyworkforce is installed it is called; otherwise
the same model is stated here again (one integer per day and shift, the sum of absolute differences
minimised by CP-SAT), and the benchmark says so.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from wfm.model.problem import Option, RosterProblem

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Covering:
    """What the covering found: intervals by which demand is missed or exceeded, and shifts used."""

    by: str
    status: str
    seconds: float
    difference: float
    shifts: int


def cover(problem: RosterProblem, seconds: float, workers: int) -> Covering:
    """Cover the demand of all skills together by shifts without breaks, day by day."""
    horizon = problem.horizon
    required = np.sum([demand.required for demand in problem.demands], axis=0)
    wanted = required.astype(np.int64).reshape(horizon.days, horizon.slots_per_day)
    rows = {
        option.key: _row(option, horizon.slot_minutes, horizon.slots_per_day)
        for option in problem.options
    }
    most = len(problem.agents)
    began = time.monotonic()
    try:
        from pyworkforce.scheduling import MinAbsDifference
    except ImportError:
        status, difference, shifts = _restated(wanted, list(rows.values()), most, seconds, workers)
        by = "its model, stated again"
    else:
        found = MinAbsDifference(
            horizon.days, horizon.slots_per_day, rows, wanted.tolist(), most, most, seconds, workers
        ).solve()
        status, difference = found["status"], found["cost"]
        shifts = sum(item["resources"] for item in found["resources_shifts"])
        by = "pyworkforce itself"
    return Covering(by, status, time.monotonic() - began, difference, shifts)


def _row(option: Option, slot: int, slots: int) -> list[int]:
    """Return the 0/1 row of the intervals of a day that a shift covers; nights are cut off."""
    return [int(option.start <= number * slot < option.end) for number in range(slots)]


def _restated(
    wanted: Ints, rows: Sequence[Sequence[int]], most: int, seconds: float, workers: int
) -> tuple[str, float, int]:
    model = cp_model.CpModel()
    used, apart = [], []
    for needs in wanted.tolist():
        counts = [model.new_int_var(0, most, "") for _ in rows]
        used += counts
        for number, need in enumerate(needs):
            there = sum(count for count, row in zip(counts, rows, strict=True) if row[number])
            difference = model.new_int_var(-most, most, "")
            model.add(difference >= there - need)
            model.add(difference >= need - there)
            model.add(there <= most)
            apart.append(difference)
    model.minimize(sum(apart))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    status = solver.solve(model)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return solver.status_name(status), -1.0, 0
    shifts = sum(solver.value(count) for count in used)
    return solver.status_name(status), solver.objective_value, shifts
