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
from tests.solver.example import example_problem
from tests.solver.tiny_centre import centre_problems
from tests.solver.tiny_optimum import optimum
from wfm.model.codec import dump_document
from wfm.model.problem import PROBLEM_FORMAT, RosterProblem
from wfm.model.roster import ROSTER_FORMAT
from wfm.model.rule import Counter, RuleRef

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


@pytest.mark.parametrize(("price", "hard"), [(7, []), (None, ["rule"])])
def test_what_the_past_alone_breaks_is_counted_though_no_day_can_mend_it(
    price: int | None, hard: list[str]
) -> None:
    """A window without days, as that of somebody who wished nothing in a fair share of wishes."""
    rule = Counter(RuleRef("rule"), (), "duties", high=2, constant=3, price=price)
    base = example_problem()
    agents = (replace(base.agents[0], primitives=(rule,)), *base.agents[1:])
    problem = replace(base, agents=agents)
    plan = solve(problem, SolveSettings(time_limit_s=5, workers=1))
    documents = (
        json.loads(dump_document(problem, PROBLEM_FORMAT)),
        json.loads(dump_document(plan, ROSTER_FORMAT)),
    )
    assert roster_checker.false_claims(*documents) == []
    assert [item.rule.key for item in plan.violations if item.hard] == hard
