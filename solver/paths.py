"""Compiled best weeks: the longest path through an agent's graph, counts and caps included.

With *counts* a node holds an array of up to three dimensions, a value per combination of totals;
only the box of totals that is reached takes part.  *Caps* are kept by multipliers: an option that
is used too often gets dearer until the week keeps them.
"""

from __future__ import annotations

import numpy as np

from solver.jit import inner, kernel


@inner
def best_path(graphs, search, agent, days):  # type: ignore[no-untyped-def]
    """Return the value of the agent's best week (-inf: there is none); see :func:`take_path`.

    ``class_value[day, kind]`` is the worth of a class on a day (-inf: not possible).
    """
    start = graphs.start[agent]
    if start < 0:
        return -np.inf
    graph = graphs.of_agent[agent]
    if graphs.dimensions[graph] > 0:
        return best_counted(graphs, search, agent, days)
    reached, via = search.reached, search.via
    source, target, kinds, cost = graphs.source, graphs.target, graphs.kind, graphs.cost
    for node in range(graphs.nodes[graph, 0]):
        reached[0, node] = -np.inf
    reached[0, start] = 0.0
    for day in range(days):
        for node in range(graphs.nodes[graph, day + 1]):
            reached[day + 1, node] = -np.inf
        worth = search.class_value[day]
        for edge in range(graphs.edge_start[graph, day], graphs.edge_start[graph, day + 1]):
            value = reached[day, source[edge]] + worth[kinds[edge]] - cost[edge]
            if value > reached[day + 1, target[edge]]:
                reached[day + 1, target[edge]] = value
                via[day + 1, target[edge]] = edge
    return reached[days, 0]


@inner
def best_counted(graphs, search, agent, days):  # type: ignore[no-untyped-def]
    """As :func:`best_path`, for a graph with counts; notes the best totals."""
    graph = graphs.of_agent[agent]
    size = graphs.size[agent]
    one, two = size[1] * size[2], size[2]
    cells = size[0] * one
    if cells <= 0:
        return -np.inf
    table, box = search.table, search.box
    source, target, kinds = graphs.source, graphs.target, graphs.kind
    cost, step = graphs.cost, graphs.step
    for node in range(graphs.nodes[graph, 0]):
        box[0, node, 0] = -1
    start = graphs.start[agent]
    for place in range(6):
        box[0, start, place] = 0
    table[0, start * cells] = 0.0
    for day in range(days):
        first, last = graphs.edge_start[graph, day], graphs.edge_start[graph, day + 1]
        worth = search.class_value[day]
        for node in range(graphs.nodes[graph, day + 1]):
            box[day + 1, node, 0] = -1
        for edge in range(first, last):
            here = box[day, source[edge]]
            if here[0] < 0 or worth[kinds[edge]] == -np.inf:
                continue
            widen(box[day + 1, target[edge]], here, step[edge], size)
        for node in range(graphs.nodes[graph, day + 1]):
            there = box[day + 1, node]
            if there[0] < 0:
                continue
            base = node * cells
            for a in range(there[0], there[1] + 1):
                for b in range(there[2], there[3] + 1):
                    row = base + a * one + b * two
                    for c in range(there[4], there[5] + 1):
                        table[day + 1, row + c] = -np.inf
        for edge in range(first, last):
            here = box[day, source[edge]]
            gain = worth[kinds[edge]]
            if here[0] < 0 or gain == -np.inf:
                continue
            gain -= cost[edge]
            s0, s1, s2 = step[edge, 0], step[edge, 1], step[edge, 2]
            shift = (target[edge] - source[edge]) * cells + s0 * one + s1 * two + s2
            base = source[edge] * cells
            for a in range(here[0], min(here[1], size[0] - 1 - s0) + 1):
                for b in range(here[2], min(here[3], size[1] - 1 - s1) + 1):
                    row = base + a * one + b * two
                    for c in range(row + here[4], row + min(here[5], size[2] - 1 - s2) + 1):
                        value = table[day, c] + gain
                        table[day + 1, c + shift] = max(table[day + 1, c + shift], value)
    return best_totals(graphs, search, agent, days)


@inner
def widen(there, here, step, size):  # type: ignore[no-untyped-def]
    """Make a box hold what an edge brings from another; totals above the size are lost."""
    for place in range(3):
        if here[2 * place] + step[place] > size[place] - 1:
            return
    fresh = there[0] < 0
    for place in range(3):
        low = here[2 * place] + step[place]
        high = min(here[2 * place + 1] + step[place], size[place] - 1)
        if fresh:
            there[2 * place] = low
            there[2 * place + 1] = high
        else:
            there[2 * place] = min(there[2 * place], low)
            there[2 * place + 1] = max(there[2 * place + 1], high)


