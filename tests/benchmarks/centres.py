"""The seeded centres of the roster benchmark: contact centres as they are, in any size.

A week (or four) in quarter-hours with three skills.  70 % of the people work full time, five spans
of 9 h with a lunch hour and a short break in each half; the others part time, 20 to 23 h a week in
spans of 4, 5 or 6 h with one short break.  11 h rest, at most five days in a row with last week
carried in, leave, people who must leave by 19:00, wishes for days off (8 each), for early or late
shifts (2 a day), and weekends dearer for whoever worked many.  Demand has two peaks and 97 % of
what the staff can supply.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from wfm.model.activity import BreakRule
from wfm.model.centre_rule import CentreRule, Pair, Presence
from wfm.model.problem import AgentProblem, Demand, Option, RosterProblem, UnderStep
from wfm.model.roster import Duty, PlacedBreak
from wfm.model.rule import Automaton, Counter, Mask, Primitive, RuleRef, Succession
from wfm.model.time import DAY_MINUTES, Horizon
from wfm.model.workload import Floats

MONDAY = date(2026, 11, 30)
SLOT = 15
SKILLS = ("phone", "technical", "chat")
SKILL_SETS: tuple[tuple[tuple[str, ...], float], ...] = (
    (("phone",), 0.30),
    (("technical",), 0.18),
    (("chat",), 0.12),
    (("phone", "technical"), 0.20),
    (("phone", "chat"), 0.10),
    (SKILLS, 0.10),
)
FULL_BREAKS = (
    BreakRule(15, 75, 150, paid=True),
    BreakRule(60, 180, 300),
    BreakRule(15, 375, 465, paid=True),
)
FULL_SPAN, PART_SPANS = 540, (240, 300, 360)
DAY_STARTS = range(480, 781, 30)
ROUND_THE_CLOCK_STARTS = (*range(420, 811, 30), 21 * 60, 22 * 60)
FULL_DAYS, PART_MINUTES = 5, (20 * 60, 23 * 60)
REST, LONGEST_RUN = 660, 5
LEAVE_SHARE, EARLY_LEAVER_SHARE, LEAVES_BY = 0.06, 0.08, 19 * 60
DAY_OFF_PRICE, TASTE_PRICE = 8, 2
LOAD = 0.97
PLAIN_STEPS = dict.fromkeys(SKILLS, (UnderStep(None, 5),))
UNEQUAL_STEPS = {
    "phone": (UnderStep(2, 5), UnderStep(None, 9)),
    "technical": (UnderStep(1, 7), UnderStep(None, 12)),
    "chat": (UnderStep(3, 3), UnderStep(None, 6)),
}
SUPERVISORS, SUPERVISOR_SHARE = 2, 0.08
PAIRS, PAIR_OVERLAP = 10, 240
SEAT_SHARE = 0.75
"""Seats per person: a few less than the busiest hour takes without the rule, for people on a break
keep theirs."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When a centre works: opening slots of a day, starts of full-time shifts."""

    first: int
    last: int
    starts: tuple[int, ...]


FOURTEEN = Hours(480, 1320, tuple(DAY_STARTS))
TWENTY_FOUR = Hours(0, DAY_MINUTES, ROUND_THE_CLOCK_STARTS)


def centre(
    agents: int,
    seed: int = 1,
    *,
    round_the_clock: bool = False,
    weeks: int = 1,
    supervisors: bool = False,
    steps: bool = False,
) -> RosterProblem:
    """Return a centre; equal arguments give an equal problem on every machine.

    ``supervisors`` adds centre rules (two supervisors in every open interval, seats, ten pairs);
    ``steps`` two under-cost steps that differ from skill to skill.
    """
    rng = np.random.default_rng([seed, agents, int(round_the_clock), weeks])
    hours = TWENTY_FOUR if round_the_clock else FOURTEEN
    horizon = Horizon(MONDAY, 7 * weeks, SLOT)
    options = option_table(hours)
    skills = _skills_of(agents, rng)
    people = tuple(
        _person(rng, number, skills[number], number % 10 < 7, options, horizon)
        for number in range(agents)
    )
    demands = _demands(rng, horizon, people, hours, UNEQUAL_STEPS if steps else PLAIN_STEPS)
    problem = RosterProblem(horizon, options, measures_of(options), demands, people)
    return replace(problem, centre_rules=_centre_rules(problem, hours)) if supervisors else problem


