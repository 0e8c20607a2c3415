"""Tiny problems whose agents are tied together, and what every roster of them costs.

Read from the definitions minute by minute, apart from the solver.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.solver.tiny import SLOT, apart, cost_of_week, primitives, slot_cost
from tests.solver.tiny import problems as tiny_problems
from wfm.model.centre_rule import CentreRule, FairShare, Pair, Presence
from wfm.model.problem import AgentProblem, RosterProblem, Stability
from wfm.model.roster import Duty, PlacedBreak
from wfm.model.rule import OFF, RuleRef
from wfm.model.time import DAY_MINUTES

DAYS = 2
MOST = 6_000
"""Rosters that are tried at most."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One agent's horizon: a choice per day, and the break starts of each duty."""

    week: tuple[int, ...]
    breaks: tuple[tuple[int, ...], ...]

    def duties(self, problem: RosterProblem, agent: AgentProblem) -> tuple[Duty, ...]:
        """Return the duties as the program writes them."""
        found = []
        for day, (choice, starts) in enumerate(zip(self.week, self.breaks, strict=True)):
            if choice == OFF:
                continue
            option = problem.options[choice]
            breaks = tuple(
                PlacedBreak(start, rule.length, rule.paid)
                for start, rule in sorted(
                    zip(starts, option.breaks, strict=True), key=lambda item: item[0]
                )
            )
            found.append(
                Duty(agent.key, problem.horizon.dates[day], option.start, option.end, breaks,
                     option.kind, option.letter)
            )  # fmt: skip
        return tuple(found)


def variants_of(problem: RosterProblem, agent: AgentProblem) -> Iterator[Variant]:
    """Yield every week of an agent with every placing of its breaks, lawful or not."""
    for week in product((OFF, *agent.options), repeat=problem.horizon.days):
        per_day = []
        for choice in week:
            if choice == OFF:
                per_day.append([()])
                continue
            option = problem.options[choice]
            places = [
                [
                    minute
                    for minute in range(
                        option.start + rule.earliest, option.start + rule.latest + 1
                    )
                    if minute % SLOT == 0
                ]
                for rule in option.breaks
            ]
            per_day.append([item for item in product(*places) if apart(option, item)])
        for breaks in product(*per_day):
            yield Variant(week, breaks)


# --- costs by the minute -------------------------------------------------------------------------


def minutes_there(
    problem: RosterProblem, variant: Variant, *, breaks_count: bool
) -> NDArray[np.int64]:
    """Return the minutes per interval that an agent is there."""
    there = np.zeros(problem.horizon.days * DAY_MINUTES + 2 * DAY_MINUTES, dtype=np.int64)
    for day, (choice, starts) in enumerate(zip(variant.week, variant.breaks, strict=True)):
        if choice == OFF:
            continue
        option, origin = problem.options[choice], day * DAY_MINUTES
        there[origin + option.start : origin + option.end] = 1
        if not breaks_count:
            for start, rule in zip(starts, option.breaks, strict=True):
                there[origin + start : origin + start + rule.length] = 0
    return there[: problem.horizon.days * DAY_MINUTES].reshape(-1, SLOT).sum(axis=1)


def rule_cost(problem: RosterProblem, rule: CentreRule, roster: Sequence[Variant]) -> float:
    """Return what one centre rule costs."""
    if isinstance(rule, Presence):
        heads = sum(
            minutes_there(problem, roster[place], breaks_count=rule.breaks) for place in rule.agents
        ) / SLOT  # fmt: skip
        short = 0 if rule.low is None else np.maximum(rule.low - heads, 0).sum()
        over = 0 if rule.high is None else np.maximum(heads - rule.high, 0).sum()
        return float(rule.price * (short + over))
    if isinstance(rule, Pair):
        return rule.price * sum(
            broken_date(problem, rule, one, two)
            for one, two in zip(roster[rule.first].week, roster[rule.second].week, strict=True)
        )
    counts = [
        carried
        + sum(
            problem.measures[rule.measure][roster[place].week[day]]
            for day in (rule.own_days[number] if rule.own_days else rule.days)
            if roster[place].week[day] != OFF
        )
        for number, (place, carried) in enumerate(zip(rule.agents, rule.carried, strict=True))
    ]
    levels = range(min(counts, default=0) - rule.spread - 1, max(counts, default=0) + 2)
    return rule.price * min(
        sum(max(0, level - count) + max(0, count - level - rule.spread) for count in counts)
        for level in levels
    )


