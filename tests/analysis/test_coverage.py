"""Coverage: exact sharing of agents among skills, exact minutes, and the sums shown of them."""

from __future__ import annotations

import itertools
import json
import random
from collections import defaultdict
from datetime import timedelta

import numpy as np
import pytest
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from tests.analysis.builders import START, Instance, random_instance
from tests.conftest import repetitions
from tests.oracle import roster_checker
from wfm.analysis import coverage
from wfm.analysis import sharing as sharing_module
from wfm.errors import WfmError
from wfm.model.codec import to_json
from wfm.model.people import Agent
from wfm.model.problem import AgentProblem, Demand, RosterProblem, UnderStep
from wfm.model.roster import Duty, PlacedBreak
from wfm.model.time import Horizon

HOUR = Horizon(START, 1, 60)


def agent(key: str, *skills: str, speed: int = 100) -> AgentProblem:
    return AgentProblem(key, skills, (), speed_percent=speed)


def demand(skill: str, agents: float, *steps: tuple[float | None, int], slot: int = 9) -> Demand:
    required = np.zeros(HOUR.slots)
    required[slot] = agents
    return Demand(skill, required, tuple(UnderStep(*step) for step in steps or ((None, 5),)))


def duty(key: str, start: int = 540, end: int = 600, *breaks: PlacedBreak) -> Duty:
    return Duty(key, START, start, end, breaks)


def of(instance: Instance):
    return coverage(
        instance.horizon, instance.demands, instance.agents, instance.duties, instance.over_cost
    )


def minutes_present(instance: Instance) -> list[dict[frozenset[str], int]]:
    """Percent-minutes per interval and group, counted minute by minute."""
    names = {item.skill for item in instance.demands}
    result: list[dict[frozenset[str], int]] = [
        defaultdict(int) for _ in range(instance.horizon.slots)
    ]
    people = {item.key: item for item in instance.agents}
    for item in instance.duties:
        person = people[item.agent]
        for minute in range(item.start, item.end):
            if any(rest.start <= minute < rest.end for rest in item.breaks):
                continue
            at = (item.day - instance.horizon.start).days * 1440 + minute
            slot = at // instance.horizon.slot_minutes
            if 0 <= slot < instance.horizon.slots:
                result[slot][frozenset(person.skills) & names] += person.speed_percent
    return result


def missing_cost(item: Demand, missing: int, unit: int) -> int:
    """Cost of percent-minutes missing, shallow steps first."""
    cost = 0
    for place, step in enumerate(item.under_steps):
        last = place == len(item.under_steps) - 1
        part = missing if last or step.depth is None else min(missing, round(step.depth * unit))
        cost += part * step.cost
        missing -= part
    return cost


def cost_by_flow(instance: Instance, slot: int, groups: dict[frozenset[str], int]) -> int:
    """Least cost of an interval as a minimum-cost flow: supply to skills to under-cost steps."""
    unit = 100 * instance.horizon.slot_minutes
    flow = SimpleMinCostFlow()
    source, sink, node = 0, 1, 2
    skill_nodes = {}
    total = sum(groups.values())
    dearest = 1 + max(step.cost for item in instance.demands for step in item.under_steps)
    base = 0
    for item in instance.demands:
        skill_nodes[item.skill] = node
        need = round(item.required[slot] * unit)
        base += missing_cost(item, need, unit)
        for place, step in enumerate(item.under_steps):
            last = place == len(item.under_steps) - 1
            size = need if last or step.depth is None else min(need, round(step.depth * unit))
            need -= size
            # one more unit given saves the step's cost and one unit of idleness
            saved = step.cost + instance.over_cost
            flow.add_arc_with_capacity_and_unit_cost(node, sink, size, dearest * 9 - saved)
        node += 1
    for group, amount in groups.items():
        flow.add_arc_with_capacity_and_unit_cost(source, node, amount, 0)
        for skill in group:
            flow.add_arc_with_capacity_and_unit_cost(node, skill_nodes[skill], amount, 0)
        node += 1
    flow.add_arc_with_capacity_and_unit_cost(source, sink, total, dearest * 9)
    flow.set_node_supply(source, total)
    flow.set_node_supply(sink, -total)
    assert flow.solve() == flow.OPTIMAL
    return base + instance.over_cost * total + flow.optimal_cost() - total * dearest * 9


