"""What approving a request writes: the agent-weeks and absences that it makes of the roster."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from wfm.calendars import week_of
from wfm.model.people import Agent, Contract, Leave
from wfm.model.request import Request
from wfm.model.roster import AgentWeek, Duty
from wfm.persistence import Store

PAID = ("paid_leave", "special_leave")
"""Absences that count as a worked day of the contract."""

Weeks = Mapping[tuple[str, date], AgentWeek]


@dataclass(frozen=True, slots=True)
class RosterChange:
    """The stored values that a request replaces, and those it puts in their place.

    ``before`` and ``after`` are agent-weeks in the same order; ``leaves`` are new absences.
    """

    before: tuple[AgentWeek, ...]
    after: tuple[AgentWeek, ...]
    leaves: tuple[Leave, ...] = ()


def read_change(store: Store, request: Request) -> RosterChange:
    """Return what a request would change in the roster as it is now."""
    mondays = sorted({week_of(day) for day in request.dates})
    stored = [
        week
        for monday in mondays
        for week in store.where(AgentWeek, since=monday, until=_next(monday))
    ]
    own = {(week.agent, week.start): week for week in stored if week.agent in request.agents}
    if request.kind == "swap":
        return swapped(request, own)
    agent = store.get(Agent, request.agent)
    contract = None if agent is None else store.get(Contract, agent.contract)
    rostered = {week.start for week in stored if week.duties}
    return freed(request, own, contract, rostered)


def swapped(request: Request, weeks: Weeks) -> RosterChange:
    """Let two people do each other's work on the days of a swap.

    What they agreed on is locked, so that building the roster again does not undo it.
    """
    changed: dict[tuple[str, date], AgentWeek] = {}
    for day in request.dates:
        for giver, taker in (request.agents, request.agents[::-1]):
            taken = _on(weeks, giver, day)
            key = (taker, week_of(day))
            week = changed.get(key) or weeks.get(key) or AgentWeek(*key)
            changed[key] = _with_day(week, day, taken)
    return _change(changed, weeks)


def freed(
    request: Request, weeks: Weeks, contract: Contract | None, rostered: Collection[date]
) -> RosterChange:
    """Take somebody's duties off the days of a leave and note the absences.

    In a week with a roster only days with a duty are taken; in one without, every day is kept
    free, at most as many of them as paid days as the contract has working days.
    """
    changed: dict[tuple[str, date], AgentWeek] = {}
    leaves: list[Leave] = []
    ahead: dict[date, list[date]] = {}
    for day in request.dates:
        monday = week_of(day)
        duties = _on(weeks, request.agent, day)
        if duties:
            key = (request.agent, monday)
            changed[key] = (changed.get(key) or weeks[key]).with_days({day}, ())
            leaves.append(_leave(request, day, contract, sum(d.worked_minutes for d in duties)))
        elif monday not in rostered:
            ahead.setdefault(monday, []).append(day)
    for days in ahead.values():
        leaves += _before_the_roster(request, days, contract)
    return replace(_change(changed, weeks), leaves=tuple(sorted(leaves, key=lambda item: item.day)))


def _before_the_roster(
    request: Request, days: list[date], contract: Contract | None
) -> list[Leave]:
    """Return the absences of a week that is not planned yet: weekdays are paid days first."""
    most = 7 if contract is None else contract.week_days_max
    paid = sorted(days, key=lambda day: (day.weekday() >= 5, day))[:most]
    minutes = 0 if contract is None else contract.day_minutes
    return [
        _leave(request, day, contract, minutes)
        if day in paid or request.absence not in PAID
        else Leave(request.agent, day, "day_off", note=request.note)
        for day in days
    ]


def _leave(request: Request, day: date, contract: Contract | None, minutes: int) -> Leave:
    paid = minutes if request.absence in PAID and contract is not None else 0
    return Leave(request.agent, day, request.absence, paid, note=request.note)


def _on(weeks: Weeks, agent: str, day: date) -> tuple[Duty, ...]:
    week = weeks.get((agent, week_of(day)))
    return () if week is None else tuple(duty for duty in week.duties if duty.day == day)


def _with_day(week: AgentWeek, day: date, duties: tuple[Duty, ...]) -> AgentWeek:
    """Return the week with somebody else's duties of a day, locked, or the day locked as off."""
    own = [replace(duty, agent=week.agent, locked=True) for duty in duties]
    off = set(week.locked_off) - {day} if own else {*week.locked_off, day}
    return replace(week.with_days({day}, own), locked_off=tuple(sorted(off)))


def _change(changed: Weeks, weeks: Weeks) -> RosterChange:
    keys = sorted(changed)
    return RosterChange(
        tuple(weeks.get(key) or AgentWeek(*key) for key in keys),
        tuple(changed[key] for key in keys),
    )


def _next(monday: date) -> date:
    return date.fromordinal(monday.toordinal() + 7)
