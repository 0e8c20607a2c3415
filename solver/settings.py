"""What a solver run is allowed: time, processors, and the seed of its random choices."""

from __future__ import annotations

from dataclasses import dataclass, field

from wfm.errors import WfmError
from wfm.messages import message


@dataclass(frozen=True, slots=True)
class SolveSettings:
    """Limits of one run.

    ``iterations`` above 0 replaces the clock by a count of improvement moves: with one worker the
    run is then reproducible from its seed, however fast the machine is.
    """

    time_limit_s: float = field(
        default=45.0,
        metadata={"label": message("Time limit"), "unit": message("s"), "low": 1, "high": 86_400},
    )
    workers: int = field(
        default=2, metadata={"label": message("Processors"), "unit": "", "low": 1, "high": 64}
    )
    seed: int = field(
        default=1, metadata={"label": message("Seed"), "unit": "", "low": 0, "high": 2**31 - 1}
    )
    iterations: int = field(
        default=0,
        metadata={"label": message("Moves (0: by time)"), "unit": "", "low": 0, "high": 10**9},
    )

    def __post_init__(self) -> None:
        if not 0 < self.time_limit_s <= 86_400:
            raise WfmError(
                message(
                    "The time limit must lie between 0 and 86400 seconds, not {value}.",
                    value=self.time_limit_s,
                )
            )
        if not 1 <= self.workers <= 64:
            raise WfmError(
                message("A run uses 1 to 64 processors, not {value}.", value=self.workers)
            )
        if not 0 <= self.seed < 2**31 or not 0 <= self.iterations <= 10**9:
            raise WfmError(message("The seed and the number of moves must not be negative."))
