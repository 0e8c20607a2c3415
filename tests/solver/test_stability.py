"""Runs that start from a roster: what may change, whom it affects, and that it stays mostly put."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from solver import SolveSettings, solve
from solver.centre import changed_days, weeks_of
from tests.solver.instances import call_centre
from wfm.model.problem import Demand, RosterProblem, Stability
from wfm.model.roster import Duty, RosterPlan

PEOPLE = 12


@pytest.fixture(scope="module")
def before() -> tuple[RosterProblem, RosterPlan]:
    problem = call_centre(PEOPLE)
    return problem, solve(problem, SolveSettings(workers=1, iterations=4_000))


def busier(problem: RosterProblem) -> RosterProblem:
    """Return the problem with half as much demand again on its second day."""
    demands = []
    for demand in problem.demands:
        required = demand.required.copy()
        required[96:192] = (required[96:192] * 1.5).round()
        required.setflags(write=False)
        demands.append(Demand(demand.skill, required, demand.under_steps))
    return replace(problem, demands=tuple(demands))


def later(problem: RosterProblem) -> RosterProblem:
    """Return the problem with all demand an hour and a quarter later."""
    demands = []
    for demand in problem.demands:
        required = np.roll(demand.required, 5)
        required.setflags(write=False)
        demands.append(Demand(demand.skill, required, demand.under_steps))
    return replace(problem, demands=tuple(demands))


def affected(problem: RosterProblem, old: tuple[Duty, ...], new: tuple[Duty, ...]) -> int:
    pairs = zip(weeks_of(problem, old), weeks_of(problem, new), strict=True)
    return sum(bool(changed_days(first, second)) for first, second in pairs)


@pytest.mark.parametrize("people", [0, 1, 2, 5])
def test_no_more_people_than_allowed_get_other_shifts(
    before: tuple[RosterProblem, RosterPlan], people: int
) -> None:
    problem, plan = before
    changed = replace(
        busier(problem), stability=Stability(plan.duties, shift_cost=1, people=people)
    )
    found = solve(changed, SolveSettings(workers=2, iterations=4_000))
    assert affected(changed, plan.duties, found.duties) <= people
    assert not [item for item in found.unmet if item.kind == "centre"]
    if people == 0:
        assert len(found.duties) == len(plan.duties)


def test_a_roster_that_nothing_speaks_against_stays_as_it_is(
    before: tuple[RosterProblem, RosterPlan],
) -> None:
    problem, plan = before
    dear = Stability(plan.duties, shift_cost=10_000, break_cost=10_000, person_cost=10_000)
    found = solve(replace(problem, stability=dear), SolveSettings(workers=1, iterations=2_000))
    assert found.duties == plan.duties
    assert found.objective == pytest.approx(plan.objective)


def test_breaks_that_cost_something_to_move_move_less(
    before: tuple[RosterProblem, RosterPlan],
) -> None:
    problem, plan = before

    def moved(break_cost: int) -> int:
        stability = Stability(plan.duties, shift_cost=50, break_cost=break_cost)
        found = solve(
            replace(later(problem), stability=stability),
            SolveSettings(workers=1, iterations=4_000),
        )
        old = {(item.agent, item.day, item.start, item.end): item.breaks for item in plan.duties}
        return sum(
            old[item.agent, item.day, item.start, item.end] != item.breaks
            for item in found.duties
            if (item.agent, item.day, item.start, item.end) in old
        )

    assert moved(20) < moved(0)
