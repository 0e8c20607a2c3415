"""Tiny random problems, and their optimum by trying every roster: the oracle of the solver."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise, product

import numpy as np
from hypothesis import strategies as st

from wfm.model.activity import BreakRule
from wfm.model.problem import AgentProblem, Demand, Option, RosterProblem, UnderStep
from wfm.model.rule import (
    OFF,
    Automaton,
    Counter,
    Distinct,
    Mask,
    Primitive,
    RuleRef,
    Succession,
)
from wfm.model.time import DAY_MINUTES, Horizon

DAYS, SLOT = 3, 60
OPTIONS = (
    Option("early", 480, 720, (BreakRule(60, 60, 120),), "early", "E"),
    Option("late", 720, 960, (BreakRule(30, 60, 120), BreakRule(30, 120, 180)), "late", "L", 60),
    Option("night", 1320, 1560, (BreakRule(30, 60, 120, paid=True),), "night", "N"),
)
MEASURES = {
    "duties": (1, 1, 1),
    "worked_minutes": (180, 180, 240),
    "night_minutes": (0, 0, 240),
    "start": (480, 720, 1320),
    "class": (1, 1, 2),
}
RULE = RuleRef("rule", "company")

prices = st.sampled_from([None, 3, 7, 40])
choices = st.sampled_from([OFF, 0, 1, 2])
windows = st.sets(st.integers(0, DAYS - 1), min_size=1).map(lambda days: tuple(sorted(days)))
bounds = st.one_of(st.none(), st.integers(0, 3))


def masks() -> st.SearchStrategy[Primitive]:
    options = st.sets(choices, min_size=1, max_size=2).map(lambda found: tuple(sorted(found)))
    return st.builds(Mask, st.just(RULE), st.integers(0, DAYS - 1), options, prices)


def successions() -> st.SearchStrategy[Primitive]:
    pairs = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=2).map(tuple)
    return st.builds(
        Succession, st.just(RULE), st.sampled_from([0, 300, 660, 1500]), pairs,
        st.sampled_from([None, -600, 100]), prices,
    )  # fmt: skip


def counters() -> st.SearchStrategy[Primitive]:
    duties = st.builds(
        Counter, st.just(RULE), windows, st.just("duties"), bounds, bounds, st.integers(0, 1),
        prices,
    )  # fmt: skip
    blocked = st.builds(
        Counter, st.just(RULE), st.just(tuple(range(DAYS))), st.sampled_from(["duties", "class"]),
        bounds, bounds, st.integers(0, 1), prices, st.just(1),
        st.sampled_from([((0, 1),), ((1, 2),), ((0, 2),), ((0, 2), (1,)), ((0, 1, 2),)]),
    )  # fmt: skip
    low, high = st.sampled_from([None, 180, 200]), st.sampled_from([None, 240, 420])
    minutes = st.builds(
        Counter, st.just(RULE), windows, st.just("worked_minutes"), low, high, st.just(0),
        prices, st.sampled_from([1, 60]),
    )  # fmt: skip
    counts = st.one_of(duties, blocked)
    ordered = counts.filter(lambda it: it.low is None or it.high is None or it.low <= it.high)
    return st.one_of(ordered, minutes)


@st.composite
def automata(draw: st.DrawFn) -> Primitive:
    size = draw(st.integers(1, 3))
    target = st.integers(-1 - size, size - 1)
    rows = tuple(tuple(draw(target) for _ in range(3)) for _ in range(size))
    final = tuple(sorted(draw(st.sets(st.integers(0, size - 1)))))
    start, days = draw(st.integers(0, size - 1)), draw(st.one_of(st.just(()), windows))
    return Automaton(RULE, "class", start, rows, final, draw(prices), days)


def distincts() -> st.SearchStrategy[Primitive]:
    known = st.sets(st.sampled_from([480, 600, 720])).map(lambda found: tuple(sorted(found)))
    return st.builds(
        Distinct, st.just(RULE), windows, st.just("start"), st.integers(0, 2), prices, known
    )


primitives = st.one_of(masks(), successions(), counters(), automata(), distincts())


@st.composite
def problems(draw: st.DrawFn) -> RosterProblem:
    """Return a problem of one or two agents, three days and three options."""
    horizon = Horizon(date(2026, 11, 30), DAYS, SLOT)
    demands = []
    for skill in draw(st.sampled_from([("a",), ("a", "b")])):
        required = np.zeros(horizon.slots)
        for day in range(DAYS):
            for hour in draw(st.sets(st.integers(8, 14), max_size=3)):
                required[day * 24 + hour] = draw(st.sampled_from([0.5, 1.0, 1.5, 2.0]))
            required[day * 24 + 23] = draw(st.sampled_from([0.0, 1.0]))
        required.setflags(write=False)
        steps = draw(
            st.sampled_from([(UnderStep(None, 5),), (UnderStep(0.5, 2), UnderStep(None, 9))])
        )
        demands.append(Demand(skill, required, steps))
    agents = tuple(
        AgentProblem(
            key=f"agent {number}",
            skills=draw(st.sampled_from([(), ("a",), ("b",), ("a", "b")])),
            options=draw(st.sampled_from([(0, 1, 2), (0, 1), (2,), ()])),
            primitives=tuple(draw(st.lists(primitives, max_size=3))),
            speed_percent=draw(st.sampled_from([50, 100])),
        )
        for number in range(draw(st.integers(1, 2)))
    )
    return RosterProblem(
        horizon, OPTIONS, MEASURES, tuple(demands), agents, draw(st.integers(0, 2))
    )


def cost_of_week(
    problem: RosterProblem, agent: AgentProblem, week: Sequence[int]
) -> tuple[int, int]:
    """Return hard breaches and soft cost, read from the definitions once more."""
    hard = soft = 0
    overlap = Succession(RuleRef("no_overlap"), 0)
    for rule in (*agent.primitives, overlap):
        units = breaches(problem, rule, week)
        if rule.price is None:
            hard += units
        else:
            soft += units * rule.price
    return hard, soft


def breaches(problem: RosterProblem, rule: Primitive, week: Sequence[int]) -> int:
    duties = [(day, choice) for day, choice in enumerate(week) if choice != OFF]
    measures = problem.measures
    if isinstance(rule, Mask):
        return int(week[rule.day] in rule.options)
    if isinstance(rule, Counter):
        worth = dict.fromkeys(rule.days, 0)
        worth |= {d: measures[rule.measure][c] for d, c in duties if d in rule.days}
        parts = [*rule.blocks]
        parts += [(day,) for day in rule.days if not any(day in block for block in rule.blocks)]
        total = rule.constant + sum(max(worth[day] for day in part) for part in parts)
        high = total if rule.high is None else rule.high
        low = total if rule.low is None else rule.low
        return math.ceil(max(total - high, low - total, 0) / rule.unit)
    if isinstance(rule, Distinct):
        values = {measures[rule.measure][c] for d, c in duties if d in rule.days}
        return max(0, len(values | set(rule.known)) - rule.at_most)
    if isinstance(rule, Automaton):
        state, broken = rule.start, 0
        for day, choice in enumerate(week):
            if rule.days and day not in rule.days:
                continue
            following = rule.transitions[state][
                0 if choice == OFF else measures[rule.measure][choice]
            ]
            broken += following < 0
            if following != -1:
                state = following if following >= 0 else -(following + 2)
        return broken + int(bool(rule.final) and state not in rule.final)
    broken = 0
    for place, (day, choice) in enumerate(duties):
        start = day * DAY_MINUTES + problem.options[choice].start
        before = rule.previous_end
        paired = False
        if place:
            old_day, old = duties[place - 1]
            before = old_day * DAY_MINUTES + problem.options[old].end
            paired = old_day == day - 1 and (old, choice) in rule.pairs
        broken += paired or (before is not None and start - before < rule.rest_minutes)
    return broken


def day_units(option: Option, breaks: Sequence[int], day: int) -> dict[int, int]:
    """Return half-hours of presence by slot; ``breaks`` are the starts of the option's breaks."""
    result: dict[int, int] = {}
    for minute in range(option.start, option.end, 30):
        if any(
            start <= minute < start + rule.length
            for start, rule in zip(breaks, option.breaks, strict=True)
        ):
            continue
        slot = (day * DAY_MINUTES + minute) // SLOT
        result[slot] = result.get(slot, 0) + 1
    return result


