"""What is at a point of the timeline: a shift, its ends, one of its breaks, or a free cell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect

from wfm.model.roster import Duty

if TYPE_CHECKING:
    from ui.roster.timeline_surface import TimelineSurface

END_PIXELS = 5
"""How near to its end a shift is taken by that end."""
LEAST_SHIFT, LEAST_BREAK = 24, 12
"""Pixels from which on a shift has ends, and a break can be taken instead of its shift."""


@dataclass(frozen=True, slots=True)
class Hit:
    """``part`` is ``shift``, ``start``, ``end``, ``break``, ``cell``, ``name`` or ``outside``.

    ``place`` counts the shift's breaks in order of time.
    """

    part: str
    agent: str = ""
    day: date | None = None
    duty: Duty | None = None
    place: int = -1


OUTSIDE = Hit("outside")


def hit_at(surface: TimelineSurface, point: QPoint) -> Hit:
    """Return what is at a point of the viewport."""
    rows, painter, axis = surface.rows, surface.row_painter, surface.axis
    place = surface.place_at(point.y())
    if rows is None or painter is None or not 0 <= place < len(rows):
        return OUTSIDE
    row = rows.row(place)
    if point.x() < axis.left:
        return Hit("name", row.agent.key)
    column = axis.day_at(point.x())
    if column is None:
        return OUTSIDE
    day = rows.view.horizon.dates[column]
    line = surface.line(place)
    for at, duty in reversed(row.duties):
        box = painter.box(at, duty, line)
        if box.left() - 2 <= point.x() <= box.right() + 2 and box.width() >= 2:
            part, number = _part(surface, at, duty, box, point.x())
            return Hit(part, row.agent.key, duty.day, duty, number)
    return Hit("cell", row.agent.key, day)


def _part(surface: TimelineSurface, day: int, duty: Duty, box: QRect, x: int) -> tuple[str, int]:
    if box.width() >= LEAST_SHIFT:
        if x <= box.left() + END_PIXELS:
            return "start", -1
        if x >= box.right() - END_PIXELS:
            return "end", -1
    for place, item in enumerate(sorted(duty.breaks, key=lambda item: item.start)):
        left = surface.axis.pixel(day, item.start)
        right = surface.axis.pixel(day, item.end)
        if right - left >= LEAST_BREAK and left <= x < right:
            return "break", place
    return "shift", -1
