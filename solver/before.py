"""The roster before the run as a start, and the levels at which burdens are shared out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from solver.compile import Ints
from solver.staff import SameShifts
from solver.tables import Tables
from wfm.model.centre_rule import FairShare
from wfm.model.problem import RosterProblem
from wfm.model.roster import Duty
from wfm.model.rule import OFF, Counter, Primitive


def start_roster(tables: Tables, groups: int) -> tuple[Ints, Ints] | None:
    """Return choices and placings of the roster before the run, as near as options come to it."""
    problem = tables.problem
    if problem.stability is None:
        return None
    days = problem.horizon.days
    places = {agent.key: place for place, agent in enumerate(problem.agents)}
    choice = np.full((len(places), days), OFF, dtype=np.int64)
    placing = np.zeros((len(places), days, groups), dtype=np.int64)
    shifts, own = SameShifts(problem), [frozenset(agent.options) for agent in problem.agents]
    for duty in problem.stability.duties:
        if duty.agent not in places:
            continue
        place, day = places[duty.agent], problem.horizon.day_index(duty.day)
        found = [
            (_kept_breaks(tables, option, duty), option)
            for option in shifts.of(duty)
            if option in own[place]
        ]
        if found:
            (_, spots), option = max(found, key=lambda item: item[0][0])
            choice[place, day] = option
            placing[place, day, : len(spots)] = spots
    return choice, placing


def _kept_breaks(tables: Tables, option: int, duty: Duty) -> tuple[int, list[int]]:
    """Return how many breaks can stay where they are, and the placings that keep most."""
    before = {(item.start, item.end) for item in duty.breaks}
    total, spots = 0, []
    for group in tables.placings[option]:
        kept = [sum(span in before for span in placing) for placing in group]
        best = int(np.argmax(kept))
        spots.append(best)
        total += kept[best]
    return total, spots


def shares(
    problem: RosterProblem, choice: Sequence[Sequence[int]]
) -> list[tuple[Primitive, ...]] | None:
    """Return each agent's part in keeping fair shares, at the level that ``choice`` suggests.

    Demand decides how much there is to carry, so the mean of any sensible roster tells the level;
    then a share is a counter of each agent alone.  ``None`` where nothing is shared.
    """
    rules = [rule for rule in problem.centre_rules if isinstance(rule, FairShare)]
    if not rules:
        return None
    extra: list[list[Primitive]] = [[] for _ in problem.agents]
    for rule in rules:
        measure = problem.measures[rule.measure]
        counts = [
            carried + sum(measure[choice[p][day]] for day in days if choice[p][day] != OFF)
            for p, carried, days in zip(rule.agents, rule.carried, rule.days_of_each, strict=True)
        ]
        if not counts:
            continue
        level = int(np.floor(np.mean(counts) - rule.spread / 2 + 0.5))
        for place, carried, days in zip(rule.agents, rule.carried, rule.days_of_each, strict=True):
            extra[place].append(
                Counter(rule.rule, days, rule.measure, level, level + rule.spread, carried,
                        rule.price)
            )  # fmt: skip
    return [tuple(item) for item in extra]