def main() -> None:
    """Print the size of each kind of centre."""
    print(f"{'':24}{'people':>8}{'shifts':>8}{'intervals':>10}{'required':>10}{'rules':>8}")
    for name, agents, problem in (
        ("week, 8:00–22:00", 300, centre(300)),
        ("week, 24 h", 300, centre(300, round_the_clock=True)),
        ("supervisors, seats, pairs", 300, centre(300, supervisors=True)),
        ("four weeks", 100, centre(100, weeks=4)),
    ):
        required = sum(float(demand.required.sum()) for demand in problem.demands)
        rules = sum(len(agent.primitives) for agent in problem.agents)
        size = f"{len(problem.options):8d}{problem.horizon.slots:10d}"
        print(f"{name:24}{agents:8d}{size}{required:10.0f}{rules:8d}")


# --- shifts --------------------------------------------------------------------------------------


def option_table(hours: Hours) -> tuple[Option, ...]:
    """Return full-time shifts, then part-time ones (which lie between 8:00 and 22:00)."""
    found = [
        Option(f"full-{start}", start, start + FULL_SPAN, FULL_BREAKS, "full", "F")
        for start in hours.starts
    ]
    for span in PART_SPANS:
        rest = BreakRule(15, 90, span - 105, paid=True)
        found += [
            Option(f"part-{span}-{start}", start, start + span, (rest,), f"part{span // 60}", "P")
            for start in range(FOURTEEN.first, FOURTEEN.last - span + 1, 30)
        ]
    return tuple(found)


def measures_of(options: Sequence[Option]) -> dict[str, tuple[int, ...]]:
    """Return the columns that every option table has."""
    return {
        "duties": tuple(1 for _ in options),
        "worked_minutes": tuple(option.worked_minutes for option in options),
        "night_minutes": tuple(
            max(0, min(option.end, 29 * 60) - max(option.start, 22 * 60)) for option in options
        ),
        "start": tuple(option.start for option in options),
    }


# --- people --------------------------------------------------------------------------------------


def _skills_of(agents: int, rng: np.random.Generator) -> list[tuple[str, ...]]:
    """Return skills in the shares of :data:`SKILL_SETS`, to the nearest agent, shuffled."""
    edges = np.rint(np.cumsum([share for _, share in SKILL_SETS]) * agents).astype(int)
    counts = np.diff(edges, prepend=0)
    found = [
        skills for (skills, _), count in zip(SKILL_SETS, counts, strict=True) for _ in range(count)
    ]
    return [found[place] for place in rng.permutation(agents)]


def _person(
    rng: np.random.Generator,
    number: int,
    skills: tuple[str, ...],
    full: bool,
    options: tuple[Option, ...],
    horizon: Horizon,
) -> AgentProblem:
    own = tuple(place for place, item in enumerate(options) if (item.kind == "full") == full)
    key = f"a{number:04d}"
    past = _last_week(rng, key, options, own, horizon)
    return AgentProblem(
        key=key,
        skills=skills,
        options=own,
        primitives=(
            *_contract(full, horizon, past),
            *_absences(rng, options, own, horizon),
            *_wishes(rng, options, own, horizon),
        ),
        past=past,
    )


