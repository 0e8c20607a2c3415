"""A slow restatement of the worked-time cube: walks through every minute with a calendar clock."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from wfm.model.people import Contract, Leave
from wfm.model.roster import Duty
from wfm.model.site import Site

MINUTE = timedelta(minutes=1)


def worked_minutes(duty: Duty) -> list[datetime]:
    """Return the moment at which every worked minute of a duty begins."""
    midnight = datetime.combine(duty.day, time())
    return [
        midnight + minute * MINUTE
        for minute in range(duty.start, duty.end)
        if not any(item.start <= minute < item.end for item in duty.breaks if not item.paid)
    ]


def week_of(day: date, site: Site) -> date:
    while day.weekday() != site.week_start:
        day -= timedelta(days=1)
    return day


def holidays_of(duties: Sequence[Duty], site: Site) -> set[date]:
    """Return the statutory days off; without a fixed weekday the last of a week all worked."""
    touched = {moment.date() for duty in duties for moment in worked_minutes(duty)}
    if site.statutory_day_off < 7:
        return {day for day in touched if day.weekday() == site.statutory_day_off}
    weeks = defaultdict(set)
    for day in touched:
        weeks[week_of(day, site)].add(day)
    return {max(days) for days in weeks.values() if len(days) == 7}


def cube(
    duties: Sequence[Duty], leaves: Sequence[Leave], contract: Contract, site: Site,
    first: date, last: date,
) -> Counter[tuple[date, str, str, bool]]:  # fmt: skip
    """Return minutes by (operating date, day kind, band, night) of the days ``first`` to ``last``.

    Within the 8 h and 40 h, minutes up to the contract's day are contract time, except on a
    company day off.
    """
    holidays = holidays_of(duties, site)
    kinds = {"day_off", "compensatory_off", "substitute_off"}
    off = {leave.day for leave in leaves if leave.kind in kinds and leave.approved}
    of_day: Counter[date] = Counter()
    of_week: Counter[date] = Counter()
    overtime = 0
    result: Counter[tuple[date, str, str, bool]] = Counter()
    for duty in sorted(duties, key=lambda item: (item.day, item.start)):
        for moment in worked_minutes(duty):
            night = moment.hour >= 22 or moment.hour < 5
            if moment.date() in holidays:
                cell = (duty.day, "statutory_day_off", "statutory_holiday", night)
                result[cell] += first <= duty.day <= last
                continue
            kind = "company_day_off" if duty.day in off else "working_day"
            usual = 0 if kind == "company_day_off" else contract.day_minutes
            of_day[duty.day] += 1
            if of_day[duty.day] > 480:
                band = "overtime"
            else:
                week = week_of(duty.day, site)
                of_week[week] += 1
                within = "contract" if of_day[duty.day] <= usual else "within_statutory"
                band = "overtime" if of_week[week] > 2400 else within
            if first <= duty.day <= last:
                overtime += band == "overtime"
                if band == "overtime" and overtime > 3600:
                    band = "overtime_over_60h"
                result[duty.day, kind, band, night] += 1
    return Counter({cell: minutes for cell, minutes in result.items() if minutes})
