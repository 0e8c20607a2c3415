"""Recomputes a roster's lower bound from the prices written in it, by code of its own.

Let ``p[k, t]`` be the price of serving one agent-interval of demand *k*, and ``q[i, t]`` that of
one head of staffing rule *i*.  For any prices, no roster costs less than

    Σ_kt min over m in [0, D] of (under_k(m) + p (D - m))
  + Σ_it min over h in [0, n] of (fine_i(h) + q h)
  - Σ_agents (the most that a legal week can be worth),

where a week is worth, per interval of an agent who is there, max(-over, p of the best skill they
have) × speed, and q per head, less what their own soft rules and changes cost: relaxing the
equations "missing + served = required" and "heads = agents present" makes agents independent, and a
week that serves no skill pays the over-cost.  Pairs and fair shares count as met, for they cost 0
or more.  ``people`` affected at most is kept exactly, for it only selects agents.
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path

import numpy as np

from tests.oracle.best_week import Floats, Graphs
from tests.oracle.choices import OFF, places
from tests.oracle.documents import DAY, Json, by_agent, day_of, hundredths, shape, slots_of

Placing = tuple[tuple[int, int], ...]
"""Breaks placed together: (start, length) each."""
MOST_PLACINGS = 100_000
"""Joint placings of breaks that are tried; beyond, breaks may overlap (the bound still holds)."""


@dataclass(frozen=True)
class Bound:
    """A proven lower bound; ``exact`` tells whether each best week was a legal one."""

    value: float
    exact: bool


def bound(problem: Json, prices: Sequence[Sequence[float]]) -> Bound | None:
    """Return the bound that prices prove, ``None`` where an agent has no legal week."""
    demands, staffing = problem["demands"], staffing_rules(problem)
    rows = np.asarray(prices, dtype=np.float64).reshape(-1, slots_of(problem))
    if len(rows) != len(demands) + len(staffing):
        raise ValueError(f"{len(rows)} rows of prices for {len(demands)} demands and their rules")
    total = sum(
        missing_cost(demand, row) for demand, row in zip(demands, rows, strict=False)
    ) + sum(
        head_cost(problem, rule, row)
        for rule, row in zip(staffing, rows[len(demands) :], strict=True)
    )
    return Weighing(problem, rows).bound(total)


def staffing_rules(problem: Json) -> list[Json]:
    return [rule for rule in problem.get("centre_rules", ()) if rule["type"] == "Presence"]


def missing_cost(demand: Json, price: Floats) -> float:
    """Return Σ over the intervals of the least cost of missing some and paying for the rest."""
    left = np.asarray(demand["required"], dtype=np.float64)
    total = 0.0
    for place, step in enumerate(demand["under_steps"]):
        last = place == len(demand["under_steps"]) - 1 or step["depth"] is None
        part = left if last else np.minimum(left, step["depth"])
        total += float((part * np.minimum(step["cost"], price)).sum())
        left = left - part
    return total


def head_cost(problem: Json, rule: Json, price: Floats) -> float:
    """Return Σ over the intervals of the least fine plus price of some number of heads."""
    count = slots_of(problem)
    low = np.zeros(count) if rule["low"] is None else np.asarray(rule["low"], dtype=np.float64)
    most = np.full(count, float(len(set(rule["agents"]))))
    high = most if rule["high"] is None else np.asarray(rule["high"], dtype=np.float64)
    found = []
    for heads in (np.zeros(count), np.clip(low, 0, most), np.clip(high, 0, most), most):
        short = np.zeros(count) if rule["low"] is None else np.maximum(low - heads, 0)
        over = np.zeros(count) if rule["high"] is None else np.maximum(heads - high, 0)
        found.append(rule["price"] * (short + over) + price * heads)
    return float(np.min(found, axis=0).sum())


class Weighing:
    """What every agent's choices are worth at given prices, and what their best weeks make."""

    def __init__(self, problem: Json, rows: Floats) -> None:
        self.problem, self.rows = problem, rows
        self.days: int = problem["horizon"]["days"]
        self.slot: int = problem["horizon"]["slot_minutes"]
        self.exact = True
        self.rule = problem.get("stability")
        self.before: dict[str, dict[int, Json]] = {}
        if self.rule is not None:
            self.before = {
                key: {day_of(problem, duty["day"]): duty for duty in duties}
                for key, duties in by_agent(problem, self.rule["duties"]).items()
            }
        self.placings = [self._placings(option) for option in problem["options"]]
        self._profiles: dict[object, tuple[Floats, Floats]] = {}
        self._worths: dict[object, Floats] = {}

    # --- worth of choices ------------------------------------------------------------------------

    def _placings(self, option: Json) -> list[list[Placing]]:
        """Return groups of breaks whose placings concern each other."""
        windows = sorted(
            (sorted(places(rule, option, self.slot)), rule["length"]) for rule in option["breaks"]
        )
        gap = option.get("break_gap", 0)
        groups: list[list[tuple[list[int], int]]] = []
        until = -math.inf
        for window in windows:
            if window[0][0] >= until + gap:
                groups.append([])
            groups[-1].append(window)
            until = max(until, window[0][-1] + window[1])
        return [group for item in groups for group in self._joint(item, gap)]

    def _joint(self, group: list[tuple[list[int], int]], gap: int) -> list[list[Placing]]:
        size = math.prod(len(starts) for starts, _ in group)
        if size > MOST_PLACINGS:
            self.exact = False
            return [[((start, length),) for start in starts] for starts, length in group]
        found = []
        for chosen in product(*(starts for starts, _ in group)):
            item = tuple((start, length) for start, (_, length) in zip(chosen, group, strict=True))
            spans = sorted((start, start + length) for start, length in item)
            if all(two[0] - one[1] >= gap for one, two in pairwise(spans)):
                found.append(item)
        return [found]

    def _profile(self, place: int) -> tuple[object, Floats, Floats]:
        """Return an agent's value of each minute at work, and of each minute of a span.

        As sums up to each minute, so that a difference is a span's value.
        """
        agent = self.problem["agents"][place]
        demands = self.problem["demands"]
        mine = tuple(n for n, demand in enumerate(demands) if demand["skill"] in agent["skills"])
        member = tuple(
            n for n, rule in enumerate(staffing_rules(self.problem)) if place in rule["agents"]
        )
        key = (mine, member, agent["speed_percent"])
        if key not in self._profiles:
            top = np.full(self.rows.shape[1], -float(self.problem["over_cost"]))
            for number in mine:
                top = np.maximum(top, self.rows[number])
            work = top * agent["speed_percent"] / 100
            span = np.zeros_like(work)
            for number in member:
                target = span if staffing_rules(self.problem)[number]["breaks"] else work
                target += self.rows[len(demands) + number]
            self._profiles[key] = (self._sums(work), self._sums(span))
        return (key, *self._profiles[key])

    def _sums(self, by_slot: Floats) -> Floats:
        minutes = np.repeat(by_slot / self.slot, self.slot)
        longest = max((option["end"] for option in self.problem["options"]), default=0)
        sums = np.cumsum(np.concatenate([[0.0], minutes, np.zeros(longest)]))
        return np.asarray(sums, dtype=np.float64)

    def _worth(self, place: int) -> Floats:
        """Return what options are worth with their best breaks, shape (days, options)."""
        key, work, span = self._profile(place)
        if key not in self._worths:
            options = self.problem["options"]
            found = np.empty((self.days, len(options)))
            origins = np.arange(self.days) * DAY
            for number, option in enumerate(options):
                first, last = origins + option["start"], origins + option["end"]
                value = work[last] - work[first] + span[last] - span[first]
                for group in self.placings[number]:
                    value = value - np.min(
                        self._losses(work, origins, group), axis=0, initial=np.inf
                    )
                found[:, number] = value
            self._worths[key] = found
        return self._worths[key]

    @staticmethod
    def _losses(work: Floats, origins: np.ndarray, group: list[Placing]) -> Floats:
        """Return what each placing of a group of breaks costs, shape (placings, days)."""
        if not group:
            return np.full((1, len(origins)), np.inf)
        starts = np.array([[start for start, _ in item] for item in group])
        lengths = np.array([[length for _, length in item] for item in group])
        first = origins[None, :, None] + starts[:, None, :]
        found: Floats = (work[first + lengths[:, None, :]] - work[first]).sum(axis=2)
        return found

    def choices(self, place: int) -> Floats:
        """Return the worth of each choice of an agent, shape (days, 1 + own options)."""
        agent = self.problem["agents"][place]
        own = agent["options"]
        column = {OFF: 0, **{option: number + 1 for number, option in enumerate(own)}}
        found = np.zeros((self.days, len(own) + 1))
        found[:, 1:] = self._worth(place)[:, own]
        if self.rule is not None:
            self._charge_changes(place, found)
        for item in agent["primitives"]:
            if item["type"] == "Mask":
                hit = [column[option] for option in set(item["options"]) if option in column]
                found[item["day"], hit] -= np.inf if item["price"] is None else item["price"]
        return found

    # --- changes ---------------------------------------------------------------------------------

    def _unchanged(self, place: int) -> np.ndarray:
        """Tell which choices leave each day's shift as it was, shape (days, 1 + own options)."""
        agent = self.problem["agents"][place]
        shapes = [None, *(shape(self.problem["options"][option]) for option in agent["options"])]
        before = self.before.get(agent["key"], {})
        old = [shape(before[day]) if day in before else None for day in range(self.days)]
        return np.array([[choice == was for choice in shapes] for was in old])

    def _charge_changes(self, place: int, found: Floats) -> None:
        """Take off what changed shifts and moved breaks cost."""
        same = self._unchanged(place)
        found -= np.where(same, 0.0, self.rule["shift_cost"])
        if not self.rule["break_cost"]:
            return
        agent = self.problem["agents"][place]
        _, work, span = self._profile(place)
        for day, duty in self.before.get(agent["key"], {}).items():
            old = {(item["start"], item["length"]) for item in duty["breaks"]}
            for number, option in enumerate(agent["options"], 1):
                if same[day, number]:
                    found[day, number] = self._with_breaks(option, day, work, span, old)

    def _with_breaks(
        self, option: int, day: int, work: Floats, span: Floats, old: set[tuple[int, int]]
    ) -> float:
        """Return the worth of an unchanged shift whose moved breaks cost."""
        item = self.problem["options"][option]
        first, last = day * DAY + item["start"], day * DAY + item["end"]
        value = float(work[last] - work[first] + span[last] - span[first])
        for group in self.placings[option]:
            losses = self._losses(work, np.array([day * DAY]), group)[:, 0]
            moved = np.array([sum(part not in old for part in placing) for placing in group])
            if not group:
                return -math.inf
            value -= float((losses + self.rule["break_cost"] * moved).min())
        return value

    # --- best weeks ------------------------------------------------------------------------------

    def bound(self, total: float) -> Bound | None:
        """Return ``total`` less the worth of everybody's best week."""
        graphs = Graphs(self.problem)
        groups: dict[str, list[int]] = defaultdict(list)
        for place, agent in enumerate(self.problem["agents"]):
            groups[graphs.key_of(agent)].append(place)
        best = np.zeros(len(self.problem["agents"]))
        keeping = np.full(len(best), -np.inf)
        for members in groups.values():
            graph, exact = graphs.graph(self.problem["agents"][members[0]])
            self.exact &= exact
            worth = np.stack([self.choices(place) for place in members])
            best[members] = graph.best(worth)
            if self.rule is not None:
                same = np.stack([self._unchanged(place) for place in members])
                keeping[members] = graph.best(np.where(same, worth, -np.inf))
        if not np.isfinite(best).all():
            return None
        if self.rule is not None:
            best = self._disrupted(best, keeping)
        return Bound(total - float(best.sum()), self.exact)

    def _disrupted(self, best: Floats, keeping: Floats) -> Floats:
        """Charge who is affected; where people are limited, take those to whom it is worth most."""
        changing = best - self.rule["person_cost"]
        if self.rule["people"] is None:
            return np.maximum(changing, keeping)
        forced = ~np.isfinite(keeping)
        gain = np.where(forced, -np.inf, np.maximum(changing - np.where(forced, 0, keeping), 0))
        room = max(self.rule["people"] - int(forced.sum()), 0)
        chosen = np.zeros(len(best), dtype=bool)
        chosen[np.argsort(-gain)[:room]] = True
        return np.where(forced, changing, keeping + np.where(chosen & ~forced, gain, 0.0))


