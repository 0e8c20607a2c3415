"""Forecast → Requirement: the channel's agents, then shrinkage, never rounded twice."""

from __future__ import annotations

import numpy as np

from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.workload import Forecast, Queue, Requirement
from wfm.staffing.channel import Channel, OpenSlots
from wfm.staffing.chat import CHAT
from wfm.staffing.deferrable import MAIL, SOCIAL
from wfm.staffing.outbound import OUTBOUND
from wfm.staffing.phone import PHONE

CHANNELS: tuple[Channel, ...] = (PHONE, CHAT, MAIL, SOCIAL, OUTBOUND)


def channel_of(queue: Queue) -> Channel:
    """Return the channel of a queue; raises :class:`~wfm.errors.WfmError` for an unknown one."""
    for channel in CHANNELS:
        if channel.key == queue.channel:
            return channel
    raise WfmError(message("Queue {name} has no known channel.", name=queue.name or queue.key))


def requirement(
    forecast: Forecast, queue: Queue, open_slots: OpenSlots | None = None
) -> Requirement:
    """Return the agents a queue needs per interval, before and after shrinkage.

    ``open_slots`` has shape ``(slots,)``; without it every interval counts as open.  Closed
    intervals need nobody.  Raises :class:`~wfm.errors.WfmError` naming the queue where its goals
    cannot be staffed for.
    """
    is_open = _open(forecast, open_slots)
    try:
        agents = channel_of(queue).agents(forecast, queue, is_open)
    except WfmError as error:
        raise type(error)(
            message("Queue {name}: {reason}", name=queue.name or queue.key, reason=error.message)
        ) from None
    rostered = agents / (1.0 - queue.shrinkage)
    agents.setflags(write=False)
    rostered.setflags(write=False)
    return Requirement(queue.key, queue.skill, forecast.horizon, agents, rostered)


def explain(
    forecast: Forecast, queue: Queue, slot: int, open_slots: OpenSlots | None = None
) -> tuple[Message, ...]:
    """Return how one interval's number came about, a sentence per step.

    ``open_slots`` as for :func:`requirement`.
    """
    is_open = _open(forecast, open_slots)
    if not is_open[slot]:
        return (message("The queue is closed then, so nobody is needed"),)
    channel = channel_of(queue)
    agents = float(channel.agents(forecast, queue, is_open)[slot])
    return (
        *channel.explain(forecast, queue, is_open, slot),
        message(
            "{agents} agents ÷ (1 − {percent} % shrinkage) = {rostered} to roster, not rounded"
            " before queues of a skill are added up",
            agents=round(agents, 2),
            percent=round(queue.shrinkage * 100, 1),
            rostered=round(agents / (1.0 - queue.shrinkage), 2),
        ),
    )


def _open(forecast: Forecast, open_slots: OpenSlots | None) -> OpenSlots:
    return np.ones(forecast.horizon.slots, dtype=bool) if open_slots is None else open_slots
