"""Compiled Lagrangian step: what every agent would do at given prices, and what that proves.

A price per demand and interval, between -over cost and the highest under-cost, stands for serving
one unit; a *quote* per staffing rule and interval, between -price and price, for one head there; a
multiplier per cap for one use of what it caps.  Then agents do not meet:

    L = Σ wanted × min(price, cost) + Σ (low × quote+ - high × quote-) - Σ high × multiplier
        - Σ over agents of the value of their best week at these prices

and L <= optimum whatever the numbers are (weak duality).
"""

from __future__ import annotations

import numpy as np

from solver.jit import inner, kernel
from solver.kernels import copy_row, fill, option_value, place_breaks
from solver.paths import best_path, cap_price, take_path
from solver.state import DAYS, LONGEST, OVER, PER_DAY, PER_SLOT, SLOTS

NO_LIMIT = 2**39


@inner
def presence_value(grid, staff, price, quote, scratch):  # type: ignore[no-untyped-def]
    """Fill, per value class and slot, the worth of a cell at work and of one in the shift at all.

    ``task`` (profile, slot) becomes the demand a unit would serve (-1: none).
    """
    value, span, task = scratch.value, scratch.span, scratch.task
    heads = staff.heads
    for profile in range(task.shape[0]):
        for slot in range(task.shape[1]):
            best = -float(grid.sizes[OVER])
            task[profile, slot] = -1
            for demand in range(price.shape[0]):
                if grid.serves[profile, demand] and price[demand, slot] > best:
                    best = price[demand, slot]
                    task[profile, slot] = demand
            for kind in range(value.shape[0]):
                if staff.class_profile[kind] == profile:
                    value[kind, slot] = staff.class_weight[kind] * best
    for kind in range(value.shape[0]):
        fill(span[kind], 0.0)
        for rule in range(quote.shape[0]):
            if heads.of_class[kind, rule]:
                for slot in range(quote.shape[1]):
                    if heads.spans[rule]:
                        span[kind, slot] += heads.unit[0] * quote[rule, slot]
                    else:
                        value[kind, slot] += heads.unit[0] * quote[rule, slot]


@kernel
def guide_values(grid, staff, price, quote, scratch, guide, span_guide):  # type: ignore[no-untyped-def]
    """Fill what a whole interval at work, and one in the shift, is worth (value class, slot)."""
    presence_value(grid, staff, price, quote, scratch)
    for kind in range(guide.shape[0]):
        for slot in range(guide.shape[1]):
            guide[kind, slot] = scratch.value[kind, slot] * grid.sizes[PER_SLOT]
            span_guide[kind, slot] = scratch.span[kind, slot] * grid.sizes[PER_SLOT]


@inner
def day_prefix(grid, row, day, prefix):  # type: ignore[no-untyped-def]
    """Sum the worth of one cell of presence over the cells of a day and what follows it."""
    origin = day * grid.sizes[PER_DAY]
    per_slot = grid.sizes[PER_SLOT]
    prefix[0] = 0.0
    for cell in range(grid.sizes[LONGEST]):
        slot = (origin + cell) // per_slot
        worth = row[slot] if slot < grid.sizes[SLOTS] else 0.0
        prefix[cell + 1] = prefix[cell] + worth


@inner
def value_options(grid, geometry, search, scratch):  # type: ignore[no-untyped-def]
    """Fill the worth of every option per class and day, and where its breaks are best."""
    worth, spot = scratch.worth, scratch.spot
    prefix, span_prefix = search.prefix, search.span_prefix
    for kind in range(worth.shape[0]):
        for day in range(worth.shape[1]):
            day_prefix(grid, scratch.value[kind], day, prefix)
            day_prefix(grid, scratch.span[kind], day, span_prefix)
            for option in range(len(geometry.start)):
                first, last = geometry.start[option], geometry.end[option]
                worth[kind, day, option] = (
                    option_value(geometry, prefix, option) + span_prefix[last] - span_prefix[first]
                )
                place_breaks(geometry, prefix, option, spot[kind, day, option])
                scratch.used[kind, day, option] = 0


