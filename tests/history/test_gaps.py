"""Closed intervals without a record are 0; open ones are missing and listed."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from tests.history.builders import MONDAY, NAN, recorded
from wfm.history import Gap, fill_closed, find_gaps
from wfm.model.workload import Queue, SpecialDay

QUEUE = Queue("a", "A", "a", opening=dict.fromkeys(range(5), ((540, 720),)) | {7: ()})


def hours(*values: float) -> list[float]:
    """Return numbers from 9:00 on, nothing before."""
    return [NAN] * 9 + list(values)


def test_closed_is_zero_and_open_stays_missing() -> None:
    day = fill_closed(recorded(hours(5, NAN, 6)), QUEUE)
    offered = day.columns["offered"]
    assert (offered[:9] == 0).all()
    assert (offered[12:] == 0).all()
    assert np.isnan(offered[10])
    assert np.isnan(day.columns["handle_s"]).all()


def test_a_closed_public_holiday_is_zero_all_day() -> None:
    day = fill_closed(recorded([NAN, 1]), QUEUE, holidays={MONDAY})
    assert np.nansum(day.columns["offered"]) == 1
    assert not np.isnan(day.columns["offered"]).any()


def test_a_queue_of_unknown_opening_is_left_as_it_is() -> None:
    day = recorded(hours(5))
    assert fill_closed(day, Queue("a", "A", "a")) is day


def test_gaps_are_listed_in_spans_and_whole_days() -> None:
    friday = MONDAY + timedelta(days=4)
    days = [recorded(hours(5, NAN, NAN)), recorded(hours(1, 2, 3), friday)]
    tuesday, wednesday, thursday = (MONDAY + timedelta(days=n) for n in (1, 2, 3))
    gaps = find_gaps(
        days, [QUEUE], holidays={thursday}, special_days=[SpecialDay(wednesday, "missing")]
    )
    assert gaps == (Gap("a", MONDAY, 600, 720), Gap("a", tuesday, 540, 720))


def test_a_complete_week_has_no_gap() -> None:
    days = [recorded(hours(1, 2, 3), MONDAY + timedelta(days=n)) for n in range(5)]
    assert find_gaps(days, [QUEUE]) == ()
