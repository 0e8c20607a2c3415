"""One flat CP-SAT model of a whole centre: what an open library would be asked to solve.

A 0/1 variable per agent, day and shift; breaks are implicit (Aykin 1996: counts of breaks per group
of equal agents, shift and place); missing agents per interval by Hall's condition over sets of
skills.  Stated for the benchmark's own centres and apart from the solver.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import Any

from ortools.sat.python import cp_model

from wfm.model.activity import BreakRule
from wfm.model.problem import AgentProblem, Option, RosterProblem
from wfm.model.roster import Duty, PlacedBreak
from wfm.model.rule import OFF, Automaton, Counter, Mask, Succession
from wfm.model.time import DAY_MINUTES

Row = dict[int, Any]
"""A day's variables of one agent by option."""
Group = tuple[frozenset[int], tuple[int, ...]]
"""Agents of the same skills and shifts."""


@dataclass(slots=True)
class FlatResult:
    """Objective and bound of the flat model over time; ``None`` before there is a roster."""

    variables: int = 0
    first: float | None = None
    marks: dict[float, float | None] = field(default_factory=dict)
    objective: float | None = None
    bound: float = 0.0
    seconds: float = 0.0
    status: str = ""
    duties: tuple[Duty, ...] = ()


def solve_flat(
    problem: RosterProblem, seconds: float, workers: int, marks: Sequence[float]
) -> FlatResult:
    """Build and solve the model; seconds include the building."""
    began = time.monotonic()
    result = FlatResult()
    model = FlatModel(problem)
    result.variables = len(model.model.proto.variables)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.max_time_in_seconds = max(seconds - (time.monotonic() - began), 1.0)
    watcher = _Watcher(began)
    status = solver.solve(model.model, watcher)
    result.seconds = time.monotonic() - began
    result.status = solver.status_name(status)
    result.bound = solver.best_objective_bound
    result.first = watcher.found[0][0] if watcher.found else None
    if watcher.found:
        result.objective = watcher.found[-1][1]
        result.duties = tuple(model.duties(solver))
    for mark in marks:
        known = [objective for moment, objective in watcher.found if moment <= mark]
        result.marks[mark] = known[-1] if known else None
    return result


class _Watcher(cp_model.CpSolverSolutionCallback):
    """Notes when which objective was found."""

    def __init__(self, began: float) -> None:
        super().__init__()
        self.began = began
        self.found: list[tuple[float, float]] = []

    def on_solution_callback(self) -> None:
        self.found.append((time.monotonic() - self.began, self.objective_value))


