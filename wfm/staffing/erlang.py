"""Erlang B and C: stable for any load, every value a probability or a time, never NaN.

``load`` is the offered load in erlang, volume × AHT ÷ interval length; ``agents`` may be fractional
(agents who are faster or slower than the standard, or present for a part of the interval).
Source: B(n) = D(n, a) / Q(n+1, a), which is Erlang's loss formula for whole n and its usual
continuation between them (Jagerman 1974); C and the waiting time follow from B.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from wfm.staffing.gamma import log_point, log_upper, upper_fraction


def log_inverse_erlang_b(load: float, agents: float) -> float:
    """Return log(1 / B) ≥ 0; ``inf`` without load, 0 without agents."""
    if agents <= 0:
        return 0.0
    if load <= 0:
        return math.inf
    if load >= agents + 2.0:
        # here Q and D are both tiny, and their quotient is the fraction itself
        return max(0.0, math.log(load * upper_fraction(agents + 1.0, load)))
    return max(0.0, log_upper(agents + 1.0, load) - log_point(agents, load))


def erlang_b(load: float, agents: float) -> float:
    """Return the share of contacts blocked by ``agents`` lines without a queue, 0 … 1."""
    return math.exp(-log_inverse_erlang_b(load, agents))


def wait_probability(load: float, agents: float) -> float:
    """Return Erlang C's probability of waiting; 1 where the load is not below the agents."""
    if load <= 0:
        return 0.0
    if agents <= load:
        return 1.0
    blocked = erlang_b(load, agents)
    return blocked / ((agents - load) / agents * (1.0 - blocked) + blocked)


@dataclass(frozen=True, slots=True)
class PatientQueue:
    """Steady state of a queue in which nobody gives up (Erlang C); shares of offered contacts.

    Without load nobody waits; where the load is not below the agents everybody waits for ever.
    """

    load: float
    agents: float
    aht_s: float
    waiting: float
    occupancy: float
    abandoned: float = 0.0

    def late(self, threshold_s: float) -> float:
        """Return the share of contacts that wait longer than the threshold."""
        if self.load <= 0 or self.agents <= self.load:
            return self.waiting
        return self.waiting * math.exp(-(self.agents - self.load) * threshold_s / self.aht_s)

    beyond = late

    def within(self, threshold_s: float) -> float:
        """Return the share of contacts answered within the threshold."""
        return 1.0 - self.late(threshold_s)

    def asa_s(self) -> float:
        """Return the mean wait in seconds; ``inf`` where the queue grows for ever."""
        if self.load <= 0:
            return 0.0
        if self.agents <= self.load:
            return math.inf
        return self.waiting * self.aht_s / (self.agents - self.load)


def patient_queue(load: float, agents: float, aht_s: float) -> PatientQueue:
    """Return the steady state of ``agents`` serving ``load`` erlang, any numbers ≥ 0."""
    occupancy = 0.0
    if load > 0:
        occupancy = load / agents if agents > load else 1.0
    return PatientQueue(load, agents, aht_s, wait_probability(load, agents), occupancy)
