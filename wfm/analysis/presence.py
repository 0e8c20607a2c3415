"""Who is at contacts in each interval, by the minute: percent-minutes per group of skills.

An agent counts ``speed_percent`` for each minute of a duty outside its breaks, so that speeds and
parts of intervals stay whole numbers.  What lies beyond the horizon's grid counts nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from wfm.model.roster import Duty
from wfm.model.time import DAY_MINUTES, Horizon

Integers = NDArray[np.int64]


class Worker(Protocol):
    """What coverage knows of an agent."""

    @property
    def key(self) -> str:
        """Key of the agent, as duties name it."""

    @property
    def skills(self) -> tuple[str, ...] | Mapping[str, int]:
        """Keys of the agent's skills."""

    @property
    def speed_percent(self) -> int:
        """Output against a standard agent's 100."""


def presence(
    horizon: Horizon, wanted: Sequence[str], agents: Sequence[Worker], duties: Sequence[Duty]
) -> dict[frozenset[str], Integers]:
    """Return percent-minutes per interval of each group of agents with the same wanted skills.

    Arrays have shape ``(horizon.slots,)``; the group without any wanted skill is the empty set.
    Duties of unknown agents count nowhere.
    """
    known = {agent.key: agent for agent in agents}
    groups: dict[frozenset[str], Integers] = {}
    for duty in duties:
        agent = known.get(duty.agent)
        if agent is None:
            continue
        group = frozenset(agent.skills).intersection(wanted)
        if group not in groups:
            groups[group] = np.zeros(horizon.slots, dtype=np.int64)
        add_duty(groups[group], horizon, duty, agent.speed_percent)
    return groups


def add_duty(minutes: Integers, horizon: Horizon, duty: Duty, speed_percent: int) -> None:
    """Add a duty's percent-minutes to an array of shape ``(horizon.slots,)``, in place.

    A negative speed takes them away.
    """
    origin = horizon.day_index(duty.day) * DAY_MINUTES
    for start, end in at_contacts(duty):
        _add(minutes, horizon, origin + start, origin + end, speed_percent)


def at_contacts(duty: Duty) -> list[tuple[int, int]]:
    """Return the stretches of a duty outside its breaks, in minutes of its operating date."""
    stretches = []
    now = duty.start
    for rest in sorted(duty.breaks, key=lambda item: item.start):
        if now < min(rest.start, duty.end):
            stretches.append((now, min(rest.start, duty.end)))
        now = max(now, rest.end)
    if now < duty.end:
        stretches.append((now, duty.end))
    return stretches


def _add(minutes: Integers, horizon: Horizon, start: int, end: int, speed: int) -> None:
    """Add a stretch; the intervals at its ends count by the minutes it covers of them."""
    length = horizon.slot_minutes
    start, end = max(start, 0), min(end, horizon.slots * length)
    if start >= end:
        return
    first, last = start // length, (end - 1) // length
    minutes[first : last + 1] += speed * length
    minutes[first] -= speed * (start - first * length)
    minutes[last] -= speed * ((last + 1) * length - end)
