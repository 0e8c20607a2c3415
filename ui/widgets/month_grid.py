"""A month of small days with marks, of which one or several in a row can be chosen.

::

    month = MonthGrid(desk.language, desk.render, theme=desk.theme, week_start=0)
    month.show_month(date(2026, 12, 1))
    month.set_marks({date(2026, 12, 3): DayMark("AL", "leave", "Annual paid leave")}, holidays)
    month.choose(first, last)              # without telling anybody
    month.span                             # (first, last) of the days chosen
    month.chosen.connect(...)              # the user chose other days
    month.month_changed.connect(...)       # the user went to another month
    month.applied.connect(...)             # Enter, or a double click

Mouse: a click chooses a day, a drag or Shift+click a row of days.  Keys: arrows, Home and End of
the week, Page Up and Down for months; with Shift they choose a row of days; Enter is done.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import CAPTION_PX, LIGHT, Theme, font
from ui.translate import Render, format_date, format_month, format_weekday
from ui.widgets.cards import styled_label
from ui.widgets.icons import IconButton
from wfm.calendars import week_of
from wfm.messages import message
from wfm.model.time import month_before, next_month

WEEKS, HEAD, ROW = 6, 18, 30
_MARK_PX = 10


@dataclass(frozen=True, slots=True)
class DayMark:
    """What stands on a day: a letter on a fill (a token of the theme), spoken as ``words``.

    ``asked`` draws the fill as an outline: it is asked for, not decided.  ``dot`` marks a wish.
    """

    letter: str = ""
    fill: str = ""
    words: str = ""
    asked: bool = False
    dot: bool = False


class _Days(QWidget):
    """The painted days of one month, filled up to whole weeks."""

    chosen = Signal()
    applied = Signal()
    wanted = Signal(object)
    """A day outside the month shown was gone to."""

    def __init__(self, language: str, theme: Theme, week_start: int) -> None:
        super().__init__()
        self._language, self._theme, self._week_start = language, theme, week_start
        self.month = date(2026, 1, 1)
        self.anchor = self.here = date(2026, 1, 1)
        self.marks: Mapping[date, DayMark] = {}
        self.holidays: Collection[date] = ()
        self._dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(HEAD + WEEKS * ROW)
        self.setMinimumWidth(7 * 34)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for forty pixels per day."""
        return QSize(7 * 40, HEAD + WEEKS * ROW)

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self._theme = theme
        self.update()

    @property
    def first(self) -> date:
        """The day at the top left."""
        return week_of(self.month, self._week_start)

    def rect_of(self, day: date) -> QRect:
        """Return where a day is painted."""
        row, column = divmod((day - self.first).days, 7)
        left, right = self.width() * column // 7, self.width() * (column + 1) // 7
        return QRect(left, HEAD + row * ROW, right - left, ROW)

    def _day_at(self, point: QPoint) -> date:
        column = min(max(point.x() * 7 // max(self.width(), 1), 0), 6)
        row = min(max((point.y() - HEAD) // ROW, 0), WEEKS - 1)
        return self.first + timedelta(days=7 * row + column)

    def go_to(self, day: date, *, extend: bool) -> None:
        """Move to a day, choosing all from where the choice began if ``extend``."""
        self.here = day
        if not extend:
            self.anchor = day
        if (day.year, day.month) != (self.month.year, self.month.month):
            self.wanted.emit(day)
        self._say()
        self.update()
        self.chosen.emit()

    def _say(self) -> None:
        mark = self.marks.get(self.here, DayMark())
        words = f" {mark.words}" if mark.words else ""
        self.setAccessibleDescription(format_date(self.here, self._language) + words)

    # --- mouse and keys --------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose a day."""
        point = event.position().toPoint()
        if event.button() != Qt.MouseButton.LeftButton or point.y() < HEAD:
            return
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        day = self._day_at(point)
        self._dragging = (day.year, day.month) == (self.month.year, self.month.month)
        self.go_to(day, extend=shift)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the days in between."""
        day = self._day_at(event.position().toPoint())
        if self._dragging and day != self.here:
            self.here = day
            self._say()
            self.update()
            self.chosen.emit()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """End the choice."""
        self._dragging = False

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A double click is as good as Enter."""
        self.applied.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move, choose, be done."""
        day, key = self.here, event.key()
        week = week_of(day, self._week_start)
        moves = {
            Qt.Key.Key_Left: day - timedelta(days=1),
            Qt.Key.Key_Right: day + timedelta(days=1),
            Qt.Key.Key_Up: day - timedelta(days=7),
            Qt.Key.Key_Down: day + timedelta(days=7),
            Qt.Key.Key_Home: week,
            Qt.Key.Key_End: week + timedelta(days=6),
            Qt.Key.Key_PageUp: month_before(day.replace(day=1)),
            Qt.Key.Key_PageDown: next_month(day.replace(day=1)),
        }
        target = moves.get(Qt.Key(key)) if key in moves else None
        if target is not None:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.go_to(target, extend=shift)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.applied.emit()
        else:
            super().keyPressEvent(event)

    # --- painting --------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint weekdays, days and their marks."""
        painter = QPainter(self)
        painter.setFont(font(CAPTION_PX))
        for column in range(7):
            day = self.first + timedelta(days=column)
            painter.setPen(QColor(self._day_colour(day, weekday_only=True)))
            box = QRect(self.rect_of(day).x(), 0, self.rect_of(day).width(), HEAD)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, format_weekday(day, self._language))
        low, high = sorted((self.anchor, self.here))
        for place in range(7 * WEEKS):
            day = self.first + timedelta(days=place)
            self._paint_day(painter, day, chosen=low <= day <= high)
        painter.end()

    def _day_colour(self, day: date, *, weekday_only: bool = False) -> str:
        theme = self._theme
        if day.weekday() == 6 or (not weekday_only and day in self.holidays):
            return theme.bad
        if day.weekday() == 5:
            return theme.accent
        return theme.muted if weekday_only else theme.text

    def _paint_day(self, painter: QPainter, day: date, *, chosen: bool) -> None:
        theme, box = self._theme, self.rect_of(day).adjusted(1, 1, -1, -1)
        if chosen:
            painter.fillRect(box, QColor(theme.selection))
        inside = (day.year, day.month) == (self.month.year, self.month.month)
        mark = self.marks.get(day)
        if mark is not None and mark.letter:
            self._paint_mark(painter, QRect(box.x() + 2, box.y() + 13, box.width() - 4, 14), mark)
        painter.setFont(font(CAPTION_PX))
        painter.setPen(QColor(self._day_colour(day) if inside else theme.faint))
        number = QRect(box.x(), box.y(), box.width(), 13)
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(day.day))
        if mark is not None and mark.dot:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent))
            painter.drawEllipse(box.right() - 7, box.y() + 3, 5, 5)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        if day == self.here and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRect(box)

    def _paint_mark(self, painter: QPainter, box: QRect, mark: DayMark) -> None:
        theme = self._theme
        if mark.fill and mark.asked:
            painter.setPen(QPen(QColor(theme.muted), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        elif mark.fill:
            painter.fillRect(box, QColor(theme.shift_fill(mark.fill)))
        painter.setFont(font(_MARK_PX))
        painter.setPen(QColor(theme.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, mark.letter)


class MonthGrid(QWidget):
    """A month with its name, steps to its neighbours and its days; see the top of this file."""

    chosen = Signal()
    applied = Signal()
    month_changed = Signal()

    def __init__(
        self, language: str, render: Render, *, theme: Theme = LIGHT, week_start: int = 0
    ) -> None:
        super().__init__()
        self._language = language
        self.days = _Days(language, theme, week_start)
        self.days.setAccessibleName(render(message("Days of the month")))
        self.title = styled_label(role="section")
        self.earlier = IconButton("left", render(message("Month before")))
        self.later = IconButton("right", render(message("Month after")))
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.title, 1)
        for button in (self.earlier, self.later):
            button.setProperty("role", "quiet-step")
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.days)
        self.earlier.clicked.connect(lambda: self._step(month_before(self.month)))
        self.later.clicked.connect(lambda: self._step(next_month(self.month)))
        self.days.chosen.connect(self.chosen)
        self.days.applied.connect(self.applied)
        self.days.wanted.connect(lambda day: self._step(day.replace(day=1)))

    @property
    def month(self) -> date:
        """First day of the month shown."""
        return self.days.month

    @property
    def span(self) -> tuple[date, date]:
        """First and last of the days chosen."""
        low, high = sorted((self.days.anchor, self.days.here))
        return low, high

    def show_month(self, month: date) -> None:
        """Show the month that holds a day."""
        self.days.month = month.replace(day=1)
        self.title.setText(format_month(self.days.month, self._language))
        self.days.update()

    def choose(self, first: date, last: date) -> None:
        """Choose a row of days and show their month."""
        self.days.anchor, self.days.here = first, last
        self.show_month(last)

    def set_marks(self, marks: Mapping[date, DayMark], holidays: Collection[date] = ()) -> None:
        """Show other marks and holidays."""
        self.days.marks, self.days.holidays = marks, holidays
        self.days.update()

    def _step(self, month: date) -> None:
        self.show_month(month)
        self.month_changed.emit()
