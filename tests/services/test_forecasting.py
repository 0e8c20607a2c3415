"""Forecasts of a week: own numbers by interval, percent and day, going back, and what refuses."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfm.errors import Conflict, WfmError
from wfm.forecasting.editing import (
    AHT,
    VOLUME,
    blank_forecast,
    day_total,
    edited,
    entered,
    scaled,
)
from wfm.messages import message
from wfm.model.time import Horizon
from wfm.model.workload import Forecast, HistoryDay, Queue, SpecialDay
from wfm.services.forecast_state import QueueForecast
from wfm.workspace import Workspace

DAY = 96
OPEN_MONDAY = 8 * 4
"""The first interval in which the sample's general desk is open."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.toban"
    with Workspace.create(str(path), "planner", language="ja", sample_as_of=date(2026, 11, 23)):
        pass
    return path


@pytest.fixture
def workspace(sample: Path, tmp_path: Path) -> Iterator[Workspace]:
    copy = Path(shutil.copy(sample, tmp_path / "copy.toban"))
    with Workspace.open(str(copy), "planner") as made:
        yield made


@pytest.fixture
def horizon(workspace: Workspace) -> Horizon:
    return workspace.week_horizon("next")


def entry(workspace: Workspace, horizon: Horizon, queue: str = "phone_general") -> QueueForecast:
    found = workspace.demand.forecast_state(horizon).of(queue)
    assert found is not None
    return found


def forecast_of(workspace: Workspace, horizon: Horizon, queue: str = "phone_general") -> Forecast:
    found = entry(workspace, horizon, queue).forecast
    assert found is not None
    return found


def edit(
    workspace: Workspace, horizon: Horizon, numbers: dict[int, float], measure: str = VOLUME
) -> None:
    shown = entry(workspace, horizon)
    assert shown.forecast is not None
    workspace.demand.edit_forecast(
        shown.forecast, entered(shown.forecast, shown.queue, measure, numbers)
    )


def test_a_number_of_ones_own_is_stored_marked_and_named_in_the_log(
    workspace: Workspace, horizon: Horizon
) -> None:
    workspace.demand.make_forecast(horizon)
    edit(workspace, horizon, {OPEN_MONDAY: 42.0})
    shown = entry(workspace, horizon)
    assert shown.forecast is not None
    assert shown.forecast.volume[OPEN_MONDAY] == 42.0
    assert np.flatnonzero(shown.own(VOLUME)).tolist() == [OPEN_MONDAY]
    assert not shown.own(AHT).any()
    text = str(workspace.log.last(1)[0].text)
    assert text.startswith("Change the forecast of 一般受付（電話）, 2026-11-30 08:00, from ")
    assert text.endswith(" to 42")


def test_undoing_an_edit_brings_the_number_back(workspace: Workspace, horizon: Horizon) -> None:
    workspace.demand.make_forecast(horizon)
    before = forecast_of(workspace, horizon)
    edit(workspace, horizon, {OPEN_MONDAY: 42.0})
    workspace.log.undo(workspace.log.last(1)[0].id)
    assert np.array_equal(forecast_of(workspace, horizon).volume, before.volume)
    assert not entry(workspace, horizon).own(VOLUME).any()


def test_an_edit_of_what_somebody_else_changed_is_refused(
    workspace: Workspace, horizon: Horizon
) -> None:
    workspace.demand.make_forecast(horizon)
    shown = entry(workspace, horizon)
    assert shown.forecast is not None
    edit(workspace, horizon, {OPEN_MONDAY: 42.0})
    late = entered(shown.forecast, shown.queue, VOLUME, {OPEN_MONDAY: 7.0})
    with pytest.raises(Conflict):
        workspace.demand.edit_forecast(shown.forecast, late)
    assert forecast_of(workspace, horizon).volume[OPEN_MONDAY] == 42.0


@pytest.mark.parametrize(
    ("slot", "value", "words"),
    [
        (OPEN_MONDAY, -1.0, "2026-11-30 08:00: -1.0 cannot be a number of contacts"),
        (OPEN_MONDAY, float("inf"), "cannot be a number of contacts"),
        (OPEN_MONDAY - 1, 3.0, "2026-11-30 07:45: the queue is closed then"),
    ],
)
def test_impossible_numbers_are_refused_with_their_place(
    workspace: Workspace, horizon: Horizon, slot: int, value: float, words: str
) -> None:
    workspace.demand.make_forecast(horizon)
    with pytest.raises(WfmError, match=words):
        edit(workspace, horizon, {slot: value})


