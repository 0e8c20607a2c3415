"""The frozen values that the coverage plot shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wfm.model.time import Horizon

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """Required and supplied agents per interval, and what is short or surplus, for one skill.

    All arrays have shape ``(horizon.slots,)``; ``name`` is empty for all skills together.  Short
    and surplus are given rather than subtracted here: one skill's surplus covers no other's
    shortage, so the total may hold both in one interval.
    """

    required: Floats
    supplied: Floats
    short: Floats
    surplus: Floats
    name: str = ""


@dataclass(frozen=True, slots=True)
class CoverageView:
    """A centre's coverage on a horizon: the total, each skill, and what the title says.

    ``gap`` is the proven distance from the best possible roster (0.02 = at most 2 %), ``None``
    where nothing is proven; ``holidays`` are painted like Sundays.
    """

    horizon: Horizon
    total: CoverageLine
    skills: tuple[CoverageLine, ...] = ()
    centre: str = ""
    gap: float | None = None
    holidays: frozenset[date] = field(default_factory=frozenset)

    def hours(self, values: Floats) -> float:
        """Return the agent-hours of an array of agents per interval."""
        return float(values.sum()) * self.horizon.slot_minutes / 60

    @property
    def active(self) -> NDArray[np.bool_]:
        """Intervals in which somebody is required or supplied."""
        return np.asarray((self.total.required > 0) | (self.total.supplied > 0))

    def worst(self) -> int | None:
        """Return the interval with the largest shortage, ``None`` where nothing is short."""
        slot = int(np.argmax(self.total.short))
        return slot if self.total.short[slot] > 0 else None
