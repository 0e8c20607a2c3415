"""The coverage cost of one interval as part of a CP-SAT model: a min-cost flow to the demands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from solver.tables import Tables


@dataclass(frozen=True, slots=True)
class Span:
    """Minutes that somebody is there if ``literal`` holds, or ``off`` (on a break)."""

    literal: Any
    origin: int
    start: int
    end: int
    off: bool = False

    @property
    def sign(self) -> int:
        """-1 for time off, else 1."""
        return -1 if self.off else 1

    def by_slot(self, slot: int) -> list[tuple[int, int]]:
        """Return the intervals of the span with the minutes of it that each holds."""
        return by_slot(self.origin + self.start, self.origin + self.end, slot)


def by_slot(start: int, end: int, slot: int) -> list[tuple[int, int]]:
    """Return the intervals of a span with the minutes of it that each holds."""
    return [
        (number, min(end, (number + 1) * slot) - max(start, number * slot))
        for number in range(start // slot, -(-end // slot))
    ]


def add_slot(
    model: cp_model.CpModel,
    tables: Tables,
    slot: int,
    supply: Mapping[tuple[int, int], Sequence[Any]],
    cost: list[Any],
) -> None:
    """Share out who is present in an interval, and add its cost × units to ``cost``.

    ``supply`` holds terms by (interval, profile): units present, as expressions or numbers.
    """
    grid, table = tables.grid, tables.coverage
    over = tables.problem.over_cost
    wanted: dict[int, int] = defaultdict(int)
    missing: dict[int, list[Any]] = defaultdict(list)
    for place, amount in enumerate(table.wanted[slot].tolist()):
        if amount:
            short = model.new_int_var(0, amount, "")
            demand = int(table.demand_of[place])
            missing[demand].append(short)
            wanted[demand] += amount
            cost.append(int(table.cost_of[place]) * short)
    received: dict[int, list[Any]] = defaultdict(list)
    for profile in range(grid.serves.shape[0]):
        terms = supply.get((slot, profile), [])
        if not terms:
            continue
        present = sum(terms)
        cost.append(over * present)
        given = []
        for demand in np.flatnonzero(grid.serves[profile]).tolist():
            if wanted[demand]:
                flow = model.new_int_var(0, wanted[demand], "")
                given.append(flow)
                received[demand].append(flow)
        if given:
            model.add(sum(given) <= present)
            cost += [-over * flow for flow in given]
    for demand, short_of in missing.items():
        model.add(sum(received[demand]) + sum(short_of) == wanted[demand])
