"""Mail and social media: work that may wait for its response time, but not longer.

Fluid model: the day's work is finished on the day, evenly over the opening hours, at the lowest
level that also answers every stretch of arrivals within the response time (a level suffices if and
only if every window can hold the work that must be done in it).
while it is closed counts from the next opening.  What reaches past the horizon's end comes in at
its start, as if the horizon repeated: the week before left as much as this one leaves.
"""

from __future__ import annotations

import numpy as np

from wfm.messages import message
from wfm.model.workload import Floats, Forecast, Queue
from wfm.staffing.channel import Channel, OpenSlots, Words


def spread(work: Floats, window: int) -> Floats:
    """Spread each entry evenly over itself and the ``window - 1`` entries after it, cyclically.

    ``work`` holds the arrivals per open interval; the sum stays, and any ``window`` consecutive
    entries of the result hold at least the work that must be finished in them.
    """
    count = len(work)
    whole, part = divmod(window, count)
    result = np.full(count, float(work.sum()) * whole)
    if part:
        total = np.concatenate(([0.0], np.cumsum(np.concatenate((work, work)))))
        last = np.arange(count, 2 * count) + 1
        result = result + (total[last] - total[last - part])
    levelled: Floats = np.maximum(result, 0.0) / window
    return levelled


def arrivals(forecast: Forecast, is_open: OpenSlots) -> Floats:
    """Return agent-intervals of work per open interval, what came while closed at the next one."""
    seconds = forecast.horizon.slot_minutes * 60.0
    work = np.nan_to_num(forecast.volume * forecast.aht_s) / seconds
    open_slots = np.flatnonzero(is_open)
    place = np.searchsorted(open_slots, np.arange(len(work))) % len(open_slots)
    return np.bincount(place, weights=work, minlength=len(open_slots)).astype(np.float64)


def window_of(forecast: Forecast, queue: Queue) -> int:
    """Return how many open intervals a response may take, at least the one of arrival."""
    return max(1, queue.response_minutes // forecast.horizon.slot_minutes)


def deferrable_agents(forecast: Forecast, queue: Queue, is_open: OpenSlots) -> Floats:
    """Return agents per interval, fractional: spread work ÷ highest occupancy; 0 where closed."""
    agents = np.zeros(forecast.horizon.slots)
    if is_open.any():
        levelled = spread(arrivals(forecast, is_open), window_of(forecast, queue))
        agents[is_open] = levelled / queue.max_occupancy
    return agents


def explain_deferrable(forecast: Forecast, queue: Queue, is_open: OpenSlots, slot: int) -> Words:
    """Return where one interval's share of the work comes from."""
    window = window_of(forecast, queue)
    work = arrivals(forecast, is_open)
    place = int(np.searchsorted(np.flatnonzero(is_open), slot))
    recent = work[np.arange(place - window + 1, place + 1) % len(work)]
    minutes = forecast.horizon.slot_minutes
    return (
        message(
            "Work may wait {response} opening minutes: each interval's arrivals are spread evenly"
            " over the {count} intervals from their arrival on",
            response=queue.response_minutes,
            count=window,
        ),
        message(
            "{hours} hours of work due in this window ÷ {count} intervals of {minutes} min"
            " ÷ {occupancy} % occupancy = {agents} agents",
            hours=round(float(recent.sum()) * minutes / 60, 2),
            count=window,
            minutes=minutes,
            occupancy=round(queue.max_occupancy * 100, 1),
            agents=round(float(deferrable_agents(forecast, queue, is_open)[slot]), 2),
        ),
    )


MAIL = Channel("mail", deferrable_agents, explain_deferrable)
SOCIAL = Channel("social", deferrable_agents, explain_deferrable)
