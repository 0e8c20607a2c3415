"""The rows of the roster benchmark: which centre, how long, and what it must reach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.benchmarks.centres import centre
from wfm.model.problem import RosterProblem


@dataclass(frozen=True, slots=True)
class Row:
    """A centre with its limits: seconds, gap of the objective, gap ÷ required, memory in MB.

    ``must`` and ``stretch`` are shares of the objective, ``share`` of the required agent-intervals;
    ``None`` is reported without a limit.  ``optimal_will_do``: a proven optimum meets any gap.
    """

    name: str
    make: Callable[[int], RosterProblem]
    seconds: float
    must: float | None
    stretch: float
    share: float | None
    memory: int


ROWS = (
    Row("30", lambda seed: centre(30, seed), 60, 0.10, 0.02, 0.02, 500),
    Row("100", lambda seed: centre(100, seed), 60, 0.055, 0.04, 0.011, 500),
    Row("300", lambda seed: centre(300, seed), 120, 0.04, 0.03, 0.006, 500),
    Row("1000", lambda seed: centre(1_000, seed), 120, 0.024, 0.015, 0.0045, 700),
    Row("2000", lambda seed: centre(2_000, seed), 300, 0.034, 0.02, 0.006, 1_000),
    Row("300-24h", lambda seed: centre(300, seed, round_the_clock=True),
        120, 0.10, 0.06, 0.012, 500),
    Row("300-centre-rules", lambda seed: centre(300, seed, supervisors=True),
        120, 0.06, 0.04, None, 700),
    Row("300-steps", lambda seed: centre(300, seed, steps=True), 120, 0.06, 0.04, None, 700),
    Row("100-4-weeks", lambda seed: centre(100, seed, weeks=4), 180, None, 0.05, None, 1_000),
)  # fmt: skip
"""The rows in the order of the table; the name is the number of people and the variant."""
