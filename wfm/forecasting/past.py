"""The past of one queue as matrices on the horizon's grid, and which of its days may teach.

A *day class* is the weekday (0 = Monday … 6) or :data:`HOLIDAY`.  A public holiday on a Saturday
or Sunday stays in its weekday's class.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wfm.errors import WfmError
from wfm.forecasting.clock_changes import skipped_and_repeated
from wfm.forecasting.intervals import on_one_grid
from wfm.forecasting.unusual import unusual_days
from wfm.messages import Message, message
from wfm.model.time import DAY_MINUTES, Horizon
from wfm.model.workload import Floats, HistoryDay, Queue, SpecialDay

HOLIDAY = 7
DAY_CLASSES = range(8)
NOT_TEACHING = frozenset({"closed", "outage", "campaign", "missing"})
"""Kinds of special day that are left out of training."""

_MOST_GAPS = 0.25

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PastDays:
    """Recorded days of one queue in order of date, on the horizon's interval length.

    ``offered``, ``answered`` and ``handle_s`` have shape ``(days, slots per day)``; gaps of
    ``offered`` are filled with what its day class usually has, those of the others are NaN.
    ``slots_per_record`` is how many intervals a record was split into (1 where none was).
    ``usable`` days are complete and not special; ``ordinary`` ones are also not outliers.
    """

    days: tuple[date, ...]
    ordinals: Ints
    classes: Ints
    usable: Bools
    ordinary: Bools
    offered: Floats
    answered: Floats
    handle_s: Floats
    slots_per_record: int = 1

    def before(self, count: int) -> PastDays:
        """Return the first ``count`` days, as they looked then."""
        return PastDays(
            days=self.days[:count],
            ordinals=self.ordinals[:count],
            classes=self.classes[:count],
            usable=self.usable[:count],
            ordinary=self.ordinary[:count],
            offered=self.offered[:count],
            answered=self.answered[:count],
            handle_s=self.handle_s[:count],
            slots_per_record=self.slots_per_record,
        )

    def judged(self) -> PastDays:
        """Return the same days with outliers judged by these days alone."""
        unusual = unusual_days(self.offered.sum(axis=1), self.classes, self.usable, self.ordinals)
        return replace(self, ordinary=self.usable & ~unusual)

    def latest(self, day_class: int, count: int, *, ordinary: bool = False) -> Ints:
        """Return the positions of the last ``count`` usable days of a class, newest first."""
        kept = self.ordinary if ordinary else self.usable
        return np.flatnonzero(kept & (self.classes == day_class))[::-1][:count]


@dataclass(frozen=True, slots=True)
class TargetDays:
    """The days to forecast and their classes, each an array position."""

    days: tuple[date, ...]
    classes: Ints


def target_days(
    days: Sequence[date], holidays: Container[date], special_days: Iterable[SpecialDay], queue: str
) -> TargetDays:
    """Return the days with the class that each belongs to."""
    return TargetDays(tuple(days), _classes(days, holidays, special_days, queue))


def past_days(
    history: Sequence[HistoryDay],
    horizon: Horizon,
    queue: Queue | None,
    special_days: Iterable[SpecialDay],
    holidays: Container[date],
) -> PastDays:
    """Put the days before ``horizon.start`` on its grid and judge which may teach.

    The last record of a day wins.  Raises :class:`~wfm.errors.WfmError` when no day is left, when
    the history holds several queues and none is named, or when it counts no contacts at all.
    """
    special_days = tuple(special_days)
    name = queue.key if queue else _only_queue(history)
    rows = {item.day: item for item in history if item.queue == name and item.day < horizon.start}
    if not rows:
        raise WfmError(_nothing_before(horizon.start, queue.name or name if queue else name))
    days = tuple(sorted(rows))
    records = [rows[day] for day in days]
    offered, answered, handle_s = _measures(records, horizon, name)
    classes = _classes(days, holidays, special_days, name)
    skipped, repeated = skipped_and_repeated(days, horizon)
    offered = np.where(skipped | repeated, np.nan, offered)
    offered, complete = _filled(offered, classes)
    special = {
        item.day for item in special_days if item.kind in NOT_TEACHING and item.queue in ("", name)
    }
    usable = complete & np.array([day not in special for day in days])
    if not usable.any():
        # better a lesson from odd days than none
        usable = complete if complete.any() else np.ones_like(complete)
    ordinals = np.array([day.toordinal() for day in days], dtype=np.int64)
    longest = max(record.interval_minutes for record in records)
    return PastDays(
        days, ordinals, classes, usable, usable, offered, answered, handle_s,
        slots_per_record=max(longest // horizon.slot_minutes, 1),
    ).judged()  # fmt: skip


def _nothing_before(day: date, queue: str) -> Message:
    if not queue:
        return message(
            "There is no contact history before {day}. Import history, or enter the expected"
            " contacts by hand.",
            day=day.isoformat(),
        )
    return message(
        "There is no contact history for queue {queue} before {day}. Import history, or enter the"
        " expected contacts by hand.",
        queue=queue,
        day=day.isoformat(),
    )


def _only_queue(history: Sequence[HistoryDay]) -> str:
    names = {item.queue for item in history}
    if len(names) > 1:
        raise WfmError(
            message(
                "The history holds {count} queues. Choose the one to forecast: {queues}.",
                count=len(names),
                queues=", ".join(sorted(names)),
            )
        )
    return next(iter(names), "")


def _classes(
    days: Sequence[date], holidays: Container[date], special_days: Iterable[SpecialDay], queue: str
) -> Ints:
    named = {
        item.day for item in special_days if item.kind == "holiday" and item.queue in ("", queue)
    }
    return np.array(
        [
            HOLIDAY if day.weekday() < 5 and (day in named or day in holidays) else day.weekday()
            for day in days
        ],
        dtype=np.int64,
    )


def _measures(
    records: Sequence[HistoryDay], horizon: Horizon, queue: str
) -> tuple[Floats, Floats, Floats]:
    """Return offered, answered and handle seconds; what one source lacks is derived or NaN."""
    shape = (len(records), horizon.slots_per_day)
    columns = {
        name: on_one_grid(records, name, horizon.slot_minutes, shape)
        for name in ("offered", "answered", "abandoned", "handle_s")
    }
    answered, abandoned = columns["answered"], columns["abandoned"]
    # some switches report only what they answered and lost
    offered = np.where(
        np.isnan(columns["offered"]), answered + np.nan_to_num(abandoned), columns["offered"]
    )
    if np.isnan(offered).all():
        raise WfmError(
            message(
                "The history of queue {queue} counts no contacts: it has neither offered nor"
                " answered contacts.",
                queue=queue,
            )
        )
    answered = np.where(np.isnan(answered), offered - np.nan_to_num(abandoned), answered)
    return offered, answered, columns["handle_s"]


def _filled(offered: Floats, classes: Ints) -> tuple[Floats, Bools]:
    """Fill gaps with the class's mean, and tell which days had few enough of them.

    Intervals that most days of a class lack (outside opening hours) are no gaps and hold 0.
    """
    missing = np.isnan(offered)
    if not missing.any():
        return offered, np.ones(len(offered), dtype=np.bool_)
    result = offered.copy()
    complete = np.zeros(len(offered), dtype=np.bool_)
    recorded = ~missing.all(axis=1)
    for day_class in np.unique(classes):
        members = np.flatnonzero((classes == day_class) & recorded)
        if not len(members):
            continue
        kept = ~missing[members]
        usual = kept.mean(axis=0) >= 0.5
        counts = np.maximum(kept.sum(axis=0), 1)
        mean = np.where(kept, offered[members], 0.0).sum(axis=0) / counts
        result[members] = np.where(missing[members], np.where(usual, mean, 0.0), offered[members])
        gaps = (missing[members] & usual).sum(axis=1)
        complete[members] = gaps <= _MOST_GAPS * max(int(usual.sum()), 1)
    return np.nan_to_num(result), complete


def spread_over(item: SpecialDay, slot_minutes: int) -> slice:
    """Return the intervals of a day that a special day's minutes touch."""
    return slice(item.start // slot_minutes, -(-min(item.end, DAY_MINUTES) // slot_minutes))
