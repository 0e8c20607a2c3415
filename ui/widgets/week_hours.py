"""The hours of a week while they are being painted in half hours, with the strokes to take back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wfm.calendars.day_windows import Day, Windows, erased, holds, painted

CELL = 30
"""Minutes of one cell."""
SHOWN_END = 29 * 60
"""The last minute that can be painted: 5:00 of the next morning."""
CELLS = SHOWN_END // CELL

Cell = tuple[int, int]
"""(row, column) of a half hour; the row counts from the week's first day."""
Week = dict[int, Windows]
"""Weekday → windows; no entry: any time, an empty one: closed."""


class WeekHours:
    """A week's hours; days that no stroke touches stay exactly as they were given."""

    def __init__(self, order: Iterable[int]) -> None:
        self.order = tuple(order)
        self._value: Week = {}
        self._past: list[Week] = []

    def show(self, weekdays: Mapping[int, Windows]) -> None:
        """Take over a week; earlier strokes are forgotten."""
        self._value = dict(weekdays)
        self._past.clear()

    def value(self) -> Week:
        """Return the week as it stands."""
        return dict(self._value)

    def hours(self, weekday: int) -> Day:
        """Return the hours of a weekday, ``None`` for any time."""
        return self._value.get(weekday)

    def set_hours(self, weekday: int, hours: Day) -> None:
        """Give a weekday other hours."""
        if hours is None:
            self._value.pop(weekday, None)
        else:
            self._value[weekday] = hours

    def brush(self, one: Cell, other: Cell, *, paint: bool) -> None:
        """Paint or erase all cells between two corners."""
        rows, (first, last) = _rows(one, other), _columns(one, other)
        change = painted if paint else erased
        for row in rows:
            weekday = self.order[row]
            hours = change(self.hours(weekday), first * CELL, (last + 1) * CELL, SHOWN_END)
            self.set_hours(weekday, hours)

    def is_painted(self, one: Cell, other: Cell) -> bool:
        """Tell whether all cells between two corners are painted."""
        first, last = _columns(one, other)
        return all(
            holds(self.hours(self.order[row]), first * CELL, (last + 1) * CELL)
            for row in _rows(one, other)
        )

    def end_stroke(self, before: Week) -> bool:
        """Keep what was there before a stroke; tell whether the stroke changed anything."""
        if before == self._value:
            return False
        self._past.append(before)
        return True

    def drop_stroke(self, before: Week) -> None:
        """Bring back what was there before a stroke that is not wanted."""
        self._value = dict(before)

    @property
    def can_take_back(self) -> bool:
        """Whether there is a stroke to take back."""
        return bool(self._past)

    def take_back(self) -> None:
        """Take back the last stroke."""
        self._value = self._past.pop()


def _rows(one: Cell, other: Cell) -> range:
    top, bottom = sorted((one[0], other[0]))
    return range(top, bottom + 1)


def _columns(one: Cell, other: Cell) -> tuple[int, int]:
    first, last = sorted((one[1], other[1]))
    return first, last


def between(one: Cell, other: Cell) -> list[Cell]:
    """Return the cells on the straight line between two, both included."""
    steps = max(abs(other[0] - one[0]), abs(other[1] - one[1]), 1)
    return [
        (
            round(one[0] + (other[0] - one[0]) * step / steps),
            round(one[1] + (other[1] - one[1]) * step / steps),
        )
        for step in range(steps + 1)
    ]
