"""An agent's legal weeks as a layered graph: every path is one week, its length the price of it.

A layer lies between two days.  Options that no rule tells apart form a class (class 0 is the day
off); an edge takes one class on one day.  Masks stay outside: they forbid or price single options
and are read beside the graph.  Agents whose rules differ in the past alone share a graph and begin
at different nodes.  Counters over long windows stay outside as *counts* (:mod:`solver.counts`).
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from solver.counts import LONG_WINDOW, Count, counts_of, is_cap, may_break
from solver.trackers import Tracker, tracker
from wfm.model.problem import AgentProblem, RosterProblem
from wfm.model.rule import OFF, Counter, Mask, Primitive, Succession

Ints = NDArray[np.int64]

EDGE_LIMIT = 300_000
"""Edges of one graph; above it the primitive with most states is left out (a relaxation)."""


@dataclass(frozen=True, slots=True)
class WeekGraph:
    """All weeks that keep the carried primitives.

    ``layers[day]`` has a row per edge of that day: from node, to node, class of options, cost;
    ``steps[day]`` (edges, counts) what the edge adds to each count.  ``nodes`` counts nodes per
    layer (``days + 1`` of them).  ``starts`` is the first node of each member (-1: no legal week).
    ``class_of`` maps each of the agents' options to its class, 1 and up.  ``counts`` are places
    of primitives kept as numbers, ``caps`` those left to multipliers, ``relaxed`` those left out.
    """

    layers: tuple[Ints, ...]
    steps: tuple[Ints, ...]
    nodes: tuple[int, ...]
    class_of: dict[int, int]
    starts: tuple[int, ...] = (0,)
    counts: tuple[int, ...] = ()
    units: tuple[int, ...] = ()
    tops: tuple[int, ...] = ()
    """Per count: measure of one step of it, and the highest count that is possible."""
    caps: tuple[int, ...] = ()
    relaxed: tuple[int, ...] = ()

    @property
    def classes(self) -> int:
        """Number of classes, the day off included."""
        return max(self.class_of.values(), default=0) + 1


class _TooLargeError(Exception):
    """The graph has outgrown its limit; carries how many states each primitive had."""

    def __init__(self, states: Sequence[int]) -> None:
        super().__init__()
        self.states = states


def week_graph(
    problem: RosterProblem,
    options: Sequence[int],
    members: Sequence[Sequence[Primitive]],
    *,
    edge_limit: int = EDGE_LIMIT,
    counted: bool = True,
) -> WeekGraph:
    """Return the graph of the weeks of ``members``: primitives of the same shapes, pasts apart.

    Masks are ignored.  ``counted`` allows counts and caps beside the graph.
    """
    counts, caps, places = _parted(problem, options, members, counted=counted)
    relaxed: list[int] = []
    while True:
        machines = _machines(problem, options, members, places)
        classes, class_of = _classes([*(item for _, item in machines), *(c for _, c in counts)],
                                     options)  # fmt: skip
        starts = [tuple(item.begin(rules[place]) for place, item in machines) for rules in members]
        limit = edge_limit if machines else math.inf
        try:
            grown = _grow([item for _, item in machines], [c for _, c in counts],
                          problem.horizon.days, classes, starts, limit)  # fmt: skip
        except _TooLargeError as error:
            worst = machines[error.states.index(max(error.states))][0]
            relaxed.append(worst)
            places = [place for place in places if place != worst]
            continue
        graph = _trimmed(*grown, starts)
        return replace(
            graph, class_of=class_of, counts=tuple(place for place, _ in counts),
            units=tuple(count.unit for _, count in counts),
            tops=tuple(count.most for _, count in counts),
            caps=tuple(caps), relaxed=tuple(relaxed),
        )  # fmt: skip


def _parted(
    problem: RosterProblem,
    options: Sequence[int],
    members: Sequence[Sequence[Primitive]],
    *,
    counted: bool,
) -> tuple[list[tuple[int, Count]], list[int], list[int]]:
    """Return the places of primitives that become counts, caps, and parts of the graph."""
    counters = [
        (place, _widest([rules[place] for rules in members]))
        for place, rule in enumerate(members[0])
        if isinstance(rule, Counter)
    ]
    found = counts_of(counters, problem.measures, options) if counted else {}
    counts = list(found.items())
    whole = tuple(range(problem.horizon.days))
    caps = [
        place
        for place, rule in counters
        if counted and place not in found and is_cap(rule) and rule.days == whole
        and len(whole) >= LONG_WINDOW
        and may_break(rule, Count(rule, problem.measures[rule.measure], options))
    ]  # fmt: skip
    places = [
        place
        for place, rule in enumerate(members[0])
        if not isinstance(rule, Mask) and place not in found and place not in caps
    ]
    return counts, caps, places


def _widest(rules: Iterable[Primitive]) -> Counter:
    """Return the counter of the member whose past counts most."""
    return max((rule for rule in rules if isinstance(rule, Counter)), key=lambda r: r.constant)


def _machines(
    problem: RosterProblem,
    options: Sequence[int],
    members: Sequence[Sequence[Primitive]],
    places: Sequence[int],
) -> list[tuple[int, Tracker]]:
    """Return a machine per primitive, but for those that nobody can break."""
    machines = []
    for place in places:
        rules = [member[place] for member in members]
        ends = {rule.previous_end for rule in rules if isinstance(rule, Succession)}
        item = tracker(rules[0], problem, options, sorted(end for end in ends if end is not None))
        if item and any(item.begin(rule) != "settled" for rule in rules):
            machines.append((place, item))
    return machines


def pool_graph(
    weeks: Iterable[tuple[Sequence[int], int]], agent: AgentProblem, days: int
) -> WeekGraph:
    """Return the graph of a list of weeks (choices and cost), each option a class of its own."""
    class_of = {option: place for place, option in enumerate(agent.options, 1)}
    class_of_choice = {OFF: 0, **class_of}
    layers: list[dict[tuple[int, int], tuple[int, ...]]] = [{} for _ in range(days)]
    ids: list[dict[Hashable, int]] = [{} for _ in range(days + 1)]
    ids[0][()] = 0
    for choices, cost in weeks:
        for day, choice in enumerate(choices):
            node = ids[day][tuple(choices[:day])]
            following = ids[day + 1].setdefault(tuple(choices[: day + 1]), len(ids[day + 1]))
            price = cost if day == days - 1 else 0
            layers[day][node, following] = (node, following, class_of_choice[choice], price)
    graph = _trimmed([list(layer.values()) for layer in layers], [len(item) for item in ids],
                     {(): 0}, [()])  # fmt: skip
    return replace(graph, class_of=class_of)


def _classes(
    machines: Sequence[Tracker | Count], options: Sequence[int]
) -> tuple[list[int], dict[int, int]]:
    """Return one option per class (class 0 first, as ``OFF``) and the class of each option."""
    seen: dict[Hashable, int] = {}
    examples = [OFF]
    class_of = {}
    for option in options:
        key = tuple(item.kind_of(option) for item in machines)
        if key not in seen:
            seen[key] = len(examples)
            examples.append(option)
        class_of[option] = seen[key]
    return examples, class_of


def _grow(
    machines: Sequence[Tracker],
    counts: Sequence[Count],
    days: int,
    examples: Sequence[int],
    starts: Sequence[tuple[Hashable, ...]],
    edge_limit: float,
) -> tuple[list[list[tuple[int, ...]]], list[int], dict[Hashable, int]]:
    """Return all edges reachable from the starts, nodes per layer, and the node of each start."""
    nothing = tuple(count.start for count in counts)
    nodes: dict[tuple[Hashable, ...], int] = {}
    for start in starts:
        nodes.setdefault((*start, *nothing), len(nodes))
    first: dict[Hashable, int] = {key[: len(machines)]: node for key, node in nodes.items()}
    layers: list[list[tuple[int, ...]]] = []
    sizes = [len(nodes)]
    total = 0
    parts: list[Tracker | Count] = [*machines, *counts]
    for day in range(days):
        following: dict[tuple[Hashable, ...], int] = {}
        edges: list[tuple[int, ...]] = []
        # few distinct states per primitive meet in many combinations: take each step once
        steps = [
            {
                state: [item.step(state, day, option) for option in examples]
                for state in {key[place] for key in nodes}
            }
            for place, item in enumerate(parts)
        ]
        for key, node in nodes.items():
            rows = [table[state] for table, state in zip(steps, key, strict=True)]
            for kind, found in enumerate(zip(*rows, strict=True) if rows else [()] * len(examples)):
                if None in found:
                    continue
                target = tuple([part[0] for part in found])
                cost = sum([part[1] for part in found[: len(machines)]])
                added = tuple([part[1] for part in found[len(machines) :]])
                edges.append(
                    (node, following.setdefault(target, len(following)), kind, cost, *added)
                )
        total += len(edges)
        if total > edge_limit:
            raise _TooLargeError([len(table) for table in steps[: len(machines)]])
        layers.append(edges)
        sizes.append(len(following))
        nodes = following
    return layers, sizes, first


def _trimmed(
    layers: Sequence[Sequence[tuple[int, ...]]],
    sizes: Sequence[int],
    first: dict[Hashable, int],
    starts: Sequence[Hashable],
) -> WeekGraph:
    """Drop what reaches no end, and merge nodes from which the same weeks follow."""
    merged = dict.fromkeys(range(sizes[-1]), 0)
    result: list[Ints] = []
    nodes = [min(sizes[-1], 1)]
    wide = next((len(edge) for layer in layers for edge in layer), 4)
    for layer in reversed(layers):
        leaving: dict[int, list[tuple[int, ...]]] = {}
        for edge in layer:
            if edge[1] in merged:
                leaving.setdefault(edge[0], []).append((merged[edge[1]], *edge[2:]))
        shapes: dict[tuple[tuple[int, ...], ...], int] = {}
        merged = {}
        for node, edges in leaving.items():
            merged[node] = shapes.setdefault(tuple(sorted(edges)), len(shapes))
        rows = [(node, *edge) for shape, node in shapes.items() for edge in shape]
        result.append(np.array(rows, dtype=np.int64).reshape(len(rows), wide))
        nodes.append(len(shapes))
    result.reverse()
    return WeekGraph(
        layers=tuple(item[:, :4] for item in result),
        steps=tuple(item[:, 4:] for item in result),
        nodes=tuple(reversed(nodes)),
        class_of={},
        starts=tuple(merged.get(first[start], -1) for start in starts),
    )
