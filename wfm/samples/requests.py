"""Leave and wishes of the sample's people: what was taken, what is approved, what is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np

from wfm.model.people import Agent, Availability, Contract, Leave, Wish
from wfm.model.roster import AgentWeek
from wfm.model.time import days_from
from wfm.samples.events import is_year_end
from wfm.samples.tables import Tables

COMING_WEEKS = 5
_TAKEN_SHARE = 0.035
_APPROVED_PER_WEEK = 9
_PENDING = 4
_OFF_WISHES_PER_WEEK = 14
_WINDOW_WISHES_PER_WEEK = 6
_EARLY, _LATE = (0, 1080), (720, 2880)


def leaves_taken(
    tables: Tables,
    weeks: Iterable[AgentWeek],
    agents: Sequence[Agent],
    rng: np.random.Generator,
) -> tuple[Leave, ...]:
    """Return paid leave on days of the rotation, at most one a week and person."""
    text = tables.text(tables.centre["texts"]["leave"])
    granted = {agent.key for agent in agents if agent.role != "trainee"}
    result = []
    for week in weeks:
        draw, pick = rng.random(), rng.random()
        if week.agent in granted and week.duties and draw < _TAKEN_SHARE * len(week.duties):
            duty = week.duties[int(pick * len(week.duties))]
            minutes = duty.worked_minutes
            result.append(Leave(duty.agent, duty.day, minutes=minutes, note=text))
    return tuple(result)


def leaves_ahead(
    tables: Tables,
    agents: Sequence[Agent],
    contracts: Iterable[Contract],
    availabilities: Iterable[Availability],
    start: date,
    rng: np.random.Generator,
) -> tuple[Leave, ...]:
    """Return approved leave of five weeks from ``start`` on, and a few requests not yet decided.

    Nobody has more than two days in a week; some take two in a row.
    """
    days = {item.key: item.day_minutes for item in contracts}
    texts = tables.centre["texts"]
    result: dict[tuple[str, date], Leave] = {}
    for week in range(COMING_WEEKS):
        first = start + timedelta(weeks=week)
        chosen = rng.permutation(len(agents))[:_APPROVED_PER_WEEK]
        for turn, place in enumerate(chosen):
            agent = agents[int(place)]
            free = _workable(agent, availabilities, first)
            if agent.role == "trainee" or not free:
                continue
            at = int(rng.integers(len(free)))
            note = texts["special_leave"] if (week, turn) == (1, 0) else texts["leave"]
            kind = "special_leave" if (week, turn) == (1, 0) else "paid_leave"
            for day in free[at : at + 1 + (turn == 1)]:
                leave = Leave(agent.key, day, kind, days[agent.contract], note=tables.text(note))
                result[agent.key, day] = leave
    last = start + timedelta(weeks=COMING_WEEKS - 1)
    for place in rng.permutation(len(agents))[:_PENDING]:
        agent = agents[int(place)]
        free = [day for day in _workable(agent, availabilities, last) if day.weekday() < 5]
        if free and agent.role != "trainee":
            leave = Leave(agent.key, free[-1], "paid_leave", days[agent.contract], approved=False)
            result.setdefault((agent.key, free[-1]), leave)
    return tuple(sorted(result.values(), key=lambda item: (item.day, item.agent)))


def wishes(
    agents: Sequence[Agent],
    availabilities: Iterable[Availability],
    leaves: Iterable[Leave],
    start: date,
    rng: np.random.Generator,
) -> tuple[Wish, ...]:
    """Return wishes for days off, and of full-timers for early or late work, from ``start`` on."""
    taken = {(item.agent, item.day) for item in leaves}
    full = [agent for agent in agents if agent.contract == "full"]
    result: dict[tuple[str, date], Wish] = {}
    for week in range(COMING_WEEKS):
        first = start + timedelta(weeks=week)
        for place in rng.permutation(len(agents))[:_OFF_WISHES_PER_WEEK]:
            agent = agents[int(place)]
            free = _workable(agent, availabilities, first)
            day = free[int(rng.integers(len(free)))] if free else None
            if day and (agent.key, day) not in taken:
                result[agent.key, day] = Wish(agent.key, day)
        for turn, place in enumerate(rng.permutation(len(full))[:_WINDOW_WISHES_PER_WEEK]):
            agent = full[int(place)]
            day = first + timedelta(days=int(rng.integers(7)))
            low, high = (_EARLY, _LATE)[turn % 2]
            if (agent.key, day) not in taken and not is_year_end(day):
                wish = Wish(agent.key, day, "window", low, high, weight=4)
                result.setdefault((agent.key, day), wish)
    return tuple(sorted(result.values(), key=lambda item: (item.day, item.agent)))


def _workable(agent: Agent, availabilities: Iterable[Availability], first: date) -> list[date]:
    """Return the days of the week from ``first`` on which the agent could be asked to work."""
    windows = next((item for item in availabilities if item.agent == agent.key), None)
    return [
        day
        for day in days_from(first, 7)
        if not is_year_end(day) and (windows is None or windows.windows(day) != ())
    ]
