"""A compiled problem as flat arrays, for the kernels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from solver.compile import (
    CoverageTable,
    Ints,
    Placing,
    Scale,
    coverage_table,
    placings,
    scale_of,
    skill_bits,
)
from wfm.model.problem import Option, RosterProblem
from wfm.model.rule import Primitive
from wfm.model.time import DAY_MINUTES

Floats = NDArray[np.float64]


class Geometry(NamedTuple):
    """Options in cells of their day: span, and the joint placings of their breaks.

    Option ``o`` has break groups ``group_start[o] … group_start[o + 1]``; a group has placings
    from ``placing_start`` on, a placing breaks from ``break_start`` on.
    """

    start: Ints
    end: Ints
    group_start: Ints
    placing_start: Ints
    break_start: Ints
    break_from: Ints
    break_to: Ints


class Grid(NamedTuple):
    """Demand and grid: see :class:`solver.compile.CoverageTable` for the first arrays."""

    wanted: Ints
    demand_of: Ints
    cost_of: Ints
    set_start: Ints
    of_demand: Ints
    base: Ints
    sizes: Ints
    """days, slots, cells per slot, cells per day, over cost, sets, most cells of an option, first
    push of a cap's multiplier."""
    reach: Ints
    """(profile, set): 1 where agents of the profile can serve a member of the set."""
    serves: Ints
    """(profile, demand): 1 where agents of the profile can serve the demand."""


class Heads(NamedTuple):
    """Staffing rules: ``low``, ``high`` (rule, slot) in units; ``price`` per unit.

    ``of_agent`` lists the rules of an agent from ``start[agent]`` on; ``spans`` is 1 for rules that
    count people on a break; ``of_class`` (value class, rule) is 1 for members; ``unit`` holds the
    units of one head in a cell.
    """

    low: Ints
    high: Ints
    price: Ints
    spans: Ints
    start: Ints
    of_agent: Ints
    of_class: Ints
    unit: Ints


class Pairs(NamedTuple):
    """Pairs: ``rule`` (pair, 5) is first, second, apart, overlap in cells, price × units."""

    rule: Ints
    start: Ints
    of_agent: Ints


class Kept(NamedTuple):
    """The roster before the run: ``shift`` (agent, day, 3) is start, end in cells, kind (-1: none).

    ``breaks`` (agent, day, break, 2) in cells (-1: none); ``kind`` that of each option; ``price``
    holds break and person cost × units, the most people that may be affected (-1: any), and 1
    where any of this counts.
    """

    shift: Ints
    breaks: Ints
    kind: Ints
    price: Ints


class Staff(NamedTuple):
    """Agents: profile (what they can serve), value class, weight per cell, options, prices.

    Agents of one value class are worth the same wherever they are: equal profile, weight and
    staffing rules.  ``mask`` (agent, day, option + 1) is the price of a choice, infinite where
    forbidden; column 0 is the day off.  ``option_class`` is aligned with ``options``.
    """

    profile: Ints
    value_class: Ints
    class_profile: Ints
    class_weight: Ints
    weight: Ints
    option_start: Ints
    options: Ints
    option_class: Ints
    first_cell: Ints
    last_cell: Ints
    mask: Floats
    heads: Heads
    pairs: Pairs
    kept: Kept


class Graphs(NamedTuple):
    """Week graphs in a row: edges of graph ``g`` on day ``d`` from ``edge_start[g, d]``.

    ``start`` is each agent's first node; ``dimensions`` counts the totals that a graph keeps beside
    its nodes, ``step`` (edge, 3) what an edge adds to them; ``size`` (agent, 3) and ``limits``
    (agent, 3, 6) bound and price them (:func:`solver.paths.total_cost`).  ``cap_weight``
    (cap, option) and ``cap_high`` are caps, those of an agent from ``cap_start[agent]`` on.
    """

    of_agent: Ints
    start: Ints
    edge_start: Ints
    source: Ints
    target: Ints
    kind: Ints
    cost: Floats
    step: Ints
    nodes: Ints
    dimensions: Ints
    size: Ints
    limits: Ints
    cap_start: Ints
    cap_high: Ints
    cap_weight: Ints
    most: Ints
    """Most nodes in a layer, most classes, most values in a layer of a graph with counts."""


