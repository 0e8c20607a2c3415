"""Requests that wait for a decision in the sample: swaps of this week and leave not yet decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone

from wfm.model.people import Agent, Leave
from wfm.model.request import Request
from wfm.model.roster import AgentWeek, Duty
from wfm.model.time import DAY_MINUTES, days_from
from wfm.samples.duties import REST_MINUTES
from wfm.samples.tables import Tables

_JAPAN = timezone(timedelta(hours=9))

Roster = dict[tuple[str, date], Duty]


def open_requests(
    tables: Tables,
    agents: Sequence[Agent],
    weeks: Iterable[AgentWeek],
    leaves: Iterable[Leave],
    as_of: date,
    week_end: date,
) -> tuple[Request, ...]:
    """Return a swap that keeps the rest between shifts, one that breaks it, and leave.

    Swaps are of the days after ``as_of`` before ``week_end``; there are fewer where the roster has
    no such pair.  Leave that nobody has approved yet is asked for as well.
    """
    roster = {(duty.agent, duty.day): duty for week in weeks for duty in week.duties}
    days = tuple(days_from(as_of + timedelta(days=1), max((week_end - as_of).days - 1, 0)))
    found: list[Request] = []
    busy: set[str] = set()
    for keeps_rest, note in ((True, "school"), (False, "family")):
        pair = next(_pairs(agents, roster, days, busy, keeps_rest=keeps_rest), None)
        if pair is not None:
            one, other, day = pair
            busy |= {one, other}
            found.append(Request("", "swap", one, day, other, day, note=_text(tables, note)))
    found += _leave_this_week(tables, agents, roster, days[::-1], busy)
    found += [
        Request("", "leave", leave.agent, leave.day, last_day=leave.day, absence=leave.kind)
        for leave in leaves
        if not leave.approved
    ]
    return tuple(_entered(found, agents, as_of))


def _pairs(
    agents: Sequence[Agent], roster: Roster, days: Sequence[date], busy: set[str],
    *, keeps_rest: bool,
) -> Iterator[tuple[str, str, date]]:  # fmt: skip
    """Yield two full-timers of a team who work early and late on a day."""
    full = [agent for agent in agents if agent.contract == "full" and agent.role == "agent"]
    for one in full:
        for other in full:
            if one.team != other.team or {one.key, other.key} & busy:
                continue
            for day in days:
                first, second = roster.get((one.key, day)), roster.get((other.key, day))
                if first is None or second is None or not first.start < second.start - 120:
                    continue
                rested = _rested(roster, one.key, second) and _rested(roster, other.key, first)
                if rested == keeps_rest:
                    yield one.key, other.key, day


def _rested(roster: Roster, agent: str, duty: Duty) -> bool:
    """Tell whether somebody could take a duty with the usual rest before and after it."""
    before = roster.get((agent, duty.day - timedelta(days=1)))
    after = roster.get((agent, duty.day + timedelta(days=1)))
    return (before is None or before.end + REST_MINUTES <= duty.start + DAY_MINUTES) and (
        after is None or duty.end + REST_MINUTES <= after.start + DAY_MINUTES
    )


def _leave_this_week(
    tables: Tables, agents: Sequence[Agent], roster: Roster, days: Sequence[date], busy: set[str]
) -> list[Request]:
    note = _text(tables, "leave")
    for day in days:
        for agent in agents:
            if agent.role == "agent" and agent.key not in busy and (agent.key, day) in roster:
                return [
                    Request(
                        "", "leave", agent.key, day, last_day=day, absence="paid_leave", note=note
                    )
                ]
    return []


def _entered(
    requests: Sequence[Request], agents: Sequence[Agent], as_of: date
) -> Iterator[Request]:
    """Number the requests and say that the team's supervisor entered each."""
    teams = {agent.key: agent.team for agent in agents}
    leads = {agent.team: agent.name for agent in agents if agent.role == "supervisor"}
    evening = datetime.combine(as_of - timedelta(days=1), time(17, 30), _JAPAN)
    for place, item in enumerate(requests):
        moment = evening + timedelta(minutes=7 * place)
        yield Request(
            f"r{place + 1:04d}", item.kind, item.agent, item.day, item.other, item.other_day,
            item.last_day, item.absence, item.note,
            entered_at=moment.astimezone(UTC).isoformat(timespec="seconds"),
            entered_by=leads.get(teams[item.agent], ""),
        )  # fmt: skip


def _text(tables: Tables, name: str) -> str:
    return tables.text(tables.centre["texts"][f"request_{name}"])
