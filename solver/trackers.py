"""Rule primitives as small machines that read one day at a time: the parts of an exact best week.

A tracker is the state of one primitive while a week is being built day by day.  ``kind_of`` tells
which options it cannot tell apart, so that many options share one step of the search.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Protocol

from wfm.model.problem import Option, RosterProblem
from wfm.model.rule import (
    OFF,
    Automaton,
    Counter,
    Distinct,
    Mask,
    Primitive,
    RuleRef,
    Succession,
)
from wfm.model.time import DAY_MINUTES

Step = tuple[Hashable, int]
"""The next state and the price paid on the way."""

_Begun = tuple[tuple[int, int], ...]
"""Blocks of days that are under way: number and largest measure so far."""

_SETTLED = "settled"
SEVERITY_WEIGHT = {"illegal": 27, "agreement": 9, "company": 3, "wish": 1}


class Tracker(Protocol):
    """One primitive of one agent as a machine over the days of the horizon."""

    start: Hashable

    def begin(self, rule: Any) -> Hashable:
        """Return the start of a primitive that differs from this one in its past alone."""
        ...

    def kind_of(self, option: int) -> Hashable:
        """Return a key: options (never ``OFF``) of equal keys are the same to this primitive."""
        ...

    def step(self, state: Hashable, day: int, option: int) -> Step | None:
        """Return the next state and cost of choosing ``option``, or ``None`` if it is forbidden."""
        ...


class CounterTracker:
    """Counts a measure over the days of a window; settles as soon as nothing can break it.

    A state is the total so far, and with it the largest measure of every block that has begun and
    not ended, by number of the block.
    """

    def __init__(self, rule: Counter, measure: Sequence[int], options: Sequence[int]) -> None:
        self.rule, self.measure = rule, measure
        values = [measure[option] for option in options]
        self.most = max([0, *values])
        self.least = min([0, *values])
        self.last = max(rule.days, default=-1)
        self.block_of = {day: place for place, block in enumerate(rule.blocks) for day in block}
        self.ends = [max(block) for block in rule.blocks]
        self.ahead = [self._parts_after(day) for day in range(self.last + 1)]
        """Per day, how many parts of the sum begin after it."""
        self.inside = set(rule.days)
        self.start = self.begin(rule)

    def begin(self, rule: Counter) -> Hashable:
        """Return the state of what the past of ``rule`` counts."""
        return self._settle(rule.constant, (), self._parts_after(-1))

    def kind_of(self, option: int) -> Hashable:
        """Tell options apart by their measure."""
        return self.measure[option]

    def _parts_after(self, day: int) -> int:
        single = sum(item > day for item in self.rule.days if item not in self.block_of)
        return single + sum(min(block) > day for block in self.rule.blocks)

    def _range(self, total: int, begun: _Begun, left: int) -> tuple[int, int]:
        """Return the least and the most that the sum can come to."""
        low = total + left * self.least + sum(value for _, value in begun)
        high = total + left * self.most + sum(max(value, self.most) for _, value in begun)
        return low, high

    def _settle(self, total: int, begun: _Begun, left: int) -> Hashable:
        low, high = self.rule.low, self.rule.high
        least, most = self._range(total, begun, left)
        safe = (low is None or least >= low) and (high is None or most <= high)
        return _SETTLED if safe else (total, begun)

    def step(self, state: Hashable, day: int, option: int) -> Step | None:
        """Add the day's measure; price or forbid what the window's last day leaves broken."""
        # a window without days is closed at once: what the past leaves broken is owed on day 0
        if state == _SETTLED or (day not in self.inside and self.inside):
            return state, 0
        assert isinstance(state, tuple)
        counts = option != OFF and day in self.inside
        total, begun = self._add(state, day, self.measure[option] if counts else 0)
        low, high, price = self.rule.low, self.rule.high, self.rule.price
        if price is None:
            least, most = self._range(total, begun, self.ahead[day] if self.inside else 0)
            if (high is not None and least > high) or (low is not None and most < low):
                return None
        if day < self.last:
            return self._settle(total, begun, self.ahead[day]), 0
        broken = max(total - high if high is not None else 0, low - total if low is not None else 0)
        return _SETTLED, (price or 0) * -(-max(broken, 0) // self.rule.unit)

    def _add(self, state: tuple[int, _Begun], day: int, value: int) -> tuple[int, _Begun]:
        """Return total and begun blocks after a day's measure."""
        total, begun = state
        block = self.block_of.get(day)
        if block is None:
            return total + value, begun
        largest = dict(begun)
        largest[block] = max(value, largest.get(block, value))
        if day == self.ends[block]:
            total += largest.pop(block)
        return total, tuple(sorted(largest.items()))


