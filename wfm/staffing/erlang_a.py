"""Erlang A (M/M/n+M): callers give up after an exponential patience.

With service rate μ = 1/AHT, impatience θ = 1/patience and arrival rate λ: x = nμ/θ, y = λ/θ.  The
queue's states have weights t_j = y^j / ((x+1)…(x+j)) with sum J = 1F1(1; x+1; y), and
P(wait) = J / (J + 1/B(n) - 1); the share abandoned is θ E[queue] / λ.  The wait offered is longer
than T for a share P(x, y e^-θT) / P(x, y) of those who wait, and for P(x+1, …) / P(x+1, …) of those
among them who are answered (P: incomplete gamma function).  Sums have positive terms only and cover
the states that matter, so nothing overflows or cancels.
Sources: Palm 1957; Garnett, Mandelbaum, Reiman 2002; Mandelbaum, Zeltyn 2007.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from wfm.staffing.erlang import log_inverse_erlang_b
from wfm.staffing.gamma import digamma_difference, log_lower, log_point, rising_sum

NEGLIGIBLE = 1e-18


@dataclass(frozen=True, slots=True)
class ImpatientQueue:
    """Steady state of one queue: ``waiting`` and ``abandoned`` are shares of offered contacts.

    ``x`` and ``y`` are agents' and contacts' rates in units of the impatience; ``occupancy`` is
    the share of time an agent is busy.
    """

    x: float
    y: float
    patience_s: float
    waiting: float
    abandoned: float
    occupancy: float

    def late(self, threshold_s: float) -> float:
        """Return the share of contacts that would have to wait longer than the threshold."""
        return self.waiting * self._late_share(self.x, threshold_s)

    def beyond(self, threshold_s: float) -> float:
        """Return the share of contacts that do wait, patiently, longer than the threshold."""
        return self.late(threshold_s) * math.exp(-threshold_s / self.patience_s)

    def within(self, threshold_s: float) -> float:
        """Return the share of offered contacts answered within the threshold."""
        if self.x <= 0:
            return 0.0
        late = (self.waiting - self.abandoned) * self._late_share(self.x + 1.0, threshold_s)
        return min(1.0, max(0.0, 1.0 - self.abandoned - late))

    def abandoned_within(self, threshold_s: float) -> float:
        """Return the share of offered contacts given up within the threshold."""
        gone = 1.0 - self.within(threshold_s) - self.beyond(threshold_s)
        return min(self.abandoned, max(0.0, gone))

    def asa_s(self) -> float:
        """Return the mean wait of answered contacts in seconds; ``inf`` where nobody is answered.

        Who finds j others waiting is answered with probability x/(x+j+1), after waiting
        Σ_{k=1..j+1} 1/(x+k) patiences.
        """
        if self.abandoned >= 1.0 or self.x <= 0:
            return math.inf
        x, y = self.x, self.y
        first = _first_state(x, y)
        wait = digamma_difference(x + 1.0, x + first + 1.0) if first else 0.0
        total = waits = 0.0
        term, place = 1.0, x + first
        while True:
            place += 1.0
            wait += 1.0 / place
            total += term
            waits += term * wait / place
            factor = y / place
            term *= factor
            if factor < 1.0 and term < NEGLIGIBLE * total:
                break
        return self.waiting * x * waits / total / (1.0 - self.abandoned) * self.patience_s

    def _late_share(self, shape: float, threshold_s: float) -> float:
        if threshold_s <= 0 or shape <= 0:
            return 1.0
        left = self.y * math.exp(-threshold_s / self.patience_s)
        return math.exp(min(0.0, log_lower(shape, left) - log_lower(shape, self.y)))


def impatient_queue(load: float, agents: float, aht_s: float, patience_s: float) -> ImpatientQueue:
    """Return the steady state of ``agents`` serving ``load`` erlang with a mean patience.

    Defined for every load > 0 and agents ≥ 0; without agents everybody gives up.
    """
    y = load / aht_s * patience_s
    if agents <= 0:
        return ImpatientQueue(0.0, y, patience_s, 1.0, 1.0, 1.0)
    x = agents / aht_s * patience_s
    waiting = _waiting(load, agents, x, y)
    abandoned = min(1.0, waiting * _mean_queue(x, y) / y)
    occupancy = min(1.0, load * (1.0 - abandoned) / agents)
    return ImpatientQueue(x, y, patience_s, waiting, abandoned, occupancy)


def _waiting(load: float, agents: float, x: float, y: float) -> float:
    """Return J / (J + 1/B - 1); J may overflow, so it is taken as P(x, y) / D(x, y) in logs."""
    log_inverse_b = log_inverse_erlang_b(load, agents)
    if log_inverse_b <= 0:
        return 1.0
    log_sum = math.log(rising_sum(x, y)) if y < x + 1.0 else log_lower(x, y) - log_point(x, y)
    free = log_inverse_b + math.log(-math.expm1(-log_inverse_b))
    odds = free - log_sum
    return 1.0 / (1.0 + math.exp(odds)) if odds < 700.0 else math.exp(-odds)


def _first_state(x: float, y: float) -> int:
    """Return the first number waiting that matters: ten deviations below the usual number."""
    return max(0, int(y - x - 10.0 * math.sqrt(y) - 50.0))


def _mean_queue(x: float, y: float) -> float:
    """Return the mean number waiting while all agents are busy."""
    first = _first_state(x, y)
    total = weighted = 0.0
    term, place, waiting = 1.0, x + first, float(first)
    while True:
        total += term
        weighted += waiting * term
        waiting += 1.0
        place += 1.0
        factor = y / place
        term *= factor
        if factor < 1.0 and term * waiting < NEGLIGIBLE * total:
            return weighted / total
