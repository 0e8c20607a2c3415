"""What the solver says of tiny centres, against the best of all their rosters."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings

from solver import SolveSettings, solve
from tests.conftest import repetitions
from tests.oracle import bound as bounds
from tests.oracle import roster_checker
from tests.solver.tiny_centre import centre_problems
from tests.solver.tiny_optimum import optimum
from wfm.model.codec import dump_document
from wfm.model.problem import PROBLEM_FORMAT, RosterProblem
from wfm.model.roster import ROSTER_FORMAT

costly = settings(
    max_examples=repetitions(1_000, 20),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # each example is costly to judge
)


def judged(problem: RosterProblem) -> None:
    """Solve, and hold the plan against the best of all rosters and the second opinion."""
    found = optimum(problem)
    assume(found is not None)
    assert found is not None
    least, _ = found

    plan = solve(problem, SolveSettings(time_limit_s=10, workers=1))

    assert plan.lower_bound <= least + 1e-6
    assert least <= plan.objective + 1e-6
    documents = (
        json.loads(dump_document(problem, PROBLEM_FORMAT)),
        json.loads(dump_document(plan, ROSTER_FORMAT)),
    )
    assert roster_checker.hard_violations(*documents) == []
    assert roster_checker.false_claims(*documents) == []
    assert bounds.false_bound(*documents) == []


@pytest.mark.slow
@costly
@given(problem=centre_problems())
def test_bound_optimum_and_objective_are_in_order_for_agents_by_themselves(
    problem: RosterProblem,
) -> None:
    judged(replace(problem, centre_rules=(), stability=None))


@pytest.mark.slow
@costly
@given(problem=centre_problems())
def test_bound_optimum_and_objective_are_in_order_for_agents_tied_together(
    problem: RosterProblem,
) -> None:
    judged(problem)
