"""The proven bound and the compiled search against every possible roster of tiny problems."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from solver.bound import Ascent
from solver.breaks import duties_of
from solver.evaluate import Evaluator
from solver.legal import WeekBook
from solver.moves import build, improve, note_best
from solver.search import MIX
from solver.staff import with_weeks
from solver.state import new_search
from solver.tables import make_tables
from tests.conftest import repetitions
from tests.solver.tiny import optimum, problems
from wfm.model.problem import RosterProblem


@pytest.mark.slow
@settings(
    max_examples=repetitions(2_000, 40),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # each example is costly to judge
)
@given(problem=problems(), edge_limit=st.sampled_from([1, 30, 300_000]))
def test_the_bound_is_below_and_the_search_above_the_optimum(
    problem: RosterProblem, edge_limit: int
) -> None:
    best, least = optimum(problem)
    assume(not any(least))
    legal = WeekBook(problem, edge_limit=edge_limit).all()
    tables = make_tables(problem, [item.primitives for item in legal])

    ascent = Ascent(tables, [item.bound for item in legal])
    for rate in (0.5, 0.1, 0.02):
        ascent.climb(60, rate)
    staff, graphs = with_weeks(
        problem, tables.staff, tables.scale.units, [item.search for item in legal]
    )
    search = new_search(tables.grid, tables.geometry, staff, graphs, 1)
    order = np.arange(len(problem.agents))
    build(tables.grid, tables.geometry, staff, graphs, search, order, 0.0)
    note_best(search)
    heat = 2.0 * tables.scale.units
    improve(tables.grid, tables.geometry, staff, graphs, search, MIX, 300, heat, 0.01, 1.0)

    found = search.totals[1] / tables.scale.units
    assert ascent.bound <= best + 1e-9
    assert best <= found + 1e-9
    duties = duties_of(problem, tables.placings, search.best_choice, search.best_placing)
    judged = Evaluator(problem).evaluate(search.best_choice.tolist(), duties)
    assert judged.objective == pytest.approx(found)
    assert not judged.hard
