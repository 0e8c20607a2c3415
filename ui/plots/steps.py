"""Lines and fills that step from interval to interval, shared by every plot over time.

Lines are explicit steps with gaps between days: pyqtgraph's own step mode forbids clipping, and
half-transparent fills or anti-aliased thick lines cost ten times the drawing time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from ui.plots.time_axis import TimeScale
from ui.plots.values import Floats


class StepFill(pg.GraphicsObject):  # type: ignore[misc]
    """Opaque rectangles between two step lines, one per interval in which they differ."""

    def __init__(self) -> None:
        super().__init__()
        self._boxes: list[QRectF] = []
        self._bounds, self._colour = QRectF(), QColor()
        self.setZValue(-5)

    def set_boxes(self, boxes: list[QRectF]) -> None:
        """Fill these boxes, given in plot coordinates."""
        self.prepareGeometryChange()
        self._boxes, self._bounds = boxes, reduce(QRectF.united, boxes, QRectF())
        self.update()

    def set_colour(self, colour: str) -> None:
        """Fill in this colour."""
        self._colour = QColor(colour)
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        """Return the rectangle that holds all boxes."""
        return self._bounds

    def paint(self, painter: QPainter, *_: Any) -> None:
        """Fill the boxes."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        painter.drawRects(self._boxes)


def step_line(values: Floats, scale: TimeScale) -> tuple[Floats, Floats]:
    """Return the corners of a step line, with a gap after each column that stands alone."""
    steps = _steps(scale)
    return steps.corners, np.append(values, np.nan)[steps.places]


def step_boxes(low: Floats, high: Floats, scale: TimeScale) -> list[QRectF]:
    """Return a box for each run of intervals between equal heights where ``high`` is above."""
    steps = _steps(scale)
    heights = (high - low)[steps.slots]
    above = np.flatnonzero(heights > 1e-9)
    parts = (steps.lefts, low[steps.slots], steps.widths, heights)
    return [QRectF(*box) for box in zip(*(part[above].tolist() for part in parts), strict=True)]


@dataclass(frozen=True, slots=True)
class _Steps:
    """Where a scale's intervals lie: position, width and number of each, and a line's corners.

    ``places`` names the interval of each corner, -1 for a gap.
    """

    slots: NDArray[np.intp]
    lefts: Floats
    widths: Floats
    corners: Floats
    places: NDArray[np.intp]


@lru_cache(maxsize=16)
def _steps(scale: TimeScale) -> _Steps:
    slots, lefts, widths, corners, places = [], [], [], [], []
    for day in range(scale.horizon.days):
        shown, edges = scale.slots(day), scale.edges(day)
        slots.append(np.arange(shown.start, shown.stop))
        lefts.append(edges[:-1])
        widths.append(np.diff(edges))
        corners.append(np.repeat(edges, 2)[1:-1])
        places.append(np.repeat(slots[-1], 2))
        if not scale.continuous:
            corners.append(np.array([np.nan]))
            places.append(np.array([-1]))
    return _Steps(
        slots=np.concatenate(slots),
        lefts=np.concatenate(lefts),
        widths=np.concatenate(widths),
        corners=np.concatenate(corners),
        places=np.concatenate(places),
    )


def round_ticks(top: float) -> list[int]:
    """Return three to five round numbers up to ``top``, zero included."""
    step = max(top / 3.5, 1.0)
    scale = 10 ** int(np.floor(np.log10(step)))
    size = next(nice * scale for nice in (1, 2, 5, 10) if nice * scale >= step * 0.7)
    return list(range(0, int(top) + 1, int(size)))
