"""A table of rows for reading, choosing and editing in place; 5,000 rows cost as much as fifty.

How a screen uses it::

    table = Table(
        (
            Column("name", "Name", lambda p: p.name, width=160, searched=True,
                   sort=lambda p: p.reading, editable=True),
            Column("hours", "Hours", lambda p: f"{p.hours:.1f}", side="right",
                   sort=lambda p: p.hours, tone=lambda p: "warn" if p.hours > 40 else ""),
            Column("skills", "Skills", lambda p: ", ".join(p.skills), chips=lambda p: p.skills),
        ),
        key=lambda p: p.key, name="People", theme=desk.theme, sticky=1, hint="Nobody is shown",
    )
    table.set_rows(people)              # order, search, filter and selection stay
    table.set_search("sasaki")          # words in the columns that are ``searched``
    table.set_filter(lambda p: p.team == "a")
    table.sort_by("hours", descending=True)
    table.choose("a012")                # select one row and scroll to it
    table.selected                      # the selected rows, top to bottom
    table.shown, table.rows             # rows shown, all rows

    table.chosen.connect(...)           # the selection became another one
    table.opened.connect(...)           # a row: Enter, or a double click where nothing is edited
    table.edited.connect(...)           # (row, column key, new value); the row stays as it was
                                        # until set_rows brings the stored value
    table.editing                       # a cell is being typed in: showing other rows now would
    table.editing_ended.connect(...)    # lose what is typed; do it when this is told

The first ``sticky`` columns stay in place while the others scroll.  Keys: arrows, Page, Home, End,
Shift and Ctrl for more rows, Ctrl+A all; F2 or typing edits, Enter opens; Ctrl+C copies the
selected rows with the titles as tab-separated text; Alt+Up and Alt+Down sort by the current column.
Rows are 30 px high.  ``set_theme`` repaints; ``arrangement`` and ``arrange`` keep widths and order.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QWidget,
)

from ui.theme import LIGHT, Theme, font
from ui.widgets.table_cells import HEAD_HEIGHT, PADDING
from ui.widgets.table_lines import ROW_HEIGHT, Lines, StickyLines
from ui.widgets.table_model import Column, Row, TableModel, folded

__all__ = ["ROW_HEIGHT", "Column", "Row", "Table", "folded"]

_STATE = QItemSelectionModel.SelectionFlag
LONGEST_MEASURED = 40
"""Texts measured to find the widest: those of most letters."""


class Table(Lines):
    """A table of rows, as the top of this file tells."""

    chosen = Signal()
    """The selection became another one."""
    opened = Signal(object)
    """A row was opened: Enter, or a double click where nothing is edited."""
    edited = Signal(object, str, object)
    """A row, the key of the column edited, and the value chosen or typed."""
    editing_ended = Signal()
    """No cell is being edited any more."""

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        key: Callable[[Row], Hashable],
        name: str,
        theme: Theme = LIGHT,
        sticky: int = 0,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        model = TableModel(columns, key, self._hand_on)
        super().__init__(model, parent)
        model.setParent(self)
        self._sticky_columns, self.hint = sticky, hint
        self._quiet = self._grown = False
        self._sticky = StickyLines(model, self)
        self._sticky.setSelectionModel(self.selectionModel())
        self.setAccessibleName(name)
        self._sticky.setAccessibleName(name)
        self._connect()
        self._lay_columns()
        self.set_theme(theme)

    def _connect(self) -> None:
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        self.selectionModel().currentChanged.connect(self._sticky.viewport().update)
        self.activated.connect(self._open)
        self._sticky.doubleClicked.connect(self._sticky_clicked_twice)
        for lines in (self, self._sticky):
            lines.heads.sectionClicked.connect(self._sort_clicked)
            lines.editor_closed.connect(self.editing_ended)
            lines.hovered.connect(self.hover)
            lines.hovered.connect(self._sticky.hover)
        self.heads.sectionResized.connect(self._column_resized)
        self._sticky.heads.sectionResized.connect(self._sticky_resized)
        self.verticalScrollBar().valueChanged.connect(self._sticky.verticalScrollBar().setValue)
        self._sticky.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.horizontalScrollBar().valueChanged.connect(self._sticky.viewport().update)

    # --- rows ------------------------------------------------------------------------------------

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row, shown or not."""
        return self.rows_model.rows

    @property
    def shown(self) -> Sequence[Row]:
        """The rows shown, from top to bottom."""
        return self.rows_model.shown

    @property
    def selected(self) -> tuple[Row, ...]:
        """The selected rows, from top to bottom."""
        shown = self.rows_model.shown
        return tuple(shown[line] for line in self._selected_lines())

    @property
    def editing(self) -> bool:
        """Whether a cell is being edited."""
        return self.edits_cell or self._sticky.edits_cell

    def set_rows(self, rows: Iterable[Row]) -> None:
        """Show other rows; order, search, filter, selection and place stay."""
        with self._kept():
            self.rows_model.set_rows(rows)
        if not self._grown and self.rows:
            self._grow()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show the rows through other columns; those that stay keep their width."""
        widths = self._widths()
        with self._kept():
            self.rows_model.set_columns(columns)
        self._lay_columns(widths)

    def set_search(self, text: str) -> None:
        """Show only rows whose searched columns hold every word of ``text``."""
        with self._kept():
            self.rows_model.set_search(text)

    def set_filter(self, keep: Callable[[Row], bool] | None) -> None:
        """Show only rows that ``keep`` accepts; ``None`` accepts all."""
        with self._kept():
            self.rows_model.set_filter(keep)

    def sort_by(self, column: str, *, descending: bool = False) -> None:
        """Sort by a column; an empty name shows the rows in the order they were given."""
        with self._kept():
            self.rows_model.order_by(column, descending=descending)
        self.heads.viewport().update()
        self._sticky.heads.viewport().update()

    def choose(self, key: Hashable) -> bool:
        """Select the row of a key alone and scroll to it; ``False`` where it is not shown."""
        line = self.rows_model.place_of(key)
        if line < 0:
            return False
        column = max(self.currentIndex().column(), 0)
        self.setCurrentIndex(self.rows_model.index(line, column))
        return True

    # --- looks -----------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        super().set_theme(theme)
        self._sticky.set_theme(theme)

    def arrangement(self) -> dict[str, Any]:
        """Return widths and order, to be kept."""
        model = self.rows_model
        return {"widths": self._widths(), "by": model.sorted_by, "descending": model.descending}

    def arrange(self, state: dict[str, Any]) -> None:
        """Bring back what :meth:`arrangement` returned."""
        widths = dict(state.get("widths", {}))
        self._grown = bool(widths)
        self._lay_columns(widths)
        self.sort_by(str(state.get("by", "")), descending=bool(state.get("descending")))

    def _widths(self) -> dict[str, int]:
        columns = self.rows_model.columns
        return {column.key: self.columnWidth(place) for place, column in enumerate(columns)}

    def _lay_columns(self, widths: dict[str, int] | None = None) -> None:
        for place, column in enumerate(self.rows_model.columns):
            self._sticky.setColumnHidden(place, place >= self._sticky_columns)
            self.setColumnWidth(place, (widths or {}).get(column.key, column.width))
        self._place_sticky()

    def _grow(self) -> None:
        """Give columns that may grow the width of their longest text, once: widths are a choice."""
        self._grown = True
        for place, column in enumerate(self.rows_model.columns):
            if column.widest > column.width:
                metrics = QFontMetrics(font(bold=column.bold))
                texts = sorted(map(column.text, self.rows), key=len)[-LONGEST_MEASURED:]
                needed = max(map(metrics.horizontalAdvance, texts)) + 2 * PADDING + 2
                width = min(max(needed, column.width), column.widest)
                self.setColumnWidth(place, width)

    def _column_resized(self, place: int, _old: int, width: int) -> None:
        if place < self._sticky_columns:
            with QSignalBlocker(self._sticky.heads):
                self._sticky.setColumnWidth(place, width)
        self._place_sticky()

    def _sticky_resized(self, place: int, _old: int, width: int) -> None:
        if place < self._sticky_columns:  # hiding a column resizes it as well
            self.setColumnWidth(place, width)

    def _place_sticky(self) -> None:
        width = sum(self.columnWidth(place) for place in range(self._sticky_columns))
        self._sticky.setVisible(self._sticky_columns > 0)
        self._sticky.setGeometry(0, 0, width, self.viewport().height() + HEAD_HEIGHT)
        self._sticky.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the sticky columns as high as the table."""
        super().resizeEvent(event)
        self._place_sticky()

    # --- mouse and keys --------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Copy, and sort by the current column; all else as tables do."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in (
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
        ):
            column = self.rows_model.columns[max(self.currentIndex().column(), 0)]
            self.sort_by(column.key, descending=event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the selected rows on the clipboard, with the columns' titles."""
        QGuiApplication.clipboard().setText(self._tsv())

    def _tsv(self) -> str:
        """Return the selected rows (all rows shown where none is) as tab-separated text."""
        lines = self._selected_lines() or range(len(self.rows_model.shown))
        return self.rows_model.as_tsv(lines, range(len(self.rows_model.columns)))

    def edit(self, index: QModelIndex, *how: Any) -> Any:  # type: ignore[override]
        """Edit a cell where it is seen: one of a sticky column in the columns laid over."""
        if index.column() < self._sticky_columns:
            return self._sticky.edit(index, *how)
        return super().edit(index, *how)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 - Qt's name
        """Let an input method compose in the columns laid over, where the cell is one of theirs."""
        if 0 <= self.currentIndex().column() < self._sticky_columns:
            self._sticky.inputMethodEvent(event)
        else:
            super().inputMethodEvent(event)

    def moveCursor(  # noqa: N802 - Qt's name
        self, action: QAbstractItemView.CursorAction, keys: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Move to the next cell, and out from under the sticky columns."""
        index = super().moveCursor(action, keys)
        if index.column() >= self._sticky_columns:
            edge = self._sticky.width()
            left = self.visualRect(index).left()
            if 0 <= left < edge or left < 0:
                bar = self.horizontalScrollBar()
                bar.setValue(bar.value() + left - edge)
        return index

    # --- inside ----------------------------------------------------------------------------------

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.rows_model.shown[index.row()])

    def _sticky_clicked_twice(self, index: QModelIndex) -> None:
        if not self.rows_model.columns[index.column()].editable:
            self._open(index)

    def _hand_on(self, row: Row, column: str, value: Any) -> None:
        self.edited.emit(row, column, value)

    def _sort_clicked(self, place: int) -> None:
        model, column = self.rows_model, self.rows_model.columns[place]
        again = model.sorted_by == column.key
        self.sort_by(column.key, descending=again and not model.descending)

    def _selected_lines(self) -> list[int]:
        # ranges, not indexes: asking for every index of a large selection takes milliseconds
        chosen = self.selectionModel().selection()
        ranges = [chosen.at(place) for place in range(chosen.count())]
        return sorted({line for part in ranges for line in range(part.top(), part.bottom() + 1)})

    def _selection_changed(self) -> None:
        self.viewport().update(self.rest())  # Qt itself repaints the cells only
        if not self._quiet:
            self.chosen.emit()

    def select_keys(self, keys: Iterable[Hashable]) -> None:
        """Select the shown rows of some keys, and no others."""
        model = self.rows_model
        last = len(model.columns) - 1
        selection = QItemSelection()
        for line in sorted(place for key in keys if (place := model.place_of(key)) >= 0):
            selection.select(model.index(line, 0), model.index(line, last))
        self.selectionModel().select(selection, _STATE.ClearAndSelect)

    @contextmanager
    def _kept(self) -> Iterator[None]:
        """Keep selection, current cell and scrolling while other rows come to be shown."""
        model, current = self.rows_model, self.currentIndex()
        column = max(current.column(), 0)
        key = model.key_of(model.shown[current.row()]) if current.isValid() else None
        keys = [model.key_of(row) for row in self.selected]
        bars = (self.horizontalScrollBar(), self.verticalScrollBar())
        places = [bar.value() for bar in bars]
        self._quiet = True
        yield
        if key is not None and (line := model.place_of(key)) >= 0:
            index = model.index(line, min(column, len(model.columns) - 1))
            self.selectionModel().setCurrentIndex(index, _STATE.NoUpdate)
        if keys:
            self.select_keys(keys)
        for bar, place in zip(bars, places, strict=True):
            bar.setValue(place)
        self._quiet = False
        if {model.key_of(row) for row in self.selected} != set(keys):
            self.chosen.emit()
