"""A week of half hours that is painted: when somebody can work.

How it is used::

    grid = AvailabilityGrid(desk.language, desk.render, theme=desk.theme)
    grid.set_value({0: ((540, 1080),), 6: ()})   # weekday → windows; no entry: any time; (): closed
    grid.value()                                 # the same form; untouched days come back exactly
    grid.set_days((0, 1), ((540, 1080),))        # other hours for some weekdays (None: any time)
    grid.day, grid.days                          # weekday of the cursor, weekdays chosen
    grid.edited.connect(...)                     # the user painted, erased or pasted
    grid.applied.connect(...)                    # Enter: the user is done
    grid.cursor_moved.connect(...)
    grid.refused.connect(...)                    # a message: what was pasted cannot be read

Mouse: a drag paints, one that begins on painted cells erases; with Shift it takes a rectangle.
Keys: arrows move, Shift+arrows and Ctrl+A choose more cells, Space paints or erases what is chosen,
Delete erases it, Ctrl+C and Ctrl+V copy the hours of a day as text, Ctrl+Z takes back the last
stroke, Escape ends a drag without it, Enter is done.  Screen readers get the week as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import CAPTION_PX, LIGHT, Theme, font
from ui.translate import Render, format_weekday
from ui.widgets.week_hours import CELL, CELLS, SHOWN_END, Cell, Week, WeekHours, between
from wfm.calendars.day_windows import Day, Windows
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.time import format_clock
from wfm.services.people_days import read_windows, windows_text

ROW, HEAD, LABEL = 24, 18, 34
_MONDAY = date(2026, 11, 30)


class AvailabilityGrid(QWidget):
    """The week of one person, painted in half hours; see the top of this file."""

    edited = Signal()
    applied = Signal()
    cursor_moved = Signal()
    refused = Signal(object)

    def __init__(
        self,
        language: str,
        render: Render,
        *,
        theme: Theme = LIGHT,
        week_start: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._render, self._theme = render, theme
        self._week = WeekHours((week_start + place) % 7 for place in range(7))
        self._names = {
            day: format_weekday(_MONDAY + timedelta(days=day), language) for day in range(7)
        }
        self._cursor: Cell = (0, 18)
        self._anchor: Cell = (0, 18)
        self._drag: tuple[Cell, bool, Week, bool] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(LABEL + CELLS * 5, HEAD + 7 * ROW)
        self.setFixedHeight(HEAD + 7 * ROW + 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(render(message("Hours of the week")))
        self._tell()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for eight pixels per half hour."""
        return QSize(LABEL + CELLS * 8, HEAD + 7 * ROW + 1)

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self._theme = theme
        self.update()

    # --- values ----------------------------------------------------------------------------------

    def set_value(self, weekdays: Mapping[int, Windows]) -> None:
        """Show a week; what was painted before is forgotten."""
        self._week.show(weekdays)
        self._drag = None
        self._tell()

    def value(self) -> dict[int, Windows]:
        """Return the week as it is painted now."""
        return self._week.value()

    def set_days(self, weekdays: Iterable[int], hours: Day) -> None:
        """Give some weekdays other hours, as a user's edit: ``None`` any time, ``()`` closed."""
        before = self._week.value()
        for weekday in weekdays:
            self._week.set_hours(weekday, hours)
        self._done(before)

    @property
    def day(self) -> int:
        """The weekday of the cursor."""
        return self._week.order[self._cursor[0]]

    @property
    def days(self) -> tuple[int, ...]:
        """The weekdays of the cells chosen."""
        top, bottom = sorted((self._cursor[0], self._anchor[0]))
        return tuple(self._week.order[row] for row in range(top, bottom + 1))

    def day_text(self, weekday: int) -> str:
        """Return the hours of a weekday in words."""
        windows = self._week.hours(weekday)
        if windows is None:
            return self._render(message("any time"))
        return windows_text(windows) or self._render(message("closed", context="availability"))

    @property
    def text(self) -> str:
        """The whole week in words, as a screen reader says it."""
        return "; ".join(f"{self._names[day]} {self.day_text(day)}" for day in self._week.order)

    def _done(self, before: Week) -> None:
        """End a stroke: what it changed can be taken back."""
        if self._week.end_stroke(before):
            self._tell()
            self.edited.emit()

    def _take_back(self) -> None:
        if self._week.can_take_back:
            self._week.take_back()
            self._tell()
            self.edited.emit()

    def _tell(self) -> None:
        self.setAccessibleDescription(self.text)
        self.update()

    def _toggle(self) -> None:
        """Paint the cells chosen, or erase them where all are painted."""
        before = self._week.value()
        paint = not self._week.is_painted(self._anchor, self._cursor)
        self._week.brush(self._anchor, self._cursor, paint=paint)
        self._done(before)

    # --- mouse -----------------------------------------------------------------------------------

    def cell_rect(self, row: int, column: int) -> QRect:
        """Return where a cell is painted."""
        left, right = self._x(column * CELL), self._x((column + 1) * CELL)
        return QRect(left, HEAD + row * ROW, right - left, ROW)

    def _x(self, minute: int) -> int:
        return LABEL + round((self.width() - LABEL - 1) * min(minute, SHOWN_END) / SHOWN_END)

    def _cell_at(self, point: QPoint) -> Cell:
        width = max(self.width() - LABEL - 1, 1)
        column = (point.x() - LABEL) * CELLS // width
        row = (point.y() - HEAD) // ROW
        return min(max(row, 0), 6), min(max(column, 0), CELLS - 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin a stroke, or a rectangle with Shift."""
        point = event.position().toPoint()
        if event.button() != Qt.MouseButton.LeftButton or point.y() < HEAD:
            super().mousePressEvent(event)
            return
        cell = self._cell_at(point)
        box = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._drag = (cell, not self._week.is_painted(cell, cell), self._week.value(), box)
        self._cursor = self._anchor = cell
        self._stroke(cell)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go on with the stroke."""
        if self._drag is not None:
            self._stroke(self._cell_at(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """End the stroke."""
        if self._drag is None or event.button() != Qt.MouseButton.LeftButton:
            return
        before = self._drag[2]
        self._drag = None
        self._anchor = self._cursor
        self._done(before)
        self.update()
        self.cursor_moved.emit()

    def _stroke(self, cell: Cell) -> None:
        if self._drag is None:
            return
        start, paint, before, box = self._drag
        if box:
            self._week.drop_stroke(before)
            self._week.brush(start, cell, paint=paint)
        else:
            for step in between(self._cursor, cell):
                self._week.brush(step, step, paint=paint)
        self._cursor = cell
        self.update()

    # --- keys ------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+Z for the strokes that are not saved yet."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and self._week.can_take_back
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """See the top of this file."""
        key, extend = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        row, column = self._cursor
        moves: dict[int, Cell] = {
            Qt.Key.Key_Up: (row - 1, column),
            Qt.Key.Key_Down: (row + 1, column),
            Qt.Key.Key_Left: (row, column - 1),
            Qt.Key.Key_Right: (row, column + 1),
            Qt.Key.Key_Home: (row, 0),
            Qt.Key.Key_End: (row, CELLS - 1),
        }
        if key in moves:
            self._move(moves[key], extend=extend)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self._take_back()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._anchor = (0, 0)
            self._move((6, CELLS - 1), extend=True)
        elif not self._act(key):
            super().keyPressEvent(event)

    def _act(self, key: int) -> bool:
        """Do what a plain key stands for; tell whether it stands for anything."""
        if key == Qt.Key.Key_Space:
            self._toggle()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            before = self._week.value()
            self._week.brush(self._anchor, self._cursor, paint=False)
            self._done(before)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.applied.emit()
        elif key == Qt.Key.Key_Escape and self._drag is not None:
            self._week.drop_stroke(self._drag[2])
            self._drag = None
            self._tell()
        else:
            return False
        return True

    def _move(self, cell: Cell, *, extend: bool) -> None:
        self._cursor = (min(max(cell[0], 0), 6), min(max(cell[1], 0), CELLS - 1))
        if not extend:
            self._anchor = self._cursor
        self.update()
        self.cursor_moved.emit()

    def copy(self) -> None:
        """Put the hours of the cursor's day on the clipboard, as text."""
        QGuiApplication.clipboard().setText(self.day_text(self.day))

    def paste(self) -> None:
        """Give the days chosen the hours on the clipboard."""
        text = QGuiApplication.clipboard().text().strip()
        try:
            hours = self._read(text)
        except WfmError as error:
            self.refused.emit(error.message)
            return
        self.set_days(self.days, hours)

    def _read(self, text: str) -> Day:
        if text == self._render(message("any time")):
            return None
        closed: Message = message("closed", context="availability")
        return () if text == self._render(closed) else read_windows(text)

    # --- looks -----------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the hours, the days with their windows, and the cursor."""
        painter = QPainter(self)
        painter.setFont(font(CAPTION_PX))
        self._paint_hours(painter)
        for row, weekday in enumerate(self._week.order):
            self._paint_day(painter, row, weekday)
        if self.hasFocus() or self._drag is not None:
            self._paint_cursor(painter)
        painter.end()

    def _paint_hours(self, painter: QPainter) -> None:
        theme = self._theme
        body = QRect(LABEL, HEAD, self.width() - LABEL, 7 * ROW)
        painter.fillRect(body, QColor(theme.panel))
        every = 3 if self._x(180) - self._x(0) > 26 else 6
        for hour in range(SHOWN_END // 60 + 1):
            x = self._x(hour * 60)
            strong = hour in (0, 24) or hour == SHOWN_END // 60
            painter.fillRect(
                x, HEAD, 1, 7 * ROW, QColor(theme.faint if hour == 24 else theme.line)
                if strong or hour % every == 0 else QColor(theme.faint_line),
            )  # fmt: skip
            if hour % every == 0 and (hour < 27 or every == 3):
                painter.setPen(QColor(theme.muted))
                place = QRect(x - 20, 0, 40, HEAD - 2)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(hour))

    def _paint_day(self, painter: QPainter, row: int, weekday: int) -> None:
        theme, top = self._theme, HEAD + row * ROW
        painter.fillRect(0, top, self.width(), 1, QColor(theme.line))
        if row == 6:
            painter.fillRect(0, top + ROW, self.width(), 1, QColor(theme.line))
        colour = {5: theme.accent, 6: theme.bad}.get(weekday, theme.text)
        painter.setPen(QColor(colour))
        label = QRect(0, top, LABEL - 6, ROW)
        painter.drawText(
            label, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._names[weekday]
        )
        windows = self._week.hours(weekday)
        everything = QRect(LABEL + 1, top + 3, self.width() - LABEL - 2, ROW - 5)
        if windows is None:
            painter.fillRect(everything, QColor(theme.early))
        elif not windows:
            painter.fillRect(everything, QColor(theme.faint_line))
            painter.setPen(QColor(theme.muted))
            painter.drawText(everything, Qt.AlignmentFlag.AlignCenter, self.day_text(weekday))
        for start, end in windows or ():
            left, right = self._x(start), self._x(end)
            bar = QRect(left + 1, top + 3, max(right - left - 1, 2), ROW - 5)
            painter.fillRect(bar, QColor(theme.early))
            self._paint_words(painter, bar, _span(start, end), _span(start, end, short=True))
        if windows is None:
            self._paint_words(painter, everything, self.day_text(weekday))

    def _paint_words(self, painter: QPainter, bar: QRect, *words: str) -> None:
        """Paint the first of some words that fits into a bar, if any does."""
        for text in words:
            if painter.fontMetrics().horizontalAdvance(text) + 6 <= bar.width():
                painter.setPen(QColor(self._theme.text))
                painter.drawText(bar, Qt.AlignmentFlag.AlignCenter, text)
                return

    def _paint_cursor(self, painter: QPainter) -> None:
        theme = self._theme
        box = self.cell_rect(*self._anchor).united(self.cell_rect(*self._cursor))
        if self._anchor != self._cursor:
            veil = QColor(theme.accent)
            veil.setAlpha(48)
            painter.fillRect(box, veil)
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.setPen(QPen(QColor(theme.accent), 2))
        painter.drawRect(self.cell_rect(*self._cursor).adjusted(1, 1, -1, -1))


def _span(start: int, end: int, *, short: bool = False) -> str:
    """Return ``09:00–18:00``, or ``9–18`` where nothing is lost by it."""
    if short and start % 60 == end % 60 == 0:
        return f"{start // 60}–{end // 60}"
    return f"{format_clock(start)}–{format_clock(end)}"
