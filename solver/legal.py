"""Which weeks each agent can legally work, as graphs that agents of like rules share.

Rules that tie nobody together make infeasibility one agent's affair: where no week keeps all hard
primitives they are counted by severity, and only weeks that break least are left to choose from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

from solver.evaluate import own_primitives
from solver.trackers import shape_of, softened
from solver.weeks import EDGE_LIMIT, Ints, WeekGraph, pool_graph, week_graph
from wfm.model.problem import AgentProblem, RosterProblem
from wfm.model.rule import OFF, Counter, Mask, Primitive

HARD = 10**9
"""Price of one unit of a hard rule that has to be broken; all soft prices of a week stay below."""
POOL = 40
"""Legal weeks that CP-SAT makes for an agent whose rules outgrow the graph."""


@dataclass(frozen=True, slots=True)
class Weeks:
    """One agent's place in a graph: ``member`` of it, with the primitives that it was made of."""

    graph: WeekGraph
    rules: tuple[Primitive, ...] = ()
    member: int = 0

    @property
    def start(self) -> int:
        """The first node (-1: no week keeps the graph's primitives)."""
        return self.graph.starts[self.member]


@dataclass(frozen=True, slots=True)
class LegalWeeks:
    """One agent's weeks: ``search`` holds legal ones only, ``bound`` all of them or more.

    ``primitives`` are those that count, masks as they count in the search, hard where an option
    must not be used.  ``broken`` tells that no week keeps all hard rules and the least bad ones are
    meant; ``listed`` that the search knows only some weeks.
    """

    primitives: tuple[Primitive, ...]
    search: Weeks
    bound: Weeks
    broken: bool = False
    listed: bool = False

    @property
    def exact(self) -> bool:
        """Tell whether the search knows every legal week."""
        return not self.listed


