"""Compiled re-insertion: an agent's best week at the present marginal cost of every interval."""

from __future__ import annotations

import numpy as np

from solver.jit import inner, kernel
from solver.kernels import add_duty, cost_at, fill, fill_prefix, option_value, place_breaks
from solver.paths import best_path, cap_price, caps_kept, take_path
from solver.state import DAYS, EXTRA, KNOWN, PUSH, SLOTS, VERSION
from solver.ties import (
    heads_cost,
    is_changed,
    kept_breaks,
    moving_cost,
    pair_broken,
    pair_price,
    same_shift,
)

CAP_TRIES = 12
"""How often the multipliers of an agent's caps are raised before a move is given up."""


@inner
def value_day(geometry, staff, graphs, search, agent, day, unchanged):  # type: ignore[no-untyped-def]
    """Find the best option of each class on a day (``prefix`` holds the day's worth).

    ``unchanged`` offers only what keeps the day's shift as it was before the run.
    """
    values, options, prefix = search.class_value[day], search.class_option[day], search.prefix
    span_prefix = search.span_prefix
    mask = staff.mask[agent, day]
    own, own_class = staff.options, staff.option_class
    spanned = staff.heads.low.shape[0] > 0
    paired = staff.pairs.start[agent] < staff.pairs.start[agent + 1]
    capped = graphs.cap_start[agent] < graphs.cap_start[agent + 1]
    stable = staff.kept.price[3] == 1
    if unchanged and staff.kept.shift[agent, day, 0] >= 0:
        values[0] = -np.inf
    elif paired:
        values[0] -= pair_price(geometry, staff, search, agent, day, -1)
    for position in range(staff.option_start[agent], staff.option_start[agent + 1]):
        option = own[position]
        price = mask[option + 1]
        if price == np.inf:
            continue
        same = stable and same_shift(geometry, staff, agent, day, option)
        if unchanged and not same:
            continue
        if same and staff.kept.price[0] > 0:
            loss = kept_breaks(
                geometry, staff, prefix, agent, day, option, search.placing[agent, day]
            )
            value = prefix[geometry.end[option]] - prefix[geometry.start[option]] - loss - price
        else:
            value = option_value(geometry, prefix, option) - price
        if spanned:
            value += span_prefix[geometry.end[option]] - span_prefix[geometry.start[option]]
        if paired:
            value -= pair_price(geometry, staff, search, agent, day, option)
        if capped:
            value -= cap_price(graphs, search, agent, option)
        kind = own_class[position]
        if value > values[kind]:
            values[kind] = value
            options[kind] = option


@inner
def weigh(  # type: ignore[no-untyped-def]
    grid, geometry, staff, graphs, search, agent, open_days, noise, unchanged
):
    """Fill the worth of every class on every day for an agent who is taken out of open days."""
    for day in range(grid.sizes[DAYS]):
        fill(search.class_value[day], -np.inf)
        if open_days[day]:
            search.class_value[day, 0] = -staff.mask[agent, day, 0]
            search.class_option[day, 0] = -1
            if staff.option_start[agent] < staff.option_start[agent + 1]:
                fill_prefix(grid, staff, search, agent, day, noise)
                value_day(geometry, staff, graphs, search, agent, day, unchanged)
        else:
            option = search.choice[agent, day]
            kind = 0
            if option >= 0:
                for position in range(staff.option_start[agent], staff.option_start[agent + 1]):
                    if staff.options[position] == option:
                        kind = staff.option_class[position]
            search.class_value[day, kind] = -staff.mask[agent, day, option + 1]
            search.class_option[day, kind] = option


@inner
def choose_week(  # type: ignore[no-untyped-def]
    grid, geometry, staff, graphs, search, agent, open_days, noise, unchanged
):
    """Make the best week the agent's choices; return its value (-inf: none)."""
    days = grid.sizes[DAYS]
    capped = graphs.cap_start[agent] < graphs.cap_start[agent + 1]
    for cap in range(graphs.cap_start[agent], graphs.cap_start[agent + 1]):
        search.multiplier[cap] *= 0.5
    for _ in range(CAP_TRIES):
        weigh(grid, geometry, staff, graphs, search, agent, open_days, noise, unchanged)
        value = best_path(graphs, search, agent, days)
        if value == -np.inf:
            return value
        take_path(staff, graphs, search, agent, days)
        if not capped or caps_kept(graphs, search, agent, days, grid.sizes[PUSH]):
            return value
    return -np.inf


