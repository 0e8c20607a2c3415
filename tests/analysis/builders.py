"""Random demands, agents and duties on a small horizon."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from wfm.model.problem import AgentProblem, Demand, UnderStep
from wfm.model.roster import Duty, PlacedBreak
from wfm.model.time import Horizon

START = date(2026, 11, 30)


@dataclass(frozen=True)
class Instance:
    horizon: Horizon
    demands: tuple[Demand, ...]
    agents: tuple[AgentProblem, ...]
    duties: tuple[Duty, ...]
    over_cost: int


def random_instance(
    rng: random.Random, skills: int = 3, agents: int = 6, days: int = 1, slot_minutes: int = 60
) -> Instance:
    """Several under-cost steps, fractional demands, speeds, breaks at any minute, nights."""
    horizon = Horizon(START, days, slot_minutes)
    names = [f"s{number}" for number in range(skills)]
    people = tuple(
        AgentProblem(
            key=f"a{number}",
            skills=tuple(rng.sample([*names, "other"], rng.randint(0, min(3, skills)))),
            options=(),
            speed_percent=rng.choice([100, 100, 85, 110, 63]),
        )
        for number in range(agents)
    )
    return Instance(
        horizon,
        tuple(random_demand(rng, horizon, name) for name in names),
        people,
        tuple(
            random_duty(rng, person.key, START + timedelta(days=day))
            for person in people
            for day in range(-1, days)
            if rng.random() < 0.8
        ),
        over_cost=rng.choice([0, 1, 3]),
    )


def random_demand(rng: random.Random, horizon: Horizon, skill: str) -> Demand:
    required = np.array([rng.choice([0, 1, 2, 1.5, 0.37, 4]) for _ in range(horizon.slots)], float)
    costs = sorted(rng.randint(0, 9) for _ in range(rng.randint(1, 3)))
    depths = [rng.choice([0.5, 1, 2]) for _ in costs[:-1]] + [rng.choice([None, 1.0])]
    steps = tuple(UnderStep(depth, cost) for depth, cost in zip(depths, costs, strict=True))
    return Demand(skill, required, steps)


def random_duty(rng: random.Random, agent: str, day: date) -> Duty:
    start = rng.randrange(0, 1440, 5)
    end = start + rng.choice([240, 305, 540, 720])
    rests = []
    for part in (start + 30, start + 130):
        if rng.random() < 0.7:
            begin = part + rng.randrange(0, 60)
            rests.append(PlacedBreak(begin, rng.choice([10, 15, 37]), rng.random() < 0.5))
    return Duty(agent, day, start, end, tuple(rests))