def test_the_cost_is_that_of_a_minimum_cost_flow() -> None:
    rng = random.Random(41)
    for _ in range(repetitions(600, 30)):
        instance = random_instance(rng, skills=rng.randint(1, 5), agents=rng.randint(0, 9))
        result = of(instance)
        for slot, groups in enumerate(minutes_present(instance)):
            expected = cost_by_flow(instance, slot, groups) / (100 * 60)
            assert result.costs[slot] == pytest.approx(expected, rel=1e-12, abs=1e-12)


def test_the_cost_is_the_least_of_all_ways_to_share_out() -> None:
    rng = random.Random(42)
    names = ("x", "y")
    for _ in range(repetitions(2_000, 150)):
        people = [
            agent(f"a{number}", *rng.choice([("x",), ("y",), ("x", "y"), ()]))
            for number in range(rng.randint(0, 5))
        ]
        demands = [
            demand(name, rng.randint(0, 3), (1, rng.randint(0, 4)), (None, rng.randint(4, 9)))
            for name in names
        ]
        over = rng.randint(0, 3)
        best = min(
            sum(
                missing_cost(item, max(0, int(item.required[9]) - shared.count(item.skill)), 1)
                + over * max(0, shared.count(item.skill) - int(item.required[9]))
                for item in demands
            )
            + over * shared.count(None)
            for shared in itertools.product(*[[*person.skills, None] for person in people])
        )
        duties = [duty(person.key) for person in people]
        assert coverage(HOUR, demands, people, duties, over).cost == best


def test_the_cost_is_that_of_the_roster_checker() -> None:
    rng = random.Random(43)
    for _ in range(repetitions(300, 10)):
        instance = random_instance(rng, skills=4, agents=12, days=2, slot_minutes=15)
        problem = RosterProblem(
            instance.horizon, (), {}, instance.demands, instance.agents, instance.over_cost
        )
        document = json.loads(json.dumps(to_json(problem)))
        duties = {"duties": json.loads(json.dumps([to_json(item) for item in instance.duties]))}
        assert of(instance).cost == pytest.approx(
            roster_checker.coverage_cost(document, duties), rel=1e-12
        )


