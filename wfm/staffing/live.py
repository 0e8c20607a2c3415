"""What phone and chat share: contacts that wait for an answer now.

Each interval is staffed as if its rate had always been so (SIPP), which suits handling times well
below the interval's length.  Where handling outlasts the interval and the rate climbs or falls
steeply, the need follows the rate with a delay that this does not show.
"""

from __future__ import annotations

import math

import numpy as np

from wfm.messages import Message, message
from wfm.model.workload import Floats, Forecast, Goal, Queue
from wfm.staffing.channel import OpenSlots, Words
from wfm.staffing.goals import goal_in_words
from wfm.staffing.performance import Workload, fewest_agents, performance


def live_agents(
    forecast: Forecast, queue: Queue, is_open: OpenSlots, lines_per_agent: int = 1
) -> Floats:
    """Return the fewest whole agents per interval that meet the queue's goals; 0 where closed.

    Erlang A where the queue has a patience, Erlang C where it has none.
    """
    agents = np.zeros(forecast.horizon.slots)
    known: dict[tuple[float, float], int] = {}
    slack = 0.6
    for slot in np.flatnonzero(is_open & (forecast.volume > 0)):
        work = workload(forecast, queue, int(slot))
        load = work.erlangs / lines_per_agent
        root = math.sqrt(load)
        key = (work.volume, work.aht_s)
        if key not in known:
            # safety staff grows with the root of the load: start where the interval before ended
            near = round(load + slack * root)
            known[key] = fewest_agents(
                work, queue.goals, queue.max_occupancy, lines_per_agent, near
            )
        agents[slot] = known[key]
        slack = (known[key] - load) / root if root > 0 else slack
    return agents


def workload(forecast: Forecast, queue: Queue, slot: int) -> Workload:
    """Return one interval's workload."""
    return Workload(
        float(forecast.volume[slot]),
        forecast.horizon.slot_minutes,
        max(0.0, float(np.nan_to_num(forecast.aht_s[slot]))),
        queue.patience_s,
    )


def explain_live(forecast: Forecast, queue: Queue, slot: int, lines_per_agent: int = 1) -> Words:
    """Return inputs, model, goals and outcome of one open interval."""
    work = workload(forecast, queue, slot)
    words = [
        message(
            "{volume} contacts × {aht} s ÷ {minutes} min = {erlangs} erlang",
            volume=round(work.volume, 2),
            aht=round(work.aht_s, 1),
            minutes=forecast.horizon.slot_minutes,
            erlangs=round(work.erlangs, 2),
        ),
        _model(queue),
    ]
    words += [message("Goal: {goal}", goal=goal_in_words(goal)) for goal in queue.goals]
    if queue.max_occupancy < 1:
        words.append(
            message(
                "Goal: agents are busy {percent} % of the time at most",
                percent=round(queue.max_occupancy * 100, 1),
            )
        )
    return (*words, *_outcome(work, queue, lines_per_agent))


def _model(queue: Queue) -> Message:
    if queue.patience_s is None:
        return message("Nobody gives up waiting: Erlang C")
    return message(
        "Callers give up after {seconds} s on average: Erlang A", seconds=queue.patience_s
    )


def _outcome(work: Workload, queue: Queue, lines_per_agent: int) -> Words:
    agents = fewest_agents(work, queue.goals, queue.max_occupancy, lines_per_agent)
    if agents == 0:
        return (message("Nothing to handle, so nobody is needed"),)
    first = next((goal for goal in queue.goals if goal.kind == "service_level"), Goal())
    lines = agents * lines_per_agent
    reached = performance(work, lines, first.threshold_s, first.definition)
    return (
        message(
            "{count} agent meets every goal, fewer do not",
            plural="{count} agents meet every goal, fewer do not",
            count=agents,
        ),
        message(
            "They reach a service level of {level} % within {seconds} s, answer {answered} % and"
            " are busy {busy} % of the time",
            level=round(reached.service_level * 100, 1),
            seconds=first.threshold_s,
            answered=round(reached.answer_rate * 100, 1),
            busy=round(reached.occupancy * 100, 1),
        ),
    )
