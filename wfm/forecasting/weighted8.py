"""The default: last eight same weekdays, recent ones weighing more, unusual ones left out.

Day total and shape are averaged at two speeds: the total forgets by half in two weeks, because
levels drift; the shape in twenty, because it does not.  The shape of a weekday is drawn towards
that of weekdays which look alike, as if those had been seen four times.
"""

from __future__ import annotations

import numpy as np

from wfm.forecasting.past import HOLIDAY, PastDays, TargetDays
from wfm.forecasting.same_weekday import Method, by_day_class
from wfm.messages import message
from wfm.model.workload import Floats

DAYS = 8
TOTAL_HALF_LIFE_WEEKS = 2.0
SHAPE_HALF_LIFE_WEEKS = 20.0
SHARED_DAYS = 4.0
ALIKE = 0.12
"""Largest share of contacts that may lie elsewhere in the day for two weekdays to look alike."""


def _volumes(past: PastDays, targets: TargetDays) -> Floats:
    sums: dict[int, tuple[float, Floats, float]] = {}
    for day_class in range(HOLIDAY):
        found = past.latest(day_class, DAYS, ordinary=True)
        if len(found):
            sums[day_class] = _sums(past, found)

    def profile(_: PastDays, day_class: int) -> Floats | None:
        if day_class not in sums:
            return None
        total, shape, weight = sums[day_class]
        if shape.sum() <= 0:
            return np.zeros_like(shape)
        shared = _shared_shape(day_class, sums)
        blended: Floats = shape + SHARED_DAYS * shape.sum() / weight * shared
        blended *= total / blended.sum()
        return blended

    return by_day_class(past, targets, profile)


def _sums(past: PastDays, found: np.ndarray) -> tuple[float, Floats, float]:
    """Return the weighted mean total, the weighted sum of shapes, and the sum of its weights."""
    rows = _without_spikes(past.offered[found])
    weeks = (past.ordinals[-1] - past.ordinals[found]) / 7
    recent = np.exp2(-weeks / TOTAL_HALF_LIFE_WEEKS)
    # weeks without history age all days alike, and must not shrink the weights to nothing
    slow = np.exp2(-(weeks - weeks.min()) / SHAPE_HALF_LIFE_WEEKS)
    total = float((recent * rows.sum(axis=1)).sum() / recent.sum())
    return total, slow @ rows, float(slow.sum())


def _without_spikes(rows: Floats) -> Floats:
    """Pull single intervals back to six Poisson plus four robust deviations from the median."""
    if len(rows) < 3:
        return rows
    median = np.median(rows, axis=0)
    room = 6 * np.sqrt(median + 1) + 4 * 1.4826 * np.median(np.abs(rows - median), axis=0)
    clipped: Floats = np.clip(rows, median - room, median + room)
    return clipped


def _shared_shape(day_class: int, sums: dict[int, tuple[float, Floats, float]]) -> Floats:
    """Return the mean shape (sum 1) of the weekdays that look like ``day_class``, itself too.

    Two samples of n contacts over k intervals differ by about 0.56 √(k/n) from noise alone (mean
    total variation distance of two multinomials), which is added to the allowance.
    """
    own = sums[day_class][1]
    pooled = np.zeros_like(own)
    for _, shape, _ in sums.values():
        if shape.sum() <= 0:
            continue
        apart = np.abs(own / own.sum() - shape / shape.sum()).sum() / 2
        noise = 0.56 * np.sqrt(np.count_nonzero(own) / min(own.sum(), shape.sum()))
        if apart < ALIKE + noise:
            pooled += shape / shape.sum()
    result: Floats = pooled / pooled.sum()
    return result


WEIGHTED8 = Method(
    "weighted8",
    message("Weighted mean of 8 same weekdays, cleaned", context="forecast method"),
    _volumes,
)
