"""A centre of early and late shifts in one week, in which swaps keep or break the rest between."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np

from wfm.clock import fixed_clock
from wfm.messages import message
from wfm.model.activity import BreakRule, ShiftKind
from wfm.model.people import Agent, Balance, Contract, Leave, Skill
from wfm.model.roster import AgentWeek, Duty, PlacedBreak
from wfm.model.site import Site
from wfm.model.time import Horizon
from wfm.model.workload import Queue, Requirement
from wfm.workspace import Workspace

TODAY = date(2026, 11, 29)
MONDAY = date(2026, 11, 30)
DAYS = tuple(MONDAY + timedelta(days=place) for place in range(7))
TUESDAY, WEDNESDAY, SATURDAY, SUNDAY = DAYS[1], DAYS[2], DAYS[5], DAYS[6]
HORIZON = Horizon(MONDAY, 7, 30)
NOW = fixed_clock(datetime(2026, 11, 29, 3, tzinfo=UTC))
LUNCH = BreakRule(60, 240, 240)
EARLY = ShiftKind("early", "Early", "E", 480, 540, 30, (540,), (LUNCH,))
LATE = ShiftKind("late", "Late", "L", 720, 780, 30, (540,), (LUNCH,))
FULL = Contract("full", "Full", ("early", "late"), 480, 2400, 2400, 5, 5)
FREE = Contract("free", "Free", ("early", "late"), 480, 0, 2400, 5)

# a early, b late until 22:00, c early until Saturday, d late until 21:00, f for mail only, e off
SKILLS = {"a": "phone", "b": "phone", "c": "phone", "d": "phone", "e": "phone", "f": "mail"}
NAMES = {"a": "Aoki", "b": "Baba", "c": "Chiba", "d": "Doi", "e": "Endo", "f": "Fuji"}
PEOPLE = tuple(
    Agent(key, f"00{place}", NAMES[key], "", "free" if key in "ef" else "full", {skill: 2})
    for place, (key, skill) in enumerate(SKILLS.items())
)


def duty(agent: str, day: date, start: int, *, locked: bool = False) -> Duty:
    """Return a shift of nine hours with its lunch."""
    kind, letter = ("early", "E") if start < 600 else ("late", "L")
    lunch = PlacedBreak(start + 240, 60)
    return Duty(agent, day, start, start + 540, (lunch,), kind, letter, locked)


def week_of(agent: str, start: int, first: int = 0) -> AgentWeek:
    """Return five days of one shift."""
    return AgentWeek(agent, MONDAY, tuple(duty(agent, DAYS[first + n], start) for n in range(5)))


ROSTER = (
    week_of("a", 480),
    week_of("b", 780),
    week_of("c", 540, first=1),
    week_of("d", 720),
    week_of("f", 720),
)


def required() -> tuple[Requirement, Requirement]:
    """Return one agent for the phone and one for mail from 8:00 to 20:00, Monday to Friday."""
    needed = np.zeros(HORIZON.slots)
    for day in range(5):
        needed[day * 48 + 16 : day * 48 + 40] = 1
    phone = Requirement("phone", "phone", HORIZON, needed, needed)
    none = np.zeros(HORIZON.slots)
    return phone, Requirement("mail", "mail", HORIZON, none, none)


def shift_centre(folder: Path, *, needs: bool = True) -> Workspace:
    """Create the centre; the caller closes it."""
    path = str(folder / "shifts.toban")
    workspace = Workspace.create(path, "planner", language="en", clock=NOW)
    write(
        workspace,
        Site("Shifts", slot_minutes=30, language="en", as_of=TODAY),
        Skill("phone", "Phone"), Skill("mail", "Mail"), EARLY, LATE, FULL, FREE,
        Queue("phone", "Phone", "phone"), Queue("mail", "Mail", "mail"),
        *PEOPLE, *ROSTER, *(required() if needs else ()),
        Balance("a", date(2026, 11, 1), paid_leave_days=2.0),
    )  # fmt: skip
    return workspace


def write(workspace: Workspace, *values: object) -> None:
    """Write values as one operation, as another window might."""
    session = workspace._session
    with session.database.write("other", session.clock) as unit:
        unit.put_all(values)
        unit.commit(message("Write"))


def roster(workspace: Workspace) -> dict[tuple[str, date], Duty]:
    """Return the stored duties by person and day."""
    with workspace._session.database.read() as store:
        weeks = store.where(AgentWeek, since=MONDAY, until=HORIZON.end)
    return {(item.agent, item.day): item for week in weeks for item in week.duties}


def leaves(workspace: Workspace) -> tuple[Leave, ...]:
    """Return the stored absences."""
    with workspace._session.database.read() as store:
        return store.all(Leave)
