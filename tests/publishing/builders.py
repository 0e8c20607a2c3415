"""A small centre's week, as the services hand it to the published forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from wfm.clock import fixed_clock
from wfm.model.activity import ShiftKind
from wfm.model.people import Agent, Leave, Team
from wfm.model.roster import Duty, PlacedBreak, Roster
from wfm.model.site import Site
from wfm.model.time import Horizon

MONDAY = date(2026, 11, 30)
NOW = fixed_clock(datetime(2026, 11, 23, 9, 30, 15, 42, tzinfo=UTC))

EARLY = ShiftKind("early", "早番", "早", 480, 540, 30, (540,))
LATE = ShiftKind("late", "遅番", "遅", 780, 780, 30, (540,))
NIGHT = ShiftKind("night", "夜勤", "夜", 1320, 1320, 30, (540,))


@dataclass(frozen=True)
class WeekSheet:
    roster: Roster
    agents: tuple[Agent, ...]
    teams: tuple[Team, ...] = (Team("t2", "二班"), Team("t1", "一班"))
    site: Site = field(default_factory=lambda: Site("さくらセンター"))
    shift_kinds: tuple[ShiftKind, ...] = (EARLY, LATE, NIGHT)
    holidays: dict[date, str] = field(default_factory=dict)


def duty(agent: str, day: int, start: int, end: int, kind: str = "", letter: str = "") -> Duty:
    lunch = PlacedBreak(start + 240, 60)
    pause = PlacedBreak(start + 120, 15, paid=True)
    return Duty(agent, MONDAY + timedelta(days=day), start, end, (lunch, pause), kind, letter)


AGENTS = (
    Agent("b", "0002", "=鈴木 一郎", "t1", "c"),
    Agent("a", "0001", "山田 花子", "t1", "c"),
    Agent("c", "0003", "佐藤 次郎", "t2", "c", left=date(2026, 12, 3)),
    Agent("z", "0009", "元 社員", "t1", "c", left=date(2026, 1, 1)),
)

DUTIES = (
    duty("a", 1, 480, 1020, "early", "早"),
    duty("a", 0, 510, 1050, "early", "早"),
    duty("b", 0, 1320, 1860, "night", "夜"),
    duty("c", 0, 600, 960),
)
ABSENCES = (
    Leave("a", MONDAY + timedelta(days=2), "paid_leave", 480),
    Leave("a", MONDAY + timedelta(days=3), "special_leave", approved=False),
    Leave("b", MONDAY + timedelta(days=30), "training"),
)


def week_sheet(zone: str = "Asia/Tokyo", start: date = MONDAY) -> WeekSheet:
    return WeekSheet(Roster(Horizon(start, 7, 15, zone), DUTIES, ABSENCES), AGENTS)
