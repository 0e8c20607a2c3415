"""Build the rostering problem of a week, and accept a plan after checking it again."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Protocol, TypeVar

import numpy as np

from wfm.analysis.aim_prices import with_aims
from wfm.calendars import week_starts
from wfm.errors import NotYetError, WfmError
from wfm.messages import Message, message
from wfm.model.change import Outcome
from wfm.model.codec import to_json
from wfm.model.people import Agent
from wfm.model.problem import (
    PROBLEM_FORMAT,
    Demand,
    Option,
    RosterProblem,
    UnderStep,
)
from wfm.model.roster import AgentWeek, Duty, RosterPlan
from wfm.model.rule import Violation
from wfm.model.time import Horizon, days_from, format_iso_week
from wfm.model.workload import Queue, Requirement
from wfm.persistence import Store
from wfm.rules import RuleContext, check, option_table, rule_set, sentence
from wfm.services.centre import Centre, kept, read_centre
from wfm.services.centre_rules import centre_rules_of
from wfm.services.compiled import compiled_agent
from wfm.services.plan_faults import plan_faults
from wfm.services.run_records import free_key, record_of
from wfm.services.session import Session, site_of
from wfm.services.told import kept_by_notice, told_days
from wfm.services.unmet import centre_notes, rule_notes

Progress = Callable[[float, float, float | None, Message], None]
"""Receives seconds, objective (or infinity), bound (or None) and what is being done."""


class Solve(Protocol):
    """How a front end lends the solver to a use case: problem in, plan out."""

    def __call__(self, problem: RosterProblem) -> RosterPlan:
        """Return the best plan found; raises :class:`~wfm.errors.WfmError` when it fails."""
        ...


def read_requirements(store: Store, horizon: Horizon) -> tuple[Requirement, ...]:
    """Return the kept requirements of the horizon; raises when there is none."""
    found = kept(store, Requirement, horizon)
    if not found:
        raise NotYetError(
            message(
                "The required staff of {week} has not been computed yet.",
                week=format_iso_week(horizon.start),
            ),
            "staffing",
        )
    return found


def build_problem(store: Store, horizon: Horizon) -> RosterProblem:
    """Read the centre and compile its week into a problem the solver understands alone."""
    centre = read_centre(store, horizon)
    return make_problem(centre, read_requirements(store, horizon))


def make_problem(centre: Centre, requirements: Sequence[Requirement]) -> RosterProblem:
    """Compile people, rules, demand and aims of a centre into one problem (a pure function)."""
    return with_aims(unaimed_problem(centre, requirements), centre.site.aims)


def unaimed_problem(centre: Centre, requirements: Sequence[Requirement]) -> RosterProblem:
    """Compile people, rules and demand into a problem with the prices of the usual aims."""
    horizon = centre.horizon
    if not centre.agents:
        raise WfmError(message("The centre has no agents to roster. Import or add people first."))
    locked = [duty for duty in centre.roster.duties if duty.locked]
    rules = rule_set(centre.site.rule_set, centre.site.rules)
    fixed = [*locked, *kept_by_notice(rules, centre)]
    options, measures = option_table(tuple(centre.shift_kinds.values()), fixed)
    context_of = rule_contexts(centre, options, measures, locked)
    agents = tuple(compiled_agent(rules, context_of(agent)) for agent in centre.agents)
    return RosterProblem(
        horizon=horizon,
        options=options,
        measures=measures,
        demands=make_demands(centre.queues, requirements),
        agents=agents,
        over_cost=centre.site.over_cost,
        centre=centre.site.name,
        centre_rules=centre_rules_of(centre, agents, measures),
    )


def rule_contexts(
    centre: Centre,
    options: tuple[Option, ...],
    measures: dict[str, tuple[int, ...]],
    locked: Sequence[Duty],
) -> Callable[[Agent], RuleContext]:
    """Return what tells of each agent what the rules may know; ``locked`` are of anybody."""
    leaves = _by_agent(centre.leaves)
    wishes = _by_agent(centre.wishes)
    past = _by_agent(duty for duty in centre.duties if duty.day < centre.horizon.start)
    fixed = _by_agent(locked)
    told = told_days(centre)
    off: dict[str, list[date]] = defaultdict(list)
    for key, day in centre.roster.locked_off:
        off[key].append(day)

    def context(agent: Agent) -> RuleContext:
        return RuleContext(
            horizon=centre.horizon,
            site=centre.site,
            agent=agent,
            contract=centre.contracts[agent.contract],
            availability=centre.availabilities.get(agent.key),
            leaves=tuple(leaves.get(agent.key, ())),
            wishes=tuple(wishes.get(agent.key, ())),
            past=tuple(past.get(agent.key, ())),
            options=options,
            measures=measures,
            locked=tuple(fixed.get(agent.key, ())),
            locked_off=tuple(off.get(agent.key, ())),
            balance=centre.balances.get(agent.key),
            told=told.get(agent.key, {}),
            today=centre.site.as_of,
        )

    return context


def rule_context(
    centre: Centre,
    agent: Agent,
    options: tuple[Option, ...],
    measures: dict[str, tuple[int, ...]],
    locked: Sequence[Duty],
) -> RuleContext:
    """Return what the rules may know of one agent; see :func:`rule_contexts`."""
    return rule_contexts(centre, options, measures, locked)(agent)


class _OfAgent(Protocol):
    @property
    def agent(self) -> str: ...


_Own = TypeVar("_Own", bound=_OfAgent)


def _by_agent(items: Iterable[_Own]) -> dict[str, list[_Own]]:
    groups: dict[str, list[_Own]] = defaultdict(list)
    for item in items:
        groups[item.agent].append(item)
    return groups


def make_demands(
    queues: Sequence[Queue], requirements: Sequence[Requirement]
) -> tuple[Demand, ...]:
    """Sum the rostered requirement of queues that share a skill, and round it once.

    Whole agents, to the nearest, at least one wherever anything is required; the under-cost steps
    are those of the skill's first queue.
    """
    by_skill: dict[str, list[Requirement]] = defaultdict(list)
    for item in requirements:
        by_skill[item.skill].append(item)
    steps = {queue.skill: queue.under_costs for queue in reversed(queues)}
    demands = []
    for skill, items in sorted(by_skill.items()):
        total = np.sum([item.rostered for item in items], axis=0)
        required = np.where(total > 1e-9, np.maximum(1.0, np.floor(total + 0.5)), 0.0)
        required.setflags(write=False)
        under = tuple(UnderStep(depth, cost) for depth, cost in steps[skill])
        demands.append(Demand(skill, required, under))
    return tuple(demands)


def problem_hash(problem: RosterProblem) -> str:
    """Return the SHA-256 of the problem's JSON form, without spaces."""
    text = json.dumps(to_json(problem), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(f"{PROBLEM_FORMAT}\n{text}".encode()).hexdigest()


def check_plan(problem: RosterProblem, duties: Sequence[Duty]) -> tuple[Violation, ...]:
    """Return every violation of the duties, hard and soft, by the checker of the rules."""
    return check(problem, duties)


def accept_plan(session: Session, problem: RosterProblem, plan: RosterPlan) -> Outcome:
    """Check a plan once more and write it as the roster of its horizon, in one operation.

    A plan that breaks a hard rule the solver did not itself report is refused: the checker is
    the definition.  Reported ones (an agent without any lawful week) are kept and listed.
    """
    hard = broken_as_reported(problem, plan)
    with session.database.read() as store:
        site = site_of(store)
    record = record_of(session, site, problem, plan, digest=problem_hash(problem), accepted=True)
    with session.database.write(session.who, session.clock) as unit:
        weeks = planned_weeks(unit, problem, plan.duties)
        unit.put_all([*weeks, replace(record, key=free_key(unit, record.key))])
        operation = unit.commit(
            message("Accept the roster of {week}", week=format_iso_week(problem.horizon.start))
        )
        faults = plan_faults(unit, problem)
    notes = (*faults, *rule_notes(problem, hard), *centre_notes(problem, plan.unmet))
    return Outcome(operation, notes)


def broken_as_reported(problem: RosterProblem, plan: RosterPlan) -> tuple[Violation, ...]:
    """Return the hard rules that a plan breaks; raises for one that it does not itself report."""
    known = {(item.agent, item.rule.key) for item in plan.unmet if item.rule is not None}
    hard = tuple(item for item in check(problem, plan.duties) if item.hard)
    unexpected = [item for item in hard if (item.agent, item.rule.key) not in known]
    if unexpected:
        raise WfmError(
            message(
                "The roster was not accepted: it breaks {count} rule, first {rule} for {agent}.",
                plural="The roster was not accepted: it breaks {count} rules,"
                " first {rule} for {agent}.",
                count=len(unexpected),
                rule=sentence(unexpected[0], problem),
                agent=unexpected[0].agent,
            )
        )
    return hard


def planned_weeks(store: Store, problem: RosterProblem, duties: Sequence[Duty]) -> list[AgentWeek]:
    """Return the new agent-weeks, keeping what lies outside the horizon and all locks."""
    by_agent: dict[str, list[Duty]] = defaultdict(list)
    for duty in duties:
        by_agent[duty.agent].append(duty)
    start, end = problem.horizon.start, problem.horizon.end
    stored = {
        (week.agent, week.start): week
        for week in store.where(AgentWeek, since=start - timedelta(days=6), until=end)
    }
    weeks = []
    for agent in problem.agents:
        for monday in week_starts(start, end - timedelta(days=1)):
            old = stored.get((agent.key, monday), AgentWeek(agent.key, monday))
            days = set(days_from(monday, 7))
            inside = {day for day in days if start <= day < end}
            locked = {duty.day for duty in old.duties if duty.locked}
            new = [
                replace(duty, locked=duty.day in locked)
                for duty in by_agent[agent.key]
                if duty.day in inside
            ]
            weeks.append(old.with_days(inside, new))
    return weeks
