"""What missing and idle agents cost, interval by interval, at the best sharing among skills."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from tests.oracle.documents import Json, clock, hundredths, slots_of


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


def supplies(problem: Json, roster: Json) -> list[dict[frozenset[str], int]]:
    """Return percent-minutes of agents at contacts per interval, by the wanted skills they have."""
    slot = problem["horizon"]["slot_minutes"]
    count = slots_of(problem)
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
