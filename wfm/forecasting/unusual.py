"""Finds past days whose total is so far from their class that they must not teach."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.model.workload import Floats

_NEIGHBOURS = 13
_LEAST_DAYS = 3
_SIGMAS = 4.0
_LEAST_LOG_RATIO = float(np.log(1.6))
_RECENT_DAYS = 14
_SHIFTED_SHARE = 0.6


def unusual_days(
    totals: Floats,
    classes: NDArray[np.int64],
    usable: NDArray[np.bool_],
    ordinals: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Return which days are outliers among the 13 nearest of their class, shape ``(days,)``.

    A day is unusual when |log(total ÷ median)| exceeds four robust standard deviations (median
    absolute deviation and Poisson noise together) and the ratio exceeds 1.6.  When most of the
    last two weeks are off in the same direction the level has moved, and those days are kept.
    """
    ratio = np.zeros(len(totals))
    limit = np.full(len(totals), np.inf)
    for day_class in np.unique(classes):
        members = np.flatnonzero(usable & (classes == day_class))
        count = len(members)
        if count < _LEAST_DAYS:
            continue
        width = min(_NEIGHBOURS, count)
        first = np.clip(np.arange(count) - width // 2, 0, count - width)
        near = totals[members][first[:, None] + np.arange(width)]
        median = np.median(near, axis=1)
        spread = 1.4826 * np.median(np.abs(np.log((near + 1) / (median[:, None] + 1))), axis=1)
        sigma = np.sqrt(spread**2 + 1 / np.maximum(median, 1.0))
        ratio[members] = np.log((totals[members] + 1) / (median + 1))
        limit[members] = np.maximum(_SIGMAS * sigma, _LEAST_LOG_RATIO)
    unusual = np.abs(ratio) > limit
    recent = usable & (ordinals > ordinals[-1] - _RECENT_DAYS)
    for moved in (recent & unusual & (ratio > 0), recent & unusual & (ratio < 0)):
        if moved.sum() >= _SHIFTED_SHARE * max(int(recent.sum()), 5):
            unusual &= ~moved
    return unusual
