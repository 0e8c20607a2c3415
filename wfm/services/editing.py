"""Changing a week's roster by hand: the draft a screen edits, and storing what was edited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import TypeVar

from wfm.analysis.draft import (
    AgentChange,
    DraftChange,
    Judge,
    LiveCentre,
    LiveCoverage,
    RosterEdit,
    Standing,
    WeekDraft,
    WeekFacts,
    closes,
    edits,
    kept_if_unusual,
)
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.change import Outcome
from wfm.model.people import Agent, Leave
from wfm.model.roster import AgentWeek, Duty
from wfm.model.time import Horizon, days_from, format_iso_week
from wfm.persistence import Store, Unit
from wfm.rules import RuleContext, rule_set
from wfm.services.centre import Centre
from wfm.services.rostering import rule_contexts
from wfm.services.session import Session
from wfm.services.week import WeekState, week_state

MANY = 20
"""Agent-weeks from which on one read of all is quicker than one read each."""

T = TypeVar("T")


def week_draft(state: WeekState) -> WeekDraft:
    """Return a week as a draft that can be edited; the violations are those of the state."""
    centre, horizon = state.centre, state.centre.horizon
    inside = set(horizon.dates)
    by_agent = _grouped(
        (duty for duty in centre.duties if duty.day in inside), lambda duty: duty.agent
    )
    off = {
        agent: frozenset(day for _, day in cells)
        for agent, cells in _grouped(centre.roster.locked_off, lambda cell: cell[0]).items()
    }
    duties = {agent.key: tuple(by_agent.get(agent.key, ())) for agent in centre.agents}
    draft = WeekDraft(
        facts=_facts(state, duties, off),
        duties=duties,
        locked_off=off,
        weeks={(week.agent, week.start): week for week in centre.weeks},
        live=_live(state, duties),
        centre=None if state.problem is None else LiveCentre.of(state.problem, duties),
    )
    return replace(draft, broken=draft.judged(tuple(duties)))


def _live(state: WeekState, duties: Mapping[str, Sequence[Duty]]) -> LiveCoverage | None:
    problem = state.problem
    if problem is None:
        return None
    everything = [duty for own in duties.values() for duty in own]
    return LiveCoverage.of(
        problem.horizon, problem.demands, problem.agents, everything, problem.over_cost
    )


def _facts(
    state: WeekState,
    duties: Mapping[str, Sequence[Duty]],
    off: Mapping[str, frozenset[date]],
) -> WeekFacts:
    centre = state.centre
    leaves = _grouped(
        (leave for leave in centre.leaves if closes(leave)), lambda leave: leave.agent
    )
    past = {duty.agent: duty for duty in centre.duties if duty.day < centre.horizon.start}
    people = {
        agent.key: Standing(
            agent, {leave.day: leave for leave in leaves.get(agent.key, ())}, past.get(agent.key)
        )
        for agent in centre.agents
    }
    return WeekFacts(
        centre.horizon,
        people,
        centre.contracts,
        centre.shift_kinds,
        _judge(state, duties, off),
    )


def _judge(
    state: WeekState,
    duties: Mapping[str, Sequence[Duty]],
    off: Mapping[str, frozenset[date]],
) -> Judge | None:
    centre, problem = state.centre, state.problem
    if problem is None:
        return None
    return Judge(
        problem=problem,
        kinds=tuple(centre.shift_kinds.values()),
        rules=rule_set(centre.site.rule_set, centre.site.rules),
        agents={agent.key: agent for agent in problem.agents},
        context_of=_contexts(centre),
        locks={
            agent: (frozenset(duty for duty in own if duty.locked), off.get(agent, frozenset()))
            for agent, own in duties.items()
        },
    )


def _contexts(centre: Centre) -> Callable[[str], RuleContext]:
    """Return what gives each person's context for the rules, made once and without locks."""
    agents = {agent.key: agent for agent in centre.agents}
    made = rule_contexts(centre, (), {}, ())

    @cache
    def context_of(agent: str) -> RuleContext:
        return made(agents[agent])

    return context_of


# --- storing -------------------------------------------------------------------------------------


def change_roster(session: Session, edit: RosterEdit) -> Outcome:
    """Store a change by hand in one operation.

    Raises :class:`~wfm.errors.Conflict` when an agent-week is not what was seen any more, and
    :class:`~wfm.errors.WfmError` for what cannot be (leave that was granted meanwhile, for
    example); work rules may be broken.
    """
    with session.database.write(session.who, session.clock) as unit:
        for old, new in zip(edit.seen, edit.wanted, strict=True):
            _check(unit, old, new)
        _put(unit, edit)
        return Outcome(unit.commit(edit.text))


