"""What stands on each line of a printed roster: the person, their shifts, absences and hours."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from ui.centre_view import AgentRow, WeekView
from wfm.model.people import Leave
from wfm.model.roster import Duty


@dataclass(frozen=True, slots=True)
class Row:
    """What stands on one line: the person, the duties and absences by day index, the hours."""

    agent: AgentRow
    duties: dict[int, Duty] = field(default_factory=dict)
    absences: dict[int, Leave] = field(default_factory=dict)
    broken_days: frozenset[int] = frozenset()
    minutes: int = 0


def rows_of(week: WeekView) -> tuple[Row, ...]:
    """Return the lines of a week in the order of its agents."""
    duties: dict[str, dict[int, Duty]] = defaultdict(dict)
    absences: dict[str, dict[int, Leave]] = defaultdict(dict)
    broken: dict[str, set[int]] = defaultdict(set)
    index = week.horizon.day_index
    for duty in week.duties:
        duties[duty.agent][index(duty.day)] = duty
    for leave in week.absences:
        absences[leave.agent][index(leave.day)] = leave
    for item in week.rule_breaks:
        broken[item.agent] |= {index(day) for day in item.days or week.horizon.dates}
    return tuple(
        Row(
            agent,
            duties[agent.key],
            absences[agent.key],
            frozenset(broken[agent.key]),
            sum(duty.worked_minutes for duty in duties[agent.key].values()),
        )
        for agent in week.agents
    )
