"""The time axis that timeline, header and coverage plot share to the pixel, also when zoomed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ui.plots.time_axis import TimeScale

CLOSEST_PIXELS = 24
"""Pixels of a quarter of an hour at the closest zoom."""


class WeekAxis(QObject):
    """Maps days and minutes to pixels of the day columns.

    The columns show ``width`` pixels from ``left`` on; at ``zoom`` 1 the whole week fits, at a
    higher zoom ``offset`` pixels of it lie to the left of what is shown.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.scale: TimeScale | None = None
        self.left, self.width = 0, 0
        self.zoom = 1.0
        self.offset = 0
        self._parts = (0, 1, 1, 0, True)

    @property
    def days(self) -> int:
        """Number of day columns."""
        return 0 if self.scale is None else self.scale.horizon.days

    @property
    def total(self) -> int:
        """Pixels of all columns, shown or not."""
        return round(self.width * self.zoom)

    @property
    def closest(self) -> float:
        """The highest zoom: one day fills the columns, or a quarter of an hour is easy to hit."""
        if self.scale is None or self.width <= 0:
            return 1.0
        quarters = self.scale.minutes / 15 * self.days
        return max(float(self.days), quarters * CLOSEST_PIXELS / self.width)

    @property
    def span(self) -> tuple[float, float]:
        """First and last position shown, in columns; what the plot's range has to be."""
        total = max(self.total, 1)
        return self.offset * self.days / total, (self.offset + self.width) * self.days / total

    @property
    def shown_day(self) -> int | None:
        """The day that alone fills the columns, if one does."""
        if self.days < 2 or self.width <= 0 or self.zoom < self.days - 0.01:
            return None
        first, last = self.span
        return int(first + 0.5) if abs(last - first - 1) < 0.02 and first % 1 < 0.02 else None

    def set_scale(self, scale: TimeScale) -> None:
        """Show the columns of ``scale``."""
        self.scale = scale
        self._settle()

    def set_place(self, left: int, width: int) -> None:
        """Show the columns in these pixels; what is shown at the left edge stays there."""
        if (left, width) == (self.left, self.width):
            return
        first = self.offset / max(self.total, 1)
        self.left, self.width = left, max(width, 0)
        self.offset = round(first * self.total)
        self._settle()

    def scroll_to(self, offset: int) -> None:
        """Show the columns from a pixel on."""
        if offset != self.offset:
            self.offset = offset
            self._settle()

    def zoom_to(self, zoom: float, around: int | None = None) -> None:
        """Zoom; the moment at pixel ``around`` (the middle, where none is given) stays there."""
        at = self.left + self.width // 2 if around is None else around
        position = self.position(at)
        self.zoom = min(max(zoom, 1.0), self.closest)
        wanted = position * self.total / max(self.days, 1)
        self.offset = round(wanted - (at - self.left))
        self._settle()

    def show_day(self, day: int | None) -> None:
        """Let one day fill the columns, or show the whole week."""
        self.zoom = 1.0 if day is None else float(max(self.days, 1))
        self.offset = 0 if day is None else round(day * self.total / max(self.days, 1))
        self._settle()

    def pixel(self, day: int, minute: float) -> int:
        """Return the pixel of a minute of a day; it may lie outside of what is shown."""
        # the scale's own sum with its parts at hand: lines are painted by thousands of these
        first, minutes, days, total, continuous = self._parts
        inside = (minute - first) / minutes
        if continuous:
            position = min(max(day + inside, 0.0), float(days))
        else:
            position = day + (0.0 if inside < 0.0 else min(inside, 1.0))
        return self.left - self.offset + round(position * total / days)

    def edge(self, day: int) -> int:
        """Return the pixel at which a day's column begins (``days``: where the last one ends)."""
        return self.left - self.offset + round(day * self.total / max(self.days, 1))

    def position(self, x: int) -> float:
        """Return the position in columns of a pixel."""
        return (x - self.left + self.offset) * self.days / max(self.total, 1)

    def moment(self, x: int) -> tuple[int, int]:
        """Return the (day, minute) at a pixel; outside of the columns the nearest."""
        assert self.scale is not None
        return self.scale.moment(min(max(self.position(x), 0.0), float(self.days)))

    def day_at(self, x: int) -> int | None:
        """Return the day whose column holds a pixel, ``None`` outside of what is shown."""
        if not self.left <= x < self.left + self.width or not self.days:
            return None
        return min(int(self.position(x)), self.days - 1)

    def _settle(self) -> None:
        self.offset = min(max(self.offset, 0), max(self.total - self.width, 0))
        if self.scale is not None:
            scale = self.scale
            self._parts = scale.open_from, scale.minutes, self.days, self.total, scale.continuous
        self.changed.emit()
