"""What a roster costs beyond coverage and each one's own rules: ties between agents, and changes.

Standard library only, from the two documents.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.oracle.choices import Week
from tests.oracle.documents import (
    Json,
    by_agent,
    clock,
    day_of,
    hundredths,
    shape,
    slots_of,
)

Weeks = dict[str, dict[int, Json]]
"""Duties by agent and day."""


def weeks_of(problem: Json, duties: list[Json]) -> Weeks:
    return {
        key: {day_of(problem, duty["day"]): duty for duty in mine}
        for key, mine in by_agent(problem, duties).items()
    }


def centre_cost(problem: Json, roster: Json) -> float:
    """Return the prices of all broken centre rules."""
    weeks = weeks_of(problem, roster["duties"])
    readers = {"Presence": presence_units, "Pair": pair_units, "FairShare": share_units}
    return sum(
        rule["price"] * readers[rule["type"]](problem, weeks, rule)
        for rule in problem.get("centre_rules", ())
    )


def presence_units(problem: Json, weeks: Weeks, rule: Json) -> float:
    """Return heads missing and too many, added up over the intervals."""
    slot, count = problem["horizon"]["slot_minutes"], slots_of(problem)
    there = [0] * (count * slot)
    for place in rule["agents"]:
        for duty in weeks[problem["agents"][place]["key"]].values():
            for minute in minutes_there(problem, duty, rule["breaks"]):
                if 0 <= minute < len(there):
                    there[minute] += 1
    total = 0
    for number in range(count):
        heads = 100 * sum(there[number * slot : (number + 1) * slot])
        if rule["low"] is not None:
            total += max(0, hundredths(rule["low"][number]) * slot - heads)
        if rule["high"] is not None:
            total += max(0, heads - hundredths(rule["high"][number]) * slot)
    return total / (100 * slot)


def minutes_there(problem: Json, duty: Json, breaks_count: bool) -> Iterator[int]:
    start, end = clock(problem, duty)
    origin = start - duty["start"]
    away: set[int] = set()
    if not breaks_count:
        for item in duty["breaks"]:
            first = origin + item["start"]
            away.update(range(first, first + item["length"]))
    return (minute for minute in range(start, end) if minute not in away)


def pair_units(problem: Json, weeks: Weeks, rule: Json) -> int:
    """Return the dates on which a pair is broken."""
    first, second = (weeks[problem["agents"][rule[name]]["key"]] for name in ("first", "second"))
    broken = 0
    for day, one in first.items():
        two = second.get(day)
        shared = 0 if two is None else min(one["end"], two["end"]) - max(one["start"], two["start"])
        if rule["apart"]:
            broken += two is not None and shared > 0
        else:
            broken += two is None or max(shared, 0) < rule["overlap"]
    return broken


def share_units(problem: Json, weeks: Weeks, rule: Json) -> int:
    """Return by how much counts lie outside the band that suits them best."""
    own_days = rule.get("own_days") or [rule["days"]] * len(rule["agents"])
    counts = []
    for place, carried, days in zip(rule["agents"], rule["carried"], own_days, strict=True):
        agent = problem["agents"][place]
        week = Week(problem, agent, list(weeks[agent["key"]].values()))
        counts.append(carried + sum(week.measure(rule["measure"], day) for day in days))
    if not counts:
        return 0
    return min(
        sum(max(0, level - count, count - level - rule["spread"]) for count in counts)
        for level in range(min(counts) - rule["spread"], max(counts) + 1)
    )


# --- changes -------------------------------------------------------------------------------------


def stability_cost(problem: Json, roster: Json) -> int:
    """Return what changed shifts, moved breaks and affected people cost."""
    rule = problem.get("stability")
    if rule is None:
        return 0
    old, new = weeks_of(problem, rule["duties"]), weeks_of(problem, roster["duties"])
    changed = {key: changed_days(old[key], new[key]) for key in old}
    moved = sum(
        moved_breaks(old[key][day], new[key][day])
        for key in old
        for day in old[key].keys() & new[key].keys()
        if day not in changed[key]
    )
    shifts = sum(len(days) for days in changed.values())
    people = sum(bool(days) for days in changed.values())
    costs = rule["shift_cost"] * shifts + rule["break_cost"] * moved + rule["person_cost"] * people
    return int(costs)


def changed_days(old: dict[int, Json], new: dict[int, Json]) -> set[int]:
    """Return the days whose shift was added, dropped, or has another span or kind."""
    return {
        day
        for day in old.keys() | new.keys()
        if day not in old or day not in new or shape(old[day]) != shape(new[day])
    }


def moved_breaks(old: Json, new: Json) -> int:
    before = [(item["start"], item["length"]) for item in old["breaks"]]
    return sum((item["start"], item["length"]) not in before for item in new["breaks"])


def affected(problem: Json, roster: Json) -> set[str]:
    """Return the agents with a changed shift."""
    old = weeks_of(problem, problem["stability"]["duties"])
    new = weeks_of(problem, roster["duties"])
    return {key for key in old if changed_days(old[key], new.get(key, {}))}
