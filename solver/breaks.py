"""From choices and placings to duties with their breaks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

from solver.compile import Ints, Placing, break_places
from wfm.model.problem import Option, RosterProblem
from wfm.model.roster import Duty, PlacedBreak


def duties_of(
    problem: RosterProblem,
    placings: Sequence[Sequence[Sequence[Placing]]],
    choice: Ints,
    placing: Ints,
) -> tuple[Duty, ...]:
    """Return the duties of a roster: ``choice`` (agent, day), ``placing`` (agent, day, group)."""
    dates = problem.horizon.dates
    duties = []
    for place, agent in enumerate(problem.agents):
        for day, number in enumerate(choice[place].tolist()):
            if number < 0:
                continue
            option = problem.options[number]
            spans = [
                span
                for group, index in zip(
                    placings[number], placing[place, day].tolist(), strict=False
                )
                for span in group[index]
            ]
            breaks = placed_breaks(option, spans, problem.horizon.slot_minutes)
            duties.append(
                Duty(agent.key, dates[day], option.start, option.end, breaks, option.kind,
                     option.letter)
            )  # fmt: skip
    return tuple(duties)


def placed_breaks(
    option: Option, spans: Sequence[tuple[int, int]], slot: int
) -> tuple[PlacedBreak, ...]:
    """Return which rule each span is a break of: lengths and windows must match, pay follows."""
    rules = option.breaks
    for order in permutations(range(len(rules))):
        if all(
            rules[rule].length == end - start and start in break_places(rules[rule], option, slot)
            for rule, (start, end) in zip(order, spans, strict=True)
        ):
            found = [
                PlacedBreak(start, end - start, rules[rule].paid, rules[rule].split)
                for rule, (start, end) in zip(order, spans, strict=True)
            ]
            return tuple(sorted(found, key=lambda item: item.start))
    raise AssertionError(f"breaks of {option.key} lie outside their windows")
