"""Wage months: the period that ends on the closing day (締日) of the month it is named after."""

from __future__ import annotations

from datetime import date, timedelta

from wfm.model.time import next_month


def wage_month(month: date, closing_day: int = 31) -> tuple[date, date]:
    """Return the first and last day of the wage month named after the month of ``month``.

    Closing day 31 means month end: 1 to 30 November for November; closing day 20: 21 October to 20
    November.  A closing day that a month lacks (30 in February) is the month's last day.
    """
    first = month.replace(day=1)
    before = first - timedelta(days=1)
    return _closing(before, closing_day) + timedelta(days=1), _closing(first, closing_day)


def wage_month_of(day: date, closing_day: int = 31) -> date:
    """Return the first day of the month after which the wage month that holds ``day`` is named."""
    month = day.replace(day=1)
    return month if day <= wage_month(month, closing_day)[1] else next_month(month)


def _closing(month: date, closing_day: int) -> date:
    month_end = next_month(month) - timedelta(days=1)
    return month_end.replace(day=min(closing_day, month_end.day))