def apart(option: Option, starts: Sequence[int]) -> bool:
    """Tell whether any two breaks leave the option's gap between them."""
    spans = sorted(
        (start, start + rule.length) for start, rule in zip(starts, option.breaks, strict=True)
    )
    return all(two[0] >= one[1] + option.break_gap for one, two in pairwise(spans))


def rosters_of(problem: RosterProblem, week: Sequence[int]) -> Iterator[dict[int, int]]:
    """Yield the presence of a week for every placing of its breaks."""
    per_day = []
    for day, choice in enumerate(week):
        if choice == OFF:
            continue
        option = problem.options[choice]
        starts = [
            [
                option.start + offset
                for offset in range(rule.earliest, rule.latest + 1)
                if (option.start + offset) % SLOT == 0
            ]
            for rule in option.breaks
        ]
        per_day.append(
            [day_units(option, breaks, day) for breaks in product(*starts) if apart(option, breaks)]
        )
    for parts in product(*per_day):
        merged: dict[int, int] = {}
        for part in parts:
            for slot, amount in part.items():
                merged[slot] = merged.get(slot, 0) + amount
        yield merged


def slot_cost(
    problem: RosterProblem, slot: int, present: Sequence[tuple[tuple[str, ...], int]]
) -> int:
    """Return 4 × the cost of an interval, amounts in quarters, by trying every sharing."""
    wanted = [round(4 * float(demand.required[slot])) for demand in problem.demands]
    best = None
    ways = []
    for skills, amount in present:
        mine = [n for n, demand in enumerate(problem.demands) if demand.skill in skills]
        ways.append(
            [
                split
                for split in product(range(amount + 1), repeat=len(mine))
                if sum(split) <= amount
            ]
        )
    owners = [
        [n for n, demand in enumerate(problem.demands) if demand.skill in skills]
        for skills, _ in present
    ]
    for shares in product(*ways):
        served = [0] * len(wanted)
        for owner, split in zip(owners, shares, strict=True):
            for demand, amount in zip(owner, split, strict=True):
                served[demand] += amount
        if any(have > want for have, want in zip(served, wanted, strict=True)):
            continue
        cost = problem.over_cost * (sum(amount for _, amount in present) - sum(served))
        for demand, want, have in zip(problem.demands, wanted, served, strict=True):
            left = want - have
            for step in demand.under_steps:
                amount = left if step.depth is None else min(left, round(4 * step.depth))
                cost += amount * step.cost
                left -= amount
        best = cost if best is None else min(best, cost)
    assert best is not None
    return best


