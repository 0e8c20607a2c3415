"""One mapping from days and minutes to columns, shared by timeline, coverage plot and print.

Each day of the horizon is one column of width 1 that shows the opening hours
``[open_from, open_to)`` in minutes from the operating date's midnight; ``open_to`` may lie past
24:00.  With a window of 24 hours the columns join into one continuous axis.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wfm.model.time import DAY_MINUTES, Horizon

SHORTEST_CLOSED_GAP = 120
"""Minutes of nightly rest below which a centre is drawn as open round the clock."""

_TICK_STEPS = (60, 120, 180, 240, 360, 720)


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Maps (day, minute) to a position in columns, and positions back."""

    horizon: Horizon
    open_from: int = 0
    open_to: int = DAY_MINUTES

    def __post_init__(self) -> None:
        if not 0 < self.open_to - self.open_from <= DAY_MINUTES:
            raise ValueError("a column shows more than 0 and at most 24 hours")

    @property
    def minutes(self) -> int:
        """Minutes that one column shows."""
        return self.open_to - self.open_from

    @property
    def continuous(self) -> bool:
        """Whether one column's end is the next one's beginning."""
        return self.minutes == DAY_MINUTES

    def position(self, day: int, minute: float) -> float:
        """Return the position in columns (``0 … days``) of a minute of the day at index ``day``.

        Minutes outside the column are moved to its edge; on a continuous axis, to the axis' ends.
        """
        inside = (minute - self.open_from) / self.minutes
        if self.continuous:
            return min(max(day + inside, 0.0), float(self.horizon.days))
        return day + min(max(inside, 0.0), 1.0)

    def moment(self, position: float) -> tuple[int, int]:
        """Return the (day index, minute) at a position; the inverse of :meth:`position`."""
        day = min(max(int(position), 0), self.horizon.days - 1)
        return day, round(self.open_from + (position - day) * self.minutes)

    def pixel(self, day: int, minute: float, left: int, width: int) -> int:
        """Return the pixel column of a minute when the axis begins at ``left``."""
        return left + round(self.position(day, minute) * width / self.horizon.days)

    def slots(self, day: int) -> range:
        """Return the intervals of the horizon's grid that column ``day`` shows."""
        step = self.horizon.slot_minutes
        first = (day * DAY_MINUTES + self.open_from) // step
        last = -(-(day * DAY_MINUTES + self.open_to) // step)
        return range(max(first, 0), max(min(last, self.horizon.slots), 0))

    def edges(self, day: int) -> NDArray[np.float64]:
        """Return the positions of the boundaries of :meth:`slots`, one more than there are."""
        slots = self.slots(day)
        minutes = np.arange(slots.start, slots.stop + 1) * self.horizon.slot_minutes
        inside = (minutes - day * DAY_MINUTES - self.open_from) / self.minutes
        return np.asarray(day + np.clip(inside, 0.0, 1.0), dtype=np.float64)

    def slot_at(self, position: float) -> int | None:
        """Return the interval at a position in columns, ``None`` beside them."""
        if not 0 <= position < self.horizon.days:
            return None
        day = int(position)
        index = int(np.searchsorted(self.edges(day), position, side="right")) - 1
        slots = self.slots(day)
        return slots[index] if 0 <= index < len(slots) else None

    def middle(self, slot: int) -> float:
        """Return the position of an interval's middle; 0 where no column shows it."""
        for day in range(self.horizon.days):
            slots = self.slots(day)
            if slot in slots:
                edges, index = self.edges(day), slot - slots.start
                return float(edges[index] + edges[index + 1]) / 2
        return 0.0

    def ticks(self, column_pixels: float, label_pixels: float = 34.0) -> tuple[int, ...]:
        """Return the minutes that get an hour label when a column is that many pixels wide."""
        for step in _TICK_STEPS:
            first = -(-self.open_from // step) * step
            found = range(first, self.open_to + (0 if self.continuous else 1), step)
            if step / self.minutes * column_pixels >= label_pixels:
                margin = label_pixels * 0.3 * self.minutes / max(column_pixels, 1.0)
                inside = (self.open_from + margin, self.open_to - margin)
                return tuple(tick for tick in found if inside[0] <= tick <= inside[1])
        return ()


def scale_around(
    horizon: Horizon, active: NDArray[np.bool_], spans: Iterable[tuple[int, int]] = ()
) -> TimeScale:
    """Return the scale that shows every active interval and every span of minutes of a day.

    ``active`` has shape ``(horizon.slots,)``; ``spans`` are (start, end) of duties.  The longest
    daily closed time is cropped: a centre open 10:00-26:00 gets columns from 10:00 to 26:00.
    """
    step = horizon.slot_minutes
    ring = np.zeros(horizon.slots_per_day, dtype=bool)
    ring |= active.reshape(horizon.days, horizon.slots_per_day).any(axis=0)
    for start, end in spans:
        slots = np.arange(start // step, -(-end // step)) % horizon.slots_per_day
        ring[slots] = True
    if not ring.any():
        return TimeScale(horizon, 8 * 60, 20 * 60)
    first, closed = _longest_gap(ring)
    if closed * step < SHORTEST_CLOSED_GAP:
        return TimeScale(horizon)
    opens = ((first + closed) * step) % DAY_MINUTES
    opens_hour = opens // 60 * 60
    closes = opens + DAY_MINUTES - closed * step
    return TimeScale(horizon, opens_hour, min(-(-closes // 60) * 60, opens_hour + DAY_MINUTES))


def _longest_gap(ring: NDArray[np.bool_]) -> tuple[int, int]:
    """Return (first, length) of the longest run of False on a ring that holds a True."""
    start = int(np.argmax(ring))
    best, run, size = (0, 0), 0, len(ring)
    for offset in range(1, size + 1):
        run = 0 if ring[(start + offset) % size] else run + 1
        if run > best[1]:
            best = ((start + offset - run + 1) % size, run)
    return best
