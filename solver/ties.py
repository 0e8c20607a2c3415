"""Compiled ties: staffing rules, pairs of agents, and the roster before the run."""

from __future__ import annotations

import numpy as np

from solver.jit import inner
from solver.state import DAYS, EXTRA, KNOWN, PER_SLOT, SLOTS, VERSION


@inner
def heads_cost(heads, low, high, price):  # type: ignore[no-untyped-def]
    """Return what a staffing rule costs with so many heads in an interval."""
    return price * (max(low - heads, 0) + max(heads - high, 0))


@inner
def add_heads(grid, staff, search, agent, first, last, sign, spans):  # type: ignore[no-untyped-def]
    """Count an agent in cells for those staffing rules that count whole spans, or that do not."""
    ledger, heads = search.ledger, staff.heads
    per_slot, slots = grid.sizes[PER_SLOT], grid.sizes[SLOTS]
    column = ledger.shape[1] - heads.low.shape[0]
    for position in range(heads.start[agent], heads.start[agent + 1]):
        rule = heads.of_agent[position]
        if heads.spans[rule] != spans:
            continue
        cell = first
        while cell < last:
            slot = cell // per_slot
            until = min(last, (slot + 1) * per_slot)
            if slot < slots:
                low, high, price = heads.low[rule, slot], heads.high[rule, slot], heads.price[rule]
                now = ledger[slot, column + rule]
                then = now + sign * heads.unit[0] * (until - cell)
                ledger[slot, EXTRA] += heads_cost(then, low, high, price)
                ledger[slot, EXTRA] -= heads_cost(now, low, high, price)
                ledger[slot, column + rule] = then
                if spans:
                    kept = ledger[slot, KNOWN] == ledger[slot, VERSION]
                    search.counter[0] += 1
                    ledger[slot, VERSION] = search.counter[0]
                    if kept:
                        ledger[slot, KNOWN] = search.counter[0]
            cell = until


@inner
def heads_value(grid, staff, search, kind, slot, spans):  # type: ignore[no-untyped-def]
    """Return what one head more of a class saves in an interval under the staffing rules."""
    heads = staff.heads
    column = search.ledger.shape[1] - heads.low.shape[0]
    more = heads.unit[0] * grid.sizes[PER_SLOT]
    value = 0.0
    for rule in range(heads.low.shape[0]):
        if heads.of_class[kind, rule] and heads.spans[rule] == spans:
            now = search.ledger[slot, column + rule]
            low, high, price = heads.low[rule, slot], heads.high[rule, slot], heads.price[rule]
            value += heads_cost(now, low, high, price)
            value -= heads_cost(now + more, low, high, price)
    return value


@inner
def same_shift(geometry, staff, agent, day, option):  # type: ignore[no-untyped-def]
    """Tell whether a choice keeps the day's shift as it was before the run."""
    before = staff.kept.shift[agent, day]
    if option < 0 or before[0] < 0:
        return option < 0 and before[0] < 0
    return (
        geometry.start[option] == before[0]
        and geometry.end[option] == before[1]
        and staff.kept.kind[option] == before[2]
    )


@inner
def moved(geometry, before, placing):  # type: ignore[no-untyped-def]
    """Return how many breaks of a placing lie where the day had none before the run."""
    count = 0
    for item in range(geometry.break_start[placing], geometry.break_start[placing + 1]):
        known = False
        for place in range(before.shape[0]):
            known = known or (
                before[place, 0] == geometry.break_from[item]
                and before[place, 1] == geometry.break_to[item]
            )
        if not known:
            count += 1
    return count


@inner
def kept_breaks(geometry, staff, prefix, agent, day, option, row):  # type: ignore[no-untyped-def]
    """Place the breaks of an unchanged shift where loss and moving cost least; return the loss."""
    before = staff.kept.breaks[agent, day]
    begin = geometry.group_start[option]
    total = 0.0
    for group in range(begin, geometry.group_start[option + 1]):
        least = np.inf
        first = geometry.placing_start[group]
        for placing in range(first, geometry.placing_start[group + 1]):
            loss = float(staff.kept.price[0] * moved(geometry, before, placing))
            for item in range(geometry.break_start[placing], geometry.break_start[placing + 1]):
                loss += prefix[geometry.break_to[item]] - prefix[geometry.break_from[item]]
            if loss < least:
                least = loss
                row[group - begin] = placing - first
        total += least
    return total


@inner
def moving_cost(geometry, staff, search, agent, day):  # type: ignore[no-untyped-def]
    """Return what the moved breaks of an unchanged shift cost."""
    option = search.choice[agent, day]
    if option < 0 or not same_shift(geometry, staff, agent, day, option):
        return 0.0
    before = staff.kept.breaks[agent, day]
    begin = geometry.group_start[option]
    count = 0
    for group in range(begin, geometry.group_start[option + 1]):
        placing = geometry.placing_start[group] + search.placing[agent, day, group - begin]
        count += moved(geometry, before, placing)
    return float(staff.kept.price[0] * count)


@inner
def pair_broken(geometry, rule, one, two):  # type: ignore[no-untyped-def]
    """Tell whether choices of the first and the second of a pair on one day break its rule."""
    if one < 0 or (two < 0 and rule[2] == 1):
        return False
    if two < 0:
        return True
    shared = min(geometry.end[one], geometry.end[two]) - max(
        geometry.start[one], geometry.start[two]
    )
    if rule[2] == 1:
        return shared > 0
    return max(shared, 0) < rule[3]


@inner
def pair_price(geometry, staff, search, agent, day, option):  # type: ignore[no-untyped-def]
    """Return what an option costs an agent's pairs, but for partners who are taken out."""
    pairs = staff.pairs
    price = 0.0
    for position in range(pairs.start[agent], pairs.start[agent + 1]):
        rule = pairs.rule[pairs.of_agent[position]]
        other = rule[0] + rule[1] - agent
        if search.away[other]:
            continue
        theirs = search.choice[other, day]
        if rule[0] == agent:
            broken = pair_broken(geometry, rule, option, theirs)
        else:
            broken = pair_broken(geometry, rule, theirs, option)
        if broken:
            price += rule[4]
    return price


@inner
def is_changed(grid, geometry, staff, search, agent):  # type: ignore[no-untyped-def]
    """Tell whether any shift of an agent differs from those before the run."""
    for day in range(grid.sizes[DAYS]):
        if not same_shift(geometry, staff, agent, day, search.choice[agent, day]):
            return True
    return False


@inner
def pairs_cost(geometry, staff, search, chosen, count):  # type: ignore[no-untyped-def]
    """Return what the pairs of some agents cost, each pair once."""
    pairs = staff.pairs
    total = 0.0
    for place in range(count):
        agent = chosen[place]
        for position in range(pairs.start[agent], pairs.start[agent + 1]):
            rule = pairs.rule[pairs.of_agent[position]]
            other = rule[0] + rule[1] - agent
            counted = False
            for before in range(place):
                counted = counted or chosen[before] == other
            if counted:
                continue
            for day in range(search.choice.shape[1]):
                if pair_broken(
                    geometry, rule, search.choice[rule[0], day], search.choice[rule[1], day]
                ):
                    total += rule[4]
    return total
