"""How long the interval of each row is, from the gaps between the rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.imports.acd.grouping import pairs_of
from wfm.imports.options import FINE_LENGTHS

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

DAY = 1440
ALIGNED = 0.9
STRAY = 0.7
"""Share of starts on a grid from which on the others are taken for errors, not for a finer grid."""
DENSE_GAPS = 0.8
_DESCENDING = tuple(sorted(FINE_LENGTHS, reverse=True))


def interval_lengths(queues: Ints, labels: Ints, hints: Ints, default: int, fixed: int = 0) -> Ints:
    """Return the interval length of each row in minutes; shape ``(rows,)``.

    ``hints`` holds the lengths that rows tell themselves (0: none).  A day of a queue shows its
    length when its rows follow each other without holes; other days take that of the nearest such
    day, since a quiet queue on a 15-minute grid can look like one of 60 minutes.
    """
    if fixed:
        return np.where(hints > 0, hints, fixed)
    days = labels // DAY
    _, _, groups = pairs_of(queues, days)
    group_of, minutes, _ = pairs_of(groups, labels % DAY)
    counts = np.bincount(group_of)
    own = _coarsest_grid(group_of, minutes, counts)
    common = _common_length(minutes, default)
    dense = _without_holes(group_of, minutes, counts, own, common)
    first = np.zeros(len(counts), np.int64)
    first[groups] = np.arange(len(groups))
    chosen = _from_neighbours(queues[first], days[first], own, dense, common)
    on_grid = np.bincount(group_of, weights=minutes % chosen[group_of] == 0) / counts
    finer = (counts >= 4) & (own < chosen) & (on_grid < STRAY)
    chosen = np.where(finer, own, chosen)
    return np.where(hints > 0, hints, chosen[groups])


def _coarsest_grid(group_of: Ints, minutes: Ints, counts: Ints) -> Ints:
    """Return per group the longest interval on whose grid nearly all starts lie."""
    shares = np.stack(
        [
            np.bincount(group_of, weights=minutes % length == 0, minlength=len(counts)) / counts
            for length in _DESCENDING
        ]
    )
    return np.array(_DESCENDING)[_choice(shares)]


def _choice(shares: NDArray[np.float64]) -> Ints:
    """Return the position of the grid to believe in per column of shares of starts on it.

    That is the longest on which nearly all starts lie; failing that the best of 5 minutes and
    more, so that a stray row does not make a day of single minutes.
    """
    first = np.argmax(shares >= ALIGNED, axis=0)
    usual = shares[: _DESCENDING.index(5) + 1]
    best = np.argmax(usual, axis=0)
    fine = _DESCENDING[0] // np.array(_DESCENDING)[first] > 12
    chosen: Ints = np.where(fine & (usual.max(axis=0) >= STRAY), best, first)
    return chosen


def _common_length(minutes: Ints, default: int) -> int:
    """Return the grid of all starts of the file together, or ``default`` for a few of them."""
    starts = np.unique(minutes)
    if len(starts) < 3 and (starts % default == 0).all():
        return default
    shares = np.array([[(minutes % length == 0).mean()] for length in _DESCENDING])
    return _DESCENDING[int(_choice(shares)[0])]


def _without_holes(group_of: Ints, minutes: Ints, counts: Ints, own: Ints, common: int) -> Bools:
    """Return which groups show their interval by rows that follow each other."""
    same = group_of[1:] == group_of[:-1]
    steps = same & (np.diff(minutes) == own[group_of[1:]])
    close = np.bincount(group_of[1:], weights=steps, minlength=len(counts))
    share = close / np.maximum(counts - 1, 1)
    sure = (counts >= 8) & (share == 1.0)
    dense: Bools = (counts >= 4) & (share >= DENSE_GAPS) & ((own <= common) | sure)
    return dense


def _from_neighbours(queues: Ints, days: Ints, own: Ints, dense: Bools, common: int) -> Ints:
    """Return per group its own length where dense, else that of the nearest dense day."""
    chosen = np.where(dense, own, common)
    if not dense.any():
        return chosen
    for queue in np.unique(queues):
        loose = np.flatnonzero((queues == queue) & ~dense)
        if not len(loose):
            continue
        known = np.flatnonzero((queues == queue) & dense)
        if not len(known):
            known = np.flatnonzero(dense)
        known = known[np.argsort(days[known], kind="stable")]
        after = np.clip(np.searchsorted(days[known], days[loose]), 0, len(known) - 1)
        before = np.maximum(after - 1, 0)
        nearer = np.abs(days[known[before]] - days[loose]) <= np.abs(
            days[known[after]] - days[loose]
        )
        chosen[loose] = own[np.where(nearer, known[before], known[after])]
    return chosen
