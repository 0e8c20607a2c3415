"""Mixtures of weeks and the rosters dived from them, against every roster of tiny problems."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings

from solver import SolveSettings, solve
from solver.bound import Ascent
from solver.diving import ROUNDS, Diver
from solver.evaluate import violations_of
from solver.mixing import DIVE_EVERY
from solver.search import Optimiser
from solver.stages import Course
from tests.benchmarks._curtois_qu import problem_of, read
from tests.conftest import repetitions
from tests.oracle import curtois_qu_checker as checker
from tests.solver.tiny import cost_of_week, optimum, problems
from wfm.model.problem import RosterProblem


def diver_of(problem: RosterProblem) -> tuple[Optimiser, Diver]:
    """Return a run that has its first roster, and a diver that knows that roster only."""
    optimiser = Optimiser(problem, Course(SolveSettings(workers=1), time.monotonic()))
    optimiser.prepare()
    course = optimiser.course
    diver = Diver(
        optimiser.tables, optimiser.staff, optimiser.graphs, optimiser.blank, course.check
    )
    assert course.roster is not None
    diver.learn(*course.roster)
    return optimiser, diver


@pytest.mark.slow
@settings(
    max_examples=repetitions(1_000, 40), deadline=None, suppress_health_check=list(HealthCheck)
)
@given(problem=problems())
def test_mixture_bound_and_dive_lie_on_their_sides_of_the_optimum(problem: RosterProblem) -> None:
    best, least = optimum(problem)
    assume(not any(least))
    optimiser, diver = diver_of(problem)
    units = optimiser.tables.scale.units
    mixture = diver.mix(diver.everybody, ROUNDS)
    assert mixture is not None

    ascent = Ascent(optimiser.tables, [item.bound for item in optimiser.legal])
    assert ascent.judge(mixture.prices) <= best + 1e-6
    for place, agent in enumerate(problem.agents):
        for _, week in diver.master.shares(place):
            hard, soft = cost_of_week(problem, agent, week.choice.tolist())
            assert hard == 0
            assert week.cost == pytest.approx(soft * units)
            found = violations_of(problem, agent, week.choice.tolist())
            assert sum(item.cost for item in found) == soft

    search = diver.dive(np.inf, np.random.default_rng(1))
    assert search is not None
    assert len(optimiser.count(search)) == 0
    total = float(search.totals[1]) / units
    assert total >= best - 1e-6
    assert mixture.cost / units <= total + 1e-6


@pytest.mark.slow
def test_a_dive_gives_up_where_nothing_cheaper_can_come() -> None:
    _, diver = diver_of(staffing())
    mixture = diver.mix(diver.everybody, ROUNDS)
    assert mixture is not None
    assert diver.dive(mixture.cost, np.random.default_rng(1)) is None
    # everybody may have any mixture again
    again = diver.mix(diver.everybody, ROUNDS)
    assert again is not None
    assert again.cost == pytest.approx(mixture.cost)


INSTANCE = """
SECTION_HORIZON
14
SECTION_SHIFTS
E,480,
L,480,E
SECTION_STAFF
{staff}
SECTION_DAYS_OFF
A,0
C,9
SECTION_SHIFT_ON_REQUESTS
A,2,E,3
B,3,L,2
D,6,E,1
SECTION_SHIFT_OFF_REQUESTS
C,4,E,4
E,11,L,2
SECTION_COVER
{cover}
"""


def text() -> str:
    """Return an instance of eight people in the form of the public ones."""
    staff = "\n".join(f"{key},E=14|L=14,4320,3360,5,2,2,1" for key in "ABCDEFGH")
    cover = "\n".join(f"{day},{kind},{2 + day % 2},100,1" for day in range(14) for kind in "EL")
    return INSTANCE.format(staff=staff, cover=cover)


def staffing() -> RosterProblem:
    return problem_of(read(text()))


@pytest.mark.slow
def test_two_weeks_without_breaks_are_solved_by_dives_to_a_lawful_roster_near_its_bound() -> None:
    problem = staffing()
    plan = solve(problem, SolveSettings(time_limit_s=15, workers=2))
    rows = {agent.key: [""] * 14 for agent in problem.agents}
    for duty in plan.duties:
        rows[duty.agent][problem.horizon.day_index(duty.day)] = duty.kind
    assert checker.faults(text(), rows) == []
    assert checker.penalty(text(), rows) == round(plan.objective)
    assert plan.objective - plan.lower_bound <= 0.02 * plan.objective


@pytest.mark.slow
def test_counted_dives_find_the_same_roster_twice() -> None:
    counted = SolveSettings(iterations=2 * DIVE_EVERY, workers=2, seed=3)
    problem = replace(staffing(), notes=("counted",))
    one, other = solve(problem, counted), solve(problem, counted)
    assert one.duties == other.duties
    assert (one.objective, one.lower_bound) == (other.objective, other.lower_bound)
