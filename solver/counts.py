"""Counters over long windows, kept as numbers beside the graph of weeks instead of in its nodes.

A month's hours or weekends would multiply the nodes of a graph; as *counts* they are dimensions of
an array at every node, and an edge adds its steps to them.  A counter that only caps how often some
options are used may also be left to a multiplier (see :mod:`solver.paths`).
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence

from wfm.model.rule import OFF, Counter

LONG_WINDOW = 11
"""Days from which on a window is long: shorter ones end within the graph and leave no trace."""
MOST_COUNTS = 3


class Count:
    """One counter as a dimension: what a day adds to it, in units of ``unit``."""

    def __init__(self, rule: Counter, measure: Sequence[int], options: Sequence[int]) -> None:
        self.rule, self.measure = rule, measure
        values = [measure[option] for option in options]
        self.unit = max(1, math.gcd(*values))
        self.inside = set(rule.days)
        self.block_of = {day: place for place, block in enumerate(rule.blocks) for day in block}
        self.ends = [max(block) for block in rule.blocks]
        single = sum(day not in self.block_of for day in self.inside)
        self.most = (single + len(rule.blocks)) * max([0, *values]) // self.unit
        """The highest count that the window's days can add."""

    start: Hashable = ()

    def kind_of(self, option: int) -> Hashable:
        """Tell options apart by their measure."""
        return self.measure[option]

    def step(self, state: Hashable, day: int, option: int) -> tuple[Hashable, int]:
        """Return the next state (the largest measure of blocks under way) and what is added."""
        if day not in self.inside:
            return state, 0
        value = self.measure[option] // self.unit if option != OFF else 0
        block = self.block_of.get(day)
        if block is None:
            return state, value
        assert isinstance(state, tuple)
        largest = dict(state)
        before = largest.get(block, 0)
        largest[block] = max(before, value)
        if day == self.ends[block]:
            largest.pop(block)
        return tuple(sorted(largest.items())), max(0, value - before)


def counts_of(
    rules: Sequence[tuple[int, Counter]],
    measures: dict[str, tuple[int, ...]],
    options: Sequence[int],
) -> dict[int, Count]:
    """Choose, by place, the counters that become dimensions: long windows of many values first."""
    found = []
    for place, rule in rules:
        if not rule.days or max(rule.days) - min(rule.days) + 1 < LONG_WINDOW:
            continue
        if any(measures[rule.measure][option] < 0 for option in options):
            continue
        count = Count(rule, measures[rule.measure], options)
        if may_break(rule, count):
            found.append((place, count))
    caps = [item for item in found if is_cap(item[1].rule)]
    others = [item for item in found if not is_cap(item[1].rule)]
    others.sort(key=lambda item: -item[1].most)
    # of the caps the tightest needs to be exact most
    caps.sort(key=lambda item: (item[1].rule.high or 0) / max(1, item[1].most))
    return dict([*others, *caps][:MOST_COUNTS])


def may_break(rule: Counter, count: Count) -> bool:
    """Tell whether any week can break a counter at all."""
    top = rule.constant + count.most * count.unit
    return (rule.high is not None and top > rule.high) or (
        rule.low is not None and rule.constant < rule.low
    )


def is_cap(rule: Counter) -> bool:
    """Tell whether a counter only caps a count from above, without price or blocks."""
    return rule.low is None and rule.price is None and not rule.blocks
