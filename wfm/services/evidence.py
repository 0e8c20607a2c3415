"""What a request would do, by the same rules and sums that plan a roster: before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from wfm.analysis import AgentShare, Coverage, coverage, fairness
from wfm.analysis.decision import decided
from wfm.calendars import week_of
from wfm.model.people import Agent, Leave
from wfm.model.problem import AgentProblem
from wfm.model.request import (
    AgentDay,
    CentreEffect,
    Evidence,
    LeaveEffect,
    PersonEffect,
    Request,
    RuleEffect,
    SkillEffect,
)
from wfm.model.roster import Duty
from wfm.model.rule import Violation
from wfm.model.time import Horizon, days_from
from wfm.model.workload import Floats, Requirement
from wfm.persistence import Store
from wfm.rules import BALANCING, check_agent, rule_set
from wfm.rules.centre import centre_sentence, check_centre
from wfm.rules.centre import compared as compared_breaches
from wfm.rules.context import DAYS_OFF
from wfm.services.centre import Centre, kept, read_centre
from wfm.services.centre_rules import centre_problem
from wfm.services.request_change import RosterChange, read_change
from wfm.services.rostering import make_demands, make_problem, rule_context
from wfm.services.session import site_of

BURDEN_DAYS = 28
"""Weekends, nights and lates are counted over the four weeks that end with the week."""


@dataclass(frozen=True, slots=True)
class WeekPair:
    """One week as it is and as a request would make it.

    ``requirements`` are empty where the required staff is not known; ``touched`` tells whether
    the request changes a day of the week, or only what lies before it.
    """

    before: Centre
    after: Centre
    requirements: tuple[Requirement, ...]
    touched: bool


def evidence(store: Store, request: Request) -> Evidence:
    """Return what a request would do to the roster as it is now, and what follows from that."""
    change = read_change(store, request)
    pairs = read_pairs(store, request, change)
    return weigh(request, change, pairs, _leave_effect(store, request, change))


def read_pairs(store: Store, request: Request, change: RosterChange) -> tuple[WeekPair, ...]:
    """Read the weeks that a request touches, and those after them that already have a roster."""
    site = site_of(store)
    touched = {week_of(day) for day in request.dates}
    pairs = []
    for monday in sorted(touched | {first + timedelta(days=7) for first in touched}):
        horizon = Horizon(monday, 7, site.slot_minutes, site.zone)
        centre = read_centre(store, horizon)
        if monday not in touched and not _own(centre, request.agents):
            continue
        pairs.append(
            WeekPair(
                centre,
                _changed(centre, change),
                kept(store, Requirement, horizon) if monday in touched else (),
                monday in touched,
            )
        )
    return tuple(pairs)


def weigh(
    request: Request,
    change: RosterChange,
    pairs: Sequence[WeekPair],
    leave: LeaveEffect | None = None,
) -> Evidence:
    """Compare the weeks before and after (a pure function)."""
    touched = [pair for pair in pairs if pair.touched]
    rostered = all(pair.before.roster.duties for pair in touched)
    covered = rostered and all(pair.requirements for pair in touched)
    skills, gross_short = _skill_effects(touched) if covered else ((), 0.0)
    start = request.dates[0] - timedelta(days=1)
    days = (request.dates[-1] - start).days + 2
    shown = set(days_from(start, days))
    found = Evidence(
        start=start,
        days=days,
        touched=_touched(change),
        before=_duties(pairs, request.agents, shown, after=False),
        after=_duties(pairs, request.agents, shown, after=True),
        away_before=_away(pairs, request.agents, shown, after=False),
        away_after=_away(pairs, request.agents, shown, after=True),
        rules=tuple(item for pair in pairs for item in _rule_effects(pair, request.agents)),
        rules_checked=_rules_checked(pairs),
        centre=tuple(item for pair in touched for item in _centre_effects(pair)),
        skills=skills,
        gross_short=gross_short,
        covered=covered,
        rostered=rostered,
        people=tuple(item for pair in touched for item in _person_effects(pair, request.agents)),
        leave=leave,
    )
    return decided(request, found)


# --- the weeks before and after ------------------------------------------------------------------


def _changed(centre: Centre, change: RosterChange) -> Centre:
    """Return the centre with a request's agent-weeks and absences in it."""
    new = {(week.agent, week.start): week for week in change.after}
    last = centre.horizon.end
    weeks = {(week.agent, week.start): week for week in centre.weeks}
    weeks |= {key: week for key, week in new.items() if week.start < last}
    taken = {(leave.agent, leave.day) for leave in change.leaves}
    leaves = [leave for leave in centre.leaves if (leave.agent, leave.day) not in taken]
    leaves += [leave for leave in change.leaves if leave.day < last]
    return replace(
        centre,
        weeks=tuple(sorted(weeks.values(), key=lambda week: (week.start, week.agent))),
        leaves=tuple(sorted(leaves, key=lambda leave: (leave.day, leave.agent))),
    )


