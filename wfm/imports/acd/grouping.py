"""Pairs of whole numbers as groups, by one sort of plain integers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def pairs_of(first: Ints, second: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the distinct pairs in order, and the pair of each row; numbers are not negative.

    Shapes ``(pairs,)``, ``(pairs,)`` and ``(rows,)``.  Sorting rows of two columns instead would
    take ten times as long and keep every other thread waiting.
    """
    span = int(second.max()) + 1 if len(second) else 1
    unique, inverse = np.unique(first * span + second, return_inverse=True)
    return unique // span, unique % span, inverse.reshape(-1)
