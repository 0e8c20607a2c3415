"""Agents as flat arrays: what they can serve, prices, ties to others, graphs of their weeks."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate

import numpy as np

from solver.compile import HEAD, Ints, Scale, hundredths, skill_bits
from solver.legal import Weeks
from solver.tables import Floats, Graphs, Heads, Kept, Pairs, Staff
from solver.weeks import WeekGraph
from wfm.model.centre_rule import Pair, Presence
from wfm.model.problem import RosterProblem, Stability
from wfm.model.roster import Duty
from wfm.model.rule import OFF, Counter, Mask, Primitive

HUGE = 2**40
"""Stands for "no limit" where a number is needed."""


def starts_of(lengths: Iterable[int]) -> Ints:
    """Return where each of some runs of these lengths begins, and the end."""
    return np.array([0, *accumulate(lengths)], dtype=np.int64)


def make_staff(
    problem: RosterProblem,
    scale: Scale,
    primitives: Sequence[Sequence[Primitive]],
    profiles: Sequence[int],
) -> Staff:
    """Return the agents of a problem; ``primitives`` hold the masks that count for each."""
    agents, options = problem.agents, problem.options
    profile = [profiles.index(skill_bits(problem, agent.skills)) for agent in agents]
    weight = [scale.weight(agent.speed_percent) for agent in agents]
    rules = [rule for rule in problem.centre_rules if isinstance(rule, Presence)]
    member: list[list[int]] = [[] for _ in agents]
    for place, rule in enumerate(rules):
        for agent in sorted(set(rule.agents)):
            member[agent].append(place)
    kinds = list(zip(profile, weight, map(tuple, member), strict=True))
    classes = {kind: place for place, kind in enumerate(sorted(set(kinds)))}
    spans = [
        [(options[o].start // scale.cell, options[o].end // scale.cell) for o in agent.options]
        for agent in agents
    ]
    return Staff(
        profile=np.array(profile, dtype=np.int64),
        value_class=np.array([classes[kind] for kind in kinds], dtype=np.int64),
        class_profile=np.array([kind[0] for kind in classes], dtype=np.int64),
        class_weight=np.array([kind[1] for kind in classes], dtype=np.int64),
        weight=np.array(weight, dtype=np.int64),
        option_start=starts_of(len(agent.options) for agent in agents),
        options=np.array([o for agent in agents for o in agent.options], dtype=np.int64),
        option_class=np.zeros(0, dtype=np.int64),
        first_cell=np.array(
            [min((s for s, _ in item), default=0) for item in spans], dtype=np.int64
        ),
        last_cell=np.array(
            [max((e for _, e in item), default=0) for item in spans], dtype=np.int64
        ),
        mask=_masks(problem, scale, primitives),
        heads=_heads(problem, scale, rules, member, [kind[2] for kind in classes]),
        pairs=_pairs(problem, scale),
        kept=_kept(problem, scale),
    )


def _masks(
    problem: RosterProblem, scale: Scale, primitives: Sequence[Sequence[Primitive]]
) -> Floats:
    """Return the price of every choice: rules, and changes against the roster before the run."""
    agents = problem.agents
    mask = np.full((len(agents), problem.horizon.days, len(problem.options) + 1), np.inf)
    for place, (agent, rules) in enumerate(zip(agents, primitives, strict=True)):
        mask[place][:, [option + 1 for option in (OFF, *agent.options)]] = 0.0
        for rule in rules:
            if isinstance(rule, Mask):
                price = np.inf if rule.price is None else float(rule.price * scale.units)
                mask[place, rule.day, [option + 1 for option in set(rule.options)]] += price
    stability = problem.stability
    if stability is not None and stability.shift_cost:
        cost = float(stability.shift_cost * scale.units)
        shifts = SameShifts(problem)
        mask += cost
        for place, row in enumerate(_before(problem, stability)):
            for day in range(problem.horizon.days):
                mask[place, day, [option + 1 for option in shifts.of(row.get(day))]] -= cost
    return mask


class SameShifts:
    """Which choices keep a day as it was: ``OFF``, or all options of the same shift."""

    def __init__(self, problem: RosterProblem) -> None:
        self._options: dict[tuple[int, int, str], list[int]] = defaultdict(list)
        for number, option in enumerate(problem.options):
            self._options[option.start, option.end, option.kind].append(number)

    def of(self, duty: Duty | None) -> list[int]:
        """Return the choices that are a duty, or a day without one."""
        if duty is None:
            return [OFF]
        return self._options.get((duty.start, duty.end, duty.kind), [])


def _before(problem: RosterProblem, stability: Stability) -> list[dict[int, Duty]]:
    places = {agent.key: place for place, agent in enumerate(problem.agents)}
    rows: list[dict[int, Duty]] = [{} for _ in problem.agents]
    for duty in stability.duties:
        if duty.agent in places:
            rows[places[duty.agent]][problem.horizon.day_index(duty.day)] = duty
    return rows


def _heads(
    problem: RosterProblem,
    scale: Scale,
    rules: Sequence[Presence],
    member: Sequence[Sequence[int]],
    classes: Sequence[Sequence[int]],
) -> Heads:
    slots = problem.horizon.slots
    part = problem.horizon.slot_minutes
    low = np.zeros((len(rules), slots), dtype=np.int64)
    high = np.full((len(rules), slots), HUGE, dtype=np.int64)
    for place, rule in enumerate(rules):
        for row, limit in ((low, rule.low), (high, rule.high)):
            if limit is not None:
                row[place] = [hundredths(item) * part // scale.part for item in limit.tolist()]
    of_class = np.zeros((len(classes), max(len(rules), 1)), dtype=np.int64)
    for place, found in enumerate(classes):
        of_class[place, list(found)] = 1
    return Heads(
        low=low,
        high=high,
        price=np.array([rule.price for rule in rules], dtype=np.int64),
        spans=np.array([int(rule.breaks) for rule in rules], dtype=np.int64),
        start=starts_of(len(item) for item in member),
        of_agent=np.array([place for item in member for place in item], dtype=np.int64),
        of_class=of_class,
        unit=np.array([HEAD * scale.cell // scale.part], dtype=np.int64),
    )


def _pairs(problem: RosterProblem, scale: Scale) -> Pairs:
    rules = [rule for rule in problem.centre_rules if isinstance(rule, Pair)]
    rows = [
        (
            rule.first, rule.second, int(rule.apart), -(-rule.overlap // scale.cell),
            rule.price * scale.units,
        )
        for rule in rules
    ]  # fmt: skip
    own: list[list[int]] = [[] for _ in problem.agents]
    for place, rule in enumerate(rules):
        own[rule.first].append(place)
        own[rule.second].append(place)
    return Pairs(
        rule=np.array(rows, dtype=np.int64).reshape(len(rows), 5),
        start=starts_of(len(item) for item in own),
        of_agent=np.array([place for item in own for place in item], dtype=np.int64),
    )


def _kept(problem: RosterProblem, scale: Scale) -> Kept:
    stability = problem.stability or Stability()
    days, agents = problem.horizon.days, len(problem.agents)
    kinds = {kind: n for n, kind in enumerate(sorted({item.kind for item in problem.options}))}
    most = max([1, *(len(duty.breaks) for duty in stability.duties)])
    shift = np.full((agents, days, 3), -1, dtype=np.int64)
    breaks = np.full((agents, days, most, 2), -1, dtype=np.int64)
    for place, row in enumerate(_before(problem, stability)):
        for day, duty in row.items():
            kind = kinds.get(duty.kind, -1)
            shift[place, day] = (duty.start // scale.cell, duty.end // scale.cell, kind)
            for number, item in enumerate(duty.breaks):
                breaks[place, day, number] = (item.start // scale.cell, item.end // scale.cell)
    costs = (stability.break_cost * scale.units, stability.person_cost * scale.units)
    people = -1 if stability.people is None else stability.people
    active = int(any(costs) or people >= 0)
    return Kept(
        shift=shift,
        breaks=breaks,
        kind=np.array([kinds[item.kind] for item in problem.options], dtype=np.int64),
        price=np.array([*costs, people, active], dtype=np.int64),
    )


def with_weeks(
    problem: RosterProblem, staff: Staff, units: int, weeks: Sequence[Weeks]
) -> tuple[Staff, Graphs]:
    """Return the staff with their options' classes, and the graphs of their weeks as arrays."""
    unique = list({id(item.graph): item.graph for item in weeks}.values())
    number = {id(graph): place for place, graph in enumerate(unique)}
    days = problem.horizon.days
    layers = [layer for graph in unique for layer in graph.layers]
    edges = np.concatenate([*layers, np.zeros((0, 4), dtype=np.int64)])
    begin = starts_of(len(layer) for layer in layers)
    shifted = [begin[place * days : (place + 1) * days + 1] for place in range(len(unique))]
    option_class = [
        item.graph.class_of[option]
        for agent, item in zip(problem.agents, weeks, strict=True)
        for option in agent.options
    ]
    totals = [_totals(item, units) for item in weeks]
    size = np.array([item[0] for item in totals], dtype=np.int64).reshape(len(weeks), 3)
    cap_start, cap_high, cap_weight = _caps(problem, weeks)
    return (
        staff._replace(option_class=np.array(option_class, dtype=np.int64)),
        Graphs(
            of_agent=np.array([number[id(item.graph)] for item in weeks], dtype=np.int64),
            start=np.array([item.start for item in weeks], dtype=np.int64),
            edge_start=np.array(shifted, dtype=np.int64).reshape(len(unique), days + 1),
            source=edges[:, 0].copy(),
            target=edges[:, 1].copy(),
            kind=edges[:, 2].copy(),
            cost=edges[:, 3].astype(np.float64) * units,
            step=_steps(unique, len(edges)),
            nodes=np.array([graph.nodes for graph in unique], dtype=np.int64).reshape(
                len(unique), days + 1
            ),
            dimensions=np.array([len(graph.counts) for graph in unique], dtype=np.int64),
            size=size,
            limits=np.array([item[1] for item in totals], dtype=np.int64).reshape(-1, 3, 6),
            cap_start=cap_start,
            cap_high=cap_high,
            cap_weight=cap_weight,
            most=_most(unique, weeks, size),
        ),
    )


