"""Compiled inner loops: cost of intervals, values of options, best weeks, re-insertion.

Everything is whole numbers of units and costs (see :mod:`solver.compile`); floats hold them
exactly.  No function here allocates in its inner loop or holds the interpreter's lock.
"""

from __future__ import annotations

import numpy as np

from solver.jit import inlined, inner
from solver.state import (
    COST,
    FIRST,
    KNOWN,
    OPEN,
    OVER,
    PER_DAY,
    PER_SLOT,
    PRESENT,
    SETS,
    SLOTS,
    VERSION,
)
from solver.ties import add_heads, heads_value

# slices are assigned by loops: numba's own assignment costs seconds of compilation for its checks


@inner
def fill(row, value):  # type: ignore[no-untyped-def]
    """Set every item of a row."""
    for place in range(row.shape[0]):
        row[place] = value


@inner
def copy_row(target, source):  # type: ignore[no-untyped-def]
    """Copy a row of one dimension."""
    for place in range(source.shape[0]):
        target[place] = source[place]


@inner
def draw(random):  # type: ignore[no-untyped-def]
    """Return a random number in [0, 1) from its state (xorshift*, Vigna 2016)."""
    x = random[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    random[0] = x
    y = x * np.uint64(2685821657736338717)
    return float(y >> np.uint64(11)) / 9007199254740992.0


@inner
def share_out(  # type: ignore[no-untyped-def]
    ledger, slot, wanted, base, cost_of, demand_of, set_start, of_demand, over, sets
):
    """Share the agents of an interval out at least cost and note the result in the ledger.

    Greedy over segments in order of falling cost is optimal, for the amounts that can be served
    form a polymatroid (Edmonds 1970); what is left of a set is what its demands can still receive.
    """
    left = FIRST + sets
    unserved = left + sets
    for place in range(sets):
        ledger[slot, left + place] = ledger[slot, FIRST + place]
    cost = base[slot] + over * ledger[slot, PRESENT]
    rest = 0
    for segment in range(len(cost_of)):
        amount = wanted[slot, segment]
        ledger[slot, unserved + segment] = amount
        if amount == 0:
            continue
        rest += amount
        demand = demand_of[segment]
        first = set_start[demand]
        last = set_start[demand + 1]
        if first == last:
            continue
        for position in range(first, last):
            amount = min(amount, ledger[slot, left + of_demand[position]])
        if amount > 0:
            cost -= (cost_of[segment] + over) * amount
            ledger[slot, unserved + segment] -= amount
            rest -= amount
            for position in range(first, last):
                ledger[slot, left + of_demand[position]] -= amount
    ledger[slot, OPEN] = rest
    ledger[slot, COST] = cost
    ledger[slot, KNOWN] = ledger[slot, VERSION]


@inner
def extra_cost(  # type: ignore[no-untyped-def]
    ledger, slot, room, cost_of, demand_of, set_start, of_demand, over, sets, reach, profile,
    weight, keep,
):  # fmt: skip
    """Return what ``weight`` more units of a profile add to the cost of a known interval.

    More agents never take service away from a unit of demand (an augmenting path keeps what it
    passes served), so it is enough to serve more.  ``keep`` writes the result to the ledger.
    """
    left = FIRST + sets
    unserved = left + sets
    cost = over * weight
    rest = weight
    fresh = True
    if ledger[slot, OPEN] > 0:
        for segment in range(len(cost_of)):
            amount = min(ledger[slot, unserved + segment], rest)
            if amount == 0:
                continue
            demand = demand_of[segment]
            first = set_start[demand]
            last = set_start[demand + 1]
            if first == last:
                continue
            if fresh:
                for position in range(first, last):
                    place = of_demand[position]
                    reached = weight * reach[profile, place]
                    amount = min(amount, ledger[slot, left + place] + reached)
                    if amount == 0:
                        break
                if amount == 0:
                    continue
                if amount == weight and not keep:
                    cost -= (cost_of[segment] + over) * amount
                    break
                fresh = False
                for place in range(sets):
                    room[place] = ledger[slot, left + place] + weight * reach[profile, place]
            else:
                for position in range(first, last):
                    amount = min(amount, room[of_demand[position]])
            if amount > 0:
                cost -= (cost_of[segment] + over) * amount
                rest -= amount
                for position in range(first, last):
                    room[of_demand[position]] -= amount
                if keep:
                    ledger[slot, unserved + segment] -= amount
                    ledger[slot, OPEN] -= amount
                if rest == 0:
                    break
    if keep:
        for place in range(sets):
            if fresh:
                ledger[slot, left + place] += weight * reach[profile, place]
            else:
                ledger[slot, left + place] = room[place]
        ledger[slot, COST] += cost
    return cost


@inner
def cost_at(grid, search, slot):  # type: ignore[no-untyped-def]
    """Return the cost of an interval, shared out anew when its supply has changed."""
    ledger = search.ledger
    if ledger[slot, KNOWN] != ledger[slot, VERSION]:
        share_out(
            ledger, slot, grid.wanted, grid.base, grid.cost_of, grid.demand_of, grid.set_start,
            grid.of_demand, grid.sizes[OVER], grid.sizes[SETS],
        )  # fmt: skip
    return ledger[slot, COST]


@inlined
def add_cells(grid, staff, search, agent, first, last, sign):  # type: ignore[no-untyped-def]
    """Add (or take away) an agent at work in cells ``first … last - 1`` of the horizon."""
    # arrays are taken out of their tuples once: doing so in the loop costs more than the loop
    ledger, counter, room, reach = search.ledger, search.counter, search.room, grid.reach
    cost_of, demand_of = grid.cost_of, grid.demand_of
    set_start, of_demand = grid.set_start, grid.of_demand
    per_slot, sets, over = grid.sizes[PER_SLOT], grid.sizes[SETS], grid.sizes[OVER]
    slots = grid.sizes[SLOTS]
    weight = sign * staff.weight[agent]
    profile = staff.profile[agent]
    cell = first
    slot = first // per_slot - 1
    while cell < last:
        slot += 1
        until = min(last, (slot + 1) * per_slot)
        if slot < slots:
            amount = weight * (until - cell)
            kept = amount > 0 and ledger[slot, KNOWN] == ledger[slot, VERSION]
            if kept:
                extra_cost(
                    ledger, slot, room, cost_of, demand_of, set_start, of_demand, over, sets,
                    reach, profile, amount, True,
                )  # fmt: skip
            ledger[slot, PRESENT] += amount
            for place in range(sets):
                ledger[slot, FIRST + place] += amount * reach[profile, place]
            counter[0] += 1
            ledger[slot, VERSION] = counter[0]
            if kept:
                ledger[slot, KNOWN] = counter[0]
        cell = until
    if staff.heads.start[agent] < staff.heads.start[agent + 1]:
        add_heads(grid, staff, search, agent, first, last, sign, 0)


@inner
def add_duty(grid, geometry, staff, search, agent, day, sign):  # type: ignore[no-untyped-def]
    """Add (or take away) an agent's duty of one day, breaks left out."""
    option = search.choice[agent, day]
    if option < 0:
        return
    placing_start, break_start = geometry.placing_start, geometry.break_start
    origin = day * grid.sizes[PER_DAY]
    begin = geometry.group_start[option]
    breaks = search.breaks
    count = 0
    # breaks in order, so that each stretch between two of them is added once
    for group in range(begin, geometry.group_start[option + 1]):
        placing = placing_start[group] + search.placing[agent, day, group - begin]
        for item in range(break_start[placing], break_start[placing + 1]):
            place = count
            while place > 0 and breaks[0, place - 1] > geometry.break_from[item]:
                breaks[0, place] = breaks[0, place - 1]
                breaks[1, place] = breaks[1, place - 1]
                place -= 1
            breaks[0, place] = geometry.break_from[item]
            breaks[1, place] = geometry.break_to[item]
            count += 1
    cell = geometry.start[option]
    for place in range(count):
        if breaks[0, place] > cell:
            add_cells(grid, staff, search, agent, origin + cell, origin + breaks[0, place], sign)
        cell = breaks[1, place]
    last = origin + geometry.end[option]
    if geometry.end[option] > cell:
        add_cells(grid, staff, search, agent, origin + cell, last, sign)
    if staff.heads.start[agent] < staff.heads.start[agent + 1]:
        add_heads(grid, staff, search, agent, origin + geometry.start[option], last, sign, 1)


@inlined
def option_value(geometry, prefix, option):  # type: ignore[no-untyped-def]
    """Return the worth of an option with its breaks where they cost least."""
    placing_start, break_start = geometry.placing_start, geometry.break_start
    break_from, break_to = geometry.break_from, geometry.break_to
    value = prefix[geometry.end[option]] - prefix[geometry.start[option]]
    for group in range(geometry.group_start[option], geometry.group_start[option + 1]):
        least = np.inf
        for placing in range(placing_start[group], placing_start[group + 1]):
            loss = 0.0
            for item in range(break_start[placing], break_start[placing + 1]):
                loss += prefix[break_to[item]] - prefix[break_from[item]]
            least = min(least, loss)
        value -= least
    return value


@inner
def place_breaks(geometry, prefix, option, placing_row):  # type: ignore[no-untyped-def]
    """Choose the placing of each break group that costs least."""
    begin = geometry.group_start[option]
    for group in range(begin, geometry.group_start[option + 1]):
        least = np.inf
        first = geometry.placing_start[group]
        for placing in range(first, geometry.placing_start[group + 1]):
            loss = 0.0
            for item in range(geometry.break_start[placing], geometry.break_start[placing + 1]):
                loss += prefix[geometry.break_to[item]] - prefix[geometry.break_from[item]]
            if loss < least:
                least = loss
                placing_row[group - begin] = placing - first


@inlined
def slot_values(grid, staff, search, agent, day):  # type: ignore[no-untyped-def]
    """Bring the worth of the agent's presence up to date in all intervals of a day's options."""
    ledger, room, reach = search.ledger, search.room, grid.reach
    value, value_version = search.value, search.value_version
    wanted, base, cost_of, demand_of = grid.wanted, grid.base, grid.cost_of, grid.demand_of
    set_start, of_demand = grid.set_start, grid.of_demand
    per_slot, sets, over = grid.sizes[PER_SLOT], grid.sizes[SETS], grid.sizes[OVER]
    origin = day * grid.sizes[PER_DAY]
    kind = staff.value_class[agent]
    weight = staff.weight[agent] * per_slot
    profile = staff.profile[agent]
    first = (origin + staff.first_cell[agent]) // per_slot
    last = min(-(-(origin + staff.last_cell[agent]) // per_slot), grid.sizes[SLOTS])
    for slot in range(first, last):
        version = ledger[slot, VERSION]
        if value_version[kind, slot] != version:
            if ledger[slot, KNOWN] != version:
                share_out(
                    ledger, slot, wanted, base, cost_of, demand_of, set_start, of_demand, over, sets
                )
            value[kind, slot] = -extra_cost(
                ledger, slot, room, cost_of, demand_of, set_start, of_demand, over, sets, reach,
                profile, weight, False,
            )  # fmt: skip
            if staff.heads.low.shape[0] > 0:
                value[kind, slot] += heads_value(grid, staff, search, kind, slot, 0)
                search.span_value[kind, slot] = heads_value(grid, staff, search, kind, slot, 1)
            value_version[kind, slot] = version


@inner
def fill_prefix(grid, staff, search, agent, day, noise):  # type: ignore[no-untyped-def]
    """Sum the worth of presence over the cells of a day, with noise, for the agent's options."""
    slot_values(grid, staff, search, agent, day)
    per_slot = grid.sizes[PER_SLOT]
    slots = grid.sizes[SLOTS]
    origin = day * grid.sizes[PER_DAY]
    kind = staff.value_class[agent]
    values, guide = search.value[kind], search.guide[kind]
    prefix, random = search.prefix, search.random
    span_prefix, span_values, span_guide = (
        search.span_prefix, search.span_value[kind], search.span_guide[kind],
    )  # fmt: skip
    lean = search.lean[0]
    spanned = staff.heads.low.shape[0] > 0
    cell = staff.first_cell[agent]
    last = staff.last_cell[agent]
    prefix[cell] = 0.0
    span_prefix[cell] = 0.0
    slot = (origin + cell) // per_slot - 1
    share = 1.0 / per_slot
    while cell < last:
        slot += 1
        until = min(last, (slot + 1) * per_slot - origin)
        worth = 0.0
        if slot < slots:
            worth = values[slot] + lean * (guide[slot] - values[slot])
            if noise > 0.0:
                worth += noise * (draw(random) - 0.5)
        worth *= share
        if spanned:
            extra = 0.0
            if slot < slots:
                extra = span_values[slot] + lean * (span_guide[slot] - span_values[slot])
            extra *= share
            for place in range(cell, until):
                span_prefix[place + 1] = span_prefix[place] + extra
        while cell < until:
            prefix[cell + 1] = prefix[cell] + worth
            cell += 1
