"""One CP-SAT model of a whole small centre: weeks, breaks, sharing among skills, centre rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from solver.centre_model import CentreModel
from solver.compile import Ints
from solver.cpsat import Literal, WeekModel
from solver.legal import LegalWeeks
from solver.sharing import Span, add_slot
from solver.tables import Tables
from solver.week_paths import add_graph
from wfm.model.rule import OFF
from wfm.model.time import DAY_MINUTES


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
    spans: list[list[Span]] = field(default_factory=list)

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
            self._add_duties(place, week)
            self._add_presence(place, supply)
        for slot in range(self.tables.problem.horizon.slots):
            add_slot(self.model, self.tables, slot, supply, self.cost)
        CentreModel(self.tables, self.legal, self.model, self.weeks, self.placed, self.spans).add(
            self.cost
        )
        self.model.minimize(sum(self.cost))

    def _add_duties(self, place: int, week: WeekModel) -> None:
        """Choose a placing of every duty's breaks, and note the spans that this makes."""
        found = []
        for day, row in enumerate(week.choose):
            for number, literal in row.items():
                if number == OFF:
                    continue
                option = self.tables.problem.options[number]
                found.append(Span(literal, day * DAY_MINUTES, option.start, option.end))
                for group, places in enumerate(self.tables.placings[number]):
                    literals = [self.model.new_bool_var("") for _ in places]
                    self.model.add(sum(literals) == literal)
                    self.placed[place, day, number, group] = literals
                    found += [
                        Span(chosen, day * DAY_MINUTES, start, end, off=True)
                        for chosen, placing in zip(literals, places, strict=True)
                        for start, end in placing
                    ]
        self.spans.append(found)

    def _add_presence(self, place: int, supply: dict[tuple[int, int], list[Any]]) -> None:
        tables = self.tables
        profile = int(tables.staff.profile[place])
        weight = int(tables.staff.weight[place])
        for span in self.spans[place]:
            for slot, minutes in span.by_slot(tables.problem.horizon.slot_minutes):
                amount = span.sign * weight * minutes // tables.scale.cell
                supply[slot, profile].append(amount * span.literal)

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
