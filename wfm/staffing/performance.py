"""What a number of agents achieves, and the fewest agents that meet a set of goals."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.workload import Goal
from wfm.staffing.erlang import patient_queue
from wfm.staffing.erlang_a import impatient_queue
from wfm.staffing.goals import DEFINITIONS, REACHED, TOLERANCE, QueueState

DEFAULT_THRESHOLD_S = 20.0
MOST_AGENTS = 200_000
SMALLEST_LOAD = 1e-100


class GoalNeedsPatience(WfmError):
    """A goal about giving up was asked of a model in which nobody gives up."""


@dataclass(frozen=True, slots=True)
class Workload:
    """Contacts of one interval: ``volume`` per ``interval_min`` minutes, handling ``aht_s``.

    ``patience_s`` is the mean patience; ``None`` is Erlang C.
    """

    volume: float
    interval_min: float
    aht_s: float
    patience_s: float | None = None

    @property
    def erlangs(self) -> float:
        """Offered load: volume × AHT ÷ interval length; 0 below all that can be computed with."""
        load = self.volume * self.aht_s / (self.interval_min * 60.0)
        return load if load > SMALLEST_LOAD else 0.0


@dataclass(frozen=True, slots=True)
class Performance:
    """Expected service of ``agents``: shares 0 … 1, ``asa_s`` in seconds (of answered contacts).

    Without contacts every goal is met.  ``asa_s`` is ``inf`` where nobody is ever answered.
    """

    agents: float
    offered_erlangs: float
    service_level: float
    answer_rate: float
    asa_s: float
    occupancy: float
    wait_probability: float
    abandonment: float


@dataclass(frozen=True, slots=True)
class StaffingResult:
    """The fewest agents for the goals, those to roster for the shrinkage, and what they achieve."""

    agents: int
    agents_with_shrinkage: int
    performance: Performance


def queue_state(work: Workload, agents: float) -> QueueState:
    """Return the steady state of ``agents`` (also fractional) under the workload's model."""
    load = work.erlangs
    if work.patience_s is None or load <= 0:
        return patient_queue(load, agents, work.aht_s)
    return impatient_queue(load, agents, work.aht_s, work.patience_s)


def performance(
    work: Workload,
    agents: float,
    threshold_s: float = DEFAULT_THRESHOLD_S,
    definition: str = "answered_of_offered",
) -> Performance:
    """Return what ``agents`` achieve; service level by the named definition."""
    state = queue_state(work, agents)
    return Performance(
        agents=agents,
        offered_erlangs=work.erlangs,
        service_level=DEFINITIONS[definition](state, threshold_s),
        answer_rate=1.0 - state.abandoned,
        asa_s=state.asa_s(),
        occupancy=state.occupancy,
        wait_probability=state.waiting,
        abandonment=state.abandoned,
    )


def meets(work: Workload, agents: float, goals: Sequence[Goal], max_occupancy: float) -> bool:
    """Tell whether ``agents`` meet every goal and stay below the occupancy cap."""
    state = queue_state(work, agents)
    if state.occupancy > max_occupancy + TOLERANCE:
        return False
    return all(REACHED[goal.kind](state, goal) for goal in goals)


def fewest_agents(
    work: Workload,
    goals: Sequence[Goal],
    max_occupancy: float = 1.0,
    lines_per_agent: int = 1,
    near: int = 0,
) -> int:
    """Return the smallest number of agents that meets all goals (0 for no contacts).

    ``lines_per_agent`` contacts are held at a time (chat).  ``near`` is where the search starts
    (0: at the load plus its square root); with impatient callers it may end below the load.
    Raises :class:`GoalNeedsPatience` for an answer rate under Erlang C, and
    :class:`~wfm.errors.WfmError` without any goal or for a load beyond all measure.
    """
    if work.patience_s is None and any(goal.kind == "answer_rate" for goal in goals):
        raise GoalNeedsPatience(
            message(
                "In Erlang C nobody gives up, so an answer rate means nothing: give a patience."
            )
        )
    if not goals and max_occupancy >= 1:
        raise WfmError(
            message("There is no service goal to staff for: name one, or a highest occupancy.")
        )
    load = work.erlangs / lines_per_agent
    if load <= 0:
        return 0
    if not load < MOST_AGENTS:
        raise WfmError(
            message(
                "{erlangs} erlang cannot be staffed for: check volume and handle time.",
                erlangs=round(work.erlangs, 1),
            )
        )
    start = near or math.ceil(load + 0.6 * math.sqrt(load))
    return _smallest(
        lambda agents: meets(work, agents * lines_per_agent, goals, max_occupancy), start
    )


def _smallest(enough: Callable[[int], bool], start: int) -> int:
    """Return the smallest number ≥ 1 that is enough, where every larger one is: gallop, halve."""
    low, high, step = 0, max(1, start), 1
    while not enough(high):
        low, high, step = high, high + step, step * 2
    step = 1
    while high - step > low and enough(high - step):
        high, step = high - step, step * 2
    low = max(low, high - step)
    while high - low > 1:
        middle = (low + high) // 2
        if enough(middle):
            high = middle
        else:
            low = middle
    return high


def with_shrinkage(agents: float, shrinkage: float) -> int:
    """Return whole agents to roster so that ``agents`` are left after shrinkage; rounded once."""
    return math.ceil(agents / (1.0 - shrinkage) - 1e-9)
