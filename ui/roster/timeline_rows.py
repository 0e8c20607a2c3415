"""What stands on each line of the timeline, made when it is first painted and kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from ui.centre_view import AgentRow, WeekView
from wfm.analysis.draft import Broken, WeekDraft
from wfm.model.people import Leave
from wfm.model.roster import Duty

DAY_RULE_DAYS = 2
"""Up to so many days a broken rule marks its shifts; beyond, it marks the person's hours."""


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One person's line: shifts with their day index, absences and locks by day, broken rules.

    ``hard`` and ``soft`` are days with a broken rule, ``week`` the tone ("bad", "warn", empty) of
    rules about the whole week; ``marks`` name what a proposal changes on a day.
    """

    agent: AgentRow
    duties: tuple[tuple[int, Duty], ...] = ()
    absences: Mapping[int, Leave] = field(default_factory=dict)
    locked_off: frozenset[int] = frozenset()
    hard: frozenset[int] = frozenset()
    soft: frozenset[int] = frozenset()
    week: str = ""
    minutes: int = 0
    headroom: int = 0
    marks: Mapping[int, str] = field(default_factory=dict)

    def duty_on(self, day: int) -> Duty | None:
        """Return the (first) shift of a day."""
        return next((duty for at, duty in self.duties if at == day), None)


class TimelineRows:
    """The lines of one week in the order shown; a line is made anew after its person changed."""

    def __init__(
        self,
        view: WeekView,
        draft: WeekDraft,
        marks: Mapping[tuple[str, date], str] | None = None,
    ) -> None:
        self.view, self.draft = view, draft
        self._agents = {agent.key: agent for agent in view.agents}
        self._made: dict[str, TimelineRow] = {}
        self._absences: dict[str, dict[int, Leave]] = defaultdict(dict)
        self._marks: dict[str, dict[int, str]] = defaultdict(dict)
        index = view.horizon.day_index
        for leave in view.absences:
            self._absences[leave.agent][index(leave.day)] = leave
        for (agent, day), what in (marks or {}).items():
            self._marks[agent][index(day)] = what
        self.keys: tuple[str, ...] = tuple(self._agents)
        self._places: dict[str, int] = {}
        self.show(None)

    def show(self, keys: Iterable[str] | None) -> None:
        """Show these people in this order, or everybody; who is not in the week is left out."""
        chosen = self._agents if keys is None else [key for key in keys if key in self._agents]
        self.keys = tuple(chosen)
        self._places = {key: place for place, key in enumerate(self.keys)}

    def __len__(self) -> int:
        return len(self.keys)

    def place(self, agent: str) -> int:
        """Return the line of a person, -1 where they are not shown."""
        return self._places.get(agent, -1)

    def row(self, place: int) -> TimelineRow:
        """Return the line at a place."""
        return self.of(self.keys[place])

    def of(self, agent: str) -> TimelineRow:
        """Return a person's line."""
        made = self._made.get(agent)
        if made is None:
            made = self._made[agent] = self._make(agent)
        return made

    def follow(self, draft: WeekDraft) -> frozenset[str]:
        """Take another state of the week; returns whose lines are different now."""
        old, self.draft = self.draft, draft
        if old.planned != draft.planned:
            self._made.clear()
            return frozenset(self._agents)
        changed = frozenset(
            agent
            for agent in self._agents
            if old.of(agent) is not draft.of(agent)
            or old.off(agent) != draft.off(agent)
            or old.broken.get(agent) is not draft.broken.get(agent)
        )
        for agent in changed:
            self._made.pop(agent, None)
        return changed

    def _make(self, agent: str) -> TimelineRow:
        draft, index = self.draft, self.view.horizon.day_index
        broken = [item for item in draft.broken.get(agent, ()) if item.shown]
        days = [item for item in broken if 0 < len(item.days) <= DAY_RULE_DAYS]
        weekly = [item for item in broken if item not in days]
        known = agent in draft.facts.people
        return TimelineRow(
            agent=self._agents[agent],
            duties=tuple((index(duty.day), duty) for duty in draft.of(agent)),
            absences=self._absences.get(agent, {}),
            locked_off=frozenset(index(day) for day in draft.off(agent)),
            hard=self._days(days, hard=True),
            soft=self._days(days, hard=False),
            week="bad" if any(item.hard for item in weekly) else "warn" if weekly else "",
            minutes=draft.minutes(agent),
            headroom=draft.headroom(agent) if known else 0,
            marks=self._marks.get(agent, {}),
        )

    def _days(self, broken: Iterable[Broken], *, hard: bool) -> frozenset[int]:
        index = self.view.horizon.day_index
        return frozenset(index(day) for item in broken if item.hard == hard for day in item.days)
