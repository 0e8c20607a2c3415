"""A roster as calendars: one for everybody, one per team, one per agent.

A duty keeps its identity (UID) from agent and date, so a changed roster that is read again moves
the entry instead of doubling it.  Leave stands in the agent's own calendar only: colleagues need
not know of it.  There are no alarms.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from wfm.clock import Clock, system_clock
from wfm.model.people import Agent, Leave
from wfm.model.roster import Duty
from wfm.model.time import format_iso_week, instant
from wfm.publishing.csv_file import breaks_of
from wfm.publishing.sheet import File, RosterFormat, Sheet, people, team_names
from wfm.publishing.words import absence, hours, label

FIRST_SEQUENCE = datetime(2026, 1, 1, tzinfo=UTC)


def build_ics(sheet: Sheet, language: str, clock: Clock = system_clock) -> tuple[File, ...]:
    """Return the calendar of everybody, then those of teams and of single agents."""
    stamp = clock().replace(microsecond=0)
    week = format_iso_week(sheet.roster.horizon.start)
    shown = people(sheet)
    teams = team_names(sheet)
    calendars = [("", sheet.site.name, shown)]
    calendars += [
        (key, name, tuple(agent for agent in shown if agent.team == key))
        for key, name in teams.items()
    ]
    files, used = [], set[str]()
    for key, title, agents in calendars:
        if agents or not key:
            text = _team_calendar(sheet, title, agents, language, stamp)
            files.append((_file_name(f"roster-{week}", key and f"team-{title}", used), text))
    for agent in shown:
        text = _agent_calendar(sheet, agent, language, stamp)
        files.append((_file_name(f"roster-{week}", agent.number or agent.key, used), text))
    return tuple(files)


def _team_calendar(
    sheet: Sheet, title: str, agents: Iterable[Agent], language: str, stamp: datetime
) -> bytes:
    calendar = _calendar(sheet, f"{title} {label('roster', language)}")
    for agent in agents:
        for duty in sheet.roster.of_agent(agent.key):
            _add_duty(calendar, sheet, agent, duty, f"{agent.name} ", language, stamp)
    return _bytes(calendar)


def _agent_calendar(sheet: Sheet, agent: Agent, language: str, stamp: datetime) -> bytes:
    calendar = _calendar(sheet, f"{agent.name} {label('roster', language)}")
    for duty in sheet.roster.of_agent(agent.key):
        _add_duty(calendar, sheet, agent, duty, "", language, stamp)
    for leave in sheet.roster.absences:
        if leave.agent == agent.key and leave.approved and leave.kind != "day_off":
            _add_leave(calendar, sheet, agent, leave, language, stamp)
    return _bytes(calendar)


def _calendar(sheet: Sheet, title: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Toban//Roster//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    calendar.add("x-wr-timezone", sheet.roster.horizon.zone)
    return calendar


def _add_duty(
    calendar: Calendar,
    sheet: Sheet,
    agent: Agent,
    duty: Duty,
    who: str,
    language: str,
    stamp: datetime,
) -> None:
    kinds = {kind.key: kind.name for kind in sheet.shift_kinds}
    zone = sheet.roster.horizon.zone
    event = _event(agent, duty.day, "duty", stamp)
    what = kinds.get(duty.kind) or duty.letter or label("shift", language)
    event.add("summary", f"{who}{what} {hours(duty.start)}–{hours(duty.end)}")
    event.add("dtstart", instant(duty.day, duty.start, zone).astimezone(ZoneInfo(zone)))
    event.add("dtend", instant(duty.day, duty.end, zone).astimezone(ZoneInfo(zone)))
    rests = [
        f"{label(name, language)} {text}"
        for name, paid in (("breaks", False), ("paid_breaks", True))
        if (text := breaks_of(duty, paid=paid))
    ]
    if rests:
        event.add("description", "\n".join(rests))
    calendar.add_component(event)


def _add_leave(
    calendar: Calendar,
    sheet: Sheet,
    agent: Agent,
    leave: Leave,
    language: str,
    stamp: datetime,
) -> None:
    horizon = sheet.roster.horizon
    if not horizon.start <= leave.day < horizon.end:
        return
    event = _event(agent, leave.day, "leave", stamp)
    event.add("summary", absence(leave.kind, language)[1])
    event.add("dtstart", leave.day)
    event.add("dtend", leave.day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    calendar.add_component(event)


def _event(agent: Agent, day: date, what: str, stamp: datetime) -> Event:
    """Return an event with its identity; a later export has a higher sequence."""
    person = hashlib.sha256(f"{agent.key}\n{agent.number}".encode()).hexdigest()[:16]
    event = Event()
    event.add("uid", f"{what}-{day:%Y%m%d}-{person}@toban")
    event.add("dtstamp", stamp)
    event.add("sequence", max(0, int((stamp - FIRST_SEQUENCE).total_seconds()) // 60))
    return event


def _bytes(calendar: Calendar) -> bytes:
    calendar.add_missing_timezones()
    text: bytes = calendar.to_ical()
    return text


def _file_name(start: str, rest: str, used: set[str]) -> str:
    """Return a name that every file system takes and no other file of the export has."""
    kept = re.sub(r"[^\w-]+", "_", rest).strip("_")[:60]
    base = f"{start}-{kept}" if kept else start
    name, number = f"{base}.ics", 1
    while name.casefold() in used:
        number += 1
        name = f"{base}-{number}.ics"
    used.add(name.casefold())
    return name


ICS = RosterFormat("ics", build_ics)
