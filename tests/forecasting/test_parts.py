"""The parts of a forecast: intervals, outliers, handling time, quantiles, clock changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.forecasting.builders import MONDAY, history
from wfm.forecasting import METHODS, forecast
from wfm.forecasting.clock_changes import skipped_and_repeated
from wfm.forecasting.unusual import unusual_days
from wfm.history.resampling import regrid
from wfm.model.time import Horizon
from wfm.model.workload import Floats, HistoryDay


@given(
    st.sampled_from([5, 6, 10, 15, 20, 30, 60]),
    st.sampled_from([5, 15, 30, 60]),
    st.integers(0, 1000),
)
def test_changing_the_interval_keeps_every_hour(recorded: int, slot: int, seed: int) -> None:
    values = np.random.default_rng(seed).poisson(9, (3, 1440 // recorded)).astype(float)
    changed = regrid(values, slot)
    assert changed.shape == (3, 1440 // slot)
    hours = changed.reshape(3, 24, -1).sum(axis=2)
    assert hours == pytest.approx(values.reshape(3, 24, -1).sum(axis=2))


def test_a_gap_in_a_part_is_a_gap_in_the_whole() -> None:
    values = np.ones((1, 96))
    values[0, 5] = np.nan
    assert np.flatnonzero(np.isnan(regrid(values, 60))).tolist() == [1]


def test_clock_changes_are_found_in_europe_and_america_and_not_in_japan() -> None:
    days = [date(2026, 3, 8), date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 1)]
    found = {}
    for zone in ("Europe/Amsterdam", "America/New_York", "Asia/Tokyo"):
        skipped, repeated = skipped_and_repeated(days, Horizon(MONDAY, 1, 60, zone))
        found[zone] = [
            [tuple(map(int, place)) for place in np.argwhere(mask)] for mask in (skipped, repeated)
        ]
    assert found["Europe/Amsterdam"] == [[(1, 2)], [(2, 2)]]
    assert found["America/New_York"] == [[(0, 2)], [(3, 1)]]
    assert found["Asia/Tokyo"] == [[], []]


def test_small_queues_are_not_taken_for_unusual_because_of_chance() -> None:
    flagged = 0
    for seed in range(20):
        totals = np.random.default_rng(seed).poisson(4, 182).astype(float)
        classes = np.arange(182) % 7
        everything = np.ones(182, dtype=bool)
        flagged += int(unusual_days(totals, classes, everything, np.arange(182)).sum())
    assert flagged <= 0.005 * 20 * 182


def test_days_that_are_not_usable_neither_count_nor_get_judged() -> None:
    totals = np.full(70, 100.0)
    totals[::2] = 900.0
    usable = np.arange(70) % 2 == 1
    found = unusual_days(totals, np.arange(70) % 7, usable, np.arange(70))
    assert not found.any()


def with_aht(days: list[HistoryDay], aht: Floats) -> list[HistoryDay]:
    """Give each interval its own handling time, shape (48,)."""
    return [
        replace(day, columns={**day.columns, "handle_s": day.columns["answered"] * aht})
        for day in days
    ]


def test_handling_time_is_a_quotient_of_sums_and_not_a_mean_of_quotients() -> None:
    answered = np.zeros(48)
    answered[[20, 40]] = 1800.0, 200.0
    handled = np.zeros(48)
    handled[[20, 40]] = 1800 * 200.0, 200 * 1000.0
    columns = {"offered": answered, "answered": answered, "handle_s": handled}
    days = [HistoryDay("q", MONDAY + timedelta(days=n), 30, columns) for n in range(28)]
    result = forecast(days, None, Horizon(MONDAY + timedelta(days=28), 7, 30))
    workload = (result.volume * result.aht_s).sum() / result.volume.sum()
    assert workload == pytest.approx(280, rel=0.03)
    assert result.aht_s[20] < 280 < result.aht_s[40]


def test_handling_time_by_time_of_day_is_recovered_from_many_contacts() -> None:
    truth = np.linspace(200, 400, 48)
    days = with_aht(history(70, daily=30_000), truth)
    result = forecast(days, None, Horizon(MONDAY + timedelta(days=70), 7, 30))
    busy = result.volume[:48] > 300
    assert result.aht_s[:48][busy] == pytest.approx(truth[busy], rel=0.02)


def test_few_contacts_say_little_about_their_hour() -> None:
    truth = np.where(np.arange(48) == 24, 3000.0, 300.0)
    days = with_aht(history(7, daily=20), truth)
    result = forecast(days, None, Horizon(MONDAY + timedelta(days=7), 7, 30))
    assert result.aht_s[24] < 800


def test_a_day_of_wrong_handling_times_is_left_out() -> None:
    days = history(35)
    wrong = {**days[-1].columns, "handle_s": days[-1].columns["handle_s"] * 60}
    days[-1] = replace(days[-1], columns=wrong)
    result = forecast(days, None, Horizon(MONDAY + timedelta(days=35), 7, 30))
    assert result.aht_s == pytest.approx(np.full(7 * 48, 300.0))


def test_where_only_some_days_record_handling_time_they_decide() -> None:
    days = history(35)
    days = [
        day if number % 2 else replace(day, columns={"offered": day.columns["offered"]})
        for number, day in enumerate(days)
    ]
    result = forecast(days, None, Horizon(MONDAY + timedelta(days=35), 7, 30))
    assert result.aht_s == pytest.approx(np.full(7 * 48, 300.0))


@pytest.mark.parametrize(("recorded", "slot"), [(30, 30), (15, 30), (30, 15)])
def test_quantiles_hold_the_share_of_intervals_that_they_promise(recorded: int, slot: int) -> None:
    inside = {0.10: [], 0.25: [], 0.50: [], 0.75: [], 0.90: []}  # type: dict[float, list[float]]
    for seed in range(12):
        days = history(126, interval=min(recorded, slot), seed=seed)
        known = days[:105]
        if recorded > slot:
            known = history_in(known, recorded)
        result = forecast(known, None, Horizon(days[112].day, 14, slot))
        came = np.array([day.columns["offered"] for day in days[112:]])
        came = regrid(came, slot).ravel()
        busy = result.volume > 0
        for level, band in result.quantiles.items():
            chance = np.random.default_rng(seed).random(came.shape) - 0.5
            inside[level].append(float((came + chance <= band)[busy].mean()))
    for level, shares in inside.items():
        assert np.mean(shares) == pytest.approx(level, abs=0.06)


def history_in(days: list[HistoryDay], interval: int) -> list[HistoryDay]:
    """Return the same days recorded in longer intervals."""
    return [
        replace(
            day,
            interval_minutes=interval,
            columns={
                name: regrid(values[None, :], interval)[0] for name, values in day.columns.items()
            },
        )
        for day in days
    ]


def test_quantiles_are_wider_where_the_past_was_harder_to_foresee() -> None:
    def jumping(day: date, values: Floats) -> Floats:
        return np.round(values * (0.75 if (day - MONDAY).days // 7 % 2 else 1.25))

    horizon = Horizon(MONDAY + timedelta(days=105), 7, 30)
    calm = forecast(history(105, seed=1), None, horizon).quantiles
    wild = forecast(history(105, seed=1, change=jumping), None, horizon).quantiles
    width = (wild[0.90] - wild[0.10]).sum() / (calm[0.90] - calm[0.10]).sum()
    assert width > 1.5


def test_each_method_has_its_own_key_and_name() -> None:
    assert len({method.key for method in METHODS}) == len(METHODS)
    assert len({str(method.name) for method in METHODS}) == len(METHODS)
    assert {"weighted8", "last_week", "mean4", "median6", "mean8"} <= {m.key for m in METHODS}


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("last_week", 10.0),
        ("mean4", np.mean([7.0, 8, 9, 10])),
        ("median6", np.median([5.0, 6, 7, 8, 9, 10])),
        ("mean8", np.mean([3.0, 4, 5, 6, 7, 8, 9, 10])),
    ],
)
def test_each_planners_method_is_what_its_name_says(method: str, expected: float) -> None:
    days = [
        HistoryDay("q", MONDAY + timedelta(days=n), 60, {"offered": np.full(24, n // 7 + 1.0)})
        for n in range(70)
    ]
    result = forecast(days, None, Horizon(MONDAY + timedelta(days=70), 7, 60), method=method)
    assert result.volume == pytest.approx(np.full(7 * 24, expected))
