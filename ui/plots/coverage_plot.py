"""The coverage plot: required and supplied agents over the week, shortage and surplus filled.

The x axis is a float in columns of a :class:`~ui.plots.time_axis.TimeScale`, so that the plot
stands under a roster timeline to the pixel.  Lines are explicit steps with gaps between days:
pyqtgraph's own step mode forbids clipping, and half-transparent fills or anti-aliased thick lines
cost ten times the drawing time.
"""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from ui.plots.quiet_plot import WeekPlot, side_of
from ui.plots.steps import StepFill, round_ticks, step_boxes, step_line
from ui.plots.time_axis import TimeScale
from ui.plots.values import CoverageLine, CoverageView
from ui.theme import LIGHT, Theme
from ui.translate import Render, format_number, format_weekday
from wfm.messages import message
from wfm.model.time import format_clock

AXIS_WIDTH = 44
_HEAD_ROOM = 1.16
_FOOT_ROOM = 0.05
_EDGE = 0.07
"""Share of the axis at either end where the chip stands beside the pointer instead of over it."""


class CoveragePlot(WeekPlot):
    """Shows one :class:`CoverageLine`; the pointer reads an interval, else the worst is named."""

    def __init__(self, language: str, render: Render, parent: QWidget | None = None) -> None:
        super().__init__(language, render, message("Coverage plot"), parent)
        self._scale: TimeScale | None = None
        self._line: CoverageLine | None = None
        self._view: CoverageView | None = None
        self._top, self._span = 4.0, (0.0, 1.0)
        self._pointed: object = None
        self.place_columns(AXIS_WIDTH, 0)
        self._under, self._over = StepFill(), StepFill()
        self._required = pg.PlotCurveItem(connect="finite")
        self._supplied = pg.PlotCurveItem(connect="finite")
        self.add(
            self._rest_days, self._under, self._over, self._grid, self._days, self._required,
            self._supplied, self._pointer, self._chip,
        )  # fmt: skip
        self._rest_days.setZValue(-10)
        self._grid.setZValue(-9)
        self._days.setZValue(-8)
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        super().set_theme(theme)
        self._under.set_colour(theme.under)
        self._over.set_colour(theme.over)
        self._required.setPen(pg.mkPen(theme.text, width=1))
        self._supplied.setPen(pg.mkPen(theme.accent, width=2))
        self._point_at(self._worst())

    def set_coverage(self, view: CoverageView, line: CoverageLine, scale: TimeScale) -> None:
        """Show ``line`` of ``view`` in the columns of ``scale``."""
        self._view, self._scale, self._line = view, scale, None
        self._span = (0.0, float(view.horizon.days))
        self._draw_axes(line)
        self._draw(line)

    def follow(self, line: CoverageLine) -> None:
        """Show another state of the line shown, on the same axes where it fits; for every frame."""
        if self._view is None:
            return
        if _height(line) > self._top:
            self._draw_axes(line)
        self._draw(line)

    def renew(self, line: CoverageLine) -> None:
        """Show another line of the same view, on axes of its own height."""
        if self._view is not None:
            self._line = None
            self._draw_axes(line)
            self._draw(line)

    def set_span(self, first: float, last: float) -> None:
        """Show the columns from ``first`` to ``last`` only, positions as in the scale."""
        if (first, last) != self._span:
            self._span = first, last
            self.setXRange(first, last, padding=0)
            self._point_at(self._worst())

    def _draw_axes(self, line: CoverageLine) -> None:
        assert self._view is not None
        assert self._scale is not None
        self._top = top = max(_height(line), 4.0) * _HEAD_ROOM
        floor = -top * _FOOT_ROOM
        self.setRange(xRange=self._span, yRange=(floor, top), padding=0)
        self.draw_grid(round_ticks(top / _HEAD_ROOM), self._view.horizon.days)
        self.draw_days(self._scale, self._view.holidays, floor, top)

    def _draw(self, line: CoverageLine) -> None:
        assert self._scale is not None
        scale, before = self._scale, self._line
        self._line = line
        closed = (line.required <= 0) & (line.supplied <= 0)
        if before is None or before.required is not line.required or closed.any():
            self._required.setData(*step_line(np.where(closed, np.nan, line.required), scale))
        self._supplied.setData(*step_line(np.where(closed, np.nan, line.supplied), scale))
        self._under.set_boxes(step_boxes(line.supplied, line.supplied + line.short, scale))
        self._over.set_boxes(step_boxes(line.supplied - line.surplus, line.supplied, scale))
        self._point_at(self._worst())

    def read_out(self, slot: int | None) -> str:
        """Return what the chip says about an interval (empty for none)."""
        if slot is None or self._line is None or self._scale is None:
            return ""
        day, minute = self._scale.horizon.slot_label(slot)
        place = f"{format_weekday(day, self._language)} {format_clock(minute)}"
        short, surplus = self._line.short[slot], self._line.surplus[slot]
        if short > 0:
            return self._render(
                message(
                    "{place}  {amount} short",
                    place=place,
                    amount=format_number(short, self._language, 1),
                )
            )
        if surplus > 0:
            return self._render(
                message(
                    "{place}  {amount} over",
                    place=place,
                    amount=format_number(surplus, self._language, 1),
                )
            )
        return self._render(message("{place}  as required", place=place))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Read out the interval under the pointer."""
        super().mouseMoveEvent(event)
        scale, position = self._scale, self.view_point(event.position()).x()
        self._point_at(None if scale is None else scale.slot_at(position))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Go back to the worst interval."""
        super().leaveEvent(event)
        self._point_at(self._worst())

    def _worst(self) -> int | None:
        if self._line is None or not self._line.short.any():
            return None
        return int(np.argmax(self._line.short))

    def _point_at(self, slot: int | None) -> None:
        shown = slot is not None and self._scale is not None and self._line is not None
        self._pointer.setVisible(shown)
        self._chip.setVisible(shown)
        if not shown or slot is None or self._scale is None or self._line is None:
            return
        theme = self._theme
        amounts = float(self._line.short[slot]), float(self._line.surplus[slot])
        shown_now = slot, amounts, self._span, self._top, theme.name, self._scale
        if shown_now == self._pointed:
            return
        self._pointed = shown_now
        tone = theme.bad if self._line.short[slot] > 0 else theme.text
        position, (first, last) = self._scale.middle(slot), self._span
        self.point_to(position, 0.0, tone, Qt.PenStyle.DashLine)
        anchor = side_of((position - first) / (last - first), _EDGE)
        self.show_chip(position, self.read_out(slot), tone, anchor)


def _height(line: CoverageLine) -> float:
    return max(float(line.required.max()), float(line.supplied.max()))
