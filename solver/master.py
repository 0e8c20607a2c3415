"""Which mixture of known weeks meets demand at the least cost: a linear program over weeks.

A column is one agent's week with its breaks.  Each agent has one week in all; who is present in an
interval is shared out among the demands, and what is missing costs the under-cost steps.  The duals
say what presence is worth, so the best week at them tells whether another column would help
(Dantzig and Wolfe 1960; for rosters Burke and Curtois 2014).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from ortools.linear_solver import pywraplp

from solver.compile import Ints
from solver.state import OVER, PER_DAY, PER_SLOT, SLOTS
from solver.tables import Floats, Staff, Tables

MISSING = 1e4
"""Cost of an agent without a week, in the dearest under-cost; only before there are weeks."""


class Week(NamedTuple):
    """One agent's choices and placings by day, and their own cost (cost × units)."""

    choice: Ints
    placing: Ints
    cost: float


@dataclass(frozen=True, slots=True)
class Mixture:
    """A solved program: its cost (cost × units) and what its rows are worth.

    ``worth`` (value class, slot) of a whole interval at work, ``prices`` (demand, slot) of one
    agent-interval in cost units, ``of_agent`` of having a week at all.
    """

    cost: float
    worth: Floats
    prices: Floats
    of_agent: Floats


@dataclass(slots=True)
class _Column:
    week: Week
    share: Any
    seen: float = 0.0


