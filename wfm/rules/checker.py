"""Checks actual duties against a problem: shape first, then every primitive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from wfm.model.activity import BreakRule
from wfm.model.problem import AgentProblem, Option, RosterProblem
from wfm.model.roster import Duty, PlacedBreak
from wfm.model.rule import OFF, Mask, RuleRef, Violation
from wfm.model.time import DAY_MINUTES
from wfm.rules.primitives import UNKNOWN, ActualWeek, violations_of

SHAPES = ("unknown_agent", "outside_horizon", "one_shift_a_day", "no_overlap", "shift_kind",
          "breaks")  # fmt: skip
"""Keys of the checks that no primitive can say, because a problem cannot express their breach."""


def check(problem: RosterProblem, duties: Sequence[Duty]) -> tuple[Violation, ...]:
    """Return every violation of the duties, hard ones and priced ones with their cost."""
    by_agent: dict[str, list[Duty]] = defaultdict(list)
    for duty in duties:
        by_agent[duty.agent].append(duty)
    found: list[Violation] = []
    for agent in problem.agents:
        found.extend(check_agent(problem, agent, by_agent.pop(agent.key, [])))
    for key, strangers in by_agent.items():
        found.append(_shape(key, "unknown_agent", (), len(strangers)))
    return tuple(found)


def check_agent(
    problem: RosterProblem, agent: AgentProblem, duties: Sequence[Duty]
) -> tuple[Violation, ...]:
    """Return the violations of one agent's duties."""
    days = problem.horizon.days
    choices = [OFF] * days
    placed: list[Duty | None] = [None] * days
    found: list[Violation] = []
    for duty in sorted(duties, key=lambda item: (item.day, item.start)):
        place = problem.horizon.day_index(duty.day)
        if not 0 <= place < days:
            found.append(_shape(agent.key, "outside_horizon", (), 1))
            continue
        if placed[place] is not None:
            found.append(_shape(agent.key, "one_shift_a_day", (place,), 1))
            continue
        choices[place], fault = choice_of(problem, agent, place, duty)
        if fault:
            found.append(_shape(agent.key, fault, (place,), 1))
        placed[place] = duty
    found.extend(_overlaps(problem, agent, placed))
    week = ActualWeek(problem, agent, tuple(choices), tuple(placed))
    found.extend(violations_of(week))
    return tuple(found)


def _shape(agent: str, key: str, days: tuple[int, ...], amount: int) -> Violation:
    return Violation(agent, RuleRef(key, "illegal"), days, amount, hard=True)


def _overlaps(
    problem: RosterProblem, agent: AgentProblem, placed: Sequence[Duty | None]
) -> Iterator[Violation]:
    """Yield duties that begin before the one before them ends, past duties included."""
    end = max(
        (problem.horizon.day_index(duty.day) * DAY_MINUTES + duty.end for duty in agent.past),
        default=0,
    )
    for place, duty in enumerate(placed):
        if duty is None:
            continue
        start = place * DAY_MINUTES + duty.start
        if start < end:
            yield _shape(agent.key, "no_overlap", (place,), end - start)
        end = max(end, place * DAY_MINUTES + duty.end)


def choice_of(
    problem: RosterProblem, agent: AgentProblem, place: int, duty: Duty
) -> tuple[int, str]:
    """Return the agent's option that the duty is, or what is wrong with it."""
    same_span = [
        number
        for number in agent.options
        if (problem.options[number].start, problem.options[number].end) == (duty.start, duty.end)
        and (not duty.kind or problem.options[number].kind in {"", duty.kind})
    ]
    if not same_span:
        return UNKNOWN, "shift_kind"
    fitting = [
        number
        for number in same_span
        if breaks_fit(problem.options[number], duty, problem.horizon.slot_minutes)
    ]
    if not fitting:
        return same_span[0], "breaks"
    return _meant(agent, place, fitting), ""


def _meant(agent: AgentProblem, place: int, fitting: Sequence[int]) -> int:
    """Return which of several options with the same times a duty is: the one the day allows.

    A locked duty has an option of its own beside its shift kind's, and only on its own day.
    """
    if len(fitting) == 1:
        return fitting[0]
    masks = [item for item in agent.primitives if isinstance(item, Mask) and item.day == place]

    def dislike(option: int) -> tuple[int, int, int]:
        hit = [item.price for item in masks if option in item.options]
        return sum(price is None for price in hit), sum(price or 0 for price in hit), option

    return min(fitting, key=dislike)


def breaks_fit(option: Option, duty: Duty, slot: int) -> bool:
    """Tell whether the duty's breaks are one placement of the option's break rules.

    Each rule takes one break of its length and pay that starts in the rule's window, on the
    interval grid, and ends within the shift; where no grid point lies there, at the window's first
    minute.  Breaks do not overlap and lie ``break_gap`` minutes apart.
    """
    breaks = sorted(duty.breaks, key=lambda item: item.start)
    if len(breaks) != len(option.breaks):
        return False
    if any(first.end + option.break_gap > second.start for first, second in pairwise(breaks)):
        return False
    return _assign(list(option.breaks), breaks, duty, slot)


def _assign(rules: list[BreakRule], breaks: Sequence[PlacedBreak], duty: Duty, slot: int) -> bool:
    """Match breaks to rules by trying each rule for the first break (a duty has few breaks)."""
    if not breaks:
        return not rules
    first, rest = breaks[0], breaks[1:]
    for number, rule in enumerate(rules):
        if (
            rule.length == first.length
            and rule.paid == first.paid
            and _may_start(rule, first.start, duty, slot)
            and _assign(rules[:number] + rules[number + 1 :], rest, duty, slot)
        ):
            return True
    return False


def _may_start(rule: BreakRule, minute: int, duty: Duty, slot: int) -> bool:
    first = duty.start + rule.earliest
    last = min(duty.start + rule.latest, duty.end - rule.length)
    if -(-first // slot) * slot > last:
        return minute == first
    return first <= minute <= last and minute % slot == 0