def _own(centre: Centre, agents: Sequence[str]) -> list[Duty]:
    return [duty for duty in centre.roster.duties if duty.agent in agents]


def _touched(change: RosterChange) -> tuple[AgentDay, ...]:
    days = {
        (duty.agent, duty.day)
        for old, new in zip(change.before, change.after, strict=True)
        for duty in {*old.duties} ^ {*new.duties}
    }
    days |= {(leave.agent, leave.day) for leave in change.leaves}
    return tuple(AgentDay(*item) for item in sorted(days))


def _duties(
    pairs: Sequence[WeekPair], agents: Sequence[str], days: set[date], *, after: bool
) -> tuple[Duty, ...]:
    found: dict[tuple[str, date, int], Duty] = {}
    for pair in pairs:
        for duty in (pair.after if after else pair.before).duties:
            if duty.agent in agents and duty.day in days:
                found[duty.agent, duty.day, duty.start] = duty
    return tuple(found[key] for key in sorted(found))


def _away(
    pairs: Sequence[WeekPair], agents: Sequence[str], days: set[date], *, after: bool
) -> tuple[Leave, ...]:
    found = {
        (leave.agent, leave.day): leave
        for pair in pairs
        for leave in (pair.after if after else pair.before).leaves
        if leave.agent in agents and leave.day in days and leave.approved
    }
    return tuple(found[key] for key in sorted(found))


# --- rules ---------------------------------------------------------------------------------------


def _rules_checked(pairs: Sequence[WeekPair]) -> int:
    site = pairs[0].before.site
    rules = rule_set(site.rule_set, site.rules)
    own = [rule for rule in rules if not rule.balances and not rule.idle]
    return len(own) + len(pairs[0].before.house_rules)


def _centre_effects(pair: WeekPair) -> Iterator[CentreEffect]:
    """Yield the rules of the centre that a request breaks, or breaks more, and those it mends."""
    if not pair.before.house_rules or not pair.before.roster.duties:
        return
    problem = centre_problem(pair.before)
    old = check_centre(problem, pair.before.roster.duties)
    new = check_centre(problem, pair.after.roster.duties)
    for state, found in zip(("new", "mended"), compared_breaches(old, new), strict=True):
        for item in found:
            yield CentreEffect(state, centre_sentence(item.unmet, problem))


def _rule_effects(pair: WeekPair, agents: Sequence[str]) -> tuple[RuleEffect, ...]:
    """Check the people concerned with the same compiled rules before and after.

    Locks are those from before the request: it may not quietly undo what a planner has fixed.  A
    week without any roster breaks nothing yet.
    """
    if not pair.before.roster.duties:
        return ()
    people = tuple(agent for agent in pair.before.agents if agent.key in agents)
    horizon = pair.before.horizon
    old = tuple(week for week in pair.before.weeks if week.agent in agents)
    new = tuple(week for week in pair.after.weeks if week.agent in agents)
    fixed = (
        *(week for week in new if week.start < horizon.start),
        *(week for week in old if week.start >= horizon.start),
    )
    before = _violations(
        replace(pair.before, agents=people, weeks=old, house_rules=()), pair.before
    )
    after = _violations(replace(pair.after, agents=people, weeks=fixed, house_rules=()), pair.after)
    return compared(before, after, horizon, keep=pair.touched)


