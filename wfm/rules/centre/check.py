"""Judges any list of duties by a problem's centre rules, hand-made duties included.

Reads the rules by their definitions (:mod:`wfm.model.centre_rule`) and by the minute; the solver's
own reading shares nothing with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wfm.model.centre_rule import CentreRule, FairShare, Pair, Presence
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
        if isinstance(rule, Presence):
            found += presence_breaches(problem, place, rule, head_minutes(problem, rule, weeks))
        else:
            found += breaches_of(problem, place, rule, weeks)
    return tuple(found)


def weeks_of(problem: RosterProblem, duties: Iterable[Duty]) -> dict[str, list[Duty]]:
    """Return the duties of the horizon by agent; everybody has an entry."""
    weeks: dict[str, list[Duty]] = {agent.key: [] for agent in problem.agents}
    for duty in duties:
        if duty.agent in weeks and 0 <= problem.horizon.day_index(duty.day) < problem.horizon.days:
            weeks[duty.agent].append(duty)
    return weeks


def breaches_of(
    problem: RosterProblem, place: int, rule: CentreRule, weeks: Weeks
) -> list[CentreBreach]:
    """Return the breaches of a rule that is not about heads: of a pair or a fair share."""
    return _READERS[type(rule)](problem, place, rule, weeks)


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


def presence_breaches(
    problem: RosterProblem, place: int, rule: Presence, minutes: Minutes
) -> list[CentreBreach]:
    """Return the runs of intervals of one day in which heads are missing or too many."""
    slot = problem.horizon.slot_minutes
    found = []
    for limit, sign in ((rule.low, 1), (rule.high, -1)):
        if limit is None:
            continue
        wanted = np.rint(limit * 100).astype(np.int64) * slot
        # in hundredths of a head-minute, so that parts of intervals stay whole
        found += _runs(problem, place, rule, np.maximum(sign * (wanted - 100 * minutes), 0))
    return found


def _runs(
    problem: RosterProblem, place: int, rule: Presence, amounts: Minutes
) -> list[CentreBreach]:
    horizon, found = problem.horizon, []
    per_day, slot = horizon.slots_per_day, horizon.slot_minutes
    wrong = np.flatnonzero(amounts)
    # a run ends where the next interval is not wrong, and at midnight
    ends = np.flatnonzero((np.diff(wrong) > 1) | (wrong[1:] % per_day == 0)) + 1
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


def _pair_breaches(
    problem: RosterProblem, place: int, rule: Pair, weeks: Weeks
) -> list[CentreBreach]:
    first, second = (problem.agents[item].key for item in (rule.first, rule.second))
    theirs = {duty.day: duty for duty in weeks[second]}
    found = []
    for duty in sorted(weeks[first], key=lambda item: item.day):
        other = theirs.get(duty.day)
        shared = (
            -1 if other is None else max(0, min(duty.end, other.end) - max(duty.start, other.start))
        )
        broken = shared > 0 if rule.apart else shared < rule.overlap
        if broken:
            entry = Unmet("centre", first, rule.rule, day=duty.day, amount=1)
            found.append(CentreBreach(place, entry, rule.price, (first, second)))
    return found


def _share_breaches(
    problem: RosterProblem, place: int, rule: FairShare, weeks: Weeks
) -> list[CentreBreach]:
    counts = [
        carried
        + sum(
            measure_of(problem, problem.agents[agent], duty, rule.measure)
            for duty in weeks[problem.agents[agent].key]
            if problem.horizon.day_index(duty.day) in days
        )
        for agent, carried, days in zip(rule.agents, rule.carried, rule.days_of_each, strict=True)
    ]
    units = outside_band(counts, rule.spread)
    if not units:
        return []
    entry = Unmet("centre", rule=rule.rule, amount=units)
    return [CentreBreach(place, entry, rule.price * units)]


def outside_band(counts: Sequence[int], spread: int) -> int:
    """Return by how many units counts lie outside the band of this width that fits them best."""
    if not counts:
        return 0
    levels = range(min(counts) - spread, max(counts) + 1)
    return min(
        sum(max(level - count, 0, count - level - spread) for count in counts) for level in levels
    )


def measure_of(problem: RosterProblem, agent: AgentProblem, duty: Duty, name: str) -> int:
    """Return a measure of a duty: that of the option it is, else measured as far as possible."""
    place = problem.horizon.day_index(duty.day)
    days = problem.horizon.days
    choices, placed = [OFF] * days, [None] * days
    choices[place], _ = choice_of(problem, agent, place, duty)
    week = ActualWeek(problem, agent, tuple(choices), (*placed[:place], duty, *placed[place + 1 :]))
    return week.measure(name, place)


_READERS: dict[type, Callable[..., list[CentreBreach]]] = {
    Pair: _pair_breaches,
    FairShare: _share_breaches,
}
