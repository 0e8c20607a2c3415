"""An agent without a legal week: the rules named cannot all be kept, and each one is needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.conflicts import conflict
from solver.evaluate import own_primitives
from tests.solver.example import example_problem
from tests.solver.instances import call_centre
from tests.solver.tiny import DAYS, breaches, primitives, problems
from wfm.errors import WfmError
from wfm.model.problem import AgentProblem, RosterProblem
from wfm.model.rule import OFF, Counter, Mask, Primitive, RuleRef


def weeks(
    problem: RosterProblem, agent: AgentProblem, rules: Sequence[Primitive]
) -> list[tuple[int, ...]]:
    """Return every week that keeps hard rules, by trying all."""
    choices = product((OFF, *agent.options), repeat=problem.horizon.days)
    return [week for week in choices if not any(breaches(problem, rule, week) for rule in rules)]


@given(problems(), st.lists(primitives, max_size=6), st.data())
def test_a_conflict_names_rules_of_which_every_one_is_needed(
    problem: RosterProblem, more: list[Primitive], data: st.DataObject
) -> None:
    agent = problem.agents[0]
    keys = data.draw(st.lists(st.sampled_from("abcd"), min_size=12, max_size=12))
    rules = tuple(
        replace(rule, rule=RuleRef(keys[place % 12]), price=None if place % 3 else rule.price)
        for place, rule in enumerate((*agent.primitives, *more))
    )
    agent = replace(agent, primitives=rules)
    problem = replace(problem, agents=(agent, *problem.agents[1:]))
    hard = [rule for rule in own_primitives(problem, agent) if rule.price is None]
    found = conflict(problem, agent.key)
    if weeks(problem, agent, hard):
        assert found == ()
        return
    named = {item.rule.key for item in found}
    assert named
    inside = [rule for rule in hard if rule.rule.key in named]
    assert not weeks(problem, agent, inside)
    for key in named:
        assert weeks(problem, agent, [rule for rule in inside if rule.rule.key != key])
    assert all(item.hard and item.agent == agent.key for item in found)
    assert all(0 <= day < DAYS for item in found for day in item.days)


def with_rules(*rules: Primitive) -> RosterProblem:
    base = example_problem()
    abe = replace(base.agents[0], primitives=(*base.agents[0].primitives, *rules))
    return replace(base, agents=(abe, *base.agents[1:]))


def test_each_rule_of_a_conflict_tells_by_how_much_it_would_have_to_give_way() -> None:
    least = Counter(RuleRef("least", "company"), (0, 1, 2, 3), "duties", low=3)
    leave = [Mask(RuleRef("leave", "illegal"), day, (0, 1)) for day in (0, 1)]
    found = {item.rule.key: item for item in conflict(with_rules(least, *leave), "abe")}
    assert set(found) == {"least", "leave"}
    # two days are left for three duties: one too few, or work on one day of leave
    assert (found["least"].amount, found["least"].days) == (-1, (0, 1, 2, 3))
    assert (found["leave"].amount, len(found["leave"].days)) == (1, 1)


def test_only_the_days_that_matter_are_named() -> None:
    hours = [Mask(RuleRef("availability"), day, (0, 1)) for day in range(4)]
    lock = Mask(RuleRef("lock"), 2, (OFF, 1))
    found = {item.rule.key: item.days for item in conflict(with_rules(*hours, lock), "abe")}
    assert found == {"availability": (2,), "lock": (2,)}


def test_priced_rules_are_no_part_of_a_conflict() -> None:
    wish = Mask(RuleRef("wish", "wish"), 0, (OFF, 0, 1), price=3)
    assert conflict(with_rules(wish), "abe") == ()


def test_who_has_a_legal_week_has_no_conflict() -> None:
    problem = call_centre(20)
    assert [agent.key for agent in problem.agents if conflict(problem, agent.key)] == []


def test_a_stranger_is_a_sentence() -> None:
    with pytest.raises(WfmError, match="nobody is not among"):
        conflict(example_problem(), "nobody")
