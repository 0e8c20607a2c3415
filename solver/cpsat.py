"""CP-SAT models: one agent's week under every primitive, and a whole small centre with breaks.

Each primitive is modelled by its definition alone, hard or priced, and without reference to the
week graphs: what the two agree on has been said twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from ortools.sat.python import cp_model

from solver.evaluate import week_cost
from wfm.model.problem import AgentProblem, RosterProblem
from wfm.model.rule import OFF, Automaton, Counter, Distinct, Mask, Primitive, Succession
from wfm.model.time import DAY_MINUTES

Literal = Any
DEARER = 100
"""How much more than the least a week of :func:`some_weeks` may cost."""
Term = tuple[int, Literal]
"""A price and the variable it multiplies."""


@dataclass(slots=True)
class WeekModel:
    """The choices of one agent in a model: ``choose[day][option]``, ``OFF`` among the options."""

    model: cp_model.CpModel
    problem: RosterProblem
    agent: AgentProblem
    choose: list[dict[int, Literal]] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)

    def __post_init__(self) -> None:
        for day in range(self.problem.horizon.days):
            row = {
                option: self.model.new_bool_var(f"{self.agent.key}/{day}/{option}")
                for option in (OFF, *self.agent.options)
            }
            self.model.add_exactly_one(row.values())
            self.choose.append(row)

    def add(self, rules: Sequence[Primitive]) -> None:
        """Impose primitives; priced ones add to :attr:`terms`."""
        for rule in rules:
            ADDERS[type(rule)](self, rule)

    def week(self, value: Callable[[Literal], bool]) -> tuple[int, ...]:
        """Return the chosen options of a solution."""
        return tuple(
            next(option for option, literal in row.items() if value(literal)) for row in self.choose
        )

    def breach(self, price: int | None, most: int = 1) -> Literal:
        """Return how often a rule is broken: 0 for a hard rule, else a priced variable."""
        if price is None:
            return 0
        count = self.model.new_int_var(0, most, "")
        self.terms.append((price, count))
        return count


def add_mask(week: WeekModel, rule: Mask) -> None:
    """Forbid or price choices of a day."""
    for option in set(rule.options) & week.choose[rule.day].keys():
        literal = week.choose[rule.day][option]
        if rule.price is None:
            week.model.add(literal == 0)
        else:
            week.terms.append((rule.price, literal))


def add_succession(week: WeekModel, rule: Succession) -> None:
    """Keep the rest after the last duty, and the forbidden pairs of consecutive days."""
    table, days = week.problem.options, range(len(week.choose))
    late = max((table[option].end for option in week.agent.options), default=0)
    for day in days:
        broken: Literal = None
        for before in range(-1, day):
            for first, end in _ends(week, rule, before):
                early = [
                    option
                    for option in week.agent.options
                    if day * DAY_MINUTES + table[option].start < end + rule.rest_minutes
                    or (before == day - 1 and (first, option) in rule.pairs)
                ]
                if not early or (before >= 0 and not _reaches(rule, late, day - before)
                                 and before != day - 1):  # fmt: skip
                    continue
                if broken is None:
                    broken = week.breach(rule.price)
                here = sum(week.choose[day][option] for option in early)
                worked = sum(1 - week.choose[between][OFF] for between in range(before + 1, day))
                last = 1 if before < 0 else week.choose[before][first]
                week.model.add(here + last - worked <= 1 + broken)


def _ends(week: WeekModel, rule: Succession, day: int) -> list[tuple[int, int]]:
    """Return the options that may end on a day, with their end from the horizon's start."""
    if day < 0:
        return [] if rule.previous_end is None else [(OFF, rule.previous_end)]
    origin = day * DAY_MINUTES
    return [(option, origin + week.problem.options[option].end) for option in week.agent.options]


def _reaches(rule: Succession, late: int, gap: int) -> bool:
    return late + rule.rest_minutes > gap * DAY_MINUTES