def test_a_handling_time_of_nothing_is_refused(workspace: Workspace, horizon: Horizon) -> None:
    workspace.demand.make_forecast(horizon)
    with pytest.raises(WfmError, match="cannot be a handling time"):
        edit(workspace, horizon, {OPEN_MONDAY: 0.0}, AHT)
    edit(workspace, horizon, {OPEN_MONDAY: 400.0}, AHT)
    assert forecast_of(workspace, horizon).aht_s[OPEN_MONDAY] == 400.0


def test_going_back_gives_the_methods_numbers_in_one_step(
    workspace: Workspace, horizon: Horizon
) -> None:
    workspace.demand.make_forecast(horizon)
    made = forecast_of(workspace, horizon)
    edit(workspace, horizon, {OPEN_MONDAY: 42.0, OPEN_MONDAY + 1: 43.0, OPEN_MONDAY + 200: 9.0})
    workspace.demand.reset_forecast(
        forecast_of(workspace, horizon), VOLUME, (OPEN_MONDAY, OPEN_MONDAY + 1)
    )
    left = entry(workspace, horizon)
    assert np.flatnonzero(left.own(VOLUME)).tolist() == [OPEN_MONDAY + 200]
    workspace.demand.reset_forecast(forecast_of(workspace, horizon), VOLUME)
    assert np.array_equal(forecast_of(workspace, horizon).volume, made.volume)


def test_forecasting_again_keeps_own_numbers_and_still_knows_them(
    workspace: Workspace, horizon: Horizon
) -> None:
    workspace.demand.make_forecast(horizon)
    edit(workspace, horizon, {OPEN_MONDAY: 42.0})
    outcome = workspace.demand.make_forecast(horizon, "mean4")
    shown = entry(workspace, horizon)
    assert shown.forecast is not None
    assert shown.forecast.method == "mean4"
    assert shown.forecast.volume[OPEN_MONDAY] == 42.0
    assert np.flatnonzero(shown.own(VOLUME)).tolist() == [OPEN_MONDAY]
    assert "Kept as you entered it: 1 number." in map(str, outcome.notes)


def test_planning_the_whole_line_again_keeps_own_numbers_too(
    workspace: Workspace, horizon: Horizon
) -> None:
    workspace.demand.make_forecast(horizon)
    edit(workspace, horizon, {OPEN_MONDAY: 77.0})
    again = workspace.demand.forecast_week(horizon)
    volumes = {item.queue: item.volume[OPEN_MONDAY] for item in again}
    assert volumes["phone_general"] == 77.0
    assert entry(workspace, horizon).forecast.volume[OPEN_MONDAY] == 77.0


def test_one_queue_can_have_another_method(workspace: Workspace, horizon: Horizon) -> None:
    workspace.demand.make_forecast(horizon)
    workspace.demand.make_forecast(horizon, "median6", "chat")
    methods = {
        item.queue.key: item.forecast.method
        for item in workspace.demand.forecast_state(horizon).queues
        if item.forecast is not None
    }
    assert methods == {
        "chat": "median6", "mail": "weighted8", "phone_general": "weighted8",
        "phone_technical": "weighted8",
    }  # fmt: skip


def test_a_forecast_is_outdated_when_its_history_changed_but_not_when_its_numbers_did(
    workspace: Workspace, horizon: Horizon
) -> None:
    workspace.demand.make_forecast(horizon)
    edit(workspace, horizon, {OPEN_MONDAY: 42.0})
    assert workspace.demand.outdated_forecasts(horizon) == frozenset()
    session = workspace._session
    special = SpecialDay(horizon.start, "campaign", "くじ", "chat", factor=2.0)
    with session.database.write("planner", session.clock) as unit:
        unit.put(special)
        unit.commit(message("Add a campaign"))
    assert workspace.demand.outdated_forecasts(horizon) == frozenset({"chat"})


def test_the_context_holds_the_last_recorded_weeks_on_the_horizons_grid(
    workspace: Workspace, horizon: Horizon
) -> None:
    shown = entry(workspace, horizon)
    assert [week.start for week in shown.recent] == [
        horizon.start - timedelta(weeks=back) for back in (2, 3, 4, 5)
    ]
    assert shown.recent[0].volume.shape == (horizon.slots,)
    session = workspace._session
    with session.database.read() as store:
        day = store.get(HistoryDay, f"phone_general/{horizon.start - timedelta(weeks=2)}")
    assert day is not None
    assert np.nansum(shown.recent[0].volume[:DAY]) == pytest.approx(
        np.nansum(day.columns["offered"])
    )
    assert shown.totals[-1][0] == horizon.start - timedelta(weeks=2)
    assert shown.has_history


