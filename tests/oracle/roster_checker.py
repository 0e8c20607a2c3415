"""A second opinion on rosters: reads the two JSON documents and nothing of the program.

It shares no code with the rules, the codec or the solver, and needs the standard library only::

    python -m tests.oracle.roster_checker problem.json roster.json

:func:`hard_violations` lists everything that makes a roster unlawful, from the problem's primitives
and, apart from them, from the duties themselves; :func:`objective` recomputes what the roster
costs; :func:`false_claims` compares that with what the roster says of itself.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.oracle.centre_costs import affected, centre_cost, stability_cost
from tests.oracle.choices import Week, apart, candidates
from tests.oracle.coverage_costs import coverage_cost, interval_cost
from tests.oracle.documents import DAY, Json, by_agent, clock, day_of

__all__ = [
    "coverage_cost",
    "false_claims",
    "hard_violations",
    "interval_cost",
    "objective",
    "soft_cost",
]


# --- primitives ----------------------------------------------------------------------------------


def broken(week: Week, item: Json) -> list[tuple[int, str]]:
    """Return each breach of a primitive: how many units it costs, and what happened."""
    readers = {
        "Mask": broken_mask,
        "Succession": broken_succession,
        "Counter": broken_counter,
        "Automaton": broken_automaton,
        "Distinct": broken_distinct,
    }
    return list(readers[item["type"]](week, item))


def broken_mask(week: Week, item: Json) -> Iterator[tuple[int, str]]:
    if week.choices[item["day"]] in item["options"]:
        yield 1, f"a forbidden choice on day {item['day']}"


def broken_succession(week: Week, item: Json) -> Iterator[tuple[int, str]]:
    worked = [place for place in range(week.days) if week.duties[place] is not None]
    end = item["previous_end"]
    for number, place in enumerate(worked):
        duty = week.duties[place]
        assert duty is not None
        rest = None if end is None else place * DAY + duty["start"] - end
        pair = [week.choices[worked[number - 1]], week.choices[place]] if number else []
        neighbours = bool(number) and worked[number - 1] == place - 1
        if rest is not None and rest < item["rest_minutes"]:
            yield 1, f"{rest} min of rest before day {place}, not {item['rest_minutes']}"
        elif neighbours and pair in [list(other) for other in item["pairs"]]:
            yield 1, f"a forbidden pair of shifts on days {place - 1} and {place}"
        end = place * DAY + duty["end"]


def broken_counter(week: Week, item: Json) -> Iterator[tuple[int, str]]:
    together = {day: tuple(block) for block in item.get("blocks", ()) for day in block}
    parts: dict[Any, list[int]] = defaultdict(list)
    for day in item["days"]:
        parts[together.get(day, day)].append(week.measure(item["measure"], day))
    total = item["constant"] + sum(max(values) for values in parts.values())
    low, high, unit = item["low"], item["high"], item["unit"]
    excess = max(
        0 if high is None else total - high,
        0 if low is None else low - total,
    )
    if excess > 0:
        units = (excess + unit - 1) // unit
        yield units, f"{item['measure']} add up to {total}, not {low} to {high}"


def broken_automaton(week: Week, item: Json) -> Iterator[tuple[int, str]]:
    state = item["start"]
    for place in item.get("days") or range(week.days):
        following = item["transitions"][state][week.measure(item["measure"], place)]
        if following < 0:
            yield 1, f"day {place} has no transition from state {state}"
        if following >= 0:
            state = following
        elif following < -1:
            state = -following - 2
    if item["final"] and state not in item["final"]:
        yield 1, f"the horizon ends in state {state}"


def broken_distinct(week: Week, item: Json) -> Iterator[tuple[int, str]]:
    values = {
        week.measure(item["measure"], day) for day in item["days"] if week.duties[day] is not None
    } | set(item.get("known", ()))
    if len(values) > item["at_most"]:
        yield len(values) - item["at_most"], f"{len(values)} different {item['measure']}"


# --- what makes a roster unlawful ----------------------------------------------------------------


def hard_violations(problem: Json, roster: Json) -> list[str]:
    """Return a line for everything unlawful in a roster; empty for a lawful one."""
    lines = []
    if roster["horizon"] != problem["horizon"]:
        lines.append("the roster has another horizon than the problem")
    agents = {agent["key"]: agent for agent in problem["agents"]}
    for key, duties in by_agent(problem, roster["duties"]).items():
        if key not in agents:
            lines.append(f"{key}: unknown agent")
            continue
        found = [*shape_faults(problem, agents[key], duties)]
        found += rest_faults(problem, agents[key], duties)
        found += run_faults(problem, agents[key], duties)
        week = Week(problem, agents[key], duties)
        for item in agents[key]["primitives"]:
            if item["price"] is None:
                found += [f"{item['rule']['key']}: {text}" for _, text in broken(week, item)]
        lines += [f"{key}: {text}" for text in found]
    return [*lines, *disruption_faults(problem, roster)]


def shape_faults(problem: Json, agent: Json, duties: list[Json]) -> Iterator[str]:
    """Yield what is wrong with the duties as such, one by one and against their neighbours."""
    seen: set[str] = set()
    for duty in duties:
        day = duty["day"]
        if not 0 <= day_of(problem, day) < problem["horizon"]["days"]:
            yield f"{day} lies outside the horizon"
        if day in seen:
            yield f"two duties on {day}"
        seen.add(day)
        if duty["end"] <= duty["start"]:
            yield f"the duty of {day} ends before it starts"
        for item in duty["breaks"]:
            if not duty["start"] < item["start"] < item["start"] + item["length"] < duty["end"]:
                yield f"a break of {day} lies outside the duty or at its edge"
        if not apart(duty["breaks"]):
            yield f"breaks of {day} overlap"
        _, reason = candidates(problem, agent, duty)
        if reason:
            yield f"the duty of {day} {reason}"
    yield from overlaps(problem, agent, duties)


def overlaps(problem: Json, agent: Json, duties: list[Json]) -> Iterator[str]:
    """Yield duties that start before the one before them has ended."""
    everything = sorted([*agent["past"], *duties], key=lambda duty: clock(problem, duty))
    for one, two in pairwise(everything):
        if two in duties and clock(problem, two)[0] < clock(problem, one)[1]:
            yield f"the duty of {two['day']} overlaps the one before it"


def disruption_faults(problem: Json, roster: Json) -> Iterator[str]:
    """Yield more people affected by changes than may be.

    Who cannot keep the old week, because it breaks hard rules, is affected in any case; where these
    alone are too many, nobody else may be.
    """
    rule = problem.get("stability")
    if rule is None or rule["people"] is None:
        return
    old = by_agent(problem, rule["duties"])
    forced = {
        agent["key"] for agent in problem["agents"] if unlawful(problem, agent, old[agent["key"]])
    }
    changed = affected(problem, roster)
    if len(changed) > max(rule["people"], len(forced)):
        yield f"changes affect {len(changed)} people, not {rule['people']}"
    elif len(forced) > rule["people"] and changed - forced:
        yield f"changes affect {', '.join(sorted(changed - forced))}, who could keep their week"


def unlawful(problem: Json, agent: Json, duties: list[Json]) -> bool:
    """Tell whether duties break a hard rule of their agent or overlap."""
    week = Week(problem, agent, duties)
    hard = any(broken(week, item) for item in agent["primitives"] if item["price"] is None)
    return hard or any(overlaps(problem, agent, duties))


def rest_faults(problem: Json, agent: Json, duties: list[Json]) -> Iterator[str]:
    """Yield too short rests between actual duties, the past ones included."""
    least = max(
        (
            item["rest_minutes"]
            for item in agent["primitives"]
            if item["type"] == "Succession" and item["price"] is None
        ),
        default=0,
    )
    everything = sorted([*agent["past"], *duties], key=lambda duty: clock(problem, duty))
    for one, two in pairwise(everything):
        rest = clock(problem, two)[0] - clock(problem, one)[1]
        if two in duties and rest < least:
            yield f"actual rest before {two['day']} is {rest} min, not {least}"


def run_length(item: Json) -> int | None:
    """Return N of a machine that counts working days in a row up to N, else ``None``."""
    rows = item["transitions"]
    counts = not item.get("days") and all(
        row[0] == 0 and set(row[1:]) == {state + 1 if state + 1 < len(rows) else -1}
        for state, row in enumerate(rows)
    )
    return len(rows) - 1 if counts and item["price"] is None and not item["final"] else None


def run_faults(problem: Json, agent: Json, duties: list[Json]) -> Iterator[str]:
    """Yield days that make a run of working days too long, counted from the past duties on."""
    worked = {day_of(problem, duty["day"]) for duty in [*agent["past"], *duties]}
    for item in agent["primitives"]:
        most = run_length(item) if item["type"] == "Automaton" else None
        if most is None:
            continue
        for day in range(problem["horizon"]["days"]):
            if all(day - back in worked for back in range(most + 1)):
                yield f"day {day} is the {most + 1}th or later working day in a row"


# --- what a roster costs -------------------------------------------------------------------------


def objective(problem: Json, roster: Json) -> float:
    """Return what coverage, broken soft rules, broken centre rules and changes cost."""
    own = coverage_cost(problem, roster) + soft_cost(problem, roster)
    return own + centre_cost(problem, roster) + stability_cost(problem, roster)


def soft_cost(problem: Json, roster: Json) -> int:
    """Return the prices of all broken soft primitives."""
    duties = by_agent(problem, roster["duties"])
    total = 0
    for agent in problem["agents"]:
        week = Week(problem, agent, duties[agent["key"]])
        for item in agent["primitives"]:
            if item["price"] is not None:
                total += item["price"] * sum(units for units, _ in broken(week, item))
    return total


# --- what a roster says of itself ----------------------------------------------------------------


def false_claims(problem: Json, roster: Json) -> list[str]:
    """Return what a roster wrongly says of its own cost, bound and status."""
    lines = []
    cost = objective(problem, roster)
    if abs(cost - roster["objective"]) > 1e-6 * max(1.0, abs(cost)):
        lines.append(f"it says it costs {roster['objective']}, it costs {cost}")
    if roster["lower_bound"] > cost * (1 + 1e-9) + 1e-6:
        lines.append(f"its lower bound {roster['lower_bound']} lies above its cost {cost}")
    if roster["status"] == "optimal" and roster["lower_bound"] < cost - 1e-6 * max(1.0, cost):
        lines.append("it says it is optimal, but its bound lies below its cost")
    return lines


def main(arguments: list[str]) -> int:
    """Check a problem and a roster file; return 1 if anything is wrong."""
    problem, roster = (json.loads(Path(name).read_text(encoding="utf-8")) for name in arguments)
    faults = hard_violations(problem, roster) + false_claims(problem, roster)
    sys.stdout.write("".join(f"{line}\n" for line in faults))
    sys.stdout.write(f"cost {objective(problem, roster):g}, {len(faults)} faults\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
