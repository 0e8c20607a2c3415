"""How evenly a roster spreads what nobody likes: lates, weekends, nights, hours, wishes refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wfm.model.people import Agent, Wish
from wfm.model.roster import Duty
from wfm.model.time import Horizon
from wfm.worktime import night_part

LATE_END = 20 * 60
"""A duty that ends after this minute of its operating date is a late one."""


@dataclass(frozen=True, slots=True)
class AgentShare:
    """One agent's share of a horizon: counts of duties, minutes, and wishes.

    ``lates`` are duties that end after the late hour, ``nights`` those with work between 22:00 and
    5:00 (``night_minutes`` of it, breaks removed); ``weekends`` are duties that start on a Saturday
    or Sunday.
    """

    agent: str
    duties: int
    worked_minutes: int
    lates: int
    nights: int
    night_minutes: int
    weekends: int
    wishes: int
    wishes_granted: int


def fairness(
    horizon: Horizon,
    agents: Sequence[Agent],
    duties: Iterable[Duty],
    wishes: Iterable[Wish] = (),
    late_end: int = LATE_END,
) -> tuple[AgentShare, ...]:
    """Return each agent's share of the horizon's duties and wishes, in the order of ``agents``."""
    own: dict[str, list[Duty]] = {agent.key: [] for agent in agents}
    for duty in duties:
        if duty.agent in own and horizon.start <= duty.day < horizon.end:
            own[duty.agent].append(duty)
    wished: dict[str, list[Wish]] = {agent.key: [] for agent in agents}
    for wish in wishes:
        if wish.agent in wished and horizon.start <= wish.day < horizon.end:
            wished[wish.agent].append(wish)
    return tuple(_share(agent.key, own[agent.key], wished[agent.key], late_end) for agent in agents)


def _share(agent: str, duties: Sequence[Duty], wishes: Sequence[Wish], late_end: int) -> AgentShare:
    nights = [night_part(duty) for duty in duties]
    return AgentShare(
        agent=agent,
        duties=len(duties),
        worked_minutes=sum(duty.worked_minutes for duty in duties),
        lates=sum(duty.end > late_end for duty in duties),
        nights=sum(minutes > 0 for minutes in nights),
        night_minutes=sum(nights),
        weekends=sum(duty.day.weekday() >= 5 for duty in duties),
        wishes=len(wishes),
        wishes_granted=sum(granted(wish, duties) for wish in wishes),
    )


def granted(wish: Wish, duties: Iterable[Duty]) -> bool:
    """Tell whether the duties of the wish's day, or that there is none, are what was wished."""
    spans = [
        (duty.start, duty.end)
        for duty in duties
        if duty.day == wish.day and duty.agent == wish.agent
    ]
    return all(map(wish.grants, spans)) if spans else wish.grants(None)
