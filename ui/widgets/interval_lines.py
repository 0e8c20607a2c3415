"""The table view of an interval grid: keys, clipboard and menu as in a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QToolTip

from ui.models.interval_model import IntervalModel
from ui.models.placing import Area, Cell
from ui.theme import Theme
from ui.translate import Render
from ui.widgets.interval_cells import GridHead, IntervalCells
from wfm.messages import message

ROW_HEIGHT = 24
HEAD_WIDTH = 56

_ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
_SELECT = QItemSelectionModel.SelectionFlag


class IntervalLines(QTableView):
    """Shows an :class:`IntervalModel`, intervals or the row of their ``totals``."""

    chosen = Signal()
    """The selection or the current cell became another one; at most once per turn."""
    left = Signal(int)
    """The user went up (−1) from the first row or down (1) from the last one."""

    def __init__(self, model: IntervalModel, render: Render, *, totals: bool = False) -> None:
        super().__init__()
        self.grid, self._render, self._forgets = model, render, totals
        self.setModel(model)
        self.cells = IntervalCells(model, self, bold=totals)
        self.setItemDelegate(self.cells)
        self.days = GridHead(Qt.Orientation.Horizontal, self)
        self.times = GridHead(Qt.Orientation.Vertical, self)
        self.setHorizontalHeader(self.days)
        self.setVerticalHeader(self.times)
        self.days.setSectionResizeMode(GridHead.ResizeMode.Fixed)
        self.times.setSectionResizeMode(GridHead.ResizeMode.Fixed)
        self.times.setDefaultSectionSize(ROW_HEIGHT)
        self.times.setMinimumSectionSize(1)
        self.times.setFixedWidth(HEAD_WIDTH)
        self.days.setMinimumSectionSize(1)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self._extra_menu: Callable[[QMenu], None] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.chosen)
        self._listen()
        self.cells.moved.connect(self.move_on)
        self.cells.filled.connect(lambda text: self.grid.type_into(self.selected_cells(), text))

    def _listen(self) -> None:
        self.selectionModel().selectionChanged.connect(lambda *_: self._soon.start())
        self.selectionModel().currentChanged.connect(lambda *_: self._soon.start())

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self.cells.set_theme(theme)
        self.days.set_theme(theme)
        self.times.set_theme(theme)
        self.viewport().update()

    def set_menu(self, extra: Callable[[QMenu], None]) -> None:
        """Let ``extra`` add its entries to the context menu."""
        self._extra_menu = extra

    # --- selection -------------------------------------------------------------------------------

    def areas(self) -> list[Area]:
        """Return the selected rectangles; the current cell where nothing is selected."""
        ranges = self.selectionModel().selection()
        parts = [ranges.at(place) for place in range(ranges.count())]
        found = [Area(part.top(), part.left(), part.bottom(), part.right()) for part in parts]
        current = self.currentIndex()
        if not found and current.isValid():
            found = [Area(current.row(), current.column(), current.row(), current.column())]
        return found

    def selected_cells(self) -> list[Cell]:
        """Return the selected cells, each once."""
        return list(dict.fromkeys(cell for area in self.areas() for cell in area.cells()))

    def select_area(self, area: Area, *, scroll: bool = True) -> None:
        """Select one rectangle and make its first cell the current one."""
        model = self.grid
        first = model.index(area.top, area.left)
        last = model.index(area.bottom, area.right)
        self.selectionModel().setCurrentIndex(first, _SELECT.NoUpdate)
        self.selectionModel().select(QItemSelection(first, last), _SELECT.ClearAndSelect)
        if scroll:
            self.scrollTo(first)

    def go_to(self, row: int, column: int) -> None:
        """Make one cell the current and only selected one, whichever keys are held down."""
        index = self.grid.index(row, column)
        self.selectionModel().setCurrentIndex(index, _SELECT.ClearAndSelect)
        self.scrollTo(index)

    def move_on(self, rows: int, columns: int) -> None:
        """Go on from the current cell, within the grid."""
        current = self.currentIndex()
        row, column = current.row() + rows, current.column() + columns
        height, width = self.grid.shape
        if columns and not 0 <= column < width:
            row, column = row + columns, 0 if columns > 0 else width - 1
        if not 0 <= row < height:
            if rows:
                self.left.emit(rows)
            return
        self.go_to(row, column)

    # --- keys ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Copy, cut, paste, delete, move; everything else Qt knows."""
        if not (self._clipboard_key(event) or self._moving_key(event) or self._closed_key(event)):
            super().keyPressEvent(event)

    def _clipboard_key(self, event: QKeyEvent) -> bool:
        standard = QKeySequence.StandardKey
        for key, act in (
            (standard.Copy, self.copy),
            (standard.Cut, self.cut),
            (standard.Paste, self.paste),
        ):
            if event.matches(key):
                act()
                return True
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not event.modifiers():
            self._delete()
            return True
        return False

    def _moving_key(self, event: QKeyEvent) -> bool:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.move_on(-1 if shift else 1, 0)
            return True
        if key == Qt.Key.Key_Escape and self.grid.marked:
            self.grid.mark(())
            return True
        if key not in _ARROWS:
            return False
        rows, columns = _ARROWS[key]
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self._jump(rows, columns, extend=shift)
            return True
        at_edge = self.currentIndex().row() == (0 if rows < 0 else self.grid.shape[0] - 1)
        if rows and at_edge and not shift:
            self.left.emit(rows)
            return True
        return False

    def _jump(self, rows: int, columns: int, *, extend: bool) -> None:
        """Go to the grid's edge; with ``extend`` the selection reaches there."""
        current = self.currentIndex()
        height, width = self.grid.shape
        row = current.row() if not rows else (0 if rows < 0 else height - 1)
        column = current.column() if not columns else (0 if columns < 0 else width - 1)
        if not extend:
            self.go_to(row, column)
            return
        areas = self.areas() or [Area(current.row(), current.column(), row, column)]
        last = areas[-1]
        area = Area(
            min(last.top, row), min(last.left, column), max(last.bottom, row),
            max(last.right, column),
        )  # fmt: skip
        self.select_area(area, scroll=False)
        self.scrollTo(self.grid.index(row, column))

    def _closed_key(self, event: QKeyEvent) -> bool:
        """Say why nothing can be typed into a closed interval, instead of doing nothing."""
        index = self.currentIndex()
        typed = event.text().strip() and event.text().isprintable()
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if not (typed or event.key() == Qt.Key.Key_F2) or not plain or not index.isValid():
            return False
        if self.grid.content.read_only or index.flags() & Qt.ItemFlag.ItemIsEditable:
            return False
        cell = (index.row(), index.column())
        self.grid.mark([cell])
        self.grid.tell_closed([cell])
        return True

    # --- clipboard -------------------------------------------------------------------------------

    def copy(self, *, titles: bool = False) -> None:
        """Copy the selection's bounding rectangle as tab-separated text."""
        areas = self.areas()
        if not areas:
            return
        whole = Area(
            min(area.top for area in areas), min(area.left for area in areas),
            max(area.bottom for area in areas), max(area.right for area in areas),
        )  # fmt: skip
        QGuiApplication.clipboard().setText(self.grid.as_tsv(whole, titles=titles))

    def cut(self) -> None:
        """Copy, then delete."""
        self.copy()
        self._delete()

    def paste(self) -> None:
        """Enter the block on the clipboard and select the cells it took."""
        area = self.grid.paste(QGuiApplication.clipboard().text(), self.areas())
        if area is not None and (area.rows > 1 or area.columns > 1):
            self.select_area(area, scroll=False)

    def _delete(self) -> None:
        self.grid.clear(self.selected_cells())

    # --- menu, tips, focus -----------------------------------------------------------------------

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Offer what the keys do."""
        menu = self.make_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def make_menu(self) -> QMenu:
        """Return the context menu of the selection."""
        menu = QMenu(self)
        standard, enter = QKeySequence.StandardKey, not self.grid.content.read_only
        for words, keys, act, shown in (
            (message("Copy", context="cells"), standard.Copy, self.copy, True),
            (
                message("Copy with days and times"), None,
                lambda: self.copy(titles=True), True,
            ),
            (message("Cut", context="cells"), standard.Cut, self.cut, enter),
            (message("Paste", context="cells"), standard.Paste, self.paste, enter),
            (message("Delete the numbers"), standard.Delete, self._delete, enter),
        ):  # fmt: skip
            if shown:
                action = menu.addAction(self._render(words))
                action.triggered.connect(lambda _checked=False, act=act: act())
                if keys is not None:
                    action.setShortcut(QKeySequence(keys))
        if self._extra_menu is not None:
            menu.addSeparator()
            self._extra_menu(menu)
        return menu

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Tell what a number of one's own replaced."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            made = self.grid.data(index, int(Qt.ItemDataRole.ToolTipRole))
            if made:
                text = self._render(
                    message("Your own number; the method says {number}", number=made)
                )
                QToolTip.showText(event.globalPos(), text, self)
                return True
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Stand in the first cell when the keys come for the first time."""
        super().focusInEvent(event)
        by_mouse = event.reason() == Qt.FocusReason.MouseFocusReason
        if not by_mouse and not self.currentIndex().isValid() and all(self.grid.shape):
            self.go_to(0, 0)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Totals are selected only while the keys are with them; the intervals keep theirs."""
        super().focusOutEvent(event)
        passing = event.reason() in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        )
        if self._forgets and not passing and self.state() != self.State.EditingState:
            self.selectionModel().clear()

    def moveCursor(  # noqa: N802 - Qt's name
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Go on with Tab row by row; at the end the next widget takes the keys."""
        cursor = QAbstractItemView.CursorAction
        if action in (cursor.MoveNext, cursor.MovePrevious):
            index, (height, width) = self.currentIndex(), self.grid.shape
            step = 1 if action == cursor.MoveNext else -1
            place = index.row() * width + index.column() + step
            if not 0 <= place < height * width:
                return QModelIndex()
            return self.grid.index(*divmod(place, width))
        return super().moveCursor(action, modifiers)
