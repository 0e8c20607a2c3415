"""A week's roster while it is being changed: duties, coverage and broken rules, always current.

A draft is a value: a change gives another draft, and only what the change touches is computed
again.  That makes it cheap enough to ask "what if" at every step of the mouse.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from wfm.analysis.coverage import Coverage
from wfm.analysis.draft.judge import Broken, Judge
from wfm.analysis.draft.live import LiveCoverage
from wfm.analysis.draft.standing import Standing
from wfm.analysis.draft.together import LiveCentre, Moved, worded
from wfm.calendars import week_of, week_starts
from wfm.messages import Message
from wfm.model.activity import ShiftKind
from wfm.model.people import Contract
from wfm.model.roster import AgentWeek, Duty
from wfm.model.rule import Counter
from wfm.model.time import Horizon
from wfm.rules.centre import CentreBreach, compared

WEEKLY_HOURS = "weekly_hours"
"""Key of the rule that bounds a week's hours, which the head-room is read from."""


@dataclass(frozen=True, slots=True)
class AgentChange:
    """One person's duties of the horizon and days locked as off, before and after a change."""

    agent: str
    before: tuple[Duty, ...]
    after: tuple[Duty, ...]
    off_before: frozenset[date] = frozenset()
    off_after: frozenset[date] = frozenset()

    @property
    def removed(self) -> tuple[Duty, ...]:
        """Duties that are gone or became others."""
        return tuple(duty for duty in self.before if duty not in self.after)

    @property
    def added(self) -> tuple[Duty, ...]:
        """Duties that are new or were others."""
        return tuple(duty for duty in self.after if duty not in self.before)


