"""Wall-clock minutes, weeks and the interval grid."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfm.errors import WfmError
from wfm.model.time import (
    Horizon,
    format_clock,
    format_iso_week,
    instant,
    next_month,
    parse_clock,
    parse_iso_week,
    parse_month,
    week_horizon,
)


@given(st.integers(0, 48 * 60))
def test_a_clock_text_and_its_minutes_are_inverse(minutes: int) -> None:
    assert parse_clock(format_clock(minutes)) == minutes


@pytest.mark.parametrize("text", ["", "9", "9:5", "48:01", "-1:00", "9:60", "nine"])
def test_a_text_that_is_no_time_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(WfmError, match="not a time"):
        parse_clock(text)


def test_25_oclock_is_one_oclock_of_the_next_day() -> None:
    assert instant(date(2026, 12, 1), parse_clock("25:00"), "Asia/Tokyo") == datetime(
        2026, 12, 1, 16, tzinfo=UTC
    )


def test_a_night_shift_across_the_autumn_clock_change_is_an_hour_longer() -> None:
    day = date(2026, 10, 24)
    length = instant(day, 30 * 60, "Europe/London") - instant(day, 22 * 60, "Europe/London")
    assert length == timedelta(hours=9)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_the_iso_week_of_a_day_starts_on_the_monday_before_it(day: date) -> None:
    assert parse_iso_week(format_iso_week(day)) == day - timedelta(days=day.weekday())


@pytest.mark.parametrize("text", ["2026-W54", "2025-W53", "2026W00", "W49", "2026-49"])
def test_a_text_that_is_no_iso_week_is_refused(text: str) -> None:
    with pytest.raises(WfmError, match="ISO week"):
        parse_iso_week(text)


def test_months_are_read_and_followed_across_the_year() -> None:
    assert next_month(parse_month("2026-12")) == date(2027, 1, 1)
    with pytest.raises(WfmError, match="not a month"):
        parse_month("2026-13")


def test_the_grid_counts_from_midnight_of_the_first_day() -> None:
    week = week_horizon(date(2026, 11, 30))
    assert (week.slots_per_day, week.slots, week.end) == (96, 672, date(2026, 12, 7))
    assert week.slot_label(96 + 36) == (date(2026, 12, 1), 540)


@pytest.mark.parametrize(("days", "slot"), [(0, 15), (7, 7), (400, 15)])
def test_an_impossible_horizon_is_refused(days: int, slot: int) -> None:
    with pytest.raises(WfmError):
        Horizon(date(2026, 11, 30), days, slot)
