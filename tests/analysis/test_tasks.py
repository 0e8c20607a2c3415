"""Blocks at queues: whole, long enough, the best where all can be tried, and told honestly."""

from __future__ import annotations

import itertools
import random
from collections import defaultdict

import numpy as np
import pytest

from tests.analysis.builders import START, Instance, random_instance
from tests.conftest import repetitions
from wfm.analysis import coverage
from wfm.analysis.tasks import TaskPlan, task_plan
from wfm.model.problem import AgentProblem, Demand, UnderStep
from wfm.model.roster import Duty, PlacedBreak
from wfm.model.time import Horizon

QUARTERS = Horizon(START, 1, 15)


def plan_of(instance: Instance, least: int) -> TaskPlan:
    return task_plan(
        instance.horizon, instance.demands, instance.agents, instance.duties,
        least_minutes=least, over_cost=instance.over_cost,
    )  # fmt: skip


def free_stretches(duty: Duty) -> list[tuple[int, int]]:
    """Return the stretches at contacts, minute by minute."""
    minutes = [
        minute
        for minute in range(duty.start, duty.end)
        if not any(rest.start <= minute < rest.end for rest in duty.breaks)
    ]
    found: list[tuple[int, int]] = []
    for minute in minutes:
        if found and found[-1][1] == minute:
            found[-1] = found[-1][0], minute + 1
        else:
            found.append((minute, minute + 1))
    return found


