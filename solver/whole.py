"""One CP-SAT model of a whole small centre: weeks, breaks, and the sharing among skills."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from solver.compile import Ints
from solver.cpsat import Literal, WeekModel
from solver.legal import LegalWeeks
from solver.sharing import add_slot, by_slot
from solver.tables import Tables
from solver.weeks import WeekGraph
from wfm.model.rule import OFF

SMALL = 5_000
"""Choices of options and breaks up to which a whole model is tried."""


def size(tables: Tables) -> int:
    """Return how many choices of options and breaks a whole model would have."""
    places = [1 + sum(len(group) for group in groups) for groups in tables.placings]
    days = tables.problem.horizon.days
    return days * sum(
        sum(places[option] for option in agent.options) for agent in tables.problem.agents
    )


@dataclass(slots=True)
class WholeModel:
    """The model with its variables; ``cost`` counts cost × units like the search."""

    tables: Tables
    legal: Sequence[LegalWeeks]
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    weeks: list[WeekModel] = field(default_factory=list)
    placed: dict[tuple[int, int, int, int], list[Literal]] = field(default_factory=dict)
    """(agent, day, option, group): a literal per placing."""
    cost: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        supply: dict[tuple[int, int], list[Any]] = defaultdict(list)
        for place, agent in enumerate(self.tables.problem.agents):
            week = WeekModel(self.model, self.tables.problem, agent)
            known = self.legal[place]
            week.add(known.primitives)
            if known.broken:
                add_graph(week, known.search, self.cost, self.tables.scale.units)
            self.weeks.append(week)
            self.cost += [price * self.tables.scale.units * item for price, item in week.terms]
            self._add_presence(place, week, supply)
        for slot in range(self.tables.problem.horizon.slots):
            add_slot(self.model, self.tables, slot, supply, self.cost)
        self.model.minimize(sum(self.cost))

    def _add_presence(
        self, place: int, week: WeekModel, supply: dict[tuple[int, int], list[Any]]
    ) -> None:
        tables = self.tables
        profile = int(tables.staff.profile[place])
        weight = int(tables.staff.weight[place])
        cell = tables.scale.cell
        slot = tables.problem.horizon.slot_minutes
        for day, row in enumerate(week.choose):
            for number, literal in row.items():
                if number == OFF:
                    continue
                option = tables.problem.options[number]
                spans = [(literal, option.start, option.end, 1)]
                for group, places in enumerate(tables.placings[number]):
                    literals = [self.model.new_bool_var("") for _ in places]
                    self.model.add(sum(literals) == literal)
                    self.placed[place, day, number, group] = literals
                    spans += [
                        (chosen, start, end, -1)
                        for chosen, placing in zip(literals, places, strict=True)
                        for start, end in placing
                    ]
                for chosen, start, end, sign in spans:
                    for number_of_slot, minutes in by_slot(
                        day * 1440 + start, day * 1440 + end, slot
                    ):
                        amount = sign * weight * minutes // cell
                        supply[number_of_slot, profile].append(amount * chosen)

    def hint(self, choice: Ints, placing: Ints) -> None:
        """Start from a roster."""
        for place, week in enumerate(self.weeks):
            for day, row in enumerate(week.choose):
                for option, literal in row.items():
                    self.model.add_hint(literal, int(choice[place, day]) == option)
        for (place, day, option, group), literals in self.placed.items():
            here = int(choice[place, day]) == option
            for index, literal in enumerate(literals):
                chosen = here and int(placing[place, day, group]) == index
                self.model.add_hint(literal, chosen)

    def roster(self, value: Callable[[Literal], bool], shape: Sequence[int]) -> tuple[Ints, Ints]:
        """Return choices and placings of a solution; ``shape`` is that of the placings."""
        placing = np.zeros(shape, dtype=np.int64)
        choice = np.array([week.week(value) for week in self.weeks], dtype=np.int64)
        for (place, day, option, group), literals in self.placed.items():
            if choice[place, day] == option:
                found = [index for index, literal in enumerate(literals) if value(literal)]
                placing[place, day, group] = found[0]
        return choice, placing


def add_graph(week: WeekModel, graph: WeekGraph, cost: list[Any], units: int) -> None:
    """Keep to the paths of a graph and pay for them (its masks are added apart)."""
    model = week.model
    now: dict[int, Any] = {0: 1}
    for day, layer in enumerate(graph.layers):
        leaving: dict[int, list[Any]] = defaultdict(list)
        entering: dict[int, list[Any]] = defaultdict(list)
        by_class: dict[int, list[Any]] = defaultdict(list)
        for source, target, kind, price in layer:
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


class Watcher(cp_model.CpSolverSolutionCallback):
    """Passes on every better roster, and ends the search when asked."""

    def __init__(
        self,
        whole: WholeModel,
        shape: Sequence[int],
        offer: Callable[[float, Ints, Ints], object],
        over: Callable[[], bool],
    ) -> None:
        super().__init__()
        self.whole, self.shape, self.offer, self.over = whole, shape, offer, over

    def on_solution_callback(self) -> None:
        """Take over a solution."""
        choice, placing = self.whole.roster(self.boolean_value, self.shape)
        self.offer(self.objective_value, choice, placing)
        if self.over():
            self.stop_search()
