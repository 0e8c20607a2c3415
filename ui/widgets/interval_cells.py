"""How the cells and heads of an interval grid are painted, and how a number is typed into one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPolygon
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.models.interval_model import IntervalModel
from ui.theme import CAPTION_PX, LIGHT, TEXT_PX, Theme, font

Index = QModelIndex | QPersistentModelIndex
PADDING = 8
_STEPS = 8
"""Shades of a tint: few, so that a printed picture still tells them apart."""


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """What stands above a column: its title, a tone of the theme, a small word, and its tip."""

    title: str
    tone: str = "text"
    note: str = ""
    tip: str = ""
    rest_day: bool = False


def blended(under: str, over: str, share: float) -> QColor:
    """Return an opaque colour ``share`` of the way from one colour to another."""
    low, high = QColor(under), QColor(over)
    return QColor(
        *(
            round(one + (other - one) * share)
            for one, other in zip(low.getRgb()[:3], high.getRgb()[:3], strict=True)  # type: ignore[index]
        )
    )


class IntervalCells(QStyledItemDelegate):
    """Paints numbers with the theme's tokens; Enter, Ctrl+Enter and Tab end the typing."""

    moved = Signal(int, int)
    """Rows and columns to move on after a number was typed."""
    filled = Signal(str)
    """A text to enter into every selected cell."""

    def __init__(self, model: IntervalModel, view: QTableView, *, bold: bool = False) -> None:
        super().__init__(view)
        self._model, self._view, self._bold = model, view, bold
        self.rest_columns: frozenset[int] = frozenset()
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self._theme = theme
        self._font, self._strong = font(TEXT_PX, bold=self._bold), font(TEXT_PX, bold=True)
        self._colours = {
            name: QColor(getattr(theme, name))
            for name in (
                "text", "muted", "faint", "accent", "panel", "background", "selection", "line",
                "faint_line", "warn", "bad",
            )
        }  # fmt: skip
        self._shades = [
            blended(theme.panel, theme.over, step / _STEPS) for step in range(_STEPS + 1)
        ]

    # --- painting --------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint ground, lines, number and marks of one cell."""
        row, column = index.row(), index.column()
        content, colours, rect = self._model.content, self._colours, option.rect
        shut = not content.editable[row, column]
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, self._ground(row, column, shut=shut, selected=selected))
        painter.fillRect(rect.right(), rect.y(), 1, rect.height(), colours["line"])
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colours["faint_line"])
        own = content.own is not None and bool(content.own[row, column])
        painter.setFont(self._strong if own else self._font)
        painter.setPen(colours["faint" if shut else "accent" if own else "text"])
        inner = rect.adjusted(PADDING, 0, -PADDING, 0)
        painter.drawText(
            inner,
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            self._model.text(row, column),
        )
        if own:
            self._corner(painter, rect)
        if (row, column) in self._model.marked:
            painter.setPen(colours["warn"])
            painter.drawRect(rect.adjusted(0, 0, -2, -2))
        if index == self._view.currentIndex() and self._view.hasFocus():
            painter.setPen(colours["accent"])
            painter.drawRect(rect.adjusted(0, 0, -2, -2))
            painter.drawRect(rect.adjusted(1, 1, -3, -3))

    def _ground(self, row: int, column: int, *, shut: bool, selected: bool) -> QColor:
        if selected:
            return self._colours["selection"]
        if shut:
            return self._colours["faint_line"]
        tint = self._model.content.tint
        if tint is not None:
            return self._shades[round(float(tint[row, column]) * _STEPS)]
        return self._colours["background" if column in self.rest_columns else "panel"]

    def _corner(self, painter: QPainter, rect: QRect) -> None:
        """Mark a number of the user's own by a corner, beside its colour."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colours["accent"])
        left, top = rect.left(), rect.top()
        painter.drawPolygon(
            QPolygon([QPoint(left, top), QPoint(left + 6, top), QPoint(left, top + 6)])
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)

    # --- typing ----------------------------------------------------------------------------------

    def createEditor(  # noqa: N802 - Qt's name
        self, parent: QWidget, _option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        """Return the line in which a number is typed."""
        line = QLineEdit(parent)
        line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.setFrame(False)
        line.setFont(self._font)
        line.setAccessibleName(self._model.place_of((index.row(), index.column())))
        line.setStyleSheet(
            f"QLineEdit {{ border: 2px solid {self._theme.accent}; border-radius: 0;"
            f" padding: 0 {PADDING - 3}px; min-height: 0; }}"
        )
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 - Qt's name
        """Fill the line once: numbers that arrive later must not replace what is being typed."""
        if not editor.property("filled"):
            editor.setProperty("filled", True)
            super().setEditorData(editor, index)

    def updateEditorGeometry(  # noqa: N802 - Qt's name
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        """Let the line fill the cell."""
        editor.setGeometry(option.rect.adjusted(0, 0, -1, -1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """End the typing as a spreadsheet does: Enter goes down, Tab right, Shift backwards."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # while a number is typed, Ctrl+Enter fills the selection, whatever else it may mean
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                event.accept()
                return True
        elif event.type() == QEvent.Type.KeyPress and isinstance(watched, QLineEdit):
            assert isinstance(event, QKeyEvent)
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            step = -1 if back else 1
            match event.key():
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                        text = watched.text()
                        self.closeEditor.emit(watched, self.EndEditHint.NoHint)
                        self.filled.emit(text)
                    else:
                        self._finish(watched, step, 0)
                    return True
                case Qt.Key.Key_Tab | Qt.Key.Key_Backtab:
                    backwards = event.key() == Qt.Key.Key_Backtab
                    self._finish(watched, 0, -1 if backwards else step)
                    return True
                case Qt.Key.Key_Down | Qt.Key.Key_Up:
                    self._finish(watched, 1 if event.key() == Qt.Key.Key_Down else -1, 0)
                    return True
                case _:
                    pass
        return super().eventFilter(watched, event)

    def _finish(self, line: QLineEdit, rows: int, columns: int) -> None:
        self.commitData.emit(line)
        self.closeEditor.emit(line, self.EndEditHint.NoHint)
        self.moved.emit(rows, columns)


