"""Erlang A against high precision, its limits, and its laws of conservation."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import repetitions
from tests.staffing import reference
from wfm.staffing.erlang import erlang_b, patient_queue
from wfm.staffing.erlang_a import impatient_queue

LOADS = st.floats(1e-3, 200.0)
AGENTS = st.integers(1, 300)
PATIENCES = st.floats(1.0, 36_000.0)


def assert_as_exact(state, exact, threshold: float) -> None:
    assert state.waiting == pytest.approx(float(exact["waiting"]), rel=1e-10)
    assert state.abandoned == pytest.approx(float(exact["abandoned"]), rel=1e-10, abs=1e-300)
    assert state.asa_s() == pytest.approx(float(exact["asa"]), rel=1e-10, abs=1e-300)
    assert state.occupancy == pytest.approx(float(exact["occupancy"]), rel=1e-10)
    assert state.within(threshold) == pytest.approx(float(exact["within"]), abs=1e-10)
    assert state.late(threshold) == pytest.approx(float(exact["late"]), abs=1e-10)
    assert state.beyond(threshold) == pytest.approx(float(exact["beyond"]), abs=1e-10)


def test_every_figure_agrees_with_forty_digits() -> None:
    rng = random.Random(21)
    for _ in range(repetitions(1_000, 200)):
        load = math.exp(rng.uniform(math.log(1e-3), math.log(600)))
        agents = rng.randint(1, int(load + 6 * math.sqrt(load)) + 2)
        aht = rng.uniform(30, 1_200)
        patience = math.exp(rng.uniform(0, math.log(3_600)))
        threshold = rng.choice([0, 5, 20, 60, 600])
        exact = reference.impatient(load, agents, aht, patience, threshold)
        assert_as_exact(impatient_queue(load, agents, aht, patience), exact, threshold)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("load", "agents", "aht", "patience", "threshold"),
    [
        (2_000.0, 1_900, 300.0, 36_000.0, 20),
        (5_000.0, 5_050, 180.0, 60.0, 20),
        (3_000.0, 10, 300.0, 600.0, 600),
        (300.0, 300, 300.0, 120.0, 600),
        (100.0, 130, 300.0, 36_000.0, 20),
        (0.001, 1, 300.0, 36_000.0, 20),
    ],
)
def test_large_patient_and_overloaded_queues_agree_with_forty_digits(
    load: float, agents: int, aht: float, patience: float, threshold: float
) -> None:
    exact = reference.impatient(load, agents, aht, patience, threshold)
    assert_as_exact(impatient_queue(load, agents, aht, patience), exact, threshold)


@pytest.mark.parametrize(
    ("load", "agents", "patience", "threshold"),
    [(10.0, 9, 60.0, 20.0), (10.0, 14, 300.0, 20.0), (3.0, 2, 45.0, 60.0), (40.0, 36, 120.0, 10.0)],
)
def test_the_wait_agrees_with_the_integral_of_its_density(
    load: float, agents: int, patience: float, threshold: float
) -> None:
    exact = reference.impatient(load, agents, 180.0, patience, threshold, reference.by_density)
    assert_as_exact(impatient_queue(load, agents, 180.0, patience), exact, threshold)


@given(LOADS, AGENTS, PATIENCES, st.floats(0.0, 3_600.0))
def test_shares_are_shares_and_times_are_finite(
    load: float, agents: int, patience: float, threshold: float
) -> None:
    state = impatient_queue(load, agents, 300.0, patience)
    shares = (
        state.waiting, state.abandoned, state.occupancy, state.within(threshold),
        state.late(threshold), state.beyond(threshold), state.abandoned_within(threshold),
    )  # fmt: skip
    assert all(0.0 <= share <= 1.0 for share in shares)
    assert 0.0 <= state.asa_s() < math.inf


@given(LOADS, AGENTS, PATIENCES)
def test_what_arrives_is_answered_given_up_or_still_waiting(
    load: float, agents: int, patience: float
) -> None:
    state = impatient_queue(load, agents, 300.0, patience)
    total = state.within(20) + state.abandoned_within(20) + state.beyond(20)
    assert total == pytest.approx(1.0, abs=1e-9)
    assert state.within(1e9) == pytest.approx(1 - state.abandoned, abs=1e-9)
    assert state.within(0) == pytest.approx(1 - state.waiting, abs=1e-12)


@given(LOADS, AGENTS, PATIENCES)
def test_one_more_agent_never_makes_service_worse(
    load: float, agents: int, patience: float
) -> None:
    fewer = impatient_queue(load, agents, 300.0, patience)
    more = impatient_queue(load, agents + 1, 300.0, patience)
    assert more.abandoned <= fewer.abandoned + 1e-13
    assert more.waiting <= fewer.waiting + 1e-13
    assert more.asa_s() <= fewer.asa_s() * (1 + 1e-9)
    assert more.within(20) >= fewer.within(20) - 1e-11


@given(st.floats(0.5, 100.0), st.integers(1, 20))
def test_endless_patience_is_erlang_c(load: float, spare: int) -> None:
    agents = math.ceil(load) + spare
    state, patient = impatient_queue(load, agents, 180.0, 1e8), patient_queue(load, agents, 180.0)
    assert state.waiting == pytest.approx(patient.waiting, rel=1e-3, abs=1e-9)
    assert state.within(20) == pytest.approx(patient.within(20), abs=1e-4)
    assert state.asa_s() == pytest.approx(patient.asa_s(), rel=1e-3, abs=1e-9)


@given(st.floats(0.5, 100.0), st.integers(1, 120))
def test_no_patience_at_all_is_erlang_b(load: float, agents: int) -> None:
    state = impatient_queue(load, agents, 180.0, 1e-9)
    assert state.abandoned == pytest.approx(erlang_b(load, agents), rel=1e-6, abs=1e-12)


@given(st.floats(0.5, 60.0), st.integers(1, 80))
def test_patience_equal_to_handling_makes_contacts_poisson(load: float, agents: int) -> None:
    state = impatient_queue(load, agents, 180.0, 180.0)
    below = sum(math.exp(-load + k * math.log(load) - math.lgamma(k + 1)) for k in range(agents))
    assert state.waiting == pytest.approx(1 - below, abs=1e-11)


def test_without_agents_everybody_gives_up() -> None:
    state = impatient_queue(10.0, 0, 180.0, 60.0)
    assert (state.abandoned, state.waiting, state.within(20)) == (1.0, 1.0, 0.0)
    assert state.beyond(60) == pytest.approx(math.exp(-1))
    assert state.abandoned_within(60) == pytest.approx(1 - math.exp(-1))
    assert state.asa_s() == math.inf


def test_deep_overload_is_the_fluid_limit() -> None:
    state = impatient_queue(50_000.0, 25_000, 300.0, 36_000.0)
    assert state.abandoned == pytest.approx(0.5, rel=1e-12)
    assert state.occupancy == pytest.approx(1.0, rel=1e-12)
    assert state.asa_s() == pytest.approx(36_000 * math.log(2), rel=1e-3)
