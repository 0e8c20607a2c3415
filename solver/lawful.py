"""Who has a lawful week at all: every graph is walked once, masks beside it."""

from __future__ import annotations

from collections.abc import Sequence

from solver.legal import LegalWeeks
from solver.paths import can_work
from solver.staff import with_weeks
from solver.state import Search, new_search
from solver.tables import Graphs, Staff, make_tables
from wfm.model.problem import RosterProblem


def unable(problem: RosterProblem, legal: Sequence[LegalWeeks]) -> list[int]:
    """Return the agents (by place) for whom no week keeps all hard rules, caps aside."""
    tables = make_tables(problem, [item.primitives for item in legal])
    staff, graphs = with_weeks(
        problem, tables.staff, tables.scale.units, [item.search for item in legal]
    )
    spare = new_search(tables.grid, tables.geometry, staff, graphs, 1)
    return unable_among(problem, staff, graphs, spare)


def unable_among(problem: RosterProblem, staff: Staff, graphs: Graphs, spare: Search) -> list[int]:
    """As :func:`unable`, for arrays that exist; ``spare`` is scratch space."""
    days = problem.horizon.days
    return [
        place
        for place in range(len(problem.agents))
        if not can_work(staff, graphs, spare, place, days)
    ]