class FlatModel:
    """The model; whole intervals and whole agents only, as in the benchmark's centres."""

    def __init__(self, problem: RosterProblem) -> None:
        self.problem, self.model = problem, cp_model.CpModel()
        self.cost: list[Any] = []
        # present[set of demands][slot] lists terms
        self.present: dict[frozenset[int], dict[int, list[Any]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self.groups: dict[Group, list[tuple[AgentProblem, list[Row]]]] = defaultdict(list)
        self.breaks: dict[tuple[Group, int, int], list[dict[int, Any]]] = {}
        for agent in problem.agents:
            skills = frozenset(
                n for n, demand in enumerate(problem.demands) if demand.skill in agent.skills
            )
            self.groups[skills, agent.options].append((agent, self._person(agent)))
        for group, people in self.groups.items():
            for day in range(problem.horizon.days):
                for option in group[1]:
                    literals = [week[day][option] for _, week in people]
                    self._group_shift(group, literals, day, option)
        for slot in range(problem.horizon.slots):
            self._interval(slot)
        self.model.minimize(sum(self.cost))

    # --- people ----------------------------------------------------------------------------------

    def _person(self, agent: AgentProblem) -> list[Row]:
        days = range(self.problem.horizon.days)
        week = [{o: self.model.new_bool_var("") for o in agent.options} for _ in days]
        for row in week:
            self.model.add_at_most_one(row.values())
        for rule in agent.primitives:
            match rule:
                case Mask():
                    self._mask(rule, week)
                case Counter():
                    self._counter(rule, week)
                case Succession():
                    self._rest(rule, week)
                case Automaton():
                    self._runs(rule, week)
                case _:
                    raise ValueError(f"the flat model knows no {type(rule).__name__}")
        return week

    def _mask(self, rule: Mask, week: list[Row]) -> None:
        row = week[rule.day]
        hit = [row[option] for option in rule.options if option in row]
        if OFF in rule.options:
            raise ValueError("the flat model knows no mask on days off")
        if rule.price is None:
            for literal in hit:
                self.model.add(literal == 0)
        else:
            self.cost += [rule.price * literal for literal in hit]

    def _counter(self, rule: Counter, week: list[Row]) -> None:
        measure = self.problem.measures[rule.measure]
        total = rule.constant + sum(
            measure[option] * literal for day in rule.days for option, literal in week[day].items()
        )
        if rule.low is not None:
            self.model.add(total >= rule.low)
        if rule.high is not None:
            self.model.add(total <= rule.high)

    def _rest(self, rule: Succession, week: list[Row]) -> None:
        options = self.problem.options
        if rule.previous_end is not None:
            for option, literal in week[0].items():
                if options[option].start < rule.previous_end + rule.rest_minutes:
                    self.model.add(literal == 0)
        for before, after in pairwise(week):
            for end in {options[option].end for option in before}:
                late = [it for option, it in before.items() if options[option].end >= end]
                early = [
                    it
                    for option, it in after.items()
                    if options[option].start + DAY_MINUTES < end + rule.rest_minutes
                ]
                if early:
                    self.model.add_at_most_one([*late, *early])

    def _runs(self, rule: Automaton, week: list[Row]) -> None:
        """Forbid more working days in a row than the machine has states."""
        most = len(rule.transitions) - 1
        for first in range(-rule.start, len(week) - most):
            days = range(max(first, 0), first + most + 1)
            worked = sum(literal for day in days for literal in week[day].values())
            self.model.add(worked <= most - max(-first, 0))

    # --- coverage --------------------------------------------------------------------------------

    def _group_shift(self, group: Group, literals: Sequence[Any], day: int, number: int) -> None:
        """Count a group's people on a shift, and place as many of each of its breaks."""
        option, model, skills = self.problem.options[number], self.model, group[0]
        placed = self.breaks[group, day, number] = []
        count = model.new_int_var(0, len(literals), "")
        model.add(count == sum(literals))
        for slot in self._slots(day, option.start, option.end):
            self.present[skills][slot].append(count)
        for rule in option.breaks:
            taken = {
                start: model.new_int_var(0, len(literals), "")
                for start in self._places(option, rule)
            }
            for start, here in taken.items():
                for slot in self._slots(day, start, start + rule.length):
                    self.present[skills][slot].append(-1 * here)
            model.add(sum(taken.values()) == count)
            placed.append(taken)

    def _places(self, option: Option, rule: BreakRule) -> range:
        slot = self.problem.horizon.slot_minutes
        first = -(-(option.start + rule.earliest) // slot) * slot
        return range(first, option.start + rule.latest + 1, slot)

    def _slots(self, day: int, start: int, end: int) -> Iterator[int]:
        slot, origin = self.problem.horizon.slot_minutes, day * DAY_MINUTES
        for number in range((origin + start) // slot, (origin + end) // slot):
            if number < self.problem.horizon.slots:
                yield number

    def _interval(self, slot: int) -> None:
        """Charge who is missing by the worst set of skills, and who is idle."""
        demands, over = self.problem.demands, self.problem.over_cost
        wanted = [int(demand.required[slot]) for demand in demands]
        under = demands[0].under_steps[0].cost
        supply = {skills: sum(rows[slot]) for skills, rows in self.present.items() if rows[slot]}
        missing = self.model.new_int_var(0, sum(wanted), "")
        for size in range(1, len(demands) + 1):
            for subset in combinations(range(len(demands)), size):
                need = sum(wanted[place] for place in subset)
                there = sum(have for skills, have in supply.items() if skills & set(subset))
                if need:
                    self.model.add(missing >= need - there)
        self.cost.append((under + over) * missing)
        self.cost.append(over * (sum(supply.values()) - sum(wanted)))

    # --- results ---------------------------------------------------------------------------------

    def duties(self, solver: cp_model.CpSolver) -> Iterator[Duty]:
        """Yield the duties of a solution; the breaks of a group are dealt out in any order."""
        for (group, day, number), placed in self.breaks.items():
            option = self.problem.options[number]
            starts = [
                [start for start, count in taken.items() for _ in range(solver.value(count))]
                for taken in placed
            ]
            working = [
                agent for agent, week in self.groups[group] if solver.value(week[day][number])
            ]
            for place, agent in enumerate(working):
                breaks = tuple(
                    PlacedBreak(mine[place], rule.length, rule.paid)
                    for mine, rule in zip(starts, option.breaks, strict=True)
                )
                date = self.problem.horizon.dates[day]
                yield Duty(agent.key, date, option.start, option.end, breaks, option.kind)
