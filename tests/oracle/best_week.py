"""The exact best week of an agent at given worths of each day's choices.

Each primitive is a little machine that reads one choice a day.  Running an agent's machines side by
side gives a graph of states from day to day; agents with equal machines share it, and a longest
path through it is their best week.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.oracle.documents import DAY, Json, clock

Floats = NDArray[np.float64]
Ints = NDArray[np.integer]

OFF = -1
LARGEST = 3_000_000
"""States × kinds of choices of one day that are gone through at most."""


class TooLargeError(Exception):
    """The machines of an agent have too many states together."""


@dataclass(frozen=True)
class Machine:
    """One primitive over one agent's choices (column 0: day off, then their options).

    ``target[day]`` and ``price[day]`` have shape (states of that day, columns); a target of -1 is
    forbidden.  The state before day 0 is number 0.
    """

    target: tuple[Ints, ...]
    price: tuple[Ints, ...]

    @property
    def idle(self) -> bool:
        """Tell whether it neither forbids nor prices anything."""
        rows = zip(self.target, self.price, strict=True)
        return not any((target < 0).any() or price.any() for target, price in rows)


Step = Callable[[Hashable, int, int], "tuple[Hashable, int] | None"]


def run_out(start: Hashable, days: int, labels: Sequence[int], step: Step) -> Machine:
    """Number the states a machine can be in on each day; ``labels`` tells columns apart.

    ``step(state, day, label)`` returns the next state and what it costs, ``None`` if forbidden.
    """
    different, column = np.unique(np.asarray(labels, dtype=np.int64), return_inverse=True)
    now: dict[Hashable, int] = {start: 0}
    targets, prices = [], []
    for day in range(days):
        following: dict[Hashable, int] = {}
        target = np.full((len(now), len(different)), -1, dtype=np.int64)
        price = np.zeros((len(now), len(different)), dtype=np.int64)
        for state, number in now.items():
            for place, label in enumerate(different.tolist()):
                found = step(state, day, label)
                if found is not None:
                    target[number, place] = following.setdefault(found[0], len(following))
                    price[number, place] = found[1]
        targets.append(target[:, column])
        prices.append(price[:, column])
        now = following
    return Machine(tuple(targets), tuple(prices))


# --- the primitives ------------------------------------------------------------------------------


def counter(problem: Json, agent: Json, item: Json) -> Machine:
    """Add measures up; a state is (sum so far, largest measure of each open block)."""
    column = problem["measures"][item["measure"]]
    labels = [0, *(column[option] for option in agent["options"])]
    most, least = max(labels), min(labels)
    days = problem["horizon"]["days"]
    block_of = {day: place for place, block in enumerate(item.get("blocks", ())) for day in block}
    last_of = [max(block) for block in item.get("blocks", ())]
    window = sorted(item["days"])

    def parts_left(day: int) -> int:
        """Return how many blocks and single days still add something after a day."""
        later = [other for other in window if other > day]
        single = sum(other not in block_of for other in later)
        return single + sum(last > day for last in last_of)

    left = [parts_left(day) for day in range(days)]

    def shut(total: int, day: int, open_blocks: tuple[tuple[int, int], ...]) -> Hashable:
        """Merge sums that nothing after this day can break."""
        low, high = item["low"], item["high"]
        safe_low = low is None or total + left[day] * least >= low
        safe_high = high is None or total + left[day] * most <= high
        return "settled" if safe_low and safe_high else (total, open_blocks)

    def lost(total: int, day: int) -> bool:
        """Tell whether nothing after this day can mend a hard rule."""
        low, high = item["low"], item["high"]
        too_high = high is not None and total + left[day] * least > high
        too_low = low is not None and total + left[day] * most < low
        return item["price"] is None and (too_high or too_low)

    def step(state: Hashable, day: int, label: int) -> tuple[Hashable, int] | None:
        if state == "settled":
            return state, 0
        assert isinstance(state, tuple)
        total, open_blocks = state
        if day in item["days"]:
            if day in block_of:
                held = dict(open_blocks)
                place = block_of[day]
                held[place] = max(held.get(place, label), label)
                if last_of[place] == day:
                    total += held.pop(place)
                open_blocks = tuple(sorted(held.items()))
            else:
                total += label
        if day < max(window, default=0):
            return None if lost(total, day) else (shut(total, day, open_blocks), 0)
        return priced(item, units_of_sum(item, total))

    return run_out((item["constant"], ()), days, labels, step)


def units_of_sum(item: Json, total: int) -> int:
    over = 0 if item["high"] is None else total - item["high"]
    under = 0 if item["low"] is None else item["low"] - total
    return -(-max(over, under, 0) // item["unit"])


def priced(item: Json, units: int, state: Hashable = "settled") -> tuple[Hashable, int] | None:
    if units and item["price"] is None:
        return None
    return state, units * (item["price"] or 0)


def automaton(problem: Json, agent: Json, item: Json) -> Machine:
    """Follow the machine on its days; a state is a state."""
    column = problem["measures"][item["measure"]]
    labels = [0, *(column[option] for option in agent["options"])]
    days = problem["horizon"]["days"]
    read = item.get("days") or range(days)

    def step(state: Hashable, day: int, label: int) -> tuple[Hashable, int] | None:
        assert isinstance(state, int)
        units = 0
        if day in read:
            row = item["transitions"][state]
            following = row[label] if 0 <= label < len(row) else -1
            units += following < 0
            if following != -1:
                state = following if following >= 0 else -2 - following
        if day == days - 1 and item["final"] and state not in item["final"]:
            units += 1
        return priced(item, units, state)

    return run_out(item["start"], days, labels, step)


def distinct(problem: Json, agent: Json, item: Json) -> Machine:
    """Remember the values used; column labels are values, and a number no value has for off."""
    column = problem["measures"][item["measure"]]
    none = min(column, default=0) - 1
    labels = [none, *(column[option] for option in agent["options"])]
    known = frozenset(item.get("known", ()))

    def excess(used: frozenset[int]) -> int:
        return max(0, len(used) - item["at_most"])

    def step(state: Hashable, day: int, label: int) -> tuple[Hashable, int] | None:
        assert isinstance(state, frozenset)
        used = state if label == none or day not in item["days"] else state | {label}
        more = excess(used) - (excess(state) if day else 0)
        left = any(other > day for other in item["days"])
        return priced(item, more, used if left else frozenset())

    return run_out(known, problem["horizon"]["days"], labels, step)


def succession(problem: Json, agent: Json, item: Json) -> Machine:
    """Remember from when a duty may start, and the option worked yesterday if pairs name it."""
    options = problem["options"]
    own = agent["options"]
    starts = sorted({options[option]["start"] for option in own})
    days = problem["horizon"]["days"]
    marks = sorted({start + DAY * ahead for start in starts for ahead in range(days + 3)})
    first_of_pairs = {before for before, _ in item["pairs"]}
    pairs = {tuple(pair) for pair in item["pairs"]}

    def free_from(minute: int | None) -> int | None:
        """Round up to the next minute at which anything could start; ``None`` for any time."""
        if minute is None or not starts or minute <= starts[0]:
            return None
        place = bisect_left(marks, minute)
        return marks[place] if place < len(marks) else minute

    def step(state: Hashable, day: int, label: int) -> tuple[Hashable, int] | None:
        assert isinstance(state, tuple)
        free, before = state
        if label == OFF:
            return (free_from(None if free is None else free - DAY), None), 0
        option = options[label]
        broken = free is not None and option["start"] < free
        broken = broken or (before, label) in pairs
        after = free_from(option["end"] + item["rest_minutes"] - DAY)
        return priced(item, int(broken), (after, label if label in first_of_pairs else None))

    previous = item["previous_end"]
    start = free_from(None if previous is None else previous + item["rest_minutes"])
    return run_out((start, None), days, [OFF, *own], step)


READERS = {
    "Counter": counter,
    "Automaton": automaton,
    "Distinct": distinct,
    "Succession": succession,
}


def no_overlap(problem: Json, agent: Json) -> Json:
    """Return the rule that holds unwritten: a duty never starts before the last one has ended."""
    ends = [clock(problem, duty)[1] for duty in agent["past"]]
    return {
        "type": "Succession",
        "rest_minutes": 0,
        "pairs": [],
        "previous_end": max(ends, default=None),
        "price": None,
    }


# --- side by side --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Graph:
    """The machines of an agent side by side.

    ``kind_of`` (columns) tells which choices all machines take for the same; ``target[day]`` and
    ``price[day]`` have shape (states, kinds).
    """

    kind_of: Ints
    kinds: int
    target: tuple[Ints, ...]
    price: tuple[Ints, ...]

    def best(self, worth: Floats) -> Floats:
        """Return the value of the best weeks; ``worth`` has shape (agents, days, columns)."""
        agents = worth.shape[0]
        by_kind = np.full((agents, worth.shape[1], self.kinds), -np.inf)
        for column, kind in enumerate(self.kind_of.tolist()):
            np.maximum(by_kind[:, :, kind], worth[:, :, column], out=by_kind[:, :, kind])
        found = np.empty(agents)
        size = max(target.size for target in self.target)
        chunk = max(1, 4_000_000 // max(size, 1))
        for first in range(0, agents, chunk):
            found[first : first + chunk] = self._best(by_kind[first : first + chunk])
        return found

    def _best(self, worth: Floats) -> Floats:
        if not all(target.size for target in self.target):
            return np.full(worth.shape[0], -np.inf)
        value = np.zeros((worth.shape[0], int(self.target[-1].max()) + 1))
        for day in range(len(self.target) - 1, -1, -1):
            target = self.target[day]
            after = np.concatenate([value, np.full((len(value), 1), -np.inf)], axis=1)
            total = after[:, target]  # a target of -1 reads the last column
            total -= self.price[day]
            total += worth[:, day, None, :]
            value = total.max(axis=2)
        found: Floats = value[:, 0]
        return found


def side_by_side(machines: Sequence[Machine], days: int, columns: int) -> Graph:
    """Return the graph of machines that read the same choices; raises :class:`TooLargeError`."""
    rows = [np.zeros((1, columns), dtype=np.int64)]
    for machine in machines:
        rows += [*machine.target, *machine.price]
    stacked = np.concatenate([row.reshape(-1, columns) for row in rows])
    kinds, first, kind_of = np.unique(stacked, axis=1, return_index=True, return_inverse=True)
    states = np.zeros((1, len(machines)), dtype=np.int64)
    targets, prices = [], []
    for day in range(days):
        if len(states) * kinds.shape[1] > LARGEST:
            raise TooLargeError
        target, price, states = _one_day(machines, day, states, first)
        targets.append(target)
        prices.append(price)
    return Graph(kind_of.reshape(-1), kinds.shape[1], tuple(targets), tuple(prices))


def _one_day(
    machines: Sequence[Machine], day: int, states: Ints, first: Ints
) -> tuple[Ints, Ints, Ints]:
    """Let all machines read one day; return targets, prices and the states of the next day."""
    shape = (len(states), len(first))
    code = np.zeros(shape, dtype=np.int64)
    price = np.zeros(shape, dtype=np.int64)
    legal = np.ones(shape, dtype=bool)
    sizes = []
    for place, machine in enumerate(machines):
        target = machine.target[day][:, first][states[:, place]]
        price += machine.price[day][:, first][states[:, place]]
        legal &= target >= 0
        sizes.append(int(machine.target[day].max(initial=0)) + 1)
        code = code * sizes[-1] + np.maximum(target, 0)
    if np.prod([float(size) for size in sizes]) >= 2**62:
        raise TooLargeError
    seen, number = np.unique(code[legal], return_inverse=True)
    result = np.full(shape, -1, dtype=np.int32)
    result[legal] = number
    following = np.zeros((len(seen), len(machines)), dtype=np.int64)
    rest = seen
    for place in range(len(machines) - 1, -1, -1):
        rest, following[:, place] = np.divmod(rest, sizes[place])
    return result, price.astype(np.int32), following


def rules_of(problem: Json, agent: Json) -> list[Json]:
    """Return the primitives of an agent that need a machine; masks price single choices instead."""
    return [
        *(item for item in agent["primitives"] if item["type"] in READERS),
        no_overlap(problem, agent),
    ]


def name_of(item: Json) -> str:
    """Return what a primitive says, whichever rule it came from."""
    return json.dumps({key: item[key] for key in sorted(item) if key != "rule"})


class Graphs:
    """Makes graphs for agents of one problem; the machines are kept, the graphs are not."""

    def __init__(self, problem: Json) -> None:
        self.problem = problem
        self._machines: dict[str, Machine] = {}

    def key_of(self, agent: Json) -> str:
        """Return what agents have in common who share a graph."""
        rules = sorted(name_of(item) for item in rules_of(self.problem, agent))
        return json.dumps([agent["options"], rules])

    def graph(self, agent: Json) -> tuple[Graph, bool]:
        """Return an agent's graph, and whether it is exact.

        Where the machines have too many states together, those with most states are left out: then
        there are more weeks than legal ones, and a bound from them still holds.
        """
        machines = [self._machine(agent, item) for item in rules_of(self.problem, agent)]
        machines = sorted((item for item in machines if not item.idle), key=_states)
        days, columns = self.problem["horizon"]["days"], len(agent["options"]) + 1
        kept = len(machines)
        while True:
            try:
                return side_by_side(machines[:kept], days, columns), kept == len(machines)
            except TooLargeError:
                kept -= 1

    def _machine(self, agent: Json, item: Json) -> Machine:
        key = json.dumps(agent["options"]) + name_of(item)
        if key not in self._machines:
            self._machines[key] = READERS[item["type"]](self.problem, agent, item)
        return self._machines[key]


def _states(machine: Machine) -> int:
    return max(len(target) for target in machine.target)
