"""The checker of the rules and the solver's evaluator judge the centre's rules alike."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.centre import centre_cost
from solver.compile import scale_of
from tests.conftest import repetitions
from tests.solver.tiny_centre import centre_problems, variants_of
from wfm.model.problem import RosterProblem
from wfm.rules.centre import check_centre


@settings(max_examples=repetitions(5_000, 100), deadline=None)
@given(problem=centre_problems(), data=st.data())
def test_checker_and_evaluator_list_the_same_breaches_at_the_same_price(
    problem: RosterProblem, data: st.DataObject
) -> None:
    problem = replace(problem, stability=None)
    roster = [
        data.draw(st.sampled_from(list(variants_of(problem, agent)))) for agent in problem.agents
    ]
    duties = [
        duty
        for agent, variant in zip(problem.agents, roster, strict=True)
        for duty in variant.duties(problem, agent)
    ]

    exact = centre_cost(problem, [variant.week for variant in roster], duties)
    found = check_centre(problem, duties)

    assert tuple(item.unmet for item in found) == exact.unmet
    assert sum(item.cost for item in found) == pytest.approx(exact.units / scale_of(problem).units)