class WeekBook:
    """Makes the legal weeks of all agents.

    ``extra`` are further priced primitives per agent that the search pays for and the bound leaves
    out (shares of what a centre rule costs).
    """

    def __init__(
        self,
        problem: RosterProblem,
        seed: int = 1,
        edge_limit: int = EDGE_LIMIT,
        extra: Sequence[Sequence[Primitive]] = (),
    ) -> None:
        self.problem, self.seed, self.edge_limit = problem, seed, edge_limit
        self.extra = extra or [()] * len(problem.agents)
        self.rules = [
            linear(problem, agent, own_primitives(problem, agent)) for agent in problem.agents
        ]

    def all(self) -> list[LegalWeeks]:
        """Return the weeks of every agent in order."""
        from solver.lawful import unable

        found = self.made()
        for place in unable(self.problem, found):
            found[place] = self.least_bad(place)
        return found

    def made(self) -> list[LegalWeeks]:
        """Return the graphs of all agents, also of those for whom no week is lawful.

        See :func:`solver.lawful.unable` and :meth:`least_bad`.
        """
        agents = range(len(self.problem.agents))
        searched = self._graphs([(*self.rules[a], *self.extra[a]) for a in agents])
        bounds = (
            self._graphs([tuple(self.rules[a]) for a in agents]) if any(self.extra) else searched
        )
        result = []
        for place in agents:
            legal = LegalWeeks(self.rules[place], searched[place], bounds[place])
            result.append(self._listed(place, legal) if searched[place].graph.relaxed else legal)
        return result

    def least_bad(self, place: int) -> LegalWeeks:
        """Return the weeks of an agent for whom no week keeps all hard rules."""
        agent = self.problem.agents[place]
        soft = tuple(softened(rule, HARD) for rule in self.rules[place])
        graph = self._graph(agent, soft)
        everything = Weeks(self._graph(agent, ()))
        days = self.problem.horizon.days
        if graph.relaxed:
            pool = self._pool(agent, soft)
            least = min(cost // HARD for _, cost in pool)
            kept = [(week, cost % HARD) for week, cost in pool if cost // HARD == least]
            masks = tuple(_without_hard(rule) for rule in soft if isinstance(rule, Mask))
            kept = [(week, cost - _mask_cost(masks, week)) for week, cost in kept]
            listed = Weeks(pool_graph(kept, agent, days))
            return LegalWeeks(masks, listed, everything, broken=True, listed=True)
        search, masks = least_broken(self.problem, agent, soft, graph)
        return LegalWeeks(masks, Weeks(search), Weeks(search), broken=True)

    def week_of(self, place: int, legal: LegalWeeks) -> tuple[int, ...] | None:
        """Return some lawful week by CP-SAT, or ``None``; for caps that the search cannot keep."""
        from solver.cpsat import some_weeks

        found = some_weeks(self.problem, self.problem.agents[place], legal.primitives, 1, self.seed)
        return found[0][0] if found else None

    def _graphs(self, rules: Sequence[tuple[Primitive, ...]]) -> list[Weeks]:
        groups: dict[Hashable, list[int]] = defaultdict(list)
        without = [tuple(r for r in own if not isinstance(r, Mask)) for own in rules]
        for place, own in enumerate(without):
            shape = tuple(shape_of(rule) for rule in own)
            groups[self.problem.agents[place].options, shape].append(place)
        result: dict[int, Weeks] = {}
        for places in groups.values():
            options = self.problem.agents[places[0]].options
            graph = week_graph(
                self.problem, options, [without[p] for p in places], edge_limit=self.edge_limit
            )
            for member, place in enumerate(places):
                result[place] = Weeks(graph, without[place], member)
        return [result[place] for place in range(len(rules))]

    def _graph(self, agent: AgentProblem, rules: Sequence[Primitive]) -> WeekGraph:
        return week_graph(
            self.problem, agent.options, [rules], edge_limit=self.edge_limit, counted=False
        )

    def _listed(self, place: int, legal: LegalWeeks) -> LegalWeeks:
        """Return a list of weeks where a graph cannot hold all."""
        agent = self.problem.agents[place]
        pool = self._pool(agent, legal.primitives)
        if not pool:
            return self.least_bad(place)
        masks = [rule for rule in legal.primitives if isinstance(rule, Mask)]
        # masks are read beside a graph, so its own costs are without theirs
        own = [(week, cost - _mask_cost(masks, week)) for week, cost in pool]
        graph = pool_graph(own, agent, self.problem.horizon.days)
        return replace(legal, search=Weeks(graph), listed=True)

    def _pool(
        self, agent: AgentProblem, rules: Sequence[Primitive]
    ) -> list[tuple[tuple[int, ...], int]]:
        from solver.cpsat import some_weeks

        return some_weeks(self.problem, agent, rules, POOL, self.seed)


def linear(
    problem: RosterProblem, agent: AgentProblem, rules: Sequence[Primitive]
) -> tuple[Primitive, ...]:
    """Return primitives with counters that price every unit written as masks.

    A price from the first unit on is a price of each choice, which needs no memory.
    """
    result: list[Primitive] = []
    for rule in rules:
        if isinstance(rule, Counter) and _priced_from_the_start(problem, agent, rule):
            result += _as_masks(problem, agent, rule)
        else:
            result.append(rule)
    return tuple(result)


def _priced_from_the_start(problem: RosterProblem, agent: AgentProblem, rule: Counter) -> bool:
    return (
        rule.price is not None
        and rule.low is None
        and rule.high is not None
        and rule.constant >= rule.high
        and rule.unit == 1
        and not rule.blocks
        and all(problem.measures[rule.measure][option] >= 0 for option in agent.options)
    )


def _as_masks(problem: RosterProblem, agent: AgentProblem, rule: Counter) -> list[Primitive]:
    measure = problem.measures[rule.measure]
    price = rule.price or 0
    by_value: dict[int, list[int]] = defaultdict(list)
    for option in agent.options:
        by_value[measure[option]].append(option)
    found: list[Primitive] = [
        Mask(rule.rule, day, tuple(options), price * value)
        for day in rule.days
        for value, options in by_value.items()
        if value
    ]
    over = rule.constant - (rule.high or 0)
    if over:
        first = min(rule.days, default=0)
        found.append(Mask(rule.rule, first, (OFF, *agent.options), price * over))
    return found


def _without_hard(mask: Mask) -> Mask:
    return replace(mask, price=(mask.price or 0) % HARD)


def _mask_cost(masks: Sequence[Mask], week: Sequence[int]) -> int:
    return sum(mask.price or 0 for mask in masks if week[mask.day] in mask.options)


def option_costs(
    problem: RosterProblem, agent: AgentProblem, rules: Sequence[Primitive], hard_price: int
) -> list[dict[int, int]]:
    """Return the mask price of every choice on every day; ``hard_price`` for a forbidden one."""
    costs = [dict.fromkeys((OFF, *agent.options), 0) for _ in range(problem.horizon.days)]
    for rule in rules:
        if isinstance(rule, Mask):
            for choice in set(rule.options) & costs[rule.day].keys():
                costs[rule.day][choice] += hard_price if rule.price is None else rule.price
    return costs


def has_week(
    problem: RosterProblem, agent: AgentProblem, rules: Sequence[Primitive], graph: WeekGraph
) -> bool:
    """Tell whether a graph without counts holds a week that the hard masks allow."""
    costs = option_costs(problem, agent, [r for r in rules if r.price is None], 1)
    here = {graph.starts[0]} - {-1}
    for day, layer in enumerate(graph.layers):
        open_classes = {graph.class_of.get(o, 0) for o, cost in costs[day].items() if not cost}
        here = {edge[1] for edge in layer.tolist() if edge[0] in here and edge[2] in open_classes}
    return bool(here)


def least_broken(
    problem: RosterProblem, agent: AgentProblem, soft: Sequence[Primitive], graph: WeekGraph
) -> tuple[WeekGraph, tuple[Mask, ...]]:
    """Return the weeks that break hard rules least, and masks that keep to their options.

    Hard units are the multiples of :data:`HARD` in a cost; both are taken out of the result.
    """
    days = problem.horizon.days
    costs = option_costs(problem, agent, soft, 0)
    units = [
        _least_by_class(graph, {o: cost // HARD for o, cost in costs[day].items()})
        for day in range(days)
    ]
    ahead = _least_ahead(graph, units)
    start = graph.starts[0]
    before = {start: 0}
    layers: list[Ints] = []
    for day, layer in enumerate(graph.layers):
        after: dict[int, int] = {}
        kept = []
        for place, (source, target, kind, cost) in enumerate(layer.tolist()):
            if source not in before or target not in ahead[day + 1] or kind not in units[day]:
                continue
            reached = before[source] + cost // HARD + units[day][kind]
            if reached + ahead[day + 1][target] == ahead[0][start]:
                kept.append(place)
                after[target] = reached
        rows = layer[kept].copy()
        rows[:, 3] %= HARD
        layers.append(rows)
        before = after
    masks: list[Mask] = [_without_hard(rule) for rule in soft if isinstance(rule, Mask)]
    name = next(iter(soft)).rule
    for day in range(days):
        worse = tuple(
            choice
            for choice, cost in costs[day].items()
            if cost // HARD > units[day][graph.class_of.get(choice, 0)]
        )
        masks.append(Mask(name, day, worse))
    steps = tuple(item[:0] for item in graph.steps)
    return replace(graph, layers=tuple(layers), steps=steps), tuple(masks)


def _least_by_class(graph: WeekGraph, units: dict[int, int]) -> dict[int, int]:
    least: dict[int, int] = {}
    for choice, amount in units.items():
        kind = graph.class_of.get(choice, 0)
        least[kind] = min(amount, least.get(kind, amount))
    return least


def _least_ahead(graph: WeekGraph, units: Sequence[dict[int, int]]) -> list[dict[int, int]]:
    """Return per layer the least hard units from each node to the end."""
    ahead: list[dict[int, int]] = [{0: 0}]
    for day in range(len(graph.layers) - 1, -1, -1):
        here: dict[int, int] = {}
        for source, target, kind, cost in graph.layers[day].tolist():
            if target in ahead[0] and kind in units[day]:
                amount = cost // HARD + units[day][kind] + ahead[0][target]
                here[source] = min(amount, here.get(source, amount))
        ahead.insert(0, here)
    return ahead
