"""The interval frame, resampling and mean times."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.history.builders import MONDAY, NAN, recorded
from wfm.errors import WfmError
from wfm.history import (
    FRAME_COLUMNS,
    frame,
    mean_handling_s,
    mean_wait_s,
    pooled_ratio,
    resample,
)
from wfm.model.workload import HISTORY_COLUMNS, HistoryDay

LENGTHS = [5, 15, 30, 60]


def test_the_frame_has_the_documented_columns_and_types() -> None:
    table = frame([recorded([1, 2], queue="b"), recorded([3.0])], interval_minutes=30)
    assert tuple(table.columns) == FRAME_COLUMNS
    assert len(table) == 2 * 48
    assert table["queue"].tolist() == ["a"] * 48 + ["b"] * 48
    assert str(table.dtypes["day"]) == str(table.dtypes["start"]) == "datetime64[s]"
    assert str(table.dtypes["queue"]) == "str"
    assert {str(table.dtypes[name]) for name in HISTORY_COLUMNS} == {"float64"}
    assert table["start"].iloc[3].isoformat() == "2026-11-02T01:30:00"
    assert table["minute"].iloc[3] == 90
    assert table["offered"].iloc[48:52].tolist() == [0.5, 0.5, 1.0, 1.0]


def test_no_days_are_an_empty_frame() -> None:
    table = frame([], interval_minutes=15)
    assert (tuple(table.columns), len(table)) == (FRAME_COLUMNS, 0)


def test_days_come_back_from_the_frame() -> None:
    days = [recorded([1, NAN, 2]), recorded([4], MONDAY + timedelta(days=1))]
    table = frame(days, interval_minutes=60)
    parts = [part for _, part in table.groupby("day", sort=True)]
    assert [str(part["day"].iloc[0])[:10] for part in parts] == [str(day.day) for day in days]
    for old, new in zip(days, parts, strict=True):
        assert np.array_equal(old.columns["offered"], new["offered"].to_numpy(), equal_nan=True)


def test_a_damaged_day_is_one_sentence() -> None:
    damaged = HistoryDay("a", MONDAY, 30, {"offered": np.zeros(24)})
    with pytest.raises(WfmError, match="24 entries, not 48"):
        frame([damaged], interval_minutes=30)
    with pytest.raises(WfmError, match="not 20"):
        resample(recorded([1]), 20)


@given(
    st.sampled_from(LENGTHS), st.sampled_from(LENGTHS), st.lists(st.integers(0, 500), max_size=24)
)
def test_resampling_keeps_totals_and_goes_back_where_it_can(
    old: int, new: int, values: list[int]
) -> None:
    full = [float(value) for value in values] + [0.0] * (1440 // old - len(values))
    day = recorded(full, minutes=old)
    there = resample(day, new)
    assert len(there.columns["offered"]) == 1440 // new
    assert there.columns["offered"].sum() == pytest.approx(sum(values))
    if new <= old:
        assert resample(there, old).columns["offered"] == pytest.approx(day.columns["offered"])


@given(st.sets(st.integers(0, 95)))
def test_a_longer_interval_is_recorded_only_when_all_its_parts_are(missing: set[int]) -> None:
    values = [NAN if slot in missing else 1.0 for slot in range(96)]
    hourly = resample(recorded(values, minutes=15), 60).columns["offered"]
    for hour in range(24):
        gap = any(hour * 4 + part in missing for part in range(4))
        assert np.isnan(hourly[hour]) == gap


def test_mean_times_are_sums_over_counts() -> None:
    day = recorded(
        [10, 4, 0], answered=[8, NAN, 0], handle_s=[2400, 1200, 0], wait_answered_s=[80, NAN, 0]
    )
    assert mean_handling_s(day)[:2].tolist() == [300, 300]
    assert np.isnan(mean_handling_s(day)[2])
    assert mean_wait_s(day)[0] == 10
    assert pooled_ratio(day.columns["handle_s"], day.columns["answered"]) == 300
