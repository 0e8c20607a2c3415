"""Compiled inner loops: cost of intervals, values of options, best weeks, re-insertion.

Everything is whole numbers of units and costs (see :mod:`solver.compile`); floats hold them
exactly.  No function here allocates in its inner loop or holds the interpreter's lock.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from solver.compile import Ints
from solver.tables import Floats, Geometry, Graphs, Grid, Staff

# sizes of the grid by position
DAYS, SLOTS, PER_SLOT, PER_DAY, OVER, SETS, LONGEST = range(7)


class Search(NamedTuple):
    """The state of one search: a roster, the supply that follows from it, and scratch space.

    ``choice`` (agent, day) is an option or -1; ``placing`` (agent, day, group) the placing of each
    break group.  ``version`` of a slot changes with its supply; ``known`` values of a class hold
    for one version.
    """

    choice: Ints
    placing: Ints
    private: Floats
    supply: Ints
    present: Ints
    version: Ints
    cost: Ints
    cost_version: Ints
    value: Floats
    value_version: Ints
    counter: Ints
    random: "np.ndarray[tuple[int], np.dtype[np.uint64]]"
    totals: Floats
    """Total now, best total."""
    best_choice: Ints
    best_placing: Ints
    room: Ints
    touched: Ints
    """Four rows of slots: stamp of the move, list of slots, their versions and costs before it."""
    prefix: Floats
    class_value: Floats
    class_option: Ints
    reached: Floats
    via: Ints


def new_search(grid: Grid, geometry: Geometry, staff: Staff, graphs: Graphs, seed: int) -> Search:
    """Return an empty roster (everybody off, nothing counted)."""
    agents = len(staff.profile)
    days, slots, sets = (int(grid.sizes[place]) for place in (DAYS, SLOTS, SETS))
    groups = max(1, int(np.diff(geometry.group_start).max(initial=0)))
    most_nodes, most_classes = (int(value) for value in graphs.most)
    classes = len(staff.class_profile)
    integers = np.int64
    return Search(
        choice=np.full((agents, days), -1, dtype=integers),
        placing=np.zeros((agents, days, groups), dtype=integers),
        private=np.zeros(agents),
        supply=np.zeros((slots, max(sets, 1)), dtype=integers),
        present=np.zeros(slots, dtype=integers),
        version=np.zeros(slots, dtype=integers),
        cost=np.zeros(slots, dtype=integers),
        cost_version=np.full(slots, -1, dtype=integers),
        value=np.zeros((classes, slots)),
        value_version=np.full((classes, slots), -1, dtype=integers),
        counter=np.zeros(1, dtype=integers),
        random=np.array([(seed * 2_654_435_769 + 88_172_645_463_325_252) % 2**64], dtype=np.uint64),
        totals=np.zeros(2),
        best_choice=np.full((agents, days), -1, dtype=integers),
        best_placing=np.zeros((agents, days, groups), dtype=integers),
        room=np.zeros(max(sets, 1), dtype=integers),
        touched=np.zeros((4, slots + 1), dtype=integers),
        prefix=np.zeros(int(grid.sizes[LONGEST]) + 2),
        class_value=np.zeros((days, most_classes)),
        class_option=np.zeros((days, most_classes), dtype=integers),
        reached=np.zeros((days + 1, max(most_nodes, 1))),
        via=np.zeros((days + 1, max(most_nodes, 1)), dtype=integers),
    )


@njit(cache=True, nogil=True)
def draw(search):  # type: ignore[no-untyped-def]
    """Return a random number in [0, 1) (xorshift*, Vigna 2016)."""
    x = search.random[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    search.random[0] = x
    y = x * np.uint64(2685821657736338717)
    return float(y >> np.uint64(11)) / 9007199254740992.0


@njit(cache=True, nogil=True)
def slot_cost(grid, search, slot, profile, weight):  # type: ignore[no-untyped-def]
    """Return the cost of an interval with ``weight`` more units of a profile than there are.

    Greedy over segments in order of falling cost is optimal, for the amounts that can be served
    form a polymatroid (Edmonds 1970); ``room[K]`` is what the demands of K can still receive.
    """
    room = search.room
    sets = grid.sizes[SETS]
    for place in range(sets):
        room[place] = search.supply[slot, place]
    over = grid.sizes[OVER]
    cost = grid.base[slot] + over * search.present[slot]
    if weight:
        cost += over * weight
        for place in range(sets):
            room[place] += weight * grid.reach[profile, place]
    for segment in range(len(grid.cost_of)):
        amount = grid.wanted[slot, segment]
        if amount == 0:
            continue
        demand = grid.demand_of[segment]
        first = grid.set_start[demand]
        last = grid.set_start[demand + 1]
        if first == last:
            continue
        for position in range(first, last):
            amount = min(amount, room[grid.of_demand[position]])
        if amount > 0:
            cost -= (grid.cost_of[segment] + over) * amount
            for position in range(first, last):
                room[grid.of_demand[position]] -= amount
    return cost


@njit(cache=True, nogil=True)
def cost_at(grid, search, slot):  # type: ignore[no-untyped-def]
    """Return the cost of an interval as it is, computed when its supply has changed."""
    if search.cost_version[slot] != search.version[slot]:
        search.cost[slot] = slot_cost(grid, search, slot, 0, 0)
        search.cost_version[slot] = search.version[slot]
    return search.cost[slot]


@njit(cache=True, nogil=True)
def add_cells(grid, staff, search, agent, first, last, sign):  # type: ignore[no-untyped-def]
    """Add (or take away) an agent in cells ``first … last - 1`` of the horizon."""
    per_slot = grid.sizes[PER_SLOT]
    weight = sign * staff.weight[agent]
    profile = staff.profile[agent]
    cell = first
    while cell < last:
        slot = cell // per_slot
        until = min(last, (slot + 1) * per_slot)
        if 0 <= slot < grid.sizes[SLOTS]:
            amount = weight * (until - cell)
            search.present[slot] += amount
            for place in range(grid.sizes[SETS]):
                search.supply[slot, place] += amount * grid.reach[profile, place]
            search.counter[0] += 1
            search.version[slot] = search.counter[0]
        cell = until


@njit(cache=True, nogil=True)
def add_duty(grid, geometry, staff, search, agent, day, sign):  # type: ignore[no-untyped-def]
    """Add (or take away) an agent's duty of one day, breaks left out."""
    option = search.choice[agent, day]
    if option < 0:
        return
    origin = day * grid.sizes[PER_DAY]
    first = origin + geometry.start[option]
    last = origin + geometry.end[option]
    add_cells(grid, staff, search, agent, first, last, sign)
    begin = geometry.group_start[option]
    for group in range(begin, geometry.group_start[option + 1]):
        placing = geometry.placing_start[group] + search.placing[agent, day, group - begin]
        for item in range(geometry.break_start[placing], geometry.break_start[placing + 1]):
            first = origin + geometry.break_from[item]
            last = origin + geometry.break_to[item]
            add_cells(grid, staff, search, agent, first, last, -sign)


