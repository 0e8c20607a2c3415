"""Days on which money moves in Japan (五十日) and business days counted within a month.

五十日 are the 5th, 10th, 15th, 20th, 25th and the last day of a month.  Payments due on a closed
day are made on the open day before it, and contacts follow.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from datetime import date, timedelta

from wfm.model.time import days_from, next_month

SETTLEMENT_DAYS = (5, 10, 15, 20, 25)

IsOpen = Callable[[date], bool]
"""Tells whether business is done on a day."""

_LONGEST_CLOSURE = 31


def bank_days(holidays: Container[date]) -> IsOpen:
    """Return the test for days on which Japanese banks are open.

    Monday to Friday, except public holidays and 31 December to 3 January (銀行法施行令 5条).
    """

    def is_open(day: date) -> bool:
        year_end = (day.month, day.day) in {(12, 31), (1, 1), (1, 2), (1, 3)}
        return day.weekday() < 5 and day not in holidays and not year_end

    return is_open


def settlement_days(
    first: date, last: date, is_open: IsOpen, *, moved_back: bool = True
) -> frozenset[date]:
    """Return the 五十日 that fall within ``first … last`` after moving them off closed days.

    ``moved_back`` moves to the open day before (payments), otherwise to the one after (direct
    debits).  A nominal day outside the range counts when it moves into it.
    """
    step = timedelta(days=-1 if moved_back else 1)
    month = (first.replace(day=1) - timedelta(days=1)).replace(day=1)
    found = set()
    while month <= last + timedelta(days=_LONGEST_CLOSURE):
        month_end = next_month(month) - timedelta(days=1)
        for day in (*(month.replace(day=number) for number in SETTLEMENT_DAYS), month_end):
            found.add(_nearest(day, step, is_open))
        month = next_month(month)
    return frozenset(day for day in found if day is not None and first <= day <= last)


def business_day_of_month(day: date, is_open: IsOpen) -> tuple[int, int]:
    """Return how many open days of its month lie up to ``day`` and from ``day`` on.

    ``(1, 22)`` is the first of 22 open days and ``(22, 1)`` the last.  On a closed day the counts
    leave the day itself out.
    """
    first = day.replace(day=1)
    month = [item for item in days_from(first, (next_month(first) - first).days) if is_open(item)]
    return sum(item <= day for item in month), sum(item >= day for item in month)


def _nearest(day: date, step: timedelta, is_open: IsOpen) -> date | None:
    for _ in range(_LONGEST_CLOSURE):
        if is_open(day):
            return day
        day += step
    return None
