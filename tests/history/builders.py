"""Recorded days for the tests of the history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from wfm.model.workload import HistoryDay

MONDAY = date(2026, 11, 2)
NAN = float("nan")


def recorded(
    offered: Sequence[float],
    day: date = MONDAY,
    minutes: int = 60,
    queue: str = "a",
    **more: object,
) -> HistoryDay:
    """Return a day with numbers from 0:00 on and nothing recorded after them."""
    columns = {"offered": offered, **more}
    return HistoryDay(
        queue,
        day,
        minutes,
        {name: padded(values, minutes) for name, values in columns.items()},  # type: ignore[arg-type]
    )


def padded(values: Sequence[float], minutes: int) -> np.ndarray:
    """Return values followed by NaN to the end of the day."""
    array = np.full(1440 // minutes, np.nan)
    array[: len(values)] = values
    array.setflags(write=False)
    return array
