"""Who has no lawful week, and which rules cannot all be kept, in words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.problem import RosterProblem
from wfm.model.rule import Violation
from wfm.rules import sentence
from wfm.services.whatif import Explain


@dataclass(frozen=True, slots=True)
class Unlawful:
    """One person without a lawful week.

    ``conflict`` is a smallest set of rules that cannot all be kept, each with how it would have to
    be broken at least while the others are kept; ``reasons`` say so in words.
    """

    agent: str
    name: str
    conflict: tuple[Violation, ...]
    reasons: tuple[Message, ...]


def unlawful(
    problem: RosterProblem, explain: Explain, agents: Collection[str] = ()
) -> tuple[Unlawful, ...]:
    """Return everybody without a lawful week, or those of some ``agents``, in their order.

    Raises :class:`~wfm.errors.WfmError` for somebody who is not of the problem.
    """
    known = {agent.key for agent in problem.agents}
    for key in agents:
        if key not in known:
            raise WfmError(message("{agent} is not among the people of this roster.", agent=key))
    found = []
    for agent in problem.agents:
        conflict = explain(problem, agent.key) if not agents or agent.key in agents else ()
        if conflict:
            words = tuple(sentence(item, problem) for item in conflict)
            found.append(Unlawful(agent.key, agent.name or agent.key, conflict, words))
    return tuple(found)
