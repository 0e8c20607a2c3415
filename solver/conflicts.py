"""Why an agent has no legal week: a smallest set of rules that cannot all be kept, by re-solving.

Nothing is read off a solver's core: rules are taken away one by one, and what is left is a conflict
because no week keeps all of it while leaving out any one rule allows a week.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from solver.cpsat import some_weeks
from solver.evaluate import breaches, own_primitives
from solver.legal import has_week
from solver.trackers import softened
from solver.weeks import week_graph
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.problem import AgentProblem, RosterProblem
from wfm.model.rule import Primitive, Violation

Rules = Sequence[Primitive]


def conflict(problem: RosterProblem, agent: str) -> tuple[Violation, ...]:
    """Return why an agent has no legal week; nothing if there is one.

    One entry per rule of a conflict that holds no smaller one, in the order of the agent's
    primitives: how that rule must be broken at least while all others of the conflict are kept.
    Its days and amount tell where and by how much.  Priced rules never are part of a conflict.
    Raises :class:`~wfm.errors.WfmError` for an agent that the problem does not have.
    """
    found = next((item for item in problem.agents if item.key == agent), None)
    if found is None:
        raise WfmError(message("{agent} is not among the people of this roster.", agent=agent))
    hard = [rule for rule in own_primitives(problem, found) if rule.price is None]
    if exists(problem, found, hard):
        return ()

    def possible(rules: Rules) -> bool:
        return exists(problem, found, rules)

    least = smallest(fewest_keys(hard, possible), possible)
    keys = list(dict.fromkeys(rule.rule.key for rule in least))
    return tuple(item for key in keys for item in _given_way(problem, found, least, key))


def exists(problem: RosterProblem, agent: AgentProblem, rules: Rules) -> bool:
    """Tell whether an agent has a week that keeps hard rules."""
    graph = week_graph(problem, agent.options, [rules], counted=False)
    if not graph.relaxed:
        return has_week(problem, agent, rules, graph)
    return bool(some_weeks(problem, agent, rules, 1, 1))


def fewest_keys(rules: Rules, possible: Callable[[Rules], bool]) -> list[Primitive]:
    """Return impossible rules less all those of a key without which they are impossible as well."""
    left = list(rules)
    for key in dict.fromkeys(rule.rule.key for rule in rules):
        fewer = [rule for rule in left if rule.rule.key != key]
        if len(fewer) < len(left) and not possible(fewer):
            left = fewer
    return left


def smallest(rules: Rules, possible: Callable[[Rules], bool]) -> list[Primitive]:
    """Return impossible rules of which every one is needed (a deletion filter in halves)."""

    def needed(kept: list[Primitive], doubtful: list[Primitive], *, fresh: bool) -> list[Primitive]:
        # kept and doubtful are impossible together; fresh: kept has grown since it was tried
        if fresh and not possible(kept):
            return []
        if len(doubtful) == 1:
            return doubtful
        first, second = doubtful[: len(doubtful) // 2], doubtful[len(doubtful) // 2 :]
        later = needed([*kept, *first], second, fresh=True)
        return needed([*kept, *later], first, fresh=bool(later)) + later

    found = needed([], list(rules), fresh=True)
    return [rule for rule in rules if any(rule is item for item in found)]


def _given_way(
    problem: RosterProblem, agent: AgentProblem, rules: Rules, key: str
) -> list[Violation]:
    """Return how the rules of a key are broken least while all others are kept."""
    own = [rule for rule in rules if rule.rule.key == key]
    others = [rule for rule in rules if rule.rule.key != key]
    weeks = some_weeks(problem, agent, [*others, *(softened(rule, 1) for rule in own)], 1, 1)
    if not weeks:
        # two rules of one key against each other: their own words, without an amount
        return [Violation(agent.key, rule.rule, (), 1, hard=True) for rule in own[:1]]
    return [
        Violation(agent.key, rule.rule, days, amount, hard=True)
        for rule in own
        for days, amount, _ in breaches(problem, rule, weeks[0][0])
    ]