def _last_week(
    rng: np.random.Generator,
    key: str,
    options: tuple[Option, ...],
    own: tuple[int, ...],
    horizon: Horizon,
) -> tuple[Duty, ...]:
    """Return five duties of the week before, about the same time each day."""
    off = set(rng.choice(7, size=2, replace=False).tolist())
    base = int(rng.integers(len(own)))
    found = []
    for back in range(7, 0, -1):
        if back - 1 in off:
            continue
        option = options[own[base]]
        breaks = tuple(
            PlacedBreak(option.start + rule.earliest, rule.length, rule.paid)
            for rule in option.breaks
        )
        day = horizon.start - timedelta(days=back)
        found.append(Duty(key, day, option.start, option.end, breaks, option.kind, option.letter))
    return tuple(found)


def _contract(full: bool, horizon: Horizon, past: tuple[Duty, ...]) -> list[Primitive]:
    """Return hours or days of each week, the longest run of days, and the rest between shifts."""
    days_back = {(horizon.start - duty.day).days for duty in past}
    run = next(back for back in range(8) if back + 1 not in days_back)
    rows = tuple((0, state + 1 if state < LONGEST_RUN else -1) for state in range(LONGEST_RUN + 1))
    last_end = max(duty.end - DAY_MINUTES * (horizon.start - duty.day).days for duty in past)
    found: list[Primitive] = [
        Succession(RuleRef("rest", "illegal"), REST, previous_end=last_end),
        Automaton(RuleRef("consecutive_days"), "duties", min(run, LONGEST_RUN), rows),
    ]
    for week in range(horizon.days // 7):
        days = tuple(range(7 * week, 7 * week + 7))
        if full:
            rule = RuleRef("weekly_days")
            found.append(Counter(rule, days, "duties", FULL_DAYS, FULL_DAYS))
        else:
            found.append(Counter(RuleRef("weekly_hours"), days, "worked_minutes", *PART_MINUTES))
    return found


def _absences(
    rng: np.random.Generator,
    options: tuple[Option, ...],
    own: tuple[int, ...],
    horizon: Horizon,
) -> list[Primitive]:
    found: list[Primitive] = [
        Mask(RuleRef("leave"), 7 * week + int(rng.integers(7)), own)
        for week in range(horizon.days // 7)
        if rng.random() < LEAVE_SHARE
    ]
    if rng.random() < EARLY_LEAVER_SHARE:
        late = tuple(place for place in own if options[place].end > LEAVES_BY)
        found += [Mask(RuleRef("availability"), day, late) for day in range(horizon.days)]
    return found


def _wishes(
    rng: np.random.Generator,
    options: tuple[Option, ...],
    own: tuple[int, ...],
    horizon: Horizon,
) -> list[Primitive]:
    """Return up to two days off a week, early or late for half the staff, and dear weekends."""
    found: list[Primitive] = []
    for week in range(horizon.days // 7):
        days = rng.choice(7, size=int(rng.integers(3)), replace=False)
        found += [
            Mask(RuleRef("day_off_wish", "wish"), 7 * week + int(day), own, DAY_OFF_PRICE)
            for day in sorted(days)
        ]
    taste = rng.random()
    middle = float(np.median([options[place].start for place in own]))
    disliked = tuple(
        place
        for place in own
        if (taste < 0.25 and options[place].start > middle)
        or (0.25 <= taste < 0.5 and options[place].start < middle)
    )
    if disliked:
        rule = RuleRef("taste_wish", "wish")
        found += [Mask(rule, day, disliked, TASTE_PRICE) for day in range(horizon.days)]
    worked = int(rng.integers(4))
    if worked:
        weekends = [day for day in range(horizon.days) if day % 7 >= 5]
        found += [Mask(RuleRef("weekends", "wish"), day, own, worked) for day in weekends]
    return found


# --- demand --------------------------------------------------------------------------------------


def _demands(
    rng: np.random.Generator,
    horizon: Horizon,
    people: Sequence[AgentProblem],
    hours: Hours,
    steps: dict[str, tuple[UnderStep, ...]],
) -> tuple[Demand, ...]:
    """Share what the staff can supply out over the week, and round each number at random."""
    weeks = horizon.days // 7
    supply = dict.fromkeys(SKILLS, 0.0)
    for person in people:
        slots = _supplied_slots(person)
        for skill in person.skills:
            supply[skill] += weeks * slots / len(person.skills)
    curve = np.tile(_week_curve(hours), weeks)
    if hours.first == 0:
        curve[: hours.starts[0] // SLOT] = 0.0  # last week's night shifts still cover this
    demands = []
    for skill in SKILLS:
        wave = rng.uniform(0.95, 1.05, horizon.days).repeat(horizon.slots_per_day)
        level = curve * wave
        level *= supply[skill] * LOAD / level.sum()
        required: Floats = np.floor(level + rng.random(horizon.slots))
        required.setflags(write=False)
        demands.append(Demand(skill, required, steps[skill]))
    return tuple(demands)


def _supplied_slots(person: AgentProblem) -> float:
    """Return the intervals a week in which a person is at contacts, breaks taken off."""
    if any(isinstance(rule, Counter) and rule.measure == "duties" for rule in person.primitives):
        return FULL_DAYS * (FULL_SPAN - 90) / SLOT
    return (sum(PART_MINUTES) / 2 - 4.5 * 15) / SLOT


def _week_curve(hours: Hours) -> Floats:
    """Return the relative demand of each interval of a week: two peaks, busy Mondays.

    The peaks are as narrow as it takes for the best roster to cost about a sixth of the required
    agent-intervals (a tenth round the clock): breaks and spans cannot follow demand any closer.
    """
    clock = (np.arange(DAY_MINUTES // SLOT) + 0.5) * SLOT / 60
    shape = np.exp(-(((clock - 10.75) / 1.5) ** 2)) + 0.85 * np.exp(-(((clock - 15.5) / 2.0) ** 2))
    if hours.first == 0:
        shape += 0.2 + 0.25 * np.exp(-(((clock - 20) / 3.0) ** 2))
    else:
        shape += 0.12
    shape[(clock * 60 < hours.first) | (clock * 60 > hours.last)] = 0.0
    factors = (1.25, 1.05, 1.0, 1.0, 1.05, 0.85, 0.75)
    return np.concatenate([shape * factor for factor in factors])


# --- centre rules --------------------------------------------------------------------------------


def _centre_rules(problem: RosterProblem, hours: Hours) -> tuple[CentreRule, ...]:
    """Return supervisors, seats and pairs that a good roster can meet together."""
    horizon = problem.horizon
    minute = np.arange(horizon.slots) % horizon.slots_per_day * SLOT
    is_open = (minute >= hours.first) & (minute < hours.last)
    full = [
        place
        for place, agent in enumerate(problem.agents)
        if problem.options[agent.options[0]].kind == "full"
    ]
    count = max(4 * SUPERVISORS, round(SUPERVISOR_SHARE * len(problem.agents)))
    needed = np.where(is_open, float(SUPERVISORS), 0.0)
    seats = np.full(horizon.slots, np.ceil(SEAT_SHARE * len(problem.agents)))
    for array in (needed, seats):
        array.setflags(write=False)
    everybody = tuple(range(len(problem.agents)))
    untied = [place for place, agent in enumerate(problem.agents) if not _tied(agent)]
    together = iter([place for place in full[count:] if place in set(untied)])
    # two full-time spans never fit into opening hours one after the other
    apart = iter([place for place in untied if place not in set(full)])
    rules: list[CentreRule] = [
        Presence(RuleRef("supervisors"), tuple(full[:count]), low=needed),
        Presence(RuleRef("seats"), everybody, high=seats, breaks=True),
    ]
    for number in range(PAIRS):
        if number % 3 == 2:
            rules.append(Pair(RuleRef("pair"), next(apart), next(apart), apart=True))
        else:
            rule = RuleRef("pair")
            rules.append(Pair(rule, next(together), next(together), overlap=PAIR_OVERLAP))
    return tuple(rules)


def _tied(agent: AgentProblem) -> bool:
    """Tell whether leave or availability limits a person, who then makes no pair."""
    return any(isinstance(rule, Mask) and rule.price is None for rule in agent.primitives)


if __name__ == "__main__":
    main()
