"""Seeded problems of the size of a real centre, for benchmarks and tests."""

from __future__ import annotations

from datetime import date

import numpy as np

from wfm.model.activity import BreakRule
from wfm.model.problem import AgentProblem, Demand, Option, RosterProblem, UnderStep
from wfm.model.rule import OFF, Automaton, Counter, Mask, Primitive, RuleRef, Succession
from wfm.model.time import Horizon, week_horizon

FULL_BREAKS = (
    BreakRule(15, 75, 150, paid=True),
    BreakRule(60, 180, 300),
    BreakRule(15, 375, 465, paid=True),
)
PART_BREAKS = (BreakRule(15, 90, 150, paid=True),)
SIX_BREAKS = (BreakRule(15, 75, 120, paid=True), BreakRule(15, 225, 285, paid=True))
SKILLS = ("phone", "technical", "chat", "mail")
PROFILES = (
    (("phone",), 30), (("phone", "technical"), 20), (("phone", "chat"), 16), (("technical",), 10),
    (("chat", "mail"), 12), (("phone", "mail"), 6), (SKILLS, 6),
)  # fmt: skip


def option_table() -> tuple[tuple[Option, ...], dict[str, tuple[int, ...]]]:
    """Return full-time shifts of 9 h and part-time shifts of 4, 5 and 6 h."""
    options = [
        Option(f"full-{start}", start, start + 540, FULL_BREAKS, "full", "F")
        for start in range(480, 781, 30)
    ]
    for length, breaks in ((240, PART_BREAKS), (300, PART_BREAKS), (360, SIX_BREAKS)):
        options += [
            Option(f"part-{length}-{start}", start, start + length, breaks, "part", "P")
            for start in range(540, 1320 - length + 1, 60 if length == 240 else 30)
        ]
    measures = {
        "duties": tuple(1 for _ in options),
        "worked_minutes": tuple(option.worked_minutes for option in options),
        "night_minutes": tuple(0 for _ in options),
        "start": tuple(option.start for option in options),
    }
    return tuple(options), measures


def run_machine(start: int, most: int = 5) -> Automaton:
    """Return the machine that allows at most ``most`` working days in a row."""
    rows = tuple((0, state + 1 if state < most else -1) for state in range(most + 1))
    return Automaton(RuleRef("consecutive_days", "company"), "duties", start, rows)


def call_centre(agents: int = 60, seed: int = 1, *, load: float = 0.97) -> RosterProblem:
    """Return a week of a centre open 8:00–22:00 with four skills and two under-cost steps."""
    rng = np.random.default_rng([seed, agents])
    horizon = week_horizon(date(2026, 11, 30))
    options, measures = option_table()
    full = tuple(n for n, option in enumerate(options) if option.kind == "full")
    part = tuple(n for n, option in enumerate(options) if option.kind == "part")
    weights = np.array([weight for _, weight in PROFILES], dtype=float)
    people = []
    for number in range(agents):
        is_full = number % 10 < 7
        skills = PROFILES[rng.choice(len(PROFILES), p=weights / weights.sum())][0]
        people.append(
            AgentProblem(
                key=f"a{number:03d}",
                skills=skills,
                options=full if is_full else part,
                primitives=_rules(rng, is_full, options, full if is_full else part),
                speed_percent=int(rng.choice([100, 100, 100, 100, 80, 50])),
            )
        )
    demands = _demands(rng, horizon, people, load)
    return RosterProblem(horizon, options, measures, demands, tuple(people))


def _rules(
    rng: np.random.Generator, is_full: bool, options: tuple[Option, ...], own: tuple[int, ...]
) -> tuple[Primitive, ...]:
    week = tuple(range(7))
    low, high = (2400, 2400) if is_full else (960, 1440)
    rules: list[Primitive] = [
        Counter(RuleRef("weekly_hours"), week, "worked_minutes", low, high),
        Counter(RuleRef("weekly_days"), week, "duties", 3, 5),
        Succession(RuleRef("rest", "illegal"), 660, previous_end=int(rng.integers(-400, -120))),
        run_machine(int(rng.integers(0, 3))),
    ]
    if rng.random() < 0.06:
        rules.append(Mask(RuleRef("leave"), int(rng.integers(7)), own))
    if rng.random() < 0.08:
        late = tuple(n for n in own if options[n].end > 19 * 60)
        rules += [Mask(RuleRef("availability"), day, late) for day in week]
    for _ in range(int(rng.integers(0, 3))):
        rules.append(Mask(RuleRef("wish", "wish"), int(rng.integers(7)), own, price=8))
    worked = int(rng.integers(0, 4))
    if worked:
        rules.append(Counter(RuleRef("weekends", "wish"), (5, 6), "duties", high=0, price=worked))
    if rng.random() < 0.5:
        early = tuple(n for n in own if options[n].start < 600)
        rules += [Mask(RuleRef("late_wish", "wish"), day, early, price=2) for day in week]
    assert OFF not in own
    return tuple(rules)


def _demands(
    rng: np.random.Generator, horizon: Horizon, people: list[AgentProblem], load: float
) -> tuple[Demand, ...]:
    """Return two-peaked demand whose agent-hours are ``load`` of what people can supply.

    Whole agents to the nearest, at least one while open, as requirements are rounded.
    """
    minutes = np.array([7.5 * 60 * 5 if len(p.options) < 20 else 1200 for p in people])
    supply = dict.fromkeys(SKILLS, 0.0)
    for person, amount in zip(people, minutes, strict=True):
        for skill in person.skills:
            supply[skill] += amount * person.speed_percent / 100 / len(person.skills)
    hours = np.arange(96) / 4
    shape = np.exp(-(((hours - 10.5) / 2) ** 2)) + 0.8 * np.exp(-(((hours - 15.5) / 3) ** 2)) + 0.25
    shape[(hours < 8) | (hours >= 22)] = 0
    weekday = np.array([1.25, 1.05, 1.0, 1.0, 1.05, 0.85, 0.8])
    curve = np.concatenate([shape * factor for factor in weekday])
    demands = []
    for skill in SKILLS:
        wave = 1 + 0.1 * rng.standard_normal(7).repeat(96)
        level = curve / curve.sum() * supply[skill] * load / 15 * wave
        required = np.where(level > 0, np.maximum(1.0, np.floor(level + 0.5)), 0.0)
        required.setflags(write=False)
        demands.append(Demand(skill, required, (UnderStep(2, 5), UnderStep(None, 8))))
    return tuple(demands)
