"""The bound that prices prove, worked out by itself, against the best of all rosters."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.conftest import repetitions
from tests.oracle import bound as bounds
from tests.oracle import roster_checker
from tests.solver.centre_example import centre_problem
from tests.solver.tiny_centre import best, centre_problems
from tests.solver.tiny_optimum import optimum
from wfm.model.codec import dump_document
from wfm.model.problem import RosterProblem
from wfm.model.roster import RosterPlan


def documents(problem: RosterProblem, roster, objective: float = 0.0):
    duties = [
        duty
        for agent, variant in zip(problem.agents, roster, strict=False)
        for duty in variant.duties(problem, agent)
    ]
    plan = RosterPlan(problem.horizon, tuple(duties), objective, 0.0, "feasible")
    return (
        json.loads(dump_document(problem, "toban.problem/1")),
        json.loads(dump_document(plan, "toban.roster/1")),
    )


@settings(
    max_examples=repetitions(1_000, 60), deadline=None, suppress_health_check=list(HealthCheck)
)
@given(problem=centre_problems(), seed=st.integers(0, 10_000))
def test_no_prices_prove_more_than_the_best_of_all_rosters_costs(problem, seed) -> None:
    found = optimum(problem)
    assume(found is not None)
    least, roster = found
    document, plan = documents(problem, roster, least)
    assert roster_checker.hard_violations(document, plan) == []
    assert roster_checker.false_claims(document, plan) == []
    rng = np.random.default_rng(seed)
    rows = len(problem.demands) + len(bounds.staffing_rules(document))
    wild = rng.normal(2, 8, (rows, problem.horizon.slots))
    tame = rng.uniform(-1, 5, (rows, problem.horizon.slots))
    for prices in (np.zeros_like(wild), wild, tame, np.round(tame)):
        proven = bounds.bound(document, prices)
        assert proven is not None
        assert proven.exact
        assert proven.value <= least + 1e-6


@pytest.mark.slow
@settings(max_examples=repetitions(100, 4), deadline=None, suppress_health_check=list(HealthCheck))
@given(problem=centre_problems())
def test_the_best_of_all_rosters_is_the_best_when_priced_one_by_one(problem) -> None:
    found = optimum(problem)
    assume(found is not None)
    assert found[0] == pytest.approx(best(problem))


def nothing_required(problem: RosterProblem) -> RosterProblem:
    """Return the problem without anything that ties agents together but ``people``."""
    demands = tuple(
        replace(demand, required=np.zeros(problem.horizon.slots)) for demand in problem.demands
    )
    return replace(problem, demands=demands, centre_rules=())


@settings(
    max_examples=repetitions(1_000, 60), deadline=None, suppress_health_check=list(HealthCheck)
)
@given(problem=centre_problems())
def test_where_nothing_is_required_the_price_of_idleness_proves_the_optimum_itself(problem) -> None:
    problem = nothing_required(problem)
    found = optimum(problem)
    assume(found is not None)
    document, _ = documents(problem, found[1])
    prices = np.full((len(problem.demands), problem.horizon.slots), -float(problem.over_cost))
    proven = bounds.bound(document, prices)
    assert proven is not None
    assert proven.value == pytest.approx(found[0])


@settings(max_examples=repetitions(500, 40), deadline=None, suppress_health_check=list(HealthCheck))
@given(problem=centre_problems())
def test_every_objective_is_a_multiple_of_the_grain(problem) -> None:
    found = optimum(problem)
    assume(found is not None)
    document, _ = documents(problem, found[1])
    steps = found[0] / bounds.grain(document)
    assert steps == pytest.approx(round(steps), abs=1e-6)


def test_a_bound_above_what_its_prices_prove_is_named() -> None:
    problem = centre_problem()
    document, plan = documents(problem, [])
    rows = len(problem.demands) + 2
    plan["proof"] = np.full((rows, problem.horizon.slots), 0.5).tolist()
    proven = bounds.bound(document, plan["proof"])
    assert proven is not None
    plan["lower_bound"] = proven.value
    assert bounds.false_bound(document, plan) == []
    plan["lower_bound"] = max(proven.value, 0) + 1
    assert "prices prove" in bounds.false_bound(document, plan)[0]
    with pytest.raises(ValueError, match="rows of prices"):
        bounds.bound(document, plan["proof"][1:])