def _steps(graphs: Sequence[WeekGraph], edges: int) -> Ints:
    """Return what each edge of all graphs adds to the counts, shape (edges, 3)."""
    steps = np.zeros((edges, 3), dtype=np.int64)
    first = 0
    for graph in graphs:
        for layer in graph.steps:
            steps[first : first + len(layer), : layer.shape[1]] = layer
            first += len(layer)
    return steps


def _most(graphs: Sequence[WeekGraph], weeks: Sequence[Weeks], size: Ints) -> Ints:
    """Return the most nodes of a layer, the most classes, and the most values of a layer."""
    cells = [
        int(np.prod(row)) * max(item.graph.nodes)
        for row, item in zip(size, weeks, strict=True)
        if item.graph.counts
    ]
    nodes = max((max(graph.nodes) for graph in graphs), default=1)
    classes = max((graph.classes for graph in graphs), default=1)
    return np.array([nodes, classes, max(cells, default=0)], dtype=np.int64)


def _caps(problem: RosterProblem, weeks: Sequence[Weeks]) -> tuple[Ints, Ints, Ints]:
    """Return where each agent's caps begin, what they allow, and what each option uses of them."""
    caps = [[item.rules[place] for place in item.graph.caps] for item in weeks]
    counters = [rule for row in caps for rule in row if isinstance(rule, Counter)]
    high = [(rule.high or 0) - rule.constant for rule in counters]
    weight = [problem.measures[rule.measure] for rule in counters]
    return (
        starts_of(len(row) for row in caps),
        np.array(high, dtype=np.int64),
        np.array(weight, dtype=np.int64).reshape(len(counters), len(problem.options)),
    )


def _totals(item: Weeks, units: int) -> tuple[list[int], list[list[int]]]:
    """Return how many totals each count of an agent has, and what bounds and prices them."""
    sizes, limits = [], []
    graph = item.graph
    for place, unit, top in zip(graph.counts, graph.units, graph.tops, strict=True):
        rule = item.rules[place]
        assert isinstance(rule, Counter)
        low = -HUGE if rule.low is None else rule.low
        high = HUGE if rule.high is None else rule.high
        room = top
        if rule.price is None and rule.high is not None:
            # a past above the limit leaves no total at all
            room = min(top, math.floor((rule.high - rule.constant) / unit))
        sizes.append(max(room + 1, 0))
        price = -1 if rule.price is None else rule.price * units
        limits.append([low, high, rule.constant, unit, price, rule.unit])
    free = [-HUGE, HUGE, 0, 1, 0, 1]
    return [*sizes, 1, 1, 1][:3], [*limits, free, free, free][:3]
