"""The roster timeline: people down, days across, painted into a scroll area's viewport.

Scrolling moves the painted pixels and paints the new lines only, so its cost does not grow with
the roster.  Names and the day header stay in place.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from ui.centre_view import WeekView
from ui.plots.time_axis import TimeScale
from ui.theme import LIGHT, Theme
from ui.translate import Render, format_date
from ui.widgets.day_header import HEADER_HEIGHT, DayHeader
from ui.widgets.marks import DAY_OFF, absence_mark
from ui.widgets.roster_rows import (
    HOURS_WIDTH,
    NAMES_WIDTH,
    ROW_HEIGHT,
    Row,
    RowPainter,
    rows_of,
    tinted_days,
)
from wfm.messages import message
from wfm.model.time import format_clock


class RosterTimeline(QAbstractScrollArea):
    """Shows one week's roster; the arrow keys and a click choose a line."""

    columns_resized = Signal(int, int)
    """Left edge and width of the day columns, for whoever shares them."""
    row_chosen = Signal(str)
    """Key of the agent whose line was chosen."""

    def __init__(self, language: str, render: Render, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language, self._render, self._theme = language, render, LIGHT
        self._week: WeekView | None = None
        self._rows: tuple[Row, ...] = ()
        self._painter: RowPainter | None = None
        self._chosen = -1
        self._offset = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setViewportMargins(0, HEADER_HEIGHT, 0, 0)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.header = DayHeader(language, self)
        self.setAccessibleName(render(message("Roster timeline")))
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT)

    @property
    def columns(self) -> tuple[int, int]:
        """Left edge and width in pixels of the day columns."""
        return NAMES_WIDTH, max(self.viewport().width() - NAMES_WIDTH, 0)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The lines shown."""
        return self._rows

    @property
    def chosen(self) -> str:
        """Key of the chosen agent, empty where none is."""
        return self._rows[self._chosen].agent.key if self._chosen >= 0 else ""

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self._theme = theme
        self._make_painter()
        self.viewport().update()

    def set_week(self, week: WeekView, scale: TimeScale) -> None:
        """Show ``week`` in the columns of ``scale``."""
        self._week, self._scale = week, scale
        self._rows = rows_of(week)
        self._chosen = min(self._chosen, len(self._rows) - 1)
        self.header.set_scale(scale, week.holidays)
        self._make_painter()
        self._measure()
        self.viewport().update()

    def choose(self, index: int) -> None:
        """Choose a line by its position and scroll it into view."""
        if not 0 <= index < len(self._rows) or index == self._chosen:
            return
        for changed in (self._chosen, index):
            self.viewport().update(self._place(changed))
        self._chosen = index
        bar, top = self.verticalScrollBar(), index * ROW_HEIGHT
        if top < bar.value():
            bar.setValue(top)
        elif top + ROW_HEIGHT > bar.value() + self.viewport().height():
            bar.setValue(top + ROW_HEIGHT - self.viewport().height())
        self.row_chosen.emit(self._rows[index].agent.key)

    def tip(self, point: QPoint) -> str:
        """Return what the pointer at ``point`` of the viewport reads, empty for nothing."""
        index = (point.y() + self._offset) // ROW_HEIGHT
        left, width = self.columns
        if self._week is None or not 0 <= index < len(self._rows):
            return ""
        row = self._rows[index]
        if point.x() < left or width == 0:
            return f"{row.agent.name}\n{row.agent.team}".strip()
        day = min(
            (point.x() - left) * self._week.horizon.days // width, self._week.horizon.days - 1
        )
        return self._day_tip(self._week, row, day)

    def _day_tip(self, week: WeekView, row: Row, day: int) -> str:
        shown = week.horizon.dates[day]
        lines = [f"{row.agent.name}  {format_date(shown, self._language, short=True)}"]
        duty = row.duties.get(day)
        if duty is not None:
            lines.append(f"{duty.letter}  {format_clock(duty.start)}–{format_clock(duty.end)}")
            lines += [
                self._render(
                    message(
                        "Break {start}–{end}",
                        start=format_clock(item.start),
                        end=format_clock(item.end),
                    )
                )
                for item in duty.breaks
            ]
        elif day in row.absences:
            lines.append(self._render(absence_mark(row.absences[day].kind).name))
        elif week.planned:
            lines.append(self._render(DAY_OFF.name))
        lines += [
            self._render(item.text)
            for item in week.rule_breaks
            if item.agent == row.agent.key and (not item.days or shown in item.days)
        ]
        return "\n".join(lines)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the lines that the event asks for."""
        painter = QPainter(self.viewport())
        dirty = event.rect()
        first = max((dirty.top() + self._offset) // ROW_HEIGHT, 0)
        last = min((dirty.bottom() + self._offset) // ROW_HEIGHT, len(self._rows) - 1)
        if self._painter is not None:
            for index in range(first, last + 1):
                self._painter.paint(
                    painter,
                    self._rows[index],
                    self._place(index),
                    self.columns,
                    index == self._chosen,
                )
        below = len(self._rows) * ROW_HEIGHT - self._offset
        if below <= dirty.bottom():
            rest = QRect(0, below, self.viewport().width(), self.viewport().height() - below)
            painter.fillRect(rest, QColor(self._theme.panel))
        painter.end()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:  # noqa: N802 - Qt's name
        """Move the painted lines; Qt asks for the uncovered ones.

        On screens scaled by 125 or 150 % a line rarely begins on a whole device pixel, and moved
        pixels would not meet the newly painted ones: there everything is painted.
        """
        moved = self._offset - self.verticalScrollBar().value()
        self._offset = self.verticalScrollBar().value()
        if self.viewport().devicePixelRatioF().is_integer():
            self.viewport().scroll(0, moved)
        else:
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit header and scroll range to the new size."""
        super().resizeEvent(event)
        self.header.setGeometry(0, 0, self.width(), HEADER_HEIGHT)
        self._measure()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the line under the pointer."""
        self.choose((event.position().toPoint().y() + self._offset) // ROW_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Choose lines with the arrow, page, Home and End keys."""
        page = max(self.viewport().height() // ROW_HEIGHT - 1, 1)
        last = len(self._rows) - 1
        targets = {
            Qt.Key.Key_Down: min(self._chosen + 1, last),
            Qt.Key.Key_Up: max(self._chosen - 1, 0),
            Qt.Key.Key_PageDown: min(self._chosen + page, last),
            Qt.Key.Key_PageUp: max(self._chosen - page, 0),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        target = targets.get(Qt.Key(event.key()))
        if target is None:
            super().keyPressEvent(event)
        else:
            self.choose(target)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Show tool tips of people, shifts and absences."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip(event.pos()), self.viewport())
            return True
        return super().viewportEvent(event)

    def _place(self, index: int) -> QRect:
        return QRect(0, index * ROW_HEIGHT - self._offset, self.viewport().width(), ROW_HEIGHT)

    def _measure(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(len(self._rows) * ROW_HEIGHT - height, 0))
        bar.setPageStep(height)
        left, width = self.columns
        aside = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        hours = QRect(left - HOURS_WIDTH - 20, 22, HOURS_WIDTH + 10, 20)
        captions = (
            (self._render(message("Name")), QRect(14, 22, 120, 20), aside[0]),
            (self._render(message("Hours", context="roster column")), hours, aside[1]),
        )
        self.header.set_columns(left, width, captions)
        self.columns_resized.emit(left, width)

    def _make_painter(self) -> None:
        if self._week is None:
            return
        self._painter = RowPainter(
            theme=self._theme,
            language=self._language,
            render=self._render,
            scale=self._scale,
            colours={kind.key: kind.colour for kind in self._week.kinds},
            planned=self._week.planned,
            tinted=tinted_days(self._week.horizon.dates, self._week.holidays),
        )
