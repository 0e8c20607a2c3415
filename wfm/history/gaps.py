"""Intervals without a record: closed ones are 0, open ones are missing and are listed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

import numpy as np

from wfm.calendars import open_slots
from wfm.history.resampling import column, frozen
from wfm.model.time import DAY_MINUTES, Horizon
from wfm.model.workload import HISTORY_COLUMNS, Floats, HistoryDay, Queue, SpecialDay


@dataclass(frozen=True, slots=True)
class Gap:
    """Opening time of one queue from which nothing was recorded, in minutes of the day."""

    queue: str
    day: date
    start: int
    end: int


def fill_closed(
    day: HistoryDay,
    queue: Queue,
    holidays: Container[date] = (),
    special_days: Iterable[SpecialDay] = (),
) -> HistoryDay:
    """Return the day with 0 in closed intervals that have no record; open ones stay NaN.

    Measures of which the day has no number at all stay unrecorded, and so does a queue whose
    opening hours are not known.
    """
    if not queue.opening:
        return day
    closed = ~_open(day.day, day.interval_minutes, queue, holidays, tuple(special_days))
    columns: dict[str, Floats] = {}
    for name in HISTORY_COLUMNS:
        values = column(day, name)
        if np.isfinite(values).any():
            values = frozen(np.where(closed & np.isnan(values), 0.0, values))
        columns[name] = values
    return replace(day, columns=columns)


def find_gaps(
    days: Sequence[HistoryDay],
    queues: Sequence[Queue],
    holidays: Container[date] = (),
    special_days: Iterable[SpecialDay] = (),
) -> tuple[Gap, ...]:
    """Return the opening time without a record of offered contacts, whole days included.

    Looked at are the days between the first and the last recorded day of each queue.  Days marked
    as ``missing`` or ``closed`` are known and not listed again.
    """
    special_days = tuple(special_days)
    gaps: list[Gap] = []
    for queue in queues:
        mine = {day.day: day for day in days if day.queue == queue.key}
        if not mine or not queue.opening:
            continue
        known = {
            item.day
            for item in special_days
            if item.kind == "missing" and item.queue in ("", queue.key)
        }
        length = min(day.interval_minutes for day in mine.values())
        first, last = min(mine), max(mine)
        for offset in range((last - first).days + 1):
            day = first + timedelta(days=offset)
            record = mine.get(day)
            minutes = record.interval_minutes if record else length
            is_open = _open(day, minutes, queue, holidays, special_days)
            unknown = is_open if record is None else is_open & np.isnan(column(record, "offered"))
            if unknown.any() and day not in known:
                gaps += _spans(queue.key, day, unknown.tolist(), minutes)
    return tuple(gaps)


def _open(
    day: date,
    minutes: int,
    queue: Queue,
    holidays: Container[date],
    special_days: Sequence[SpecialDay],
) -> np.ndarray:
    """Return which intervals of a day are open, shape ``(1440 / minutes,)``."""
    return open_slots(queue, Horizon(day, 1, minutes), holidays, special_days)


def _spans(queue: str, day: date, unknown: list[bool], minutes: int) -> list[Gap]:
    """Return runs of unknown intervals as gaps."""
    gaps: list[Gap] = []
    slot = 0
    for missing, run in groupby(unknown):
        count = len(list(run))
        if missing:
            gaps.append(Gap(queue, day, slot * minutes, min((slot + count) * minutes, DAY_MINUTES)))
        slot += count
    return gaps
