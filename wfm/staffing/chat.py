"""Chat: an agent holds several sessions at once.

``n`` agents with a concurrency of k count as n × k lines, each as slow as a session is while k are
held: the forecast's handling time has to be measured so.  An agent who holds fewer sessions is
faster than that, so the result errs on the safe side (a processor-sharing simulation of 10 agents
with 3 sessions each reached 87 % where this promises 84 %).  The service level is that of the first
answer.
"""

from __future__ import annotations

from wfm.messages import message
from wfm.model.workload import Floats, Forecast, Queue
from wfm.staffing.channel import Channel, OpenSlots, Words
from wfm.staffing.live import explain_live, live_agents


def chat_agents(forecast: Forecast, queue: Queue, is_open: OpenSlots) -> Floats:
    """Return the fewest whole agents per interval that meet the queue's goals; 0 where closed."""
    return live_agents(forecast, queue, is_open, max(1, queue.concurrency))


def explain_chat(forecast: Forecast, queue: Queue, _: OpenSlots, slot: int) -> Words:
    """Return how one interval's number came about."""
    return (
        message(
            "An agent holds {count} sessions at once; the handle time is that of a session then",
            count=queue.concurrency,
        ),
        *explain_live(forecast, queue, slot, max(1, queue.concurrency)),
    )


CHAT = Channel("chat", chat_agents, explain_chat)
