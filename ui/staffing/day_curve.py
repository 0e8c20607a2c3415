"""The required agents of one day as a curve, on the columns of the heat map above it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent

from ui.plots.quiet_plot import PointedPlot, side_of
from ui.plots.steps import StepFill, round_ticks, step_boxes, step_line
from ui.plots.time_axis import TimeScale
from ui.plots.values import Floats
from ui.theme import LIGHT, Theme
from ui.translate import Render, format_number
from ui.widgets.interval_cells import blended
from wfm.messages import Message, message
from wfm.model.time import format_clock

_HEAD_ROOM, _FOOT_ROOM, _EDGE = 1.2, 0.04, 0.15


@dataclass(frozen=True)
class DayContent:
    """One day's agents, shape ``(slots per day,)``: to roster, present, and a week before."""

    scale: TimeScale
    rostered: Floats
    agents: Floats
    is_open: np.ndarray
    before: Floats | None = None


class DayCurve(PointedPlot):
    """Shows a :class:`DayContent`; a click picks an interval of the day."""

    picked = Signal(int)

    def __init__(self, language: str, render: Render, name: Message) -> None:
        super().__init__(language, render, name)
        self._content: DayContent | None = None
        self._chosen_slot: int | None = None
        self._fill, self._chosen = StepFill(), StepFill()
        self._before = pg.PlotCurveItem(connect="finite")
        self._agents = pg.PlotCurveItem(connect="finite")
        self._rostered = pg.PlotCurveItem(connect="finite")
        self._chosen.setZValue(-10)
        self._fill.setZValue(-9)
        self._grid.setZValue(-8)
        self.add(
            self._chosen, self._fill, self._grid, self._before, self._agents, self._rostered,
            self._pointer, self._chip,
        )  # fmt: skip
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        super().set_theme(theme)
        self._chosen.set_colour(theme.selection)
        self._fill.set_colour(theme.accent_background)
        self._before.setPen(pg.mkPen(blended(theme.panel, theme.faint, 0.9), width=1))
        self._agents.setPen(pg.mkPen(theme.muted, width=1))
        self._rostered.setPen(pg.mkPen(theme.accent, width=2))
        self._point_at(None)

    def show_day(self, content: DayContent, chosen: int | None) -> None:
        """Show a day and which of its intervals is chosen."""
        self._content, self._chosen_slot = content, chosen
        parts = [content.rostered, content.agents]
        parts += [content.before] if content.before is not None else []
        top = max(*(float(part.max()) for part in parts), 3.0) * _HEAD_ROOM
        floor = -top * _FOOT_ROOM
        self.setRange(xRange=(0, 1), yRange=(floor, top), padding=0)
        self.draw_grid(round_ticks(top / _HEAD_ROOM), 1.0)
        scale = content.scale
        for line, values in ((self._rostered, content.rostered), (self._agents, content.agents)):
            line.setData(*step_line(np.where(content.is_open, values, np.nan), scale))
        self._fill.set_boxes(step_boxes(content.agents, content.rostered, scale))
        self._before.setVisible(content.before is not None)
        if content.before is not None:
            self._before.setData(*step_line(content.before, scale))
        self._draw_chosen(floor, top)
        self._point_at(None)

    def _draw_chosen(self, floor: float, top: float) -> None:
        assert self._content is not None
        inside = np.zeros(len(self._content.rostered))
        if self._chosen_slot is not None:
            inside[self._chosen_slot] = 1.0
        boxes = step_boxes(np.zeros_like(inside), inside, self._content.scale)
        self._chosen.set_boxes([QRectF(box.x(), floor, box.width(), top - floor) for box in boxes])

    # --- pointer ---------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Pick the interval under the pointer."""
        slot = self.slot_at(event.position())
        if slot is not None and event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(slot)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Read out the interval under the pointer."""
        self._point_at(self.slot_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Read nothing out any more."""
        super().leaveEvent(event)
        self._point_at(None)

    def slot_at(self, point: QPointF) -> int | None:
        """Return the interval of the day at a position, ``None`` beside the columns."""
        if self._content is None:
            return None
        return self._content.scale.slot_at(self.view_point(point).x())

    def read_out(self, slot: int | None) -> str:
        """Return what the chip says about an interval (empty for none)."""
        if slot is None or self._content is None:
            return ""
        _, minute = self._content.scale.horizon.slot_label(slot)
        place = format_clock(minute)
        if not self._content.is_open[slot]:
            return self._render(message("{place}  closed", place=place))
        return self._render(
            message(
                "{place}  {rostered} to roster, {agents} present",
                place=place,
                rostered=format_number(self._content.rostered[slot], self._language, 1),
                agents=format_number(self._content.agents[slot], self._language, 1),
            )
        )

    def _point_at(self, slot: int | None) -> None:
        shown = slot is not None and self._content is not None
        self._pointer.setVisible(shown)
        self._chip.setVisible(shown)
        if slot is None or self._content is None:
            return
        position = self._content.scale.middle(slot)
        self.point_to(position, self.heights[0], self._theme.muted, Qt.PenStyle.DotLine)
        self.show_chip(position, self.read_out(slot), self._theme.text, side_of(position, _EDGE))
