"""Exact cost of one interval: sharing the agents present among the skills at least cost.

Plain Python, written apart from the compiled kernels, so that it can judge them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from solver.compile import CoverageTable, Scale, coverage_table, skill_bits
from wfm.model.problem import RosterProblem
from wfm.model.roster import Duty
from wfm.model.time import DAY_MINUTES

Presence = dict[int, int]
"""Units present in one interval by skill bits."""


def presence_by_slot(
    problem: RosterProblem, scale: Scale, duties: Sequence[Duty]
) -> dict[int, Presence]:
    """Return the units at work, and not on a break, in each interval of the horizon."""
    slot, slots = problem.horizon.slot_minutes, problem.horizon.slots
    agents = {agent.key: agent for agent in problem.agents}
    bits = {agent.key: skill_bits(problem, agent.skills) for agent in problem.agents}
    present: dict[int, Presence] = defaultdict(lambda: defaultdict(int))
    for duty in duties:
        speed = agents[duty.agent].speed_percent
        origin = problem.horizon.day_index(duty.day) * DAY_MINUTES
        spans = [(duty.start, duty.end, 1), *((item.start, item.end, -1) for item in duty.breaks)]
        for start, end, sign in spans:
            for place in range((origin + start) // slot, -(-(origin + end) // slot)):
                if not 0 <= place < slots:
                    continue
                low, high = max(origin + start, place * slot), min(origin + end, (place + 1) * slot)
                minutes = sign * (high - low) * speed
                present[place][bits[duty.agent]] += minutes
    return {
        place: {key: value // scale.part for key, value in row.items() if value}
        for place, row in present.items()
    }


def interval_cost(
    wanted: Sequence[int],
    demand_of: Sequence[int],
    cost_of: Sequence[int],
    present: Mapping[int, int],
    over_cost: int,
) -> tuple[int, dict[int, int]]:
    """Return the cost of an interval and what is missing by demand, in units.

    Segments come in order of falling cost.  Serving is augmented along alternating paths, so an
    agent already serving one skill moves over to another where that frees the one wanted.
    """
    left = dict(present)
    serving: dict[tuple[int, int], int] = defaultdict(int)
    missing: dict[int, int] = defaultdict(int)
    cost = 0
    served = 0
    for want, demand, price in zip(wanted, demand_of, cost_of, strict=True):
        got = 0
        while got < want:
            more = _augment(demand, want - got, left, serving)
            if not more:
                break
            got += more
        served += got
        missing[demand] += want - got
        cost += price * (want - got)
    cost += over_cost * (sum(present.values()) - served)
    return cost, {key: value for key, value in missing.items() if value}


def _augment(
    demand: int, want: int, left: dict[int, int], serving: dict[tuple[int, int], int]
) -> int:
    """Serve up to ``want`` more of a demand along one shortest alternating path."""
    parents: dict[int, tuple[int, int] | None] = {demand: None}
    queue = [demand]
    for node in queue:
        for group in sorted(left):
            if not group >> node & 1:
                continue
            if left[group]:
                return _push(node, group, want, left, serving, parents)
            for (other_group, other), amount in list(serving.items()):
                if other_group == group and amount and other not in parents:
                    parents[other] = (group, node)
                    queue.append(other)
    return 0


def _push(
    node: int,
    group: int,
    want: int,
    left: dict[int, int],
    serving: dict[tuple[int, int], int],
    parents: Mapping[int, tuple[int, int] | None],
) -> int:
    amount = min(want, left[group])
    path = []
    here = node
    while (step := parents[here]) is not None:
        path.append((step[0], here, step[1]))
        amount = min(amount, serving[step[0], here])
        here = step[1]
    left[group] -= amount
    serving[group, node] += amount
    for shared, source, target in path:
        serving[shared, source] -= amount
        serving[shared, target] += amount
    return amount


class CoverageJudge:
    """Costs whole rosters; remembers intervals that look alike."""

    def __init__(self, problem: RosterProblem, scale: Scale) -> None:
        self.problem, self.scale = problem, scale
        self.table: CoverageTable = coverage_table(problem, scale)
        demand_of = tuple(self.table.demand_of.tolist())
        cost_of = tuple(self.table.cost_of.tolist())

        @lru_cache(maxsize=100_000)
        def remembered(
            wanted: tuple[int, ...], present: tuple[tuple[int, int], ...]
        ) -> tuple[int, dict[int, int]]:
            return interval_cost(wanted, demand_of, cost_of, dict(present), problem.over_cost)

        self._cost = remembered

    def judge(self, duties: Sequence[Duty]) -> tuple[int, list[dict[int, int]]]:
        """Return the cost of all intervals and what each misses by demand, in units."""
        present = presence_by_slot(self.problem, self.scale, duties)
        total = 0
        missing = []
        for place, wanted in enumerate(self.table.wanted.tolist()):
            row = tuple(sorted(present.get(place, {}).items()))
            cost, short = self._cost(tuple(wanted), row)
            total += cost
            missing.append(short)
        return total, missing