class SuccessionTracker:
    """Remembers until when the agent must rest, and which options the last one forbids."""

    def __init__(
        self,
        rule: Succession,
        table: Sequence[Option],
        options: Sequence[int],
        previous_ends: Iterable[int | None] = (),
    ) -> None:
        self.rule, self.table = rule, table
        starts = {table[option].start for option in options}
        self.first = min(starts, default=0)
        self.limits = sorted(
            {start + ahead * DAY_MINUTES for start in starts for ahead in range(8)}
        )
        after: dict[int, set[int]] = {option: set() for option in options}
        self.barred: dict[int, set[int]] = {option: set() for option in options}
        for first, second in rule.pairs:
            if first in after and second in after:
                after[first].add(second)
                self.barred[second].add(first)
        self.banned = {option: frozenset(found) for option, found in after.items()}
        free_from = {self._after(table[option].end - DAY_MINUTES) for option in options}
        free_from |= {self._after(end) for end in (rule.previous_end, *previous_ends)}
        self.marks = sorted(
            {mark - ahead * DAY_MINUTES for mark in free_from if mark for ahead in range(8)}
        )
        self.start: Hashable = self.begin(rule)

    def begin(self, rule: Succession) -> Hashable:
        """Return the state after the last duty before the horizon."""
        return (self._after(rule.previous_end), frozenset())

    def _after(self, end: int | None) -> int | None:
        """Return the earliest start that keeps the rest, on the scale of the next day."""
        if end is None or end + self.rule.rest_minutes <= self.first:
            return None
        place = bisect_left(self.limits, end + self.rule.rest_minutes)
        return self.limits[place] if place < len(self.limits) else end + self.rule.rest_minutes

    def kind_of(self, option: int) -> Hashable:
        """Tell options apart by what they follow, what they forbid, and who forbids them."""
        rank = bisect_right(self.marks, self.table[option].start)
        rest = self._after(self.table[option].end - DAY_MINUTES)
        return rank, rest, self.banned[option], frozenset(self.barred[option])

    def step(self, state: Hashable, day: int, option: int) -> Step | None:  # noqa: ARG002
        """Forbid or price a duty that starts too early or follows in a forbidden pair."""
        assert isinstance(state, tuple)
        free_from: int | None = state[0]
        banned: frozenset[int] = state[1]
        if option == OFF:
            rest = None if free_from is None else free_from - DAY_MINUTES
            return (rest if rest is not None and rest > self.first else None, frozenset()), 0
        cost = 0
        if option in banned or (free_from is not None and self.table[option].start < free_from):
            if self.rule.price is None:
                return None
            cost = self.rule.price
        return (self._after(self.table[option].end - DAY_MINUTES), self.banned[option]), cost


class AutomatonTracker:
    """Follows a machine over the classes of the days that it reads."""

    def __init__(self, rule: Automaton, measure: Sequence[int], days: int) -> None:
        self.rule, self.measure = rule, measure
        self.inside = set(rule.days or range(days))
        self.last = max(self.inside)
        self.start: Hashable = self.begin(rule)

    def begin(self, rule: Automaton) -> Hashable:
        """Return the state in which the past leaves the machine."""
        return rule.start

    def kind_of(self, option: int) -> Hashable:
        """Tell options apart by their class."""
        return self.measure[option]

    def step(self, state: Hashable, day: int, option: int) -> Step | None:
        """Take the transition; a missing one is forbidden or priced, as is a wrong last state."""
        if state == _SETTLED or day not in self.inside:
            return state, 0
        assert isinstance(state, int)
        target, missing = self.rule.follow(state, self.measure[option] if option != OFF else 0)
        broken = int(missing)
        if day == self.last and self.rule.final and target not in self.rule.final:
            broken += 1
        if broken and self.rule.price is None:
            return None
        return (_SETTLED if day == self.last else target), broken * (self.rule.price or 0)


