"""A broken rule of the centre as a sentence."""

from __future__ import annotations

from wfm.messages import Message, message
from wfm.model.problem import RosterProblem
from wfm.model.roster import Unmet
from wfm.rules.centre.registry import CENTRE_TERMS

STABILITY = "stability"
"""Key under which a plan lists more changed people than were allowed."""


def centre_sentence(found: Unmet, problem: RosterProblem) -> Message:
    """Return an entry of the kind ``centre`` of a plan's or a checker's list in words."""
    rule = found.rule
    assert rule is not None, "every rule of the centre names itself"
    for term in CENTRE_TERMS:
        if term.key == rule.key:
            return term.words(found, rule, _people(found, problem))
    if rule.key == STABILITY:
        return message(
            "{count} person more than allowed is affected by changes",
            plural="{count} people more than allowed are affected by changes",
            count=found.amount,
        )
    if found.day is None:
        return message("Breaks the rule “{rule}” of the centre", rule=rule.key)
    return message("{day}: breaks the rule “{rule}” of the centre", rule=rule.key, day=found.day)


def _people(found: Unmet, problem: RosterProblem) -> tuple[str, ...]:
    """Return the names of the two people of a pair; the reference says who the second is."""
    names = {agent.key: agent.name or agent.key for agent in problem.agents}
    place = -1 if found.rule is None else found.rule.numbers.get("second", -1)
    second = problem.agents[place].key if 0 <= place < len(problem.agents) else "?"
    return names.get(found.agent, found.agent), names.get(second, second)
