"""The worst shortage of a week: a stretch of time, how many are missing, and of which skills."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from wfm.analysis.coverage import Coverage


@dataclass(frozen=True, slots=True)
class Shortage:
    """From ``start`` to ``end`` minutes of ``day`` up to ``missing`` agents are missing.

    ``skills`` are those that lack somebody in it.
    """

    day: date
    start: int
    end: int
    missing: float
    skills: tuple[str, ...]


def worst_shortage(coverage: Coverage, skill: str = "") -> Shortage | None:
    """Return the stretch around the interval with most agents missing, the first of equals.

    It reaches as far as at least half as many (and one) are missing, within its day.  With a skill
    only that skill counts; ``None`` where nothing is missing.
    """
    items = [item for item in coverage.skills if skill in ("", item.skill)]
    if not items:
        return None
    missing = np.sum([item.missing for item in items], axis=0)
    peak = int(np.argmax(missing))
    if missing[peak] <= 0:
        return None
    horizon = coverage.horizon
    least = max(float(missing[peak]) / 2, min(1.0, float(missing[peak])))
    first, last = peak, peak
    day = peak // horizon.slots_per_day
    while first > day * horizon.slots_per_day and missing[first - 1] >= least:
        first -= 1
    while last + 1 < (day + 1) * horizon.slots_per_day and missing[last + 1] >= least:
        last += 1
    date_, start = horizon.slot_label(first)
    return Shortage(
        date_,
        start,
        start + (last + 1 - first) * horizon.slot_minutes,
        float(missing[peak]),
        tuple(item.skill for item in items if item.missing[first : last + 1].any()),
    )
