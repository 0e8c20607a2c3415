"""Rosters from a mixture of weeks: one agent after another gets the week that has most of it.

The mixture (:mod:`solver.master`) grows by the best week of every agent at its duals until no week
would help; then agents are fixed, few at a time, and the others' weeks are found anew at the duals
that remain.  What comes of it is a whole roster, most often within a per cent of the mixture, which
is no dearer than any roster.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from solver.compile import Ints
from solver.insertion import insert
from solver.master import Master, Mixture, Week
from solver.pricing import best_weeks, clear
from solver.state import Search
from solver.tables import Graphs, Staff, Tables

ROUNDS, ROUNDS_BETWEEN = 400, 2
"""Rounds of new weeks before the first agent is fixed, and after some were."""
SURE, AT_ONCE = 0.95, 0.25
"""Agents with so much of one week are fixed together, up to a share of those who are left."""
DICE = 0.1
"""How much luck there is in who is fixed next, from the second dive on."""
LEAST_GAIN = 1e-3
"""Weeks that lower the cost by less are none that help."""
MOST_COLUMNS, LEAST_SHARE = 15_000, 1e-6
"""Weeks above which those are forgotten of which a mixture holds less."""

Blank = Callable[[int], Search]


class Diver:
    """Finds rosters for a problem without rules that tie agents together.

    ``blank`` returns an empty roster for a seed, ``check`` raises when the run is over.
    """

    def __init__(
        self, tables: Tables, staff: Staff, graphs: Graphs, blank: Blank, check: Callable[[], None]
    ) -> None:
        self.tables, self.staff, self.graphs = tables, staff, graphs
        self._blank, self._check = blank, check
        self._search = blank(1)
        days = tables.problem.horizon.days
        self._shut = np.zeros(days, dtype=np.int64)
        self.master = Master(tables, staff)
        self.everybody = range(len(tables.problem.agents))
        self.dives = 0
        self._lost = False

    # --- weeks -----------------------------------------------------------------------------------

    def learn(self, choice: Ints, placing: Ints) -> None:
        """Add every agent's lawful week of a roster."""
        for agent in self.everybody:
            week = self._week(agent, choice[agent], placing[agent])
            if week is not None:
                self.master.add(agent, week)

    def _week(self, agent: int, choice: Ints, placing: Ints) -> Week | None:
        search = self._search
        search.choice[agent], search.placing[agent] = choice, placing
        tables = self.tables
        lawful = insert(
            tables.grid, tables.geometry, self.staff, self.graphs, search, agent, self._shut, 0.0
        )
        cost = float(search.private[agent])
        search.choice[agent] = -1
        return Week(choice.copy(), placing.copy(), cost) if lawful else None

    def _best_weeks(self, mixture: Mixture, agents: Sequence[int]) -> list[tuple[int, Week]]:
        """Return the best week of each agent at what presence is worth in a mixture."""
        tables, search = self.tables, self._search
        search.guide[:] = mixture.worth
        places, lawful = np.array(agents, dtype=np.int64), np.zeros(len(agents), dtype=np.int64)
        best_weeks(tables.grid, tables.geometry, self.staff, self.graphs, search, places, lawful)
        found = [
            (
                agent,
                Week(
                    search.choice[agent].copy(),
                    search.placing[agent].copy(),
                    float(search.private[agent]),
                ),
            )
            for agent in places[lawful == 1].tolist()
        ]
        clear(tables.grid, tables.geometry, self.staff, search)
        return found

    def mix(
        self, agents: Sequence[int], rounds: int, enough: Callable[[], bool] = lambda: False
    ) -> Mixture | None:
        """Add weeks as long as they help; return the mixture, ``None`` when interrupted."""
        self._check()
        if self._lost:
            # the program lost its way among numbers: a fresh one finds it again
            self._lost = False
            self._rebuild(0.0)
        for _ in range(rounds):
            if enough():
                break
            self._check()
            mixture = self.master.solve()
            if mixture is None:
                self._lost = True
                return None
            helpful = [
                self.master.add(agent, week)
                for agent, week in self._best_weeks(mixture, agents)
                if self.master.gain(mixture, agent, week) > LEAST_GAIN * self.tables.scale.units
            ]
            if not any(helpful):
                return mixture
        return self.master.solve()

    # --- a dive ----------------------------------------------------------------------------------

    def dive(self, below: float, dice: np.random.Generator) -> Search | None:
        """Return a roster that costs less than ``below`` (cost × units), ``None`` if none comes."""
        self.dives += 1
        luck = DICE if self.dives > 1 else 0.0
        left, chosen = set(self.everybody), {}
        try:
            while left:
                mixture = self.mix(sorted(left), ROUNDS_BETWEEN)
                if mixture is None or mixture.cost > below - 1 + 1e-6:
                    return None
                if not all(self.master.columns[agent] for agent in left):
                    return None
                for agent, week in self._next(sorted(left), dice, luck):
                    self.master.fix(agent, week)
                    chosen[agent] = week
                    left.discard(agent)
        finally:
            for agent in chosen:
                self.master.free(agent)
        return self._roster(chosen)

    def _next(
        self, agents: Sequence[int], dice: np.random.Generator, luck: float
    ) -> list[tuple[int, Week]]:
        """Return whom to fix next, and to which week: all that are sure, else the surest."""
        found = []
        for agent in agents:
            share, week = max(self.master.shares(agent), key=lambda item: item[0])
            found.append((share + luck * float(dice.random()), share, agent, week))
        found.sort(key=lambda item: -item[0])
        most = max(1, int(AT_ONCE * len(agents)))
        sure = [item for item in found[:most] if item[1] >= SURE] or found[:1]
        return [(agent, week) for _, _, agent, week in sure]

    def _roster(self, weeks: dict[int, Week]) -> Search:
        search = self._blank(self.dives)
        for agent, week in weeks.items():
            search.choice[agent], search.placing[agent] = week.choice, week.placing
        return search

    def interrupt(self) -> None:
        """Make a program that is being solved end."""
        self.master.interrupt()

    def tidy(self) -> None:
        """Forget weeks that the last mixture does not hold, where there are very many."""
        if sum(map(len, self.master.columns)) > MOST_COLUMNS:
            self._rebuild(LEAST_SHARE)

    def _rebuild(self, least: float) -> None:
        """Begin the program anew with the weeks of which the last mixture held so much."""
        old, self.master = self.master, Master(self.tables, self.staff)
        for agent in self.everybody:
            for share, week in old.shares(agent):
                if share >= least:
                    self.master.add(agent, week)
