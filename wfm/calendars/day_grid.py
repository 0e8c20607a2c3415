"""A horizon as planners lay it out in a sheet: a column per day, a row per open interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wfm.model.time import DAY_MINUTES, Horizon, format_clock

OFFICE_HOURS = (9 * 60, 18 * 60)
"""Rows of a horizon on which nothing is ever open, so that a sheet still has some."""


@dataclass(frozen=True, slots=True)
class DayGrid:
    """Rows are intervals of the calendar day (``places`` within it), columns the horizon's days.

    A row stands for every interval of the day that is open on any day; what is closed on all days
    has no row.  Opening hours past midnight lie in the next day's first rows, as contacts do.
    """

    horizon: Horizon
    places: tuple[int, ...]

    @classmethod
    def around(cls, horizon: Horizon, is_open: NDArray[np.bool_]) -> DayGrid:
        """Return the grid of what is open, shape ``(slots,)``; office hours where nothing is."""
        ever = is_open.reshape(horizon.days, horizon.slots_per_day).any(axis=0)
        if not ever.any():
            first, last = (minute // horizon.slot_minutes for minute in OFFICE_HOURS)
            return cls(horizon, tuple(range(first, last)))
        return cls(horizon, tuple(int(place) for place in np.flatnonzero(ever)))

    @property
    def labels(self) -> tuple[str, ...]:
        """The time at which each row begins."""
        return tuple(format_clock(place * self.horizon.slot_minutes) for place in self.places)

    @property
    def span(self) -> tuple[int, int]:
        """Minutes of the day from the first row's begin to the last row's end."""
        step = self.horizon.slot_minutes
        return self.places[0] * step, min((self.places[-1] + 1) * step, DAY_MINUTES)

    def slot(self, row: int, column: int) -> int:
        """Return the horizon's interval of a cell."""
        return column * self.horizon.slots_per_day + self.places[row]

    def cell(self, slot: int) -> tuple[int, int] | None:
        """Return (row, column) of an interval, ``None`` where it has no row."""
        column, place = divmod(slot, self.horizon.slots_per_day)
        row = int(np.searchsorted(self.places, place))
        found = row < len(self.places) and self.places[row] == place
        return (row, column) if found else None

    def sheet(self, values: NDArray[np.generic]) -> NDArray[np.generic]:
        """Return an array of shape ``(slots,)`` as rows × columns."""
        by_day = values.reshape(self.horizon.days, self.horizon.slots_per_day)
        return by_day[:, list(self.places)].T
