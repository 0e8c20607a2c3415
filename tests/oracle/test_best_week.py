"""The best week of the second opinion against every week there is."""

from __future__ import annotations

import json
import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import repetitions
from tests.oracle import best_week
from tests.solver.tiny import DAYS, cost_of_week, primitives, problems
from wfm.model.codec import dump_document
from wfm.model.problem import AgentProblem, RosterProblem
from wfm.model.rule import OFF, Mask


def document_of(problem: RosterProblem) -> best_week.Json:
    return json.loads(dump_document(problem, "toban.problem/1"))


def best_by_trying(problem: RosterProblem, agent: AgentProblem, worth: np.ndarray) -> float:
    best = -math.inf
    for week in product((OFF, *agent.options), repeat=problem.horizon.days):
        hard, soft = cost_of_week(problem, agent, week)
        if not hard:
            columns = [0 if choice == OFF else agent.options.index(choice) + 1 for choice in week]
            best = max(best, worth[range(len(week)), columns].sum() - soft)
    return best


@settings(max_examples=repetitions(3_000, 200), deadline=None)
@given(
    problem=problems(),
    rules=st.lists(primitives.filter(lambda rule: not isinstance(rule, Mask)), max_size=4),
    seed=st.integers(0, 1_000),
)
def test_no_legal_week_is_worth_more_and_one_is_worth_as_much(problem, rules, seed) -> None:
    agent = AgentProblem("a", (), problem.agents[0].options, tuple(rules))
    document = document_of(RosterProblem(
        problem.horizon, problem.options, problem.measures, (), (agent,)
    ))  # fmt: skip
    worth = np.random.default_rng(seed).integers(-9, 20, (DAYS, len(agent.options) + 1)) * 1.0
    graph, exact = best_week.Graphs(document).graph(document["agents"][0])
    assert exact
    assert graph.best(worth[None])[0] == pytest.approx(best_by_trying(problem, agent, worth))