def broken_date(problem: RosterProblem, rule: Pair, one: int, two: int) -> bool:
    if one == OFF:
        return False
    if two == OFF:
        return not rule.apart
    first, second = (
        set(range(problem.options[number].start, problem.options[number].end))
        for number in (one, two)
    )
    shared = len(first & second)
    return shared > 0 if rule.apart else shared < rule.overlap


def changes(
    before: Sequence[Duty], after: Sequence[Duty], problem: RosterProblem
) -> tuple[int, int]:
    """Return an agent's changed shifts and moved breaks."""
    shifts = moved = 0
    for day in problem.horizon.dates:
        old = [duty for duty in before if duty.day == day]
        new = [duty for duty in after if duty.day == day]
        if [(d.start, d.end, d.kind) for d in old] != [(d.start, d.end, d.kind) for d in new]:
            shifts += 1
        elif new:
            left = Counter((item.start, item.length) for item in old[0].breaks)
            left.subtract((item.start, item.length) for item in new[0].breaks)
            moved += sum(-amount for amount in left.values() if amount < 0)
    return shifts, moved


def coverage(problem: RosterProblem, roster: Sequence[Variant]) -> float:
    """Return the coverage cost of a roster."""
    there = [minutes_there(problem, variant, breaks_count=False) for variant in roster]
    total = 0
    for slot in range(problem.horizon.slots):
        present = tuple(
            (agent.skills, round(int(minutes[slot]) * agent.speed_percent * 4 / 6000))
            for agent, minutes in zip(problem.agents, there, strict=True)
            if minutes[slot]
        )
        if present or any(demand.required[slot] for demand in problem.demands):
            total += slot_cost(problem, slot, present)
    return total / 4


def price_of(problem: RosterProblem, roster: Sequence[Variant]) -> tuple[float, int]:
    """Return a roster's whole objective, and how many agents its changes affect."""
    cost = coverage(problem, roster)
    for agent, variant in zip(problem.agents, roster, strict=True):
        cost += cost_of_week(problem, agent, variant.week)[1]
    cost += sum(rule_cost(problem, rule, roster) for rule in problem.centre_rules)
    affected = 0
    if (stability := problem.stability) is not None:
        for agent, variant in zip(problem.agents, roster, strict=True):
            before = [duty for duty in stability.duties if duty.agent == agent.key]
            shifts, moved = changes(before, variant.duties(problem, agent), problem)
            cost += stability.shift_cost * shifts + stability.break_cost * moved
            cost += stability.person_cost * bool(shifts)
            affected += bool(shifts)
    return cost, affected


def best(problem: RosterProblem) -> float:
    """Return the least objective of all rosters whose agents break as few hard rules as can be.

    Of those with too many people affected, the ones with fewest count.
    """
    lawful = []
    for agent in problem.agents:
        mine = [(cost_of_week(problem, agent, v.week)[0], v) for v in variants_of(problem, agent)]
        fewest = min(hard for hard, _ in mine)
        lawful.append([variant for hard, variant in mine if hard == fewest])
    limit = math.inf
    if problem.stability is not None and problem.stability.people is not None:
        limit = problem.stability.people
    found = [price_of(problem, roster) for roster in product(*lawful)]
    limit = max(limit, min(affected for _, affected in found))
    return min(cost for cost, affected in found if affected <= limit)


# --- strategies ----------------------------------------------------------------------------------


