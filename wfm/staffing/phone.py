"""Phone: one caller per agent, Erlang A with a patience and Erlang C without."""

from __future__ import annotations

from wfm.model.workload import Floats, Forecast, Queue
from wfm.staffing.channel import Channel, OpenSlots, Words
from wfm.staffing.live import explain_live, live_agents


def phone_agents(forecast: Forecast, queue: Queue, is_open: OpenSlots) -> Floats:
    """Return the fewest whole agents per interval that meet the queue's goals; 0 where closed."""
    return live_agents(forecast, queue, is_open)


def explain_phone(forecast: Forecast, queue: Queue, _: OpenSlots, slot: int) -> Words:
    """Return how one interval's number came about."""
    return explain_live(forecast, queue, slot)


PHONE = Channel("phone", phone_agents, explain_phone)
