"""Exact cost of what ties agents together, and of changes, for given duties.

Plain Python by the definitions of :mod:`wfm.model.centre_rule` and
:class:`~wfm.model.problem.Stability`; shares nothing with the search, so that it can judge it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from solver.compile import HEAD, Scale, hundredths, scale_of
from wfm.model.centre_rule import CentreRule, FairShare, Pair, Presence
from wfm.model.problem import RosterProblem, Stability
from wfm.model.roster import Duty, Unmet
from wfm.model.rule import OFF, RuleRef
from wfm.model.time import DAY_MINUTES
from wfm.model.workload import Floats

STABILITY = "stability"
"""Key of the rule that limits how many people changes may affect."""

Week = Mapping[int, Duty]
"""An agent's duties by day of the horizon."""


@dataclass(frozen=True, slots=True)
class CentreCost:
    """What broken centre rules and changes cost, in cost × units, and what is listed."""

    units: int
    unmet: tuple[Unmet, ...]


def centre_cost(
    problem: RosterProblem,
    choices: Sequence[Sequence[int]],
    duties: Sequence[Duty],
    scale: Scale | None = None,
) -> CentreCost:
    """Return the cost of centre rules and stability for ``duties`` that realise ``choices``.

    ``choices`` holds one option (or ``OFF``) per agent and day.
    """
    scale = scale or scale_of(problem)
    weeks = weeks_of(problem, duties)
    units, unmet = 0, []
    for rule in problem.centre_rules:
        for amount, entry in _breaches(problem, scale, choices, weeks, rule):
            units += rule.price * amount
            unmet.append(entry)
    if problem.stability is not None:
        units += scale.units * stability_cost(problem, problem.stability, weeks)
        unmet += _too_many_affected(problem, problem.stability, weeks)
    return CentreCost(units, tuple(unmet))


def weeks_of(problem: RosterProblem, duties: Sequence[Duty]) -> list[dict[int, Duty]]:
    """Return each agent's duties by day; strangers and days outside the horizon are left out."""
    place_of = {agent.key: place for place, agent in enumerate(problem.agents)}
    weeks: list[dict[int, Duty]] = [{} for _ in problem.agents]
    for duty in duties:
        day = problem.horizon.day_index(duty.day)
        if duty.agent in place_of and 0 <= day < problem.horizon.days:
            weeks[place_of[duty.agent]][day] = duty
    return weeks


def _breaches(
    problem: RosterProblem,
    scale: Scale,
    choices: Sequence[Sequence[int]],
    weeks: Sequence[Week],
    rule: CentreRule,
) -> Iterator[tuple[int, Unmet]]:
    """Yield by how many units a rule is broken, and the entry of the list for it."""
    match rule:
        case Presence():
            heads = heads_present(problem, scale, [weeks[place] for place in rule.agents], rule)
            low = [0] * len(heads) if rule.low is None else in_units(problem, scale, rule.low)
            yield from _runs(problem, scale, rule, [x - h for x, h in zip(low, heads, strict=True)])
            if rule.high is not None:
                high = in_units(problem, scale, rule.high)
                over = [h - x for x, h in zip(high, heads, strict=True)]
                yield from _runs(problem, scale, rule, over)
        case Pair():
            agent = problem.agents[rule.first].key
            for day in broken_dates(rule, weeks[rule.first], weeks[rule.second]):
                date = problem.horizon.dates[day]
                yield scale.units, Unmet("centre", agent, rule.rule, day=date, amount=1)
        case FairShare():
            counts = counts_of(problem, rule, choices)
            units = units_outside(counts, rule.spread)
            if units:
                yield units * scale.units, Unmet("centre", rule=rule.rule, amount=units)


