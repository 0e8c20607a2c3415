"""A centre of three people with the terms, teams and duties that services on people work on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from wfm.clock import fixed_clock
from wfm.messages import message
from wfm.model.people import Agent, Contract, Skill, Team
from wfm.model.roster import AgentWeek, Duty, PlacedBreak
from wfm.model.time import Horizon
from wfm.model.workload import Queue
from wfm.workspace import Workspace

TODAY = date(2026, 11, 24)
MONDAY = date(2026, 11, 30)
WEEK = Horizon(MONDAY, 7)
FULL = Contract("full", "Full-time", ("early",))
PART = Contract("part", "Part-time", ("early",), day_minutes=300, week_minutes_max=1200)
SATO = Agent("a1", "101", "Sato Haruka", "north", "full", {"phone": 2}, reading="さとう はるか")
KATO = Agent("a2", "102", "Kato Mao", "north", "part", {"phone": 1, "chat": 3})
ITO = Agent("a3", "", "Ito Yui", "", "full")


def duty(agent: str, day: date, start: int = 540, end: int = 1080) -> Duty:
    return Duty(agent, day, start, end, (PlacedBreak(start + 240, 60),), "early", "E")


@contextmanager
def three_people(folder: Path) -> Iterator[Workspace]:
    """Open a new centre with the three people in a folder."""
    clock = fixed_clock(datetime(2026, 11, 24, 3, tzinfo=UTC))
    with Workspace.create(str(folder / "c.toban"), "planner", language="en", clock=clock) as made:
        with made._session.database.write("test", clock) as unit:
            kinds = unit.all(Contract)[0].shift_kinds
            unit.delete_all(Contract, [item.key for item in unit.all(Contract)])
            unit.put_all([replace(FULL, shift_kinds=kinds), replace(PART, shift_kinds=kinds)])
            unit.put_all([Skill("phone", "Phone"), Skill("chat", "Chat"), Skill("mail", "Mail")])
            unit.put_all([Team("north", "North", "a1"), Team("south", "South")])
            unit.put(Queue("chat", "Chat queue", skill="chat", channel="chat"))
            unit.put_all([SATO, KATO, ITO])
            unit.put(AgentWeek("a1", MONDAY, (duty("a1", MONDAY), duty("a1", date(2026, 12, 2)))))

            unit.commit(message("Set the scene"))
        yield made


def agent_of(centre: Workspace, key: str) -> Agent:
    person = centre.people.view(WEEK).person(key)
    assert person is not None
    return person.agent


def last_text(centre: Workspace) -> str:
    return str(centre.log.last(1)[0].text)


def undo(centre: Workspace) -> None:
    centre.log.undo(centre.log.last(1)[0].id)
