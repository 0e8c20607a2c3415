"""The curve of a forecast: recent weeks faint, the forecast bold, its band; pulled up and down.

Its day columns stand above the grid's.  Lines are drawn only when their numbers changed, and at
most once per frame while a point is pulled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from ui.forecast.pulling import Pull
from ui.plots.quiet_plot import WeekPlot, side_of
from ui.plots.steps import StepFill, round_ticks, step_boxes, step_line
from ui.plots.time_axis import TimeScale
from ui.plots.values import Floats
from ui.theme import CAPTION_PX, LIGHT, Theme, font
from ui.translate import Render, format_number, format_weekday
from ui.widgets.day_header import hour_label
from ui.widgets.interval_cells import blended
from wfm.messages import Message, message
from wfm.model.time import format_clock

_HEAD_ROOM, _FOOT_ROOM, _EDGE = 1.22, 0.04, 0.12
_STILL_PX = 3.0
"""A pointer that moves less has clicked, not pulled."""
_HISTORY_LINES = 4
_HOURS_HEIGHT = 18


@dataclass(frozen=True, slots=True)
class DayMark:
    """A special day drawn in its column: its text and whether it closes the day."""

    column: int
    text: str


@dataclass(frozen=True)
class CurveContent:
    """What the curve shows of one queue and measure; arrays of shape ``(horizon.slots,)``.

    ``made`` are the method's numbers where the planner has others; ``low`` and ``high`` the band;
    ``history`` recent weeks, newest first, NaN where nothing was recorded; ``usual`` their mean.
    """

    scale: TimeScale
    values: Floats
    is_open: np.ndarray
    history: Sequence[Floats] = ()
    usual: Floats | None = None
    made: Floats | None = None
    low: Floats | None = None
    high: Floats | None = None
    marks: Sequence[DayMark] = ()
    holidays: frozenset[date] = frozenset()
    decimals: int = 1
    whole: float = 1.0
    fine: float = 0.1
    read_only: bool = False


class ForecastCurve(WeekPlot):
    """Shows a :class:`CurveContent`; ``pulled`` carries numbers by interval when let go."""

    sides = ("left", "bottom")
    picked = Signal(int)
    """An interval was clicked."""
    pulling = Signal(object)
    """Interval → number, while a point is being pulled; empty when the pull is given up."""
    pulled = Signal(object)
    """Interval → number, of a pull that was let go: one edit."""

    def __init__(self, language: str, render: Render, number_of: Message) -> None:
        super().__init__(language, render, number_of)
        self._content: CurveContent | None = None
        self._selected: frozenset[int] = frozenset()
        self._pull: Pull | None = None
        self._preview: Mapping[int, float] = {}
        self._pointed: int | None = None
        self._make_items()
        self._frame = QTimer(self)
        self._frame.setSingleShot(True)
        self._frame.setInterval(0)
        self._frame.timeout.connect(self._draw_preview)
        self.set_theme(LIGHT)

    def _make_items(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        plot = self.getPlotItem()
        self._hours = plot.getAxis("bottom")
        self._hours.setHeight(_HOURS_HEIGHT)
        plot.getViewBox().sigResized.connect(lambda _box: self._draw_hours())
        self._chosen, self._band = StepFill(), StepFill()
        self._history = [pg.PlotCurveItem(connect="finite") for _ in range(_HISTORY_LINES)]
        self._made = pg.PlotCurveItem(connect="finite")
        self._line = pg.PlotCurveItem(connect="finite")
        self._handle = pg.ScatterPlotItem(size=10, pxMode=True)
        self._marks = [pg.TextItem(anchor=(0, 0)) for _ in range(14)]
        depths = ((-12, self._rest_days), (-11, self._chosen), (-10, self._band), (-9, self._grid))
        for depth, item in depths:
            item.setZValue(depth)
        self.add(
            *(item for _, item in depths), self._days, *self._history, self._made, self._line,
            self._pointer, self._handle, *self._marks, self._chip,
        )  # fmt: skip

    # --- showing ---------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        super().set_theme(theme)
        self._chosen.set_colour(theme.selection)
        self._band.set_colour(theme.accent_background)
        for age, line in enumerate(self._history):
            shade = blended(theme.panel, theme.faint, 0.9 - 0.2 * age)
            line.setPen(pg.mkPen(shade, width=1))
        self._made.setPen(pg.mkPen(theme.muted, width=1, style=Qt.PenStyle.DashLine))
        self._line.setPen(pg.mkPen(theme.accent, width=2))
        self._handle.setPen(pg.mkPen(theme.accent, width=2))
        self._handle.setBrush(pg.mkBrush(theme.panel))
        for mark in self._marks:
            mark.setColor(theme.warn)
            mark.textItem.setFont(font(CAPTION_PX, bold=True))
        self._point_at(self._pointed)

    @property
    def content(self) -> CurveContent | None:
        """What is shown."""
        return self._content

    @property
    def busy(self) -> bool:
        """Whether a point is being pulled."""
        return self._pull is not None

    def show_curve(self, content: CurveContent) -> None:
        """Show other content; a pull under way is given up and nothing is selected."""
        self._content, self._pull, self._preview = content, None, {}
        self._selected = frozenset()
        days, top = content.scale.horizon.days, self._top(content)
        floor = -top * _FOOT_ROOM
        self.setRange(xRange=(0, days), yRange=(floor, top), padding=0)
        self.draw_grid(round_ticks(top / _HEAD_ROOM), days)
        self.draw_days(content.scale, content.holidays, floor, top)
        self._draw_hours()
        self._draw_lines(content)
        self._draw_marks(content, top)
        self._draw_chosen()
        self._draw_line(content.values)
        self._point_at(self._pointed if self.underMouse() else None)

    def _top(self, content: CurveContent) -> float:
        parts = [content.values, *content.history]
        parts += [part for part in (content.high, content.made) if part is not None]
        found = [float(np.nanmax(part)) for part in parts if np.isfinite(part).any()]
        return max([*found, 4.0]) * _HEAD_ROOM

    def _draw_hours(self) -> None:
        """Write as many hours as there is room for."""
        if self._content is None:
            return
        scale, days = self._content.scale, self._content.scale.horizon.days
        room = self.width() - self.getPlotItem().getAxis("left").width()
        minutes = scale.ticks(room / days, 40)
        self._hours.setTicks(
            [[(scale.position(day, at), hour_label(at)) for day in range(days) for at in minutes]]
        )

    def _draw_lines(self, content: CurveContent) -> None:
        for age, line in enumerate(self._history):
            shown = age < len(content.history)
            line.setVisible(shown)
            if shown:
                line.setData(*step_line(content.history[age], content.scale))
        self._made.setVisible(content.made is not None)
        if content.made is not None:
            self._made.setData(*step_line(content.made, content.scale))
        has_band = content.low is not None and content.high is not None
        self._band.setVisible(has_band)
        if content.low is not None and content.high is not None:
            self._band.set_boxes(step_boxes(content.low, content.high, content.scale))

    def _draw_line(self, values: Floats) -> None:
        assert self._content is not None
        shown = np.where(self._content.is_open, values, np.nan)
        self._line.setData(*step_line(shown, self._content.scale))

    def _draw_marks(self, content: CurveContent, top: float) -> None:
        for place, mark in enumerate(self._marks):
            shown = place < len(content.marks)
            mark.setVisible(shown)
            if shown:
                mark.setText(content.marks[place].text)
                above = sum(
                    item.column == content.marks[place].column for item in content.marks[:place]
                )
                mark.setPos(content.marks[place].column + 0.02, top - above * top * 0.11)

    def select(self, slots: Sequence[int]) -> None:
        """Mark these intervals as the selected ones."""
        chosen = frozenset(slots)
        if chosen != self._selected:
            self._selected = chosen
            self._draw_chosen()

    def _draw_chosen(self) -> None:
        if self._content is None:
            return
        low, high = self.heights
        inside = np.zeros(self._content.scale.horizon.slots)
        inside[list(self._selected)] = 1.0
        boxes = step_boxes(np.zeros_like(inside), inside, self._content.scale)
        self._chosen.set_boxes([QRectF(box.x(), low, box.width(), high - low) for box in boxes])

    # --- pulling ---------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take hold of the interval under the pointer."""
        slot = self.slot_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or slot is None or self._content is None:
            return
        content = self._content
        if content.read_only or not content.is_open[slot]:
            self.picked.emit(slot)
            return
        together = self._selected if slot in self._selected and len(self._selected) > 1 else ()
        self._pull = Pull(
            slot,
            {each: float(content.values[each]) for each in (together or (slot,))
             if content.is_open[each]},
            self._height_at(event.position()), event.position().y(), content.whole, content.fine,
        )  # fmt: skip
        if not together:
            self.picked.emit(slot)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Pull what is held, or read out the interval under the pointer."""
        if self._pull is None:
            self._point_at(self.slot_at(event.position()))
            return
        if not self._pull.moved and abs(event.position().y() - self._pull.pixel) < _STILL_PX:
            return
        fine = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        self._preview = self._pull.numbers(self._height_at(event.position()), fine=fine)
        self._frame.start()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let go: what was pulled is one edit."""
        pull, numbers = self._pull, dict(self._preview)
        if pull is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._pull, self._preview = None, {}
        self._frame.stop()
        if pull.moved:
            self.pulled.emit(numbers)
        elif len(pull.starts) > 1:
            self.picked.emit(pull.slot)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape gives up a pull."""
        if event.key() == Qt.Key.Key_Escape and self._pull is not None:
            self._pull, self._preview = None, {}
            self._frame.stop()
            if self._content is not None:
                self._draw_line(self._content.values)
            self.pulling.emit({})
            self._point_at(None)
            return
        super().keyPressEvent(event)

    def _draw_preview(self) -> None:
        if self._content is None or self._pull is None:
            return
        values = self._content.values.copy()
        for slot, number in self._preview.items():
            values[slot] = number
        self._draw_line(values)
        self._point_at(self._pull.slot)
        self.pulling.emit(dict(self._preview))

    # --- reading out -----------------------------------------------------------------------------

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Read nothing out any more."""
        super().leaveEvent(event)
        if self._pull is None:
            self._point_at(None)

    def slot_at(self, point: QPointF) -> int | None:
        """Return the interval at a position of this widget, ``None`` beside the columns."""
        if self._content is None:
            return None
        return self._content.scale.slot_at(self.view_point(point).x())

    def position_of(self, slot: int, value: float) -> QPointF:
        """Return where an interval's number stands in this widget."""
        box = self.getPlotItem().getViewBox()
        place = box.mapViewToScene(QPointF(self._middle(slot), value))
        return QPointF(self.mapFromScene(place))

    def _height_at(self, point: QPointF) -> float:
        return self.view_point(point).y()

    def _middle(self, slot: int) -> float:
        assert self._content is not None
        return self._content.scale.middle(slot)

    def read_out(self, slot: int | None) -> str:
        """Return what the chip says about an interval (empty for none)."""
        if slot is None or self._content is None:
            return ""
        content = self._content
        day, minute = content.scale.horizon.slot_label(slot)
        place = f"{format_weekday(day, self._language)} {format_clock(minute)}"
        if not content.is_open[slot]:
            return self._render(message("{place}  closed", place=place))
        value = self._preview.get(slot, float(content.values[slot]))
        number = format_number(value, self._language, content.decimals)
        usual = float("nan") if content.usual is None else float(content.usual[slot])
        if not np.isfinite(usual):
            return f"{place}  {number}"
        return self._render(
            message(
                "{place}  {number}  (recent weeks {usual})",
                place=place,
                number=number,
                usual=format_number(usual, self._language, content.decimals),
            )
        )

    def _point_at(self, slot: int | None) -> None:
        self._pointed = slot
        shown = slot is not None and self._content is not None
        for item in (self._pointer, self._chip):
            item.setVisible(shown)
        self._handle.setVisible(
            shown and not self._content.read_only and bool(self._content.is_open[slot])  # type: ignore[union-attr]
        )
        if slot is None or self._content is None:
            return
        theme, position = self._theme, self._middle(slot)
        value = self._preview.get(slot, float(self._content.values[slot]))
        self.point_to(position, self.heights[0], theme.muted, Qt.PenStyle.DotLine)
        self._handle.setData([position], [value])
        share = position / self._content.scale.horizon.days
        self.show_chip(position, self.read_out(slot), theme.text, side_of(share, _EDGE))