def cost_by_the_minute(instance: Instance, plan: TaskPlan) -> float:
    """Count the cost anew: where everybody is minute by minute, missing by steps, idle above."""
    length = instance.horizon.slot_minutes
    people = {item.key: item for item in instance.agents}
    wanted = {item.skill for item in instance.demands}
    there: dict[tuple[int, str], int] = defaultdict(int)
    for block in plan.blocks:
        origin = (block.day - START).days * 1440
        for minute in range(origin + block.start, origin + block.end):
            there[minute // length, block.skill] += people[block.agent].speed_percent
    for duty in instance.duties:
        if not wanted.intersection(people[duty.agent].skills):
            origin = (duty.day - START).days * 1440
            for start, end in free_stretches(duty):
                for minute in range(origin + start, origin + end):
                    there[minute // length, ""] += people[duty.agent].speed_percent
    total = 0.0
    for slot in range(instance.horizon.slots):
        total += instance.over_cost * there[slot, ""] / 100 / length
        for demand in instance.demands:
            given = there[slot, demand.skill] / 100 / length
            short = max(float(demand.required[slot]) - given, 0.0)
            total += instance.over_cost * max(given - float(demand.required[slot]), 0.0)
            for place, step in enumerate(demand.under_steps):
                last = place == len(demand.under_steps) - 1
                part = short if last or step.depth is None else min(short, step.depth)
                total += step.cost * part
                short -= part
    return total


@pytest.mark.parametrize("seed", range(repetitions(400, 60)))
def test_blocks_fill_all_time_at_contacts_are_long_enough_and_cost_what_is_told(seed: int) -> None:
    rng = random.Random(seed)
    instance = random_instance(rng, slot_minutes=rng.choice([15, 30, 60]))
    least = rng.choice([15, 45, 60, 120, 600])
    plan = plan_of(instance, least)
    people = {item.key: item for item in instance.agents}
    wanted = {item.skill for item in instance.demands}
    blocks = defaultdict(list)
    for block in plan.blocks:
        assert block.skill in people[block.agent].skills
        blocks[block.agent, block.day].append(block)
    for duty in instance.duties:
        mine = blocks.pop((duty.agent, duty.day), [])
        if not wanted.intersection(people[duty.agent].skills):
            assert not mine
            continue
        for start, end in free_stretches(duty):
            inside = [item for item in mine if start <= item.start < end]
            assert [item.start for item in inside] == [start, *(i.end for i in inside[:-1])]
            assert inside[-1].end == end
            assert all(item.end - item.start >= min(least, end - start) for item in inside)
            assert all(a.skill != b.skill for a, b in itertools.pairwise(inside))
            mine = [item for item in mine if item not in inside]
        assert not mine
    assert not blocks
    assert plan.cost == pytest.approx(cost_by_the_minute(instance, plan))
    free = coverage(
        instance.horizon, instance.demands, instance.agents, instance.duties, instance.over_cost
    )
    assert plan.least_cost == pytest.approx(free.cost)
    assert plan.free_missing_hours == pytest.approx(free.understaffed_agent_hours)
    missing = sum(
        float(np.maximum(item.required - plan.supplied[item.skill], 0).sum())
        for item in instance.demands
    )
    assert plan.missing_hours == pytest.approx(missing * instance.horizon.slot_minutes / 60)
    assert plan.least_cost <= plan.cost + 1e-9


@pytest.mark.parametrize("seed", range(repetitions(200, 40)))
def test_one_stretch_gets_the_blocks_that_no_other_ones_beat(seed: int) -> None:
    rng = random.Random(seed)
    count, least = rng.randint(2, 7), rng.choice([15, 30, 45])
    demands = []
    for skill in ("a", "b", "c"):
        required = np.zeros(QUARTERS.slots)
        required[36 : 36 + count] = [rng.choice([0, 0.5, 1, 2]) for _ in range(count)]
        demands.append(Demand(skill, required, (UnderStep(None, rng.randint(1, 9)),)))
    instance = Instance(
        QUARTERS,
        tuple(demands),
        (AgentProblem("x", ("a", "b", "c"), ()),),
        (Duty("x", START, 540, 540 + 15 * count),),
        1,
    )
    costs = []
    for queues in itertools.product("abc", repeat=count):
        lengths = [15 * len(list(run)) for _, run in itertools.groupby(queues)]
        if min(lengths) < min(least, 15 * count):
            continue
        cost = 0.0
        for place, queue in enumerate(queues):
            for demand in demands:
                short = float(demand.required[36 + place]) - (demand.skill == queue)
                cost += demand.under_steps[0].cost * short if short > 0 else -short
        costs.append(cost)
    assert plan_of(instance, least).cost == pytest.approx(min(costs))


def test_nobody_changes_queue_every_quarter_of_an_hour() -> None:
    phone, mail = np.zeros(QUARTERS.slots), np.zeros(QUARTERS.slots)
    phone[36:52:2] = 1
    mail[37:52:2] = 1
    demands = (Demand("phone", phone), Demand("mail", mail))
    agents = (AgentProblem("x", ("phone", "mail"), ()),)
    duties = (Duty("x", START, 540, 780, (PlacedBreak(660, 15),)),)
    often = task_plan(QUARTERS, demands, agents, duties, least_minutes=15)
    seldom = task_plan(QUARTERS, demands, agents, duties, least_minutes=60)
    assert often.cost == often.least_cost
    assert often.switches > 10
    assert seldom.switches <= 3
    assert seldom.cost > seldom.least_cost == often.least_cost
    assert next(item.start for item in seldom.of("x", START)) == 540
    assert float(seldom.supplied["phone"].sum() + seldom.supplied["mail"].sum()) == 15


def test_equal_arguments_give_an_equal_plan() -> None:
    instance = random_instance(random.Random(5), agents=12)
    assert plan_of(instance, 60).blocks == plan_of(instance, 60).blocks


def test_a_big_room_of_all_rounders_comes_close_to_free_switching() -> None:
    rng = random.Random(3)
    required = [
        np.array([rng.choice([6, 7, 8]) if 36 <= slot < 68 else 0 for slot in range(96)], float)
        for _ in range(2)
    ]
    demands = tuple(Demand(name, need) for name, need in zip("ab", required, strict=True))
    agents = tuple(AgentProblem(f"x{number}", ("a", "b"), ()) for number in range(14))
    duties = tuple(Duty(item.key, START, 540, 1020) for item in agents)
    plan = task_plan(QUARTERS, demands, agents, duties, least_minutes=60)
    still = task_plan(QUARTERS, demands, agents, duties, least_minutes=480)
    assert plan.least_cost < plan.cost < still.cost
