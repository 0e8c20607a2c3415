"""A centre of a thousand people with a week of shifts, for measuring the window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from wfm.messages import message
from wfm.model.house_rule import HouseRule
from wfm.model.people import Agent, Availability
from wfm.model.roster import AgentWeek
from wfm.model.workload import HistoryDay
from wfm.workspace import Workspace

AS_OF = date(2026, 11, 23)


def large_centre(path: Path, agents: int = 1000) -> Path:
    """Write the sample centre at ``path`` with its people copied until there are ``agents``.

    Everybody works next week what their original worked in the last week on record; contacts,
    required staff and seats grow in step.
    """
    with Workspace.create(str(path), "planner", language="ja", sample_as_of=AS_OF) as workspace:
        horizon = workspace.week_horizon("next")
        session = workspace._session
        with session.database.write("planner", session.clock) as unit:
            people = unit.all(Agent)
            copies, ratio = -(-agents // len(people)), agents / len(people)
            weeks = {
                week.agent: week
                for week in unit.where(AgentWeek, until=horizon.start)
                if week.duties
            }
            windows = {item.agent: item for item in unit.all(Availability)}
            made: list[object] = []
            for copy in range(copies):
                for person in people[: agents - copy * len(people)]:
                    key = person.key if copy == 0 else f"{person.key}x{copy}"
                    number = person.number if copy == 0 else f"{person.number}{copy:02d}"
                    made.append(replace(person, key=key, number=number))
                    if person.key in windows and copy:
                        made.append(replace(windows[person.key], agent=key))
                    if person.key in weeks:
                        made.append(_moved(weeks[person.key], key, horizon.start))
            unit.put_all(made)
            unit.put_all(
                replace(day, columns={name: row * ratio for name, row in day.columns.items()})
                for day in unit.all(HistoryDay)
            )
            unit.put_all(
                replace(rule, numbers={"count": round(rule.numbers["count"] * ratio)})
                for rule in unit.all(HouseRule)
                if rule.rule == "seats"
            )
            unit.commit(message("Enlarge the centre"))
        workspace.demand.forecast_week(horizon)
        workspace.demand.staff_week(horizon)
    return path


def _moved(week: AgentWeek, agent: str, start: date) -> AgentWeek:
    days = start - week.start
    return AgentWeek(
        agent,
        start,
        tuple(
            replace(duty, agent=agent, day=duty.day + timedelta(days=days.days), locked=False)
            for duty in week.duties
        ),
    )
