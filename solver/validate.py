"""Checks that a problem keeps its own description, before anything relies on it."""

from __future__ import annotations

from solver.centre_faults import centre_faults
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.problem import BASE_MEASURES, AgentProblem, RosterProblem
from wfm.model.rule import Automaton, Counter, Distinct, Mask, Succession


def validate(problem: RosterProblem) -> None:
    """Raise :class:`~wfm.errors.WfmError` with one sentence about the first fault."""
    fault = _table_fault(problem) or _demand_fault(problem)
    if fault:
        raise WfmError(fault)
    keys = [agent.key for agent in problem.agents]
    if len(set(keys)) < len(keys):
        raise WfmError(message("Two agents of the problem have the same key."))
    for agent in problem.agents:
        fault = _agent_fault(problem, agent)
        if fault:
            raise WfmError(fault)
    for fault in centre_faults(problem):
        raise WfmError(fault)


def _table_fault(problem: RosterProblem) -> Message | None:
    size = len(problem.options)
    for name in BASE_MEASURES:
        if name not in problem.measures and size:
            return message("The option table has no measure “{name}”.", name=name)
    for name, column in problem.measures.items():
        if len(column) != size:
            return message(
                "Measure “{name}” has {found} numbers for {size} options.",
                name=name, found=len(column), size=size,
            )  # fmt: skip
    for option in problem.options:
        if not 0 <= option.start < option.end <= 2880:
            return message(
                "Option {option} does not start and end between 0:00 and 48:00.", option=option.key
            )
        if option.break_gap < 0:
            return message(
                "The time between two breaks of option {option} must not be negative.",
                option=option.key,
            )
    if problem.over_cost < 0:
        return message("The cost of overstaffing must not be negative.")
    return None


def _demand_fault(problem: RosterProblem) -> Message | None:
    for demand in problem.demands:
        if len(demand.required) != problem.horizon.slots:
            return message(
                "The demand for {skill} has {found} intervals, the horizon {size}.",
                skill=demand.skill, found=len(demand.required), size=problem.horizon.slots,
            )  # fmt: skip
        if not (demand.required >= 0).all():
            return message("The demand for {skill} is negative or empty.", skill=demand.skill)
        costs = [step.cost for step in demand.under_steps]
        open_depth = any(step.depth is None for step in demand.under_steps[:-1])
        if not costs or costs != sorted(costs) or costs[0] < 0 or open_depth:
            return message(
                "The under-costs of {skill} must not fall from step to step.", skill=demand.skill
            )
    return None


def _agent_fault(problem: RosterProblem, agent: AgentProblem) -> Message | None:
    days, size = problem.horizon.days, len(problem.options)
    if agent.speed_percent < 0 or any(not 0 <= option < size for option in agent.options):
        return message("Agent {agent} has an option or speed that does not exist.", agent=agent.key)
    for rule in agent.primitives:
        match rule:
            case Mask():
                good = 0 <= rule.day < days
            case Counter() | Distinct():
                inside = all(0 <= day < days for day in rule.days)
                good = inside and len(set(rule.days)) == len(rule.days)
                good = good and rule.measure in problem.measures
                good = good and not (isinstance(rule, Counter) and rule.unit < 1)
                if good and isinstance(rule, Counter) and not _blocks_fit(rule):
                    return message(
                        "The blocks of days of rule {rule} of agent {agent} must be parts of its"
                        " window and share no day.",
                        rule=rule.rule.key, agent=agent.key,
                    )  # fmt: skip
            case Automaton():
                states = len(rule.transitions)
                good = rule.measure in problem.measures and 0 <= rule.start < states
                good = good and all(0 <= day < days for day in rule.days)
                if good and list(rule.days) != sorted(set(rule.days)):
                    return message(
                        "The days of rule {rule} of agent {agent} must ascend.",
                        rule=rule.rule.key, agent=agent.key,
                    )  # fmt: skip
                good = good and all(
                    -2 - states < target < states for row in rule.transitions for target in row
                )
            case Succession():
                good = rule.rest_minutes >= 0
        if not good or (rule.price is not None and rule.price < 0):
            return message(
                "Rule {rule} of agent {agent} names a day, measure or state that does not exist,"
                " or has a negative price.",
                rule=rule.rule.key, agent=agent.key,
            )  # fmt: skip
    return None


def _blocks_fit(rule: Counter) -> bool:
    blocked = [day for block in rule.blocks for day in block]
    return all(rule.blocks) and len(set(blocked)) == len(blocked) and set(blocked) <= set(rule.days)