@njit(cache=True, nogil=True)
def option_value(geometry, prefix, option):  # type: ignore[no-untyped-def]
    """Return the worth of an option with its breaks where they cost least."""
    value = prefix[geometry.end[option]] - prefix[geometry.start[option]]
    for group in range(geometry.group_start[option], geometry.group_start[option + 1]):
        least = np.inf
        for placing in range(geometry.placing_start[group], geometry.placing_start[group + 1]):
            loss = 0.0
            for item in range(geometry.break_start[placing], geometry.break_start[placing + 1]):
                loss += prefix[geometry.break_to[item]] - prefix[geometry.break_from[item]]
            least = min(least, loss)
        value -= least
    return value


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
def best_path(graphs, search, graph, days):  # type: ignore[no-untyped-def]
    """Fill ``reached`` and ``via`` with the best value of each node; return that of the end.

    ``class_value[day, kind]`` is the worth of a class on a day (-inf: not possible).
    """
    reached, via = search.reached, search.via
    if graphs.nodes[graph, 0] == 0:
        return -np.inf
    reached[0, 0] = 0.0
    for day in range(days):
        for node in range(graphs.nodes[graph, day + 1]):
            reached[day + 1, node] = -np.inf
        for edge in range(graphs.edge_start[graph, day], graphs.edge_start[graph, day + 1]):
            value = (
                reached[day, graphs.source[edge]]
                + search.class_value[day, graphs.kind[edge]]
                - graphs.cost[edge]
            )
            target = graphs.target[edge]
            if value > reached[day + 1, target]:
                reached[day + 1, target] = value
                via[day + 1, target] = edge
    return reached[days, 0]


