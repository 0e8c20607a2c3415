"""Ties between agents and changes, read a second time from the documents."""

from __future__ import annotations

import copy
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import repetitions
from tests.oracle import centre_costs, roster_checker
from tests.oracle.test_roster_checker import documents
from tests.solver.centre_example import ABE_DAY, BABA_EVENING, centre_problem, heads
from tests.solver.tiny_centre import centre_problems, price_of, variants_of
from wfm.model.centre_rule import CentreRule, FairShare, Pair, Presence
from wfm.model.problem import RosterProblem, Stability
from wfm.model.rule import RuleRef

RULE = RuleRef("rule")


def cost(rule: CentreRule, *duties) -> float:
    problem = replace(centre_problem(), centre_rules=(rule,), stability=None)
    return centre_costs.centre_cost(*documents(problem, duties))


def test_missing_supervisors_cost_by_the_interval_and_a_break_leaves_their_place_empty() -> None:
    floor = Presence(RULE, (0, 1), low=heads(1, 600, 1020), price=50)
    assert cost(floor) == 4 * 14 * 50
    # Abe's quarter of an hour and his lunch lie within the fourteen half-hours of one day
    assert cost(floor, ABE_DAY) == pytest.approx(3 * 14 * 50 + 50 * (0.5 + 2))


def test_seats_are_taken_by_people_on_a_break_too() -> None:
    none = np.zeros(centre_problem().horizon.slots)
    taken = Presence(RULE, (0, 1, 2), high=none, price=1, breaks=True)
    assert cost(taken, ABE_DAY) == 18
    assert cost(replace(taken, breaks=False), ABE_DAY) == pytest.approx(18 - 2.5)


def test_a_pair_is_broken_on_each_date_of_the_first_without_enough_of_the_second() -> None:
    evening = replace(BABA_EVENING, day=ABE_DAY.day)
    pair = Pair(RULE, 0, 1, overlap=240, price=40)
    assert cost(pair, ABE_DAY) == 40
    assert cost(pair, ABE_DAY, BABA_EVENING) == 40
    assert cost(pair, ABE_DAY, evening) == 0
    assert cost(replace(pair, overlap=301), ABE_DAY, evening) == 40
    assert cost(pair, evening) == 0
    assert cost(replace(pair, apart=True), ABE_DAY, evening) == 40
    assert cost(replace(pair, apart=True), ABE_DAY, BABA_EVENING) == 0


def test_counts_outside_the_best_band_cost_by_the_unit() -> None:
    share = FairShare(RULE, (0, 1, 2), (0, 1, 2, 3), "duties", (0, 1, 4), 1, 10)
    assert cost(share) == 30
    assert cost(replace(share, spread=3)) == 10
    assert cost(share, ABE_DAY) == 20
    elsewhere = replace(share, own_days=((1, 2), (0,), (0,)))
    assert cost(elsewhere, ABE_DAY) == 30


def changed(duties, **values) -> tuple[float, list[str]]:
    before = Stability((ABE_DAY, BABA_EVENING), 4, 1, 8, **values)
    problem = replace(centre_problem(), centre_rules=(), stability=before)
    document, roster = documents(problem, duties)
    for agent in document["agents"]:
        agent["primitives"] = []
    faults = roster_checker.disruption_faults(document, roster)
    return centre_costs.stability_cost(document, roster), list(faults)


def test_changed_shifts_moved_breaks_and_people_cost_their_own() -> None:
    first, lunch = ABE_DAY.breaks
    moved = replace(ABE_DAY, breaks=(first, replace(lunch, start=780)))
    assert changed([ABE_DAY, BABA_EVENING])[0] == 0
    assert changed([moved, BABA_EVENING])[0] == 1
    assert changed([BABA_EVENING])[0] == 4 + 8
    assert changed([])[0] == 2 * (4 + 8)
    other = replace(BABA_EVENING, kind="early", start=540, end=1080)
    assert changed([ABE_DAY, other])[0] == 4 + 8


def test_more_people_affected_than_may_be_are_a_fault() -> None:
    assert changed([ABE_DAY], people=1)[1] == []
    assert "affect 1 people, not 0" in changed([ABE_DAY], people=0)[1][0]
    assert "affect 2 people, not 1" in changed([], people=1)[1][0]


def test_who_cannot_keep_the_old_week_is_affected_in_any_case_and_then_nobody_else() -> None:
    before = Stability((ABE_DAY, BABA_EVENING), people=0)
    problem = replace(centre_problem(), centre_rules=(), stability=before)
    document, roster = documents(problem, [BABA_EVENING])
    for agent in document["agents"]:
        agent["primitives"] = []
    closed = {"type": "Mask", "rule": {"key": "leave"}, "day": 0, "options": [0, 1, 2],
              "price": None}  # fmt: skip
    place = next(n for n, agent in enumerate(document["agents"]) if agent["key"] == "abe")
    document["agents"][place]["primitives"] = [closed]
    assert list(roster_checker.disruption_faults(document, roster)) == []
    nobody = copy.deepcopy(roster)
    nobody["duties"] = []
    said = list(roster_checker.disruption_faults(document, nobody))
    assert said == ["changes affect 2 people, not 0"]


@settings(
    max_examples=repetitions(2_000, 80), deadline=None, suppress_health_check=list(HealthCheck)
)
@given(problem=centre_problems(), data=st.data())
def test_the_whole_objective_is_that_of_the_definitions(
    problem: RosterProblem, data: st.DataObject
) -> None:
    roster = [
        data.draw(st.sampled_from(list(variants_of(problem, agent)))) for agent in problem.agents
    ]
    duties = [
        duty
        for agent, variant in zip(problem.agents, roster, strict=True)
        for duty in variant.duties(problem, agent)
    ]
    found = roster_checker.objective(*documents(problem, duties))
    assert found == pytest.approx(price_of(problem, roster)[0])
