"""Repair: absences cost as little coverage as few changes can save, and the curve of the two."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest

from solver import SolveSettings, solve
from tests.solver.instances import call_centre
from wfm.analysis.kpis import roster_cost
from wfm.model.problem import RosterProblem
from wfm.model.request import AgentDay
from wfm.model.roster import Duty, RosterPlan
from wfm.model.run import RunScope, careful, lightly
from wfm.rules import check
from wfm.services.partial import as_it_is, scoped_problem, with_absences
from wfm.services.repair import disruption_curve, repair, repair_request

QUICK = SolveSettings(time_limit_s=2, workers=1)


@cache
def week() -> tuple[RosterProblem, tuple[Duty, ...], tuple[AgentDay, ...]]:
    """Return a week of twelve people, its roster, and three of them absent on one day."""
    problem = call_centre(12, seed=5)
    duties = solve(problem, QUICK).duties
    day = problem.horizon.dates[2]
    absent = tuple(AgentDay(duty.agent, duty.day) for duty in duties if duty.day == day)[:3]
    return problem, duties, absent


def solved(problem: RosterProblem) -> RosterPlan:
    return solve(problem, QUICK)


def shifts(duties: tuple[Duty, ...]) -> dict[tuple[str, object], tuple[int, int]]:
    return {(duty.agent, duty.day): (duty.start, duty.end) for duty in duties}


def test_who_is_absent_is_absent_and_the_past_stays() -> None:
    problem, duties, absent = week()
    today = problem.horizon.dates[2]
    found = repair(problem, duties, absent, solved, today=today)
    after = {(duty.agent, duty.day): duty for duty in found.plan.duties}
    assert not [item for item in absent if (item.agent, item.day) in after]
    before = {(duty.agent, duty.day): duty for duty in duties}
    for key in before.keys() | after.keys():
        if key[1] < today:
            assert before.get(key) == after.get(key)
    assert not [item for item in check(found.problem, found.plan.duties) if item.hard]
    assert found.lost.short_hours > 0


def test_a_repair_is_better_than_no_repair_by_more_than_its_changes_cost() -> None:
    problem, duties, absent = week()
    found = repair(problem, duties, absent, solved)
    gone = {(item.agent, item.day) for item in absent}
    left = tuple(duty for duty in duties if (duty.agent, duty.day) not in gone)
    nothing = roster_cost(found.problem, left)
    assert found.plan.objective <= nothing
    assert found.effect.cost <= 0
    scope = careful(15)
    changes = scope.shift_cost * found.effect.shifts + scope.person_cost * len(found.effect.people)
    # what the changes save in coverage and rules is more than what they are said to cost
    assert found.effect.cost + changes <= 0


def test_with_nobody_affected_only_breaks_move() -> None:
    problem, duties, absent = week()
    found = repair(problem, duties, absent, solved, replace(careful(15), people=0))
    gone = {(item.agent, item.day) for item in absent}
    assert shifts(found.plan.duties) == {
        key: span for key, span in shifts(duties).items() if key not in gone
    }
    assert found.effect.people == ()


def test_within_the_notice_nobody_is_changed() -> None:
    problem, duties, absent = week()
    today = problem.horizon.dates[1]
    scope = replace(careful(15), notice_days=3)
    found = repair(problem, duties, absent, solved, scope, today)
    gone = {(item.agent, item.day) for item in absent}
    before = {key: span for key, span in shifts(duties).items() if key not in gone}
    after = shifts(found.plan.duties)
    for day in problem.horizon.dates[: 1 + 3]:
        assert {k: v for k, v in before.items() if k[1] == day} == {
            k: v for k, v in after.items() if k[1] == day
        }


@pytest.mark.slow
def test_more_people_affected_never_make_the_roster_worse() -> None:
    problem, duties, absent = week()
    missing = with_absences(problem, duties, absent)
    scope = lightly(15)
    scoped = scoped_problem(missing, duties, scope)
    told: list[str] = []
    points = disruption_curve(
        scoped, missing, solved, (0, 2, 5), on_step=lambda _d, _t, what: told.append(str(what))
    )
    assert [point.limit for point in points] == [0, 2, 5, None][: len(points)]
    for point in points:
        assert point.limit is None or point.people <= point.limit
        assert point.cost == roster_cost(missing, point.plan.duties)
    objectives = [point.plan.objective for point in points]
    assert objectives == sorted(objectives, reverse=True)
    assert told[:2] == ["At most 0 people affected", "At most 2 people affected"]
    assert (points[0].people, points[0].shifts) == (0, 0)
    kept = as_it_is(scoped)
    assert kept is None or points[0].plan.objective <= kept.objective


def test_a_curve_ends_when_it_is_stopped() -> None:
    problem, duties, absent = week()
    missing = with_absences(problem, duties, absent)
    scoped = scoped_problem(missing, duties, careful(15))
    calls: list[int] = []

    def keeping(asked: RosterProblem) -> RosterPlan:
        calls.append(1)
        kept = as_it_is(asked)
        assert kept is not None
        return kept

    points = disruption_curve(scoped, missing, keeping, should_stop=lambda: len(calls) == 2)
    assert [point.limit for point in points] == [0, 1]


def test_a_curve_ends_where_a_proven_point_needs_fewer_people_than_it_may() -> None:
    problem, duties, absent = week()
    missing = with_absences(problem, duties, absent)
    scoped = scoped_problem(missing, duties, careful(15))

    def proven(asked: RosterProblem) -> RosterPlan:
        kept = as_it_is(asked)
        assert kept is not None
        return replace(kept, status="optimal", lower_bound=kept.objective)

    points = disruption_curve(scoped, missing, proven, (0, 1, 2))
    assert [(point.limit, point.people) for point in points] == [(0, 0), (1, 0)]


def test_a_centres_repair_asks_for_absences_and_few_changes() -> None:
    absent = (AgentDay("a", week()[0].horizon.start + timedelta(days=1)),)
    found = repair_request(absent, 15)
    assert (found.scope, found.absences, found.purpose) == (careful(15), absent, "repair")
    assert repair_request(absent, 15, RunScope(people=1)).scope.people == 1
    # half an hour is two quarters: the same change costs half as many intervals
    assert careful(30).shift_cost * 2 == careful(15).shift_cost
    assert careful(5).shift_cost == careful(15).shift_cost * 3