@inner
def serve_cells(grid, row, first, last, weight):  # type: ignore[no-untyped-def]
    """Add units in cells to a row of slots."""
    per_slot = grid.sizes[PER_SLOT]
    for cell in range(first, min(last, grid.sizes[SLOTS] * per_slot)):
        row[cell // per_slot] += weight


@inner
def choose_weeks(grid, staff, graphs, search, scratch, first_agent, every):  # type: ignore[no-untyped-def]
    """Let every agent take the best week; return the sum of their values.

    Where only one in ``every`` agents chooses, each stands for so many.
    """
    days = grid.sizes[DAYS]
    worth = scratch.worth
    groups = search.placing.shape[2]
    total = 0.0
    for agent in range(first_agent, len(staff.profile), every):
        kind = staff.value_class[agent]
        capped = graphs.cap_start[agent] < graphs.cap_start[agent + 1]
        first, last = staff.option_start[agent], staff.option_start[agent + 1]
        for day in range(days):
            values, chosen = search.class_value[day], search.class_option[day]
            mask = staff.mask[agent, day]
            fill(values, -np.inf)
            values[0] = -mask[0]
            chosen[0] = -1
            for position in range(first, last):
                option = staff.options[position]
                gain = worth[kind, day, option] - mask[option + 1]
                if capped:
                    gain -= cap_price(graphs, search, agent, option)
                group = staff.option_class[position]
                if gain > values[group]:
                    values[group] = gain
                    chosen[group] = option
        total += best_path(graphs, search, agent, days)
        take_path(staff, graphs, search, agent, days)
        for day in range(days):
            option = search.choice[agent, day]
            if option >= 0:
                scratch.used[kind, day, option] += every
                for group in range(groups):
                    search.placing[agent, day, group] = scratch.spot[kind, day, option, group]
    return total


@inner
def count_presence(grid, geometry, staff, scratch):  # type: ignore[no-untyped-def]
    """Take what is served from the gradient of demands, and count heads under staffing rules."""
    heads = staff.heads
    per_day = grid.sizes[PER_DAY]
    work, whole = scratch.work, scratch.whole
    for rule in range(scratch.heads.shape[0]):
        fill(scratch.heads[rule], 0.0)
    for kind in range(work.shape[0]):
        fill(work[kind], 0.0)
        fill(whole[kind], 0.0)
        for day in range(scratch.used.shape[1]):
            origin = day * per_day
            for option in range(scratch.used.shape[2]):
                count = scratch.used[kind, day, option]
                if count == 0:
                    continue
                first, last = origin + geometry.start[option], origin + geometry.end[option]
                serve_cells(grid, work[kind], first, last, count)
                serve_cells(grid, whole[kind], first, last, count)
                begin = geometry.group_start[option]
                for group in range(begin, geometry.group_start[option + 1]):
                    placing = (
                        geometry.placing_start[group]
                        + scratch.spot[kind, day, option, group - begin]
                    )
                    for item in range(
                        geometry.break_start[placing], geometry.break_start[placing + 1]
                    ):
                        serve_cells(
                            grid, work[kind], origin + geometry.break_from[item],
                            origin + geometry.break_to[item], -count,
                        )  # fmt: skip
        profile, weight = staff.class_profile[kind], staff.class_weight[kind]
        for slot in range(grid.sizes[SLOTS]):
            demand = scratch.task[profile, slot]
            if demand >= 0:
                scratch.slope[demand, slot] -= weight * work[kind, slot]
        for rule in range(scratch.heads.shape[0]):
            if heads.of_class[kind, rule]:
                row = whole[kind] if heads.spans[rule] else work[kind]
                for slot in range(grid.sizes[SLOTS]):
                    scratch.heads[rule, slot] += heads.unit[0] * row[slot]


@inner
def price_out(  # type: ignore[no-untyped-def]
    grid, geometry, staff, graphs, search, price, quote, scratch, first_agent, every
):
    """Return L; fill its slopes and the weeks that agents choose (``search.choice``).

    With ``every`` above 1 the slopes are estimates from a part of the agents, and L means nothing.
    """
    slope = scratch.slope
    heads = staff.heads
    total = 0.0
    for demand in range(slope.shape[0]):
        fill(slope[demand], 0.0)
    for slot in range(grid.sizes[SLOTS]):
        for segment in range(len(grid.cost_of)):
            amount = grid.wanted[slot, segment]
            if amount:
                demand = grid.demand_of[segment]
                total += amount * min(price[demand, slot], grid.cost_of[segment])
                if price[demand, slot] <= grid.cost_of[segment]:
                    slope[demand, slot] += amount
    for cap in range(len(graphs.cap_high)):
        total -= search.multiplier[cap] * graphs.cap_high[cap]
    presence_value(grid, staff, price, quote, scratch)
    value_options(grid, geometry, search, scratch)
    total -= choose_weeks(grid, staff, graphs, search, scratch, first_agent, every)
    count_presence(grid, geometry, staff, scratch)
    for rule in range(quote.shape[0]):
        for slot in range(quote.shape[1]):
            low, high = heads.low[rule, slot], heads.high[rule, slot]
            there, now = scratch.heads[rule, slot], quote[rule, slot]
            scratch.pull[rule, slot] = max(low - there, 0.0) - max(there - high, 0.0)
            if now > 0.0:
                total += low * now
                scratch.pull[rule, slot] = low - there
            elif now < 0.0:
                total += high * now
                scratch.pull[rule, slot] = high - there
    return total


@inner
def stride(moments, row, column, slope, rate, first, second):  # type: ignore[no-untyped-def]
    """Return an Adam step (Kingma & Ba 2015) for one number and keep its moments."""
    moments[0, row, column] = 0.9 * moments[0, row, column] + 0.1 * slope
    moments[1, row, column] = 0.98 * moments[1, row, column] + 0.02 * slope * slope
    size = np.sqrt(moments[1, row, column] / second) + 1e-9
    return rate * (moments[0, row, column] / first) / size


@kernel
def ascend(  # type: ignore[no-untyped-def]
    grid, geometry, staff, graphs, search, prices, scratch, state, steps, rate, every
):
    """Make ``steps`` projected Adam steps on all prices; return the best bound seen.

    With ``every`` above 1 only one in so many agents is asked at each step, in turn: prices come
    near their best in a fraction of the time, but nothing is proven.

    ``state`` holds the step number and the best bound so far.
    """
    price, quote = prices.price, prices.quote
    heads = staff.heads
    floor = -float(grid.sizes[OVER])
    days = grid.sizes[DAYS]
    for _ in range(steps):
        bound = price_out(
            grid, geometry, staff, graphs, search, price, quote, scratch,
            int(state[0]) % every, every,
        )  # fmt: skip
        if every == 1 and bound > state[1]:
            state[1] = bound
            for demand in range(price.shape[0]):
                copy_row(prices.best_price[demand], price[demand])
            for rule in range(quote.shape[0]):
                copy_row(prices.best_quote[rule], quote[rule])
        state[0] += 1.0
        first = 1.0 - 0.9 ** state[0]
        second = 1.0 - 0.98 ** state[0]
        for demand in range(price.shape[0]):
            for slot in range(price.shape[1]):
                slope = scratch.slope[demand, slot]
                step = stride(prices.moments, demand, slot, slope, rate, first, second)
                price[demand, slot] = min(
                    max(price[demand, slot] + step, floor), prices.top[demand]
                )
        for rule in range(quote.shape[0]):
            most = float(heads.price[rule])
            for slot in range(quote.shape[1]):
                slope = scratch.pull[rule, slot]
                step = stride(prices.quote_moments, rule, slot, slope, rate, first, second)
                least = -most if heads.high[rule, slot] < NO_LIMIT else 0.0
                top = most if heads.low[rule, slot] > 0 else 0.0
                quote[rule, slot] = min(max(quote[rule, slot] + step, least), top)
        for agent in range(len(staff.profile)):
            for cap in range(graphs.cap_start[agent], graphs.cap_start[agent + 1]):
                used = 0
                for day in range(days):
                    option = search.choice[agent, day]
                    if option >= 0:
                        used += graphs.cap_weight[cap, option]
                slope = float(used - graphs.cap_high[cap])
                step = stride(prices.cap_moments, 0, cap, slope, rate * prices.unit, first, second)
                search.multiplier[cap] = max(search.multiplier[cap] + step, 0.0)
    return state[1]
