"""Rosters from prices: the average of what agents chose, made whole one agent after another.

Near the best prices agents waver between weeks; the average of their choices meets demand as well
as fractions of people could.  Each agent in turn takes the best whole week while the others not yet
decided count as that average, so early decisions already see what later ones will bring.
"""

from __future__ import annotations

import numpy as np

from solver.bound import Ascent
from solver.insertion import insert, recount
from solver.jit import kernel
from solver.kernels import add_duty, copy_row
from solver.moves import note_best
from solver.state import DAYS, FIRST, KNOWN, PRESENT, SETS, SLOTS, VERSION, Search, new_search
from solver.tables import Floats, Graphs, Staff, Tables


@kernel
def add_presence(grid, geometry, staff, search, chooser, mean, share):  # type: ignore[no-untyped-def]
    """Add ``share`` of each agent's presence in ``chooser``'s weeks to ``mean`` (agent, slot)."""
    for agent in range(mean.shape[0]):
        for slot in range(mean.shape[1]):
            search.ledger[slot, PRESENT] = 0
        for day in range(grid.sizes[DAYS]):
            search.choice[agent, day] = chooser.choice[agent, day]
            copy_row(search.placing[agent, day], chooser.placing[agent, day])
            add_duty(grid, geometry, staff, search, agent, day, np.int64(1))
        for slot in range(mean.shape[1]):
            mean[agent, slot] += share * search.ledger[slot, PRESENT]


class Average:
    """The mean presence of every agent over steps of an ascent, in units per slot."""

    def __init__(self, tables: Tables, ascent: Ascent) -> None:
        self.tables, self.ascent = tables, ascent
        self.scratch = new_search(
            tables.grid, tables.relaxed_geometry, ascent.staff, ascent.graphs, 1
        )
        self.sum: Floats = np.zeros((len(tables.problem.agents), int(tables.grid.sizes[SLOTS])))
        self.count = 0

    def add(self) -> None:
        """Add the weeks that agents choose at the ascent's present prices."""
        add_presence(
            self.tables.grid, self.tables.relaxed_geometry, self.ascent.staff, self.scratch,
            self.ascent.search, self.sum, 1.0,
        )  # fmt: skip
        self.count += 1

    def round_off(self, staff: Staff, graphs: Graphs, search: Search, seed: int) -> Search | None:
        """Fill an empty roster, agents decided in random order; ``None`` if one finds no week."""
        tables = self.tables
        grid = tables.grid
        search.away[:] = 1
        order = np.random.default_rng([seed, 7]).permutation(len(tables.problem.agents))
        mean = self.sum / max(self.count, 1)
        sets = slice(FIRST, FIRST + int(grid.sizes[SETS]))
        present = mean.sum(axis=0)
        reach = grid.reach[staff.profile].astype(np.float64)
        supply = mean.T @ reach
        days = np.ones(int(grid.sizes[DAYS]), dtype=np.int64)
        ledger = search.ledger
        for agent in order.tolist():
            present = present - mean[agent]
            supply -= mean[agent][:, None] * reach[agent]
            expected = np.rint(supply).astype(np.int64)
            others = np.rint(present).astype(np.int64)
            for sign in (1, -1):
                ledger[:, sets] += sign * expected
                ledger[:, PRESENT] += sign * others
                ledger[:, KNOWN] = -1
                search.counter[0] += 1
                ledger[:, VERSION] = search.counter[0]
                if sign == 1:
                    found = insert(grid, tables.geometry, staff, graphs, search, agent, days, 0.0)
                    if not found:
                        return None
        recount(grid, tables.geometry, staff, search)
        note_best(search)
        return search
