"""What contact history a centre holds: totals, gaps, odd days, and the recorded intervals."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from datetime import date

import numpy as np

from wfm.calendars import public_holidays
from wfm.errors import NotYetError
from wfm.history import (
    Gap,
    Proposal,
    contacts_handled,
    fill_closed,
    find_gaps,
    mean_handling_s,
    mean_wait_s,
    pooled_ratio,
    propose_special_days,
    resample,
)
from wfm.messages import message
from wfm.model.time import Horizon
from wfm.model.workload import Floats, HistoryDay, Queue, SpecialDay
from wfm.persistence import Store
from wfm.services.session import site_of

EXPORT_COLUMNS = (
    "interval_start", "queue", "offered", "answered", "abandoned", "aht_s", "asa_s",
)  # fmt: skip
"""Header of the exported intervals; the stand-alone forecast reads it."""


@dataclass(frozen=True, slots=True)
class QueueHistory:
    """One queue's history: its span, what came, and what a planner should look at.

    ``answer_rate`` and ``aht_s`` are ratios of sums, NaN where nothing was recorded.
    """

    queue: str
    name: str
    first: date
    last: date
    days: int
    offered: float
    answer_rate: float
    aht_s: float
    gaps: tuple[Gap, ...]
    proposals: tuple[Proposal, ...]


def history_of(store: Store) -> tuple[QueueHistory, ...]:
    """Return the history of every queue that has any."""
    days, holidays, special_days = _recorded(store)
    gaps = find_gaps(days, store.all(Queue), holidays, special_days)
    proposals = propose_special_days(days, special_days, holidays)
    found = []
    for queue in store.all(Queue):
        mine = [day for day in days if day.queue == queue.key]
        if mine:
            found.append(
                _summary(
                    queue,
                    mine,
                    tuple(gap for gap in gaps if gap.queue == queue.key),
                    tuple(item for item in proposals if item.special_day.queue == queue.key),
                )
            )
    return tuple(found)


def _recorded(
    store: Store,
) -> tuple[tuple[HistoryDay, ...], dict[date, str], tuple[SpecialDay, ...]]:
    """Return all recorded days with the public holidays and special days among them."""
    days = store.where(HistoryDay)
    if not days:
        raise NotYetError(message("There is no contact history yet."), "imports")
    site = site_of(store)
    first, last = min(day.day for day in days), max(day.day for day in days)
    holidays = public_holidays(site.country, first, last, language=site.language)
    return days, dict(holidays), store.all(SpecialDay)


def _summary(
    queue: Queue, days: list[HistoryDay], gaps: tuple[Gap, ...], proposals: tuple[Proposal, ...]
) -> QueueHistory:
    def joined(name: str) -> Floats:
        return np.concatenate([day.columns[name] for day in days])

    return QueueHistory(
        queue=queue.key,
        name=queue.name,
        first=days[0].day,
        last=days[-1].day,
        days=len(days),
        offered=float(np.nansum(joined("offered"))),
        answer_rate=pooled_ratio(joined("answered"), joined("offered")),
        aht_s=pooled_ratio(
            joined("handle_s"), np.concatenate([contacts_handled(day) for day in days])
        ),
        gaps=gaps,
        proposals=proposals,
    )


def history_csv(store: Store, interval_minutes: int) -> bytes:
    """Return every recorded interval as CSV (UTF-8), one row per queue and interval.

    Closed intervals without a record are 0, open ones are left empty.  Raises
    :class:`~wfm.errors.WfmError` for a length other than 5, 15, 30 or 60.
    """
    days, holidays, special_days = _recorded(store)
    queues = {queue.key: queue for queue in store.all(Queue)}
    buffer = io.StringIO(newline="")
    table = csv.writer(buffer, lineterminator="\n")
    table.writerow(EXPORT_COLUMNS)
    for recorded in sorted(days, key=lambda day: (day.queue, day.day)):
        day = resample(recorded, interval_minutes)
        if day.queue in queues:
            day = fill_closed(day, queues[day.queue], holidays, special_days)
        columns = [day.columns[name] for name in ("offered", "answered", "abandoned")] + [
            mean_handling_s(day),
            mean_wait_s(day),
        ]
        grid = Horizon(day.day, 1, interval_minutes)
        for slot in range(grid.slots):
            _, minute = grid.slot_label(slot)
            start = f"{day.day}T{minute // 60:02d}:{minute % 60:02d}"
            table.writerow([start, day.queue, *(_shown(item[slot]) for item in columns)])
    return buffer.getvalue().encode()


def _shown(value: float) -> str:
    """Return a number with up to three decimals, nothing for what was not recorded."""
    return "" if math.isnan(value) else f"{value:.3f}".rstrip("0").rstrip(".")