# --- claims --------------------------------------------------------------------------------------


def grain(problem: Json) -> float:
    """Return a step of which every objective is a multiple, for all that is counted is whole."""
    slot = problem["horizon"]["slot_minutes"]
    cell = slot
    for option in problem["options"]:
        cell = math.gcd(cell, option["start"], option["end"])
        for rule in option["breaks"]:
            for start in places(rule, option, slot):
                cell = math.gcd(cell, start, start + rule["length"])
    part = 100 * slot
    for agent in problem["agents"]:
        part = math.gcd(part, agent["speed_percent"] * cell)
    limits = [demand["required"] for demand in problem["demands"]]
    limits += [
        [step["depth"] for step in demand["under_steps"] if step["depth"] is not None]
        for demand in problem["demands"]
    ]
    for rule in staffing_rules(problem):
        part = math.gcd(part, 100 * cell)
        limits += [limit for limit in (rule["low"], rule["high"]) if limit is not None]
    for value in {value for row in limits for value in row}:
        part = math.gcd(part, hundredths(value) * slot)
    return part / (100 * slot)


def false_bound(problem: Json, roster: Json) -> list[str]:
    """Return a line if the roster's prices do not prove its bound; a bound of 0 needs none."""
    claimed = roster["lower_bound"]
    if not roster.get("proof"):
        return []
    proven = bound(problem, roster["proof"])
    if proven is None:
        return []
    step = grain(problem)
    whole = math.ceil(proven.value / step - 1e-6 - 1e-9 * abs(proven.value / step)) * step
    if claimed > max(whole, 0) + 1e-6:
        said = "" if proven.exact else " (relaxed)"
        return [f"it says its bound is {claimed}, but its prices prove {proven.value}{said}"]
    return []


def main(arguments: list[str]) -> int:
    """Print the bound that a roster's prices prove, beside what it says."""
    problem, roster = (json.loads(Path(name).read_text(encoding="utf-8")) for name in arguments)
    proven = bound(problem, roster["proof"]) if roster.get("proof") else None
    sys.stdout.write(f"it says {roster['lower_bound']}, its prices prove {proven}\n")
    return 1 if false_bound(problem, roster) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
