"""Ascent of the Lagrangian bound: prices per demand and interval prove what is possible."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from solver.compile import Ints
from solver.legal import Weeks
from solver.prices import ascend, guide_values
from solver.staff import with_weeks
from solver.state import DAYS, OVER, SLOTS, new_search
from solver.tables import Floats, Tables


class Prices(NamedTuple):
    """Prices (demand, slot), quotes (rule, slot), the best of both, and moments of their slopes."""

    price: Floats
    quote: Floats
    best_price: Floats
    best_quote: Floats
    top: Floats
    moments: Floats
    quote_moments: Floats
    cap_moments: Floats
    unit: float
    """Units of one agent-interval: the scale of what a cap's multiplier is worth."""


class Scratch(NamedTuple):
    """Space of one step; see :mod:`solver.prices`."""

    slope: Floats
    pull: Floats
    heads: Floats
    value: Floats
    span: Floats
    task: Ints
    worth: Floats
    spot: Ints
    used: Ints
    work: Floats
    whole: Floats


class Ascent:
    """A running ascent: call :meth:`climb` as long as there is time.

    ``weeks`` may be relaxations (more weeks than legal ones): the bound stays valid.
    """

    def __init__(self, tables: Tables, weeks: Sequence[Weeks]) -> None:
        grid = tables.grid
        self.tables = tables
        self.staff, self.graphs = with_weeks(
            tables.problem, tables.staff, tables.scale.units, weeks
        )
        self.search = new_search(grid, tables.relaxed_geometry, self.staff, self.graphs, 1)
        demands, slots = len(tables.problem.demands), int(grid.sizes[SLOTS])
        rules, classes = self.staff.heads.low.shape[0], len(self.staff.class_profile)
        profiles, days = grid.reach.shape[0], int(grid.sizes[DAYS])
        top = np.array(
            [max([step.cost for step in item.under_steps]) for item in tables.problem.demands],
            dtype=np.float64,
        )
        needed = np.zeros((demands, slots))
        np.add.at(needed, tables.coverage.demand_of, tables.coverage.wanted.T)
        # demanded intervals start near the middle, all others at the price of a useless hour
        price = np.where(needed > 0, 0.2 * top[:, None], -float(grid.sizes[OVER]))
        quote = np.zeros((rules, slots))
        self.prices = Prices(
            price, quote, price.copy(), quote.copy(), top,
            np.zeros((2, demands, slots)), np.zeros((2, rules, slots)),
            np.zeros((2, 1, max(len(self.graphs.cap_high), 1))), float(tables.scale.units),
        )  # fmt: skip
        self.state = np.array([0.0, -math.inf])
        options = max(len(tables.problem.options), 1)
        integers = np.int64
        self.scratch = Scratch(
            slope=np.zeros((demands, slots)),
            pull=np.zeros((rules, slots)),
            heads=np.zeros((rules, slots)),
            value=np.zeros((classes, slots)),
            span=np.zeros((classes, slots)),
            task=np.zeros((profiles, slots), dtype=integers),
            worth=np.zeros((classes, days, options)),
            spot=np.zeros((classes, days, options, self.search.placing.shape[2]), dtype=integers),
            used=np.zeros((classes, days, options), dtype=integers),
            work=np.zeros((classes, slots)),
            whole=np.zeros((classes, slots)),
        )

    def climb(self, steps: int, rate: float, every: int = 1) -> float:
        """Make steps of about ``rate`` cost units per price; return :attr:`bound`.

        ``every`` above 1 asks one in so many agents: quick, but the bound does not rise.
        """
        ascend(
            self.tables.grid, self.tables.relaxed_geometry, self.staff, self.graphs, self.search,
            self.prices, self.scratch, self.state, steps, rate, every,
        )  # fmt: skip
        return self.bound

    def judge(self, price: Floats) -> float:
        """Look at what other prices (demand, slot) prove, and go on from them; return the bound."""
        self.prices.price[:] = np.clip(price, -float(self.tables.grid.sizes[OVER]),
                                       self.prices.top[:, None])  # fmt: skip
        return self.climb(1, 0.0)

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

    def guide(self) -> tuple[Floats, Floats]:
        """Return what presence is worth at the best prices, per value class and interval."""
        shape = self.scratch.value.shape
        values, spans = np.zeros(shape), np.zeros(shape)
        guide_values(
            self.tables.grid, self.staff, self.prices.best_price, self.prices.best_quote,
            self.scratch, values, spans,
        )  # fmt: skip
        return values, spans

    def proof(self) -> tuple[Floats, ...]:
        """Return the prices of the best bound: per demand, then per staffing rule."""
        found = [*self.prices.best_price.copy(), *self.prices.best_quote.copy()]
        for item in found:
            item.setflags(write=False)
        return tuple(found)
