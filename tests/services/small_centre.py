"""A centre of three people on a week with required staff, for tests of use cases."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np

from wfm.messages import message
from wfm.model.activity import ShiftKind
from wfm.model.people import Agent, Contract, Skill
from wfm.model.roster import AgentWeek, Duty, RosterPlan
from wfm.model.site import Site
from wfm.model.time import Horizon
from wfm.model.workload import Forecast, Queue, Requirement
from wfm.workspace import Workspace

MONDAY = date(2026, 11, 30)
TUESDAY = MONDAY + timedelta(days=1)
HORIZON = Horizon(MONDAY, 7, 30)
KIND = ShiftKind("day", "Day", "D", 480, 720, 60, (240,))
CONTRACT = Contract("free", "Free", ("day",), 480, 0, 2400, 7)
PEOPLE = tuple(Agent(key, key, key.title(), "", "free", {"phone": 2}) for key in "abc")
QUEUE = Queue("phone", "Phone", "phone", opening=dict.fromkeys(range(7), ((480, 960),)))


def duty(agent: str, day: date, start: int = 480, *, locked: bool = False) -> Duty:
    """Return four hours without breaks, as the one shift kind has them."""
    return Duty(agent, day, start, start + 240, (), "day", "D", locked)


def small_centre(folder: Path, *, required: bool = True) -> Workspace:
    """Create the centre; the caller closes it."""
    workspace = Workspace.create(str(folder / "small.toban"), "planner", language="en")
    values = [
        Site("Small", slot_minutes=30, language="en"),
        Skill("phone", "Phone"), KIND, CONTRACT, QUEUE, *PEOPLE,
    ]  # fmt: skip
    if required:
        needed = np.zeros(HORIZON.slots)
        for day in range(7):
            needed[day * 48 + 16 : day * 48 + 32] = 1
        volume = np.zeros(HORIZON.slots)
        values.append(Forecast("phone", HORIZON, volume, volume))
        values.append(Requirement("phone", "phone", HORIZON, needed, needed))
    write(workspace, *values)
    return workspace


def write(workspace: Workspace, *values: object) -> None:
    """Write values as one operation, as another window might."""
    session = workspace._session
    with session.database.write("other", session.clock) as unit:
        unit.put_all(values)
        unit.commit(message("Write"))


def stored(workspace: Workspace) -> dict[str, AgentWeek]:
    """Return the stored agent-weeks of the horizon."""
    with workspace._session.database.read() as store:
        return {item.agent: item for item in store.where(AgentWeek, since=MONDAY)}


def plan(*duties: Duty) -> RosterPlan:
    """Return a plan as a solver would."""
    return RosterPlan(HORIZON, duties, 20.0, 12.0, "feasible", 1.0)
