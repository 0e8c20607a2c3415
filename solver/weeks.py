"""An agent's legal weeks as a layered graph: every path is one week, its length the price of it.

A layer lies between two days.  Options that no rule tells apart form a class (class 0 is the day
off); an edge takes one class on one day.  Masks stay outside: they forbid or price single options
and are read beside the graph, so that agents with the same rules share it.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from solver.trackers import Tracker, tracker
from wfm.model.problem import AgentProblem, RosterProblem
from wfm.model.rule import OFF, Mask, Primitive

EDGE_LIMIT = 300_000
"""Edges of one graph; above it the primitive with most states is left out (a relaxation)."""

Edge = tuple[int, int, int, int]
"""From node, to node, class of options, cost."""


@dataclass(frozen=True, slots=True)
class WeekGraph:
    """All weeks that keep the carried primitives.

    ``layers[day]`` lists the edges of that day; node 0 of layer 0 is the start; ``nodes`` counts
    nodes per layer (``days + 1`` of them; all 0 when there is no legal week).  ``class_of`` maps
    each of the agent's options to its class, 1 and up.  ``relaxed`` are primitives left out.
    """

    layers: tuple[tuple[Edge, ...], ...]
    nodes: tuple[int, ...]
    class_of: dict[int, int]
    relaxed: tuple[Primitive, ...] = ()

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
    agent: AgentProblem,
    primitives: Sequence[Primitive],
    edge_limit: int = EDGE_LIMIT,
) -> WeekGraph:
    """Return the graph of an agent's weeks under ``primitives`` (masks are ignored)."""
    carried = [rule for rule in primitives if not isinstance(rule, Mask)]
    relaxed: list[Primitive] = []
    while True:
        found = ((rule, tracker(rule, problem, agent.options)) for rule in carried)
        machines = [(rule, item) for rule, item in found if item and item.start != "settled"]
        classes, class_of = _classes([item for _, item in machines], agent.options)
        try:
            limit = edge_limit if machines else math.inf
            layers, counts = _grow(
                [item for _, item in machines], problem.horizon.days, classes, limit
            )
        except _TooLargeError as error:
            worst = error.states.index(max(error.states))
            relaxed.append(machines[worst][0])
            carried = [rule for rule, _ in machines if rule is not machines[worst][0]]
            continue
        edges, nodes = _trim(layers, counts)
        return WeekGraph(edges, nodes, class_of, tuple(relaxed))


def pool_graph(
    weeks: Iterable[tuple[Sequence[int], int]], agent: AgentProblem, days: int
) -> WeekGraph:
    """Return the graph of a list of weeks (choices and cost), each option a class of its own."""
    class_of = {option: place for place, option in enumerate(agent.options, 1)}
    class_of_choice = {OFF: 0, **class_of}
    layers: list[dict[tuple[int, int], Edge]] = [{} for _ in range(days)]
    ids: list[dict[Hashable, int]] = [{} for _ in range(days + 1)]
    ids[0][()] = 0
    for choices, cost in weeks:
        for day, choice in enumerate(choices):
            node = ids[day][tuple(choices[:day])]
            following = ids[day + 1].setdefault(tuple(choices[: day + 1]), len(ids[day + 1]))
            price = cost if day == days - 1 else 0
            layers[day][node, following] = (node, following, class_of_choice[choice], price)
    edges, nodes = _trim([list(layer.values()) for layer in layers], [len(item) for item in ids])
    return WeekGraph(edges, nodes, class_of)


def _classes(
    machines: Sequence[Tracker], options: Sequence[int]
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
    machines: Sequence[Tracker], days: int, examples: Sequence[int], edge_limit: float
) -> tuple[list[list[Edge]], list[int]]:
    """Return all edges reachable from the start, layer by layer, and the nodes per layer."""
    nodes: dict[tuple[Hashable, ...], int] = {tuple(item.start for item in machines): 0}
    layers: list[list[Edge]] = []
    counts = [1]
    total = 0
    for day in range(days):
        following: dict[tuple[Hashable, ...], int] = {}
        edges: list[Edge] = []
        # few distinct states per primitive meet in many combinations: take each step once
        steps = [
            {
                state: [item.step(state, day, option) for option in examples]
                for state in {key[place] for key in nodes}
            }
            for place, item in enumerate(machines)
        ]
        for key, node in nodes.items():
            rows = [table[state] for table, state in zip(steps, key, strict=True)]
            for kind in range(len(examples)):
                parts = [row[kind] for row in rows]
                if None in parts:
                    continue
                target = tuple(part[0] for part in parts if part)
                cost = sum(part[1] for part in parts if part)
                edges.append((node, following.setdefault(target, len(following)), kind, cost))
        total += len(edges)
        if total > edge_limit:
            raise _TooLargeError([len(table) for table in steps])
        layers.append(edges)
        counts.append(len(following))
        nodes = following
    return layers, counts


def _trim(
    layers: Sequence[Sequence[Edge]], counts: Sequence[int]
) -> tuple[tuple[tuple[Edge, ...], ...], tuple[int, ...]]:
    """Drop what reaches no end, and merge nodes from which the same weeks follow."""
    merged = dict.fromkeys(range(counts[-1]), 0)
    result: list[tuple[Edge, ...]] = []
    nodes = [min(counts[-1], 1)]
    for day in range(len(layers) - 1, -1, -1):
        leaving: dict[int, list[tuple[int, int, int]]] = {}
        for node, target, kind, cost in layers[day]:
            if target in merged:
                leaving.setdefault(node, []).append((merged[target], kind, cost))
        shapes: dict[tuple[tuple[int, int, int], ...], int] = {}
        merged = {}
        for node, edges in leaving.items():
            merged[node] = shapes.setdefault(tuple(sorted(edges)), len(shapes))
        result.append(tuple((node, *edge) for shape, node in shapes.items() for edge in shape))
        nodes.append(len(shapes))
    if nodes[-1] == 0:
        return tuple(() for _ in layers), (0,) * (len(layers) + 1)
    return tuple(reversed(result)), tuple(reversed(nodes))
