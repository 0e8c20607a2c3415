"""What every plot of the window shares: nothing but its lines, round ticks, and a chip to read.

pyqtgraph's own menu, zoom and buttons stay away; a plot is moved by the screen it stands on.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, ClassVar

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QFrame, QWidget

from ui.plots.steps import StepFill
from ui.plots.time_axis import TimeScale
from ui.theme import CAPTION_PX, LIGHT, Theme, font
from ui.translate import Render, format_number
from wfm.messages import Message


class QuietPlot(pg.PlotWidget):  # type: ignore[misc]
    """A plot with a faint grid at round numbers; a subclass adds its items and draws them."""

    sides: ClassVar[Sequence[str]] = ("left",)
    """Axes that are shown."""
    axis_tone: ClassVar[str] = "panel"
    """The colour token of the axes' lines."""
    label_offset: ClassVar[int] = 8
    """Pixels between the left axis and its numbers."""

    def __init__(
        self, language: str, render: Render, name: Message, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._language, self._render, self._theme = language, render, LIGHT
        self.setAccessibleName(render(name))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMenuEnabled(False)
        self.setMouseEnabled(x=False, y=False)
        self.hideButtons()
        plot = self.getPlotItem()
        plot.layout.setContentsMargins(0, 0, 0, 0)
        plot.layout.setSpacing(0)
        plot.getViewBox().setDefaultPadding(0)
        plot.enableAutoRange(x=False, y=False)
        for side in ("left", "bottom"):
            if side in self.sides:
                plot.getAxis(side).setStyle(tickLength=0, tickFont=font(CAPTION_PX), maxTickLevel=0)
            else:
                plot.hideAxis(side)
        plot.getAxis("left").setStyle(tickTextOffset=self.label_offset)
        self._grid = pg.PlotCurveItem(connect="pairs")

    def add(self, *items: Any) -> None:
        """Add items in their order, none of which decides what range is shown."""
        for item in items:
            self.getPlotItem().addItem(item, ignoreBounds=True)

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self._theme = theme
        self.setBackground(theme.panel)
        for side in self.sides:
            axis = self.getPlotItem().getAxis(side)
            axis.setPen(pg.mkPen(getattr(theme, self.axis_tone)))
            axis.setTextPen(pg.mkPen(theme.muted))
        self._grid.setPen(pg.mkPen(theme.faint_line, width=1))

    def place_columns(self, left: int, right: int) -> None:
        """Begin the columns ``left`` pixels from the left and end them ``right`` before the end."""
        plot = self.getPlotItem()
        plot.getAxis("left").setWidth(left)
        plot.layout.setContentsMargins(0, 0, right, 0)

    def draw_grid(self, ticks: Sequence[float], width: float) -> None:
        """Write these numbers at the left and draw a line at each, from 0 to ``width``."""
        self.getPlotItem().getAxis("left").setTicks(
            [[(value, format_number(value, self._language)) for value in ticks]]
        )
        heights = np.repeat(np.array(ticks, dtype=float), 2)
        self._grid.setData(np.tile([0.0, float(width)], len(ticks)), heights)

    def view_point(self, point: QPointF) -> QPointF:
        """Return the plot's coordinates of a position in this widget."""
        box = self.getPlotItem().getViewBox()
        return QPointF(box.mapSceneToView(self.mapToScene(point.toPoint())))

    @property
    def heights(self) -> tuple[float, float]:
        """The lowest and the highest value in view."""
        low, high = self.getPlotItem().getViewBox().viewRange()[1]
        return float(low), float(high)


class PointedPlot(QuietPlot):
    """A quiet plot over time in which one place is pointed at and read out on a chip."""

    def __init__(
        self, language: str, render: Render, name: Message, parent: QWidget | None = None
    ) -> None:
        super().__init__(language, render, name, parent)
        self.setMouseTracking(True)
        self._pointer = pg.PlotCurveItem()
        self._chip = pg.TextItem(anchor=(0.5, 0))

    def show_chip(self, position: float, text: str, tone: str, anchor: float) -> None:
        """Show a text at the top of a place; ``anchor`` 0 puts it right of it, 1 left."""
        theme = self._theme
        self._chip.setText(text, color=tone)
        self._chip.textItem.setFont(font(CAPTION_PX, bold=True))
        self._chip.border, self._chip.fill = pg.mkPen(theme.line), pg.mkBrush(theme.panel)
        self._chip.setAnchor((anchor, 0))
        self._chip.setPos(position, self.heights[1])

    def point_to(self, position: float, low: float, tone: str, style: Qt.PenStyle) -> None:
        """Draw the pointer at a place, from ``low`` to the top."""
        self._pointer.setPen(pg.mkPen(tone, width=1, style=style))
        self._pointer.setData([position, position], [low, self.heights[1]])


class WeekPlot(PointedPlot):
    """A pointed plot whose columns are days: lines between them, rest days shaded."""

    def __init__(
        self, language: str, render: Render, name: Message, parent: QWidget | None = None
    ) -> None:
        super().__init__(language, render, name, parent)
        self._rest_days = StepFill()
        self._days = pg.PlotCurveItem(connect="pairs")

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        super().set_theme(theme)
        self._rest_days.set_colour(theme.background)
        self._days.setPen(pg.mkPen(theme.line, width=1))

    def draw_days(
        self, scale: TimeScale, holidays: Collection[date], floor: float, top: float
    ) -> None:
        """Draw the days of a scale, from ``floor`` to ``top``."""
        dates = scale.horizon.dates
        self._rest_days.set_boxes(
            [
                QRectF(index, floor, 1, top - floor)
                for index, day in enumerate(dates)
                if day.weekday() >= 5 or day in holidays
            ]
        )
        edges = np.arange(len(dates) + 1.0)
        self._days.setData(np.repeat(edges, 2), np.tile([floor, top], len(edges)))


def side_of(share: float, edge: float) -> float:
    """Return a chip's anchor: beside its place at either end of the axis, above it elsewhere."""
    return 0.0 if share < edge else 1.0 if share > 1 - edge else 0.5
