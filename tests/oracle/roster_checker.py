"""A second opinion on rosters: reads the two JSON documents and nothing of the program.

It shares no code with the rules, the codec or the solver, and needs the standard library only::

    python tests/oracle/roster_checker.py problem.json roster.json

:func:`hard_violations` lists everything that makes a roster unlawful, from the problem's primitives
and, apart from them, from the duties themselves; :func:`objective` recomputes what the roster
costs; :func:`false_claims` compares that with what the roster says of itself.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

Json = dict[str, Any]

OFF = -1
STRANGE = -2
DAY = 1440


# --- reading -------------------------------------------------------------------------------------


def day_of(problem: Json, text: str) -> int:
    """Return the position of an ISO date in the horizon, negative before it."""
    return (date.fromisoformat(text) - date.fromisoformat(problem["horizon"]["start"])).days


def clock(problem: Json, duty: Json) -> tuple[int, int]:
    """Return start and end of a duty in minutes from midnight of the horizon's first day."""
    origin = day_of(problem, duty["day"]) * DAY
    return origin + duty["start"], origin + duty["end"]


def unpaid(breaks: list[Json]) -> int:
    return sum(item["length"] for item in breaks if not item["paid"])


def by_agent(problem: Json, roster: Json) -> dict[str, list[Json]]:
    """Return the duties of each agent in order of time, strangers included."""
    found: dict[str, list[Json]] = {agent["key"]: [] for agent in problem["agents"]}
    for duty in roster["duties"]:
        found.setdefault(duty["agent"], []).append(duty)
    return {
        key: sorted(duties, key=lambda duty: clock(problem, duty)) for key, duties in found.items()
    }


# --- which option a duty is ----------------------------------------------------------------------


def places(rule: Json, duty: Json, slot: int) -> set[int]:
    """Return the minutes at which a break may start: its window's grid, else its first minute."""
    first, last = duty["start"] + rule["earliest"], duty["start"] + rule["latest"]
    last = min(last, duty["end"] - rule["length"])
    return {minute for minute in range(first, last + 1) if minute % slot == 0} or {first}


def matched(rules: list[Json], breaks: list[Json], duty: Json, slot: int) -> bool:
    """Tell whether every break rule has a break of its own, with none left over."""
    if not rules:
        return not breaks
    first, *rest = rules
    return any(
        item["length"] == first["length"]
        and bool(item["paid"]) == bool(first["paid"])
        and item["start"] in places(first, duty, slot)
        and matched(rest, breaks[:number] + breaks[number + 1 :], duty, slot)
        for number, item in enumerate(breaks)
    )


def apart(breaks: list[Json], gap: int = 0) -> bool:
    """Tell whether so many minutes lie between any two breaks."""
    spans = sorted((item["start"], item["start"] + item["length"]) for item in breaks)
    return all(two[0] - one[1] >= gap for one, two in pairwise(spans))


def candidates(problem: Json, agent: Json, duty: Json) -> tuple[list[int], str]:
    """Return the agent's options that a duty can be, or why it is none of them."""
    options = problem["options"]
    spans = [
        number
        for number in agent["options"]
        if (options[number]["start"], options[number]["end"]) == (duty["start"], duty["end"])
        and duty["kind"] in ("", options[number]["kind"])
    ]
    if not spans:
        return [], "is none of the agent's shifts"
    slot = problem["horizon"]["slot_minutes"]
    fitting = [
        number
        for number in spans
        if matched(options[number]["breaks"], duty["breaks"], duty, slot)
        and apart(duty["breaks"], options[number].get("break_gap", 0))
    ]
    if not fitting:
        return [], "has other breaks than its shift, or breaks out of their windows or too close"
    return fitting, ""


def choice_of(problem: Json, agent: Json, place: int, duty: Json) -> int:
    """Return the option a duty is; of several the one that the day's masks like best."""

    def dislike(option: int) -> tuple[int, int, int]:
        hit = [
            item
            for item in agent["primitives"]
            if item["type"] == "Mask" and item["day"] == place and option in item["options"]
        ]
        forbidden = sum(item["price"] is None for item in hit)
        return forbidden, sum(item["price"] or 0 for item in hit), option

    found, _ = candidates(problem, agent, duty)
    return min(found, key=dislike) if found else STRANGE


class Week:
    """One agent's horizon as chosen: an option per day, and the duties themselves."""

    def __init__(self, problem: Json, agent: Json, duties: list[Json]) -> None:
        self.problem, self.agent = problem, agent
        self.days: int = problem["horizon"]["days"]
        self.duties: list[Json | None] = [None] * self.days
        for duty in duties:
            place = day_of(problem, duty["day"])
            if 0 <= place < self.days and self.duties[place] is None:
                self.duties[place] = duty
        self.choices = [
            OFF if duty is None else choice_of(problem, agent, place, duty)
            for place, duty in enumerate(self.duties)
        ]

    def measure(self, name: str, place: int) -> int:
        """Return a measure of a day; hand-made duties are measured as far as they can be."""
        choice, duty = self.choices[place], self.duties[place]
        if choice >= 0:
            return int(self.problem["measures"][name][choice])
        if duty is None:
            return 0
        worked = duty["end"] - duty["start"] - unpaid(duty["breaks"])
        return {"duties": 1, "worked_minutes": worked, "start": duty["start"]}.get(name, 0)


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
        if following == -1:
            yield 1, f"day {place} has no transition from state {state}"
        else:
            state = following
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
    for key, duties in by_agent(problem, roster).items():
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
    return lines


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
    everything = sorted([*agent["past"], *duties], key=lambda duty: clock(problem, duty))
    for one, two in pairwise(everything):
        if two in duties and clock(problem, two)[0] < clock(problem, one)[1]:
            yield f"the duty of {two['day']} overlaps the one before it"


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
    """Return coverage cost of all intervals plus the prices of broken soft rules."""
    return coverage_cost(problem, roster) + soft_cost(problem, roster)


