"""Opening hours of a queue: as minute windows of a day and as a mask on the interval grid."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from wfm.model.time import DAY_MINUTES, Horizon
from wfm.model.workload import Queue, SpecialDay

Windows = tuple[tuple[int, int], ...]
Bools = NDArray[np.bool_]

PUBLIC_HOLIDAY = 7
"""Key of ``Queue.opening`` that holds on public holidays."""


def opening_windows(
    queue: Queue,
    day: date,
    holidays: Container[date] = (),
    special_days: Iterable[SpecialDay] = (),
) -> Windows:
    """Return the minute windows in which ``queue`` is open on ``day``, in order.

    On a public holiday the holiday's windows hold where the queue has any entry for them (an empty
    one closes it), else those of the weekday.  Special days of kind ``closed`` for this queue or
    all queues cut their minutes out.
    """
    key = day.weekday()
    if day in holidays and PUBLIC_HOLIDAY in queue.opening:
        key = PUBLIC_HOLIDAY
    windows: Windows = tuple(sorted(queue.opening.get(key, ())))
    for special in special_days:
        if special.day == day and special.kind == "closed" and special.queue in ("", queue.key):
            windows = _without(windows, special.start, special.end)
    return windows


def is_closed_day(
    queue: Queue,
    day: date,
    holidays: Container[date] = (),
    special_days: Iterable[SpecialDay] = (),
) -> bool:
    """Return whether ``queue`` takes no contacts at all on ``day``."""
    return not opening_windows(queue, day, holidays, special_days)


def open_slots(
    queue: Queue,
    horizon: Horizon,
    holidays: Container[date] = (),
    special_days: Iterable[SpecialDay] = (),
) -> Bools:
    """Return which intervals of the horizon are open, shape ``(horizon.slots,)``.

    An interval counts as open when any part of it is.  Windows that run past 24:00 open the next
    day's first intervals; the day before the horizon is looked at for that reason.
    """
    special_days = tuple(item for item in special_days if item.kind == "closed")
    result = np.zeros(horizon.slots, dtype=np.bool_)
    for day in (horizon.start - timedelta(days=1), *horizon.dates):
        origin = horizon.day_index(day) * DAY_MINUTES
        for start, end in opening_windows(queue, day, holidays, special_days):
            first = (origin + start) // horizon.slot_minutes
            last = -(-(origin + end) // horizon.slot_minutes)
            result[max(first, 0) : max(last, 0)] = True
    result.setflags(write=False)
    return result


def _without(windows: Windows, start: int, end: int) -> Windows:
    """Return the windows less ``[start, end)``; the end of a day closes what runs past it too."""
    end = end if end < DAY_MINUTES else 2 * DAY_MINUTES
    parts = [
        part
        for first, last in windows
        for part in ((first, min(last, start)), (max(first, end), last))
        if part[0] < part[1]
    ]
    return tuple(parts)
