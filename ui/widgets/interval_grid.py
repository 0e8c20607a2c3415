"""A grid of numbers by interval and day with totals on top, edited like a spreadsheet.

::

    grid = IntervalGrid(language, render, name="Forecast")
    grid.show_grid(content, heads, totals, total="Total")   # GridContent, ColumnHead per column
    grid.entered.connect(...)                   # {(row, column): number}: typed or pasted, one edit
    grid.cleared.connect(...)                   # [(row, column)]: deleted
    grid.total_entered.connect(...)             # (column, number) typed into the totals
    grid.told.connect(...)                      # (message, tone): what could not be entered
    grid.chosen.connect(...)                    # the selection became another one
    grid.columns_placed.connect(...)            # (left, width) of the columns, for a plot above

Nothing changes by itself: the edit comes back through ``show_grid``.  Keys: arrows, Ctrl+arrows to
the edge, Shift for more cells, typing or F2 edits, Enter down, Tab right, Ctrl+Enter fills the
selection, Delete, Ctrl+C, X, V, A; Up from the first row reaches the totals.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QVBoxLayout, QWidget

from ui.models.interval_model import Floats, GridContent, IntervalModel
from ui.models.placing import Area, Cell
from ui.theme import Theme
from ui.translate import Render
from ui.widgets.interval_cells import ColumnHead
from ui.widgets.interval_lines import HEAD_WIDTH, ROW_HEIGHT, IntervalLines

HEADER_HEIGHT = 34
SCROLL_WIDTH = 10


class IntervalGrid(QWidget):
    """Totals and intervals of several days; see the top of this file."""

    entered = Signal(object)
    cleared = Signal(object)
    total_entered = Signal(int, float)
    told = Signal(object, str)
    chosen = Signal()
    columns_placed = Signal(int, int)

    def __init__(
        self, language: str, render: Render, *, name: str, row_height: int = ROW_HEIGHT
    ) -> None:
        super().__init__()
        self._name = name
        self.model = IntervalModel(language, self)
        self.totals_model = IntervalModel(language, self)
        self.body = IntervalLines(self.model, render)
        self.totals = IntervalLines(self.totals_model, render, totals=True)
        self.body.setAccessibleName(name)
        self.body.days.hide()
        self.body.times.setDefaultSectionSize(row_height)
        self.body.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.totals.days.setFixedHeight(HEADER_HEIGHT)
        self.totals.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.totals.setFixedHeight(HEADER_HEIGHT + ROW_HEIGHT + 3)
        self.setFocusProxy(self.body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.totals)
        column.addWidget(self.body, 1)
        self._connect()

    def _connect(self) -> None:
        self.model.entered.connect(self.entered)
        self.model.cleared.connect(self.cleared)
        self.model.told.connect(self.told)
        self.totals_model.told.connect(self.told)
        self.totals_model.entered.connect(self._total_typed)
        self.body.chosen.connect(self.chosen)
        self.body.left.connect(self._leave_body)
        self.totals.left.connect(self._leave_totals)
        self.totals.days.sectionClicked.connect(self._choose_day)

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self.body.set_theme(theme)
        self.totals.set_theme(theme)

    def set_menu(self, extra: Callable[[QMenu], None]) -> None:
        """Let ``extra`` add its entries to the context menu of the intervals."""
        self.body.set_menu(extra)

    # --- showing ---------------------------------------------------------------------------------

    def show_grid(
        self,
        content: GridContent,
        heads: Sequence[ColumnHead],
        totals: Floats,
        *,
        total: str,
        total_decimals: int = 0,
        totals_editable: bool = True,
    ) -> None:
        """Show numbers, their columns' heads, and the totals of the columns, called ``total``."""
        new_shape = content.columns != self.model.content.columns
        self.model.show(content)
        some = content.editable.any(axis=0) if len(content.rows) else np.zeros(0, dtype=np.bool_)
        self.totals_model.show(
            GridContent(
                totals.reshape(1, -1), (total,), content.columns,
                some.reshape(1, -1), total_decimals,
                read_only=content.read_only or not totals_editable,
            )
        )  # fmt: skip
        self.totals.days.show_heads(heads)
        self.totals.times.show_heads([ColumnHead(total, "muted")])
        self.body.times.show_heads([ColumnHead(row, "muted") for row in content.rows])
        rest = frozenset(place for place, head in enumerate(heads) if head.rest_day)
        self.body.cells.rest_columns = self.totals.cells.rest_columns = rest
        self.totals.setAccessibleName(f"{self._name}: {total}")
        if new_shape:
            self._lay_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Share the new width among the columns."""
        super().resizeEvent(event)
        self._lay_columns()

    @property
    def columns(self) -> tuple[int, int]:
        """Left edge of the columns in this widget, and their width together, in pixels."""
        return HEAD_WIDTH, max(self.width() - HEAD_WIDTH - SCROLL_WIDTH, 1)

    def _lay_columns(self) -> None:
        count = self.model.shape[1]
        left, width = self.columns
        self.totals.setViewportMargins(0, 0, 0, 0)
        for place in range(count):
            size = round((place + 1) * width / count) - round(place * width / count)
            for lines in (self.totals, self.body):
                header: QHeaderView = lines.horizontalHeader()
                header.resizeSection(place, size)
        self.columns_placed.emit(left, width)

    # --- selection -------------------------------------------------------------------------------

    def selected(self) -> list[Cell]:
        """Return the selected intervals."""
        return self.body.selected_cells()

    def current(self) -> Cell | None:
        """Return the current interval."""
        index = self.body.currentIndex()
        return (index.row(), index.column()) if index.isValid() else None

    def select(self, cells: Sequence[Cell]) -> None:
        """Select the rectangle around some cells and scroll to it."""
        if cells:
            rows, columns = [cell[0] for cell in cells], [cell[1] for cell in cells]
            self.body.select_area(Area(min(rows), min(columns), max(rows), max(columns)))

    def _choose_day(self, column: int) -> None:
        """Select a whole day."""
        if self.model.shape[0]:
            self.body.select_area(Area(0, column, self.model.shape[0] - 1, column), scroll=False)
            self.body.setFocus()

    # --- between totals and intervals ------------------------------------------------------------

    def _leave_body(self, rows: int) -> None:
        if rows < 0:
            column = max(self.body.currentIndex().column(), 0)
            self.totals.setFocus()
            self.totals.go_to(0, column)

    def _leave_totals(self, rows: int) -> None:
        if rows > 0 and self.model.shape[0]:
            column = max(self.totals.currentIndex().column(), 0)
            self.body.setFocus()
            self.body.go_to(0, column)

    def _total_typed(self, numbers: dict[Cell, float]) -> None:
        for (_, column), number in numbers.items():
            self.total_entered.emit(column, number)
