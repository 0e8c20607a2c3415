"""A week read a second time is the same value, and never an old one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.services.small_centre import HORIZON, PEOPLE, TUESDAY, small_centre, write
from wfm.model.people import Agent, Contract, Leave, Wish
from wfm.model.problem import AgentProblem, RosterProblem
from wfm.model.site import Site
from wfm.persistence import Store
from wfm.rules import compile_agent, rule_set
from wfm.services import compiled
from wfm.services.centre import read_centre
from wfm.services.rostering import build_problem, rule_contexts
from wfm.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with small_centre(tmp_path) as made:
        yield made


def problem_of(workspace: Workspace) -> RosterProblem:
    return workspace.rosters.build_problem(HORIZON)


def unremembered(workspace: Workspace) -> tuple[AgentProblem, ...]:
    """Compile everybody without anything that was known before."""
    with workspace._session.database.read() as store:
        centre, problem = read_centre(store, HORIZON), build_problem(store, HORIZON)
    rules = rule_set(centre.site.rule_set, centre.site.rules)
    context = rule_contexts(centre, problem.options, problem.measures, ())
    return tuple(
        replace(compile_agent(rules, context(agent)), past=made.past)
        for agent, made in zip(centre.agents, problem.agents, strict=True)
    )


def test_people_of_whom_nothing_was_changed_are_not_compiled_again(workspace: Workspace) -> None:
    first = problem_of(workspace)
    write(workspace, Leave(PEOPLE[0].key, TUESDAY))
    second = problem_of(workspace)
    same = {new.key for old, new in zip(first.agents, second.agents, strict=True) if old is new}
    assert same == {agent.key for agent in first.agents} - {PEOPLE[0].key}


def a_leave(_store: Store) -> object:
    return Leave(PEOPLE[1].key, TUESDAY)


def a_wish(_store: Store) -> object:
    return Wish(PEOPLE[1].key, TUESDAY)


def a_shorter_contract(store: Store) -> object:
    return replace(store.all(Contract)[0], week_minutes_max=600)


def another_skill(store: Store) -> object:
    return replace(store.all(Agent)[0], skills={"other": 1})


def another_limit(store: Store) -> object:
    site = store.all(Site)[0]
    return replace(site, rules={**site.rules, "consecutive_days": {"days": 4}})


CHANGES: list[Callable[[Store], object]] = [
    a_leave, a_wish, a_shorter_contract, another_skill, another_limit,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_the_problem_is_that_of_a_program_that_knows_nothing(
    workspace: Workspace, change: Callable[[Store], object]
) -> None:
    before = problem_of(workspace)
    with workspace._session.database.read() as store:
        made = change(store)
    write(workspace, made)
    after = problem_of(workspace)
    assert after.agents != before.agents
    assert after.agents == unremembered(workspace)


def test_what_is_remembered_has_an_end(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled, "MOST", 2)
    assert len(problem_of(workspace).agents) > 2
    problem_of(workspace)
    write(workspace, Leave(PEOPLE[0].key, TUESDAY))
    assert problem_of(workspace).agents == unremembered(workspace)
    assert len(compiled._known) <= 2
