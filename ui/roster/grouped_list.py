"""A list of lines under the names of people: broken rules, or what changed; a line leads there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ui.theme import CAPTION_PX, LIGHT, TEXT_PX, Theme, font

_ENTRY = Qt.ItemDataRole.UserRole
_HEAD_HEIGHT, _LINE_PADDING, _SIGN_WIDTH, _INSET = 30, 5, 22, 6
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: a sign in a colour token, its text, and the person and day it is about."""

    text: str
    sign: str
    tone: str
    agent: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one person, under their name; ``detail`` stands at the right of it."""

    agent: str
    name: str
    detail: str
    entries: tuple[Entry, ...]


class GroupedList(QListWidget):
    """Shows groups; a click or Enter on a line (or on a name) says where it leads."""

    chosen = Signal(str, object)
    """Key of the person, and the day or ``None``."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._theme = LIGHT
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QListWidget { border: none; border-radius: 0; }")
        self.setAccessibleName(name)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setItemDelegate(_Lines(self))
        self.itemClicked.connect(self._choose)

    @property
    def theme(self) -> Theme:
        """The theme painted with."""
        return self._theme

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self._theme = theme
        self.viewport().update()

    def set_groups(self, groups: Sequence[Group]) -> None:
        """Show these groups; the place in the list stays where it still exists."""
        row, scrolled = self.currentRow(), self.verticalScrollBar().value()
        self.clear()
        for group in groups:
            self._add(group, f"{group.name}  {group.detail}".strip())
            for entry in group.entries:
                self._add(entry, f"{entry.sign} {entry.text}")
        if 0 <= row < self.count():
            self.setCurrentRow(row)
        self.verticalScrollBar().setValue(scrolled)

    def lines(self) -> list[str]:
        """Return every line as screen readers hear it."""
        return [self.item(row).text() for row in range(self.count())]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes where the line leads."""
        item = self.currentItem()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and item is not None:
            self._choose(item)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Break the lines anew at the new width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _add(self, value: Group | Entry, spoken: str) -> None:
        item = QListWidgetItem(spoken)
        item.setData(_ENTRY, value)
        self.addItem(item)

    def _choose(self, item: QListWidgetItem) -> None:
        value = item.data(_ENTRY)
        if isinstance(value, Entry):
            self.chosen.emit(value.agent, value.day)
        elif isinstance(value, Group):
            day = next((entry.day for entry in value.entries), None)
            self.chosen.emit(value.agent, day)


class _Lines(QStyledItemDelegate):
    """Paints names with what stands beside them, and the lines with their signs."""

    def __init__(self, shown: GroupedList) -> None:
        super().__init__(shown)
        self._list = shown

    def sizeHint(  # noqa: N802 - Qt's name
        self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Ask for as many lines as the text needs."""
        value = index.data(_ENTRY)
        width = self._list.viewport().width()
        if not isinstance(value, Entry):
            return QSize(width, _HEAD_HEIGHT)
        room = QRect(0, 0, max(width - _SIGN_WIDTH - 2 * _INSET, 40), 10_000)
        text = QFontMetrics(font(TEXT_PX)).boundingRect(room, _WRAP, value.text)
        return QSize(width, text.height() + 2 * _LINE_PADDING)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one line."""
        theme, value = self._list.theme, index.data(_ENTRY)
        place: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        self._paint_ground(painter, place, state)
        if isinstance(value, Group):
            self._paint_head(painter, place, value)
        elif isinstance(value, Entry):
            painter.setFont(font(TEXT_PX, bold=True))
            painter.setPen(QColor(str(getattr(theme, value.tone))))
            sign = QRect(place.left() + _INSET, place.top() + _LINE_PADDING, _SIGN_WIDTH - 4, 20)
            painter.drawText(sign, Qt.AlignmentFlag.AlignLeft, value.sign)
            painter.setFont(font(TEXT_PX))
            painter.setPen(QColor(theme.text))
            room = place.adjusted(_SIGN_WIDTH + _INSET, _LINE_PADDING, -_INSET, 0)
            painter.drawText(room, _WRAP, value.text)
        painter.restore()

    def _paint_ground(self, painter: QPainter, place: QRect, state: QStyle.StateFlag) -> None:
        theme = self._list.theme
        ground = theme.panel
        if state & QStyle.StateFlag.State_Selected:
            ground = theme.accent_background
        elif state & QStyle.StateFlag.State_MouseOver:
            ground = theme.faint_line
        painter.fillRect(place, QColor(ground))
        if state & QStyle.StateFlag.State_HasFocus and self._list.hasFocus():
            painter.setPen(QColor(theme.accent))
            painter.drawRect(place.adjusted(0, 0, -1, -1))

    def _paint_head(self, painter: QPainter, place: QRect, group: Group) -> None:
        theme = self._list.theme
        inside = place.adjusted(_INSET, 0, -_INSET, 0)
        painter.setFont(font(CAPTION_PX))
        detail = QFontMetrics(font(CAPTION_PX)).horizontalAdvance(group.detail) + 8
        painter.setPen(QColor(theme.muted))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inside, middle | Qt.AlignmentFlag.AlignRight, group.detail)
        painter.setFont(font(TEXT_PX, bold=True))
        painter.setPen(QColor(theme.text))
        name = QFontMetrics(font(TEXT_PX, bold=True)).elidedText(
            group.name, Qt.TextElideMode.ElideRight, inside.width() - detail
        )
        painter.drawText(inside, middle | Qt.AlignmentFlag.AlignLeft, name)
