"""What no roster of a centre can fulfil, told with the roster: contracts, and skills of nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from wfm.messages import Message, message
from wfm.model.activity import ShiftKind
from wfm.model.people import Agent, Contract, Skill
from wfm.model.problem import RosterProblem
from wfm.persistence import Store
from wfm.rules.contract_faults import contract_fault


def plan_faults(store: Store, problem: RosterProblem) -> tuple[Message, ...]:
    """Return what is impossible in a centre's problem, a sentence each."""
    names = {skill.key: skill.name for skill in store.all(Skill)}
    return (*_contract_faults(store, problem), *skill_faults(problem, names))


def skill_faults(problem: RosterProblem, names: Mapping[str, str]) -> tuple[Message, ...]:
    """Return the skills that are required and that nobody has who could be planned."""
    had = {skill for agent in problem.agents if agent.options for skill in agent.skills}
    hours = problem.horizon.slot_minutes / 60
    return tuple(
        message(
            "Nobody who can be planned has the skill {skill}: all of its {hours} agent-hours stay"
            " uncovered.",
            skill=names.get(demand.skill) or demand.skill,
            hours=f"{float(demand.required.sum()) * hours:,.1f}",
        )
        for demand in problem.demands
        if demand.skill not in had and demand.required.any()
    )


def _contract_faults(store: Store, problem: RosterProblem) -> tuple[Message, ...]:
    planned = {agent.key for agent in problem.agents}
    used = Counter(agent.contract for agent in store.all(Agent) if agent.key in planned)
    kinds = store.all(ShiftKind)
    found = (
        (contract_fault(contract, kinds), used[contract.key])
        for contract in store.all(Contract)
        if contract.key in used
    )
    return tuple(
        message(
            "{fault} {count} person is planned as far as possible.",
            plural="{fault} {count} people are planned as far as possible.",
            fault=fault,
            count=count,
        )
        for fault, count in found
        if fault is not None
    )