def heads_present(
    problem: RosterProblem, scale: Scale, weeks: Sequence[Week], rule: Presence
) -> list[int]:
    """Return the heads present in each interval, in units."""
    slot, slots = problem.horizon.slot_minutes, problem.horizon.slots
    minutes = [0] * slots
    for week in weeks:
        for day, duty in week.items():
            origin = day * DAY_MINUTES
            spans = [(duty.start, duty.end, 1)]
            if not rule.breaks:
                spans += [(item.start, item.end, -1) for item in duty.breaks]
            for start, end, sign in spans:
                first, last = max(origin + start, 0), min(origin + end, slots * slot)
                for number in range(first // slot, -(-last // slot)):
                    inside = min(last, (number + 1) * slot) - max(first, number * slot)
                    minutes[number] += sign * inside
    return [HEAD * amount // scale.part for amount in minutes]


def in_units(problem: RosterProblem, scale: Scale, limit: Floats) -> list[int]:
    """Return a limit of heads in units."""
    slot = problem.horizon.slot_minutes
    return [hundredths(value) * slot // scale.part for value in limit.tolist()]


def _runs(
    problem: RosterProblem, scale: Scale, rule: Presence, missing: Sequence[int]
) -> Iterator[tuple[int, Unmet]]:
    """Yield runs of intervals of one day with something missing, in head-minutes."""
    horizon = problem.horizon
    run: list[int] = []
    for number in range(horizon.slots + 1):
        amount = missing[number] if number < horizon.slots else 0
        if run and (amount <= 0 or number % horizon.slots_per_day == 0):
            day, start = horizon.slot_label(number - len(run))
            minutes = round(sum(run) * horizon.slot_minutes / scale.units)
            end = start + len(run) * horizon.slot_minutes
            yield (
                sum(run),
                Unmet("centre", rule=rule.rule, day=day, start=start, end=end,
                      amount=max(1, minutes)),
            )  # fmt: skip
            run = []
        if amount > 0:
            run.append(amount)


def broken_dates(rule: Pair, first: Week, second: Week) -> list[int]:
    """Return the days on which a pair is not as it should be."""
    if rule.apart:
        return [day for day in sorted(first) if day in second and _shared(first[day], second[day])]
    return [
        day
        for day in sorted(first)
        if day not in second or _shared(first[day], second[day]) < rule.overlap
    ]


def _shared(one: Duty, two: Duty) -> int:
    """Return the minutes that two spans of one date share."""
    return max(0, min(one.end, two.end) - max(one.start, two.start))


def counts_of(
    problem: RosterProblem, rule: FairShare, choices: Sequence[Sequence[int]]
) -> list[int]:
    """Return what each agent of a fair share carries."""
    measure = problem.measures[rule.measure]
    return [
        carried + sum(measure[choices[place][day]] for day in days if choices[place][day] != OFF)
        for place, carried, days in zip(rule.agents, rule.carried, rule.days_of_each, strict=True)
    ]


def units_outside(counts: Sequence[int], spread: int) -> int:
    """Return by how much counts lie outside the band of this width that suits them best."""

    def outside(level: int) -> int:
        return sum(max(level - count, count - level - spread, 0) for count in counts)

    # the sum is convex and bends at counts and at counts - spread only
    return min((outside(bend) for count in counts for bend in (count, count - spread)), default=0)


# --- changes against the roster before the run ---------------------------------------------------


def stability_cost(problem: RosterProblem, stability: Stability, weeks: Sequence[Week]) -> int:
    """Return what the changes cost."""
    shifts = breaks = people = 0
    for before, after in zip(weeks_of(problem, stability.duties), weeks, strict=True):
        changed = changed_days(before, after)
        shifts += len(changed)
        people += bool(changed)
        breaks += sum(
            moved_breaks(before[day], after[day])
            for day in before.keys() & after.keys()
            if day not in changed
        )
    return (
        stability.shift_cost * shifts
        + stability.break_cost * breaks
        + stability.person_cost * people
    )


def changed_days(before: Week, after: Week) -> set[int]:
    """Return the days whose duty was added, dropped, or has another span or kind."""
    return {
        day for day in before.keys() | after.keys() if _shift(before, day) != _shift(after, day)
    }


def _shift(week: Week, day: int) -> tuple[int, int, str] | None:
    return (week[day].start, week[day].end, week[day].kind) if day in week else None


def moved_breaks(before: Duty, after: Duty) -> int:
    """Return how many breaks of a shift the shift before had not, at that start and length."""
    old = Counter((item.start, item.length) for item in before.breaks)
    new = Counter((item.start, item.length) for item in after.breaks)
    return (new - old).total()


def _too_many_affected(
    problem: RosterProblem, stability: Stability, weeks: Sequence[Week]
) -> list[Unmet]:
    if stability.people is None:
        return []
    old = weeks_of(problem, stability.duties)
    affected = sum(bool(changed_days(*pair)) for pair in zip(old, weeks, strict=True))
    if affected <= stability.people:
        return []
    rule = RuleRef(STABILITY, "company", {"people": stability.people})
    return [Unmet("centre", rule=rule, amount=affected - stability.people)]