def optimum(problem: RosterProblem) -> tuple[float, list[int]]:
    """Return the best objective and each agent's least number of hard breaches (unweighted)."""
    agents = []
    least = []
    for agent in problem.agents:
        weeks = [
            (*cost_of_week(problem, agent, week), week)
            for week in product((OFF, *agent.options), repeat=DAYS)
        ]
        fewest = min(hard for hard, _, _ in weeks)
        least.append(fewest)
        presences: dict[tuple[tuple[int, int], ...], int] = {}
        for hard, soft, week in weeks:
            if hard == fewest:
                for presence in rosters_of(problem, week):
                    inside = {s: n for s, n in presence.items() if s < problem.horizon.slots}
                    key = tuple(sorted(inside.items()))
                    presences[key] = min(soft, presences.get(key, soft))
        agents.append(presences)
    remembered: dict[object, int] = {}
    best = math.inf
    for parts in product(*(item.items() for item in agents)):
        total = 4.0 * sum(soft for _, soft in parts)
        for slot in range(problem.horizon.slots):
            present = tuple(
                (agent.skills, dict(presence).get(slot, 0) * agent.speed_percent * 4 // 200)
                for agent, (presence, _) in zip(problem.agents, parts, strict=True)
            )
            present = tuple(item for item in present if item[1])
            if not present and not any(demand.required[slot] for demand in problem.demands):
                continue
            key = (slot, present)
            if key not in remembered:
                remembered[key] = slot_cost(problem, slot, present)
            total += remembered[key]
        best = min(best, total)
    return best / 4, least
