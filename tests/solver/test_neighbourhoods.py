"""CP-SAT neighbourhoods of a day keep the law, never harm, and mend a bad roster."""

from __future__ import annotations

import time

import numpy as np
import pytest
from ortools.sat.python import cp_model

from solver import SolveSettings
from solver.breaks import duties_of
from solver.compile import Ints
from solver.evaluate import Evaluation, Evaluator
from solver.neighbourhoods import DayModel, alternatives, draw_cells
from solver.search import Optimiser
from solver.settling import put_in, settle
from solver.stages import Course
from tests.solver.instances import call_centre


def greedy(agents: int) -> Optimiser:
    """Return an optimiser with its first roster."""
    settings = SolveSettings(time_limit_s=60, workers=1, iterations=1)
    optimiser = Optimiser(call_centre(agents), Course(settings, time.monotonic()))
    optimiser.prepare()
    return optimiser


def one_worker() -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    return solver


def judged(optimiser: Optimiser, choice: Ints, placing: Ints) -> Evaluation:
    duties = duties_of(optimiser.problem, optimiser.tables.placings, choice, placing)
    return Evaluator(optimiser.problem).evaluate(choice.tolist(), duties)


@pytest.mark.slow
def test_a_day_model_keeps_the_law_and_knows_what_it_saves() -> None:
    optimiser = greedy(8)
    tables, staff = optimiser.tables, optimiser.staff
    assert optimiser.course.roster is not None
    choice, placing = optimiser.course.roster
    dice = np.random.default_rng(3)
    saved = 0.0
    for _ in range(4):
        cells = draw_cells(tables, staff, choice, dice, 400)
        after, placed = choice.copy(), placing.copy()
        changes = DayModel(tables, choice, placing, cells).solve(one_worker(), 20.0)
        put_in(tables, staff, changes, after, placed)
        before, found = judged(optimiser, choice, placing), judged(optimiser, after, placed)
        assert not found.hard
        assert bool(changes) == (found.objective < before.objective)
        # what has been proven best stays: a change must save something
        assert DayModel(tables, after, placed, cells).solve(one_worker(), 20.0) == {}
        saved += before.objective - found.objective
        choice, placing = after, placed
    assert saved > 0


@pytest.mark.slow
def test_settling_mends_a_greedy_roster(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("solver.settling.ROUND_WORK", 0.1)
    optimiser = greedy(8)
    course = optimiser.course
    assert course.roster is not None
    first = judged(optimiser, *course.roster)

    settle(course, optimiser.tables, optimiser.staff, 1, optimiser._adopt)

    last = judged(optimiser, *course.roster)
    assert last.objective < first.objective
    assert last.objective == pytest.approx(course.total / optimiser.tables.scale.units)
    assert not last.hard


def test_only_options_of_the_same_class_take_each_others_place() -> None:
    optimiser = greedy(10)
    tables, staff = optimiser.tables, optimiser.staff
    for agent, person in enumerate(optimiser.problem.agents):
        for option in person.options:
            for other in alternatives(tables, staff, (agent, 2), option):
                measures = optimiser.problem.measures
                assert measures["worked_minutes"][other] == measures["worked_minutes"][option]
                assert np.isfinite(tables.staff.mask[agent, 2, other + 1])
    assert alternatives(tables, staff, (0, 0), -1) == []


def test_a_roster_without_duties_offers_nothing() -> None:
    optimiser = greedy(10)
    nobody = np.full((10, 7), -1)
    dice = np.random.default_rng(1)
    assert draw_cells(optimiser.tables, optimiser.staff, nobody, dice) == {}