@inner
def best_totals(graphs, search, agent, days):  # type: ignore[no-untyped-def]
    """Return the best value at the end, less what its totals cost; note the totals."""
    size, limits = graphs.size[agent], graphs.limits[agent]
    end = search.box[days, 0]
    best = -np.inf
    if end[0] < 0:
        return best
    for a in range(end[0], end[1] + 1):
        for b in range(end[2], end[3] + 1):
            for c in range(end[4], end[5] + 1):
                value = search.table[days, (a * size[1] + b) * size[2] + c]
                if value == -np.inf or value <= best:
                    continue
                value -= (
                    total_cost(limits[0], a) + total_cost(limits[1], b) + total_cost(limits[2], c)
                )
                if value > best:
                    best = value
                    search.end_totals[0] = a
                    search.end_totals[1] = b
                    search.end_totals[2] = c
    return best


@inner
def total_cost(limit, count):  # type: ignore[no-untyped-def]
    """Return what a total costs; ``limit``: low, high, constant, step, price (-1: hard), unit."""
    total = limit[2] + count * limit[3]
    broken = max(limit[0] - total, total - limit[1])
    if broken <= 0:
        return 0.0
    if limit[4] < 0:
        return np.inf
    return float(limit[4] * ((broken + limit[5] - 1) // limit[5]))


@inner
def take_path(staff, graphs, search, agent, days):  # type: ignore[no-untyped-def]
    """Make the path that :func:`best_path` found the agent's choices, and note its private cost."""
    private = 0.0
    node = 0
    graph = graphs.of_agent[agent]
    counted = graphs.dimensions[graph] > 0
    size = graphs.size[agent]
    a, b, c = search.end_totals[0], search.end_totals[1], search.end_totals[2]
    if counted:
        limits = graphs.limits[agent]
        private = total_cost(limits[0], a) + total_cost(limits[1], b) + total_cost(limits[2], c)
    for day in range(days - 1, -1, -1):
        if counted:
            edge = edge_into(graphs, search, graph, day, node, a, b, c, size)
            a -= graphs.step[edge, 0]
            b -= graphs.step[edge, 1]
            c -= graphs.step[edge, 2]
        else:
            edge = search.via[day + 1, node]
        option = search.class_option[day, graphs.kind[edge]]
        private += graphs.cost[edge] + staff.mask[agent, day, option + 1]
        node = graphs.source[edge]
        search.choice[agent, day] = option
    search.private[agent] = private


@inner
def edge_into(graphs, search, graph, day, node, a, b, c, size):  # type: ignore[no-untyped-def]
    """Return the edge by which a node was reached with totals (a, b, c)."""
    cells = size[0] * size[1] * size[2]
    value = search.table[day + 1, node * cells + (a * size[1] + b) * size[2] + c]
    worth, box = search.class_value[day], search.box
    for edge in range(graphs.edge_start[graph, day], graphs.edge_start[graph, day + 1]):
        if graphs.target[edge] != node:
            continue
        source = graphs.source[edge]
        here = box[day, source]
        gain = worth[graphs.kind[edge]]
        if here[0] < 0 or gain == -np.inf:
            continue
        x, y = a - graphs.step[edge, 0], b - graphs.step[edge, 1]
        z = c - graphs.step[edge, 2]
        if x < here[0] or x > here[1] or y < here[2] or y > here[3] or z < here[4] or z > here[5]:
            continue
        # the same sum as on the way forward, so the same number
        gain -= graphs.cost[edge]
        if search.table[day, source * cells + (x * size[1] + y) * size[2] + z] + gain == value:
            return edge
    return -1


@inner
def cap_price(graphs, search, agent, option):  # type: ignore[no-untyped-def]
    """Return what the multipliers of the agent's caps make of an option."""
    price = 0.0
    for cap in range(graphs.cap_start[agent], graphs.cap_start[agent + 1]):
        if search.multiplier[cap] > 0.0:
            price += search.multiplier[cap] * graphs.cap_weight[cap, option]
    return price


@inner
def caps_kept(graphs, search, agent, days, push):  # type: ignore[no-untyped-def]
    """Tell whether the agent's choices keep all caps; makes those dearer that are not kept."""
    kept = True
    for cap in range(graphs.cap_start[agent], graphs.cap_start[agent + 1]):
        used = 0
        for day in range(days):
            option = search.choice[agent, day]
            if option >= 0:
                used += graphs.cap_weight[cap, option]
        if used > graphs.cap_high[cap]:
            kept = False
            search.multiplier[cap] += max(push, search.multiplier[cap])
    return kept


@kernel
def can_work(staff, graphs, search, agent, days):  # type: ignore[no-untyped-def]
    """Tell whether any week keeps the agent's graph, counts and hard masks (caps aside)."""
    for day in range(days):
        for kind in range(search.class_value.shape[1]):
            search.class_value[day, kind] = -np.inf
        if staff.mask[agent, day, 0] < np.inf:
            search.class_value[day, 0] = 0.0
        for position in range(staff.option_start[agent], staff.option_start[agent + 1]):
            if staff.mask[agent, day, staff.options[position] + 1] < np.inf:
                search.class_value[day, staff.option_class[position]] = 0.0
    return best_path(graphs, search, agent, days) > -np.inf
