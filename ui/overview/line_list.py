"""A list of two-line entries, some of which lead somewhere: gaps, changes, log entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ui.theme import CAPTION_PX, TEXT_PX, Theme, font
from ui.widgets.wrapped_list import VALUE, WRAPPED, Index, WrappedList, wrapped_height

_INSET, _PADDING, _CHEVRON = 16, 7, 18


@dataclass(frozen=True, slots=True)
class Line:
    """One entry: its text, what stands at the right in a tone, and a caption below.

    ``heading`` entries only name what follows.
    """

    text: str
    side: str = ""
    caption: str = ""
    tone: str = ""
    heading: bool = False
    leads: bool = False


class _Lines(QStyledItemDelegate):
    """Paints the entries of a :class:`LineList`."""

    def __init__(self, owner: LineList) -> None:
        super().__init__(owner)
        self._owner = owner

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Give an entry the height of its wrapped text."""
        line: Line = index.data(VALUE)
        width = self._owner.viewport().width()
        if line.heading:
            return QSize(width, 30)
        room = self._room(line, QRect(0, 0, width, 10_000))
        text = wrapped_height(line.text, font(TEXT_PX), room.width())
        below = 0
        if line.caption:
            below = wrapped_height(line.caption, font(CAPTION_PX), width - 2 * _INSET) + 2
        return QSize(width, text + below + 2 * _PADDING + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one entry."""
        line: Line = index.data(VALUE)
        theme, place = self._owner.theme, option.rect
        painter.save()
        over = bool(option.state & QStyle.StateFlag.State_MouseOver) and line.leads
        chosen = bool(option.state & QStyle.StateFlag.State_Selected) and self._owner.hasFocus()
        ground = theme.accent_background if chosen else theme.faint_line if over else theme.panel
        painter.fillRect(place, QColor(ground))
        if line.heading:
            painter.setFont(font(CAPTION_PX, bold=True))
            painter.setPen(QColor(theme.muted))
            painter.drawText(
                place.adjusted(_INSET, 6, -_INSET, 0), Qt.AlignmentFlag.AlignVCenter, line.text
            )
        else:
            self._paint_line(painter, line, place, theme)
        painter.restore()

    def _paint_line(self, painter: QPainter, line: Line, place: QRect, theme: Theme) -> None:
        room = self._room(line, place)
        painter.setFont(font(TEXT_PX))
        painter.setPen(QColor(theme.text))
        used = painter.boundingRect(room, WRAPPED, line.text)
        painter.drawText(room, WRAPPED, line.text)
        edge = _INSET + (_CHEVRON if line.leads else 0)
        if line.leads:
            painter.setPen(QColor(theme.muted))
            painter.drawText(
                place.adjusted(0, 0, -_INSET, 0),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                "›",
            )
        if line.side:
            painter.setFont(font(TEXT_PX, bold=True))
            painter.setPen(QColor(getattr(theme, line.tone) if line.tone else theme.text))
            painter.drawText(
                place.adjusted(_INSET, _PADDING, -edge, 0),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop,
                line.side,
            )
        if line.caption:
            painter.setFont(font(CAPTION_PX))
            painter.setPen(QColor(theme.muted))
            below = place.adjusted(_INSET, used.bottom() - place.top() + 3, -_INSET, 0)
            painter.drawText(below, WRAPPED, line.caption)
        painter.fillRect(
            place.left() + _INSET, place.bottom(), place.width() - 2 * _INSET, 1,
            QColor(theme.faint_line),
        )  # fmt: skip

    @staticmethod
    def _room(line: Line, place: QRect) -> QRect:
        side = QFontMetrics(font(TEXT_PX, bold=True)).horizontalAdvance(line.side)
        edge = _INSET + (side + 12 if side else 0) + (_CHEVRON if line.leads else 0)
        return place.adjusted(_INSET, _PADDING, -edge, 0)


class LineList(WrappedList):
    """Shows lines; ``chosen`` carries the place of one that leads somewhere."""

    chosen = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setItemDelegate(_Lines(self))
        self.itemClicked.connect(self._follow)

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; the place scrolled to stays."""
        scrolled = self.verticalScrollBar().value()
        self.clear()
        for line in lines:
            item = self.add(line, f"{line.text} {line.side} {line.caption}".strip())
            if line.heading:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.verticalScrollBar().setValue(scrolled)

    def _follow(self, item: QListWidgetItem) -> None:
        """Tell the place of a line that leads somewhere."""
        if item.data(VALUE).leads:
            self.chosen.emit(self.row(item))
