"""Erlang B and C against high precision, and what they are at the edges."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mpf

from tests.conftest import repetitions
from tests.staffing import reference
from wfm.staffing.erlang import erlang_b, patient_queue, wait_probability

LOADS = st.floats(1e-3, 500.0)
AGENTS = st.integers(1, 600)


def random_size(rng: random.Random, largest: float) -> tuple[float, int]:
    """A load between 0.001 and ``largest``, and agents between 1 and load + 8 roots."""
    load = math.exp(rng.uniform(math.log(1e-3), math.log(largest)))
    return load, rng.randint(1, int(load + 8 * math.sqrt(load)) + 2)


def test_blocking_and_waiting_agree_with_forty_digits() -> None:
    rng = random.Random(11)
    for _ in range(repetitions(2_000, 120)):
        load, agents = random_size(rng, 3_000)
        assert erlang_b(load, agents) == pytest.approx(
            float(reference.blocking(mpf(load), agents)), rel=1e-12
        )
        assert wait_probability(load, agents) == pytest.approx(
            float(reference.wait_probability(mpf(load), agents)), rel=1e-12
        )


def test_a_patient_queue_agrees_with_forty_digits() -> None:
    rng = random.Random(12)
    for _ in range(repetitions(2_000, 120)):
        load, agents = random_size(rng, 3_000)
        agents += math.ceil(max(0.0, load - agents)) + 1
        aht, threshold = rng.uniform(10, 2_000), rng.choice([0, 5, 20, 120, 600])
        exact = reference.patient(load, agents, aht, threshold)
        state = patient_queue(load, agents, aht)
        assert state.asa_s() == pytest.approx(float(exact["asa"]), rel=1e-12)
        assert state.within(threshold) == pytest.approx(float(exact["within"]), abs=1e-12)
        assert state.occupancy == pytest.approx(load / agents, rel=1e-12)


@pytest.mark.parametrize(
    ("load", "agents"),
    [(5e4, 50_001), (5e4, 50_500), (5e4, 1), (1e-3, 1), (1.0, 50_000), (5e4, 4e4)],
)
def test_extreme_sizes_stay_probabilities(load: float, agents: float) -> None:
    state = patient_queue(load, agents, 300.0)
    for share in (erlang_b(load, agents), state.waiting, state.within(20), state.occupancy):
        assert 0.0 <= share <= 1.0


@given(LOADS, AGENTS)
def test_blocking_follows_its_recursion(load: float, agents: int) -> None:
    before = erlang_b(load, agents - 1)
    assert erlang_b(load, agents) == pytest.approx(
        load * before / (agents + load * before), rel=1e-11, abs=1e-300
    )


@given(LOADS, st.floats(0.0, 600.0), st.floats(0.0, 3.0))
def test_blocking_falls_steadily_between_whole_numbers_of_lines(
    load: float, agents: float, more: float
) -> None:
    assert erlang_b(load, agents + more) <= erlang_b(load, agents) * (1 + 1e-12)


@given(LOADS, AGENTS)
def test_one_more_agent_never_makes_anybody_wait_longer(load: float, agents: int) -> None:
    fewer, more = patient_queue(load, agents, 180.0), patient_queue(load, agents + 1, 180.0)
    assert more.waiting <= fewer.waiting * (1 + 1e-12)
    assert more.asa_s() <= fewer.asa_s()
    assert more.within(20) >= fewer.within(20) - 1e-12


def test_with_a_load_not_below_the_agents_everybody_waits_for_ever() -> None:
    for agents in (0, 5, 10):
        state = patient_queue(10.0, agents, 180.0)
        assert (state.waiting, state.within(20), state.asa_s()) == (1.0, 0.0, math.inf)
        assert state.occupancy == 1.0


def test_without_load_nobody_waits_and_nobody_is_busy() -> None:
    for agents in (0, 3):
        state = patient_queue(0.0, agents, 0.0)
        assert (state.waiting, state.within(0), state.asa_s(), state.occupancy) == (0, 1, 0, 0)


def test_one_agent_is_the_single_server_queue() -> None:
    for load in (0.1, 0.5, 0.99):
        assert wait_probability(load, 1) == pytest.approx(load, rel=1e-13)
        assert patient_queue(load, 1, 60.0).asa_s() == pytest.approx(
            60 * load / (1 - load), rel=1e-12
        )


def test_asa_is_the_area_above_the_service_level() -> None:
    state = patient_queue(10.0, 12, 180.0)
    step = 0.25
    area = sum((1 - state.within((k + 0.5) * step)) * step for k in range(40_000))
    assert area == pytest.approx(state.asa_s(), rel=1e-5)
