"""Shifts that are being dragged, shown where they would be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter

from ui.roster.brushes import Brushes
from ui.roster.row_painter import RowPainter, outlined
from wfm.model.roster import Duty

if TYPE_CHECKING:
    from ui.roster.timeline_surface import TimelineSurface


@dataclass(frozen=True, slots=True)
class Ghost:
    """Shifts as they would be, those they come from, and the tone of the outline.

    ``lifted`` are shown as empty outlines where they stand; a copy lifts nothing.
    """

    duties: tuple[Duty, ...] = ()
    lifted: tuple[Duty, ...] = ()
    tone: str = "accent"

    @property
    def people(self) -> frozenset[str]:
        """Whose lines show something of it."""
        return frozenset(duty.agent for duty in (*self.duties, *self.lifted))


NO_GHOST = Ghost()


def paint_ghost(
    surface: TimelineSurface, painter: QPainter, rows: RowPainter, brushes: Brushes
) -> None:
    """Paint the ghosts of a timeline over its lines."""
    shown = surface.rows
    ghost: Ghost = getattr(surface, "ghost", NO_GHOST)
    if shown is None or not ghost.duties:
        return
    painter.save()
    painter.setClipRect(surface.axis.left, 0, surface.axis.width, surface.viewport().height())
    index = shown.view.horizon.day_index
    for duty in ghost.duties:
        place = shown.place(duty.agent)
        day = index(duty.day)
        if place < 0 or not 0 <= day < surface.axis.days:
            continue
        box = rows.box(day, duty, surface.line(place))
        rows.paint_block(painter, day, duty, box, brushes.colour("panel"))
        outlined(painter, box, brushes.pen(ghost.tone, width=2))
    painter.restore()
