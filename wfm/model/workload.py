"""Queues, service goals, contact history, forecasts and requirements.

Arrays hold one number per interval in the order of the horizon's grid (see
:class:`wfm.model.time.Horizon`); they are numpy arrays that nobody writes to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.time import Horizon

Floats = NDArray[np.float64]

CHANNELS = ("phone", "chat", "mail", "social", "outbound")
GOAL_KINDS = ("service_level", "asa", "answer_rate")
SERVICE_LEVEL_DEFINITIONS = (
    "answered_of_offered",
    "short_abandons_excluded",
    "abandons_counted",
    "answered_of_answered",
)
"""Answered within T ÷ offered (the default); … ÷ (offered − abandoned within T); (answered +
abandoned within T) ÷ offered; answered within T ÷ answered."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A service goal.

    ``kind`` ``service_level``: share ``target`` answered within ``threshold_s`` by ``definition``;
    ``asa``: mean wait of answered contacts at most ``target`` seconds;
    ``answer_rate`` (応答率): answered ÷ offered at least ``target``.
    """

    kind: str = "service_level"
    target: float = 0.8
    threshold_s: float = 20.0
    definition: str = SERVICE_LEVEL_DEFINITIONS[0]

    def __post_init__(self) -> None:
        if self.kind not in GOAL_KINDS or self.definition not in SERVICE_LEVEL_DEFINITIONS:
            raise WfmError(message("There is no service goal named {kind}.", kind=self.kind))
        valid = self.target > 0 if self.kind == "asa" else 0 < self.target < 1
        if not valid or self.threshold_s < 0:
            raise WfmError(
                message(
                    "A target of {target} cannot be staffed for: a share lies between 0 and 1,"
                    " a wait above 0 seconds.",
                    target=self.target,
                )
            )


@dataclass(frozen=True, slots=True)
class Queue:
    """A line of contacts with its skill, channel, opening hours and goals.

    ``opening`` maps weekday (0 = Monday; 7 = public holiday) to minute windows; a missing weekday
    is closed.  ``patience_s`` is the mean time a caller waits before giving up (``None``: nobody
    gives up, Erlang C).  ``shrinkage`` is the share of paid time not available for contacts beyond
    what the roster itself plans (0 … <1).  ``concurrency`` is the number of parallel chats.
    """

    key: str
    name: str
    skill: str
    channel: str = "phone"
    opening: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    goals: tuple[Goal, ...] = (Goal(),)
    patience_s: float | None = 180.0
    shrinkage: float = 0.0
    max_occupancy: float = 1.0
    concurrency: int = 1
    response_minutes: int = 0
    under_costs: tuple[tuple[float | None, int], ...] = ((None, 5),)

    def __post_init__(self) -> None:
        if self.channel not in CHANNELS:
            raise WfmError(
                message("Queue {name} has no known channel.", name=self.name or self.key)
            )
        if not 0 <= self.shrinkage < 1 or not 0 < self.max_occupancy <= 1:
            raise WfmError(
                message(
                    "Shrinkage and occupancy of queue {name} are shares between 0 and 1.",
                    name=self.name or self.key,
                )
            )


@dataclass(frozen=True, slots=True)
class Forecast:
    """Expected contacts and handling time of one queue on a horizon.

    ``volume``: contacts per interval; ``aht_s``: mean handling seconds of a contact;
    ``quantiles`` maps 0.10 … 0.90 to volumes; all of shape ``(horizon.slots,)``.  ``method`` names
    how it was made, ``notes`` says what the reader should know (short history, closed days …).
    """

    queue: str
    horizon: Horizon
    volume: Floats
    aht_s: Floats
    quantiles: dict[float, Floats] = field(default_factory=dict)
    method: str = ""
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Requirement:
    """Agents needed per interval of one queue, before and after shrinkage.

    ``agents`` meets the queue's goals with everybody present; ``rostered`` is what must be
    rostered, ``agents / (1 - shrinkage)``, unrounded.  Shape ``(horizon.slots,)`` each.
    """

    queue: str
    skill: str
    horizon: Horizon
    agents: Floats
    rostered: Floats


SPECIAL_KINDS: dict[str, Message] = {
    "closed": message("closed", context="special day"),
    "campaign": message("campaign", context="special day"),
    "outage": message("outage", context="special day"),
    "missing": message("not recorded", context="special day"),
    "holiday": message("holiday", context="special day"),
}
"""Names of the kinds of special days, in the order they are offered."""


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that must not teach the forecast its weekday's shape.

    ``kind``: ``holiday``, ``closed``, ``outage``, ``campaign`` or ``missing``; ``queue`` empty
    means all queues; ``start``/``end`` minutes limit an outage or campaign to part of the day;
    ``factor`` is the planner's expectation for a coming one (1.0 = as usual).
    """

    day: date = field(metadata={"label": message("Date")})
    kind: str = field(metadata={"label": message("Kind"), "choices": tuple(SPECIAL_KINDS.items())})
    name: str = field(default="", metadata={"label": message("Name")})
    queue: str = field(default="", metadata={"label": message("Queue")})
    start: int = field(
        default=0, metadata={"label": message("From"), "form": "clock", "high": 1440}
    )
    end: int = field(default=1440, metadata={"label": message("To"), "form": "clock", "high": 1440})
    factor: float = field(
        default=1.0,
        metadata={
            "label": message("Expected contacts"),
            "unit": "%",
            "form": "percent",
            "low": 0.01,
            "high": 20.0,
            "help": message("Of a usual day; 100 % is as usual, 140 % four tenths more."),
        },
    )


HISTORY_COLUMNS = (
    "offered",
    "answered",
    "abandoned",
    "answered_within",
    "wait_answered_s",
    "wait_abandoned_s",
    "handle_s",
)
"""Columns of interval history: counts of contacts and sums of seconds, never averages."""


@dataclass(frozen=True, slots=True)
class HistoryDay:
    """One queue's recorded day: a column per measure, one number per interval.

    Arrays have ``1440 / interval_minutes`` entries; NaN means "not recorded", which is not 0.
    ``threshold_s`` is the T of ``answered_within``.
    """

    queue: str
    day: date
    interval_minutes: int
    columns: dict[str, Floats]
    threshold_s: float = 20.0
    source: str = ""
