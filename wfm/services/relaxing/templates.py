"""Shift kinds with one more start, length, or place for breaks, to find what limits most.

What each could be worth is guessed from where staff is missing and idle; only re-solving tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from wfm.analysis import Coverage, coverage
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.activity import ShiftKind
from wfm.model.problem import AgentProblem, Option, RosterProblem
from wfm.model.time import DAY_MINUTES, format_clock, format_length
from wfm.model.workload import Floats
from wfm.rules import option_table
from wfm.services.centre import Centre
from wfm.services.relaxing.relaxation import Relaxation, Situation

MORE_MINUTES, BREAK_MINUTES = 60, 30


def templates(situation: Situation) -> Iterator[Relaxation]:
    """Yield each shift kind with one more start, length or room for breaks that looks useful."""
    used = {
        kind for contract in situation.centre.contracts.values() for kind in contract.shift_kinds
    }
    values = _Values(situation)
    for kind in situation.centre.shift_kinds.values():
        if kind.key not in used:
            continue
        for text, fields in _variations(kind):
            try:
                wider = replace(kind, **fields)
            except WfmError:
                continue
            yield Relaxation(
                "template", text, centre=_with_kind(wider), hope=values.of(kind, wider)
            )


def _variations(kind: ShiftKind) -> Iterator[tuple[Message, dict[str, Any]]]:
    name = kind.name or kind.key
    earlier, later = kind.earliest_start - kind.step, kind.latest_start + kind.step
    if earlier >= 0:
        yield (
            message("{kind} may also start at {time}", kind=name, time=format_clock(earlier)),
            {"earliest_start": earlier},
        )
    if later < DAY_MINUTES:
        yield (
            message("{kind} may also start at {time}", kind=name, time=format_clock(later)),
            {"latest_start": later},
        )
    for length in (min(kind.lengths) - MORE_MINUTES, max(kind.lengths) + MORE_MINUTES):
        if length > 0:
            yield (
                message("{kind} may also last {length}", kind=name, length=format_length(length)),
                {"lengths": tuple(sorted({*kind.lengths, length}))},
            )
    if kind.breaks:
        breaks = tuple(
            replace(
                rule,
                earliest=max(1, rule.earliest - BREAK_MINUTES),
                latest=rule.latest + BREAK_MINUTES,
            )
            for rule in kind.breaks
        )
        yield (
            message(
                "Breaks of {kind} may lie {minutes} min earlier or later",
                kind=name,
                minutes=BREAK_MINUTES,
            ),
            {"breaks": breaks},
        )


def _with_kind(kind: ShiftKind) -> Callable[[Centre], Centre]:
    def change(centre: Centre) -> Centre:
        return replace(centre, shift_kinds={**centre.shift_kinds, kind.key: kind})

    return change


class _Values:
    """What one person more is worth in each interval, by who they are."""

    def __init__(self, situation: Situation) -> None:
        self.problem: RosterProblem = situation.problem
        self.duties = situation.centre.roster.duties
        problem = self.problem
        covered: Coverage = coverage(
            problem.horizon, problem.demands, problem.agents, self.duties, problem.over_cost
        )
        self.worth = {
            item.skill: np.where(
                item.missing > 0, float(demand.under_steps[0].cost), -float(problem.over_cost)
            )
            for item, demand in zip(covered.skills, problem.demands, strict=True)
        }
        self.agents = {agent.key: agent for agent in problem.agents}
        self.sums: dict[tuple[str, ...], Floats] = {}

    def of(self, kind: ShiftKind, wider: ShiftKind) -> float:
        """Return what the new shifts could save if each duty of the kind could be one of them."""
        known = {(option.start, option.end) for option in option_table((kind,))[0]}
        new = [item for item in option_table((wider,))[0] if (item.start, item.end) not in known]
        if not new:
            # room for breaks: they can leave the intervals in which staff is missing
            return 0.1
        total = 0.0
        for duty in self.duties:
            agent = self.agents.get(duty.agent)
            if duty.kind != kind.key or agent is None:
                continue
            place = self.problem.horizon.day_index(duty.day)
            now = self._value(agent, place, duty.start, duty.end)
            total += max(0.0, self._best(agent, place, new) - now)
        return total

    def _best(self, agent: AgentProblem, place: int, options: Sequence[Option]) -> float:
        return max(self._value(agent, place, item.start, item.end) for item in options)

    def _value(self, agent: AgentProblem, place: int, start: int, end: int) -> float:
        if agent.skills not in self.sums:
            rows = [self.worth[skill] for skill in agent.skills if skill in self.worth]
            best = np.max(rows, axis=0) if rows else np.zeros(self.problem.horizon.slots)
            self.sums[agent.skills] = np.concatenate([[0.0], np.cumsum(best)])
        sums, slot = self.sums[agent.skills], self.problem.horizon.slot_minutes
        first = (place * DAY_MINUTES + start) // slot
        last = min((place * DAY_MINUTES + end) // slot, self.problem.horizon.slots)
        return float(sums[max(last, first)] - sums[first]) if first < last else 0.0
