"""Who works at which queue when: blocks of a least length, so that nobody switches all the time.

Coverage shares people out anew in every interval, which is what is possible at best.  People work
in blocks: between two breaks nobody leaves a queue before a least time has passed, unless the
stretch itself is shorter.  Each stretch of somebody with several skills is taken out in turn and
given the blocks that are worth most beside all others (exact, by dynamic programming), until no
stretch gets better.  What the blocks cost is told beside what the free sharing would.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise

import numpy as np

from wfm.analysis.coverage import PERCENT, Wanted, shared, wanted
from wfm.analysis.presence import Integers, Worker, at_contacts, presence
from wfm.model.problem import Demand
from wfm.model.roster import Duty
from wfm.model.time import DAY_MINUTES, Horizon
from wfm.model.workload import Floats

LEAST_MINUTES = 60
"""Least minutes at one queue where a centre names no other number."""
MOST_ROUNDS = 12
Gains = dict[int, list[int]]
"""Queue → what each part of a stretch is worth there, in percent-minutes × cost."""
SWITCH = 1
"""What a change of queue costs in percent-minutes × cost: enough to settle ties, no more."""


@dataclass(frozen=True, slots=True)
class TaskBlock:
    """One agent works at one queue, from ``start`` to ``end`` in minutes of the operating date."""

    agent: str
    day: date
    skill: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TaskPlan:
    """Blocks in order of agent and time, and what they come to.

    ``supplied`` (skill → agents at work per interval, shape ``(slots,)``) counts everybody at the
    queue they are given; ``cost`` is the coverage part of a roster's objective with these blocks,
    ``least_cost`` that of sharing everybody out anew in every interval, which no blocks can beat.
    ``missing_hours`` and ``free_missing_hours`` are the agent-hours missing in either case.
    """

    blocks: tuple[TaskBlock, ...]
    supplied: dict[str, Floats]
    cost: float
    least_cost: float
    missing_hours: float
    free_missing_hours: float

    @property
    def switches(self) -> int:
        """How often somebody changes queue within a shift."""
        return sum(
            (one.agent, one.day) == (two.agent, two.day) and one.skill != two.skill
            for one, two in pairwise(self.blocks)
        )

    def of(self, agent: str, day: date) -> tuple[TaskBlock, ...]:
        """Return the blocks of one shift in order of time."""
        return tuple(item for item in self.blocks if (item.agent, item.day) == (agent, day))


def task_plan(
    horizon: Horizon,
    demands: Sequence[Demand],
    agents: Sequence[Worker],
    duties: Sequence[Duty],
    *,
    least_minutes: int = LEAST_MINUTES,
    over_cost: int = 1,
) -> TaskPlan:
    """Give everybody at contacts a queue, in blocks of ``least_minutes`` or more.

    Those without a wanted skill get none.  Equal arguments give an equal plan.  Raises as
    :func:`wfm.analysis.coverage.coverage` does.
    """
    needs = wanted(horizon, demands)
    queues = tuple(dict.fromkeys(needs.skills))
    loads = [_Load(needs, queue, over_cost) for queue in queues]
    shifts = list(_shifts(horizon, queues, agents, duties, least_minutes))
    # who has no choice comes first, then who has least
    order = sorted(range(len(shifts)), key=lambda place: len(shifts[place].queues))
    for place in order:
        shifts[place].settle(loads)
    several = [place for place in order if len(shifts[place].queues) > 1]
    for _ in range(MOST_ROUNDS):
        if not sum(shifts[place].resettle(loads) for place in several):
            break
    supply = presence(horizon, needs.skills, agents, duties)
    least = shared(needs, supply, over_cost)
    unit = PERCENT * horizon.slot_minutes
    nowhere = int(supply.get(frozenset(), np.zeros(1, dtype=np.int64)).sum())
    total = sum(load.cost() for load in loads) + over_cost * nowhere
    return TaskPlan(
        tuple(sorted(
            (block for shift in shifts for block in shift.blocks(queues)),
            key=lambda item: (item.agent, item.day, item.start),
        )),
        {queue: load.now[:-1] / unit for queue, load in zip(queues, loads, strict=True)},
        total / unit,
        float(least.costs.sum()) / unit,
        sum(load.missing() for load in loads) / PERCENT / 60,
        float(sum(need.sum() for need in needs.required) - sum(g.sum() for g in least.allocated))
        / PERCENT
        / 60,
    )  # fmt: skip


class _Load:
    """What is at work for one queue, in percent-minutes per interval, and what more is worth.

    The last place of every array stands for all time beyond the grid, where nothing is wanted and
    nothing costs.
    """

    def __init__(self, needs: Wanted, queue: str, over_cost: int) -> None:
        pieces = sorted(
            (piece for piece in needs.pieces if piece.skill == queue),
            key=lambda piece: -piece.cost,
        )
        self._ends: Integers = np.cumsum([piece.size for piece in pieces], axis=0)
        self._steps: list[tuple[int, list[int]]] = [
            (piece.cost, row) for piece, row in zip(pieces, self._ends.tolist(), strict=True)
        ]
        self._over = over_cost
        self.now: Integers = np.zeros(needs.slots + 1, dtype=np.int64)

    def cost(self) -> int:
        """Return what is missing and idle costs, in percent-minutes × cost."""
        now = self.now[:-1]
        total, below = 0, np.zeros_like(now)
        for (cost, _), ends in zip(self._steps, self._ends, strict=True):
            total += cost * int(np.maximum(ends - np.maximum(now, below), 0).sum())
            below = ends
        return total + self._over * int(np.maximum(now - below, 0).sum())

    def missing(self) -> int:
        """Return what is missing, in percent-minutes."""
        return int(np.maximum(self._ends[-1] - self.now[:-1], 0).sum())

    def worth(self, slot: int, amount: int) -> int:
        """Return what ``amount`` more in an interval saves, in percent-minutes × cost."""
        if slot == len(self.now) - 1:
            return 0
        start = int(self.now[slot])
        end, at = start + amount, start
        saved = 0
        for cost, ends in self._steps:
            if at < ends[slot]:
                until = min(end, ends[slot])
                saved += cost * (until - at)
                at = until
                if at == end:
                    return saved
        return saved - self._over * (end - at)


@dataclass(slots=True)
class _Stretch:
    """Time at contacts between two breaks: ``edges`` in minutes of the operating date.

    Between two edges lies a ``slots`` entry with ``amounts`` percent-minutes; ``chosen`` is the
    queue of each.
    """

    edges: list[int]
    slots: list[int]
    amounts: list[int]
    least: int
    chosen: list[int]

    def add(self, loads: Sequence[_Load], sign: int) -> None:
        for slot, amount, queue in zip(self.slots, self.amounts, self.chosen, strict=True):
            loads[queue].now[slot] += sign * amount

    def gains(self, loads: Sequence[_Load], queues: Sequence[int]) -> Gains:
        """Return what each part is worth at each queue, beside what is there."""
        parts = list(zip(self.slots, self.amounts, strict=True))
        return {
            queue: [loads[queue].worth(slot, amount) for slot, amount in parts] for queue in queues
        }

    def best(self, gains: Gains, before: int) -> list[int]:
        """Return the queue of each part that is worth most, coming from the queue ``before``.

        ``best[j]`` is the most that parts ``0 … j - 1`` can be worth; a block that ends at ``j``
        begins at an edge at least ``least`` minutes earlier.
        """
        count, queues = len(self.slots), list(gains)
        sums = [[0, *accumulate(row)] for row in gains.values()]
        best: list[float] = [0.0] + [float("-inf")] * count
        via: list[tuple[int, int]] = [(0, 0)] * (count + 1)
        # per queue: where a block that may end now had best begin
        starts: list[tuple[float, int]] = [(float("-inf"), 0)] * len(queues)
        ready = 0
        for end in range(1, count + 1):
            while self.edges[ready] <= self.edges[end] - self.least:
                for place, queue in enumerate(queues):
                    fee = SWITCH if ready or (before >= 0 and queue != before) else 0
                    value = best[ready] - sums[place][ready] - fee
                    if value > starts[place][0]:
                        starts[place] = value, ready
                ready += 1
            for place in range(len(queues)):
                value = starts[place][0] + sums[place][end]
                if value > best[end]:
                    best[end], via[end] = value, (starts[place][1], place)
        found = [0] * count
        end = count
        while end > 0:
            begin, place = via[end]
            found[begin:end] = [queues[place]] * (end - begin)
            end = begin
        return found


def _worth(gains: Gains, chosen: Sequence[int], before: int) -> int:
    """Return what a choice is worth, less its changes of queue."""
    switches = sum(one not in (-1, two) for one, two in pairwise((before, *chosen)))
    return sum(gains[queue][part] for part, queue in enumerate(chosen)) - SWITCH * switches


@dataclass(slots=True)
class _Shift:
    """One duty: its stretches, and the queues its agent can serve."""

    agent: str
    day: date
    queues: tuple[int, ...]
    stretches: list[_Stretch]

    def settle(self, loads: Sequence[_Load]) -> None:
        """Give every stretch its best blocks beside what is there."""
        before = -1
        for stretch in self.stretches:
            stretch.chosen = stretch.best(stretch.gains(loads, self.queues), before)
            stretch.add(loads, 1)
            before = stretch.chosen[-1]

    def resettle(self, loads: Sequence[_Load]) -> int:
        """Take each stretch out and put it back at its best; return by how much it is better."""
        before, gained = -1, 0
        for stretch in self.stretches:
            stretch.add(loads, -1)
            gains = stretch.gains(loads, self.queues)
            found = stretch.best(gains, before)
            gain = _worth(gains, found, before) - _worth(gains, stretch.chosen, before)
            if gain > 0:
                stretch.chosen = found
                gained += gain
            stretch.add(loads, 1)
            before = stretch.chosen[-1]
        return gained

    def blocks(self, names: Sequence[str]) -> Iterator[TaskBlock]:
        """Yield the blocks; a break ends one."""
        for stretch in self.stretches:
            begin = 0
            for place in range(1, len(stretch.chosen) + 1):
                queue = stretch.chosen[begin]
                if place < len(stretch.chosen) and stretch.chosen[place] == queue:
                    continue
                start, end = stretch.edges[begin], stretch.edges[place]
                yield TaskBlock(self.agent, self.day, names[queue], start, end)
                begin = place


def _shifts(
    horizon: Horizon,
    queues: Sequence[str],
    agents: Sequence[Worker],
    duties: Sequence[Duty],
    least: int,
) -> Iterator[_Shift]:
    """Yield the duties of agents who can serve a queue, cut at the edges of intervals."""
    length = horizon.slot_minutes
    own = {
        agent.key: (tuple(n for n, queue in enumerate(queues) if queue in agent.skills), agent)
        for agent in agents
    }
    for duty in sorted(duties, key=lambda item: (item.agent, item.day, item.start)):
        mine, agent = own.get(duty.agent, ((), None))
        if agent is None or not mine:
            continue
        origin = horizon.day_index(duty.day) * DAY_MINUTES
        stretches = []
        for start, end in at_contacts(duty):
            first = (origin + start) // length + 1
            inner = range(first * length - origin, end, length)
            edges = [start, *inner, end]
            slots, amounts = [], []
            for one, two in pairwise(edges):
                slot = (origin + one) // length
                slots.append(slot if 0 <= slot < horizon.slots else horizon.slots)
                amounts.append((two - one) * agent.speed_percent)
            shortest = min(least, end - start)
            stretches.append(_Stretch(edges, slots, amounts, shortest, []))
        if stretches:
            yield _Shift(duty.agent, duty.day, mine, stretches)