@st.composite
def centre_problems(draw: st.DrawFn) -> RosterProblem:
    """Return a tiny problem of two or three agents with centre rules, with or without a past."""
    base = draw(tiny_problems())
    horizon = replace(base.horizon, days=DAYS)
    demands = tuple(
        replace(demand, required=demand.required[: horizon.slots]) for demand in base.demands
    )
    agents = []
    for number in range(draw(st.integers(2, 3))):
        rules = draw(st.lists(primitives.filter(_short), max_size=1))
        agents.append(
            AgentProblem(
                key=f"agent {number}",
                skills=draw(st.sampled_from([(), ("a",), ("a", "b")])),
                options=draw(st.sampled_from([(0, 1), (0,), (1, 2), (0, 1, 2)])),
                primitives=tuple(rules),
                speed_percent=draw(st.sampled_from([50, 100])),
            )
        )
    problem = replace(base, horizon=horizon, demands=demands, agents=tuple(agents))
    size = math.prod(len(list(variants_of(problem, agent))) for agent in agents)
    while size > MOST:
        problem = replace(problem, agents=problem.agents[:-1])
        size = math.prod(len(list(variants_of(problem, agent))) for agent in problem.agents)
    rules = draw(st.lists(centre_rules(problem), min_size=1, max_size=3))
    before = draw(st.one_of(st.none(), stabilities(problem)))
    return replace(problem, centre_rules=tuple(rules), stability=before)


def _short(rule: object) -> bool:
    """Tell whether a primitive speaks of the first two days only."""
    days = getattr(rule, "days", ()) or (getattr(rule, "day", 0),)
    return max(days) < DAYS


@st.composite
def centre_rules(draw: st.DrawFn, problem: RosterProblem) -> CentreRule:
    """Return one centre rule of any kind."""
    size = len(problem.agents)
    group = tuple(sorted(draw(st.sets(st.integers(0, size - 1), min_size=1))))
    price = draw(st.sampled_from([0, 5, 50]))
    kind = draw(st.sampled_from(["staff", "staff", "pair", "share"] if size > 1 else ["staff"]))
    if kind == "staff":
        limit = np.zeros(problem.horizon.slots)
        for hour in draw(st.sets(st.sampled_from([8, 9, 10, 12, 13, 15, 22, 23, 24, 34]))):
            limit[hour] = draw(st.sampled_from([0.5, 1.0, 1.25, 2.0]))
        limit.setflags(write=False)
        low, high = draw(st.sampled_from([(limit, None), (None, limit), (limit, limit + 1)]))
        return Presence(RuleRef("staff"), group, low, high, price, draw(st.booleans()))
    if kind == "pair":
        first, second = draw(st.permutations(range(size)))[:2]
        overlap = draw(st.sampled_from([0, 1, 240]))
        return Pair(RuleRef("pair"), first, second, draw(st.booleans()), overlap, price)
    carried = tuple(draw(st.integers(-1, 3)) for _ in group)
    measure = draw(st.sampled_from(["duties", "class"]))
    some_days = st.sets(st.integers(0, DAYS - 1)).map(lambda days: tuple(sorted(days)))
    own = tuple(draw(some_days) for _ in group) if draw(st.booleans()) else ()
    return FairShare(
        RuleRef("share"), group, draw(some_days), measure, carried, draw(st.integers(0, 2)), price,
        own,
    )  # fmt: skip


@st.composite
def stabilities(draw: st.DrawFn, problem: RosterProblem) -> Stability:
    """Return a roster before the run, any that the options allow."""
    duties: list[Duty] = []
    for agent in problem.agents:
        variant = draw(st.sampled_from(list(variants_of(problem, agent))))
        duties += variant.duties(problem, agent)
    costs = [draw(st.sampled_from([0, 1, 6])) for _ in range(3)]
    people = draw(st.sampled_from([None, 0, 1, 2]))
    return Stability(tuple(duties), *costs, people)
