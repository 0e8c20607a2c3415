"""Faults of centre rules and of the roster before the run: a sentence each, naming the culprit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from solver.matching import options_of
from wfm.messages import Message, message
from wfm.model.centre_rule import CentreRule, FairShare, Pair, Presence
from wfm.model.problem import RosterProblem, Stability
from wfm.model.roster import Duty


def centre_faults(problem: RosterProblem) -> Iterator[Message]:
    """Yield every fault of the problem's centre rules and of its stability."""
    for rule in problem.centre_rules:
        yield from _rule_faults(problem, rule)
    if problem.stability is not None:
        yield from _stability_faults(problem, problem.stability)


def _rule_faults(problem: RosterProblem, rule: CentreRule) -> Iterator[Message]:
    key = rule.rule.key
    named = (rule.first, rule.second) if isinstance(rule, Pair) else rule.agents
    for place in named:
        if not 0 <= place < len(problem.agents):
            yield message(
                "Centre rule {rule} names agent number {number}; there are {size}, from 0 on.",
                rule=key, number=place, size=len(problem.agents),
            )  # fmt: skip
            return
    if len(set(named)) < len(named):
        twice = next(place for place in named if list(named).count(place) > 1)
        yield message(
            "Centre rule {rule} names {agent} twice.", rule=key, agent=problem.agents[twice].key
        )
    if rule.price < 0:
        yield message("Centre rule {rule} has a negative price.", rule=key)
    match rule:
        case Presence():
            yield from _limit_faults(problem, rule)
        case Pair():
            if rule.overlap < 0:
                yield message("Centre rule {rule} has a negative overlap.", rule=key)
        case FairShare():
            yield from _share_faults(problem, rule)


def _limit_faults(problem: RosterProblem, rule: Presence) -> Iterator[Message]:
    for name, limit in (("low", rule.low), ("high", rule.high)):
        if limit is None:
            continue
        if len(limit) != problem.horizon.slots:
            yield message(
                "“{field}” of centre rule {rule} has {found} intervals, the horizon {size}.",
                field=name, rule=rule.rule.key, found=len(limit), size=problem.horizon.slots,
            )  # fmt: skip
        elif not (limit >= 0).all() or not np.isfinite(limit).all():
            yield message(
                "“{field}” of centre rule {rule} is negative or empty in an interval.",
                field=name, rule=rule.rule.key,
            )  # fmt: skip


def _share_faults(problem: RosterProblem, rule: FairShare) -> Iterator[Message]:
    key, days = rule.rule.key, problem.horizon.days
    if rule.own_days and len(rule.own_days) != len(rule.agents):
        yield message(
            "Centre rule {rule} has days of {found} agents, but {size} agents.",
            rule=key, found=len(rule.own_days), size=len(rule.agents),
        )  # fmt: skip
    if any(
        any(not 0 <= day < days for day in some) or len(set(some)) < len(some)
        for some in (rule.days, *rule.own_days)
    ):
        yield message(
            "Centre rule {rule} names a day twice, or one outside the horizon of {days} days.",
            rule=key, days=days,
        )  # fmt: skip
    if rule.measure not in problem.measures:
        yield message(
            "Centre rule {rule} counts “{name}”, which the option table does not measure.",
            rule=key, name=rule.measure,
        )  # fmt: skip
    if len(rule.carried) != len(rule.agents):
        yield message(
            "Centre rule {rule} carries {found} balances for {size} agents.",
            rule=key, found=len(rule.carried), size=len(rule.agents),
        )  # fmt: skip
    if rule.spread < 0:
        yield message("Centre rule {rule} has a negative spread.", rule=key)


def _stability_faults(problem: RosterProblem, stability: Stability) -> Iterator[Message]:
    costs = (stability.shift_cost, stability.break_cost, stability.person_cost)
    if min(costs) < 0:
        yield message("A cost of changes against the roster before the run is negative.")
    if stability.people is not None and stability.people < 0:
        yield message("The number of people who may be affected by changes is negative.")
    yield from _reference_faults(problem, stability.duties)


def _reference_faults(problem: RosterProblem, duties: Sequence[Duty]) -> Iterator[Message]:
    agents = {agent.key: agent for agent in problem.agents}
    seen = set()
    for duty in duties:
        agent = agents.get(duty.agent)
        if agent is None:
            yield message(
                "The roster before the run names {agent}, who is no agent of the problem.",
                agent=duty.agent,
            )
        elif not 0 <= problem.horizon.day_index(duty.day) < problem.horizon.days:
            yield message(
                "The roster before the run has a duty of {agent} on {day}, outside the horizon.",
                agent=duty.agent, day=duty.day,
            )  # fmt: skip
        elif (duty.agent, duty.day) in seen:
            yield message(
                "The roster before the run has two duties of {agent} on {day}.",
                agent=duty.agent, day=duty.day,
            )  # fmt: skip
        elif not options_of(problem, agent, duty):
            yield message(
                "The duty of {agent} on {day} in the roster before the run is none of their"
                " options.",
                agent=duty.agent, day=duty.day,
            )  # fmt: skip
        seen.add((duty.agent, duty.day))
