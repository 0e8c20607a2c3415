"""The optimum of a tiny centre by pricing every roster at once, whole arrays at a time."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from tests.oracle.best_week import Json
from tests.oracle.coverage_costs import interval_cost
from tests.oracle.documents import hundredths
from tests.solver.tiny import cost_of_week
from tests.solver.tiny_centre import (
    Variant,
    broken_date,
    changes,
    minutes_there,
    variants_of,
)
from wfm.model.centre_rule import FairShare, Pair, Presence
from wfm.model.codec import to_json
from wfm.model.problem import AgentProblem, RosterProblem
from wfm.model.rule import OFF

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Choice:
    """One agent's horizon and what it costs by itself; ``work`` and ``span`` in minutes a slot."""

    variant: Variant
    cost: int
    work: Ints
    span: Ints
    affected: bool


def choices_of(problem: RosterProblem, agent: AgentProblem) -> list[Choice]:
    """Return the lawful horizons of an agent, none if there is none; like ones once."""
    found: dict[object, Choice] = {}
    for variant in variants_of(problem, agent):
        hard, cost = cost_of_week(problem, agent, variant.week)
        if hard:
            continue
        work = minutes_there(problem, variant, breaks_count=False)
        span = minutes_there(problem, variant, breaks_count=True)
        affected = False
        if (rule := problem.stability) is not None:
            before = [duty for duty in rule.duties if duty.agent == agent.key]
            shifts, moved = changes(before, variant.duties(problem, agent), problem)
            affected = bool(shifts)
            cost += rule.shift_cost * shifts + rule.break_cost * moved
            cost += rule.person_cost * affected
        key = (variant.week, work.tobytes())
        if key not in found or cost < found[key].cost:
            found[key] = Choice(variant, cost, work, span, affected)
    return list(found.values())


def optimum(problem: RosterProblem) -> tuple[float, list[Variant]] | None:
    """Return the least objective and a roster of it; ``None`` if someone has no legal week."""
    choices = [choices_of(problem, agent) for agent in problem.agents]
    if not all(choices):
        return None
    sizes = [len(mine) for mine in choices]
    index = [grid.reshape(-1) for grid in np.indices(sizes)]
    total = np.zeros(math.prod(sizes))
    affected = np.zeros(len(total), dtype=np.int64)
    for mine, place in zip(choices, index, strict=True):
        total += np.array([choice.cost for choice in mine])[place]
        affected += np.array([choice.affected for choice in mine])[place]
    total += coverage(problem, choices, index)
    pricers: dict[type, Callable[..., Floats | Ints]] = {
        Presence: presence, Pair: pair, FairShare: share,
    }  # fmt: skip
    for rule in problem.centre_rules:
        total += rule.price * pricers[type(rule)](problem, rule, choices, index)
    if problem.stability is not None and problem.stability.people is not None:
        total[affected > max(problem.stability.people, int(affected.min()))] = math.inf
    best = int(total.argmin())
    roster = [mine[place[best]].variant for mine, place in zip(choices, index, strict=True)]
    return float(total[best]), roster


def coverage(
    problem: RosterProblem, choices: Sequence[Sequence[Choice]], index: Sequence[Ints]
) -> Floats:
    """Return the coverage cost of every roster."""
    document: Json = to_json(problem)
    slot = problem.horizon.slot_minutes
    wanted_skills = {demand.skill for demand in problem.demands}
    groups = [frozenset(wanted_skills & set(agent.skills)) for agent in problem.agents]
    total = np.zeros(len(index[0]), dtype=np.int64)
    known: dict[object, int] = {}
    for number in range(problem.horizon.slots):
        wanted = tuple(
            hundredths(float(demand.required[number])) * slot for demand in problem.demands
        )
        levels = [
            np.unique([choice.work[number] for choice in mine], return_inverse=True)
            for mine in choices
        ]
        if not any(wanted) and not any(minutes.any() for minutes, _ in levels):
            continue
        table = np.zeros([len(minutes) for minutes, _ in levels], dtype=np.int64)
        for place in product(*(range(size) for size in table.shape)):
            supply: dict[frozenset[str], int] = defaultdict(int)
            for agent, (minutes, _), group, at in zip(
                problem.agents, levels, groups, place, strict=True
            ):
                supply[group] += int(minutes[at]) * agent.speed_percent
            key = (frozenset(supply.items()), wanted)
            if key not in known:
                known[key] = interval_cost(document, supply, wanted)
            table[place] = known[key]
        at = [level[place] for (_, level), place in zip(levels, index, strict=True)]
        total += table[tuple(at)]
    return total / (100 * slot)


def presence(
    problem: RosterProblem,
    rule: Presence,
    choices: Sequence[Sequence[Choice]],
    index: Sequence[Ints],
) -> Floats:
    """Return the heads missing and too many of every roster."""
    heads = np.zeros((len(index[0]), problem.horizon.slots))
    for place in rule.agents:
        rows = [choice.span if rule.breaks else choice.work for choice in choices[place]]
        heads += np.array(rows)[index[place]] / problem.horizon.slot_minutes
    units = np.zeros(len(heads))
    if rule.low is not None:
        units += np.maximum(rule.low - heads, 0).sum(axis=1)
    if rule.high is not None:
        units += np.maximum(heads - rule.high, 0).sum(axis=1)
    return units


def pair(
    problem: RosterProblem, rule: Pair, choices: Sequence[Sequence[Choice]], index: Sequence[Ints]
) -> Ints:
    """Return the dates on which a pair is broken in every roster."""
    table = np.array(
        [
            [
                sum(
                    broken_date(problem, rule, mine, theirs)
                    for mine, theirs in zip(one.variant.week, two.variant.week, strict=True)
                )
                for two in choices[rule.second]
            ]
            for one in choices[rule.first]
        ]
    )
    found: Ints = table[index[rule.first], index[rule.second]]
    return found


def share(
    problem: RosterProblem,
    rule: FairShare,
    choices: Sequence[Sequence[Choice]],
    index: Sequence[Ints],
) -> Ints:
    """Return the units outside the best band of every roster."""
    measure = problem.measures[rule.measure]
    own_days = rule.own_days or (rule.days,) * len(rule.agents)
    rows = []
    for place, carried, days in zip(rule.agents, rule.carried, own_days, strict=True):
        weeks = [choice.variant.week for choice in choices[place]]
        sums = [sum(measure[week[day]] for day in days if week[day] != OFF) for week in weeks]
        rows.append(carried + np.array(sums)[index[place]])
    counts = np.array(rows)
    levels = range(int(counts.min()) - rule.spread, int(counts.max()) + 1)
    outside = [
        (np.maximum(level - counts, 0) + np.maximum(counts - level - rule.spread, 0)).sum(axis=0)
        for level in levels
    ]
    found: Ints = np.min(outside, axis=0)
    return found
