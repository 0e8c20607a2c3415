"""The surface of the roster timeline: people down, days across, painted into a scroll area.

Scrolling moves the painted pixels and paints the new lines only, so its cost does not grow with
the roster.  Names and the day header stay in place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from ui.centre_view import WeekView
from ui.plots.time_axis import TimeScale
from ui.roster.axis import WeekAxis
from ui.roster.brushes import Brushes
from ui.roster.row_painter import (
    HOURS_RIGHT,
    NAMES_WIDTH,
    PLAIN,
    ROW_HEIGHT,
    RowPainter,
    RowState,
)
from ui.roster.selection import Cell
from ui.roster.timeline_rows import TimelineRows
from ui.theme import LIGHT, Theme
from ui.translate import Render
from ui.widgets.day_header import HEADER_HEIGHT, DayHeader
from wfm.analysis.draft import WeekDraft
from wfm.messages import message


class TimelineSurface(QAbstractScrollArea):
    """Shows one state of a week on an axis; knows where everything stands."""

    placed = Signal(int, int)
    """Left edge and width of the day columns, after they changed."""

    def __init__(self, language: str, render: Render, axis: WeekAxis) -> None:
        super().__init__()
        self._language, self._render = language, render
        self.axis = axis
        self.rows: TimelineRows | None = None
        self._brushes = Brushes(LIGHT)
        self._painter: RowPainter | None = None
        self._offset, self._blitting = 0, False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setViewportMargins(0, HEADER_HEIGHT, 0, 0)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.header = DayHeader(language, self)
        self.setAccessibleName(render(message("Roster timeline")))
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT)
        self.horizontalScrollBar().setSingleStep(40)
        axis.changed.connect(self._axis_changed)

    # --- what is shown ---------------------------------------------------------------------------

    @property
    def draft(self) -> WeekDraft | None:
        """The state of the week that is shown."""
        return None if self.rows is None else self.rows.draft

    @property
    def keys(self) -> tuple[str, ...]:
        """People shown, from top to bottom."""
        return () if self.rows is None else self.rows.keys

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self._brushes = Brushes(theme)
        self._make_painter()
        self.viewport().update()

    def set_week(
        self,
        view: WeekView,
        draft: WeekDraft,
        scale: TimeScale,
        marks: Mapping[tuple[str, date], str] | None = None,
    ) -> None:
        """Show another week, or a reloaded one of the same people."""
        keys = self.keys if self.rows is not None else None
        kept = self.rows is not None and self.rows.view.horizon == view.horizon
        shown_all = self.rows is not None and len(self.rows) == len(self.rows.view.agents)
        self.rows = TimelineRows(view, draft, marks)
        if kept and not shown_all:
            self.rows.show(keys)
        self.header.set_scale(scale, view.holidays)
        self._make_painter()
        self.axis.set_scale(scale)
        self._measure()
        self.viewport().update()

    def follow(self, draft: WeekDraft) -> None:
        """Show another state of the same week; only the lines that differ are painted."""
        if self.rows is None:
            return
        planned = self.rows.draft.planned
        changed = self.rows.follow(draft)
        if planned != draft.planned:
            self._make_painter()
        self.repaint_people(changed)

    def show_people(self, keys: Iterable[str] | None) -> None:
        """Show these people in this order, or everybody."""
        if self.rows is None:
            return
        self.rows.show(keys)
        self._measure()
        self.viewport().update()

    def reveal(self, cell: Cell) -> None:
        """Scroll a cell into view."""
        place = -1 if self.rows is None else self.rows.place(cell[0])
        if place < 0 or self.rows is None:
            return
        bar, top = self.verticalScrollBar(), place * ROW_HEIGHT
        if top < bar.value():
            bar.setValue(top)
        elif top + ROW_HEIGHT > bar.value() + self.viewport().height():
            bar.setValue(top + ROW_HEIGHT - self.viewport().height())
        day = self.rows.view.horizon.day_index(cell[1])
        left, right = self.axis.edge(day), self.axis.edge(day + 1)
        if left < self.axis.left or right > self.axis.left + self.axis.width:
            self.axis.scroll_to(self.axis.offset + left - self.axis.left)

    # --- places ----------------------------------------------------------------------------------

    def place_at(self, y: int) -> int:
        """Return the line at a height of the viewport; it may be beyond the last one."""
        return (y + self._offset) // ROW_HEIGHT

    def line(self, place: int) -> QRect:
        """Return the rectangle of a line in the viewport."""
        return QRect(0, place * ROW_HEIGHT - self._offset, self.viewport().width(), ROW_HEIGHT)

    def cell_box(self, cell: Cell) -> QRect | None:
        """Return the rectangle of a cell in the viewport, ``None`` where it is not shown."""
        place = -1 if self.rows is None else self.rows.place(cell[0])
        if place < 0 or self.rows is None or self._painter is None:
            return None
        return self._painter.cell(self.rows.view.horizon.day_index(cell[1]), self.line(place))

    @property
    def row_painter(self) -> RowPainter | None:
        """Knows where shifts stand on a line."""
        return self._painter

    def repaint_people(self, agents: Iterable[str]) -> None:
        """Paint the lines of some people again."""
        if self.rows is None:
            return
        for agent in agents:
            place = self.rows.place(agent)
            if place >= 0:
                self.viewport().update(self.line(place))

    # --- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the lines that the event asks for."""
        painter = QPainter(self.viewport())
        dirty = event.region().boundingRect()
        if self.rows is not None and self._painter is not None:
            first = max(self.place_at(dirty.top()), 0)
            last = min(self.place_at(dirty.bottom()), len(self.rows) - 1)
            for place in range(first, last + 1):
                box = self.line(place)
                if event.region().intersects(box):
                    key = self.rows.keys[place]
                    self._painter.paint(painter, self.rows.of(key), box, self._state(key))
        below = len(self.keys) * ROW_HEIGHT - self._offset
        if below <= dirty.bottom():
            rest = QRect(0, below, self.viewport().width(), self.viewport().height() - below)
            painter.fillRect(rest, self._brushes.colour("panel"))
        if self._painter is not None:
            self._paint_over(painter, self._painter)
        painter.end()

    def _state(self, key: str) -> RowState:  # noqa: ARG002 - for those who know more
        """Return how a person's line is shown."""
        return PLAIN

    def _paint_over(self, painter: QPainter, rows: RowPainter) -> None:
        """Paint what floats over the lines."""

    def _pointer_lost(self) -> None:
        """Hear that what was under the pointer is elsewhere now."""

    def _make_painter(self) -> None:
        if self.rows is None:
            return
        view = self.rows.view
        self._painter = RowPainter(
            self.axis,
            self._brushes,
            self._language,
            self._render,
            {kind.key: kind.colour for kind in view.kinds},
            planned=self.rows.draft.planned,
            tinted=frozenset(
                index
                for index, day in enumerate(view.horizon.dates)
                if day.weekday() >= 5 or day in view.holidays
            ),
        )

    # --- size and scrolling ----------------------------------------------------------------------

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 - Qt's name
        """Move the painted lines; Qt asks for the uncovered ones.

        On screens scaled by 125 or 150 % a line rarely begins on a whole device pixel, and moved
        pixels would not meet the newly painted ones: there everything is painted.
        """
        if self._blitting:  # the bar follows the axis, which paints everything
            return
        self._pointer_lost()
        moved = self._offset - self.verticalScrollBar().value()
        self._offset = self.verticalScrollBar().value()
        whole = self.viewport().devicePixelRatioF().is_integer() and not self._floating()
        if dx:
            before = self.axis.offset
            self._blitting = True
            self.axis.scroll_to(self.horizontalScrollBar().value())
            self._blitting = False
            if whole and not dy:
                area = QRect(self.axis.left, 0, self.axis.width, self.viewport().height())
                self.viewport().scroll(before - self.axis.offset, 0, area)
                return
        if whole and not dx:
            self.viewport().scroll(0, moved)
        else:
            self.viewport().update()

    def _floating(self) -> bool:
        """Tell whether something floats over the lines, which moved pixels would smear."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit header and scroll ranges to the new size."""
        super().resizeEvent(event)
        self.header.setGeometry(0, 0, self.width(), HEADER_HEIGHT)
        self._measure()

    def _measure(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(len(self.keys) * ROW_HEIGHT - height, 0))
        bar.setPageStep(height)
        self.axis.set_place(NAMES_WIDTH, max(self.viewport().width() - NAMES_WIDTH, 0))
        self._axis_changed()
        self.placed.emit(self.axis.left, self.axis.width)

    def _axis_changed(self) -> None:
        axis = self.axis
        right, middle = Qt.AlignmentFlag.AlignRight, 22
        hours = QRect(axis.left - HOURS_RIGHT - 56, middle, 56, 20)
        room = QRect(axis.left - HOURS_RIGHT, middle, HOURS_RIGHT - 10, 20)
        captions = (
            (self._render(message("Name")), QRect(14, middle, 100, 20), Qt.AlignmentFlag.AlignLeft),
            (self._render(message("Hours", context="roster column")), hours, right),
            (self._render(message("Left", context="hours left to the weekly limit")), room, right),
        )
        self.header.set_columns(
            axis.left - axis.offset, axis.total, captions, (axis.left, axis.left + axis.width)
        )
        if self._blitting:
            return
        bar = self.horizontalScrollBar()
        self._blitting = True
        bar.setPageStep(axis.width)
        bar.setRange(0, max(axis.total - axis.width, 0))
        bar.setValue(axis.offset)
        self._blitting = False
        self._pointer_lost()
        self.viewport().update()
