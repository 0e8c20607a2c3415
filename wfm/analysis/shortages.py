"""The worst shortages of a week, one after the other, and who is off while they last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from wfm.analysis.coverage import Coverage
from wfm.analysis.draft import Shortage, worst_shortage
from wfm.model.people import Agent, Leave
from wfm.model.roster import Duty

LEAST_MISSING = 0.5
"""Agents missing below which a stretch is no shortage to talk about."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A shortage with the agent-hours it lacks and how many who have a skill for it are off.

    ``peak`` is the minute of the day at which most are missing.
    """

    shortage: Shortage
    hours: float
    peak: int
    off: int


def worst_gaps(
    coverage: Coverage,
    agents: Sequence[Agent],
    duties: Iterable[Duty],
    leaves: Iterable[Leave],
    count: int = 5,
) -> tuple[Gap, ...]:
    """Return the stretches in which most agents are missing, the worst first."""
    busy = {(duty.agent, duty.day) for duty in duties}
    busy |= {(leave.agent, leave.day) for leave in leaves if leave.approved}
    gaps: list[Gap] = []
    left = coverage
    while len(gaps) < count:
        found = worst_shortage(left)
        if found is None or found.missing < LEAST_MISSING:
            break
        first = _slot(left, found.day, found.start)
        last = _slot(left, found.day, found.end)
        missing = left.missing[first:last]
        slot = coverage.horizon.slot_minutes
        gaps.append(
            Gap(
                found,
                round(float(missing.sum()) * slot / 60, 6),
                found.start + int(missing.argmax()) * slot,
                sum(_off(agent, found, busy) for agent in agents),
            )
        )
        left = _without(left, first, last)
    return tuple(gaps)


def _off(agent: Agent, gap: Shortage, busy: set[tuple[str, date]]) -> bool:
    return (
        agent.employed_on(gap.day)
        and (agent.key, gap.day) not in busy
        and any(agent.skills.get(skill, 0) > 0 for skill in gap.skills)
    )


def _slot(coverage: Coverage, day: date, minute: int) -> int:
    horizon = coverage.horizon
    return horizon.day_index(day) * horizon.slots_per_day + minute // horizon.slot_minutes


def _without(coverage: Coverage, first: int, last: int) -> Coverage:
    """Return the coverage with nothing missing in some intervals."""
    keep = np.ones(coverage.horizon.slots)
    keep[first:last] = 0.0
    skills = tuple(replace(item, missing=item.missing * keep) for item in coverage.skills)
    return replace(coverage, skills=skills)
