"""What is wrong with a request before anybody decides on it, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from wfm.calendars import week_of
from wfm.clock import Clock
from wfm.messages import Message, message
from wfm.model.people import Agent, Leave
from wfm.model.request import REQUEST_ABSENCES, Request
from wfm.model.roster import AgentWeek, Duty
from wfm.model.site import Site
from wfm.persistence import Store
from wfm.services.session import site_of

LONGEST_LEAVE = 62
"""Days that one request may ask for; longer absences are a matter of the contract."""


@dataclass(frozen=True, slots=True)
class _Roster:
    """The people, duties and absences that a request speaks of."""

    people: dict[str, Agent]
    weeks: tuple[AgentWeek, ...]
    leaves: tuple[Leave, ...]
    open_requests: tuple[Request, ...]

    def name(self, key: str) -> str:
        agent = self.people.get(key)
        return key if agent is None else agent.name or key

    def duties(self, agent: str, day: date) -> tuple[Duty, ...]:
        return tuple(
            duty
            for week in self.weeks
            if week.agent == agent
            for duty in week.duties
            if duty.day == day
        )

    def rostered(self, day: date) -> bool:
        return any(week.duties for week in self.weeks if week.start == week_of(day))

    def away(self, agent: str, day: date) -> bool:
        return any(
            leave.agent == agent and leave.day == day and leave.approved for leave in self.leaves
        )


def today_of(site: Site, clock: Clock) -> date:
    """Return the day that counts as today: the one the data is current to, else the clock's."""
    return site.as_of or clock().astimezone(ZoneInfo(site.zone)).date()


def faults(store: Store, request: Request, clock: Clock) -> tuple[Message, ...]:
    """Return why a request cannot be entered or carried out; nothing if it can."""
    today = today_of(site_of(store), clock)
    roster = _read(store, request)
    found = [*_of_people(request, roster), *_of_days(request, roster, today)]
    if found:
        return tuple(found)
    found += _of_swap(request, roster) if request.kind == "swap" else _of_leave(request, roster)
    return tuple(found)


def _read(store: Store, request: Request) -> _Roster:
    mondays = {week_of(day) for day in request.dates[: LONGEST_LEAVE + 1]}
    last = request.dates[-1] + timedelta(days=1)
    return _Roster(
        {item.key: item for item in store.all(Agent)},
        tuple(
            week
            for monday in sorted(mondays)
            for week in store.where(AgentWeek, since=monday, until=monday + timedelta(days=7))
        ),
        store.where(Leave, since=request.dates[0], until=last),
        tuple(item for item in store.where(Request, state="open") if item.key != request.key),
    )


def _of_people(request: Request, roster: _Roster) -> Iterator[Message]:
    for key in (request.agent, request.other) if request.kind == "swap" else (request.agent,):
        if not key:
            yield message("Choose the person.")
        elif key not in roster.people:
            yield message("There is nobody “{agent}” in this centre.", agent=key)
        else:
            for day in request.dates[: LONGEST_LEAVE + 1]:
                if not roster.people[key].employed_on(day):
                    yield message(
                        "{name} is not employed on {day}.", name=roster.name(key), day=day
                    )
                    break
    if request.kind == "swap" and request.agent and request.agent == request.other:
        yield message(
            "{name} cannot swap with themselves. Choose somebody else.",
            name=roster.name(request.agent),
        )


def _of_days(request: Request, _roster: _Roster, today: date) -> Iterator[Message]:
    if request.kind == "leave" and (request.last_day or request.day) < request.day:
        yield message("The last day of the leave lies before the first one.")
    if len(request.dates) > LONGEST_LEAVE:
        yield message(
            "A request covers at most {count} days; note longer absences with the person.",
            count=LONGEST_LEAVE,
        )
    past = [day for day in request.dates if day < today]
    if past:
        yield message(
            "{day} is past (today is {today}). What was worked is not changed by a request.",
            day=past[0],
            today=today,
        )


def _of_swap(request: Request, roster: _Roster) -> Iterator[Message]:
    for day in request.dates:
        if not roster.rostered(day):
            yield message("There is no roster for {day} yet, so there is nothing to swap.", day=day)
            return
    yield from _of_shifts(request, roster)
    for key in request.agents:
        for day in request.dates:
            if roster.away(key, day):
                yield message("{name} is on leave on {day}.", name=roster.name(key), day=day)
    for item in roster.open_requests:
        if item.kind == "swap" and _ends(item) == _ends(request):
            yield message("The same swap is open already ({key}).", key=item.key)


def _of_shifts(request: Request, roster: _Roster) -> Iterator[Message]:
    """Yield why there is nothing to exchange."""
    first, second = request.day, request.other_day or request.day
    name, other = roster.name(request.agent), roster.name(request.other)
    own, others = roster.duties(request.agent, first), roster.duties(request.other, second)
    if first != second:
        for who, day, duties in ((name, first, own), (other, second, others)):
            if not duties:
                yield message("{name} has no shift on {day}.", name=who, day=day)
    elif not own and not others:
        yield message(
            "{name} and {other} are both off on {day}, so there is nothing to swap.",
            name=name,
            other=other,
            day=first,
        )
    elif _content(own) == _content(others):
        yield message(
            "{name} and {other} have the same shift on {day}; a swap would change nothing.",
            name=name,
            other=other,
            day=first,
        )


def _of_leave(request: Request, roster: _Roster) -> Iterator[Message]:
    name = roster.name(request.agent)
    if request.absence not in REQUEST_ABSENCES:
        yield message("There is no leave of the kind “{kind}”.", kind=request.absence)
    away = [day for day in request.dates if roster.away(request.agent, day)]
    if away:
        yield message("{name} is on leave on {day} already.", name=name, day=away[0])
    elif not any(
        roster.duties(request.agent, day) or not roster.rostered(day) for day in request.dates
    ):
        yield message("{name} is off on these days anyway.", name=name)
    for item in roster.open_requests:
        if (
            item.kind == "leave"
            and item.agent == request.agent
            and set(item.dates) & set(request.dates)
        ):
            yield message(
                "Leave of {name} on these days is asked for already ({key}).",
                name=name,
                key=item.key,
            )


def _content(duties: tuple[Duty, ...]) -> list[tuple[object, ...]]:
    return [(duty.start, duty.end, duty.kind, duty.breaks) for duty in duties]


def _ends(request: Request) -> frozenset[tuple[str, date]]:
    """Return who gives what day; the same for a swap told by the other person."""
    return frozenset(
        ((request.agent, request.day), (request.other, request.other_day or request.day))
    )
