"""Judges any list of duties by a problem's centre rules, hand-made duties included.

Reads the rules by their definitions (:mod:`wfm.model.centre_rule`) and by the minute; the solver's
own reading shares nothing with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wfm.model.centre_rule import FairShare, Pair, Presence
from wfm.model.problem import AgentProblem, RosterProblem
from wfm.model.roster import Duty, Unmet
from wfm.model.rule import OFF
from wfm.model.time import DAY_MINUTES, Horizon
from wfm.rules.checker import choice_of
from wfm.rules.primitives import ActualWeek

Minutes = NDArray[np.int64]
Weeks = Mapping[str, Sequence[Duty]]
"""Duties by agent."""


@dataclass(frozen=True, slots=True)
class CentreBreach:
    """One broken rule of the centre: its entry in the list, its price, and the people it names.

    ``place`` is the rule's position in the problem.  ``cost`` is in the unit of the objective.
    """

    place: int
    unmet: Unmet
    cost: float
    agents: tuple[str, ...] = ()


def check_centre(problem: RosterProblem, duties: Iterable[Duty]) -> tuple[CentreBreach, ...]:
    """Return every broken rule of the centre, in the order of the rules.

    Duties of unknown people, and of days outside the horizon, count nowhere.
    """
    weeks = weeks_of(problem, duties)
    found: list[CentreBreach] = []
    for place, rule in enumerate(problem.centre_rules):
        match rule:
            case Presence():
                found += presence_breaches(problem, place, head_minutes(problem, rule, weeks))
            case Pair():
                first, second = (problem.agents[item].key for item in (rule.first, rule.second))
                found += pair_breaches(problem, place, weeks[first], weeks[second])
            case FairShare():
                counts = [
                    count_of(problem, rule, number, weeks[problem.agents[agent].key])
                    for number, agent in enumerate(rule.agents)
                ]
                found += share_breaches(problem, place, counts)
    return tuple(found)


def weeks_of(problem: RosterProblem, duties: Iterable[Duty]) -> dict[str, list[Duty]]:
    """Return the duties of the horizon by agent; everybody has an entry."""
    weeks: dict[str, list[Duty]] = {agent.key: [] for agent in problem.agents}
    for duty in duties:
        if duty.agent in weeks and 0 <= problem.horizon.day_index(duty.day) < problem.horizon.days:
            weeks[duty.agent].append(duty)
    return weeks


Totals = dict[tuple[int, date | None], float]


def compared(
    before: Sequence[CentreBreach], after: Sequence[CentreBreach]
) -> tuple[tuple[CentreBreach, ...], tuple[CentreBreach, ...]]:
    """Return what is broken after a change and was not, or less, and what is mended by it.

    Breaches of one rule on one day belong together: a run that only moves is nothing new.
    """
    old, new = _totals(before), _totals(after)
    worse = (item for item in after if new[_cell(item)] > old.get(_cell(item), 0) + 1e-9)
    mended = (item for item in before if _cell(item) not in new)
    return tuple(worse), tuple(mended)


def _totals(found: Sequence[CentreBreach]) -> Totals:
    totals: Totals = defaultdict(float)
    for item in found:
        totals[_cell(item)] += item.cost
    return dict(totals)


def _cell(item: CentreBreach) -> tuple[int, date | None]:
    return item.place, item.unmet.day


# --- heads ---------------------------------------------------------------------------------------


def head_minutes(problem: RosterProblem, rule: Presence, weeks: Weeks) -> Minutes:
    """Return the minutes that people of a rule are there, added up, shape ``(slots,)``."""
    minutes = np.zeros(problem.horizon.slots, dtype=np.int64)
    for place in rule.agents:
        for duty in weeks.get(problem.agents[place].key, ()):
            add_heads(minutes, problem.horizon, rule, duty)
    return minutes


def add_heads(
    minutes: Minutes, horizon: Horizon, rule: Presence, duty: Duty, sign: int = 1
) -> None:
    """Add the minutes that a duty counts for a rule, in place; ``sign`` -1 takes them away."""
    origin = horizon.day_index(duty.day) * DAY_MINUTES
    _add(minutes, horizon, origin + duty.start, origin + duty.end, sign)
    if not rule.breaks:
        for item in duty.breaks:
            _add(minutes, horizon, origin + item.start, origin + item.end, -sign)


def _add(minutes: Minutes, horizon: Horizon, start: int, end: int, sign: int) -> None:
    length = horizon.slot_minutes
    start, end = max(start, 0), min(end, horizon.slots * length)
    if start >= end:
        return
    first, last = start // length, (end - 1) // length
    minutes[first : last + 1] += sign * length
    minutes[first] -= sign * (start - first * length)
    minutes[last] -= sign * ((last + 1) * length - end)


def presence_breaches(problem: RosterProblem, place: int, minutes: Minutes) -> list[CentreBreach]:
    """Return the runs of intervals of one day in which heads are missing or too many.

    ``minutes`` are those of :func:`head_minutes` for the rule at ``place``.
    """
    rule = problem.centre_rules[place]
    assert isinstance(rule, Presence)
    slot = problem.horizon.slot_minutes
    found = []
    for limit, sign in ((rule.low, 1), (rule.high, -1)):
        if limit is None:
            continue
        wanted = np.rint(limit * 100).astype(np.int64) * slot
        # in hundredths of a head-minute, so that parts of intervals stay whole
        found += _runs(problem, place, np.maximum(sign * (wanted - 100 * minutes), 0))
    return found


def _runs(problem: RosterProblem, place: int, amounts: Minutes) -> list[CentreBreach]:
    rule, horizon = problem.centre_rules[place], problem.horizon
    per_day, slot = horizon.slots_per_day, horizon.slot_minutes
    wrong = np.flatnonzero(amounts)
    # a run ends where the next interval is not wrong, and at midnight
    ends = np.flatnonzero((np.diff(wrong) > 1) | (wrong[1:] % per_day == 0)) + 1
    found = []
    for run in np.split(wrong, ends):
        if not len(run):
            continue
        day, start = horizon.slot_label(int(run[0]))
        total = int(amounts[run].sum())
        entry = Unmet(
            "centre",
            rule=rule.rule,
            day=day,
            start=start,
            end=start + len(run) * slot,
            amount=max(1, round(total / 100)),
        )
        found.append(CentreBreach(place, entry, rule.price * total / (100 * slot)))
    return found


# --- pairs and shares ----------------------------------------------------------------------------


def pair_breaches(
    problem: RosterProblem, place: int, first: Sequence[Duty], second: Sequence[Duty]
) -> list[CentreBreach]:
    """Return the dates on which the duties of the two are not as the rule at ``place`` wants."""
    rule = problem.centre_rules[place]
    assert isinstance(rule, Pair)
    keys = problem.agents[rule.first].key, problem.agents[rule.second].key
    theirs = {duty.day: duty for duty in second}
    found = []
    for duty in sorted(first, key=lambda item: item.day):
        shared = _shared(duty, theirs.get(duty.day))
        if shared > 0 if rule.apart else shared < rule.overlap:
            entry = Unmet("centre", keys[0], rule.rule, day=duty.day, amount=1)
            found.append(CentreBreach(place, entry, rule.price, keys))
    return found


def _shared(one: Duty, two: Duty | None) -> int:
    """Return the minutes that two spans of a date share, -1 where there is no second."""
    return -1 if two is None else max(0, min(one.end, two.end) - max(one.start, two.start))


def count_of(problem: RosterProblem, rule: FairShare, number: int, duties: Sequence[Duty]) -> int:
    """Return what the agent at position ``number`` of a rule carries."""
    agent, days = problem.agents[rule.agents[number]], rule.days_of_each[number]
    return rule.carried[number] + sum(
        measure_of(problem, agent, duty, rule.measure)
        for duty in duties
        if problem.horizon.day_index(duty.day) in days
    )


def share_breaches(problem: RosterProblem, place: int, counts: Sequence[int]) -> list[CentreBreach]:
    """Return by how much the counts lie outside the band of the rule at ``place``, if they do."""
    rule = problem.centre_rules[place]
    assert isinstance(rule, FairShare)
    units = outside_band(counts, rule.spread)
    if not units:
        return []
    entry = Unmet("centre", rule=rule.rule, amount=units)
    return [CentreBreach(place, entry, rule.price * units)]


def outside_band(counts: Sequence[int], spread: int) -> int:
    """Return by how many units counts lie outside the band of this width that fits them best."""
    if not counts:
        return 0
    # the sum bends where an edge of the band meets a count, so one of these is best
    levels = {*counts, *(count - spread for count in counts)}
    return min(
        sum(max(level - count, 0, count - level - spread) for count in counts) for level in levels
    )


def measure_of(problem: RosterProblem, agent: AgentProblem, duty: Duty, name: str) -> int:
    """Return a measure of a duty: that of the option it is, else measured as far as possible."""
    place = problem.horizon.day_index(duty.day)
    days = problem.horizon.days
    choices: list[int] = [OFF] * days
    placed: list[Duty | None] = [None] * days
    choices[place], _ = choice_of(problem, agent, place, duty)
    placed[place] = duty
    week = ActualWeek(problem, agent, tuple(choices), tuple(placed))
    return week.measure(name, place)
