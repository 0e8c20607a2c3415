"""Checks that a problem keeps its own description, before anything relies on it."""

from __future__ import annotations

from collections import Counter as Counted
from collections.abc import Iterable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from solver.centre_faults import centre_faults
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.problem import BASE_MEASURES, AgentProblem, Option, RosterProblem
from wfm.model.rule import OFF, Automaton, Counter, Distinct, Mask, Primitive, Succession


def validate(problem: RosterProblem) -> None:
    """Raise :class:`~wfm.errors.WfmError` with one sentence about the first fault."""
    fault = _horizon_fault(problem) or _table_fault(problem) or _demand_fault(problem)
    if fault:
        raise WfmError(fault)
    twin = _twin(agent.key for agent in problem.agents)
    if twin is not None:
        raise WfmError(message("Two agents of the problem have the key {key}.", key=twin))
    for agent in problem.agents:
        fault = _agent_fault(problem, agent)
        if fault:
            raise WfmError(fault)
    for fault in centre_faults(problem):
        raise WfmError(fault)


def _twin(keys: Iterable[str]) -> str | None:
    """Return a key that is there twice."""
    return next((key for key, count in Counted(keys).items() if count > 1), None)


def _horizon_fault(problem: RosterProblem) -> Message | None:
    try:
        ZoneInfo(problem.horizon.zone)
    except (ZoneInfoNotFoundError, ValueError):
        return message(
            "There is no time zone “{zone}”; write one such as Asia/Tokyo.",
            zone=problem.horizon.zone,
        )
    return None


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
    for place, option in enumerate(problem.options):
        fault = _break_fault(option) or _measured_fault(problem, place, option)
        if fault:
            return fault
    if problem.over_cost < 0:
        return message("The cost of overstaffing must not be negative.")
    return None


def _measured_fault(problem: RosterProblem, place: int, option: Option) -> Message | None:
    """Find measures that contradict their option: hours instead of minutes, say."""
    stated = {"duties": 1, "worked_minutes": option.worked_minutes, "start": option.start}
    for name, value in stated.items():
        if problem.measures[name][place] != value:
            return message(
                "Measure “{name}” of option {option} is {found}, but by its times it is {value}"
                " (all times are in minutes).",
                name=name, option=option.key, found=problem.measures[name][place], value=value,
            )  # fmt: skip
    return None


def _break_fault(option: Option) -> Message | None:
    for rule in option.breaks:
        if option.start + rule.earliest + rule.length > option.end:
            return message(
                "A break of option {option} does not fit into it: {length} min long, {earliest} min"
                " after the start at the earliest, in a shift of {minutes} min.",
                option=option.key, length=rule.length, earliest=rule.earliest,
                minutes=option.end - option.start,
            )  # fmt: skip
    return None


def _demand_fault(problem: RosterProblem) -> Message | None:
    twin = _twin(demand.skill for demand in problem.demands)
    if twin is not None:
        return message("The problem has two demands for {skill}; add them up.", skill=twin)
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
        shallow = any((step.depth or 0) < 0 for step in demand.under_steps)
        if not costs or costs != sorted(costs) or costs[0] < 0 or open_depth or shallow:
            return message(
                "The under-costs of {skill} must not fall from step to step.", skill=demand.skill
            )
    return None


def _agent_fault(problem: RosterProblem, agent: AgentProblem) -> Message | None:
    size = len(problem.options)
    if agent.speed_percent < 0 or any(not 0 <= option < size for option in agent.options):
        return message("Agent {agent} has an option or speed that does not exist.", agent=agent.key)
    if len(set(agent.options)) < len(agent.options):
        return message("Agent {agent} has an option twice.", agent=agent.key)
    for duty in agent.past:
        if duty.end <= duty.start or problem.horizon.day_index(duty.day) >= 0:
            return message(
                "The past of agent {agent} has a duty on {day} that ends before it starts or does"
                " not lie before the horizon.",
                agent=agent.key, day=duty.day,
            )  # fmt: skip
    for rule in agent.primitives:
        fault = _rule_fault(problem, agent, rule)
        if fault:
            return fault
    return None


def _rule_fault(problem: RosterProblem, agent: AgentProblem, rule: Primitive) -> Message | None:
    """Find what a rule names that does not exist, and what it says against itself."""
    days, size = problem.horizon.days, len(problem.options)
    match rule:
        case Mask():
            good = 0 <= rule.day < days and all(OFF <= option < size for option in rule.options)
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
            good = rule.measure in problem.measures and _moves_exist(rule)
            good = good and all(0 <= day < days for day in rule.days)
            if good and list(rule.days) != sorted(set(rule.days)):
                return message(
                    "The days of rule {rule} of agent {agent} must ascend.",
                    rule=rule.rule.key, agent=agent.key,
                )  # fmt: skip
        case Succession():
            good = rule.rest_minutes >= 0
            good = good and all(0 <= item < size for pair in rule.pairs for item in pair)
    if good and (rule.price is None or rule.price >= 0):
        return None
    return message(
        "Rule {rule} of agent {agent} names a day, option, measure or state that does not exist, or"
        " has a negative price.",
        rule=rule.rule.key, agent=agent.key,
    )  # fmt: skip


def _moves_exist(rule: Automaton) -> bool:
    states = len(rule.transitions)
    targets = (target for row in rule.transitions for target in row)
    return (
        0 <= rule.start < states
        and all(-2 - states < target < states for target in targets)
        and all(0 <= state < states for state in rule.final)
    )


def _blocks_fit(rule: Counter) -> bool:
    blocked = [day for block in rule.blocks for day in block]
    return all(rule.blocks) and len(set(blocked)) == len(blocked) and set(blocked) <= set(rule.days)
