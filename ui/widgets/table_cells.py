"""How a table's cells and column heads are painted, and how a cell is edited in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPolygonF, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.theme import CAPTION_PX, LIGHT, Theme, font
from ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from ui.widgets.table_model import Column, TableModel

Index = QModelIndex | QPersistentModelIndex
PADDING = 10
HEAD_HEIGHT = 32
_CHIP_HEIGHT, _CHIP_PADDING, _CHIP_GAP = 20, 7, 4


class ChoiceEditor(ChoiceBox):
    """Edits a cell by choice: opens its list at once, and a choice ends the editing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__()
        self.setParent(parent)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Open the list as soon as the box stands in its cell."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self.showPopup)


class Cells(QStyledItemDelegate):
    """Paints the cells of a table with the theme's tokens and makes their editors."""

    def __init__(self, model: TableModel, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._model, self._view = model, view
        self.hovered = -1
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self._theme = theme
        self._font, self._bold, self._small = font(), font(bold=True), font(CAPTION_PX)
        self._colours = {
            name: QColor(getattr(theme, name))
            for name in (
                "text", "muted", "faint", "ok", "warn", "bad", "accent", "panel", "background",
                "selection", "faint_line", "accent_background",
            )
        }  # fmt: skip

    # --- painting --------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell: ground, line, text or chips, and the ring of the current cell."""
        rect = option.rect
        column, row = self._model.columns[index.column()], self._model.shown[index.row()]
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        colours = self._colours
        self.paint_ground(painter, rect, index.row(), chosen=selected)
        inner = rect.adjusted(PADDING, 0, -PADDING, -1)
        if column.chips is not None:
            self._paint_chips(painter, inner, column.chips(row), selected=selected)
        else:
            painter.setFont(self._bold if column.bold else self._font)
            tone = column.tone(row) if column.tone is not None else ""
            painter.setPen(colours[tone or "text"])
            metrics = painter.fontMetrics()
            text = metrics.elidedText(
                column.text(row), Qt.TextElideMode.ElideRight, max(inner.width(), 0)
            )
            painter.drawText(inner, column.alignment, text)
        if index.row() == self._view.currentIndex().row() and self._is_current(index):
            painter.setPen(QPen(colours["accent"], 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -2, -3))

    def paint_ground(self, painter: QPainter, rect: QRect, line: int, *, chosen: bool) -> None:
        """Paint the ground of a line and the thin line below it."""
        ground = "selection" if chosen else "background" if line == self.hovered else "panel"
        painter.fillRect(rect, self._colours[ground])
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, self._colours["faint_line"])

    def _is_current(self, index: Index) -> bool:
        view = self._view
        return index.column() == view.currentIndex().column() and view.hasFocus()

    def _paint_chips(self, painter: QPainter, inner: QRect, words: Any, *, selected: bool) -> None:
        painter.setFont(self._small)
        metrics = painter.fontMetrics()
        left, top = inner.x(), inner.y() + (inner.height() - _CHIP_HEIGHT) // 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, word in enumerate(words):
            width = metrics.horizontalAdvance(word) + 2 * _CHIP_PADDING
            rest = len(words) - place
            reserve = 34 if rest > 1 else 0
            if left + width + reserve > inner.right() + 1:
                painter.setPen(self._colours["muted"])
                painter.drawText(
                    QRect(left, inner.y(), inner.right() - left, inner.height()),
                    Qt.AlignmentFlag.AlignVCenter, f"+{rest}",
                )  # fmt: skip
                break
            box = QRect(left, top, width, _CHIP_HEIGHT)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._colours["panel" if selected else "accent_background"])
            painter.drawRoundedRect(box, _CHIP_HEIGHT / 2, _CHIP_HEIGHT / 2)
            painter.setPen(self._colours["text"])
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
            left += width + _CHIP_GAP
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    # --- editing ---------------------------------------------------------------------------------

    def createEditor(  # noqa: N802 - Qt's name
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,  # noqa: ARG002
        index: Index,
    ) -> QWidget:
        """Return a field for the cell: a choice, or a line of text."""
        column = self._model.columns[index.column()]
        if column.choices is not None:
            return self._choice(parent, column)
        field = QLineEdit(parent)
        field.setFont(self._font)
        field.setAccessibleName(column.title)
        field.setStyleSheet(self._field_style("QLineEdit"))
        return field

    def _choice(self, parent: QWidget, column: Column) -> QWidget:
        box = ChoiceEditor(parent)
        box.set_theme(self._theme)
        box.setAccessibleName(column.title)
        box.setStyleSheet(self._field_style("QComboBox"))
        for value, text in column.choices() if column.choices is not None else ():
            box.addItem(text, value)
        box.activated.connect(lambda _place: self._end(box))
        return box

    def _field_style(self, name: str) -> str:
        theme = self._theme
        return (
            f"{name} {{ background: {theme.panel}; color: {theme.text}; padding: 0 6px; "
            f"border: 2px solid {theme.accent}; border-radius: 0; min-height: 0; margin: 0; }}"
        )

    def _end(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 - Qt's name
        """Fill the field with what the cell holds."""
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, ChoiceBox):
            editor.setCurrentIndex(editor.findData(value))
        elif isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText("" if value is None else str(value))

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:  # noqa: N802
        """Hand what was chosen or typed to the model."""
        if isinstance(editor, ChoiceBox):
            if editor.currentIndex() >= 0:
                model.setData(index, editor.currentData())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text().strip())

    def updateEditorGeometry(  # noqa: N802 - Qt's name
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,
        index: Index,  # noqa: ARG002
    ) -> None:
        """Let the field fill its cell."""
        editor.setGeometry(option.rect)


class ColumnHeads(QHeaderView):
    """The heads of a table's columns; the one that rows are sorted by carries an arrow."""

    def __init__(self, model: TableModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._table_model = model
        self._theme = LIGHT
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setFixedHeight(HEAD_HEIGHT)
        self.setMinimumSectionSize(36)

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self._theme = theme
        colours = self.palette()
        for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Button, QPalette.ColorRole.Base):
            colours.setColor(role, QColor(theme.panel))
        self.setPalette(colours)
        self.setStyleSheet(
            f"QHeaderView {{ background: {theme.panel}; border: none;"
            f" border-bottom: 1px solid {theme.line}; }}"
        )
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, place: int) -> None:  # noqa: N802
        """Paint a head: its title, and an arrow where rows are sorted by it."""
        theme, model = self._theme, self._table_model
        column = model.columns[place]
        by = model.sorted_by == column.key
        painter.save()
        painter.fillRect(rect, QColor(theme.panel))
        painter.setFont(font(CAPTION_PX, bold=by))
        painter.setPen(QColor(theme.text if by else theme.muted))
        room = rect.adjusted(PADDING, 0, -PADDING - (12 if by else 0), 0)
        metrics = painter.fontMetrics()
        title = metrics.elidedText(column.title, Qt.TextElideMode.ElideRight, max(room.width(), 0))
        painter.drawText(room, column.alignment, title)
        if by:
            x, y = rect.right() - PADDING - 2.0, rect.center().y() + 0.5
            turn = 1 if model.descending else -1
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.muted), 1.5))
            painter.drawPolyline(
                QPolygonF([QPointF(x - 4, y - 2 * turn), QPointF(x, y + 2 * turn),
                           QPointF(x + 4, y - 2 * turn)])
            )  # fmt: skip
        painter.restore()
