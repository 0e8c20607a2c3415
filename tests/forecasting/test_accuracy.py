"""The back-test: honest origins, and errors that an independent sum confirms."""

from __future__ import annotations

import math
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.benchmarks.forecast import measured, ratio
from tests.forecasting.builders import MONDAY, history
from wfm.errors import WfmError
from wfm.forecasting import METHODS, backtest
from wfm.forecasting.accuracy import poisson_deviation
from wfm.model.workload import Floats, SpecialDay

LAST_WEEK = [method for method in METHODS if method.key == "last_week"]


def test_a_pattern_that_repeats_has_no_error() -> None:
    for row in backtest(history(70)):
        assert (row.wape, row.day_wape, row.bias) == pytest.approx((0, 0, 0), abs=1e-12)
        assert row.lead_weeks == 2
        assert row.floor > 0


def test_the_error_of_last_weeks_copy_is_the_sum_done_by_hand() -> None:
    days = history(84, seed=5)
    (row,) = backtest(days, methods=LAST_WEEK, lead_weeks=2, training_days=28)
    offered = np.array([day.columns["offered"] for day in days])
    absolute = signed = by_day = total = 0.0
    for week in range(5, 12):
        for weekday in range(7):
            came, said = offered[7 * week + weekday], offered[7 * (week - 2) + weekday]
            absolute += np.abs(came - said).sum()
            by_day += abs(came.sum() - said.sum())
            signed += (said - came).sum()
            total += came.sum()
    assert row.days == 49
    assert row.wape == pytest.approx(absolute / total)
    assert row.day_wape == pytest.approx(by_day / total)
    assert row.bias == pytest.approx(signed / total)


def test_no_origin_sees_what_comes_after_it() -> None:
    def change(day: date, values: Floats) -> Floats:
        return values * 2 if day >= MONDAY + timedelta(days=63) else values

    (row,) = backtest(history(70, change=change), methods=LAST_WEEK, training_days=49)
    # origins at days 49 and 56 score the weeks from days 56 (exact) and 63 (half of what came)
    assert row.origins == 2
    assert row.bias == pytest.approx(-6500 / (6500 + 13000))


def test_special_days_and_holidays_are_not_scored() -> None:
    holiday, outage = MONDAY + timedelta(days=58), MONDAY + timedelta(days=60)
    days = history(70, change=lambda day, v: v * 3 if day in (holiday, outage) else v)
    special = [SpecialDay(outage, "outage")]
    clean = backtest(days, special_days=special, holidays={holiday})
    assert all(row.wape == pytest.approx(0, abs=1e-12) for row in clean)
    assert all(row.wape > 0.01 for row in backtest(days))


def test_too_short_a_history_has_no_figure_and_none_at_all_is_an_error() -> None:
    assert all(math.isnan(row.wape) and row.origins == 0 for row in backtest(history(10)))
    with pytest.raises(WfmError, match="no contact history"):
        backtest([])


def test_the_floor_is_what_poisson_noise_leaves() -> None:
    means = np.array([0.0, 0.3, 1.0, 2.5, 40.0, 900.0])
    drawn = np.random.default_rng(2).poisson(means, (200_000, 6))
    simulated = np.abs(drawn - means).mean(axis=0)
    assert poisson_deviation(means) == pytest.approx(simulated, rel=0.02)


@pytest.mark.slow
def test_the_default_is_better_than_the_mean_of_four_on_recorded_calls(bench_data: Path) -> None:
    found = measured(bench_data, lead_weeks=2)
    assert ratio(found, "weighted8", "mean4") < 0.97
    for rows in found.values():
        wape = {row.method: row.wape for row in rows}
        assert wape["weighted8"] < 1.01 * wape["mean4"]
        assert wape["weighted8"] < 0.9 * wape["last_week"]