@dataclass(frozen=True, slots=True)
class DraftChange:
    """A change that could be made: whose weeks, the words of its operation, its new duties."""

    changes: tuple[AgentChange, ...]
    text: Message
    duties: tuple[Duty, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing would change."""
        return all(
            (item.before, item.off_before) == (item.after, item.off_after) for item in self.changes
        )


@dataclass(frozen=True, slots=True)
class RosterEdit:
    """A change to be stored in one operation: agent-weeks as they were seen and as wanted.

    ``seen`` has ``None`` where nothing was stored.
    """

    text: Message
    seen: tuple[AgentWeek | None, ...]
    wanted: tuple[AgentWeek, ...]


@dataclass(frozen=True, slots=True)
class WeekFacts:
    """What stays the same while a week is edited: people, their terms, and who judges the rules."""

    horizon: Horizon
    people: Mapping[str, Standing]
    contracts: Mapping[str, Contract]
    kinds: Mapping[str, ShiftKind]
    judge: Judge | None = None

    def kinds_of(self, agent: str) -> tuple[ShiftKind, ...]:
        """Return the shift kinds of a person's contract; nobody's is empty."""
        if agent not in self.people:
            return ()
        contract = self.contracts[self.people[agent].agent.contract]
        return tuple(self.kinds[key] for key in contract.shift_kinds if key in self.kinds)

    def name(self, agent: str) -> str:
        """Return a person's name."""
        return self.people[agent].name if agent in self.people else agent


@dataclass(frozen=True, slots=True)
class WeekDraft:
    """One state of a week: each person's duties in order, locks, coverage, broken rules.

    ``coverage`` and the rules are only there where the week has required staff.  ``weeks`` are the
    agent-weeks as stored, own edits included; ``broken`` holds no entry for people in order;
    ``centre`` are the rules that tie people together.
    """

    facts: WeekFacts
    duties: Mapping[str, tuple[Duty, ...]]
    locked_off: Mapping[str, frozenset[date]]
    weeks: Mapping[tuple[str, date], AgentWeek]
    live: LiveCoverage | None = None
    broken: Mapping[str, tuple[Broken, ...]] = field(default_factory=dict)
    centre: LiveCentre | None = None

    @property
    def horizon(self) -> Horizon:
        """The days of the week and their intervals."""
        return self.facts.horizon

    @property
    def coverage(self) -> Coverage | None:
        """The coverage of the duties as they are now."""
        return None if self.live is None else self.live.coverage

    @property
    def planned(self) -> bool:
        """Whether anybody has a shift."""
        return any(self.duties.values())

    @property
    def cost(self) -> float:
        """Cost of coverage and soft rules, in the unit of the roster's objective."""
        rules = sum(item.violation.cost for found in self.broken.values() for item in found)
        centre = sum(item.cost for item in self.centre_breaches)
        return rules + centre + (0.0 if self.coverage is None else self.coverage.cost)

    def of(self, agent: str) -> tuple[Duty, ...]:
        """Return a person's duties in order of time."""
        return self.duties.get(agent, ())

    def off(self, agent: str) -> frozenset[date]:
        """Return the days on which a person is locked as off."""
        return self.locked_off.get(agent, frozenset())

    def on(self, agent: str, day: date) -> Duty | None:
        """Return a person's (first) duty of a day, if any."""
        return next((duty for duty in self.of(agent) if duty.day == day), None)

    def all_duties(self) -> tuple[Duty, ...]:
        """Return everybody's duties."""
        return tuple(duty for duties in self.duties.values() for duty in duties)

    def violations(self) -> tuple[Broken, ...]:
        """Return what is shown of broken rules and refused wishes, in the order of the people."""
        return tuple(
            item for agent in self.facts.people for item in self.broken.get(agent, ()) if item.shown
        )

    @property
    def centre_breaches(self) -> tuple[CentreBreach, ...]:
        """What is broken of the rules of the centre; a week without any shift breaks none."""
        return () if self.centre is None or not self.planned else self.centre.all_breaches

    def together(self) -> tuple[Broken, ...]:
        """Return the broken rules of the centre in words; they are nobody's in particular."""
        return () if self.centre is None else worded(self.centre.problem, self.centre_breaches)

    def minutes(self, agent: str) -> int:
        """Return the minutes a person works in the week."""
        return sum(duty.worked_minutes for duty in self.of(agent))

    def headroom(self, agent: str) -> int:
        """Return the minutes that a person may still work in the week; negative when over.

        The limit is that of the rule on weekly hours, which counts leave too; without rules it is
        the contract's.
        """
        judge = self.facts.judge
        if judge is not None and agent in judge.agents:
            for item in judge.agents[agent].primitives:
                if isinstance(item, Counter) and item.rule.key == WEEKLY_HOURS:
                    days = {self.horizon.dates[place] for place in item.days}
                    worked = sum(d.worked_minutes for d in self.of(agent) if d.day in days)
                    return (item.high or 0) - item.constant - worked
        contract = self.facts.contracts[self.facts.people[agent].agent.contract]
        return contract.week_minutes_max - self.minutes(agent)

    # --- what if ---------------------------------------------------------------------------------

    def applied(self, changes: Sequence[AgentChange]) -> WeekDraft:
        """Return the draft with some people's weeks changed."""
        duties, off = dict(self.duties), dict(self.locked_off)
        for item in changes:
            duties[item.agent], off[item.agent] = item.after, item.off_after
        live = self.live
        if live is not None:
            live = live.changed(
                [duty for item in changes for duty in item.removed],
                [duty for item in changes for duty in item.added],
            )
        centre = self.centre
        if centre is not None:
            moves = [Moved(item.agent, item.removed, item.added) for item in changes]
            centre = centre.changed(moves, duties)
        made = replace(self, duties=duties, locked_off=off, live=live, centre=centre)
        # a week without any shift breaks no rule: then everybody would lack their hours
        whole = made.planned != self.planned
        agents = tuple(self.facts.people) if whole else [item.agent for item in changes]
        broken = made.judged(agents)
        weeks = {**self.weeks, **{(week.agent, week.start): week for week in self._wanted(changes)}}
        return replace(made, broken=broken, weeks=weeks)

    def judged(self, agents: Sequence[str]) -> dict[str, tuple[Broken, ...]]:
        """Return the broken rules with those of some people found anew."""
        broken, judge = dict(self.broken), self.facts.judge
        if judge is None or not self.planned:
            return {}
        for agent in agents:
            found = judge.broken(agent, self.of(agent), self.off(agent))
            broken.pop(agent, None)
            if found:
                broken[agent] = found
        return broken

    def effect(self, changes: Sequence[AgentChange]) -> DraftEffect:
        """Return what a change would do to coverage and rules."""
        return DraftEffect(self, self.applied(changes), tuple(item.agent for item in changes))

    def edit(self, change: DraftChange) -> RosterEdit:
        """Return a change as it is stored: agent-weeks seen and wanted."""
        wanted = self._wanted(change.changes)
        seen = tuple(self.weeks.get((week.agent, week.start)) for week in wanted)
        return RosterEdit(change.text, seen, tuple(wanted))

    def _wanted(self, changes: Sequence[AgentChange]) -> list[AgentWeek]:
        horizon, found = self.horizon, []
        for item in changes:
            for start in week_starts(horizon.start, horizon.end - timedelta(days=1)):
                old = self.weeks.get((item.agent, start))
                days = {day for day in horizon.dates if week_of(day) == start}
                base = old or AgentWeek(item.agent, start)
                off = {day for day in base.locked_off if day not in days}
                new = replace(
                    base.with_days(days, (duty for duty in item.after if duty.day in days)),
                    locked_off=tuple(sorted(off | (item.off_after & days))),
                )
                if new != base:
                    found.append(new)
        return found


@dataclass(frozen=True, slots=True)
class DraftEffect:
    """What a change does: the drafts before and after, seen through the people it touches."""

    before: WeekDraft
    after: WeekDraft
    agents: tuple[str, ...]

    @property
    def missing_hours(self) -> float:
        """Agent-hours missing more (negative: less) than before."""
        return self._change("understaffed_agent_hours")

    @property
    def surplus_hours(self) -> float:
        """Agent-hours of surplus more (negative: less) than before."""
        return self._change("overstaffed_agent_hours")

    @property
    def new(self) -> tuple[Broken, ...]:
        """Breaches that were none before, hard ones first; those of the centre as well."""
        return (*self._only(self.after, self.before), *self._together(0))

    @property
    def resolved(self) -> tuple[Broken, ...]:
        """Breaches that are none any more, hard ones first; those of the centre as well."""
        return (*self._only(self.before, self.after), *self._together(1))

    def _together(self, which: int) -> tuple[Broken, ...]:
        before, after = self.before.centre, self.after.centre
        if before is None or after is None or before is after:
            return ()
        found = (draft.centre_breaches for draft in (self.before, self.after))
        return worded(after.problem, compared(*found)[which])

    def _change(self, figure: str) -> float:
        if self.before.coverage is None or self.after.coverage is None:
            return 0.0
        return float(getattr(self.after.coverage, figure) - getattr(self.before.coverage, figure))

    def _only(self, one: WeekDraft, other: WeekDraft) -> tuple[Broken, ...]:
        known = [_breach(item) for agent in self.agents for item in other.broken.get(agent, ())]
        found = [
            item
            for agent in self.agents
            for item in one.broken.get(agent, ())
            if item.shown and _breach(item) not in known
        ]
        return tuple(sorted(found, key=lambda item: not item.hard))


def _breach(item: Broken) -> tuple[object, ...]:
    return item.agent, item.rule, item.violation.days, item.violation.amount
