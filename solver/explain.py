"""Which weeks each agent can legally work; where there is none, which rules must give least.

Rules that tie nobody together make infeasibility one agent's affair: their hard primitives are then
counted by severity, and only weeks that break least are left to choose from.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from solver.evaluate import own_primitives
from solver.trackers import softened
from solver.weeks import EDGE_LIMIT, Edge, WeekGraph, pool_graph, week_graph
from wfm.model.problem import AgentProblem, RosterProblem
from wfm.model.rule import OFF, Mask, Primitive

HARD = 10**9
"""Price of one unit of a hard rule that has to be broken; all soft prices of a week stay below."""
POOL = 40
"""Legal weeks that CP-SAT makes for an agent whose rules outgrow the graph."""


@dataclass(frozen=True, slots=True)
class LegalWeeks:
    """One agent's weeks: ``search`` holds legal ones only, ``bound`` all of them or more.

    ``primitives`` holds masks as they count in the search, hard where an option must not be used;
    ``broken`` tells that no week keeps all hard rules and the least bad ones are meant.
    """

    primitives: tuple[Primitive, ...]
    search: WeekGraph
    bound: WeekGraph
    broken: bool = False

    @property
    def exact(self) -> bool:
        """Tell whether the search knows every legal week."""
        return self.search is self.bound


class WeekBook:
    """Makes the legal weeks of all agents; agents with the same rules share their graph."""

    def __init__(self, problem: RosterProblem, seed: int = 1, edge_limit: int = EDGE_LIMIT) -> None:
        self.problem, self.seed, self.edge_limit = problem, seed, edge_limit
        self.graphs: dict[str, WeekGraph] = {}

    def all(self, pause: Callable[[], None] = lambda: None) -> list[LegalWeeks]:
        """Return the weeks of every agent in order; ``pause`` is called between agents."""
        result = []
        for agent in self.problem.agents:
            pause()
            result.append(self.of(agent))
        return result

    def of(self, agent: AgentProblem) -> LegalWeeks:
        """Return the weeks of one agent."""
        rules = own_primitives(self.problem, agent)
        graph = self._graph(agent, rules)
        if not has_week(self.problem, agent, rules, graph):
            return self._least_bad(agent, rules)
        if graph.relaxed:
            pool = self._pool(agent, rules)
            if not pool:
                return self._least_bad(agent, rules)
            masks = [rule for rule in rules if isinstance(rule, Mask)]
            # masks are read beside a graph, so its own costs are without theirs
            own = [(week, cost - _mask_cost(masks, week)) for week, cost in pool]
            return LegalWeeks(rules, pool_graph(own, agent, self.problem.horizon.days), graph)
        return LegalWeeks(rules, graph, graph)

    def _graph(self, agent: AgentProblem, rules: Sequence[Primitive]) -> WeekGraph:
        key = repr((agent.options, [rule for rule in rules if not isinstance(rule, Mask)]))
        if key not in self.graphs:
            self.graphs[key] = week_graph(self.problem, agent, rules, self.edge_limit)
        return self.graphs[key]

    def _pool(
        self, agent: AgentProblem, rules: Sequence[Primitive]
    ) -> list[tuple[tuple[int, ...], int]]:
        from solver.cpsat import some_weeks

        return some_weeks(self.problem, agent, rules, POOL, self.seed)

    def _least_bad(self, agent: AgentProblem, rules: Sequence[Primitive]) -> LegalWeeks:
        soft = tuple(softened(rule, HARD) for rule in rules)
        graph = self._graph(agent, soft)
        everything = week_graph(self.problem, agent, ())
        if graph.relaxed:
            pool = self._pool(agent, soft)
            least = min(cost // HARD for _, cost in pool)
            kept = [(week, cost % HARD) for week, cost in pool if cost // HARD == least]
            masks = tuple(_without_hard(rule) for rule in soft if isinstance(rule, Mask))
            kept = [(week, cost - _mask_cost(masks, week)) for week, cost in kept]
            days = self.problem.horizon.days
            return LegalWeeks(masks, pool_graph(kept, agent, days), everything, broken=True)
        search, masks = least_broken(self.problem, agent, soft, graph)
        return LegalWeeks(masks, search, search, broken=True)


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
    """Tell whether the graph holds a week that the hard masks allow."""
    costs = option_costs(problem, agent, [r for r in rules if r.price is None], 1)
    here = {0} if graph.nodes[0] else set()
    for day, layer in enumerate(graph.layers):
        open_classes = {graph.class_of.get(o, 0) for o, cost in costs[day].items() if not cost}
        here = {edge[1] for edge in layer if edge[0] in here and edge[2] in open_classes}
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
    before = {0: 0}
    layers: list[tuple[Edge, ...]] = []
    for day, layer in enumerate(graph.layers):
        after: dict[int, int] = {}
        kept = []
        for source, target, kind, cost in layer:
            if source not in before or target not in ahead[day + 1] or kind not in units[day]:
                continue
            reached = before[source] + cost // HARD + units[day][kind]
            if reached + ahead[day + 1][target] == ahead[0][0]:
                kept.append((source, target, kind, cost % HARD))
                after[target] = reached
        layers.append(tuple(kept))
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
    return replace(graph, layers=tuple(layers)), tuple(masks)


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
        for source, target, kind, cost in graph.layers[day]:
            if target in ahead[0] and kind in units[day]:
                amount = cost // HARD + units[day][kind] + ahead[0][target]
                here[source] = min(amount, here.get(source, amount))
        ahead.insert(0, here)
    return ahead
