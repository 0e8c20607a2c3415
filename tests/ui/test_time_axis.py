"""One mapping from days and minutes to columns for timeline, plot and print."""

from __future__ import annotations

import itertools
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.plots.time_axis import TimeScale, scale_around
from wfm.model.time import DAY_MINUTES, Horizon

WEEK = Horizon(date(2026, 11, 30), 7)
windows = st.builds(
    lambda start, length: (start * 60, (start + length) * 60),
    st.integers(0, 23),
    st.integers(1, 24),
)


def active(*spans: tuple[int, int]) -> np.ndarray:
    """Return a week that is active in these minutes of every day (past 24:00 wraps)."""
    found = np.zeros(WEEK.slots, dtype=bool)
    for day in range(7):
        for start, end in spans:
            for minute in range(start, end, WEEK.slot_minutes):
                found[((day * DAY_MINUTES + minute) // WEEK.slot_minutes) % WEEK.slots] = True
    return found


def test_an_opening_time_is_cropped_to_its_hours() -> None:
    assert scale_around(WEEK, active((540, 1290))) == TimeScale(WEEK, 540, 1320)


def test_a_centre_open_past_midnight_gets_columns_to_26_o_clock() -> None:
    assert scale_around(WEEK, active((600, 1560))) == TimeScale(WEEK, 600, 1560)


def test_a_centre_open_round_the_clock_gets_one_continuous_axis() -> None:
    scale = scale_around(WEEK, active((0, 1440)))
    assert scale == TimeScale(WEEK, 0, 1440)
    assert scale.continuous
    assert scale.position(0, 1500) == pytest.approx(scale.position(1, 60))


def test_duties_outside_the_opening_hours_widen_the_columns() -> None:
    scale = scale_around(WEEK, active((600, 1200)), [(510, 1050), (900, 1500)])
    assert (scale.open_from, scale.open_to) == (480, 1500)


def test_a_week_without_anything_shows_the_day() -> None:
    assert scale_around(WEEK, active()).minutes == 720


def test_a_column_of_no_hours_is_refused() -> None:
    with pytest.raises(ValueError, match="column"):
        TimeScale(WEEK, 600, 600)


@given(windows, st.integers(0, 6), st.integers(0, 1440))
def test_moment_undoes_position(window: tuple[int, int], day: int, offset: int) -> None:
    scale = TimeScale(WEEK, *window)
    minute = window[0] + offset % (window[1] - window[0])
    if scale.position(day, minute) < 7:
        assert scale.moment(scale.position(day, minute) + 1e-9) == (day, minute)


@given(windows)
def test_positions_grow_with_time_and_stay_inside(window: tuple[int, int]) -> None:
    scale = TimeScale(WEEK, *window)
    found = [scale.position(day, minute) for day in range(7) for minute in range(*window, 15)]
    assert found == sorted(found)
    assert found[0] == 0.0
    assert found[-1] <= 7.0


@given(windows)
def test_every_column_shows_the_intervals_of_its_window(window: tuple[int, int]) -> None:
    scale = TimeScale(WEEK, *window)
    for day in range(7):
        slots = scale.slots(day)
        edges = scale.edges(day)
        assert len(edges) == len(slots) + 1
        for slot, edge in zip(slots, edges, strict=False):
            shown, minute = WEEK.slot_label(slot)
            of_column = minute + DAY_MINUTES * (WEEK.day_index(shown) - day)
            assert window[0] <= of_column < window[1]
            assert edge == pytest.approx(scale.position(day, of_column))


@given(windows, st.integers(40, 400))
def test_hour_labels_are_whole_hours_inside_the_column(window: tuple[int, int], width: int) -> None:
    scale = TimeScale(WEEK, *window)
    ticks = scale.ticks(width)
    assert all(tick % 60 == 0 and window[0] <= tick <= window[1] for tick in ticks)
    gaps = [b - a for a, b in itertools.pairwise(ticks)]
    assert all(gap * width / scale.minutes >= 34 for gap in gaps)


@given(windows, st.integers(0, 6), st.data())
def test_the_middle_of_an_interval_lies_in_that_interval(
    window: tuple[int, int], day: int, data: st.DataObject
) -> None:
    scale = TimeScale(WEEK, *window)
    slots = scale.slots(day)
    if not slots:
        return
    slot = data.draw(st.sampled_from(slots))
    minute = scale.moment(scale.middle(slot))[1]
    label, start = WEEK.slot_label(slot)
    assert scale.slot_at(scale.middle(slot)) == slot
    assert minute % DAY_MINUTES in range(start, start + WEEK.slot_minutes)
    assert label in WEEK.dates


def test_no_interval_lies_beside_the_columns() -> None:
    scale = TimeScale(WEEK, 540, 1320)
    assert scale.slot_at(-0.01) is None
    assert scale.slot_at(7.0) is None
    assert scale.slot_at(0.0) == 540 // WEEK.slot_minutes
