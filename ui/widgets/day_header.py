"""The week's head: one column per day with its date and hours, above timeline and plot alike."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.plots.time_axis import TimeScale
from ui.theme import CAPTION_PX, LIGHT, TEXT_PX, Theme, font
from ui.translate import format_day

HEADER_HEIGHT = 44


def day_colour(day: date, holidays: Collection[date], theme: Theme) -> str:
    """Return the colour people expect of a day: Saturday blue, Sunday and holiday red."""
    if day in holidays or day.weekday() == 6:
        return theme.bad
    return theme.accent if day.weekday() == 5 else theme.text


def hour_label(minute: int) -> str:
    """Return an hour as planners write it: ``9`` … ``25``, half hours as ``9:30``."""
    hour, rest = divmod(minute, 60)
    return f"{hour}:{rest:02d}" if rest else str(hour)


class DayHeader(QWidget):
    """Paints days and hours over columns that begin at ``left``; captions stand before them.

    ``captions`` are (text, right edge or left edge, alignment) of the frozen columns.
    """

    def __init__(self, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language, self._theme = language, LIGHT
        self._scale: TimeScale | None = None
        self._holidays: Collection[date] = ()
        self._left, self._columns = 0, 0
        self._shown: tuple[int, int] | None = None
        self._captions: tuple[tuple[str, QRect, Qt.AlignmentFlag], ...] = ()
        self.setFixedHeight(HEADER_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(font())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return Qt's size hint."""
        return QSize(600, HEADER_HEIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self._theme = theme
        self.update()

    def set_scale(self, scale: TimeScale, holidays: Collection[date]) -> None:
        """Show the days of ``scale``."""
        self._scale, self._holidays = scale, holidays
        self.update()

    def set_columns(
        self,
        left: int,
        width: int,
        captions: tuple[tuple[str, QRect, Qt.AlignmentFlag], ...] = (),
        shown: tuple[int, int] | None = None,
    ) -> None:
        """Place the columns: ``width`` pixels from ``left`` on, of which ``shown`` are seen."""
        self._left, self._columns, self._captions = left, width, captions
        self._shown = shown
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint captions, days and hours."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.panel))
        painter.setFont(font(CAPTION_PX))
        painter.setPen(QColor(self._theme.muted))
        for text, place, alignment in self._captions:
            painter.drawText(place, alignment | Qt.AlignmentFlag.AlignVCenter, text)
        if self._scale is not None:
            painter.setClipRect(self._seen())
            for day, shown in enumerate(self._scale.horizon.dates):
                self._paint_day(painter, self._scale, day, shown)
        painter.setClipping(False)
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(self._theme.line))
        painter.end()

    def _seen(self) -> QRect:
        """Return where days are painted."""
        first, last = self._shown if self._shown is not None else (0, self.width())
        return QRect(first, 0, max(last - first, 0), self.height())

    def _paint_day(self, painter: QPainter, scale: TimeScale, day: int, shown: date) -> None:
        left = scale.pixel(day, scale.open_from, self._left, self._columns)
        right = self._left + round((day + 1) * self._columns / scale.horizon.days)
        width = right - left
        if day_colour(shown, self._holidays, self._theme) != self._theme.text:
            painter.fillRect(left, 0, width, self.height(), QColor(self._theme.background))
        painter.fillRect(left, 0, 1, self.height(), QColor(self._theme.line))
        painter.setFont(font(TEXT_PX, bold=True))
        painter.setPen(QColor(day_colour(shown, self._holidays, self._theme)))
        text = format_day(shown, self._language)
        seen = QRect(left, 4, width, 20).intersected(self._seen())
        painter.drawText(seen, Qt.AlignmentFlag.AlignCenter, text)
        painter.setFont(font(CAPTION_PX - 1))
        painter.setPen(QColor(self._theme.muted))
        # one step for all days, though columns differ by a pixel
        for minute in scale.ticks(self._columns // scale.horizon.days, 30):
            centre = left + round((minute - scale.open_from) / scale.minutes * width)
            place = QRect(centre - 20, 24, 40, 16)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, hour_label(minute))
