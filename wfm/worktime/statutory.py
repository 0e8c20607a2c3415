"""Which calendar days are a person's statutory days off (法定休日)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from wfm.calendars import week_of
from wfm.model.roster import Duty
from wfm.model.site import Site
from wfm.worktime.segments import segments

NOT_FIXED = 7


def statutory_days(duties: Iterable[Duty], site: Site) -> frozenset[date]:
    """Return the statutory days off on which one of the duties works.

    Where the work rules fix a weekday, every such day; where they do not, the last day of a week
    that has work on all seven calendar days.
    """
    worked = {item.calendar_day for duty in duties for item in segments(duty)}
    if site.statutory_day_off != NOT_FIXED:
        return frozenset(day for day in worked if day.weekday() == site.statutory_day_off)
    found = set()
    for day in worked:
        first = week_of(day, site.week_start)
        week = {first + timedelta(days=offset) for offset in range(7)}
        if week <= worked:
            found.add(first + timedelta(days=6))
    return frozenset(found)
