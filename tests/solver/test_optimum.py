"""The solver against every possible roster of tiny problems."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from solver import SolveSettings, solve
from solver.evaluate import violations_of
from tests.conftest import repetitions
from tests.solver.tiny import cost_of_week, optimum, problems
from wfm.model.problem import RosterProblem
from wfm.model.rule import OFF


@pytest.mark.slow
@settings(
    max_examples=repetitions(2_000, 25), deadline=None, suppress_health_check=list(HealthCheck)
)
@given(problem=problems())
def test_a_tiny_problem_is_solved_to_its_proven_optimum(problem: RosterProblem) -> None:
    best, least = optimum(problem)

    plan = solve(problem, SolveSettings(time_limit_s=20, workers=1))

    broken = [sum(v.hard for v in plan.violations if v.agent == a.key) for a in problem.agents]
    assert [bool(number) for number in broken] == [bool(number) for number in least]
    assert plan.status == "optimal"
    if not any(least):
        assert plan.objective == pytest.approx(best)
        assert plan.lower_bound == pytest.approx(best)
    for agent in problem.agents:
        week = [OFF] * problem.horizon.days
        for duty in plan.duties:
            if duty.agent == agent.key:
                found = [o for o in agent.options if problem.options[o].start == duty.start]
                week[problem.horizon.day_index(duty.day)] = found[0]
        mine = list(violations_of(problem, agent, week))
        assert sum(item.cost for item in mine) == cost_of_week(problem, agent, week)[1]
