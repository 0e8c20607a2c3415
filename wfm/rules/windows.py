"""Stretches of days over which rules count: weeks, four weeks, and wage months.

What lies before the horizon is the past; what lies after it is still free.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from wfm.calendars import wage_month, wage_month_of, week_of, week_starts
from wfm.model.roster import Duty
from wfm.model.time import days_from
from wfm.rules.context import RuleContext

FOUR_WEEKS = 28
ANY_MONDAY = date(2024, 1, 1)
"""From here four weeks are counted where the work rules do not say from when."""


@dataclass(frozen=True, slots=True)
class Window:
    """``days`` days from ``first``; ``places`` are those in the horizon, ``ahead`` come after."""

    first: date
    days: int
    places: tuple[int, ...]
    ahead: int

    @property
    def end(self) -> date:
        """First date after the window."""
        return self.first + timedelta(days=self.days)

    def past(self, context: RuleContext) -> tuple[Duty, ...]:
        """Return the duties of the window before the horizon."""
        return tuple(duty for duty in context.past if self.first <= duty.day < self.end)

    def known(self) -> Iterator[date]:
        """Yield its dates up to the end of the horizon."""
        return iter(days_from(self.first, self.days - self.ahead))


def weeks(context: RuleContext) -> Iterator[Window]:
    """Yield the site's weeks that touch the horizon."""
    last = context.horizon.end - timedelta(days=1)
    for first in week_starts(context.horizon.start, last, context.site.week_start):
        yield _window(context, first, 7)


def four_weeks(context: RuleContext) -> Iterator[Window]:
    """Yield the blocks of four weeks that touch the horizon, counted as the work rules say."""
    origin = context.site.four_weeks_from or week_of(ANY_MONDAY, context.site.week_start)
    back = (context.horizon.start - origin).days % FOUR_WEEKS
    first = context.horizon.start - timedelta(days=back)
    while first < context.horizon.end:
        yield _window(context, first, FOUR_WEEKS)
        first += timedelta(days=FOUR_WEEKS)


def wage_months(context: RuleContext) -> Iterator[Window]:
    """Yield the wage months that touch the horizon."""
    closing = context.site.closing_day
    day = context.horizon.start
    while day < context.horizon.end:
        first, last = wage_month(wage_month_of(day, closing), closing)
        yield _window(context, first, (last - first).days + 1)
        day = last + timedelta(days=1)


def _window(context: RuleContext, first: date, days: int) -> Window:
    start = context.horizon.day_index(first)
    places = range(max(start, 0), min(start + days, context.horizon.days))
    return Window(first, days, tuple(places), max(0, start + days - context.horizon.days))
