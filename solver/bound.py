"""Ascent of the Lagrangian bound: prices per demand and interval prove what is possible."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from solver.prices import ascend
from solver.state import DAYS, OVER, SLOTS, new_search
from solver.tables import Floats, Tables, with_graphs
from solver.weeks import WeekGraph


class Ascent:
    """A running ascent: call :meth:`climb` as long as there is time.

    ``graphs`` may be relaxations (more weeks than legal ones): the bound stays valid.
    """

    def __init__(self, tables: Tables, graphs: Sequence[WeekGraph]) -> None:
        grid = tables.grid
        self.tables = tables
        self.staff, self.graphs = with_graphs(tables, graphs)
        self.search = new_search(grid, tables.relaxed_geometry, self.staff, self.graphs, 1)
        demands, slots = len(tables.problem.demands), int(grid.sizes[SLOTS])
        profiles, days = grid.reach.shape[0], int(grid.sizes[DAYS])
        self.top = np.array(
            [max([step.cost for step in item.under_steps]) for item in tables.problem.demands],
            dtype=np.float64,
        )
        needed = np.zeros((demands, slots))
        np.add.at(needed, tables.coverage.demand_of, tables.coverage.wanted.T)
        # demanded intervals start near the middle, all others at the price of a useless hour
        self.price = np.where(needed > 0, 0.2 * self.top[:, None], -float(grid.sizes[OVER]))
        self.best_price: Floats = self.price.copy()
        self.moments = np.zeros((2, demands, slots))
        self.state = np.array([0.0, -math.inf])
        options = len(tables.problem.options)
        self.scratch = (
            np.zeros((demands, slots)),
            np.zeros((profiles, slots)),
            np.zeros((profiles, slots), dtype=np.int64),
            np.zeros((profiles, days, max(options, 1))),
        )

    def climb(self, steps: int, rate: float) -> float:
        """Make steps of about ``rate`` cost units per price; return :attr:`bound`."""
        ascend(
            self.tables.grid, self.tables.relaxed_geometry, self.staff, self.graphs, self.search,
            self.price, self.best_price, self.top, self.moments, self.state, self.scratch,
            steps, rate,
        )  # fmt: skip
        return self.bound

    @property
    def bound(self) -> float:
        """The proven bound in the problem's cost unit.

        Every roster's cost is a whole number of cost ÷ units, so the bound is rounded up to one;
        rounding errors of the sums (below 1e-9 of their size) are taken off before.
        """
        value = float(self.state[1])
        if math.isinf(value):
            return 0.0
        whole = math.ceil(value - 1e-6 - 1e-9 * abs(value))
        return max(whole, 0) / self.tables.scale.units
