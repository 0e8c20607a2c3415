"""Compiled Lagrangian step: what every agent would do at given prices, and what that proves.

A price per demand and interval, between -over cost and the highest under-cost, stands for serving
one unit.  Then agents do not meet: L(p) = Σ wanted × min(p, cost) - Σ over agents of the value of
their best week, and L(p) <= optimum for every p (weak duality).
"""

from __future__ import annotations

import numpy as np
from numba import njit

from solver.kernels import best_path, copy_row, fill, option_value, place_breaks, take_path
from solver.state import DAYS, LONGEST, OVER, PER_DAY, PER_SLOT, SLOTS


@njit(cache=True, nogil=True)
def presence_value(grid, price, value, task):  # type: ignore[no-untyped-def]
    """Fill a unit's worth per profile and slot, and the demand it would serve (-1: none)."""
    for profile in range(value.shape[0]):
        for slot in range(value.shape[1]):
            best = -float(grid.sizes[OVER])
            which = -1
            for demand in range(price.shape[0]):
                if grid.serves[profile, demand] and price[demand, slot] > best:
                    best = price[demand, slot]
                    which = demand
            value[profile, slot] = best
            task[profile, slot] = which


@njit(cache=True, nogil=True)
def day_prefix(grid, row, day, prefix):  # type: ignore[no-untyped-def]
    """Sum the worth of one unit's presence over the cells of a day and what follows it."""
    origin = day * grid.sizes[PER_DAY]
    per_slot = grid.sizes[PER_SLOT]
    prefix[0] = 0.0
    for cell in range(grid.sizes[LONGEST]):
        slot = (origin + cell) // per_slot
        worth = row[slot] if slot < grid.sizes[SLOTS] else 0.0
        prefix[cell + 1] = prefix[cell] + worth


@njit(cache=True, nogil=True)
def serve_cells(grid, gradient, task, first, last, weight):  # type: ignore[no-untyped-def]
    """Take units at work from what is still wanted of the demand they serve."""
    per_slot = grid.sizes[PER_SLOT]
    for cell in range(first, min(last, grid.sizes[SLOTS] * per_slot)):
        demand = task[cell // per_slot]
        if demand >= 0:
            gradient[demand, cell // per_slot] -= weight


@njit(cache=True, nogil=True)
def price_out(  # type: ignore[no-untyped-def]
    grid, geometry, staff, graphs, search, price, gradient, value, task, worth
):
    """Return L(p); fill its gradient and the weeks that agents choose (``search.choice``).

    ``worth`` (profile, day, option) and ``value``, ``task`` (profile, slot) are scratch.
    """
    days = grid.sizes[DAYS]
    per_day = grid.sizes[PER_DAY]
    total = 0.0
    for demand in range(gradient.shape[0]):
        fill(gradient[demand], 0.0)
    for slot in range(grid.sizes[SLOTS]):
        for segment in range(len(grid.cost_of)):
            amount = grid.wanted[slot, segment]
            if amount:
                demand = grid.demand_of[segment]
                total += amount * min(price[demand, slot], grid.cost_of[segment])
                if price[demand, slot] <= grid.cost_of[segment]:
                    gradient[demand, slot] += amount
    presence_value(grid, price, value, task)
    for profile in range(value.shape[0]):
        for day in range(days):
            day_prefix(grid, value[profile], day, search.prefix)
            for option in range(len(geometry.start)):
                worth[profile, day, option] = option_value(geometry, search.prefix, option)
    for agent in range(len(staff.profile)):
        profile = staff.profile[agent]
        weight = staff.weight[agent]
        for day in range(days):
            fill(search.class_value[day], -np.inf)
            search.class_value[day, 0] = -staff.mask[agent, day, 0]
            search.class_option[day, 0] = -1
            for position in range(staff.option_start[agent], staff.option_start[agent + 1]):
                option = staff.options[position]
                gain = weight * worth[profile, day, option] - staff.mask[agent, day, option + 1]
                kind = staff.option_class[position]
                if gain > search.class_value[day, kind]:
                    search.class_value[day, kind] = gain
                    search.class_option[day, kind] = option
        total -= best_path(graphs, search, graphs.of_agent[agent], days)
        take_path(staff, graphs, search, agent, days)
        for day in range(days):
            option = search.choice[agent, day]
            if option < 0:
                continue
            day_prefix(grid, value[profile], day, search.prefix)
            row = search.placing[agent, day]
            place_breaks(geometry, search.prefix, option, row)
            origin = day * per_day
            first = origin + geometry.start[option]
            serve_cells(grid, gradient, task[profile], first, origin + geometry.end[option], weight)
            begin = geometry.group_start[option]
            for group in range(begin, geometry.group_start[option + 1]):
                placing = geometry.placing_start[group] + row[group - begin]
                for item in range(geometry.break_start[placing], geometry.break_start[placing + 1]):
                    first = origin + geometry.break_from[item]
                    last = origin + geometry.break_to[item]
                    serve_cells(grid, gradient, task[profile], first, last, -weight)
    return total


@njit(cache=True, nogil=True)
def ascend(  # type: ignore[no-untyped-def]
    grid,
    geometry,
    staff,
    graphs,
    search,
    price,
    best_price,
    top,
    moments,
    state,
    scratch,
    steps,
    rate,
):
    """Make ``steps`` projected Adam steps on the prices; return the best bound seen.

    ``moments`` (2, demands, slots); ``state`` holds the step number and the best bound so far.
    Kingma & Ba 2015 with the gradient scaled by the demand's own curvature left to the moments.
    """
    gradient, value, task, worth = scratch
    low = -float(grid.sizes[OVER])
    for _ in range(steps):
        bound = price_out(
            grid, geometry, staff, graphs, search, price, gradient, value, task, worth
        )
        if bound > state[1]:
            state[1] = bound
            for demand in range(price.shape[0]):
                copy_row(best_price[demand], price[demand])
        state[0] += 1.0
        first = 1.0 - 0.9 ** state[0]
        second = 1.0 - 0.98 ** state[0]
        for demand in range(price.shape[0]):
            for slot in range(price.shape[1]):
                slope = gradient[demand, slot]
                moments[0, demand, slot] = 0.9 * moments[0, demand, slot] + 0.1 * slope
                moments[1, demand, slot] = 0.98 * moments[1, demand, slot] + 0.02 * slope * slope
                size = np.sqrt(moments[1, demand, slot] / second) + 1e-9
                step = rate * (moments[0, demand, slot] / first) / size
                price[demand, slot] = min(max(price[demand, slot] + step, low), top[demand])
    return state[1]