def soft_cost(problem: Json, roster: Json) -> int:
    """Return the prices of all broken soft primitives."""
    duties = by_agent(problem, roster)
    total = 0
    for agent in problem["agents"]:
        week = Week(problem, agent, duties[agent["key"]])
        for item in agent["primitives"]:
            if item["price"] is not None:
                total += item["price"] * sum(units for units, _ in broken(week, item))
    return total


def coverage_cost(problem: Json, roster: Json) -> float:
    """Return the cost of all intervals at the best sharing of agents among skills.

    Work is counted in whole percent-minutes, so that speeds and parts of intervals stay exact.
    """
    slot = problem["horizon"]["slot_minutes"]
    total = 0
    known: dict[Any, int] = {}
    for number, groups in enumerate(supplies(problem, roster)):
        wanted = tuple(hundredths(item["required"][number]) * slot for item in problem["demands"])
        key = (frozenset(groups.items()), wanted)
        if key not in known:
            known[key] = interval_cost(problem, groups, wanted)
        total += known[key]
    return total / (100 * slot)


def hundredths(value: float) -> int:
    rounded = round(value * 100)
    if abs(value * 100 - rounded) > 1e-6:
        raise ValueError(f"{value} has more than two decimals")
    return rounded


def supplies(problem: Json, roster: Json) -> list[dict[frozenset[str], int]]:
    """Return percent-minutes of agents at contacts per interval, by the wanted skills they have."""
    slot = problem["horizon"]["slot_minutes"]
    count = problem["horizon"]["days"] * DAY // slot
    wanted = {demand["skill"] for demand in problem["demands"]}
    agents = {agent["key"]: agent for agent in problem["agents"]}
    result: list[dict[frozenset[str], int]] = [defaultdict(int) for _ in range(count)]
    for duty in roster["duties"]:
        agent = agents.get(duty["agent"])
        if agent is None:
            continue
        group = frozenset(wanted & set(agent["skills"]))
        start, end = clock(problem, duty)
        origin = start - duty["start"]
        at_rest = {
            origin + item["start"] + minute
            for item in duty["breaks"]
            for minute in range(item["length"])
        }
        for minute in range(max(start, 0), min(end, count * slot)):
            if minute not in at_rest:
                result[minute // slot][group] += agent["speed_percent"]
    return result


def interval_cost(problem: Json, groups: dict[frozenset[str], int], wanted: tuple[int, ...]) -> int:
    """Return the least cost of one interval, in percent-minutes of the cost unit.

    What a skill can be given falls into pieces, each worth the under-cost step it saves, deepest
    step first.  Taking pieces in order of worth and giving each as much as the agents allow (by
    augmenting paths) is best: what agents can cover is a polymatroid and the steps are convex.
    """
    pieces = []
    missing = 0
    for number, demand in enumerate(problem["demands"]):
        for size, cost in steps(problem, demand, wanted[number]):
            pieces.append((cost, demand["skill"], size))
            missing += cost * size
    sharing = Sharing(groups)
    saved = covered = 0
    for cost, skill, size in sorted(pieces, key=lambda piece: -piece[0]):
        given = sharing.give(skill, size)
        saved += cost * given
        covered += given
    idle = sum(groups.values()) - covered
    return int(missing - saved + problem["over_cost"] * idle)


def steps(problem: Json, demand: Json, wanted: int) -> Iterator[tuple[int, int]]:
    """Yield (percent-minutes, cost) of the under-cost steps that fit under a requirement."""
    slot = problem["horizon"]["slot_minutes"]
    left = wanted
    for place, step in enumerate(demand["under_steps"]):
        last = place == len(demand["under_steps"]) - 1
        whole = last or step["depth"] is None
        depth = left if whole else min(left, hundredths(step["depth"]) * slot)
        if depth:
            yield depth, step["cost"]
        left -= depth


class Sharing:
    """Hands groups of agents out to skills, moving them between skills where that frees some."""

    def __init__(self, groups: dict[frozenset[str], int]) -> None:
        self.spare = dict(groups)
        self.used: dict[tuple[frozenset[str], str], int] = defaultdict(int)

    def give(self, skill: str, size: int) -> int:
        """Give a skill up to ``size`` more; return how much it got."""
        given = 0
        while given < size and (found := self.path(skill)):
            source, moves = found
            amount = min(size - given, self.spare[source])
            amount = min([amount, *(self.used[group, left] for group, left, _ in moves)])
            first = moves[0][1] if moves else skill
            self.spare[source] -= amount
            self.used[source, first] += amount
            for group, left, taken in moves:
                self.used[group, left] -= amount
                self.used[group, taken] += amount
            given += amount
        return given

    def path(
        self, skill: str
    ) -> tuple[frozenset[str], list[tuple[frozenset[str], str, str]]] | None:
        """Return a group with agents to spare, and the moves (group, from, to) to the skill."""
        before: dict[str, tuple[frozenset[str], str] | None] = {skill: None}
        queue = [skill]
        for wanting in queue:
            for group in self.spare:
                if wanting not in group:
                    continue
                if self.spare[group] > 0:
                    moves, at = [], wanting
                    while (step := before[at]) is not None:
                        moves.append((step[0], at, step[1]))
                        at = step[1]
                    return group, moves
                for other in sorted(group - set(before)):
                    if self.used[group, other] > 0:
                        before[other] = (group, wanting)
                        queue.append(other)
        return None


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