class DistinctTracker:
    """Remembers which values have been used in the window."""

    def __init__(self, rule: Distinct, measure: Sequence[int]) -> None:
        self.rule, self.measure = rule, measure
        self.days = sorted(set(rule.days))
        self.inside = set(self.days)
        known = frozenset(rule.known)
        self.late = max(0, len(known) - rule.at_most)
        """Values too many before the first day; they are paid on the last."""
        safe = len(known) + len(self.days) <= rule.at_most
        self.start: Hashable = _SETTLED if safe else known

    def begin(self, rule: Distinct) -> Hashable:  # noqa: ARG002
        """Return the state without any value: the past counts for nothing."""
        return self.start

    def kind_of(self, option: int) -> Hashable:
        """Tell options apart by their value."""
        return self.measure[option]

    def step(self, state: Hashable, day: int, option: int) -> Step | None:
        """Forbid or price a value too many."""
        if state == _SETTLED or day not in self.inside:
            return state, 0
        assert isinstance(state, frozenset)
        left = len(self.days) - bisect_right(self.days, day)
        used = state if option == OFF else state | {self.measure[option]}
        broken = int(len(used) > max(self.rule.at_most, len(state))) + (0 if left else self.late)
        if broken and self.rule.price is None:
            return None
        safe = len(used) + left <= self.rule.at_most
        return (_SETTLED if safe or not left else used), broken * (self.rule.price or 0)


def tracker(
    rule: Primitive,
    problem: RosterProblem,
    options: Sequence[int],
    previous_ends: Iterable[int | None] = (),
) -> Tracker | None:
    """Return the machine of a primitive for an agent's options; ``None`` for a mask.

    ``previous_ends`` are those of others who share the machine.
    """
    match rule:
        case Counter():
            return CounterTracker(rule, problem.measures[rule.measure], options)
        case Succession():
            return SuccessionTracker(rule, problem.options, options, previous_ends)
        case Automaton():
            return AutomatonTracker(rule, problem.measures[rule.measure], problem.horizon.days)
        case Distinct():
            return DistinctTracker(rule, problem.measures[rule.measure])
        case Mask():
            return None


def shape_of(rule: Primitive) -> Hashable:
    """Return what two primitives share that differ in their names and pasts alone."""
    match rule:
        case Counter():
            return ("counter", rule.days, rule.measure, rule.low, rule.high, rule.price, rule.unit,
                    rule.blocks)  # fmt: skip
        case Succession():
            return ("succession", rule.rest_minutes, rule.pairs, rule.price)
        case Automaton():
            return ("automaton", rule.measure, rule.transitions, rule.final, rule.price, rule.days)
        case Distinct():
            return ("distinct", rule.days, rule.measure, rule.at_most, rule.price, rule.known)
        case Mask():
            return ("mask",)


def softened(rule: Primitive, price: int) -> Primitive:
    """Return a hard primitive at a price, for an agent who has no legal week.

    Graver severities cost more, so that what is illegal is broken last.  Minutes are counted by
    the begun hour, so that one hour weighs as much as one day.
    """
    if rule.price is not None:
        return rule
    high = price * severity_weight(rule.rule)
    if isinstance(rule, Counter) and rule.measure.endswith("_minutes"):
        return replace(rule, price=high, unit=60)
    return replace(rule, price=high)


def severity_weight(rule: RuleRef) -> int:
    """Return how much one unit of a rule weighs against other rules that must be broken."""
    return SEVERITY_WEIGHT.get(rule.severity, SEVERITY_WEIGHT["company"])
