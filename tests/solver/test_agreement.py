"""Checker, CP-SAT model and graph of weeks say the same of every rule of the registry.

For each rule facts and numbers are drawn under which it asks for something.  Of a drawn week, of
the best week and of that there is none, the three must think alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import HealthCheck, Phase, assume, find, given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from solver.breaks import placed_breaks
from solver.compile import placings
from solver.cpsat import WeekModel
from solver.evaluate import breaches
from solver.legal import linear
from solver.weeks import WeekGraph, week_graph
from tests.conftest import repetitions
from tests.rules.builders import problem_of
from tests.rules.facts import DRAWN, rules_at_work
from wfm.model.problem import AgentProblem, RosterProblem
from wfm.model.roster import Duty
from wfm.model.rule import OFF, Automaton, Counter, Mask, Primitive, Succession
from wfm.rules import RULES, RuleContext, check
from wfm.rules.checker import breaks_fit
from wfm.rules.rule import Rule

ONCE = settings(max_examples=300, database=None, derandomize=True, phases=(Phase.generate,))
KEYS = [rule.key for rule in RULES]
Week = tuple[int, ...]
Verdict = int | None
"""What a week costs; ``None`` where a hard rule is broken."""
SLOT = 15


def test_every_rule_of_the_registry_is_drawn_here() -> None:
    assert set(DRAWN) == set(KEYS), "rules without an entry in tests/rules/facts.py, or of old"


def option_meant(problem: RosterProblem, agent: AgentProblem, day: int, duty: Duty) -> int:
    """Return which of several options with the same times a duty is: the one the day likes best."""
    fitting = [
        number
        for number in agent.options
        if (problem.options[number].start, problem.options[number].end) == (duty.start, duty.end)
        and problem.options[number].kind == duty.kind
        and breaks_fit(problem.options[number], duty, SLOT)
    ]
    masks = [item for item in agent.primitives if isinstance(item, Mask) and item.day == day]

    def dislike(number: int) -> tuple[int, int, int]:
        prices = [item.price for item in masks if number in item.options]
        return prices.count(None), sum(price or 0 for price in prices), number

    return min(fitting, key=dislike)


def worked(
    problem: RosterProblem, agent: AgentProblem, week: Sequence[int]
) -> tuple[Week, list[Duty]]:
    """Return the duties of a week, and the options that these are to a reader."""
    duties, meant = [], []
    for day, number in enumerate(week):
        if number == OFF:
            meant.append(OFF)
            continue
        option = problem.options[number]
        spans = [span for group in placings(option, SLOT) for span in group[0]]
        breaks = placed_breaks(option, spans, SLOT)
        date = problem.horizon.dates[day]
        duty = Duty(agent.key, date, option.start, option.end, breaks, option.kind)
        duties.append(duty)
        meant.append(option_meant(problem, agent, day, duty))
    return tuple(meant), duties


# --- the three readings --------------------------------------------------------------------------


def by_checker(problem: RosterProblem, duties: Sequence[Duty], key: str) -> Verdict:
    found = [item for item in check(problem, duties) if item.rule.key == key]
    return None if any(item.hard for item in found) else sum(item.cost for item in found)


def by_evaluation(problem: RosterProblem, agent: AgentProblem, week: Week) -> Verdict:
    cost = 0
    for rule in agent.primitives:
        for _, _, units in breaches(problem, rule, week):
            if rule.price is None:
                return None
            cost += units * rule.price
    return cost


def by_model(problem: RosterProblem, agent: AgentProblem, week: Week | None = None) -> Verdict:
    """Return what a week costs in the CP-SAT model; without one, what the best week costs."""
    model = cp_model.CpModel()
    made = WeekModel(model, problem, agent)
    made.add(agent.primitives)
    for row, number in zip(made.choose, week or (), strict=week is not None):
        model.add(row[number] == 1)
    model.minimize(sum(price * literal for price, literal in made.terms))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return None
    assert status == cp_model.OPTIMAL
    return round(solver.objective_value)


def by_graph(
    problem: RosterProblem,
    agent: AgentProblem,
    graph: WeekGraph,
    week: Week | None = None,
    member: int = 0,
) -> Verdict:
    """Return what a week costs in the graph, masks beside it; without one, what the best costs.

    Counts beside the graph are summed along the path of a given week and priced at its end.
    """
    start = graph.starts[member]
    here = {start: (0, (0,) * len(graph.counts))} if start >= 0 else {}
    for day, layer in enumerate(graph.layers):
        costs = by_class(
            agent, graph, day, (OFF, *agent.options) if week is None else week[day:][:1]
        )
        after: dict[int, tuple[int, tuple[int, ...]]] = {}
        for row, steps in zip(layer.tolist(), graph.steps[day].tolist(), strict=True):
            source, target, kind, price = row
            if source in here and kind in costs:
                total, counts = here[source]
                sums = tuple(one + step for one, step in zip(counts, steps, strict=True))
                found = (total + price + costs[kind], sums)
                after[target] = min(found, after.get(target, found))
        here = after
    costs_of = [with_counts(agent, graph, total, counts) for total, counts in here.values()]
    return min((cost for cost in costs_of if cost is not None), default=None)


def by_class(
    agent: AgentProblem, graph: WeekGraph, day: int, choices: Sequence[int]
) -> dict[int, int]:
    """Return the least mask price of each class among the choices that no mask forbids."""
    masks = [item for item in agent.primitives if isinstance(item, Mask) and item.day == day]
    costs: dict[int, int] = {}
    for number in choices:
        prices = [item.price for item in masks if number in item.options]
        if None not in prices:
            kind = graph.class_of.get(number, 0)
            cost = sum(price or 0 for price in prices)
            costs[kind] = min(cost, costs.get(kind, cost))
    return costs


def with_counts(
    agent: AgentProblem, graph: WeekGraph, total: int, counts: Sequence[int]
) -> Verdict:
    """Return a path's cost with the price of its counts; ``None`` where one breaks a hard rule."""
    carried = [rule for rule in agent.primitives if not isinstance(rule, Mask)]
    for place, count, unit in zip(graph.counts, counts, graph.units, strict=True):
        rule = carried[place]
        assert isinstance(rule, Counter)
        value = rule.constant + count * unit
        over = value - rule.high if rule.high is not None else 0
        under = rule.low - value if rule.low is not None else 0
        units = -(-max(over, under, 0) // rule.unit)
        if units and rule.price is None:
            return None
        total += units * (rule.price or 0)
    return total


def graph_of(problem: RosterProblem, *members: AgentProblem, counted: bool = False) -> WeekGraph:
    """Return the graph that agents of like rules share."""
    rules = [[rule for rule in item.primitives if not isinstance(rule, Mask)] for item in members]
    return week_graph(problem, members[0].options, rules, counted=counted)


def of_another_past(agent: AgentProblem, draw: st.DrawFn) -> AgentProblem:
    """Return an agent of the same rules whose past has left them elsewhere."""
    changed: list[Primitive] = []
    for rule in agent.primitives:
        match rule:
            case Counter():
                changed.append(replace(rule, constant=rule.constant + draw(st.integers(0, 3)) * 60))
            case Automaton():
                states = st.integers(0, len(rule.transitions) - 1)
                changed.append(replace(rule, start=draw(states)))
            case Succession():
                ends = st.sampled_from([None, -900, -60, 300, 500])
                changed.append(replace(rule, previous_end=draw(ends)))
            case _:
                changed.append(rule)
    return replace(agent, primitives=tuple(changed))


# --- that they agree -----------------------------------------------------------------------------


def drawn_week(data: st.DataObject, problem: RosterProblem, agent: AgentProblem) -> list[int]:
    days = problem.horizon.days
    choice = st.sampled_from((OFF, OFF, *agent.options))
    return data.draw(st.lists(choice, min_size=days, max_size=days))


@pytest.mark.parametrize("key", KEYS)
@settings(max_examples=repetitions(1_000, 25), suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_checker_model_and_graph_agree_about_a_rule(key: str, data: st.DataObject) -> None:
    rule, facts = data.draw(rules_at_work(key))
    problem = problem_of(facts, rule, demands=())
    (agent,) = problem.agents
    graph = graph_of(problem, agent)
    assert not graph.relaxed
    week, duties = worked(problem, agent, drawn_week(data, problem, agent))
    verdict = by_checker(problem, duties, key)
    assert by_evaluation(problem, agent, week) == verdict
    assert by_model(problem, agent, week) == verdict
    assert by_graph(problem, agent, graph, week) == verdict
    best = by_model(problem, agent)
    assert by_graph(problem, agent, graph) == best
    assert verdict is None or (best is not None and best <= verdict)


@settings(max_examples=repetitions(1_000, 60), suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_graph_shared_by_pasts_with_counts_beside_it_agrees(data: st.DataObject) -> None:
    """Several rules at once, long counters kept as numbers, and priced ones rewritten as masks."""
    keys = data.draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=4, unique=True))
    rules: list[Rule] = [data.draw(rules_at_work(key))[0] for key in keys]
    _, facts = data.draw(rules_at_work(keys[0]))
    problem = problem_of(facts, *rules, demands=())
    (agent,) = problem.agents
    other = of_another_past(agent, data.draw)
    graph = graph_of(problem, agent, other, counted=True)
    plain = [graph_of(problem, item) for item in (agent, other)]
    assume(not (graph.relaxed or plain[0].relaxed or plain[1].relaxed))
    week = tuple(drawn_week(data, problem, agent))
    for member, own in enumerate((agent, other)):
        verdict = by_evaluation(problem, own, week)
        assert by_model(problem, own, week) == verdict
        if not graph.caps:
            assert by_graph(problem, own, graph, week, member) == verdict
        assert by_graph(problem, own, plain[member], week) == verdict
        assert by_graph(problem, own, plain[member]) == by_model(problem, own)
        rewritten = replace(own, primitives=linear(problem, own, own.primitives))
        assert by_graph(problem, rewritten, graph_of(problem, rewritten), week) == verdict


def asks(case: tuple[Rule, RuleContext]) -> bool:
    """Tell whether some week of one duty a day, or of none, breaks the rule drawn."""
    rule, facts = case
    problem = problem_of(facts, rule, demands=())
    (agent,) = problem.agents
    options = agent.options[:1] + agent.options[-1:]
    some = [(OFF,) * problem.horizon.days]
    some += [(one,) * problem.horizon.days for one in options]
    some += [
        tuple(first if day % 2 else second for day in range(problem.horizon.days))
        for first, second in product((OFF, *options), repeat=2)
    ]
    return any(by_evaluation(problem, agent, week) != 0 for week in some)


@pytest.mark.parametrize("key", KEYS)
def test_what_is_drawn_of_a_rule_can_be_broken(key: str) -> None:
    assert find(rules_at_work(key), asks, settings=ONCE)
