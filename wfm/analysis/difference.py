"""What one roster changes against another: duties per person and day, and the figures of both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from wfm.analysis.coverage import Coverage, coverage
from wfm.model.problem import RosterProblem
from wfm.model.roster import Duty
from wfm.model.time import Horizon
from wfm.rules import check, is_breach, is_refused_wish
from wfm.rules.centre import check_centre

CHANGES = ("added", "removed", "moved", "changed", "breaks")
"""A duty where none was; none where one was; the same shift at another time; another shift kind or
length; the same times with breaks at other places."""


@dataclass(frozen=True, slots=True)
class DutyChange:
    """One person's changed duty of a day; ``what`` as in :data:`CHANGES`."""

    agent: str
    day: date
    what: str
    before: Duty | None
    after: Duty | None


@dataclass(frozen=True, slots=True)
class AgentDifference:
    """One person whose week differs: the changes in order of date, worked minutes of both."""

    agent: str
    changes: tuple[DutyChange, ...]
    minutes_before: int
    minutes_after: int

    @property
    def minutes(self) -> int:
        """Worked minutes more (negative: less) than before."""
        return self.minutes_after - self.minutes_before


@dataclass(frozen=True, slots=True)
class RosterFigures:
    """What a roster is judged by.

    Agent-hours missing and surplus, broken hard rules and soft ones (those of the centre are soft),
    wishes not granted (rules that only spread burdens are not counted), duties, worked minutes, and
    the objective.
    """

    duties: int
    people: int
    worked_minutes: int
    short_hours: float
    surplus_hours: float
    hard: int
    soft: int
    wishes: int
    cost: float


@dataclass(frozen=True, slots=True)
class RosterDifference:
    """The changes between two rosters of a horizon, by person, and the figures of both."""

    horizon: Horizon
    agents: tuple[AgentDifference, ...]
    before: RosterFigures
    after: RosterFigures

    @property
    def changes(self) -> tuple[DutyChange, ...]:
        """Every change, in order of person and date."""
        return tuple(change for agent in self.agents for change in agent.changes)

    def count(self, what: str) -> int:
        """Return how many changes are of one kind of :data:`CHANGES`."""
        return sum(change.what == what for change in self.changes)


def difference(
    problem: RosterProblem, before: Sequence[Duty], after: Sequence[Duty]
) -> RosterDifference:
    """Compare two rosters of a problem's horizon; duties of other days are left out."""
    days = set(problem.horizon.dates)
    old = [duty for duty in before if duty.day in days]
    new = [duty for duty in after if duty.day in days]
    return RosterDifference(
        problem.horizon, agents_changed(old, new), figures(problem, old), figures(problem, new)
    )


def agents_changed(before: Sequence[Duty], after: Sequence[Duty]) -> tuple[AgentDifference, ...]:
    """Return the people whose duties differ, in order of key."""
    changes: dict[str, list[DutyChange]] = defaultdict(list)
    for change in duty_changes(before, after):
        changes[change.agent].append(change)
    old, new = _minutes(before), _minutes(after)
    return tuple(
        AgentDifference(agent, tuple(found), old[agent], new[agent])
        for agent, found in changes.items()
    )


def duty_changes(before: Iterable[Duty], after: Iterable[Duty]) -> tuple[DutyChange, ...]:
    """Return what differs, in order of person and day.

    A lock is no change.  Several duties of a day are compared in order of their start, those that
    are equal first.
    """
    old, new = _by_cell(before), _by_cell(after)
    found = []
    for agent, day in sorted({*old, *new}):
        gone, come = old[agent, day], new[agent, day]
        for duty in tuple(gone):
            same = next((item for item in come if _content(item) == _content(duty)), None)
            if same is not None:
                gone.remove(duty)
                come.remove(same)
        found += [
            DutyChange(agent, day, _what(first, second), first, second)
            for first, second in zip_longest(gone, come)
        ]
    return tuple(found)


def figures(
    problem: RosterProblem, duties: Sequence[Duty], covered: Coverage | None = None
) -> RosterFigures:
    """Return the figures of a roster; ``covered`` saves computing its coverage again."""
    if covered is None:
        covered = coverage(
            problem.horizon, problem.demands, problem.agents, duties, problem.over_cost
        )
    violations = check(problem, duties) if duties else ()
    together = check_centre(problem, duties) if duties else ()
    breaches = [item for item in violations if is_breach(item)]
    hard = sum(item.hard for item in breaches)
    return RosterFigures(
        duties=len(duties),
        people=len({duty.agent for duty in duties}),
        worked_minutes=sum(duty.worked_minutes for duty in duties),
        short_hours=covered.understaffed_agent_hours,
        surplus_hours=covered.overstaffed_agent_hours,
        hard=hard,
        soft=len(breaches) - hard + len(together),
        wishes=sum(is_refused_wish(item) for item in violations),
        cost=covered.cost
        + sum(item.cost for item in violations)
        + sum(item.cost for item in together),
    )


def distance_hours(horizon: Horizon, objective: float, bound: float | None) -> float | None:
    """Return how far a roster is from the best possible one at most, in agent-hours.

    One unit of cost weighs as much as one agent too many for one interval.  ``None`` where nothing
    is proven.
    """
    if bound is None:
        return None
    return max(objective - bound, 0.0) * horizon.slot_minutes / 60


def _by_cell(duties: Iterable[Duty]) -> dict[tuple[str, date], list[Duty]]:
    cells: dict[tuple[str, date], list[Duty]] = defaultdict(list)
    for duty in sorted(duties, key=lambda item: (item.start, item.end)):
        cells[duty.agent, duty.day].append(duty)
    return cells


def _minutes(duties: Iterable[Duty]) -> dict[str, int]:
    minutes: dict[str, int] = defaultdict(int)
    for duty in duties:
        minutes[duty.agent] += duty.worked_minutes
    return minutes


def _content(duty: Duty) -> tuple[object, ...]:
    return duty.start, duty.end, duty.kind, sorted(duty.breaks, key=lambda item: item.start)


def _what(before: Duty | None, after: Duty | None) -> str:
    if before is None:
        return "added"
    if after is None:
        return "removed"
    if before.kind != after.kind or before.span_minutes != after.span_minutes:
        return "changed"
    return "moved" if before.start != after.start else "breaks"
