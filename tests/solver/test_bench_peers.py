"""The models that stand beside ours in the benchmark solve the same problem."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tests.benchmarks._covering import cover
from tests.benchmarks._flat_cpsat import solve_flat
from tests.benchmarks.centres import centre
from tests.oracle import roster_checker
from wfm.model.codec import dump_document
from wfm.model.problem import PROBLEM_FORMAT
from wfm.model.roster import ROSTER_FORMAT, RosterPlan


@pytest.mark.slow
@pytest.mark.parametrize("round_the_clock", [False, True])
def test_the_flat_model_makes_lawful_rosters_that_cost_what_it_says(round_the_clock: bool) -> None:
    problem = centre(1, 1, round_the_clock=round_the_clock)
    found = solve_flat(problem, 8.0, 2, (5.0,))
    assert found.objective is not None
    assert found.bound <= found.objective
    plan = RosterPlan(problem.horizon, found.duties, found.objective, 0.0, "feasible")
    documents = (
        json.loads(dump_document(problem, PROBLEM_FORMAT)),
        json.loads(dump_document(plan, ROSTER_FORMAT)),
    )
    assert roster_checker.hard_violations(*documents) == []
    assert roster_checker.false_claims(*documents) == []


def test_the_covering_follows_demand_as_closely_as_shifts_without_breaks_can() -> None:
    problem = centre(4)
    found = cover(problem, 20.0, 2)
    required = np.sum([demand.required for demand in problem.demands], axis=0).sum()
    assert found.status == "OPTIMAL"
    assert 0 <= found.difference < required
    assert found.shifts > 0
