"""The order and strength of the aims become prices: usual ones by default, others by halves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.solver.instances import call_centre
from wfm.analysis.aim_prices import cheapest_missing, with_aims
from wfm.errors import WfmError
from wfm.model.aims import AIMS, STRENGTHS, Aim, Aims
from wfm.model.centre_rule import FairShare, Pair, Presence
from wfm.model.problem import AgentProblem, Demand, Option, RosterProblem, Stability, UnderStep
from wfm.model.rule import Counter, Mask, RuleRef
from wfm.model.time import Horizon

HORIZON = Horizon(date(2026, 11, 30), 1, 60)
WISH, LEAVE = RuleRef("wish", "wish"), RuleRef("leave", "illegal")
COMPANY, WEEKENDS = RuleRef("consecutive_days"), RuleRef("fair_weekends", "wish")
PROBLEM = RosterProblem(
    horizon=HORIZON,
    options=(Option("day", 480, 960),),
    measures={},
    demands=(Demand("phone", np.ones(24), (UnderStep(2, 5), UnderStep(None, 8))),),
    agents=(
        AgentProblem(
            "a",
            ("phone",),
            (0,),
            (
                Mask(WISH, 0, (0,), price=8),
                Mask(LEAVE, 0, (0,)),
                Counter(COMPANY, (0,), "duties", high=0, price=20),
                Counter(WEEKENDS, (0,), "duties", high=0, price=3),
            ),
        ),
    ),
    centre_rules=(
        Presence(RuleRef("supervisors"), (0,), price=50),
        Pair(RuleRef("pair"), 0, 0, price=40),
        FairShare(RuleRef("fair"), (0,), (0,), "duties", (0,), price=10),
    ),
    stability=Stability((), 10, 1, 12, 3),
)


def prices(problem: RosterProblem) -> dict[str, object]:
    """Return every price of the small problem by a name."""
    wish, leave, company, weekends = (item.price for item in problem.agents[0].primitives)
    stability = problem.stability
    assert stability is not None
    return {
        "wish": wish, "leave": leave, "company": company, "weekends": weekends,
        "presence": problem.centre_rules[0].price, "pair": problem.centre_rules[1].price,
        "fair": problem.centre_rules[2].price, "over": problem.over_cost,
        "under": [step.cost for step in problem.demands[0].under_steps],
        "changes": (stability.shift_cost, stability.break_cost, stability.person_cost),
        "people": stability.people,
    }  # fmt: skip


USUAL = prices(PROBLEM)


def test_the_usual_aims_leave_every_price_as_it_is() -> None:
    assert Aims().keys == AIMS
    assert with_aims(PROBLEM, Aims()) is PROBLEM
    problem = call_centre(6)
    assert with_aims(problem, Aims()) is problem


def test_an_aim_doubles_with_each_place_it_rises_against_missing_staff() -> None:
    found = prices(with_aims(PROBLEM, Aims().moved("wishes", 0)))
    # from one place below missing staff to two above it, for the centre's rules gave way
    assert found["wish"] == 8 * 2**3
    # the rules are still next above missing staff
    assert (found["company"], found["presence"], found["pair"]) == (20, 50, 40)
    # what stood below the wishes has come one place nearer to missing staff
    assert (found["weekends"], found["fair"], found["over"]) == (6, 20, 2)


def test_a_stronger_aim_counts_double_and_a_lighter_one_half() -> None:
    strong = prices(with_aims(PROBLEM, Aims().with_strength("few_changes", "strong")))
    assert strong == {**USUAL, "changes": (20, 2, 24)}
    light = prices(with_aims(PROBLEM, Aims().with_strength("rules", "light")))
    assert light == {**USUAL, "company": 10, "presence": 25, "pair": 20}
    fair = prices(with_aims(PROBLEM, Aims().with_strength("fairness", "strong")))
    assert fair == {**USUAL, "weekends": 6, "fair": 20}


def test_strong_service_halves_everything_else_and_keeps_the_measure() -> None:
    found = prices(with_aims(PROBLEM, Aims().with_strength("service", "strong")))
    assert found["under"] == [5, 8]
    assert (found["wish"], found["company"], found["fair"], found["pair"]) == (4, 10, 5, 20)
    # a price of 1 cannot be halved: it never becomes free
    assert (found["over"], found["changes"]) == (1, (5, 1, 6))


def test_a_surplus_never_costs_more_than_the_cheapest_missing_person() -> None:
    first = with_aims(PROBLEM, Aims().moved("surplus", 0).with_strength("surplus", "strong"))
    assert first.over_cost == 5 == cheapest_missing(PROBLEM)
    free = with_aims(replace(PROBLEM, over_cost=0), Aims().moved("surplus", 0))
    assert free.over_cost == 0


def test_hard_rules_and_the_number_of_people_have_no_price() -> None:
    for keys in permutations(AIMS, 6):
        found = prices(with_aims(PROBLEM, Aims(tuple(Aim(key) for key in keys))))
        assert (found["leave"], found["people"], found["under"]) == (None, 3, [5, 8])


@given(
    st.permutations(AIMS),
    st.lists(st.sampled_from(sorted(STRENGTHS)), min_size=6, max_size=6),
    st.integers(0, 5),
    st.integers(0, 5),
)
def test_of_two_aims_the_one_that_changes_places_gains_by_as_many_doublings(
    keys: list[str], strengths: list[str], place: int, target: int
) -> None:
    aims = Aims(tuple(Aim(key, strength) for key, strength in zip(keys, strengths, strict=True)))
    moved = aims.moved(keys[place], target)
    assert sorted(moved.keys) == sorted(keys)
    assert moved.keys[target] == keys[place]
    for one in AIMS:
        for other in AIMS:
            before = aims.factor(one) / aims.factor(other)
            after = moved.factor(one) / moved.factor(other)
            gained = (moved.keys.index(other) - moved.keys.index(one)) - (
                aims.keys.index(other) - aims.keys.index(one)
            )
            assert after / before == Fraction(2) ** gained


@pytest.mark.parametrize(
    "order", [(), (Aim("rules"),), tuple(Aim("rules") for _ in AIMS)], ids=("none", "one", "same")
)
def test_an_order_that_lacks_or_repeats_an_aim_is_a_sentence(order: tuple[Aim, ...]) -> None:
    with pytest.raises(WfmError, match="each of these once"):
        Aims(order)


def test_an_unknown_aim_and_an_unknown_strength_are_sentences() -> None:
    with pytest.raises(WfmError, match="no aim “speed”"):
        Aim("speed")
    with pytest.raises(WfmError, match="not “huge”"):
        Aim("rules", "huge")
