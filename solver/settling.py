"""The end of a run: CP-SAT places many duties of a day at once, day after day."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from ortools.sat.python import cp_model

from solver.compile import Ints
from solver.neighbourhoods import Cell, DayModel, Duty, alternatives, draw_cells
from solver.stages import Course
from solver.tables import Staff, Tables
from wfm.messages import message

ROUND_S = 3.0
"""Seconds for one neighbourhood."""
ROUND_WORK = 0.2
"""Units of CP-SAT's deterministic time for one, where moves are counted and not timed."""

Changes = Mapping[Cell, Duty]


def settle(
    course: Course,
    tables: Tables,
    staff: Staff,
    seed: int,
    adopt: Callable[[Changes], None],
) -> None:
    """Improve the best roster of the course until its time is over (or once per day)."""
    course.stage = message("Settling each day’s shifts and breaks")
    dice = np.random.default_rng([seed, 11])
    counted = bool(course.settings.iterations)
    rounds = tables.problem.horizon.days
    while rounds > 0 if counted else course.left > 0:
        course.check()
        rounds -= 1
        with course.lock:
            assert course.roster is not None
            choice, placing = course.roster
        cells = draw_cells(tables, staff, choice, dice)
        if not cells:
            return
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = seed
        if counted:
            solver.parameters.max_deterministic_time = ROUND_WORK
        limit = 600.0 if counted else min(ROUND_S, max(course.left, 0.01))
        with course.enders(solver.stop_search):
            changes = DayModel(tables, choice, placing, cells).solve(solver, limit)
        if changes:
            adopt(changes)


def put_in(tables: Tables, staff: Staff, changes: Changes, choice: Ints, placing: Ints) -> None:
    """Write changes into a roster, where its duty is still one of the same class."""
    for cell, (option, placed) in changes.items():
        if option in alternatives(tables, staff, cell, int(choice[cell])):
            choice[cell] = option
            placing[cell] = placed
