"""From a problem to arrays: whole units of coverage, places of breaks, prices of options.

One *unit* of coverage is the greatest common part of everything that can be present or required, so
that all of it is whole numbers; costs are counted in ``cost unit ÷ units`` and are whole, too.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from wfm.model.activity import BreakRule
from wfm.model.centre_rule import Presence
from wfm.model.problem import Option, RosterProblem

Ints = NDArray[np.int64]
T = TypeVar("T")

HEAD = 100
"""A head counts as an agent of this speed, whatever their own."""
JOINT_PLACES = 3_000
"""Joint placings of breaks with overlapping windows that are listed; more are thinned out."""
SUBSETS = 4_096
"""Sets of skills that are watched for a shortage; more are cut off (the search then guesses)."""

Placing = tuple[tuple[int, int], ...]
"""Breaks that are placed together: (start, end) minutes of the operating date each."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The grid and the unit: ``cell`` minutes divide everything; see the module's text.

    ``units`` is the number of units in one standard agent's full interval.
    """

    cell: int
    units: int
    part: int

    def weight(self, speed_percent: int) -> int:
        """Return the units that an agent adds per cell (a head: :data:`HEAD`)."""
        return speed_percent * self.cell // self.part


def hundredths(value: float) -> int:
    """Return a number of at most two decimals in hundredths."""
    return round(value * 100)


def scale_of(problem: RosterProblem) -> Scale:
    """Return the coarsest grid and unit in which the problem is whole."""
    slot = problem.horizon.slot_minutes
    cell = slot
    for option in problem.options:
        cell = math.gcd(cell, option.start, option.end)
        for places in (placing for group in placings(option, slot) for placing in group):
            for start, end in places:
                cell = math.gcd(cell, start, end)
    part = 100 * slot
    for agent in problem.agents:
        part = math.gcd(part, agent.speed_percent * cell)
    amounts = {hundredths(step.depth or 0) for d in problem.demands for step in d.under_steps[:-1]}
    for demand in problem.demands:
        amounts |= {hundredths(item) for item in demand.required.tolist()}
    for rule in problem.centre_rules:
        if isinstance(rule, Presence):
            part = math.gcd(part, HEAD * cell)
            for limit in (rule.low, rule.high):
                amounts |= {hundredths(item) for item in ([] if limit is None else limit.tolist())}
    for value in amounts:
        part = math.gcd(part, value * slot)
    return Scale(cell, 100 * slot // part, part)


def break_places(rule: BreakRule, option: Option, slot: int) -> list[int]:
    """Return where a break may start, in minutes of the operating date."""
    low = option.start + rule.earliest
    high = min(option.start + rule.latest, option.end - rule.length)
    return list(range(-(-low // slot) * slot, high + 1, slot)) or [low]


@lru_cache(maxsize=4096)
def placings(option: Option, slot: int, *, relaxed: bool = False) -> list[list[Placing]]:
    """Return groups of breaks, each with its joint placings that keep the option's break gap.

    Breaks whose windows cannot come closer than the gap are groups of their own, so the best
    placing of each group is the best placing of all.  ``relaxed`` ignores overlaps and gap (for a
    bound).  A group without any placing means that the option cannot be worked as described.
    """
    windows = sorted(
        (break_places(rule, option, slot), rule.length, place)
        for place, rule in enumerate(option.breaks)
    )
    groups: list[list[tuple[list[int], int]]] = []
    until = -1
    for places, length, _ in windows:
        if relaxed or not groups or places[0] >= until + option.break_gap:
            groups.append([])
        groups[-1].append((places, length))
        until = max(until, places[-1] + length)
    return [_joint(group, option.break_gap) for group in groups]


def thinned(option: Option, slot: int) -> bool:
    """Tell whether :func:`placings` had to leave out placings of an option."""
    return any(len(group) >= JOINT_PLACES for group in placings(option, slot))


def _joint(group: Sequence[tuple[Sequence[int], int]], gap: int) -> list[Placing]:
    size = math.prod(len(places) for places, _ in group)
    thin = group
    if len(group) > 1 and size > 40 * JOINT_PLACES:
        thin = [(_spread(places, 6), length) for places, length in group]
    # where thinning left nothing legal, the first legal placings of all are taken
    found = list(_legal(thin, gap)) or list(islice(_legal(group, gap), JOINT_PLACES))
    # the same positions with equal lengths swapped are one placing
    unique = list({tuple(sorted(item)): item for item in found}.values())
    return _spread(unique, JOINT_PLACES)


def _legal(group: Sequence[tuple[Sequence[int], int]], gap: int) -> Iterator[Placing]:
    """Yield the placings of a group in which any two breaks keep the gap."""
    if not group:
        yield ()
        return
    (places, length), rest = group[-1], group[:-1]
    for before in _legal(rest, gap):
        for start in places:
            end = start + length
            if all(start >= other + gap or first >= end + gap for first, other in before):
                yield (*before, (start, end))


def _spread(items: Sequence[T], most: int) -> list[T]:
    if len(items) <= most:
        return list(items)
    return [items[place * (len(items) - 1) // (most - 1)] for place in range(most)]


@dataclass(frozen=True, slots=True)
class CoverageTable:
    """What is required, in units, and which sets of skills compete for the same agents.

    A *segment* is one under-cost step of one demand; segments are in order of falling cost, the
    order in which serving them saves most.  ``wanted`` has shape (slots, segments).  ``sets`` lists
    sets of demands (as bits) of which some can fall short together; ``of_demand`` the sets that
    hold a demand, from ``set_start[demand]`` on.  ``base`` is the cost of serving nobody.
    """

    wanted: Ints
    demand_of: Ints
    cost_of: Ints
    set_start: Ints
    of_demand: Ints
    sets: tuple[int, ...]
    base: Ints


def skill_bits(problem: RosterProblem, skills: Sequence[str]) -> int:
    """Return the demands that an agent with ``skills`` can serve, as bits."""
    return sum(1 << place for place, demand in enumerate(problem.demands) if demand.skill in skills)


def coverage_table(problem: RosterProblem, scale: Scale) -> CoverageTable:
    """Return the demands of a problem in units."""
    slot = problem.horizon.slot_minutes
    segments = []
    for place, demand in enumerate(problem.demands):
        left = np.array(
            [hundredths(value) * slot // scale.part for value in demand.required.tolist()],
            dtype=np.int64,
        )
        for step in demand.under_steps[:-1]:
            depth = hundredths(step.depth or 0) * slot // scale.part
            segments.append((step.cost, place, np.minimum(left, depth)))
            left = left - np.minimum(left, depth)
        segments.append((demand.under_steps[-1].cost, place, left))
    segments.sort(key=lambda item: -item[0])
    wanted = np.array([item[2] for item in segments], dtype=np.int64)
    wanted = wanted.reshape(len(segments), problem.horizon.slots).T.copy()
    costs = np.array([item[0] for item in segments], dtype=np.int64)
    sets = _competing_sets(problem)
    by_demand = [
        [place for place, members in enumerate(sets) if members >> demand & 1]
        for demand in range(len(problem.demands))
    ]
    return CoverageTable(
        wanted=wanted,
        demand_of=np.array([item[1] for item in segments], dtype=np.int64),
        cost_of=costs,
        set_start=np.cumsum([0, *(len(item) for item in by_demand)]).astype(np.int64),
        of_demand=np.array([place for item in by_demand for place in item], dtype=np.int64),
        sets=sets,
        base=wanted @ costs,
    )


def _competing_sets(problem: RosterProblem) -> tuple[int, ...]:
    """Return the sets K of demands with: no demand outside K has all its agents in reach of K.

    By Hall's theorem amounts x can be served together if and only if, for each set K, the sum of x
    over K is at most the supply of agents who can serve some member of K; of the sets reached by
    the same agents only the largest matters.
    """
    groups = sorted({skill_bits(problem, agent.skills) for agent in problem.agents} - {0})
    reach = [
        sum(1 << place for place, bits in enumerate(groups) if bits >> demand & 1)
        for demand in range(len(problem.demands))
    ]
    unions = {0}
    for mine in reach:
        unions |= {mine | other for other in unions}
        if len(unions) > SUBSETS:
            unions = set(sorted(unions, key=lambda item: item.bit_count())[:SUBSETS])
    unions |= set(reach)
    closed = {
        sum(1 << demand for demand, mine in enumerate(reach) if mine | union == union)
        for union in unions
    }
    return tuple(sorted(closed - {0}))
