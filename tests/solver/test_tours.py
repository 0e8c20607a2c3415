"""Weeks remembered from the ascent of the bound, rosters drawn from them, and what prices say."""

from __future__ import annotations

import numpy as np
import pytest

from solver.bound import Ascent
from solver.breaks import duties_of
from solver.insertion import insert, recount
from solver.legal import WeekBook
from solver.moves import build
from solver.staff import with_weeks
from solver.state import Search, new_search
from solver.tables import Graphs, Staff, Tables, make_tables
from solver.tours import MOST, TourBook
from tests.benchmarks.centres import centre
from wfm.model.problem import RosterProblem


class Parts:
    """A small centre with its tables and an ascent that has gone some way."""

    def __init__(self, problem: RosterProblem, steps: int = 200) -> None:
        self.problem = problem
        legal = WeekBook(problem).all()
        self.tables: Tables = make_tables(problem, [item.primitives for item in legal])
        self.staff: Staff
        self.graphs: Graphs
        self.staff, self.graphs = with_weeks(
            problem, self.tables.staff, self.tables.scale.units, [item.search for item in legal]
        )
        self.ascent = Ascent(self.tables, [item.bound for item in legal])
        self.ascent.climb(steps, 0.1)

    def blank(self, seed: int = 1) -> Search:
        return new_search(self.tables.grid, self.tables.geometry, self.staff, self.graphs, seed)


@pytest.fixture(scope="module")
def parts() -> Parts:
    return Parts(centre(60, supervisors=True))


def test_a_drawn_roster_holds_one_remembered_week_of_everybody(parts: Parts) -> None:
    book = TourBook(parts.tables, parts.ascent)
    seen: list[list[tuple[int, ...]]] = []
    for _ in range(10):
        parts.ascent.climb(5, 0.1)
        book.keep()
        seen.append([tuple(week) for week in parts.ascent.search.choice.tolist()])
    tours = book.tours()
    assert tours is not None
    drawn = []
    for seed in (1, 2, 2):
        search = parts.blank()
        tours.draw(search, seed)
        drawn.append(search.choice.copy())
        for agent, week in enumerate(search.choice.tolist()):
            assert tuple(week) in {weeks[agent] for weeks in seen}
    assert (drawn[1] == drawn[2]).all()
    assert (drawn[0] != drawn[1]).any()


def test_drawn_breaks_are_the_lawful_ones_nearest_to_those_remembered(parts: Parts) -> None:
    book = TourBook(parts.tables, parts.ascent)
    book.keep()
    tours = book.tours()
    assert tours is not None
    search = parts.blank()
    tours.draw(search, 1)
    duties = duties_of(parts.problem, parts.tables.placings, search.choice, search.placing)
    slot = parts.problem.horizon.slot_minutes
    assert duties
    for duty in duties:
        option = next(
            item
            for item in parts.problem.options
            if (item.start, item.end) == (duty.start, duty.end) and item.kind == duty.kind
        )
        starts = sorted(item.start for item in duty.breaks)
        windows = sorted((rule.earliest, rule.latest) for rule in option.breaks)
        assert len(starts) == len(windows)
        for start, (earliest, latest) in zip(starts, windows, strict=True):
            assert earliest <= start - option.start <= latest
            assert start % slot == 0
    # each break of these centres has a window of its own, so nothing had to move
    alone = parts.ascent.search.placing
    same = search.choice >= 0
    assert (search.placing[same] == alone[same][:, : search.placing.shape[2]]).all()


def test_remembered_weeks_stay_few_and_evenly_spread(parts: Parts) -> None:
    book = TourBook(parts.tables, parts.ascent)
    for number in range(5 * MOST):
        parts.ascent.search.choice[:] = number
        book.keep()
    tours = book.tours()
    assert tours is not None
    steps = tours.choice[:, 0, 0].tolist()
    assert MOST // 2 <= len(steps) <= MOST
    assert len(set(np.diff(steps).tolist())) == 1
    assert steps[0] == 0
    assert steps[-1] >= 5 * MOST - steps[1]


def test_nothing_remembered_is_nothing_to_draw_from(parts: Parts) -> None:
    assert TourBook(parts.tables, parts.ascent).tours() is None


def test_the_guide_is_the_dearest_demand_served_and_the_supervisors_missing(parts: Parts) -> None:
    values, spans = parts.ascent.guide()
    prices = parts.ascent.prices
    per_slot = int(parts.tables.grid.sizes[2])
    rules = parts.problem.centre_rules
    for agent, person in enumerate(parts.problem.agents):
        kind = int(parts.staff.value_class[agent])
        served = [
            prices.best_price[place]
            for place, demand in enumerate(parts.problem.demands)
            if demand.skill in person.skills
        ]
        worth = np.maximum(np.max(served, axis=0), -parts.problem.over_cost)
        expected = worth * float(parts.staff.weight[agent]) * per_slot
        unit = float(parts.staff.heads.unit[0]) * per_slot
        if agent in rules[0].agents:  # type: ignore[union-attr]
            expected = expected + prices.best_quote[0] * unit
        assert values[kind] == pytest.approx(expected)
        assert spans[kind] == pytest.approx(prices.best_quote[1] * unit)


def worth(parts: Parts, agent: int, week: Search) -> float:
    """Return what an agent's week is worth at the best prices, less what the agent minds."""
    grid, staff = parts.tables.grid, parts.staff
    alone = parts.blank()
    alone.choice[agent], alone.placing[agent] = week.choice[agent], week.placing[agent]
    recount(grid, parts.tables.geometry, staff, alone)
    row = parts.ascent.guide()[0][staff.value_class[agent]]
    served = float(row @ alone.ledger[:, 0]) / (int(staff.weight[agent]) * int(grid.sizes[2]))
    chosen = alone.choice[agent].tolist()
    return served - sum(
        float(staff.mask[agent, day, option + 1]) for day, option in enumerate(chosen)
    )


def put_back(parts: Parts, agent: int, lean: float) -> Search:
    """Take one agent out of a full roster and put the best week back."""
    grid, geometry = parts.tables.grid, parts.tables.geometry
    staff, graphs = parts.staff, parts.graphs
    search = parts.blank()
    build(grid, geometry, staff, graphs, search, np.arange(len(parts.problem.agents)), 0.0)
    days = np.ones(parts.problem.horizon.days, dtype=np.int64)
    search.choice[agent] = -1
    recount(grid, geometry, staff, search)
    search.guide[:], search.span_guide[:] = parts.ascent.guide()
    search.lean[0] = lean
    assert insert(grid, geometry, staff, graphs, search, agent, days, 0.0)
    return search


def test_who_leans_all_the_way_on_the_prices_gets_the_week_that_the_proof_would_choose() -> None:
    parts = Parts(centre(30))
    parts.ascent.prices.price[:] = parts.ascent.prices.best_price
    parts.ascent.climb(1, 0.0)
    better = 0
    for agent in (3, 12, 17, 28):
        leaning = worth(parts, agent, put_back(parts, agent, 1.0))
        straight = worth(parts, agent, put_back(parts, agent, 0.0))
        assert leaning == pytest.approx(worth(parts, agent, parts.ascent.search))
        assert straight <= leaning + 1e-6
        better += straight < leaning - 1e-6
    assert better