@dataclass(frozen=True, slots=True)
class Tables:
    """All arrays of a problem; ``graphs`` may be exchanged without compiling the rest anew."""

    problem: RosterProblem
    scale: Scale
    coverage: CoverageTable
    grid: Grid
    geometry: Geometry
    relaxed_geometry: Geometry
    staff: Staff
    placings: tuple[tuple[tuple[Placing, ...], ...], ...]


def make_tables(
    problem: RosterProblem,
    primitives: Sequence[Sequence[Primitive]],
    on_progress: Callable[[], None] = lambda: None,
) -> Tables:
    """Compile a problem; ``primitives`` are those that count for each agent (softened or not)."""
    from solver.staff import make_staff

    scale = scale_of(problem)
    on_progress()
    coverage = coverage_table(problem, scale)
    slot = problem.horizon.slot_minutes
    exact = [placings(option, slot) for option in problem.options]
    relaxed = [placings(option, slot, relaxed=True) for option in problem.options]
    profiles = sorted({skill_bits(problem, agent.skills) for agent in problem.agents})
    return Tables(
        problem=problem,
        scale=scale,
        coverage=coverage,
        grid=_grid(problem, scale, coverage, profiles),
        geometry=_geometry(problem.options, exact, scale.cell),
        relaxed_geometry=_geometry(problem.options, relaxed, scale.cell),
        staff=make_staff(problem, scale, primitives, profiles),
        placings=tuple(tuple(tuple(group) for group in groups) for groups in exact),
    )


MIXABLE = 20_000
"""Agents × days × options up to which a mixture of weeks is there soon enough."""


def mixable(problem: RosterProblem) -> bool:
    """Tell whether rosters are looked for in mixtures of weeks.

    Where breaks give every shift many forms, the mixture takes longer than the search.
    """
    return (
        not problem.centre_rules
        and problem.stability is None
        and not any(option.breaks for option in problem.options)
        and len(problem.agents) * problem.horizon.days * len(problem.options) <= MIXABLE
    )


def choices(tables: Tables) -> int:
    """Return how many choices of options and breaks one model of the whole problem would have."""
    places = [1 + sum(len(group) for group in groups) for groups in tables.placings]
    days = tables.problem.horizon.days
    return days * sum(
        sum(places[option] for option in agent.options) for agent in tables.problem.agents
    )


def _grid(
    problem: RosterProblem, scale: Scale, coverage: CoverageTable, profiles: Sequence[int]
) -> Grid:
    horizon = problem.horizon
    per_slot = horizon.slot_minutes // scale.cell
    per_day = DAY_MINUTES // scale.cell
    longest = max((option.end for option in problem.options), default=0) // scale.cell
    sets = coverage.sets
    sizes = [
        horizon.days, horizon.slots, per_slot, per_day, problem.over_cost, len(sets), longest,
        max(1, scale.units // 4),
    ]  # fmt: skip
    demands = len(problem.demands)
    return Grid(
        coverage.wanted,
        coverage.demand_of,
        coverage.cost_of,
        coverage.set_start,
        coverage.of_demand,
        coverage.base,
        np.array(sizes, dtype=np.int64),
        _table(len(profiles), len(sets), lambda row, col: int(profiles[row] & sets[col] != 0)),
        _table(len(profiles), demands, lambda row, col: profiles[row] >> col & 1),
    )


def _table(rows: int, columns: int, value: Callable[[int, int], int]) -> Ints:
    cells = [[value(row, column) for column in range(columns)] for row in range(rows)]
    return np.array(cells, dtype=np.int64).reshape(rows, columns)


def _starts(lengths: Sequence[int]) -> Ints:
    return np.array([0, *accumulate(lengths)], dtype=np.int64)


def _geometry(
    options: Sequence[Option], groups: Sequence[Sequence[Sequence[Placing]]], cell: int
) -> Geometry:
    flat_groups = [group for item in groups for group in item]
    flat_placings = [placing for group in flat_groups for placing in group]
    breaks = [item for placing in flat_placings for item in placing]
    return Geometry(
        np.array([option.start // cell for option in options], dtype=np.int64),
        np.array([option.end // cell for option in options], dtype=np.int64),
        _starts([len(item) for item in groups]),
        _starts([len(item) for item in flat_groups]),
        _starts([len(item) for item in flat_placings]),
        np.array([start // cell for start, _ in breaks], dtype=np.int64),
        np.array([end // cell for _, end in breaks], dtype=np.int64),
    )
