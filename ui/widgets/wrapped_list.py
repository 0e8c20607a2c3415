"""A list whose entries break into as many lines as they need; Enter does what a click does."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem

from ui.theme import LIGHT, Theme

MANY, AT_ONCE = 300, 100
"""A list of more entries than these is laid out in steps of so many, for each needs measuring."""
VALUE = Qt.ItemDataRole.UserRole
"""The role under which an entry keeps what it shows."""
WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
"""How a text that may take several lines is drawn."""
Index = QModelIndex | QPersistentModelIndex


class WrappedList(QListWidget):
    """A subclass fills it, sets what paints its entries and answers to their being clicked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.theme: Theme = LIGHT
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QListWidget { border: none; border-radius: 0; }")
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setBatchSize(AT_ONCE)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self.theme = theme
        self.viewport().update()

    def add(self, value: Any, spoken: str) -> QListWidgetItem:
        """Add an entry that shows a value; ``spoken`` is what screen readers say."""
        item = QListWidgetItem(spoken)
        item.setData(VALUE, value)
        self.addItem(item)
        if self.count() == MANY:
            self.setLayoutMode(QListWidget.LayoutMode.Batched)
        return item

    def clear(self) -> None:
        """Take every entry away."""
        super().clear()
        self.setLayoutMode(QListWidget.LayoutMode.SinglePass)

    def lines(self) -> list[str]:
        """Return every entry as screen readers hear it."""
        return [self.item(row).text() for row in range(self.count())]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter is a click on the current entry."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self.itemClicked.emit(item)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Break the texts anew at the new width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


def wrapped_height(text: str, made: QFont, width: int) -> int:
    """Return the pixels that a text needs in height when it is that wide at most."""
    return _height(text, made.toString(), width)


@lru_cache(maxsize=20_000)
def _height(text: str, described: str, width: int) -> int:
    made = QFont()
    made.fromString(described)
    return QFontMetrics(made).boundingRect(QRect(0, 0, width, 10_000), WRAPPED, text).height()
