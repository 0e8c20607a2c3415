"""All rules of a set, compiled for one agent."""

from __future__ import annotations

from collections.abc import Sequence

from wfm.model.problem import AgentProblem
from wfm.model.rule import Primitive
from wfm.rules.context import RuleContext
from wfm.rules.rule import Rule


def compile_agent(rules: Sequence[Rule], context: RuleContext) -> AgentProblem:
    """Return the agent as the solver and the checker see them; skills in order of key."""
    primitives: list[Primitive] = []
    for rule in rules:
        primitives.extend(rule.compile(context))
    return AgentProblem(
        key=context.agent.key,
        name=context.agent.name,
        skills=tuple(sorted(skill for skill, level in context.agent.skills.items() if level > 0)),
        options=context.own_options,
        primitives=tuple(primitives),
        speed_percent=context.agent.speed_percent,
        past=context.past,
    )
