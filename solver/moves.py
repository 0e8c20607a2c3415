"""Compiled improvement: take a few agents (or agents' days) out, put each back at its best.

Large-neighbourhood search with an exact repair: the week put back is the best one at the present
marginal cost of every interval.  Worse rosters are kept by temperature (simulated annealing).
"""

from __future__ import annotations

import numpy as np

from solver.insertion import insert, recount
from solver.jit import inner, kernel
from solver.kernels import add_duty, copy_row, draw, fill, share_out
from solver.state import COST, DAYS, EXTRA, KNOWN, OVER, PER_DAY, PER_SLOT, SETS, SLOTS, VERSION
from solver.ties import pairs_cost, same_shift

MOST_AGENTS = 6


@inner
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


@inner
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
        change += ledger[slot, EXTRA] - saved[place, EXTRA]
    return change


@inner
def put_back(search, slots):  # type: ignore[no-untyped-def]
    """Restore the ledger of the touched intervals."""
    ledger, saved, touched = search.ledger, search.saved, search.touched
    wide = ledger.shape[1]
    for place in range(slots):
        slot = touched[1, place]
        for column in range(wide):
            ledger[slot, column] = saved[place, column]


@inner
def choose(grid, staff, random, agents, mix, chosen, open_days):  # type: ignore[no-untyped-def]
    """Choose which agents to take out, and on which days; return their number.

    ``mix``: cumulative shares of moves with whole weeks of one, two and three agents; of what is
    left, the share with one day (the others: two days) and the most agents of such a move.  On a
    horizon of several weeks "whole" is a stretch of days, now and then everything.
    """
    days = grid.sizes[DAYS]
    kind = draw(random)
    if kind < mix[2]:
        count = 1 + (kind >= mix[0]) + (kind >= mix[1])
        fill(open_days, 1)
        if days > 7 and draw(random) < 0.95:
            fill(open_days, 0)
            length = 2 + int(draw(random) * 13)
            first = int(draw(random) * (days + length)) - length
            for day in range(max(first, 0), min(first + length + 1, days)):
                open_days[day] = 1
    else:
        count = 1 + int(draw(random) * mix[4])
        fill(open_days, 0)
        open_days[int(draw(random) * days)] = 1
        if draw(random) >= mix[3]:
            open_days[int(draw(random) * days)] = 1
    count = min(count, agents, MOST_AGENTS)
    first = 0
    pairs = staff.pairs.rule.shape[0]
    if pairs > 0 and agents > 1 and draw(random) < 0.1:
        # partners move together or hardly at all
        rule = staff.pairs.rule[int(draw(random) * pairs)]
        chosen[0] = rule[0]
        chosen[1] = rule[1]
        first = 2 if rule[0] != rule[1] else 1
        count = max(count, first)
    for place in range(first, count):
        fresh = False
        while not fresh:
            chosen[place] = int(draw(random) * agents)
            fresh = True
            for before in range(place):
                if chosen[before] == chosen[place]:
                    fresh = False
    return count


@kernel
def note_best(search):  # type: ignore[no-untyped-def]
    """Take the present roster as the best one."""
    search.totals[1] = search.totals[0]
    search.fresh[-1] = 0
    for agent in range(search.choice.shape[0]):
        search.fresh[agent] = 0
        copy_row(search.best_choice[agent], search.choice[agent])
        for day in range(search.choice.shape[1]):
            copy_row(search.best_placing[agent, day], search.placing[agent, day])


@inner
def note_better(search):  # type: ignore[no-untyped-def]
    """As :func:`note_best`, where only the agents noted as changed differ from the best roster."""
    search.totals[1] = search.totals[0]
    agents = search.choice.shape[0]
    for place in range(search.fresh[-1]):
        agent = search.fresh[agents + place]
        search.fresh[agent] = 0
        copy_row(search.best_choice[agent], search.choice[agent])
        for day in range(search.choice.shape[1]):
            copy_row(search.best_placing[agent, day], search.placing[agent, day])
    search.fresh[-1] = 0


@inner
def take_out(grid, geometry, staff, search, agent, open_days):  # type: ignore[no-untyped-def]
    """Take an agent's duties of some days out of the supply."""
    for day in range(len(open_days)):
        if open_days[day]:
            add_duty(grid, geometry, staff, search, agent, day, np.int64(-1))
    search.away[agent] = 1
    for day in range(len(open_days)):
        option = search.choice[agent, day]
        if not open_days[day] and not same_shift(geometry, staff, agent, day, option):
            # whatever becomes of the open days, this agent stays affected
            return
    search.affected[-1] -= search.affected[agent]
    search.affected[agent] = 0


@kernel
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
    old_affected = np.zeros(MOST_AGENTS, dtype=np.int64)
    if agents == 0:
        return
    for move in range(moves):
        heat = hot * (cold / hot) ** (move / moves)
        count = choose(grid, staff, random, agents, mix, chosen, open_days)
        search.counter[0] += 1
        stamp = search.counter[0]
        slots = 0
        delta = -pairs_cost(geometry, staff, search, chosen, count)
        for place in range(count):
            agent = chosen[place]
            slots = touch(grid, staff, search, agent, open_days, stamp, slots)
            copy_row(old_choice[place], search.choice[agent])
            for day in range(days):
                copy_row(old_placing[place, day], search.placing[agent, day])
            old_private[place] = search.private[agent]
            old_affected[place] = search.affected[agent]
        for place in range(count):
            take_out(grid, geometry, staff, search, chosen[place], open_days)
        loud = noise * heat if draw(random) < 0.6 else 0.0
        lawful = True
        for place in range(count):
            agent = chosen[place]
            if lawful:
                lawful = insert(
                    grid, geometry, staff, graphs, search, agent, open_days, loud
                )  # fmt: skip
                delta += search.private[agent] - old_private[place]
        if lawful:
            delta += cost_change(grid, search, slots)
            delta += pairs_cost(geometry, staff, search, chosen, count)
        if lawful and (delta <= 0 or draw(random) < np.exp(-delta / heat)):
            search.totals[0] += delta
            for place in range(count):
                agent = chosen[place]
                if not search.fresh[agent]:
                    search.fresh[agent] = 1
                    search.fresh[agents + search.fresh[-1]] = agent
                    search.fresh[-1] += 1
            if search.totals[0] < search.totals[1] - 1e-6:
                note_better(search)
            continue
        for place in range(count):
            agent = chosen[place]
            copy_row(search.choice[agent], old_choice[place])
            for day in range(days):
                copy_row(search.placing[agent, day], old_placing[place, day])
            search.private[agent] = old_private[place]
            search.away[agent] = 0
            search.affected[-1] += old_affected[place] - search.affected[agent]
            search.affected[agent] = old_affected[place]
        put_back(search, slots)


@kernel
def build(grid, geometry, staff, graphs, search, order, noise):  # type: ignore[no-untyped-def]
    """Give the agents in ``order`` weeks one after another; tell how many found none.

    Those are left without duties, at the front of ``order``.
    """
    open_days = np.ones(grid.sizes[DAYS], dtype=np.int64)
    stranded = 0
    for place in range(len(order)):
        search.away[order[place]] = 1
    for place in range(len(order)):
        agent = order[place]
        take_out(grid, geometry, staff, search, agent, open_days)
        fill(search.choice[agent], -1)
        if not insert(grid, geometry, staff, graphs, search, agent, open_days, noise):
            fill(search.choice[agent], -1)
            search.away[agent] = 0
            order[place] = order[stranded]
            order[stranded] = agent
            stranded += 1
    recount(grid, geometry, staff, search)
    return stranded
