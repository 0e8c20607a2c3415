"""Compiles the kernels ahead of the first run, into numba's cache on disk."""

from __future__ import annotations

from datetime import date

import numpy as np

from wfm.model.activity import BreakRule
from wfm.model.problem import AgentProblem, Demand, Option, RosterProblem
from wfm.model.time import Horizon


def warm_up() -> None:
    """Run every kernel once; takes twenty seconds where nothing is cached, else one."""
    from solver.bound import Ascent
    from solver.insertion import note_keepable
    from solver.legal import WeekBook
    from solver.moves import build, improve, note_best
    from solver.pricing import best_weeks, clear
    from solver.staff import with_weeks
    from solver.state import new_search
    from solver.tables import make_tables
    from solver.tours import TourBook

    problem = sample_problem()
    legal = WeekBook(problem).all()
    tables = make_tables(problem, [item.primitives for item in legal])
    staff, graphs = with_weeks(
        problem, tables.staff, tables.scale.units, [item.search for item in legal]
    )
    grid, geometry = tables.grid, tables.geometry
    search = new_search(grid, geometry, staff, graphs, 1)
    build(grid, geometry, staff, graphs, search, np.arange(2), 0.0)
    note_best(search)
    mix = np.array([0.3, 0.5, 0.6, 0.5, 2.0])
    improve(grid, geometry, staff, graphs, search, mix, 10, 1.0, 1.0, 1.0)
    ascent = Ascent(tables, [item.bound for item in legal])
    ascent.climb(2, 0.1)
    ascent.guide()
    book = TourBook(tables, ascent)
    book.keep()
    tours = book.tours()
    if tours is not None:
        tours.draw(new_search(grid, geometry, staff, graphs, 1), 1)
    note_keepable(grid, geometry, staff, graphs, search)
    everybody = np.arange(2)
    best_weeks(grid, geometry, staff, graphs, search, everybody, everybody.copy())
    clear(grid, geometry, staff, search)


def sample_problem() -> RosterProblem:
    """Return a problem of one day and two people, too much work for them."""
    horizon = Horizon(date(2026, 11, 30), 1, 60)
    required = np.zeros(horizon.slots)
    required[9:17] = 5
    return RosterProblem(
        horizon=horizon,
        options=tuple(
            Option(f"{start}", start * 60, start * 60 + 480, (BreakRule(60, 180, 300),))
            for start in range(7, 13)
        ),
        measures={
            "duties": (1,) * 6,
            "worked_minutes": (420,) * 6,
            "night_minutes": (0,) * 6,
            "start": tuple(start * 60 for start in range(7, 13)),
        },
        demands=(Demand("phone", required),),
        agents=tuple(AgentProblem(key, ("phone",), tuple(range(6))) for key in "ab"),
    )


if __name__ == "__main__":
    warm_up()
