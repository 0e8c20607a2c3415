"""Changes the interval length of recorded days: sums upwards, even spreading downwards."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.time import DAY_MINUTES, SLOT_LENGTHS
from wfm.model.workload import HISTORY_COLUMNS, Floats, HistoryDay


def resample(day: HistoryDay, interval_minutes: int) -> HistoryDay:
    """Return a day with intervals of ``interval_minutes``; totals of recorded intervals stay.

    A longer interval is recorded only when all its parts are: a sum over a gap would be a guess.
    A shorter one gets an even part of the count or seconds.  Raises
    :class:`~wfm.errors.WfmError` for a length other than 5, 15, 30 or 60.
    """
    if interval_minutes not in SLOT_LENGTHS:
        raise WfmError(
            message(
                "An interval is 5, 15, 30 or 60 minutes long, not {minutes}.",
                minutes=interval_minutes,
            )
        )
    if day.interval_minutes == interval_minutes:
        return day
    columns = {
        name: frozen(regrid(values, interval_minutes)) for name, values in day.columns.items()
    }
    return replace(day, interval_minutes=interval_minutes, columns=columns)


def regrid(values: Floats, new_minutes: int) -> Floats:
    """Return sums per interval of another length; NaN where any part is not recorded.

    Shape ``(…, 1440 / old)`` → ``(…, 1440 / new_minutes)``, for lengths that need not divide each
    other.
    """
    old_minutes = DAY_MINUTES // values.shape[-1]
    if old_minutes == new_minutes:
        return values
    parts = old_minutes // math.gcd(old_minutes, new_minutes)
    fine = np.repeat(values, parts, axis=-1) / parts
    result: Floats = fine.reshape(*values.shape[:-1], DAY_MINUTES // new_minutes, -1).sum(axis=-1)
    return result


def column(day: HistoryDay, name: str) -> Floats:
    """Return a measure of a day, all NaN where the day has no such column."""
    found = day.columns.get(name)
    return empty_column(day.interval_minutes) if found is None else found


def empty_column(interval_minutes: int) -> Floats:
    """Return a measure that was not recorded at all."""
    return np.full(DAY_MINUTES // interval_minutes, np.nan)


def frozen(values: Floats) -> Floats:
    """Return an array that nobody writes to."""
    values = np.ascontiguousarray(values)
    values.setflags(write=False)
    return values


def check_day(day: HistoryDay) -> None:
    """Raise :class:`~wfm.errors.WfmError` when a day's arrays do not fit its interval length."""
    expected = DAY_MINUTES // day.interval_minutes
    for name, values in day.columns.items():
        if name not in HISTORY_COLUMNS or values.shape != (expected,):
            raise WfmError(
                message(
                    "History of {queue} on {day} is damaged: column {column} has {count} entries,"
                    " not {expected}.",
                    queue=day.queue,
                    day=day.day.isoformat(),
                    column=name,
                    count=len(values),
                    expected=expected,
                )
            )
