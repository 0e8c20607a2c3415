"""What a forecast is compared with: the last recorded weeks, weekday above weekday."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from wfm.history.recent import recent_weeks, weekly_totals
from wfm.model.time import Horizon
from wfm.model.workload import HistoryDay

MONDAY = date(2026, 11, 30)
HORIZON = Horizon(MONDAY, 7, 30)


def day(back: int, offered: float = 2.0, handle_s: float = 100.0) -> HistoryDay:
    """Return a day of hours, ``back`` days before the horizon."""
    columns = {
        "offered": np.full(24, offered),
        "answered": np.full(24, offered / 2),
        "handle_s": np.full(24, handle_s),
    }
    return HistoryDay("q", MONDAY - timedelta(days=back), 60, columns)


def test_weeks_without_records_are_stepped_over() -> None:
    found = recent_weeks([day(21), day(20), day(35)], HORIZON, 4, 12)
    assert [week.start for week in found] == [
        MONDAY - timedelta(days=21), MONDAY - timedelta(days=35),
    ]  # fmt: skip
    first = found[0].volume.reshape(7, 48)
    assert np.array_equal(first[:2], np.ones((2, 48)))
    assert np.isnan(first[2:]).all()


def test_handling_time_is_a_ratio_of_sums_over_what_was_answered() -> None:
    (week,) = recent_weeks([day(7)], HORIZON, 1, 4)
    assert week.aht_s[0] == pytest.approx(100.0)


def test_no_more_weeks_than_asked_for_and_none_beyond_the_look_back() -> None:
    days = [day(back) for back in range(1, 70)]
    assert len(recent_weeks(days, HORIZON, 4, 12)) == 4
    assert len(recent_weeks(days, HORIZON, 20, 3)) == 3


def test_weekly_totals_leave_out_weeks_with_missing_days() -> None:
    days = [day(back) for back in range(1, 22) if back != 10]
    assert weekly_totals(days, MONDAY, 12) == (
        (MONDAY - timedelta(days=21), 336.0),
        (MONDAY - timedelta(days=7), 336.0),
    )


def test_there_are_no_totals_without_history() -> None:
    assert weekly_totals([], MONDAY, 12) == ()
