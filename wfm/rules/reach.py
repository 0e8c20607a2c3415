"""Lowers weekly minimums to what locks, leave, past duties and the other rules leave possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import inf

from wfm.model.problem import Option
from wfm.model.rule import OFF, Automaton, Counter, Mask, Primitive, Succession
from wfm.model.time import DAY_MINUTES

MOST_STEPS = 20_000
"""Steps after which the search gives up and a minimum stays as it is."""

_Count = tuple[int, tuple[tuple[int, int], ...]]
"""A counter's total, and the largest measure of each block of days (by number) under way."""
_State = tuple[tuple[int, ...], float, int, tuple[_Count, ...]]
"""States of the machines, end of the last duty, choice of the day before, counts."""


def lower_minimums(
    primitives: Sequence[Primitive],
    own: Sequence[int],
    options: Sequence[Option],
    measures: dict[str, tuple[int, ...]],
) -> tuple[Primitive, ...]:
    """Return the primitives with each hard minimum no higher than a lawful week can reach.

    Without this a week of locked days off would leave a full-timer without any lawful week.  One
    minimum is settled after another, in order, so that all hold together.  An agent whose week is
    unlawful anyway keeps the contract's numbers.
    """
    settled: list[Primitive] = [item for item in primitives if not _is_minimum(item)]
    result = []
    for item in primitives:
        kept = item
        if isinstance(item, Counter) and _is_minimum(item):
            search = _Search(tuple(settled), tuple(own), tuple(options), measures, item)
            kept = _lowered(item, search.most())
            settled.append(kept)
        result.append(kept)
    return tuple(result)


def _is_minimum(item: Primitive) -> bool:
    return isinstance(item, Counter) and item.price is None and item.low is not None


def _lowered(counter: Counter, most: int | None) -> Counter:
    if most is None or counter.low is None or most >= counter.low:
        return counter
    return replace(counter, low=most if most > counter.constant else None)


