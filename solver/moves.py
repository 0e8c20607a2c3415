"""Compiled improvement: take a few agents (or agents' days) out, put each back at its best.

Large-neighbourhood search with an exact repair: the week put back is the best one at the present
marginal cost of every interval.  Worse rosters are kept by temperature (simulated annealing).
"""

from __future__ import annotations

import numpy as np
from numba import njit

from solver.kernels import add_duty, copy_row, draw, fill, insert, recount, share_out
from solver.state import COST, DAYS, KNOWN, OVER, PER_DAY, PER_SLOT, SETS, SLOTS, VERSION

MOST_AGENTS = 6


@njit(cache=True, nogil=True)
def touch(grid, staff, search, agent, open_days, stamp, count):  # type: ignore[no-untyped-def]
    """Save the ledger of the intervals that an agent's open days can reach."""
    ledger, saved, touched = search.ledger, search.saved, search.touched
    per_slot, per_day = grid.sizes[PER_SLOT], grid.sizes[PER_DAY]
    slots = grid.sizes[SLOTS]
    wide = ledger.shape[1]
    for day in range(len(open_days)):
        if not open_days[day]:
            continue
        first = (day * per_day + staff.first_cell[agent]) // per_slot
        last = min(-(-(day * per_day + staff.last_cell[agent]) // per_slot), slots)
        for slot in range(first, last):
            if touched[0, slot] != stamp:
                touched[0, slot] = stamp
                touched[1, count] = slot
                for column in range(wide):
                    saved[count, column] = ledger[slot, column]
                count += 1
    return count


@njit(cache=True, nogil=True)
def cost_change(grid, search, slots):  # type: ignore[no-untyped-def]
    """Return by how much the cost of the touched intervals has changed (all known before)."""
    ledger, saved, touched = search.ledger, search.saved, search.touched
    wanted, base, cost_of, demand_of = grid.wanted, grid.base, grid.cost_of, grid.demand_of
    set_start, of_demand = grid.set_start, grid.of_demand
    over, sets = grid.sizes[OVER], grid.sizes[SETS]
    change = 0
    for place in range(slots):
        slot = touched[1, place]
        if ledger[slot, KNOWN] != ledger[slot, VERSION]:
            share_out(
                ledger, slot, wanted, base, cost_of, demand_of, set_start, of_demand, over, sets
            )
        change += ledger[slot, COST] - saved[place, COST]
    return change


@njit(cache=True, nogil=True)
def put_back(search, slots):  # type: ignore[no-untyped-def]
    """Restore the ledger of the touched intervals."""
    ledger, saved, touched = search.ledger, search.saved, search.touched
    wide = ledger.shape[1]
    for place in range(slots):
        slot = touched[1, place]
        for column in range(wide):
            ledger[slot, column] = saved[place, column]


@njit(cache=True, nogil=True)
def choose(grid, random, agents, mix, chosen, open_days):  # type: ignore[no-untyped-def]
    """Choose which agents to take out, and on which days; return their number.

    ``mix``: cumulative shares of moves with whole weeks of one, two and three agents; of what is
    left, the share with one day (the others: two days) and the most agents of such a move.
    """
    days = grid.sizes[DAYS]
    kind = draw(random)
    if kind < mix[2]:
        count = 1 + (kind >= mix[0]) + (kind >= mix[1])
        fill(open_days, 1)
    else:
        count = 1 + int(draw(random) * mix[4])
        fill(open_days, 0)
        open_days[int(draw(random) * days)] = 1
        if draw(random) >= mix[3]:
            open_days[int(draw(random) * days)] = 1
    count = min(count, agents, MOST_AGENTS)
    for place in range(count):
        fresh = False
        while not fresh:
            chosen[place] = int(draw(random) * agents)
            fresh = True
            for before in range(place):
                if chosen[before] == chosen[place]:
                    fresh = False
    return count


@njit(cache=True, nogil=True)
def note_best(search):  # type: ignore[no-untyped-def]
    """Take the present roster as the best one."""
    search.totals[1] = search.totals[0]
    for agent in range(search.choice.shape[0]):
        copy_row(search.best_choice[agent], search.choice[agent])
        for day in range(search.choice.shape[1]):
            copy_row(search.best_placing[agent, day], search.placing[agent, day])


@njit(cache=True, nogil=True)
def improve(  # type: ignore[no-untyped-def]
    grid, geometry, staff, graphs, search, mix, moves, hot, cold, noise
):
    """Make ``moves`` moves while the temperature falls from ``hot`` to ``cold``."""
    agents = len(staff.profile)
    days = grid.sizes[DAYS]
    groups = search.placing.shape[2]
    random = search.random
    chosen = np.zeros(MOST_AGENTS, dtype=np.int64)
    open_days = np.zeros(days, dtype=np.int64)
    old_choice = np.zeros((MOST_AGENTS, days), dtype=np.int64)
    old_placing = np.zeros((MOST_AGENTS, days, groups), dtype=np.int64)
    old_private = np.zeros(MOST_AGENTS)
    if agents == 0:
        return
    for move in range(moves):
        heat = hot * (cold / hot) ** (move / moves)
        count = choose(grid, random, agents, mix, chosen, open_days)
        search.counter[0] += 1
        stamp = search.counter[0]
        slots = 0
        delta = 0.0
        for place in range(count):
            agent = chosen[place]
            slots = touch(grid, staff, search, agent, open_days, stamp, slots)
            copy_row(old_choice[place], search.choice[agent])
            for day in range(days):
                copy_row(old_placing[place, day], search.placing[agent, day])
            old_private[place] = search.private[agent]
        for place in range(count):
            for day in range(days):
                if open_days[day]:
                    add_duty(grid, geometry, staff, search, chosen[place], day, np.int64(-1))
        loud = noise * heat if draw(random) < 0.6 else 0.0
        for place in range(count):
            agent = chosen[place]
            if not insert(grid, geometry, staff, graphs, search, agent, open_days, loud):
                for day in range(days):
                    if open_days[day]:
                        add_duty(grid, geometry, staff, search, agent, day, np.int64(1))
            delta += search.private[agent] - old_private[place]
        delta += cost_change(grid, search, slots)
        if delta <= 0 or draw(random) < np.exp(-delta / heat):
            search.totals[0] += delta
            if search.totals[0] < search.totals[1]:
                search.totals[1] = search.totals[0]
                note_best(search)
            continue
        for place in range(count):
            agent = chosen[place]
            copy_row(search.choice[agent], old_choice[place])
            for day in range(days):
                copy_row(search.placing[agent, day], old_placing[place, day])
            search.private[agent] = old_private[place]
        put_back(search, slots)


@njit(cache=True, nogil=True)
def build(grid, geometry, staff, graphs, search, order, noise):  # type: ignore[no-untyped-def]
    """Fill an empty roster agent by agent in ``order``; return its total cost."""
    open_days = np.ones(grid.sizes[DAYS], dtype=np.int64)
    for agent in order:
        for day in range(grid.sizes[DAYS]):
            add_duty(grid, geometry, staff, search, agent, day, np.int64(-1))
            search.choice[agent, day] = -1
        insert(grid, geometry, staff, graphs, search, agent, open_days, noise)
    return recount(grid, geometry, staff, search)
