"""One person's wage month: every worked minute in its cell, in order of time."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from wfm.calendars import wage_month, week_of
from wfm.model.people import Agent, Contract, Leave
from wfm.model.roster import Duty
from wfm.model.site import Site
from wfm.model.time import DAY_MINUTES
from wfm.model.worktime import Cell, DayWork, MonthWork
from wfm.worktime.segments import Segment, segments
from wfm.worktime.statutory import statutory_days

DAY_LIMIT = 480
WEEK_LIMIT = 2400
HIGHER_PREMIUM_FROM = 3600
"""Minutes: 8 h a day, 40 h a week (Labour Standards Act, 32); 60 h of overtime a month (37)."""


DAYS_OFF = ("day_off", "compensatory_off", "substitute_off")
"""Approved absences that make a date a company day off, should it be worked all the same."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Worked minutes ``[start, end)`` that fall into one cell, and the limit that put them there.

    ``start`` and ``end`` count from midnight of the operating date ``day``.  ``limit`` is ``""``
    (within the contract), ``contract``, ``day`` (8 h), ``week`` (40 h), ``month`` (60 h of
    overtime) or ``holiday`` (the statutory day off).
    """

    day: date
    start: int
    end: int
    cell: Cell
    limit: str

    @property
    def minutes(self) -> int:
        """Length in minutes."""
        return self.end - self.start


@dataclass(slots=True)
class _Tally:
    """What has been counted so far of the present duty, week and wage month."""

    day: date | None = None
    day_minutes: int = 0
    week: date | None = None
    week_minutes: int = 0
    overtime: int = 0


def month_pieces(
    contract: Contract,
    duties: Iterable[Duty],
    leaves: Iterable[Leave],
    site: Site,
    month: date,
) -> tuple[Piece, ...]:
    """Return the worked stretches of one person's wage month, each in its cell, in order of time.

    ``duties`` are those of the month and of the week before it; the latter count toward the first
    week's 40 h only.  Rules of counting: minutes of a statutory day off go by calendar day and
    into no other limit; all others belong to the day and week in which the duty starts; beyond 8 h
    a day, then beyond 40 h a week (of what is not daily overtime) is overtime, in order of time;
    the 60 h fill from the first day of the wage month.
    """
    first, last = wage_month(month, site.closing_day)
    ordered = sorted(duties, key=lambda duty: (duty.day, duty.start))
    holidays = statutory_days(ordered, site)
    off = {leave.day for leave in leaves if leave.kind in DAYS_OFF and leave.approved}
    tally = _Tally()
    found: list[Piece] = []
    for duty in ordered:
        if duty.day > last:
            break
        for segment in segments(duty):
            pieces = _count(tally, segment, contract, site, segment.calendar_day in holidays, off)
            if first <= duty.day:
                found += _over_60h(tally, pieces)
            else:
                deque(pieces, maxlen=0)
    return tuple(found)


def month_work(
    agent: Agent,
    contract: Contract,
    duties: Iterable[Duty],
    leaves: Iterable[Leave],
    site: Site,
    month: date,
) -> MonthWork:
    """Return the cube of the wage month that ``month`` names: the sum of its pieces."""
    first, last = wage_month(month, site.closing_day)
    own_duties, own_leaves = list(duties), list(leaves)
    cells: dict[date, dict[Cell, int]] = defaultdict(lambda: defaultdict(int))
    for piece in month_pieces(contract, own_duties, own_leaves, site, month):
        cells[piece.day][piece.cell] += piece.minutes
    rests: dict[date, int] = defaultdict(int)
    for duty in own_duties:
        rests[duty.day] += sum(item.length for item in duty.breaks if not item.paid)
    paid_days, paid_minutes, absent = _leave_totals(own_leaves, contract, first, last)
    return MonthWork(
        agent=agent.key,
        month=month.replace(day=1),
        days=tuple(DayWork(day, dict(cells[day]), rests[day]) for day in sorted(cells)),
        paid_leave_days=paid_days,
        paid_leave_minutes=paid_minutes,
        absence_days=absent,
    )


def _count(
    tally: _Tally,
    segment: Segment,
    contract: Contract,
    site: Site,
    holiday: bool,
    off: set[date],
) -> Iterator[Piece]:
    """Yield one stretch of work cut at the limits it crosses."""
    _begin(tally, segment.duty_day, site.week_start)
    day, night = segment.duty_day, segment.night
    start = (segment.calendar_day - day).days * DAY_MINUTES + segment.start
    if holiday:
        cell = Cell("statutory_day_off", "statutory_holiday", night)
        yield Piece(day, start, start + segment.minutes, cell, "holiday")
        return
    kind = "company_day_off" if day in off else "working_day"
    contract_minutes = 0 if kind == "company_day_off" else min(contract.day_minutes, DAY_LIMIT)
    for band, limit, minutes in _bands(tally, segment.minutes, contract_minutes):
        yield Piece(day, start, start + minutes, Cell(kind, band, night), limit)
        start += minutes


def _begin(tally: _Tally, day: date, week_start: int) -> None:
    if tally.day != day:
        tally.day, tally.day_minutes = day, 0
    week = week_of(day, week_start)
    if tally.week != week:
        tally.week, tally.week_minutes = week, 0


def _bands(tally: _Tally, minutes: int, contract_minutes: int) -> Iterator[tuple[str, str, int]]:
    """Split minutes, in order of time, at the contract's day, 8 h a day and 40 h a week."""
    while minutes > 0:
        if tally.day_minutes >= DAY_LIMIT or tally.week_minutes >= WEEK_LIMIT:
            band = "overtime"
            limit = "day" if tally.day_minutes >= DAY_LIMIT else "week"
            part = minutes
            if tally.day_minutes < DAY_LIMIT:
                part = min(part, DAY_LIMIT - tally.day_minutes)
        else:
            inside = tally.day_minutes < contract_minutes
            band, limit = ("contract", "") if inside else ("within_statutory", "contract")
            most = contract_minutes if inside else DAY_LIMIT
            part = min(minutes, most - tally.day_minutes, WEEK_LIMIT - tally.week_minutes)
        if tally.day_minutes < DAY_LIMIT:
            tally.week_minutes += part
        tally.day_minutes += part
        minutes -= part
        yield band, limit, part


def _over_60h(tally: _Tally, pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Split overtime at the month's 60 h; other bands pass."""
    for piece in pieces:
        if piece.cell.band != "overtime":
            yield piece
            continue
        below = min(piece.minutes, max(0, HIGHER_PREMIUM_FROM - tally.overtime))
        tally.overtime += piece.minutes
        if below:
            yield replace(piece, end=piece.start + below)
        if piece.minutes > below:
            above = replace(piece.cell, band="overtime_over_60h")
            yield replace(piece, start=piece.start + below, cell=above, limit="month")


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
