"""The best week of each of many agents at given worths of presence, in one compiled step."""

from __future__ import annotations

import numpy as np

from solver.insertion import insert, recount
from solver.jit import kernel
from solver.kernels import fill
from solver.state import DAYS


@kernel
def best_weeks(grid, geometry, staff, graphs, search, agents, lawful):  # type: ignore[no-untyped-def]
    """Give each of ``agents`` the week that is best at ``search.guide``, whatever others do.

    ``lawful`` becomes 1 where there is one.  The search has nobody at work before; call
    :func:`clear` when the weeks have been read.
    """
    open_days = np.ones(grid.sizes[DAYS], dtype=np.int64)
    search.lean[0] = 1.0
    for place in range(len(agents)):
        agent = agents[place]
        fill(search.choice[agent], -1)
        for day in range(grid.sizes[DAYS]):
            fill(search.placing[agent, day], 0)
        lawful[place] = int(insert(grid, geometry, staff, graphs, search, agent, open_days, 0.0))


@kernel
def clear(grid, geometry, staff, search):  # type: ignore[no-untyped-def]
    """Take everybody out of a search."""
    for agent in range(search.choice.shape[0]):
        fill(search.choice[agent], -1)
    recount(grid, geometry, staff, search)
