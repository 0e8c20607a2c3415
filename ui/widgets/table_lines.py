"""What a table and its sticky columns have in common: looks, and the line under the mouse."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QTableView,
    QWidget,
)

from ui.theme import LIGHT, Theme, font
from ui.widgets.table_cells import Cells, ColumnHeads
from ui.widgets.table_model import TableModel

ROW_HEIGHT = 30


class Lines(QTableView):
    """What the table and its sticky columns have in common: looks and the line under the mouse."""

    hovered = Signal(int)
    editor_closed = Signal()

    def __init__(self, model: TableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows_model, self.theme = model, LIGHT
        self.hint = ""
        """What stands in place of the rows while there are none."""
        self.heads = ColumnHeads(model, self)
        self.setHorizontalHeader(self.heads)
        self.setModel(model)
        self.cells = Cells(model, self)
        self.setItemDelegate(self.cells)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setCornerButtonEnabled(False)
        self.setCornerWidget(QWidget())  # else the style draws a box between the scroll bars
        lines = self.verticalHeader()
        lines.hide()
        lines.setMinimumSectionSize(ROW_HEIGHT)
        lines.setDefaultSectionSize(ROW_HEIGHT)
        lines.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the rows out to the edge, or the hint where there are none."""
        super().paintEvent(event)
        if self.rows_model.shown:
            self._paint_rest()
        elif self.hint:
            painter = QPainter(self.viewport())
            painter.setFont(font())
            painter.setPen(QColor(self.theme.muted))
            room = self.viewport().rect().adjusted(16, 0, -16, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self.hint)
            painter.end()

    def rest(self) -> QRect:
        """Return the place between the last column and the edge."""
        left = self.heads.length() - self.heads.offset()
        return QRect(left, 0, max(self.viewport().width() - left, 0), self.viewport().height())

    def _paint_rest(self) -> None:
        """Carry each line on where the columns end before the edge."""
        rest, first = self.rest(), self.rowAt(0)
        if not rest.width() or first < 0:
            return
        painter = QPainter(self.viewport())
        last = min(first + self.viewport().height() // ROW_HEIGHT + 2, len(self.rows_model.shown))
        for line in range(first, last):
            top = self.rowViewportPosition(line)
            chosen = self.selectionModel().isRowSelected(line, QModelIndex())
            self.cells.paint_ground(
                painter, QRect(rest.x(), top, rest.width(), ROW_HEIGHT), line, chosen=chosen
            )
        painter.end()

    def hover(self, line: int) -> None:
        """Show which line is under the mouse, −1 for none."""
        before, self.cells.hovered = self.cells.hovered, line
        for changed in {before, line}:
            if changed >= 0:
                top = self.rowViewportPosition(changed)
                self.viewport().update(0, top, self.viewport().width(), ROW_HEIGHT)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell which line is under the mouse."""
        super().mouseMoveEvent(event)
        self.hovered.emit(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that no line is under the mouse any more."""
        super().leaveEvent(event)
        self.hovered.emit(-1)

    def closeEditor(self, editor: QWidget, hint: Any) -> None:  # noqa: N802 - Qt's name
        """Tell that a cell is no longer being edited."""
        super().closeEditor(editor, hint)
        self.editor_closed.emit()

    @property
    def edits_cell(self) -> bool:
        """Whether a cell is being edited here."""
        return self.state() == QAbstractItemView.State.EditingState

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self.theme = theme
        self.cells.set_theme(theme)
        self.heads.set_theme(theme)
        # the panel's own colour, so that the view shows no edge of another ground
        colours = self.palette()
        colours.setColor(colours.ColorRole.Base, QColor(theme.panel))
        self.setPalette(colours)
        self.viewport().update()


class StickyLines(Lines):
    """The columns that stay in place: a second look at the same rows, laid over the first."""

    def __init__(self, model: TableModel, table: QTableView) -> None:
        super().__init__(model, table)
        self._table = table
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(table)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def closeEditor(self, editor: QWidget, hint: Any) -> None:  # noqa: N802 - Qt's name
        """Give the keyboard back to the table: these columns cannot have it themselves."""
        keyboard = editor.isAncestorOf(QApplication.focusWidget() or self) or editor.hasFocus()
        super().closeEditor(editor, hint)
        if keyboard:
            self._table.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the cells and the edge towards the columns that scroll."""
        super().paintEvent(event)
        if self._table.horizontalScrollBar().value() > 0:
            painter = QPainter(self.viewport())
            painter.fillRect(
                QRect(self.viewport().width() - 1, 0, 1, self.viewport().height()),
                QColor(self.theme.line),
            )
            painter.end()
