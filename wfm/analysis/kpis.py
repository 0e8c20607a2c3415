"""What a roster is like in plain units: agent-hours, wishes, hours of each person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from wfm.analysis.aim_prices import cheapest_missing
from wfm.analysis.coverage import coverage
from wfm.analysis.difference import figures
from wfm.messages import Message, message
from wfm.model.problem import RosterProblem
from wfm.model.roster import Duty
from wfm.model.rule import RuleRef
from wfm.model.time import Horizon
from wfm.rules import BALANCING, check
from wfm.rules.centre import check_centre


@dataclass(frozen=True, slots=True)
class AgentHours:
    """One person's duties and worked minutes in the horizon."""

    agent: str
    duties: int
    worked_minutes: int


@dataclass(frozen=True, slots=True)
class Kpis:
    """What a roster is judged by, in units that need no explanation.

    ``short_hours`` and ``surplus_hours`` are agent-hours missing and beyond what is required;
    ``better_hours`` is how many agent-hours better the best possible roster is at most (``None``:
    nothing is proven); ``wishes_granted`` of ``wishes``; ``hard`` and ``soft`` broken rules;
    ``hours`` per person in the order of the problem.
    """

    short_hours: float
    surplus_hours: float
    better_hours: float | None
    wishes: int
    wishes_granted: int
    hard: int
    soft: int
    duties: int
    people: int
    worked_minutes: int
    cost: float
    hours: tuple[AgentHours, ...] = ()


KPI_NAMES: dict[str, Message] = {
    "short_hours": message("Agent-hours short"),
    "surplus_hours": message("Agent-hours surplus"),
    "better_hours": message("Agent-hours better at most"),
    "wishes_granted": message("Wishes granted"),
    "hard": message("Rules broken that must hold"),
    "soft": message("Rules broken at their price"),
    "duties": message("Shifts"),
    "people": message("People at work"),
    "worked_hours": message("Hours worked"),
    "cost": message("Cost"),
}
"""Names of the figures of :func:`figures_of`, in the order in which they are shown."""


def kpis(problem: RosterProblem, duties: Sequence[Duty], lower_bound: float | None = None) -> Kpis:
    """Return the figures of a roster of a problem's horizon; ``lower_bound`` is of that problem."""
    found = figures(problem, duties)
    cost = roster_cost(problem, duties)
    wishes = sum(
        is_wish(item.rule)
        for agent in problem.agents
        for item in agent.primitives
        if item.price is not None
    )
    return Kpis(
        short_hours=found.short_hours,
        surplus_hours=found.surplus_hours,
        better_hours=better_hours(problem, cost, lower_bound),
        wishes=wishes,
        wishes_granted=max(0, wishes - found.wishes),
        hard=found.hard,
        soft=found.soft,
        duties=found.duties,
        people=found.people,
        worked_minutes=found.worked_minutes,
        cost=cost,
        hours=_hours(problem, duties),
    )


def roster_cost(problem: RosterProblem, duties: Sequence[Duty]) -> float:
    """Return what a roster costs, by the checkers, not by the solver; changes are not counted."""
    covered = coverage(problem.horizon, problem.demands, problem.agents, duties, problem.over_cost)
    people = sum(item.cost for item in check(problem, duties))
    centre = sum(item.cost for item in check_centre(problem, duties))
    return round(covered.cost + people + centre, 6)


def figures_of(found: Kpis) -> dict[str, float]:
    """Return the figures by their keys in :data:`KPI_NAMES`; what is not known is left out."""
    plain = {
        "short_hours": found.short_hours,
        "surplus_hours": found.surplus_hours,
        "better_hours": found.better_hours,
        "wishes_granted": found.wishes_granted,
        "hard": found.hard,
        "soft": found.soft,
        "duties": found.duties,
        "people": found.people,
        "worked_hours": round(found.worked_minutes / 60, 4),
        "cost": found.cost,
    }
    return {key: float(value) for key, value in plain.items() if value is not None}


def better_hours(problem: RosterProblem, cost: float, lower_bound: float | None) -> float | None:
    """Return how many agent-hours better than ``cost`` the best possible roster is at most.

    All that a better roster could save, as missing agent-hours at the least that one costs.
    """
    if lower_bound is None:
        return None
    return hours_worth(problem, max(cost - lower_bound, 0.0))


def hours_worth(problem: RosterProblem, cost: float) -> float:
    """Return a cost as the missing agent-hours that weigh as much."""
    return in_hours(problem.horizon, cost / cheapest_missing(problem))


def in_hours(horizon: Horizon, intervals: float) -> float:
    """Return agent-intervals as agent-hours."""
    return intervals * horizon.slot_minutes / 60


def is_wish(rule: RuleRef) -> bool:
    """Tell whether a rule is somebody's wish, not a rule that spreads burdens."""
    return rule.severity == "wish" and rule.key not in BALANCING


def weights_of(problem: RosterProblem) -> dict[str, int]:
    """Return the prices that count in a problem, by a name each; of several the usual one."""
    found: dict[str, list[int]] = defaultdict(list)
    for demand in problem.demands:
        found[f"missing {demand.skill}"] += [demand.under_steps[0].cost]
    for agent in problem.agents:
        for item in agent.primitives:
            if item.price:
                found[item.rule.key].append(item.price)
    for rule in problem.centre_rules:
        found[rule.rule.key].append(rule.price)
    weights = {name: Counter(prices).most_common(1)[0][0] for name, prices in found.items()}
    weights["surplus"] = problem.over_cost
    if problem.stability is not None:
        weights["changed shift"] = problem.stability.shift_cost
        weights["moved break"] = problem.stability.break_cost
        weights["person affected"] = problem.stability.person_cost
    return weights


def _hours(problem: RosterProblem, duties: Sequence[Duty]) -> tuple[AgentHours, ...]:
    count: Counter[str] = Counter(duty.agent for duty in duties)
    minutes: Counter[str] = Counter()
    for duty in duties:
        minutes[duty.agent] += duty.worked_minutes
    return tuple(
        AgentHours(agent.key, count[agent.key], minutes[agent.key]) for agent in problem.agents
    )
