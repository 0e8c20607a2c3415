"""Which options of an agent a duty is: the same span and kind, and breaks that fulfil its rules."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from solver.compile import break_places
from wfm.model.activity import BreakRule
from wfm.model.problem import AgentProblem, Option, RosterProblem
from wfm.model.roster import Duty, PlacedBreak


def options_of(problem: RosterProblem, agent: AgentProblem, duty: Duty) -> list[int]:
    """Return the agent's options that a duty can be, in the order of the agent's options."""
    slot = problem.horizon.slot_minutes
    return [number for number in agent.options if is_duty_of(problem.options[number], duty, slot)]


def is_duty_of(option: Option, duty: Duty, slot: int) -> bool:
    """Tell whether a duty could have been made from an option."""
    if (duty.start, duty.end, duty.kind) != (option.start, option.end, option.kind):
        return False
    ordered = sorted(duty.breaks, key=lambda item: item.start)
    if any(one.end + option.break_gap > two.start for one, two in pairwise(ordered)):
        return False
    return _assigned(option.breaks, ordered, option, slot)


def _assigned(
    rules: Sequence[BreakRule], breaks: Sequence[PlacedBreak], option: Option, slot: int
) -> bool:
    """Tell whether every rule has a break of its own, with none left over."""
    if not rules:
        return not breaks
    first = rules[0]
    places = break_places(first, option, slot)
    return any(
        (item.length, item.paid) == (first.length, first.paid)
        and item.start in places
        and _assigned(rules[1:], [*breaks[:number], *breaks[number + 1 :]], option, slot)
        for number, item in enumerate(breaks)
    )