def test_the_error_of_methods_is_told_for_every_queue(
    workspace: Workspace, horizon: Horizon
) -> None:
    found = workspace.demand.accuracies(horizon)
    assert set(found) == {"chat", "mail", "phone_general", "phone_technical"}
    assert all(0 < item.day_wape < 0.5 for items in found.values() for item in items)


def test_a_centre_without_history_can_be_forecast_by_hand(tmp_path: Path) -> None:
    with Workspace.create(str(tmp_path / "n.toban"), "planner") as made:
        session = made._session
        with session.database.write("planner", session.clock) as unit:
            unit.put(Queue("desk", "窓口", "desk", opening={0: ((540, 600),)}))
            unit.commit(message("Add a queue"))
        horizon = made.week_horizon("2026-W49")
        state = made.demand.forecast_state(horizon)
        assert not state.has_history
        assert not state.has_forecast
        with pytest.raises(WfmError, match="There is no contact history"):
            made.demand.make_forecast(horizon)
        made.demand.start_by_hand(horizon)
        shown = made.demand.forecast_state(horizon).queues[0]
        assert shown.forecast is not None
        total = day_total(shown.forecast, shown.queue, 0, 40.0, shown.is_open)
        made.demand.edit_forecast(shown.forecast, total)
        after = made.demand.forecast_state(horizon).queues[0].forecast
        assert after is not None
        assert after.volume[36:40].tolist() == [10.0] * 4
        with pytest.raises(WfmError, match="entered by hand"):
            made.demand.reset_forecast(after, VOLUME)


HORIZON = Horizon(date(2026, 11, 30), 7, 60)
QUEUE = Queue("desk", "Desk", "desk", opening=dict.fromkeys(range(6), ((540, 1080),)))
OPEN = np.tile((np.arange(24) >= 9) & (np.arange(24) < 18), 7) & (np.arange(168) < 144)


def small(values: list[float]) -> Forecast:
    made = blank_forecast(QUEUE, HORIZON)
    volume = np.zeros(168)
    volume[OPEN] = np.resize(values, int(OPEN.sum()))
    return Forecast("desk", HORIZON, volume, made.aht_s)


@given(
    st.lists(st.floats(0, 500), min_size=1, max_size=9),
    st.integers(0, 5),
    st.floats(0, 20_000),
)
def test_a_days_total_is_reached_in_the_days_shape_and_leaves_other_days_alone(
    values: list[float], day: int, total: float
) -> None:
    before = small(values)
    after = edited(before, day_total(before, QUEUE, day, total, OPEN), OPEN)
    part = slice(24 * day, 24 * day + 24)
    assert after.volume[part].sum() == pytest.approx(total, abs=1e-6)
    others = np.ones(168, dtype=bool)
    others[part] = False
    assert np.array_equal(after.volume[others], before.volume[others])
    old, new = before.volume[part], after.volume[part]
    # the same shape: products over the crossed totals agree
    if old.sum() > 1e-6:
        assert np.allclose(new * old.sum(), old * new.sum(), rtol=1e-6, atol=1e-3)
    assert not new[~OPEN[part]].any()


def test_a_closed_day_takes_no_total() -> None:
    with pytest.raises(WfmError, match="closed all day"):
        day_total(small([1.0]), QUEUE, 6, 10.0, OPEN)


@given(st.floats(-100, 1000), st.sets(st.integers(0, 167), min_size=1))
def test_a_percentage_changes_each_chosen_interval_alike_and_no_other(
    percent: float, slots: set[int]
) -> None:
    before = small([3.0, 7.5, 0.0])
    after = edited(before, scaled(before, QUEUE, VOLUME, sorted(slots), percent), OPEN)
    for slot in range(168):
        factor = 1 + percent / 100 if slot in slots else 1.0
        assert after.volume[slot] == pytest.approx(before.volume[slot] * factor, abs=1e-4)


@pytest.mark.parametrize("percent", [-100.5, 1001.0, float("nan")])
def test_a_percentage_beyond_sense_is_refused(percent: float) -> None:
    with pytest.raises(WfmError, match="is not possible"):
        scaled(small([1.0]), QUEUE, VOLUME, [12], percent)