def test_listing_sets_and_augmenting_paths_share_out_alike(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng = random.Random(44)
    for _ in range(repetitions(300, 20)):
        instance = random_instance(rng, skills=rng.randint(1, 6), agents=10)
        listed = of(instance)
        with monkeypatch.context() as patch:
            patch.setattr(sharing_module, "MOST_LISTED", 0)
            by_paths = of(instance)
        assert by_paths.costs == pytest.approx(listed.costs)
        for one, other in zip(by_paths.skills, listed.skills, strict=True):
            assert (one.missing == other.missing).all()
            assert (one.surplus == other.surplus).all()


def test_everybody_present_is_counted_once_by_the_minute() -> None:
    rng = random.Random(45)
    for _ in range(repetitions(300, 20)):
        instance = random_instance(rng, skills=3, agents=8, days=2)
        result = of(instance)
        unit = 100 * instance.horizon.slot_minutes
        groups = minutes_present(instance)
        present = np.array([sum(item.values()) for item in groups]) / unit
        unskilled = np.array([item.get(frozenset(), 0) for item in groups]) / unit
        assert result.present == pytest.approx(present)
        supplied = sum(item.supplied for item in result.skills)
        assert supplied == pytest.approx(present - unskilled)
        for item in result.skills:
            assert item.supplied == pytest.approx(item.required - item.missing + item.surplus)
            assert (item.missing >= 0).all()
            assert (item.surplus >= 0).all()
            assert (item.allocated >= 0).all()
        surplus = sum(item.surplus for item in result.skills) + unskilled
        assert result.surplus == pytest.approx(surplus)


def test_a_generalist_covers_where_a_specialist_cannot() -> None:
    people = [agent("both", "x", "y"), agent("only", "x")]
    result = coverage(HOUR, [demand("x", 1), demand("y", 1)], people, [duty("both"), duty("only")])
    assert result.cost == 0
    assert result.understaffed_agent_hours == 0


def test_the_dearer_lack_is_filled_first_and_deep_steps_before_shallow_ones() -> None:
    demands = [demand("x", 2, (None, 5)), demand("y", 3, (1, 4), (None, 8))]
    people = [agent(f"a{number}", "x", "y") for number in range(3)]
    result = coverage(HOUR, demands, people, [duty(item.key) for item in people])
    x, y = result.skills
    assert (x.missing[9], y.missing[9]) == (1, 1)
    assert result.cost == 5 + 4


def test_a_break_and_a_shift_end_take_away_their_minutes_only() -> None:
    half = coverage(
        HOUR, [demand("x", 1)], [agent("a", "x")], [duty("a", 540, 900, PlacedBreak(555, 15))]
    )
    assert half.skills[0].missing[9] == 0.25
    assert half.present[9] == 0.75
    late = coverage(HOUR, [demand("x", 1)], [agent("a", "x")], [duty("a", 300, 577)])
    assert late.skills[0].missing[9] == pytest.approx(23 / 60)


def test_a_faster_agent_counts_for_more() -> None:
    result = coverage(HOUR, [demand("x", 1.25)], [agent("a", "x", speed=125)], [duty("a")])
    assert result.cost == 0


def test_a_night_duty_of_the_day_before_counts_after_midnight() -> None:
    night = Duty("a", START - timedelta(days=1), 1320, 1860)
    result = coverage(HOUR, [demand("x", 1, slot=3)], [agent("a", "x")], [night])
    assert result.present[:8] == pytest.approx([1] * 7 + [0])
    assert result.supplied_agent_hours == 7
    assert result.cost == 6


def test_what_lies_beyond_the_horizon_counts_nowhere() -> None:
    result = coverage(HOUR, [demand("x", 0)], [agent("a", "x")], [duty("a", 1380, 1860)])
    assert result.supplied_agent_hours == 1


def test_idle_agents_are_split_evenly_among_their_skills() -> None:
    people = [agent(f"a{number}", "x", "y") for number in range(4)]
    result = coverage(
        HOUR, [demand("x", 1), demand("y", 1)], people, [duty(item.key) for item in people]
    )
    assert [item.surplus[9] for item in result.skills] == [1, 1]
    assert result.overstaffed_agent_hours == 2


def test_one_skill_s_surplus_covers_no_other_s_lack() -> None:
    result = coverage(
        HOUR, [demand("x", 0), demand("y", 2)], [agent("a", "x")], [duty("a")], over_cost=3
    )
    assert (result.understaffed_agent_hours, result.overstaffed_agent_hours) == (2, 1)
    assert result.cost == 2 * 5 + 3


def test_the_worst_intervals_come_first() -> None:
    demands = [demand("x", 1, slot=8), demand("y", 3, slot=9), demand("z", 1, slot=4)]
    worst = coverage(HOUR, demands, [], []).worst()
    assert [(item.skill, item.start, item.missing) for item in worst] == [
        ("y", 540, 3), ("z", 240, 1), ("x", 480, 1),
    ]  # fmt: skip
    assert len(coverage(HOUR, demands, [], []).worst(2)) == 2


def test_agents_with_levels_of_skill_and_duties_of_strangers_are_read() -> None:
    person = Agent("a", "1", "A", "t", "c", {"x": 3}, speed_percent=100)
    result = coverage(HOUR, [demand("x", 1)], [person], [duty("a"), duty("stranger")])
    assert result.supplied_agent_hours == 1
    assert result.cost == 0


def test_no_demand_and_nobody_there_cost_nothing() -> None:
    result = coverage(HOUR, [], [], [])
    assert (result.cost, result.required_agent_hours, result.worst()) == (0, 0, ())


@pytest.mark.parametrize(
    "wrong", [Demand("x", np.zeros(3)), Demand("x", np.full(HOUR.slots, 1.234))]
)
def test_a_demand_that_cannot_be_counted_is_refused_by_name(wrong: Demand) -> None:
    with pytest.raises(WfmError, match="x"):
        coverage(HOUR, [wrong], [], [])