@dataclass(slots=True)
class _Search:
    """Depth-first search for a week that reaches a counter's minimum, most first.

    Masks, successions, machines and counters are kept as they are; ``Distinct`` and priced
    primitives are not looked at.
    """

    primitives: tuple[Primitive, ...]
    own: tuple[int, ...]
    options: tuple[Option, ...]
    measures: dict[str, tuple[int, ...]]
    target: Counter
    best: int | None = None
    steps: int = 0
    seen: set[tuple[int, _State]] = field(default_factory=set)
    machines: tuple[Automaton, ...] = ()
    rests: tuple[Succession, ...] = ()
    counters: tuple[Counter, ...] = ()
    longest_rest: int = 0
    first_start: int = 0
    latest_wait: int = 0
    """From this minute on a shift may start whatever came before."""
    firsts: frozenset[int] = frozenset()
    signatures: dict[int, tuple[object, ...]] = field(default_factory=dict)
    paired: frozenset[int] = frozenset()
    """Options that forbid some others on the day after them, and all that are in such a pair."""
    reading: list[list[int]] = field(default_factory=list)
    counting: list[list[int]] = field(default_factory=list)
    """Per day the machines that read it and the counters that count it."""
    known: dict[tuple[int, int, int, bool], int | None] = field(default_factory=dict)
    choices: list[list[int]] = field(default_factory=list)
    hopes: list[int] = field(default_factory=list)

    def most(self) -> int | None:
        """Return the highest total found up to the minimum; ``None`` if no week is lawful.

        When the search gives up, the minimum itself is returned, for nothing speaks against it.
        """
        hard = [item for item in self.primitives if item.price is None]
        self.machines = tuple(item for item in hard if isinstance(item, Automaton))
        self.rests = tuple(item for item in hard if isinstance(item, Succession))
        self.longest_rest = max((item.rest_minutes for item in self.rests), default=0)
        self.first_start = min((self.options[n].start for n in self.own), default=0)
        pairs = [pair for item in self.rests for pair in item.pairs]
        self.firsts = frozenset(before for before, _ in pairs)
        self.paired = frozenset(n for pair in pairs for n in pair)
        last = max(self.target.days, default=-1)
        self.counters = (
            self.target,
            *(
                item
                for item in hard
                if isinstance(item, Counter) and min(item.days, default=0) <= last
            ),
        )
        ends = [item.previous_end for item in self.rests if item.previous_end is not None]
        self.latest_wait = self.longest_rest + max(
            (*ends, *(self.options[n].end - DAY_MINUTES for n in self.own)), default=0
        )
        names = sorted(
            {item.measure for item in self.machines} | {item.measure for item in self.counters}
        )
        self.signatures = {n: self._signature(n, names) for n in self.own} | {OFF: ()}
        masks = [item for item in hard if isinstance(item, Mask)]
        self.choices = [self._choices(day, masks) for day in range(last + 1)]
        self.reading = [
            [n for n, item in enumerate(self.machines) if not item.days or day in item.days]
            for day in range(last + 1)
        ]
        self.counting = [
            [n for n, item in enumerate(self.counters) if day in item.days]
            for day in range(last + 1)
        ]
        gains = [max((self._gain(day, n) for n in self.choices[day]), default=0)
                 for day in range(last + 1)]  # fmt: skip
        self.hopes = [sum(gains[day:]) for day in range(last + 2)]
        totals: tuple[_Count, ...] = tuple((item.constant, ()) for item in self.counters)
        start = (tuple(item.start for item in self.machines), max(ends, default=-inf), OFF, totals)
        self._visit(0, start)
        return self.target.low if self.steps >= MOST_STEPS else self.best

    def _choices(self, day: int, masks: Sequence[Mask]) -> list[int]:
        forbidden = {n for item in masks if item.day == day for n in item.options}
        allowed = [n for n in (*self.own, OFF) if n not in forbidden]
        # of shifts that no rule tells apart one will do
        different = {self.signatures[n]: n for n in reversed(allowed)}.values()
        return sorted(different, key=lambda n: (-self._gain(day, n), n))

    def _signature(self, choice: int, names: Sequence[str]) -> tuple[object, ...]:
        """Return what the rules can tell of an option."""
        option = self.options[choice]
        return (
            *(self.measures[name][choice] for name in names),
            min(option.start, self.latest_wait),
            max(option.end + self.longest_rest, DAY_MINUTES + self.first_start),
            choice if choice in self.paired else None,
        )

    def _gain(self, day: int, choice: int) -> int:
        if choice == OFF or day not in self.target.days:
            return 0
        return self.measures[self.target.measure][choice]

    def _visit(self, day: int, state: _State) -> bool:
        """Try every choice of ``day``; return whether the search can stop."""
        (total, begun), low = state[3][0], self.target.low or 0
        hope = total + sum(value for _, value in begun) + self.hopes[day]
        if (day, state) in self.seen or (self.best is not None and hope <= self.best):
            return False
        self.seen.add((day, state))
        if day == len(self.choices):
            self.best = total
            return total >= low
        for choice in self.choices[day]:
            self.steps += 1
            if self.steps >= MOST_STEPS:
                return True
            following = self._follow(day, state, choice)
            if following is not None and self._visit(day + 1, following):
                return True
        return False

    def _follow(self, day: int, state: _State, choice: int) -> _State | None:
        """Return the state after a choice, or ``None`` where a rule forbids it."""
        machines, end, before, totals = state
        if choice != OFF:
            start = day * DAY_MINUTES + self.options[choice].start
            for rest in self.rests:
                if start < end + rest.rest_minutes or (before, choice) in rest.pairs:
                    return None
            end = day * DAY_MINUTES + self.options[choice].end
        moved = list(machines)
        for number in self.reading[day]:
            column = 0 if choice == OFF else self.measures[self.machines[number].measure][choice]
            following = self._step(number, machines[number], column, day)
            if following is None:
                return None
            moved[number] = following
        counted = self._count(day, choice, totals)
        if counted is None:
            return None
        # what no rule asks for any more does not tell two weeks apart
        if end + self.longest_rest <= (day + 1) * DAY_MINUTES + self.first_start:
            end = -inf
        return tuple(moved), end, choice if choice in self.firsts else OFF, counted

    def _step(self, number: int, state: int, column: int, day: int) -> int | None:
        """Return a machine's next state, ``None`` where it is forbidden or leads nowhere."""
        machine = self.machines[number]
        last = bool(machine.days) and day == machine.days[-1]
        key = (number, state, column, last)
        if key not in self.known:
            following, broken = machine.follow(state, column)
            wrong = last and bool(machine.final) and following not in machine.final
            lost = broken or wrong or _is_dead(machine, following)
            # a machine that has read its last day no longer tells two weeks apart
            self.known[key] = None if lost else 0 if last else following
        return self.known[key]

    def _count(
        self, day: int, choice: int, totals: tuple[_Count, ...]
    ) -> tuple[_Count, ...] | None:
        result = list(totals)
        for number in self.counting[day]:
            counter = self.counters[number]
            added = 0 if choice == OFF else self.measures[counter.measure][choice]
            now = _added(counter, day, added, totals[number])
            least = now[0] + sum(value for _, value in now[1])
            if counter.high is not None and least > counter.high:
                return None
            over = number > 0 and day == max(counter.days)
            if over and counter.low is not None and least < counter.low:
                return None
            # what is over no longer tells two weeks apart
            result[number] = (counter.low or counter.constant, ()) if over else now
        return tuple(result)


def _is_dead(machine: Automaton, state: int) -> bool:
    """Tell whether a state is never left and must not be the last one."""
    stuck = all(following == state or following < 0 for following in machine.transitions[state])
    return stuck and bool(machine.final) and state not in machine.final


def _added(counter: Counter, day: int, value: int, count: _Count) -> _Count:
    """Return a count with a day's measure: of a block of days only the largest is added."""
    total, begun = count
    for number, block in enumerate(counter.blocks):
        if day in block:
            largest = dict(begun)
            largest[number] = max(value, largest.get(number, value))
            if day == max(block):
                total += largest.pop(number)
            return total, tuple(sorted(largest.items()))
    return total + value, begun
