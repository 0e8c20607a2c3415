"""Wage months by closing day, and weeks by their first day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfm.calendars import next_week_start, wage_month, wage_month_of, week_of, week_starts
from wfm.model.time import next_month

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("month", "closing", "first", "last"),
    [
        (date(2026, 11, 9), 31, date(2026, 11, 1), date(2026, 11, 30)),
        (date(2026, 11, 9), 20, date(2026, 10, 21), date(2026, 11, 20)),
        (date(2026, 1, 1), 15, date(2025, 12, 16), date(2026, 1, 15)),
        (date(2026, 2, 1), 30, date(2026, 1, 31), date(2026, 2, 28)),
        (date(2026, 3, 1), 30, date(2026, 3, 1), date(2026, 3, 30)),
        (date(2028, 3, 1), 29, date(2028, 3, 1), date(2028, 3, 29)),
    ],
)
def test_a_wage_month_ends_on_its_closing_day(
    month: date, closing: int, first: date, last: date
) -> None:
    assert wage_month(month, closing) == (first, last)


@given(DAYS, st.integers(0, 200), st.integers(1, 31))
def test_wage_months_follow_each_other_without_gap_and_hold_the_period(
    first: date, length: int, closing: int
) -> None:
    last = first + timedelta(days=length)
    month = first.replace(day=1)
    if wage_month(month, closing)[1] < first:
        month = next_month(month)
    found = [wage_month(month, closing)]
    while found[-1][1] < last:
        month = next_month(month)
        found.append(wage_month(month, closing))
    assert found[0][0] <= first <= found[0][1]
    assert found[-1][0] <= last <= found[-1][1]
    for (_, end), (start, _) in pairwise(found):
        assert start == end + timedelta(days=1)


@given(DAYS, st.integers(0, 6))
def test_a_week_starts_on_the_chosen_weekday_and_holds_its_day(day: date, week_start: int) -> None:
    start = week_of(day, week_start)
    assert start.weekday() == week_start
    assert 0 <= (day - start).days < 7
    assert next_week_start(day, week_start) == start + timedelta(days=7)


def test_the_weeks_of_a_month_include_those_that_straddle_its_ends() -> None:
    found = list(week_starts(date(2026, 11, 1), date(2026, 11, 30)))
    assert found[0] == date(2026, 10, 26)
    assert found[-1] == date(2026, 11, 30)
    assert len(found) == 6
    sundays = list(week_starts(date(2026, 11, 1), date(2026, 11, 30), 6))
    assert (sundays[0], sundays[-1], len(sundays)) == (date(2026, 11, 1), date(2026, 11, 29), 5)


@given(DAYS, st.integers(1, 31))
def test_every_day_lies_in_the_wage_month_that_is_named_for_it(day: date, closing: int) -> None:
    first, last = wage_month(wage_month_of(day, closing), closing)
    assert first <= day <= last
