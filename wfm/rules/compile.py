"""All rules of a set, compiled for one agent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wfm.model.problem import AgentProblem
from wfm.model.rule import Primitive
from wfm.rules.context import RuleContext
from wfm.rules.reach import lower_minimums
from wfm.rules.rule import Rule


def compile_agent(rules: Sequence[Rule], context: RuleContext) -> AgentProblem:
    """Return the agent as the solver and the checker see them; skills in order of key.

    A rule with a price may be broken at it; weekly minimums are lowered to what is possible.
    """
    primitives: list[Primitive] = []
    for rule in rules:
        for item in rule.compile(context):
            hard = item.price is None
            primitives.append(replace(item, price=rule.price) if hard and rule.price else item)
    own = context.own_options
    return AgentProblem(
        key=context.agent.key,
        name=context.agent.name,
        skills=tuple(sorted(skill for skill, level in context.agent.skills.items() if level > 0)),
        options=own,
        primitives=lower_minimums(primitives, own, context.options, context.measures),
        speed_percent=context.agent.speed_percent,
        past=context.past,
    )
