"""Weeks that begin on the weekday the site chose (statutory weeks often begin on Sunday)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

WEEK = timedelta(days=7)


def week_of(day: date, week_start: int = 0) -> date:
    """Return the first day of the week that holds ``day``; ``week_start`` 0 = Monday."""
    return day - timedelta(days=(day.weekday() - week_start) % 7)


def next_week_start(day: date, week_start: int = 0) -> date:
    """Return the first day of the week after the one that holds ``day``."""
    return week_of(day, week_start) + WEEK


def week_starts(first: date, last: date, week_start: int = 0) -> Iterator[date]:
    """Yield the first day of every week that holds a day of ``first … last``."""
    start = week_of(first, week_start)
    while start <= last:
        yield start
        start += WEEK
