"""A list of lines under the names of people: broken rules, or what changed; a line leads there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ui.theme import CAPTION_PX, TEXT_PX, font
from ui.widgets.wrapped_list import VALUE, WRAPPED, Index, WrappedList, wrapped_height

_HEAD_HEIGHT, _LINE_PADDING, _SIGN_WIDTH, _INSET = 30, 5, 22, 6


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


class GroupedList(WrappedList):
    """Shows groups; a click or Enter on a line (or on a name) says where it leads."""

    chosen = Signal(str, object)
    """Key of the person, and the day or ``None``."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setItemDelegate(_Lines(self))
        self.itemClicked.connect(self._follow)

    def set_groups(self, groups: Sequence[Group]) -> None:
        """Show these groups; the place in the list stays where it still exists."""
        row, scrolled = self.currentRow(), self.verticalScrollBar().value()
        self.clear()
        for group in groups:
            self.add(group, f"{group.name}  {group.detail}".strip())
            for entry in group.entries:
                self.add(entry, f"{entry.sign} {entry.text}")
        if 0 <= row < self.count():
            self.setCurrentRow(row)
        self.verticalScrollBar().setValue(scrolled)

    def _follow(self, item: QListWidgetItem) -> None:
        """Tell whom a line or a name is about, and the day."""
        value = item.data(VALUE)
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
        self, _option: QStyleOptionViewItem, index: Index
    ) -> QSize:
        """Ask for as many lines as the text needs."""
        value = index.data(VALUE)
        width = self._list.viewport().width()
        if not isinstance(value, Entry):
            return QSize(width, _HEAD_HEIGHT)
        room = max(width - _SIGN_WIDTH - 2 * _INSET, 40)
        text = wrapped_height(value.text, font(TEXT_PX), room)
        return QSize(width, text + 2 * _LINE_PADDING)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> None:
        """Paint one line."""
        theme, value = self._list.theme, index.data(VALUE)
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
            painter.drawText(room, WRAPPED, value.text)
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