@njit(cache=True, nogil=True)
def slot_values(grid, staff, search, agent, day):  # type: ignore[no-untyped-def]
    """Bring the worth of the agent's presence up to date in all intervals of a day's options."""
    per_slot = grid.sizes[PER_SLOT]
    origin = day * grid.sizes[PER_DAY]
    kind = staff.value_class[agent]
    weight = staff.weight[agent] * per_slot
    profile = staff.profile[agent]
    first = (origin + staff.first_cell[agent]) // per_slot
    last = min(-(-(origin + staff.last_cell[agent]) // per_slot), grid.sizes[SLOTS])
    for slot in range(first, last):
        if search.value_version[kind, slot] != search.version[slot]:
            with_agent = slot_cost(grid, search, slot, profile, weight)
            search.value[kind, slot] = float(cost_at(grid, search, slot) - with_agent)
            search.value_version[kind, slot] = search.version[slot]


@njit(cache=True, nogil=True)
def fill_prefix(grid, staff, search, agent, day, noise):  # type: ignore[no-untyped-def]
    """Sum the worth of presence over the cells of a day, with noise, for the agent's options."""
    slot_values(grid, staff, search, agent, day)
    per_slot = grid.sizes[PER_SLOT]
    origin = day * grid.sizes[PER_DAY]
    kind = staff.value_class[agent]
    prefix = search.prefix
    cell = staff.first_cell[agent]
    prefix[cell] = 0.0
    while cell < staff.last_cell[agent]:
        slot = (origin + cell) // per_slot
        until = min(staff.last_cell[agent], (slot + 1) * per_slot - origin)
        worth = 0.0
        if slot < grid.sizes[SLOTS]:
            worth = search.value[kind, slot]
            if noise > 0.0:
                worth += noise * (draw(search) - 0.5)
        worth /= per_slot
        while cell < until:
            prefix[cell + 1] = prefix[cell] + worth
            cell += 1


@njit(cache=True, nogil=True)
def value_day(geometry, staff, search, agent, day):  # type: ignore[no-untyped-def]
    """Find the best option of each class on a day (``prefix`` holds the day's worth)."""
    values, options = search.class_value, search.class_option
    for position in range(staff.option_start[agent], staff.option_start[agent + 1]):
        option = staff.options[position]
        price = staff.mask[agent, day, option + 1]
        if price == np.inf:
            continue
        value = option_value(geometry, search.prefix, option) - price
        kind = staff.option_class[position]
        if value > values[day, kind]:
            values[day, kind] = value
            options[day, kind] = option


@njit(cache=True, nogil=True)
def insert(grid, geometry, staff, graphs, search, agent, open_days, noise):  # type: ignore[no-untyped-def]
    """Give an agent the week that is best at the present marginal costs; tell if there is one.

    Only days with ``open_days[day] == 1`` may change, and the agent must have been taken out of
    those before.  The agent's duties are added to the supply.
    """
    days = grid.sizes[DAYS]
    graph = graphs.of_agent[agent]
    for day in range(days):
        search.class_value[day, :] = -np.inf
        off = -staff.mask[agent, day, 0]
        if open_days[day]:
            search.class_value[day, 0] = off
            search.class_option[day, 0] = -1
            if staff.option_start[agent] < staff.option_start[agent + 1]:
                fill_prefix(grid, staff, search, agent, day, noise)
                value_day(geometry, staff, search, agent, day)
        else:
            option = search.choice[agent, day]
            kind = 0
            if option >= 0:
                for position in range(staff.option_start[agent], staff.option_start[agent + 1]):
                    if staff.options[position] == option:
                        kind = staff.option_class[position]
            search.class_value[day, kind] = -staff.mask[agent, day, option + 1]
            search.class_option[day, kind] = option
    if best_path(graphs, search, graph, days) == -np.inf:
        return False
    private = 0.0
    node = 0
    for day in range(days - 1, -1, -1):
        edge = search.via[day + 1, node]
        option = search.class_option[day, graphs.kind[edge]]
        private += graphs.cost[edge] + staff.mask[agent, day, option + 1]
        node = graphs.source[edge]
        search.choice[agent, day] = option
    search.private[agent] = private
    for day in range(days):
        option = search.choice[agent, day]
        if open_days[day] and option >= 0:
            fill_prefix(grid, staff, search, agent, day, noise)
            place_breaks(geometry, search.prefix, option, search.placing[agent, day])
            add_duty(grid, geometry, staff, search, agent, day, 1)
    return True


@njit(cache=True, nogil=True)
def recount(grid, geometry, staff, search):  # type: ignore[no-untyped-def]
    """Count the supply of the whole roster anew and return its total cost."""
    search.supply[:] = 0
    search.present[:] = 0
    for slot in range(grid.sizes[SLOTS]):
        search.counter[0] += 1
        search.version[slot] = search.counter[0]
    for agent in range(len(staff.profile)):
        for day in range(grid.sizes[DAYS]):
            add_duty(grid, geometry, staff, search, agent, day, 1)
    total = search.private.sum()
    for slot in range(grid.sizes[SLOTS]):
        total += cost_at(grid, search, slot)
    search.totals[0] = total
    return total
