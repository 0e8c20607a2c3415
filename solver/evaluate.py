"""Exact recomputation of a finished roster: objective, broken rules, and what is missing.

Reads duties and primitives by their definitions and shares nothing with the search.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from solver.centre import centre_cost
from solver.compile import scale_of
from solver.coverage import CoverageJudge
from wfm.model.problem import AgentProblem, RosterProblem
from wfm.model.roster import Duty, Unmet
from wfm.model.rule import (
    OFF,
    Automaton,
    Counter,
    Distinct,
    Mask,
    Primitive,
    RuleRef,
    Succession,
    Violation,
)
from wfm.model.time import DAY_MINUTES

Choices = Sequence[int]
"""One option (or ``OFF``) per day."""

NO_OVERLAP = RuleRef("no_overlap", "illegal")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a roster costs and breaks; ``objective`` leaves out hard rules."""

    objective: float
    violations: tuple[Violation, ...]
    unmet: tuple[Unmet, ...]

    @property
    def hard(self) -> tuple[Violation, ...]:
        """The broken hard rules."""
        return tuple(item for item in self.violations if item.hard)


class Evaluator:
    """Evaluates rosters of one problem."""

    def __init__(self, problem: RosterProblem) -> None:
        self.problem = problem
        self.scale = scale_of(problem)
        self.judge = CoverageJudge(problem, self.scale)

    def evaluate(self, weeks: Sequence[Choices], duties: Sequence[Duty]) -> Evaluation:
        """Return objective, violations and unmet needs of ``duties`` that realise ``weeks``."""
        cost, missing = self.judge.judge(duties)
        violations = tuple(
            item
            for agent, choices in zip(self.problem.agents, weeks, strict=True)
            for item in violations_of(self.problem, agent, choices)
        )
        prices = sum(item.cost for item in violations)
        together = centre_cost(self.problem, weeks, duties, self.scale)
        objective = (cost + prices * self.scale.units + together.units) / self.scale.units
        rules = [
            Unmet("rule", item.agent, item.rule, amount=abs(item.amount))
            for item in violations
            if item.hard
        ]
        return Evaluation(
            objective, violations, (*rules, *together.unmet, *self._shortages(missing))
        )

    def _shortages(self, missing: Sequence[dict[int, int]]) -> Iterator[Unmet]:
        """Yield runs of intervals of one day that miss staff, in agent-minutes."""
        horizon = self.problem.horizon
        slot = horizon.slot_minutes
        for place, demand in enumerate(self.problem.demands):
            run: list[int] = []
            for number in range(horizon.slots + 1):
                short = missing[number].get(place, 0) if number < horizon.slots else 0
                if run and (not short or number % horizon.slots_per_day == 0):
                    day, start = horizon.slot_label(number - len(run))
                    minutes = sum(run) * slot / self.scale.units
                    yield Unmet(
                        "coverage",
                        skill=demand.skill,
                        day=day,
                        start=start,
                        end=start + len(run) * slot,
                        amount=max(1, round(minutes)),
                    )
                    run = []
                if short:
                    run.append(short)


def own_primitives(problem: RosterProblem, agent: AgentProblem) -> tuple[Primitive, ...]:
    """Return an agent's primitives and the one that every problem implies: no overlap."""
    end = max(
        (problem.horizon.day_index(duty.day) * DAY_MINUTES + duty.end for duty in agent.past),
        default=None,
    )
    return (*agent.primitives, Succession(NO_OVERLAP, previous_end=end))


def violations_of(
    problem: RosterProblem, agent: AgentProblem, choices: Choices
) -> Iterator[Violation]:
    """Yield every broken primitive of one agent's choices."""
    for rule in own_primitives(problem, agent):
        for days, amount, units in breaches(problem, rule, choices):
            cost = 0 if rule.price is None else rule.price * units
            yield Violation(agent.key, rule.rule, days, amount, rule.price is None, cost)


Breach = tuple[tuple[int, ...], int, int]
"""Days, amount in the rule's own unit, and the units that are priced."""


def week_cost(problem: RosterProblem, rules: Sequence[Primitive], choices: Choices) -> int:
    """Return what a week costs under priced primitives."""
    return sum(
        (rule.price or 0) * units
        for rule in rules
        for _, _, units in breaches(problem, rule, choices)
    )


def breaches(problem: RosterProblem, rule: Primitive, choices: Choices) -> Iterator[Breach]:
    """Yield every breach of a primitive in a week."""
    match rule:
        case Mask():
            if choices[rule.day] in rule.options:
                yield (rule.day,), 1, 1
        case Succession():
            yield from _successions(problem, rule, choices)
        case Counter():
            total = _total(problem, rule, choices)
            amount = 0
            if rule.high is not None and total > rule.high:
                amount = total - rule.high
            elif rule.low is not None and total < rule.low:
                amount = total - rule.low
            if amount:
                yield rule.days, amount, -(-abs(amount) // rule.unit)
        case Automaton():
            yield from _transitions(problem, rule, choices)
        case Distinct():
            measure = problem.measures[rule.measure]
            used = {measure[choices[day]] for day in rule.days if choices[day] != OFF}
            used |= set(rule.known)
            if len(used) > rule.at_most:
                yield rule.days, len(used) - rule.at_most, len(used) - rule.at_most


def _total(problem: RosterProblem, rule: Counter, choices: Choices) -> int:
    measure = problem.measures[rule.measure]
    of_day = {day: 0 if choices[day] == OFF else measure[choices[day]] for day in rule.days}
    blocked = {day for block in rule.blocks for day in block}
    single = sum(value for day, value in of_day.items() if day not in blocked)
    return rule.constant + single + sum(max(of_day[day] for day in b) for b in rule.blocks)


def _successions(problem: RosterProblem, rule: Succession, choices: Choices) -> Iterator[Breach]:
    end = rule.previous_end
    for day, choice in enumerate(choices):
        if choice == OFF:
            continue
        option = problem.options[choice]
        start = day * DAY_MINUTES + option.start
        short = 0 if end is None else end + rule.rest_minutes - start
        paired = day > 0 and (choices[day - 1], choice) in rule.pairs
        if short > 0 or paired:
            yield (day,), max(short, 1), 1
        end = day * DAY_MINUTES + option.end


def _transitions(problem: RosterProblem, rule: Automaton, choices: Choices) -> Iterator[Breach]:
    measure = problem.measures[rule.measure]
    days = rule.days or range(len(choices))
    state = rule.start
    for day in days:
        choice = choices[day]
        state, broken = rule.follow(state, 0 if choice == OFF else measure[choice])
        if broken:
            yield (day,), 1, 1
    if rule.final and state not in rule.final:
        yield (days[-1],), 1, 1
