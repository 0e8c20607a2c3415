"""The fewest agents that meet goals, and what is defined at the edges."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mpf

from tests.conftest import repetitions
from tests.staffing import reference
from wfm.errors import WfmError
from wfm.model.workload import SERVICE_LEVEL_DEFINITIONS, Goal
from wfm.staffing import (
    GoalNeedsPatience,
    Workload,
    fewest_agents,
    performance,
    staff,
    with_shrinkage,
)


def exact_state(work: Workload, agents: int, threshold: float) -> dict[str, mpf]:
    load = mpf(work.erlangs)
    if work.patience_s is None:
        if agents <= load:
            never = {"within": mpf(0), "beyond": mpf(1), "asa": mp_inf(), "abandoned": mpf(0)}
            return {**never, "occupancy": mpf(1)}
        return reference.patient(load, agents, mpf(work.aht_s), threshold)
    return reference.impatient(load, agents, work.aht_s, work.patience_s, threshold)


def mp_inf() -> mpf:
    return mpf("inf")


def truly_meets(work: Workload, agents: int, goals: list[Goal], cap: float) -> bool:
    """Tell by forty digits whether agents meet all goals."""
    for goal in goals:
        state = exact_state(work, agents, goal.threshold_s)
        if state["occupancy"] > cap * (1 + 1e-11):
            return False
        reached = {
            "service_level": lambda goal=goal, state=state: (
                reference.service_level(state, goal.definition) >= goal.target
            ),
            "asa": lambda goal=goal, state=state: state["asa"] <= goal.target,
            "answer_rate": lambda goal=goal, state=state: 1 - state["abandoned"] >= goal.target,
        }
        if not reached[goal.kind]():
            return False
    return True


def random_goals(rng: random.Random, impatient: bool) -> list[Goal]:
    share = rng.choice([0.5, 0.8, 0.9, 0.95, 0.99, 0.9999, rng.uniform(0.01, 0.9999)])
    threshold = rng.choice([0.0, 5.0, 20.0, 60.0, 300.0])
    goals = [Goal("service_level", share, threshold, rng.choice(SERVICE_LEVEL_DEFINITIONS))]
    if rng.random() < 0.3:
        goals.append(Goal("asa", rng.uniform(0.5, 120)))
    if impatient and rng.random() < 0.4:
        goals.append(Goal("answer_rate", rng.choice([0.5, 0.9, 0.95, 0.99])))
    return goals if rng.random() < 0.8 else goals[-1:]


def test_the_fewest_agents_are_the_true_minimum_on_random_intervals() -> None:
    rng = random.Random(31)
    for _ in range(repetitions(10_000, 150)):
        patience = rng.choice([None, 20.0, 60.0, 180.0, 600.0])
        work = Workload(
            volume=math.exp(rng.uniform(math.log(0.05), math.log(150))),
            interval_min=rng.choice([5, 15, 30, 60]),
            aht_s=rng.uniform(20, 900),
            patience_s=patience,
        )
        goals, cap = random_goals(rng, patience is not None), rng.choice([1.0, 1.0, 0.9, 0.75])
        found = fewest_agents(work, goals, cap)
        assert truly_meets(work, found, goals, cap), (work, goals, cap, found)
        assert found == 1 or not truly_meets(work, found - 1, goals, cap), (work, goals, cap, found)


def test_the_minimum_is_found_by_trying_every_number_from_one() -> None:
    rng = random.Random(32)
    for _ in range(repetitions(1_000, 60)):
        patience = rng.choice([None, 30.0, 240.0])
        work = Workload(rng.uniform(0.5, 40), 15, rng.uniform(60, 500), patience)
        goals = random_goals(rng, patience is not None)
        first = next(n for n in range(1, 10_000) if truly_meets(work, n, goals, 1.0))
        assert fewest_agents(work, goals) == first


@given(st.integers(1, 400), st.floats(0.0, 300.0))
def test_the_start_of_the_search_does_not_change_its_end(near: int, volume: float) -> None:
    work = Workload(volume, 15, 240.0, 120.0)
    assert fewest_agents(work, (Goal(),), near=near) == fewest_agents(work, (Goal(),))


def test_impatient_callers_need_fewer_agents_than_their_load() -> None:
    work = Workload(100 * 1800 / 180, 30, 180, 60.0)
    needed = {
        name: fewest_agents(work, (Goal(definition=name),)) for name in SERVICE_LEVEL_DEFINITIONS
    }
    assert list(needed.values()) == [90, 84, 82, 83]
    assert fewest_agents(work, (Goal("answer_rate", 0.95),)) == 101
    assert fewest_agents(Workload(work.volume, 30, 180), (Goal(),)) == 107


def test_the_hardest_of_several_goals_decides() -> None:
    work = Workload(200, 30, 240, 90.0)
    goals = (Goal(), Goal("asa", 5.0), Goal("answer_rate", 0.97))
    each = [fewest_agents(work, (goal,)) for goal in goals]
    assert fewest_agents(work, goals) == max(each)


@pytest.mark.parametrize(
    ("erlangs", "cap", "agents"), [(21, 0.7, 30), (85, 0.85, 100), (90, 0.9, 100), (63, 0.9, 70)]
)
def test_an_occupancy_cap_that_is_met_exactly_needs_no_further_agent(
    erlangs: int, cap: float, agents: int
) -> None:
    easy = (Goal("service_level", 0.01, 600.0),)
    assert fewest_agents(Workload(erlangs * 10, 30, 180.0), easy, cap) == agents


def test_a_cap_of_one_hundred_percent_holds_in_any_overload() -> None:
    work = Workload(500_000, 30, 180.0, 60.0)
    assert fewest_agents(work, (Goal("answer_rate", 0.01),), 1.0) == 500


def test_no_contacts_or_no_handling_need_nobody_and_meet_every_goal() -> None:
    for work in (Workload(0, 30, 180.0), Workload(100, 30, 0.0), Workload(0, 15, 300.0, 60.0)):
        assert fewest_agents(work, (Goal(),)) == 0
        state = performance(work, 0)
        assert (state.service_level, state.answer_rate, state.asa_s) == (1.0, 1.0, 0.0)
        assert (state.occupancy, state.wait_probability, state.abandonment) == (0.0, 0.0, 0.0)


def test_a_threshold_of_zero_counts_only_who_never_waits() -> None:
    work = Workload(100, 30, 180.0)
    state = performance(work, 14, threshold_s=0)
    assert state.service_level == pytest.approx(1 - state.wait_probability)


@given(
    st.floats(0, 2_000), st.floats(0, 5_000), st.integers(0, 3_000),
    st.one_of(st.none(), st.floats(1, 36_000)), st.floats(0, 3_600),
    st.sampled_from(SERVICE_LEVEL_DEFINITIONS),
)  # fmt: skip
def test_no_figure_is_ever_undefined_negative_or_above_one(
    volume: float, aht: float, agents: int, patience: float | None, threshold: float, name: str
) -> None:
    state = performance(Workload(volume, 30, aht, patience), agents, threshold, name)
    shares = (
        state.service_level, state.answer_rate, state.occupancy, state.wait_probability,
        state.abandonment,
    )  # fmt: skip
    assert all(0.0 <= share <= 1.0 for share in shares), state
    assert state.asa_s >= 0.0


@given(st.floats(0.1, 300.0), st.floats(0.0, 0.9))
def test_a_part_of_an_agent_lies_between_whole_ones(volume: float, part: float) -> None:
    work = Workload(volume, 30, 180.0, 120.0)
    low, between, high = (performance(work, n) for n in (9, 9 + part, 10))
    assert low.service_level <= between.service_level + 1e-11
    assert between.service_level <= high.service_level + 1e-11


def test_a_high_target_is_met_and_a_certain_one_is_refused() -> None:
    work = Workload(100, 30, 180.0)
    assert performance(work, fewest_agents(work, (Goal(target=0.9999),))).service_level >= 0.9999
    with pytest.raises(WfmError):
        Goal(target=1.0)


def test_the_anchor_interval_is_staffed_with_shrinkage() -> None:
    result = staff(
        model="erlang-c", volume=100, interval_min=30, aht_s=180, patience_s=None,
        goals=(Goal(),), shrinkage=0.3,
    )  # fmt: skip
    assert (result.agents, result.agents_with_shrinkage) == (14, 20)
    assert result.performance.asa_s == pytest.approx(7.83593701177720, rel=1e-12)
    assert result.performance.answer_rate == 1.0


def test_erlang_c_ignores_a_patience_that_is_given_all_the_same() -> None:
    figures = {
        staff(
            model="erlang-c", volume=100, interval_min=30, aht_s=180, patience_s=patience,
            goals=(Goal(),),
        ).performance
        for patience in (None, 60.0)
    }  # fmt: skip
    assert len(figures) == 1


@given(st.integers(0, 500), st.floats(0, 0.9))
def test_shrinkage_rounds_up_once_and_never_by_a_whole_agent(agents: int, shrinkage: float) -> None:
    rostered = with_shrinkage(agents, shrinkage)
    assert agents - 1e-6 <= rostered * (1 - shrinkage)
    assert (rostered - 1) * (1 - shrinkage) < agents or rostered == 0


def test_shrinkage_that_divides_evenly_adds_no_agent() -> None:
    assert with_shrinkage(7, 0.3) == 10
    assert with_shrinkage(27, 0.1) == 30


def test_an_answer_rate_or_erlang_a_without_patience_is_an_error_of_its_own() -> None:
    common = {"volume": 10, "interval_min": 30, "aht_s": 180, "patience_s": None}
    with pytest.raises(GoalNeedsPatience):
        staff(model="erlang-c", goals=(Goal("answer_rate", 0.95),), **common)
    with pytest.raises(GoalNeedsPatience):
        staff(model="erlang-a", goals=(Goal(),), **common)


@pytest.mark.parametrize(
    "wrong",
    [
        {"volume": -1.0}, {"volume": math.nan}, {"aht_s": math.inf}, {"interval_min": 0},
        {"shrinkage": 1.0}, {"max_occupancy": 0.0}, {"patience_s": -5.0}, {"model": "abacus"},
        {"goals": ()}, {"aht_s": 1e15},
    ],
)  # fmt: skip
def test_impossible_numbers_are_refused_with_a_sentence(wrong: dict[str, object]) -> None:
    numbers = {
        "model": "erlang-a", "volume": 10.0, "interval_min": 30, "aht_s": 180.0,
        "patience_s": 60.0, "goals": (Goal(),),
    }  # fmt: skip
    with pytest.raises(WfmError) as error:
        staff(**(numbers | wrong))
    assert str(error.value)
