"""Rosters from prices: what agents chose on the way to the bound, drawn at random for each.

Near the best prices agents waver between weeks.  Over many steps each week comes as often as the
best mixture of weeks holds it, so a roster of one remembered week per agent meets demand about as
well as the mixture does, up to the luck of the draw; what luck spoils the search mends.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.bound import Ascent
from solver.compile import Ints
from solver.jit import kernel
from solver.state import DAYS, Search
from solver.tables import Tables

MOST = 64
"""Weeks remembered of each agent."""

Small = NDArray[np.int32]


@kernel
def place_nearest(grid, relaxed, exact, spots, search):  # type: ignore[no-untyped-def]
    """Put the breaks of a search's duties where ``spots`` has them, or next to that.

    ``spots`` (agent, day, relaxed group) places each break alone; the joint placing nearest to
    them keeps the distances between breaks.
    """
    relaxed_group, relaxed_start = relaxed.group_start, relaxed.placing_start
    group_start, placing_start = exact.group_start, exact.placing_start
    break_start, break_from, break_to = exact.break_start, exact.break_from, exact.break_to
    for agent in range(search.choice.shape[0]):
        for day in range(grid.sizes[DAYS]):
            option = search.choice[agent, day]
            if option < 0:
                continue
            alone = 0
            begin = group_start[option]
            for group in range(begin, group_start[option + 1]):
                first, last = placing_start[group], placing_start[group + 1]
                least = 2**40
                count = 0
                for placing in range(first, last):
                    count = break_start[placing + 1] - break_start[placing]
                    far = 0
                    for place in range(count):
                        single = relaxed_start[relaxed_group[option] + alone + place]
                        wanted = relaxed.break_start[single + spots[agent, day, alone + place]]
                        near = 2**40
                        # breaks of equal length are listed in either order
                        for item in range(break_start[placing], break_start[placing + 1]):
                            near = min(
                                near,
                                abs(break_from[item] - relaxed.break_from[wanted])
                                + abs(break_to[item] - relaxed.break_to[wanted]),
                            )
                        far += near
                    if far < least:
                        least = far
                        search.placing[agent, day, group - begin] = placing - first
                alone += count


@dataclass(frozen=True, slots=True)
class Tours:
    """Weeks of every agent: ``choice`` (week, agent, day) and ``spots`` of their breaks."""

    tables: Tables
    choice: Small
    spots: Small

    def draw(self, search: Search, seed: int) -> None:
        """Write one week per agent, each as likely as the other, into an empty search.

        Nothing is counted, and a week may break rules that only the search's own graphs know.
        """
        agents = self.choice.shape[1]
        dice = np.random.default_rng([seed, 7])
        self.pick(search, dice.integers(len(self.choice), size=(agents,)))

    def pick(self, search: Search, pick: Ints) -> None:
        """Write each agent's week of a number into an empty search, as :meth:`draw` does."""
        everybody = np.arange(self.choice.shape[1])
        search.choice[:] = self.choice[pick, everybody]
        spots: Ints = self.spots[pick, everybody].astype(np.int64)
        place_nearest(
            self.tables.grid, self.tables.relaxed_geometry, self.tables.geometry, spots, search
        )


class TourBook:
    """Keeps weeks that agents choose while an ascent goes on, evenly spread over its steps."""

    def __init__(self, tables: Tables, ascent: Ascent) -> None:
        self.tables, self.ascent = tables, ascent
        self._kept: list[tuple[Small, Small]] = []
        self._seen = 0
        self._stride = 1

    @property
    def count(self) -> int:
        """How many weeks of each agent are kept."""
        return len(self._kept)

    def keep(self) -> None:
        """Keep the weeks that agents choose at the ascent's present prices."""
        if self._seen % self._stride == 0:
            search = self.ascent.search
            self._kept.append((search.choice.astype(np.int32), search.placing.astype(np.int32)))
            if len(self._kept) > MOST:
                self._kept = self._kept[::2]
                self._stride *= 2
        self._seen += 1

    def tours(self) -> Tours | None:
        """Return what is kept so far."""
        if not self._kept:
            return None
        choices, spots = zip(*self._kept, strict=True)
        return Tours(self.tables, np.stack(choices), np.stack(spots))
