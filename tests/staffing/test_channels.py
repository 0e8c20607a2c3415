"""From a forecast to required agents, channel by channel."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfm.errors import WfmError
from wfm.model import workload as model
from wfm.model.time import Horizon
from wfm.model.workload import Forecast, Goal, Queue
from wfm.staffing import CHANNELS, Workload, explain, fewest_agents, performance, requirement
from wfm.staffing.deferrable import spread

DAY = Horizon(date(2026, 11, 30), 1, 30)
WEEK = Horizon(date(2026, 11, 30), 7, 15)


def forecast(horizon: Horizon, volume: object, aht: object = 300.0) -> Forecast:
    shape = horizon.slots
    return Forecast("q", horizon, np.broadcast_to(volume, shape) * 1.0, np.broadcast_to(aht, shape))


def queue(channel: str = "phone", **changes: object) -> Queue:
    return Queue("q", "Sales", "sales", channel, **changes)


def hours(horizon: Horizon, first: float, last: float) -> np.ndarray:
    clock = np.arange(horizon.slots) % horizon.slots_per_day * horizon.slot_minutes / 60
    return (clock >= first) & (clock < last)


def test_every_channel_of_the_model_can_be_staffed() -> None:
    assert tuple(channel.key for channel in CHANNELS) == model.CHANNELS


@pytest.mark.parametrize("channel", model.CHANNELS)
def test_closed_intervals_need_nobody_and_shrinkage_is_not_rounded(channel: str) -> None:
    is_open = hours(WEEK, 9, 18)
    need = requirement(forecast(WEEK, 20.0), queue(channel, shrinkage=0.3), is_open)
    assert need.skill == "sales"
    assert not need.agents[~is_open].any()
    assert (need.agents[is_open] > 0).all()
    assert need.rostered == pytest.approx(need.agents / 0.7, rel=1e-14)
    assert not need.agents.flags.writeable
    assert not need.rostered.flags.writeable


@pytest.mark.parametrize("channel", model.CHANNELS)
def test_nothing_to_do_needs_nobody(channel: str) -> None:
    for nothing in (forecast(WEEK, 0.0), forecast(WEEK, 20.0, 0.0)):
        assert not requirement(nothing, queue(channel)).agents.any()


@pytest.mark.parametrize("channel", model.CHANNELS)
def test_a_week_that_is_closed_throughout_needs_nobody(channel: str) -> None:
    never = np.zeros(WEEK.slots, dtype=bool)
    assert not requirement(forecast(WEEK, 20.0), queue(channel), never).agents.any()


def test_phone_is_staffed_interval_by_interval_for_its_goals() -> None:
    rng = np.random.default_rng(3)
    volume, aht = rng.uniform(0, 60, WEEK.slots), rng.uniform(100, 500, WEEK.slots)
    asked = queue(goals=(Goal("answer_rate", 0.95), Goal()), patience_s=210.0, max_occupancy=0.9)
    need = requirement(forecast(WEEK, volume, aht), asked)
    for slot in range(0, WEEK.slots, 13):
        work = Workload(float(volume[slot]), 15, float(aht[slot]), 210.0)
        assert need.agents[slot] == fewest_agents(work, asked.goals, 0.9)


def test_phone_without_patience_is_erlang_c() -> None:
    need = requirement(forecast(DAY, 100.0, 180.0), queue(patience_s=None))
    assert set(need.agents) == {14.0}


def test_an_answer_rate_without_patience_is_refused_with_the_queue_named() -> None:
    asked = queue(goals=(Goal("answer_rate", 0.95),), patience_s=None)
    with pytest.raises(WfmError, match="Sales"):
        requirement(forecast(DAY, 10.0), asked)


def test_chat_counts_every_session_as_a_line_and_rounds_up_to_whole_agents() -> None:
    asked = queue("chat", concurrency=3, patience_s=240.0, goals=(Goal(threshold_s=60.0),))
    agents = int(requirement(forecast(DAY, 55.0, 600.0), asked).agents[0])
    work = Workload(55.0, 30, 600.0, 240.0)
    assert performance(work, 3 * agents, 60.0).service_level >= 0.8
    assert performance(work, 3 * agents - 3, 60.0).service_level < 0.8


def test_one_session_at_a_time_is_a_phone() -> None:
    phone = requirement(forecast(DAY, 55.0), queue("phone"))
    chat = requirement(forecast(DAY, 55.0), queue("chat", concurrency=1))
    assert (phone.agents == chat.agents).all()


def test_mail_keeps_all_its_work_also_what_came_while_closed() -> None:
    is_open = hours(WEEK, 9, 18)
    is_open[-96:] = False
    rng = np.random.default_rng(4)
    volume = rng.uniform(0, 9, WEEK.slots)
    asked = queue("mail", response_minutes=240, max_occupancy=0.9)
    need = requirement(forecast(WEEK, volume, 420.0), asked, is_open)
    assert need.agents.sum() * 900 * 0.9 == pytest.approx((volume * 420.0).sum(), rel=1e-12)


def test_mail_flows_from_a_peak_into_the_trough_behind_it() -> None:
    volume = np.zeros(DAY.slots)
    volume[20] = 60.0
    need = requirement(forecast(DAY, volume), queue("mail", response_minutes=120))
    assert need.agents[20:24] == pytest.approx([2.5] * 4)
    assert need.agents.sum() == pytest.approx(10.0)


@given(st.lists(st.floats(0, 50), min_size=1, max_size=60), st.integers(1, 90))
def test_spread_work_is_finished_in_time_in_order_of_arrival(
    work: list[float], window: int
) -> None:
    served = spread(np.array(work), window)
    assert served.sum() == pytest.approx(sum(work), rel=1e-9, abs=1e-9)
    cycles = 2 + window // len(work)
    arrived = np.cumsum(np.tile(work, 2 * cycles))
    done = np.cumsum(np.tile(served, 2 * cycles))
    first = cycles * len(work)
    # the string of cycles has run in: what is done lies between what is due and what has arrived
    backlog = arrived[first - 1] - done[first - 1]
    start = min(backlog, sum(work) * cycles)
    for place in range(first, len(done)):
        due = arrived[place - window] - arrived[first - 1] if place - window >= first else 0.0
        progress = done[place] - done[first - 1]
        assert progress >= due - start - 1e-6
        if place - window >= first:
            assert progress >= due - 1e-6


def test_outbound_is_workload_over_occupancy() -> None:
    need = requirement(forecast(DAY, 30.0, 240.0), queue("outbound", max_occupancy=0.8))
    assert need.agents == pytest.approx(np.full(DAY.slots, 30 * 240 / 1800 / 0.8))


@pytest.mark.parametrize("channel", model.CHANNELS)
def test_an_explanation_names_the_number_before_and_after_shrinkage(channel: str) -> None:
    asked = queue(
        channel, shrinkage=0.2, max_occupancy=0.9, response_minutes=120, patience_s=None,
        goals=(Goal(), Goal("asa", 15.0)),
    )  # fmt: skip
    expected = forecast(DAY, 33.0)
    is_open = hours(DAY, 9, 18)
    words = [str(item) for item in explain(expected, asked, 24, is_open)]
    need = requirement(expected, asked, is_open)
    assert f"{round(float(need.agents[24]), 2)} agents" in words[-1]
    assert f"= {round(float(need.rostered[24]), 2)} to roster" in words[-1]
    assert len(words) >= 2


def test_an_explanation_names_model_goals_and_definition() -> None:
    asked = queue(goals=(Goal(definition="short_abandons_excluded"), Goal("answer_rate", 0.95)))
    text = "\n".join(str(item) for item in explain(forecast(DAY, 100.0, 180.0), asked, 0))
    assert "10.0 erlang" in text
    assert "Erlang A" in text
    assert "without those given up within 20.0 s" in text
    assert "95.0 % of offered contacts are answered" in text


def test_a_closed_interval_is_explained_as_closed() -> None:
    words = explain(forecast(DAY, 33.0), queue(), 3, hours(DAY, 9, 18))
    assert [str(item) for item in words] == ["The queue is closed then, so nobody is needed"]
