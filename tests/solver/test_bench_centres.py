"""The centres of the roster benchmark are what they say they are."""

from __future__ import annotations

from collections import Counter as Tally

import numpy as np
import pytest

from solver.validate import validate
from tests.benchmarks.centres import DAY_OFF_PRICE, SKILL_SETS, centre
from wfm.model.centre_rule import Pair, Presence
from wfm.model.codec import to_json
from wfm.model.problem import RosterProblem
from wfm.model.rule import Mask


def is_full(problem: RosterProblem, place: int) -> bool:
    return problem.options[problem.agents[place].options[0]].kind == "full"


def test_the_same_arguments_give_the_same_centre_and_another_seed_another() -> None:
    first, again, other = (to_json(centre(20, seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


@pytest.mark.parametrize(
    "problem",
    [
        centre(30),
        centre(30, round_the_clock=True),
        centre(60, supervisors=True),
        centre(30, steps=True),
        centre(30, weeks=4),
    ],
    ids=["week", "24 h", "supervisors", "steps", "4 weeks"],
)
def test_every_variant_keeps_its_own_description(problem: RosterProblem) -> None:
    validate(problem)


def test_staff_and_skills_have_their_shares() -> None:
    problem = centre(300)
    assert sum(is_full(problem, place) for place in range(300)) == 210
    found = Tally(agent.skills for agent in problem.agents)
    assert found == {skills: round(300 * share) for skills, share in SKILL_SETS}


def test_a_day_has_11_full_time_and_57_part_time_shifts_and_16_full_time_ones_round_the_clock() -> (
    None
):
    kinds = Tally(option.kind == "full" for option in centre(10).options)
    assert (kinds[True], kinds[False]) == (11, 57)
    starts = [o.start for o in centre(10, round_the_clock=True).options if o.kind == "full"]
    assert len(starts) == 16
    assert {21 * 60, 22 * 60} < set(starts)


@pytest.mark.parametrize("round_the_clock", [False, True])
def test_demand_is_97_percent_of_what_the_staff_can_supply(round_the_clock: bool) -> None:
    problem = centre(300, round_the_clock=round_the_clock)
    required = sum(float(demand.required.sum()) for demand in problem.demands)
    supply = 210 * 5 * 30 + 90 * (21.5 * 4 - 4.5)
    assert required / supply == pytest.approx(0.97, abs=0.003)
    assert all((demand.required == np.floor(demand.required)).all() for demand in problem.demands)


def test_nothing_is_required_while_the_centre_is_closed_or_before_anybody_can_have_come() -> None:
    hours = np.arange(7 * 96) % 96 / 4
    closed = (hours < 8) | (hours >= 22)
    assert not any(demand.required[closed].any() for demand in centre(100).demands)
    night = centre(100, round_the_clock=True)
    assert not any(demand.required[: 7 * 4].any() for demand in night.demands)
    assert any(demand.required[96 : 96 + 7 * 4].any() for demand in night.demands)


def test_leave_early_leavers_and_wishes_have_their_shares() -> None:
    problem = centre(2_000)
    rules = [
        {rule.rule.key for rule in agent.primitives if isinstance(rule, Mask)}
        for agent in problem.agents
    ]
    share = {key: sum(key in found for found in rules) / 2_000 for key in set.union(*rules)}
    assert share["leave"] == pytest.approx(0.06, abs=0.02)
    assert share["availability"] == pytest.approx(0.08, abs=0.02)
    assert share["taste_wish"] == pytest.approx(0.5, abs=0.04)
    assert share["weekends"] == pytest.approx(0.75, abs=0.04)
    wishes = [r for a in problem.agents for r in a.primitives if r.rule.key == "day_off_wish"]
    assert {rule.price for rule in wishes} == {DAY_OFF_PRICE}
    assert len(wishes) / 2_000 == pytest.approx(1.0, abs=0.06)


def test_four_weeks_have_rules_and_demand_in_each() -> None:
    problem = centre(50, weeks=4)
    weekly = problem.demands[0].required.reshape(4, -1).sum(axis=1)
    assert weekly.min() > 0.8 * weekly.max()
    for agent in problem.agents:
        windows = [rule.days for rule in agent.primitives if rule.rule.key.startswith("weekly")]
        assert windows == [tuple(range(7 * week, 7 * week + 7)) for week in range(4)]


def test_the_centre_with_supervisors_has_floors_seats_and_ten_pairs() -> None:
    problem = centre(300, supervisors=True)
    presences = [rule for rule in problem.centre_rules if isinstance(rule, Presence)]
    pairs = [rule for rule in problem.centre_rules if isinstance(rule, Pair)]
    assert [rule.breaks for rule in presences] == [False, True]
    floor = presences[0].low
    assert floor is not None
    assert set(floor.tolist()) == {0.0, 2.0}
    seats = presences[1].high
    assert seats is not None
    assert set(seats.tolist()) == {225.0}
    members = [agent for pair in pairs for agent in (pair.first, pair.second)]
    assert len(pairs) == 10
    assert len(set(members)) == 20
    # whoever is kept apart must be able to work one after the other on a date
    assert [is_full(problem, pair.first) for pair in pairs] == [not pair.apart for pair in pairs]
    assert [is_full(problem, pair.second) for pair in pairs] == [not pair.apart for pair in pairs]
