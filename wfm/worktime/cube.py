"""One person's wage month: every worked minute in its cell, in order of time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from wfm.calendars import wage_month, week_of
from wfm.model.people import Agent, Contract, Leave
from wfm.model.roster import Duty
from wfm.model.site import Site
from wfm.model.worktime import Cell, DayWork, MonthWork
from wfm.worktime.segments import Segment, segments
from wfm.worktime.statutory import statutory_days

DAY_LIMIT = 480
WEEK_LIMIT = 2400
HIGHER_PREMIUM_FROM = 3600
"""Minutes: 8 h a day, 40 h a week (Labour Standards Act, 32); 60 h of overtime a month (37)."""


DAYS_OFF = ("day_off", "compensatory_off", "substitute_off")
"""Approved absences that make a date a company day off, should it be worked all the same."""


@dataclass(slots=True)
class _Tally:
    """What has been counted so far of the present duty, week and wage month."""

    day: date | None = None
    day_minutes: int = 0
    week: date | None = None
    week_minutes: int = 0
    overtime: int = 0
    cells: dict[date, dict[Cell, int]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(int))
    )


def month_work(
    agent: Agent,
    contract: Contract,
    duties: Iterable[Duty],
    leaves: Iterable[Leave],
    site: Site,
    month: date,
) -> MonthWork:
    """Return the cube of the wage month that ``month`` names.

    ``duties`` are one person's, those of the month and of the week before it; the latter count
    toward the first week's 40 h only.  Rules of counting: minutes of a statutory day off go by
    calendar day and into no other limit; all others belong to the day and week in which the duty
    starts; beyond 8 h a day, then beyond 40 h a week (of what is not daily overtime) is overtime,
    in order of time; the 60 h fill from the first day of the wage month.
    """
    first, last = wage_month(month, site.closing_day)
    ordered = sorted(duties, key=lambda duty: (duty.day, duty.start))
    holidays = statutory_days(ordered, site)
    own_leaves = list(leaves)
    off = {leave.day for leave in own_leaves if leave.kind in DAYS_OFF and leave.approved}
    tally = _Tally()
    for duty in ordered:
        if duty.day > last:
            break
        inside = first <= duty.day
        for segment in segments(duty):
            _count(tally, segment, contract, site, inside, segment.calendar_day in holidays, off)
    paid_days, paid_minutes, absent = _leave_totals(own_leaves, contract, first, last)
    return MonthWork(
        agent=agent.key,
        month=month.replace(day=1),
        days=tuple(_days(tally, ordered, first, last)),
        paid_leave_days=paid_days,
        paid_leave_minutes=paid_minutes,
        absence_days=absent,
    )


def _count(
    tally: _Tally,
    segment: Segment,
    contract: Contract,
    site: Site,
    inside: bool,
    holiday: bool,
    off: set[date],
) -> None:
    """Put one stretch of work into its cells."""
    _begin(tally, segment.duty_day, site.week_start)
    if holiday:
        if inside:
            cell = Cell("statutory_day_off", "statutory_holiday", segment.night)
            tally.cells[segment.duty_day][cell] += segment.minutes
        return
    kind = "company_day_off" if segment.duty_day in off else "working_day"
    contract_minutes = 0 if kind == "company_day_off" else min(contract.day_minutes, DAY_LIMIT)
    for band, minutes in _bands(tally, segment.minutes, contract_minutes):
        if inside:
            for name, part in _over_60h(tally, band, minutes):
                tally.cells[segment.duty_day][Cell(kind, name, segment.night)] += part


def _begin(tally: _Tally, day: date, week_start: int) -> None:
    if tally.day != day:
        tally.day, tally.day_minutes = day, 0
    week = week_of(day, week_start)
    if tally.week != week:
        tally.week, tally.week_minutes = week, 0


def _bands(tally: _Tally, minutes: int, contract_minutes: int) -> Iterator[tuple[str, int]]:
    """Split minutes, in order of time, at the contract's day, 8 h a day and 40 h a week."""
    while minutes > 0:
        if tally.day_minutes >= DAY_LIMIT or tally.week_minutes >= WEEK_LIMIT:
            band = "overtime"
            part = minutes
            if tally.day_minutes < DAY_LIMIT:
                part = min(part, DAY_LIMIT - tally.day_minutes)
        else:
            limit = contract_minutes if tally.day_minutes < contract_minutes else DAY_LIMIT
            band = "contract" if tally.day_minutes < contract_minutes else "within_statutory"
            part = min(minutes, limit - tally.day_minutes, WEEK_LIMIT - tally.week_minutes)
        if tally.day_minutes < DAY_LIMIT:
            tally.week_minutes += part
        tally.day_minutes += part
        minutes -= part
        yield band, part


def _over_60h(tally: _Tally, band: str, minutes: int) -> Iterator[tuple[str, int]]:
    """Split overtime at the month's 60 h; other bands pass."""
    if band != "overtime":
        yield band, minutes
        return
    below = min(minutes, max(0, HIGHER_PREMIUM_FROM - tally.overtime))
    tally.overtime += minutes
    if below:
        yield "overtime", below
    if minutes > below:
        yield "overtime_over_60h", minutes - below


def _days(tally: _Tally, duties: list[Duty], first: date, last: date) -> Iterator[DayWork]:
    rests: dict[date, int] = defaultdict(int)
    for duty in duties:
        rests[duty.day] += sum(item.length for item in duty.breaks if not item.paid)
    for day in sorted(tally.cells):
        if first <= day <= last:
            yield DayWork(day, dict(tally.cells[day]), rests[day])


def _leave_totals(
    leaves: list[Leave], contract: Contract, first: date, last: date
) -> tuple[float, int, int]:
    days, minutes, absent = 0.0, 0, 0
    for leave in leaves:
        if not first <= leave.day <= last or not leave.approved:
            continue
        if leave.kind == "paid_leave":
            days, minutes = days + 1, minutes + (leave.minutes or contract.day_minutes)
        elif leave.kind == "half_leave":
            days, minutes = days + 0.5, minutes + (leave.minutes or contract.day_minutes // 2)
        elif leave.kind == "absence":
            absent += 1
    return days, minutes, absent
