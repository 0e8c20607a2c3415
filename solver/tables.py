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
from solver.weeks import WeekGraph
from wfm.model.problem import Option, RosterProblem
from wfm.model.rule import OFF, Mask, Primitive
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
    """days, slots, cells per slot, cells per day, over cost, sets, most cells of an option."""
    reach: Ints
    """(profile, set): 1 where agents of the profile can serve a member of the set."""
    serves: Ints
    """(profile, demand): 1 where agents of the profile can serve the demand."""


class Staff(NamedTuple):
    """Agents: profile (what they can serve), value class, weight per cell, options, prices.

    ``mask`` (agent, day, option + 1) is the price of a choice, infinite where forbidden; column 0
    is the day off.  ``option_class`` is aligned with ``options``.
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


class Graphs(NamedTuple):
    """Week graphs in a row: edges of graph ``g`` on day ``d`` from ``edge_start[g, d]``."""

    of_agent: Ints
    edge_start: Ints
    source: Ints
    target: Ints
    kind: Ints
    cost: Floats
    nodes: Ints
    most: Ints
    """Most nodes in a layer, most classes."""


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
        staff=_staff(problem, scale, primitives, profiles),
        placings=tuple(tuple(tuple(group) for group in groups) for groups in exact),
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


def _staff(
    problem: RosterProblem,
    scale: Scale,
    primitives: Sequence[Sequence[Primitive]],
    profiles: Sequence[int],
) -> Staff:
    agents, options = problem.agents, problem.options
    profile = [profiles.index(skill_bits(problem, agent.skills)) for agent in agents]
    weight = [scale.weight(agent.speed_percent) for agent in agents]
    classes = sorted(set(zip(profile, weight, strict=True)))
    spans = [
        [(options[o].start // scale.cell, options[o].end // scale.cell) for o in agent.options]
        for agent in agents
    ]
    mask = np.full((len(agents), problem.horizon.days, len(options) + 1), np.inf)
    for place, (agent, rules) in enumerate(zip(agents, primitives, strict=True)):
        mask[place][:, [option + 1 for option in (OFF, *agent.options)]] = 0.0
        for rule in rules:
            if isinstance(rule, Mask):
                price = np.inf if rule.price is None else float(rule.price * scale.units)
                mask[place, rule.day, [option + 1 for option in set(rule.options)]] += price
    return Staff(
        profile=np.array(profile, dtype=np.int64),
        value_class=np.array(
            [classes.index(item) for item in zip(profile, weight, strict=True)], dtype=np.int64
        ),
        class_profile=np.array([item[0] for item in classes], dtype=np.int64),
        class_weight=np.array([item[1] for item in classes], dtype=np.int64),
        weight=np.array(weight, dtype=np.int64),
        option_start=_starts([len(agent.options) for agent in agents]),
        options=np.array([o for agent in agents for o in agent.options], dtype=np.int64),
        option_class=np.zeros(0, dtype=np.int64),
        first_cell=np.array(
            [min((s for s, _ in item), default=0) for item in spans], dtype=np.int64
        ),
        last_cell=np.array(
            [max((e for _, e in item), default=0) for item in spans], dtype=np.int64
        ),
        mask=mask,
    )


def with_graphs(tables: Tables, graphs: Sequence[WeekGraph]) -> tuple[Staff, Graphs]:
    """Return the staff with their options' classes, and the graphs as arrays."""
    unique = list({id(graph): graph for graph in graphs}.values())
    number = {id(graph): place for place, graph in enumerate(unique)}
    days = tables.problem.horizon.days
    edges = [edge for graph in unique for layer in graph.layers for edge in layer]
    starts = _starts([len(layer) for graph in unique for layer in graph.layers])
    columns = np.array(edges, dtype=np.int64).reshape(len(edges), 4)
    shifted = [starts[place * days : (place + 1) * days + 1] for place in range(len(unique))]
    option_class = [
        graph.class_of[option]
        for agent, graph in zip(tables.problem.agents, graphs, strict=True)
        for option in agent.options
    ]
    most = [
        max((max(graph.nodes) for graph in unique), default=1),
        max((graph.classes for graph in unique), default=1),
    ]
    return (
        tables.staff._replace(option_class=np.array(option_class, dtype=np.int64)),
        Graphs(
            of_agent=np.array([number[id(graph)] for graph in graphs], dtype=np.int64),
            edge_start=np.array(shifted, dtype=np.int64).reshape(len(unique), days + 1),
            source=columns[:, 0].copy(),
            target=columns[:, 1].copy(),
            kind=columns[:, 2].copy(),
            cost=columns[:, 3].astype(np.float64) * tables.scale.units,
            nodes=np.array([graph.nodes for graph in unique], dtype=np.int64).reshape(
                len(unique), days + 1
            ),
            most=np.array(most, dtype=np.int64),
        ),
    )
