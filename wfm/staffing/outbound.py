"""Outbound work: contacts to be made, limited by how busy agents may be."""

from __future__ import annotations

import numpy as np

from wfm.messages import message
from wfm.model.workload import Floats, Forecast, Queue
from wfm.staffing.channel import Channel, OpenSlots, Words


def outbound_agents(forecast: Forecast, queue: Queue, is_open: OpenSlots) -> Floats:
    """Return workload ÷ occupancy per open interval: contacts × handle time ÷ seconds, fractional.

    The handle time is that of a contact made, with the attempts that led to it.
    """
    seconds = forecast.horizon.slot_minutes * 60.0
    work = np.nan_to_num(forecast.volume * forecast.aht_s) / seconds
    agents: Floats = np.where(is_open, work / queue.max_occupancy, 0.0)
    return agents


def explain_outbound(forecast: Forecast, queue: Queue, is_open: OpenSlots, slot: int) -> Words:
    """Return the two factors of one interval's number."""
    return (
        message(
            "{volume} contacts to make × {aht} s ÷ {minutes} min ÷ {occupancy} % occupancy"
            " = {agents} agents",
            volume=round(float(forecast.volume[slot]), 2),
            aht=round(float(forecast.aht_s[slot]), 1),
            minutes=forecast.horizon.slot_minutes,
            occupancy=round(queue.max_occupancy * 100, 1),
            agents=round(float(outbound_agents(forecast, queue, is_open)[slot]), 2),
        ),
    )


OUTBOUND = Channel("outbound", outbound_agents, explain_outbound)
