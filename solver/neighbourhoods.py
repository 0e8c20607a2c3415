"""CP-SAT neighbourhoods: all shifts and breaks of one day at once; the rest of the week stays.

The compiled search puts back a few agents at a time; here CP-SAT places many together. An agent
may change to any option of the same class (see :mod:`solver.weeks`): no rule tells such options
apart, so the week stays as lawful as it is, and changes of different days can be put together.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from solver.compile import Ints
from solver.cpsat import Literal
from solver.sharing import add_slot, by_slot
from solver.tables import Staff, Tables
from wfm.model.time import DAY_MINUTES

LITERALS = 1_800
"""Choices of options and breaks in one model: CP-SAT proves that many best in seconds."""

Cell = tuple[int, int]
"""An agent and a day, by position."""
Duty = tuple[int, tuple[int, ...]]
"""An option and the placing of each of its break groups."""


def presence(tables: Tables, agent: int, day: int, duty: Duty) -> Iterable[tuple[int, int]]:
    """Yield the intervals in which a duty is present, with its units there."""
    number, placing = duty
    option = tables.problem.options[number]
    weight = int(tables.staff.weight[agent])
    spans = [(option.start, option.end, 1)]
    for group, index in zip(tables.placings[number], placing, strict=False):
        spans += [(start, end, -1) for start, end in group[index]]
    origin = day * DAY_MINUTES
    for start, end, sign in spans:
        for slot, minutes in by_slot(
            origin + start, origin + end, tables.problem.horizon.slot_minutes
        ):
            yield slot, sign * weight * minutes // tables.scale.cell


def alternatives(tables: Tables, staff: Staff, cell: Cell, option: int) -> list[int]:
    """Return the options that no rule of the agent tells apart from ``option`` on that day."""
    agent, day = cell
    if option < 0:
        return []
    own = slice(int(staff.option_start[agent]), int(staff.option_start[agent + 1]))
    options = staff.options[own].tolist()
    classes = staff.option_class[own].tolist()
    mine = classes[options.index(option)]
    return [
        other
        for other, kind in zip(options, classes, strict=True)
        if kind == mine and np.isfinite(tables.staff.mask[agent, day, other + 1])
    ]


def draw_cells(
    tables: Tables, staff: Staff, choice: Ints, dice: np.random.Generator, most: int = LITERALS
) -> dict[Cell, Sequence[int]]:
    """Draw a day and which of its duties may change: only their breaks, or their options too.

    Duties are added in random order while the model stays below ``most`` choices.
    """
    worked = np.flatnonzero((choice >= 0).any(axis=0))
    if not len(worked):
        return {}
    day = int(dice.choice(worked))
    breaks_only = bool(dice.random() < 0.5)
    offered: dict[Cell, Sequence[int]] = {}
    size = 0
    for agent in dice.permutation(np.flatnonzero(choice[:, day] >= 0)).tolist():
        now = int(choice[agent, day])
        options = [now] if breaks_only else alternatives(tables, staff, (agent, day), now)
        size += sum(1 + sum(len(group) for group in tables.placings[item]) for item in options)
        if size > most and offered:
            break
        offered[agent, day] = options
    return offered


@dataclass(slots=True)
class DayModel:
    """The model of some duties; ``offered`` holds the options each of them may change to."""

    tables: Tables
    choice: Ints
    placing: Ints
    offered: dict[Cell, Sequence[int]]
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    chosen: dict[tuple[Cell, int], Literal] = field(default_factory=dict)
    placed: dict[tuple[Cell, int, int], list[Literal]] = field(default_factory=dict)
    cost: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        supply: dict[tuple[int, int], list[Any]] = defaultdict(list)
        slots = {
            slot
            for cell, options in self.offered.items()
            for slot in self._add(cell, options, supply)
        }
        fixed: dict[tuple[int, int], int] = defaultdict(int)
        for agent, day in np.argwhere(self.choice >= 0).tolist():
            if (agent, day) not in self.offered:
                profile = int(self.tables.staff.profile[agent])
                for slot, amount in presence(self.tables, agent, day, self.duty((agent, day))):
                    fixed[slot, profile] += amount
        for key, amount in fixed.items():
            if key[0] in slots and amount:
                supply[key].append(amount)
        for slot in sorted(slots):
            if slot < self.tables.problem.horizon.slots:
                add_slot(self.model, self.tables, slot, supply, self.cost)
        self.model.minimize(sum(self.cost))

    def duty(self, cell: Cell) -> Duty:
        """Return what the roster has at a cell."""
        return int(self.choice[cell]), tuple(self.placing[cell].tolist())

    def _add(
        self, cell: Cell, options: Sequence[int], supply: dict[tuple[int, int], list[Any]]
    ) -> set[int]:
        """Add the choices of a cell; return the intervals they can touch."""
        agent, day = cell
        tables = self.tables
        profile, weight = int(tables.staff.profile[agent]), int(tables.staff.weight[agent])
        slot, part = tables.problem.horizon.slot_minutes, tables.scale.cell
        literals = [self.model.new_bool_var("") for _ in options]
        self.model.add_exactly_one(literals)
        touched = set()
        for number, literal in zip(options, literals, strict=True):
            self.chosen[cell, number] = literal
            self.model.add_hint(literal, number == self.choice[cell])
            price = int(tables.staff.mask[agent, day, number + 1])
            if price:
                self.cost.append(price * literal)
            option = tables.problem.options[number]
            spans = [(literal, option.start, option.end, 1)]
            for group, places in enumerate(tables.placings[number]):
                found = [self.model.new_bool_var("") for _ in places]
                self.model.add(sum(found) == literal)
                self.placed[cell, number, group] = found
                now = int(self.placing[agent, day, group])
                for index, (item, placing) in enumerate(zip(found, places, strict=True)):
                    self.model.add_hint(item, number == self.choice[cell] and index == now)
                    spans += [(item, start, end, -1) for start, end in placing]
            origin = day * DAY_MINUTES
            for item, start, end, sign in spans:
                for here, minutes in by_slot(origin + start, origin + end, slot):
                    touched.add(here)
                    supply[here, profile].append(sign * weight * minutes // part * item)
        return touched

    def solve(self, solver: cp_model.CpSolver, seconds: float) -> dict[Cell, Duty]:
        """Return the cells that change for the better; none if CP-SAT finds nothing in time."""
        before = self._complete_hint()
        solver.parameters.max_time_in_seconds = seconds
        status = solver.solve(self.model)
        if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            return {}
        if round(solver.objective_value) >= before:
            return {}
        result: dict[Cell, Duty] = {}
        for (cell, number), literal in self.chosen.items():
            if not solver.boolean_value(literal):
                continue
            groups = len(self.tables.placings[number])
            placing = [0] * self.placing.shape[2]
            for group in range(groups):
                found = self.placed[cell, number, group]
                placing[group] = next(
                    i for i, item in enumerate(found) if solver.boolean_value(item)
                )
            if (
                number != self.choice[cell]
                or placing[:groups] != self.placing[cell].tolist()[:groups]
            ):
                result[cell] = (number, tuple(placing))
        return result

    def _complete_hint(self) -> float:
        """Work out the variables that follow from the roster; return what it costs.

        CP-SAT drops a hint that does not name every variable.
        """
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.fix_variables_to_their_hinted_value = True
        solver.parameters.max_time_in_seconds = 2.0
        if solver.solve(self.model) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            return math.inf
        values = list(solver.response_proto.solution)
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for index, value in enumerate(values):
            self.model.add_hint(self.model.get_int_var_from_proto_index(index), value)
        return round(solver.objective_value)