def add_counter(week: WeekModel, rule: Counter) -> None:
    """Keep a sum inside its bounds."""
    measure = week.problem.measures[rule.measure]
    of_day = {
        day: sum(
            measure[option] * literal
            for option, literal in week.choose[day].items()
            if option != OFF and measure[option]
        )
        for day in rule.days
    }
    size = max([abs(measure[option]) for option in week.agent.options], default=0)
    total: Any = rule.constant
    for block in rule.blocks:
        largest = week.model.new_int_var(-size, size, "")
        week.model.add_max_equality(largest, [of_day.pop(day) for day in block])
        total += largest
    total += sum(of_day.values())
    reach = size * len(rule.days) + abs(rule.constant) + abs(rule.low or 0) + abs(rule.high or 0)
    broken = week.breach(rule.price, reach // rule.unit + 1)
    if rule.high is not None:
        week.model.add(total <= rule.high + rule.unit * broken)
    if rule.low is not None:
        week.model.add(total >= rule.low - rule.unit * broken)


def add_automaton(week: WeekModel, rule: Automaton) -> None:
    """Follow the machine; exactly one state holds after each day that it reads."""
    model, measure = week.model, week.problem.measures[rule.measure]
    states = range(len(rule.transitions))
    now: dict[int, Literal] = {state: int(state == rule.start) for state in states}
    for day in rule.days or range(len(week.choose)):
        row = week.choose[day]
        classes: dict[int, list[Literal]] = {}
        for option, literal in row.items():
            classes.setdefault(0 if option == OFF else measure[option], []).append(literal)
        following = {state: model.new_bool_var("") for state in states}
        model.add_exactly_one(following.values())
        broken = week.breach(rule.price)
        for state in states:
            for kind, literals in classes.items():
                target, forbidden = rule.follow(state, kind)
                here = now[state] + sum(literals)
                if forbidden:
                    model.add(here <= 1 + broken)
                model.add(here - following[target] <= 1)
        now = following
    if rule.final:
        broken = week.breach(rule.price)
        model.add(sum(now[state] for state in states if state not in rule.final) <= broken)


def add_distinct(week: WeekModel, rule: Distinct) -> None:
    """Count the values in use."""
    measure = week.problem.measures[rule.measure]
    used: dict[int, Literal] = dict.fromkeys(rule.known, 1)
    for day in rule.days:
        for option, literal in week.choose[day].items():
            if option != OFF:
                value = used.setdefault(measure[option], week.model.new_bool_var(""))
                if measure[option] not in rule.known:
                    week.model.add_implication(literal, value)
    broken = week.breach(rule.price, max(len(used), 1))
    week.model.add(sum(used.values()) <= rule.at_most + broken)


ADDERS: dict[type, Callable[..., None]] = {
    Mask: add_mask,
    Succession: add_succession,
    Counter: add_counter,
    Automaton: add_automaton,
    Distinct: add_distinct,
}


def some_weeks(
    problem: RosterProblem,
    agent: AgentProblem,
    rules: Sequence[Primitive],
    count: int,
    seed: int,
) -> list[tuple[tuple[int, ...], int]]:
    """Return up to ``count`` different weeks of one agent with their costs; none if none exists.

    The first costs least; the others are best for random worths of each day's options and at most
    :data:`DEARER` dearer.
    """
    model = cp_model.CpModel()
    week = WeekModel(model, problem, agent)
    week.add(rules)
    cost = sum(price * literal for price, literal in week.terms)
    solver = _solver(seed)
    model.minimize(cost)
    if solver.solve(model) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return []
    least = round(solver.objective_value)
    dice = Random(seed)  # noqa: S311
    model.add(cost <= least + DEARER)
    found = [week.week(solver.boolean_value)]
    for _ in range(count - 1):
        model.clear_objective()  # type: ignore[no-untyped-call]
        worth = [
            dice.randint(0, 50) * literal
            for row in week.choose
            for option, literal in row.items()
            if option != OFF
        ]
        model.maximize(sum(worth))
        if solver.solve(model) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            break
        found.append(week.week(solver.boolean_value))
    return [(choices, week_cost(problem, rules, choices)) for choices in dict.fromkeys(found)]


def _solver(seed: int, limit_s: float = 5.0) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_time_in_seconds = limit_s
    return solver