class GridHead(QHeaderView):
    """Paints titles of days (in the colours people expect) or of intervals."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self._heads: Sequence[ColumnHead] = ()
        self._theme = LIGHT
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self._theme = theme
        self.viewport().update()

    def show_heads(self, heads: Sequence[ColumnHead]) -> None:
        """Show these titles."""
        self._heads = heads
        self.viewport().update()

    def tip_at(self, position: int) -> str:
        """Return the tip of the section at a pixel."""
        section = self.logicalIndexAt(position)
        return self._heads[section].tip if 0 <= section < len(self._heads) else ""

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802
        """Paint one title, its note, and the lines around it."""
        theme = self._theme
        if not 0 <= section < len(self._heads):
            painter.fillRect(rect, QColor(theme.panel))
            return
        head = self._heads[section]
        across = self.orientation() == Qt.Orientation.Horizontal
        painter.save()
        painter.fillRect(rect, QColor(theme.background if head.rest_day else theme.panel))
        painter.setPen(QColor(getattr(theme, head.tone)))
        if across:
            painter.setFont(font(TEXT_PX, bold=True))
            place = rect.adjusted(4, 0, -4, -14 if head.note else 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, head.title)
            if head.note:
                painter.setFont(font(CAPTION_PX))
                note = painter.fontMetrics().elidedText(
                    head.note, Qt.TextElideMode.ElideRight, rect.width() - 8
                )
                painter.drawText(
                    rect.adjusted(4, rect.height() - 17, -4, -2), Qt.AlignmentFlag.AlignCenter, note
                )
            painter.fillRect(rect.right(), rect.y(), 1, rect.height(), QColor(theme.line))
        else:
            painter.setFont(font(CAPTION_PX))
            painter.drawText(
                rect.adjusted(0, 0, -8, 0),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                head.title,
            )
            painter.fillRect(rect.right(), rect.y(), 1, rect.height(), QColor(theme.line))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, QColor(theme.faint_line))
        painter.restore()
