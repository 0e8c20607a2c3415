"""The recorded weeks before a horizon on the horizon's own grid: what to compare with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from wfm.history.handling import contacts_handled, ratio
from wfm.history.resampling import column, frozen, regrid
from wfm.model.time import Horizon
from wfm.model.workload import Floats, HistoryDay

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class PastWeek:
    """One recorded span of the horizon's length, of one queue.

    ``volume`` (contacts offered) and ``aht_s`` (mean handling seconds) have the horizon's shape
    ``(slots,)``; NaN where nothing was recorded.
    """

    start: date
    volume: Floats
    aht_s: Floats


def recent_weeks(
    days: Sequence[HistoryDay], horizon: Horizon, count: int, look_back: int
) -> tuple[PastWeek, ...]:
    """Return the last ``count`` spans with records, whole weeks before the horizon, newest first.

    ``days`` are those of one queue.  At most ``look_back`` weeks are looked at, so that the same
    weekdays stand above each other even where the newest weeks have no records yet.
    """
    records = {item.day: item for item in days}
    found: list[PastWeek] = []
    for back in range(1, look_back + 1):
        start = horizon.start - back * WEEK
        wanted = [records.get(start + timedelta(days=offset)) for offset in range(horizon.days)]
        if any(item is not None for item in wanted):
            found.append(_past_week(start, wanted, horizon))
        if len(found) == count:
            break
    return tuple(found)


def _past_week(start: date, days: Sequence[HistoryDay | None], horizon: Horizon) -> PastWeek:
    volume = np.full((horizon.days, horizon.slots_per_day), np.nan)
    aht_s = np.full_like(volume, np.nan)
    for row, day in enumerate(days):
        if day is None:
            continue
        volume[row] = regrid(column(day, "offered"), horizon.slot_minutes)
        handled = regrid(contacts_handled(day), horizon.slot_minutes)
        aht_s[row] = ratio(regrid(column(day, "handle_s"), horizon.slot_minutes), handled)
    return PastWeek(start, frozen(volume.ravel()), frozen(aht_s.ravel()))


def weekly_totals(
    days: Sequence[HistoryDay], until: date, weeks: int
) -> tuple[tuple[date, float], ...]:
    """Return (first day, contacts offered) of the last full weeks that end before ``until``.

    ``days`` are those of one queue; weeks are counted back from ``until``.  A week with fewer
    recorded days than the fullest one is left out: its total would look like a fall.
    """
    sums: dict[int, float] = {}
    recorded: dict[int, int] = {}
    for day in days:
        back = (until - day.day - timedelta(days=1)).days // 7 + 1
        total = column(day, "offered")
        if 1 <= back <= weeks and np.isfinite(total).any():
            sums[back] = sums.get(back, 0.0) + float(np.nansum(total))
            recorded[back] = recorded.get(back, 0) + 1
    fullest = max(recorded.values(), default=0)
    return tuple(
        (until - back * WEEK, sums[back])
        for back in sorted(sums, reverse=True)
        if recorded[back] == fullest
    )