class Master:
    """The program; columns are added as they are found, and may be fixed for a while."""

    def __init__(self, tables: Tables, staff: Staff) -> None:
        self.tables, self.staff = tables, staff
        self.columns: list[dict[bytes, _Column]] = [{} for _ in tables.problem.agents]
        self._program = pywraplp.Solver.CreateSolver("GLOP")
        self._cost = self._program.Objective()
        self._cost.SetMinimization()
        self._slots = int(tables.grid.sizes[SLOTS])
        self._present: dict[tuple[int, int], Any] = {}
        self._wanted: dict[tuple[int, int], Any] = {}
        self._patterns: dict[tuple[int, bytes], Ints] = {}
        dearest = float(tables.grid.cost_of.max(initial=1)) * tables.scale.units
        self._one, self._nobody = [], []
        for _ in tables.problem.agents:
            row = self._program.Constraint(1, 1)
            nobody = self._variable(1, MISSING * dearest)
            row.SetCoefficient(nobody, 1)
            self._one.append(row)
            self._nobody.append(nobody)
        for slot in range(self._slots):
            self._add_slot(slot)

    def _variable(self, most: float, cost: float) -> Any:
        made = self._program.NumVar(0, most, "")
        self._cost.SetCoefficient(made, cost)
        return made

    def _add_slot(self, slot: int) -> None:
        """Share out who is present in an interval, as in :func:`solver.sharing.add_slot`."""
        grid, table = self.tables.grid, self.tables.coverage
        over = float(grid.sizes[OVER])
        amounts: dict[int, int] = defaultdict(int)
        served: dict[int, list[Any]] = defaultdict(list)
        for place, amount in enumerate(table.wanted[slot].tolist()):
            if amount:
                demand = int(table.demand_of[place])
                served[demand].append(self._variable(amount, float(table.cost_of[place])))
                amounts[demand] += amount
        for profile in range(grid.serves.shape[0]):
            demands = [
                item for item in np.flatnonzero(grid.serves[profile]).tolist() if amounts.get(item)
            ]
            if not demands:
                continue
            row = self._program.Constraint(-self._program.infinity(), 0)
            for demand in demands:
                # no limit of its own: that would blur what a demand is worth
                flow = self._variable(self._program.infinity(), -over)
                row.SetCoefficient(flow, 1)
                served[demand].append(flow)
            self._present[slot, profile] = row
        for demand, amount in amounts.items():
            row = self._program.Constraint(amount, amount)
            for variable in served[demand]:
                row.SetCoefficient(variable, 1)
            self._wanted[demand, slot] = row

    def add(self, agent: int, week: Week) -> bool:
        """Add a week of an agent; ``False``: it is known."""
        key = week.choice.tobytes() + week.placing.tobytes()
        if key in self.columns[agent]:
            return False
        if not self.columns[agent]:
            self._nobody[agent].SetBounds(0, 0)
        weight, profile = int(self.staff.weight[agent]), int(self.staff.profile[agent])
        cells = self.cells(week)
        over = float(self.tables.grid.sizes[OVER])
        share = self._variable(1, week.cost + over * weight * float(cells.sum()))
        self._one[agent].SetCoefficient(share, 1)
        for slot in np.flatnonzero(cells).tolist():
            row = self._present.get((slot, profile))
            if row is not None:
                row.SetCoefficient(share, -weight * float(cells[slot]))
        self.columns[agent][key] = _Column(week, share)
        return True

    def cells(self, week: Week) -> Ints:
        """Return how many cells of each interval a week is at work, shape ``(slots,)``."""
        per_day = int(self.tables.grid.sizes[PER_DAY] // self.tables.grid.sizes[PER_SLOT])
        row = np.zeros(self._slots, dtype=np.int64)
        for day in np.flatnonzero(week.choice >= 0).tolist():
            pattern = self._pattern(int(week.choice[day]), week.placing[day])
            room = row[day * per_day : day * per_day + len(pattern)]
            room += pattern[: len(room)]
        return row

    def _pattern(self, option: int, placing: Ints) -> Ints:
        key = option, placing.tobytes()
        if key not in self._patterns:
            geometry, per_slot = self.tables.geometry, int(self.tables.grid.sizes[PER_SLOT])
            end = int(geometry.end[option])
            there = np.zeros(-(-end // per_slot) * per_slot, dtype=np.int64)
            there[int(geometry.start[option]) : end] = 1
            first = int(geometry.group_start[option])
            for group in range(first, int(geometry.group_start[option + 1])):
                place = int(geometry.placing_start[group] + placing[group - first])
                for item in range(*geometry.break_start[place : place + 2].tolist()):
                    there[geometry.break_from[item] : geometry.break_to[item]] = 0
            self._patterns[key] = there.reshape(-1, per_slot).sum(axis=1)
        return self._patterns[key]

    def solve(self) -> Mixture | None:
        """Solve the program; ``None`` when it was interrupted."""
        if self._program.Solve() != pywraplp.Solver.OPTIMAL:
            return None
        for columns in self.columns:
            for column in columns.values():
                column.seen = column.share.solution_value()
        grid, staff = self.tables.grid, self.staff
        duals = np.zeros((self._slots, grid.serves.shape[0]))
        for (slot, profile), row in self._present.items():
            duals[slot, profile] = row.dual_value()
        # where nothing is wanted, whoever is there costs
        over = float(grid.sizes[OVER])
        prices = np.full((len(self.tables.problem.demands), self._slots), -over)
        for (demand, slot), row in self._wanted.items():
            prices[demand, slot] = row.dual_value()
        worth = -(over + duals[:, staff.class_profile].T)
        worth *= staff.class_weight[:, None] * float(grid.sizes[PER_SLOT])
        return Mixture(
            cost=self._cost.Value(),
            worth=worth,
            prices=prices,
            of_agent=np.array([row.dual_value() for row in self._one]),
        )

    def gain(self, mixture: Mixture, agent: int, week: Week) -> float:
        """Return by how much an agent's week would lower the cost, per share of it."""
        kind = int(self.staff.value_class[agent])
        worth = mixture.worth[kind] @ self.cells(week) / float(self.tables.grid.sizes[PER_SLOT])
        return float(mixture.of_agent[agent] + worth - week.cost)

    def shares(self, agent: int) -> list[tuple[float, Week]]:
        """Return the weeks of an agent with their shares in the mixture."""
        return [(column.seen, column.week) for column in self.columns[agent].values()]

    def fix(self, agent: int, week: Week) -> None:
        """Let an agent have one week only, until :meth:`free`."""
        key = week.choice.tobytes() + week.placing.tobytes()
        self.columns[agent][key].share.SetBounds(1, 1)

    def free(self, agent: int) -> None:
        """Let an agent have any mixture again."""
        for column in self.columns[agent].values():
            column.share.SetBounds(0, 1)

    def interrupt(self) -> None:
        """Make a solve that runs in another thread end."""
        self._program.InterruptSolve()
