"""Intervals that a clock change skips or repeats on a day's wall clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from wfm.model.time import Horizon


def skipped_and_repeated(
    days: Sequence[date], horizon: Horizon
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which intervals do not exist and which happen twice, shape ``(days, slots per day)``.

    By PEP 495 a wall time is skipped when its offset before the change is the smaller one, and
    repeated when it is the larger one.
    """
    zone = ZoneInfo(horizon.zone)
    skipped = np.zeros((len(days), horizon.slots_per_day), dtype=np.bool_)
    repeated = np.zeros_like(skipped)
    for row, day in enumerate(days):
        midnight = datetime(day.year, day.month, day.day)
        tomorrow = midnight + timedelta(days=1)
        if _offset(midnight, zone, 1) == _offset(tomorrow, zone, 0):
            continue
        for slot in range(horizon.slots_per_day):
            moment = midnight + timedelta(minutes=slot * horizon.slot_minutes)
            change = _offset(moment, zone, 1) - _offset(moment, zone, 0)
            skipped[row, slot] = change > timedelta()
            repeated[row, slot] = change < timedelta()
    return skipped, repeated


def _offset(moment: datetime, zone: ZoneInfo, fold: int) -> timedelta:
    return moment.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta()