@kernel
def note_keepable(grid, geometry, staff, graphs, search):  # type: ignore[no-untyped-def]
    """Note for whom the shifts before the run are a lawful week: only they can be left alone."""
    every_day = np.ones(grid.sizes[DAYS], dtype=np.int64)
    fill(search.away, 1)
    for agent in range(len(staff.profile)):
        value = choose_week(
            grid, geometry, staff, graphs, search, agent, every_day, 0.0, staff.kept.price[3] == 1
        )
        search.keepable[agent] = int(value > -np.inf)
        fill(search.choice[agent], -1)
    fill(search.away, 0)


@kernel
def insert(  # type: ignore[no-untyped-def]
    grid, geometry, staff, graphs, search, agent, open_days, noise
):
    """Give an agent the week that is best at the present marginal costs; tell if there is one.

    Only days with ``open_days[day] == 1`` may change, and the agent must have been taken out of
    those before.  The agent's duties are added to the supply.  Where there is no week, choices
    are left in disorder for the caller to restore.
    """
    days = grid.sizes[DAYS]
    kept = staff.kept.price
    limited = (kept[1] > 0 or kept[2] >= 0) and search.keepable[agent] == 1
    search.affected[-1] -= search.affected[agent]
    search.affected[agent] = 0
    touched = False
    for day in range(days):
        if limited and not open_days[day]:
            option = search.choice[agent, day]
            touched = touched or not same_shift(geometry, staff, agent, day, option)
    full = kept[2] >= 0 and search.affected[-1] >= kept[2]
    unchanged = limited and not touched
    stay = -np.inf
    # where affecting people costs: the week as it was, then any week, then the better of the two
    for turn in range(3):
        value = choose_week(
            grid, geometry, staff, graphs, search, agent, open_days, noise, unchanged
        )
        if not limited or touched or turn == 2:
            break
        if turn == 0:
            stay = value
            if stay > -np.inf and full:
                break
            unchanged = False
        else:
            changed = is_changed(grid, geometry, staff, search, agent)
            if stay == -np.inf or (changed and value - kept[1] > stay):
                break
            unchanged = True
    if value == -np.inf:
        return False
    if kept[3] == 1 and is_changed(grid, geometry, staff, search, agent):
        search.private[agent] += kept[1]
        search.affected[agent] = int(limited)
    search.affected[-1] += search.affected[agent]
    for day in range(days):
        option = search.choice[agent, day]
        if open_days[day] and option >= 0:
            fill_prefix(grid, staff, search, agent, day, noise)
            row = search.placing[agent, day]
            if kept[0] > 0 and same_shift(geometry, staff, agent, day, option):
                kept_breaks(geometry, staff, search.prefix, agent, day, option, row)
            else:
                place_breaks(geometry, search.prefix, option, row)
            add_duty(grid, geometry, staff, search, agent, day, np.int64(1))
    if kept[3] == 1:
        for day in range(days):
            search.private[agent] += moving_cost(geometry, staff, search, agent, day)
    search.away[agent] = 0
    return True


@kernel
def recount(grid, geometry, staff, search):  # type: ignore[no-untyped-def]
    """Count the supply of the whole roster anew and return its total cost."""
    for slot in range(grid.sizes[SLOTS]):
        fill(search.ledger[slot], 0)
        search.counter[0] += 1
        search.ledger[slot, VERSION] = search.counter[0]
        search.ledger[slot, KNOWN] = -1
        for rule in range(staff.heads.low.shape[0]):
            search.ledger[slot, EXTRA] += heads_cost(
                0, staff.heads.low[rule, slot], staff.heads.high[rule, slot],
                staff.heads.price[rule],
            )  # fmt: skip
    for agent in range(len(staff.profile)):
        for day in range(grid.sizes[DAYS]):
            add_duty(grid, geometry, staff, search, agent, day, np.int64(1))
    total = 0.0
    for agent in range(len(search.private)):
        total += search.private[agent]
    for slot in range(grid.sizes[SLOTS]):
        total += cost_at(grid, search, slot) + search.ledger[slot, EXTRA]
    for pair in range(staff.pairs.rule.shape[0]):
        rule = staff.pairs.rule[pair]
        for day in range(grid.sizes[DAYS]):
            if pair_broken(
                geometry, rule, search.choice[rule[0], day], search.choice[rule[1], day]
            ):
                total += rule[4]
    search.totals[0] = total
    return total
