"""The weeks of a graph as part of a CP-SAT model: a path from its first node to its end."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from solver.cpsat import WeekModel
from solver.legal import Weeks


def add_graph(week: WeekModel, weeks: Weeks, cost: list[Any], units: int) -> None:
    """Keep to the paths of a graph and pay for them (its masks are added apart)."""
    model, graph = week.model, weeks.graph
    now: dict[int, Any] = {weeks.start: 1}
    for day, layer in enumerate(graph.layers):
        leaving: dict[int, list[Any]] = defaultdict(list)
        entering: dict[int, list[Any]] = defaultdict(list)
        by_class: dict[int, list[Any]] = defaultdict(list)
        for source, target, kind, price in layer.tolist():
            if source not in now:
                continue
            edge = model.new_bool_var("")
            leaving[source].append(edge)
            entering[target].append(edge)
            by_class[kind].append(edge)
            if price:
                cost.append(price * units * edge)
        for node, amount in now.items():
            model.add(sum(leaving[node]) == amount)
        for kind in range(graph.classes):
            members = [
                literal
                for option, literal in week.choose[day].items()
                if graph.class_of.get(option, 0) == kind
            ]
            model.add(sum(members) == sum(by_class[kind]))
        now = {node: sum(edges) for node, edges in entering.items()}
