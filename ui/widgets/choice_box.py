"""A combo box with a plain arrow in the theme's colour."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QComboBox, QStyleOptionComboBox, QToolTip

from ui.theme import LIGHT, Theme

_ARROW_ROOM = 34
"""Pixels beside the text: padding, arrow and border."""


class ChoiceBox(QComboBox):
    """Paints its own arrow: style sheets can only take one from a picture file."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for room for the longest text; Qt does not know of the arrow's own room."""
        metrics = self.fontMetrics()
        texts = (self.itemText(place) for place in range(self.count()))
        longest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        hint = super().sizeHint()
        return hint.expandedTo(QSize(longest + _ARROW_ROOM + 1, hint.height()))

    def event(self, event: QEvent) -> bool:
        """Tell the whole text as a tip where it is cut."""
        if isinstance(event, QHelpEvent) and not self.toolTip() and self._is_cut():
            QToolTip.showText(event.globalPos(), self.currentText(), self)
            return True
        return super().event(event)

    def _is_cut(self) -> bool:
        room = self.width() - _ARROW_ROOM
        return self.fontMetrics().horizontalAdvance(self.currentText()) > room

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:  # noqa: N802 - Qt's name
        """Shorten the text shown while the list is closed to the room there is."""
        super().initStyleOption(option)
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, self.width() - _ARROW_ROOM
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the box, then the arrow."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.muted), 1.5))
        x, y = self.width() - 16.0, self.height() / 2
        painter.drawPolyline(
            QPolygonF([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)])
        )
        painter.end()