def _check(store: Store, old: AgentWeek | None, new: AgentWeek) -> None:
    """Raise a sentence when a week cannot be so; what stood there before is not questioned."""
    agent = store.get(Agent, new.agent)
    if agent is None:
        raise WfmError(message("{agent} is not among the centre's people.", agent=new.agent))
    days = tuple(days_from(new.start, 7))
    leaves = store.where(
        Leave, since=new.start, until=new.start + timedelta(days=7), agent=new.agent
    )
    earlier = store.where(
        AgentWeek, since=new.start - timedelta(days=7), until=new.start, agent=new.agent
    )
    past = [duty for week in earlier for duty in week.duties if duty.day < new.start]
    standing = Standing(
        agent,
        {leave.day: leave for leave in leaves if closes(leave)},
        max(past, key=lambda duty: (duty.day, duty.start), default=None),
    )
    before = () if old is None else old.duties
    standing.check(days, before, new.duties, new.locked_off)


def _put(unit: Unit, edit: RosterEdit) -> None:
    """Write the weeks if they are still what was seen; many are compared after one read."""
    pairs = list(zip(edit.seen, edit.wanted, strict=True))
    if len(pairs) > MANY:
        starts = [week.start for week in edit.wanted]
        found = unit.where(AgentWeek, since=min(starts), until=max(starts) + timedelta(days=1))
        stored = {(week.agent, week.start): week for week in found}
        if all(stored.get((new.agent, new.start)) == old for old, new in pairs):
            unit.put_all(edit.wanted)
            return
    for old, new in pairs:
        unit.put(new, seen=old)


# --- whole weeks ---------------------------------------------------------------------------------


def copy_week(
    session: Session, horizon: Horizon, source: date, agents: Collection[str] = ()
) -> Outcome:
    """Copy the shifts of the days from ``source`` on over the horizon's, in one operation.

    Of everybody, or of some ``agents``.  Locked shifts and days stay as they are; what cannot be
    (leave, overlap) is left out and told in the notes.
    """
    offset = horizon.start - source
    with session.database.write(session.who, session.clock) as unit:
        draft = week_draft(week_state(unit, horizon))
        model = unit.where(
            AgentWeek, since=source - timedelta(days=6), until=source + timedelta(days=horizon.days)
        )
        duties = _grouped(
            (
                replace(duty, day=duty.day + offset, locked=False)
                for week in model
                for duty in week.duties
                if horizon.start <= duty.day + offset < horizon.end
            ),
            lambda duty: duty.agent,
        )
        if not duties:
            raise WfmError(
                message("There is no roster for {week} yet.", week=format_iso_week(source))
            )
        chosen = [agent for agent in draft.facts.people if not agents or agent in agents]
        notes: list[Message] = []
        changes = [_copied(draft, agent, duties.get(agent, ()), notes) for agent in chosen]
        text = message(
            "Copy the roster of {source} to {week}",
            source=format_iso_week(source),
            week=format_iso_week(horizon.start),
        )
        return _store(unit, draft, DraftChange(tuple(changes), text), tuple(notes))


def _copied(
    draft: WeekDraft, agent: str, duties: Sequence[Duty], notes: list[Message]
) -> AgentChange:
    before, off = draft.of(agent), draft.off(agent)
    after = [duty for duty in before if duty.locked]
    standing = draft.facts.people[agent]
    taken = {duty.day for duty in after}
    for duty in duties:
        if duty.day in taken or duty.day in off:
            continue
        made = kept_if_unusual(draft.facts, duty)
        try:
            standing.check(draft.horizon.dates, before, [*after, made], off)
        except WfmError as error:
            notes.append(message("Not copied: {reason}", reason=error.message))
        else:
            after.append(made)
    after.sort(key=lambda duty: (duty.day, duty.start))
    return AgentChange(agent, before, tuple(after), off, off)


def clear_week(session: Session, horizon: Horizon, agents: Collection[str] = ()) -> Outcome:
    """Take away every shift that is not locked, of everybody or of some ``agents``."""
    with session.database.write(session.who, session.clock) as unit:
        draft = week_draft(week_state(unit, horizon))
        text = message("Clear the roster of {week}", week=format_iso_week(horizon.start))
        duties = [duty for duty in _of(draft, agents) if not duty.locked]
        return _store(unit, draft, replace(edits.remove(draft, duties), text=text))


def lock_week(
    session: Session, horizon: Horizon, locked: bool, agents: Collection[str] = ()
) -> Outcome:
    """Lock or unlock every shift of a week, of everybody or of some ``agents``."""
    with session.database.write(session.who, session.clock) as unit:
        draft = week_draft(week_state(unit, horizon))
        week = format_iso_week(horizon.start)
        text = message("Lock the roster of {week}", week=week)
        if not locked:
            text = message("Unlock the roster of {week}", week=week)
        change = edits.lock(draft, _of(draft, agents), locked)
        return _store(unit, draft, replace(change, text=text))


def _of(draft: WeekDraft, agents: Collection[str]) -> list[Duty]:
    return [duty for duty in draft.all_duties() if not agents or duty.agent in agents]


def _store(
    unit: Unit, draft: WeekDraft, change: DraftChange, notes: tuple[Message, ...] = ()
) -> Outcome:
    edit = draft.edit(change)
    unit.put_all(edit.wanted)
    return Outcome(unit.commit(edit.text), notes)


def _grouped(items: Iterable[T], agent_of: Callable[[T], str]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for item in items:
        groups[agent_of(item)].append(item)
    return groups