def _violations(rules_of: Centre, roster_of: Centre) -> list[Violation]:
    """Return what the roster of one centre breaks of the rules compiled from another."""
    if not rules_of.agents:
        return []
    problem = make_problem(rules_of, ())
    return [
        item
        for agent in problem.agents
        for item in check_agent(problem, agent, _own(roster_of, [agent.key]))
        if item.rule.key not in BALANCING
    ]


def compared(
    before: Sequence[Violation], after: Sequence[Violation], horizon: Horizon, *, keep: bool
) -> tuple[RuleEffect, ...]:
    """Sort violations into new (or worse), kept and mended ones; kept ones only if asked for.

    Breaks at unusual places move with their shift: whoever has it, they are nothing new.
    """
    old = {_identity(item): item for item in before}
    new = {_identity(item): item for item in after}
    found = []
    for key, item in new.items():
        worse = key not in old or abs(item.amount) > abs(old[key].amount)
        if worse:
            found.append(RuleEffect("new", horizon.start, horizon.days, item))
        elif keep and item.hard:
            found.append(RuleEffect("kept", horizon.start, horizon.days, item))
    found += [
        RuleEffect("mended", horizon.start, horizon.days, item)
        for key, item in old.items()
        if key not in new
    ]
    order = {"new": 0, "kept": 1, "mended": 2}
    return tuple(sorted(found, key=lambda item: (order[item.state], not item.violation.hard)))


def _identity(item: Violation) -> tuple[object, ...]:
    owner = "" if item.rule.key == "breaks" else item.agent
    return owner, item.rule.key, item.days, item.amount < 0


# --- coverage ------------------------------------------------------------------------------------


def _skill_effects(pairs: Sequence[WeekPair]) -> tuple[tuple[SkillEffect, ...], float]:
    """Return each skill's effect over the weeks touched, and the agent-hours that become short."""
    sums: dict[str, SkillEffect] = {}
    gross = 0.0
    for pair in pairs:
        before, after = _coverage(pair, pair.before), _coverage(pair, pair.after)
        more = np.maximum(after.missing - before.missing, 0.0)
        gross += float(more.sum()) * before.horizon.slot_minutes / 60
        for effect in _of_week(before, after):
            known = sums.get(effect.skill)
            sums[effect.skill] = effect if known is None else _added(known, effect)
    return tuple(sums.values()), round(gross, 6)


def _coverage(pair: WeekPair, centre: Centre) -> Coverage:
    workers = [
        AgentProblem(
            agent.key,
            tuple(sorted(skill for skill, level in agent.skills.items() if level > 0)),
            (),
            speed_percent=agent.speed_percent,
        )
        for agent in centre.agents
    ]
    demands = make_demands(centre.queues, pair.requirements)
    duties = centre.roster.duties
    return coverage(centre.horizon, demands, workers, duties, centre.site.over_cost)


def _of_week(before: Coverage, after: Coverage) -> list[SkillEffect]:
    hours = before.horizon.slot_minutes / 60

    def total(agents: Floats) -> float:
        return round(float(agents.sum()) * hours, 6)

    effects = []
    for old, new in zip(before.skills, after.skills, strict=True):
        effect = SkillEffect(
            old.skill,
            total(old.missing),
            total(new.missing),
            total(old.surplus),
            total(new.surplus),
        )
        worse = np.where(new.missing > old.missing + 1e-9, new.missing, 0.0)
        if worse.any():
            slot = int(worse.argmax())
            day, minute = before.horizon.slot_label(slot)
            effect = replace(
                effect,
                worst_day=day,
                worst_start=minute,
                worst_missing=round(float(new.missing[slot]), 6),
                worst_before=round(float(old.missing[slot]), 6),
            )
        effects.append(effect)
    return effects


def _added(one: SkillEffect, other: SkillEffect) -> SkillEffect:
    worst = max(one, other, key=lambda item: item.worst_missing)
    return replace(
        worst,
        short_before=round(one.short_before + other.short_before, 6),
        short_after=round(one.short_after + other.short_after, 6),
        surplus_before=round(one.surplus_before + other.surplus_before, 6),
        surplus_after=round(one.surplus_after + other.surplus_after, 6),
    )


