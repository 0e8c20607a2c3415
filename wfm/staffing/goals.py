"""Service goals as tests of a queue's steady state: one entry per kind and per definition."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from wfm.messages import Message, message
from wfm.model.workload import Goal

TOLERANCE = 1e-11
"""Slack of comparisons, above the error of the formulas: a cap of 1.0 must hold in overload."""


class QueueState(Protocol):
    """What Erlang C and Erlang A both know of a queue; shares are of offered contacts."""

    @property
    def waiting(self) -> float:
        """Share that waits at all."""

    @property
    def abandoned(self) -> float:
        """Share that gives up."""

    @property
    def occupancy(self) -> float:
        """Share of time an agent is busy."""

    def beyond(self, threshold_s: float) -> float:
        """Share that waits longer than the threshold without giving up before."""
        ...

    def within(self, threshold_s: float) -> float:
        """Share answered within the threshold."""
        ...

    def asa_s(self) -> float:
        """Mean wait of answered contacts in seconds."""
        ...


def _of_offered(state: QueueState, threshold_s: float) -> float:
    return state.within(threshold_s)


def _short_abandons_excluded(state: QueueState, threshold_s: float) -> float:
    answered, beyond = state.within(threshold_s), state.beyond(threshold_s)
    # offered less those who gave up in time = answered in time + still waiting at the threshold
    return answered / (answered + beyond) if answered > 0 else 0.0


def _abandons_counted(state: QueueState, threshold_s: float) -> float:
    return 1.0 - state.beyond(threshold_s)


def _of_answered(state: QueueState, threshold_s: float) -> float:
    answered = 1.0 - state.abandoned
    return min(1.0, state.within(threshold_s) / answered) if answered > 0 else 0.0


DEFINITIONS: dict[str, Callable[[QueueState, float], float]] = {
    "answered_of_offered": _of_offered,
    "short_abandons_excluded": _short_abandons_excluded,
    "abandons_counted": _abandons_counted,
    "answered_of_answered": _of_answered,
}
"""Definition of the service level (named as in the model) → its figure for a threshold."""

REACHED: dict[str, Callable[[QueueState, Goal], bool]] = {
    "service_level": lambda state, goal: (
        DEFINITIONS[goal.definition](state, goal.threshold_s) >= goal.target - TOLERANCE
    ),
    "asa": lambda state, goal: state.asa_s() <= goal.target * (1 + TOLERANCE),
    "answer_rate": lambda state, goal: 1.0 - state.abandoned >= goal.target - TOLERANCE,
}
"""Kind of goal → whether a queue reaches it."""


def goal_in_words(goal: Goal) -> Message:
    """Return a goal as a sentence that names its definition."""
    return _IN_WORDS[goal.definition if goal.kind == "service_level" else goal.kind](goal)


def _percent(goal: Goal) -> float:
    return round(goal.target * 100, 2)


_IN_WORDS: dict[str, Callable[[Goal], Message]] = {
    "answered_of_offered": lambda goal: message(
        "{percent} % of offered contacts are answered within {seconds} s",
        percent=_percent(goal),
        seconds=goal.threshold_s,
    ),
    "short_abandons_excluded": lambda goal: message(
        "{percent} % of contacts, without those given up within {seconds} s, are answered within"
        " {seconds} s",
        percent=_percent(goal),
        seconds=goal.threshold_s,
    ),
    "abandons_counted": lambda goal: message(
        "{percent} % of offered contacts are answered or given up within {seconds} s",
        percent=_percent(goal),
        seconds=goal.threshold_s,
    ),
    "answered_of_answered": lambda goal: message(
        "{percent} % of answered contacts are answered within {seconds} s",
        percent=_percent(goal),
        seconds=goal.threshold_s,
    ),
    "asa": lambda goal: message(
        "answered contacts wait {seconds} s on average at most", seconds=goal.target
    ),
    "answer_rate": lambda goal: message(
        "{percent} % of offered contacts are answered", percent=_percent(goal)
    ),
}