# --- people --------------------------------------------------------------------------------------


def _person_effects(pair: WeekPair, agents: Sequence[str]) -> list[PersonEffect]:
    """Return hours, days and burdens of each person in a week."""
    before, after = _burdens(pair.before), _burdens(pair.after)
    count = max(len(before), 1)
    means = {
        name: round(sum(getattr(item, name) for item in before.values()) / count, 6)
        for name in ("weekends", "nights", "lates")
    }
    published = {
        week.agent
        for week in pair.before.weeks
        if week.start == pair.before.horizon.start and week.published is not None
    }
    people = {agent.key: agent for agent in pair.before.agents}
    return [
        _person_effect(pair, people[key], (before[key], after[key]), means, key in published)
        for key in agents
        if key in people
    ]


def _burdens(centre: Centre) -> dict[str, AgentShare]:
    start = centre.horizon.end - timedelta(days=BURDEN_DAYS)
    month = Horizon(start, BURDEN_DAYS, centre.horizon.slot_minutes, centre.horizon.zone)
    return {item.agent: item for item in fairness(month, centre.agents, centre.duties)}


def _person_effect(
    pair: WeekPair,
    agent: Agent,
    shares: tuple[AgentShare, AgentShare],
    means: dict[str, float],
    published: bool,
) -> PersonEffect:
    contract = pair.before.contracts[agent.contract]
    minutes_before, days_before = _worked(pair.before, agent)
    minutes_after, days_after = _worked(pair.after, agent)
    old, new = shares
    return PersonEffect(
        agent=agent.key,
        week=pair.before.horizon.start,
        minutes_before=minutes_before,
        minutes_after=minutes_after,
        days_before=days_before,
        days_after=days_after,
        minutes_min=contract.week_minutes_min,
        minutes_max=contract.week_minutes_max,
        days_max=contract.week_days_max,
        weekends_before=old.weekends,
        weekends_after=new.weekends,
        mean_weekends=means["weekends"],
        nights_before=old.nights,
        nights_after=new.nights,
        mean_nights=means["nights"],
        lates_before=old.lates,
        lates_after=new.lates,
        mean_lates=means["lates"],
        published=published,
    )


def _worked(centre: Centre, agent: Agent) -> tuple[int, int]:
    """Return the week's worked minutes and days, paid absences included."""
    duties = _own(centre, [agent.key])
    days, minutes = rule_context(centre, agent, (), {}, ()).credited_leave(centre.horizon.start)
    worked_days = len({duty.day for duty in duties})
    return sum(duty.worked_minutes for duty in duties) + minutes, worked_days + days


# --- leave ---------------------------------------------------------------------------------------


def _leave_effect(store: Store, request: Request, change: RosterChange) -> LeaveEffect | None:
    if request.kind != "leave":
        return None
    site, first = site_of(store), request.dates[0]
    centre = read_centre(store, Horizon(week_of(first), 7, site.slot_minutes, site.zone))
    balance = centre.balances.get(request.agent)
    left = None
    if balance is not None:
        taken = store.where(Leave, since=balance.month, agent=request.agent)
        left = balance.paid_leave_days - sum(map(_paid_days, taken))
    away = {
        day: {
            leave.agent
            for leave in store.where(Leave, since=day, until=day + timedelta(days=1))
            if leave.approved and leave.kind not in DAYS_OFF and leave.agent != request.agent
        }
        for day in request.dates
    }
    busiest = max(request.dates, key=lambda day: len(away[day]))
    return LeaveEffect(
        days=sum(_paid_days(leave) for leave in change.leaves),
        balance=left,
        busiest=busiest,
        away=len(away[busiest]),
        staff=sum(agent.employed_on(busiest) for agent in store.all(Agent)),
    )


def _paid_days(leave: Leave) -> float:
    """Return how much of the yearly paid leave an approved absence takes."""
    if not leave.approved:
        return 0.0
    return {"paid_leave": 1.0, "half_leave": 0.5}.get(leave.kind, 0.0)
