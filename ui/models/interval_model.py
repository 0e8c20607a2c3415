"""Numbers by interval and day as a table: shown from one array, edited as whole blocks.

The model changes nothing by itself: what a user enters leaves as one signal with all its cells,
and comes back as another array.  So a paste of thousands of cells is one edit and one undo step.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from ui.models.placing import Area, Cell, Placed, place
from ui.models.tsv import read_block, write_block
from ui.translate import format_number
from wfm.errors import WfmError
from wfm.imports.figures import parse_figure
from wfm.messages import Message, message

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Index = QModelIndex | QPersistentModelIndex

KEPT_PLACES = 4
"""Decimals that are copied; a pasted number equal to the shown one to this many is no change."""

# plain numbers: comparing enumerations of Qt costs three times as much as comparing integers
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_EDIT = int(Qt.ItemDataRole.EditRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)

_PLAIN = re.compile(r"^\d{1,12}(\.\d{1,9})?$", re.ASCII)


@dataclass(frozen=True)
class GridContent:
    """What a grid shows: one number per interval (row) and day (column).

    ``editable`` is False where no number may stand (closed); ``own`` marks numbers that are the
    user's, ``made`` what they replaced.  ``tint`` (0 … 1) shades cells.  All of one shape.
    """

    values: Floats
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    editable: Bools
    decimals: int = 0
    own: Bools | None = None
    made: Floats | None = None
    tint: Floats | None = None
    read_only: bool = False


EMPTY = GridContent(np.zeros((0, 0)), (), (), np.zeros((0, 0), dtype=np.bool_))


@lru_cache(maxsize=20_000)
def shown_number(value: float, decimals: int, language: str) -> str:
    """Return a number as a cell shows it; remembered, for a week repeats few numbers often."""
    return format_number(value, language, decimals, fixed=True)


def exact_text(value: float) -> str:
    """Return a number as it is copied and edited: up to four decimals, no grouping."""
    text = repr(round(value, KEPT_PLACES))
    return text.removesuffix(".0")


def read_number(text: str) -> float | Message:
    """Return the number of a cell's text, NaN for a blank one, or the reason why it is none."""
    if _PLAIN.match(text):
        return float(text)
    return parse_figure(text)


class IntervalModel(QAbstractTableModel):
    """One number per interval and day; ``entered`` and ``cleared`` carry whole edits.

    ``told`` carries a sentence and its tone about what could not be entered.
    """

    entered = Signal(object)
    """(row, column) → number, of cells whose number changes."""
    cleared = Signal(object)
    """Cells whose numbers were deleted, as a list of (row, column)."""
    told = Signal(object, str)

    def __init__(self, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self.content = EMPTY
        self.marked: frozenset[Cell] = frozenset()
        """Cells of the last entry that could not be taken."""

    # --- showing ---------------------------------------------------------------------------------

    @property
    def shape(self) -> tuple[int, int]:
        """Numbers of rows and columns."""
        return len(self.content.rows), len(self.content.columns)

    def show(self, content: GridContent) -> None:
        """Show other content; the selection stays where rows and columns do."""
        before = self.content
        if (content.rows, content.columns) != (before.rows, before.columns):
            self.beginResetModel()
            self.content, self.marked = content, frozenset()
            self.endResetModel()
            return
        self.content = content
        self._repaint()

    def mark(self, cells: Iterable[Cell]) -> None:
        """Mark the cells that could not be taken, until the next entry."""
        marked = frozenset(cells)
        if marked != self.marked:
            self.marked = marked
            self._repaint()

    def _repaint(self) -> None:
        rows, columns = self.shape
        if rows and columns:
            self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, columns - 1))

    def text(self, row: int, column: int) -> str:
        """Return what a cell shows; nothing where no number may stand."""
        content = self.content
        value = float(content.values[row, column])
        if not content.editable[row, column] and value == 0:
            return ""
        return shown_number(round(value, content.decimals), content.decimals, self._language)

    def place_of(self, cell: Cell) -> str:
        """Return the titles of a cell's column and row, as a sentence names it."""
        return f"{self.content.columns[cell[1]]} {self.content.rows[cell[0]]}".strip()

    # --- Qt's questions --------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's name
        """Return the number of intervals."""
        return 0 if parent.isValid() else len(self.content.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's name
        """Return the number of days."""
        return 0 if parent.isValid() else len(self.content.columns)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Return what a cell shows, says, and is edited from."""
        role = int(role)
        if role not in (_DISPLAY, _EDIT, _TIP, _SPOKEN) or not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == _DISPLAY:
            return self.text(row, column)
        if role == _EDIT:
            return exact_text(float(self.content.values[row, column]))
        if role == _SPOKEN:
            return f"{self.place_of((row, column))}: {self.text(row, column)}"
        return self._tip(row, column)

    def _tip(self, row: int, column: int) -> str | None:
        content = self.content
        if content.own is None or content.made is None or not content.own[row, column]:
            return None
        made = float(content.made[row, column])
        return shown_number(round(made, content.decimals), content.decimals, self._language)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY
    ) -> Any:
        """Return the title of a row or column."""
        titles = (
            self.content.columns if orientation == Qt.Orientation.Horizontal else self.content.rows
        )
        if int(role) in (_DISPLAY, _SPOKEN) and 0 <= section < len(titles):
            return titles[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Tell what can be done with a cell."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not self.content.read_only and self.content.editable[index.row(), index.column()]:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = _EDIT) -> bool:  # noqa: N802 - Qt's name
        """Take a text typed into one cell."""
        if int(role) != _EDIT or not index.isValid():
            return False
        return self.type_into([(index.row(), index.column())], str(value))

    # --- entering --------------------------------------------------------------------------------

    def type_into(self, cells: Sequence[Cell], text: str) -> bool:
        """Enter one typed text into some cells; tells whether it was taken."""
        if not text.strip():
            self.clear(cells)
            return True
        return self._enter(dict.fromkeys(cells, text))

    def paste(self, text: str, selected: Sequence[Area]) -> Area | None:
        """Enter a copied block; returns the area it took, ``None`` where it was refused."""
        if self.content.read_only or not selected:
            return None
        try:
            block = read_block(text)
        except WfmError as error:
            self.told.emit(error.message, "bad")
            return None
        if not block:
            return None
        placed = place(block, selected, self.shape)
        if not self._enter(placed.texts):
            return None
        if placed.outside:
            self._tell_outside(placed)
        return placed.area

    def clear(self, cells: Iterable[Cell]) -> None:
        """Delete the numbers of cells where numbers may stand."""
        if self.content.read_only:
            return
        editable = self.content.editable
        found = [cell for cell in cells if editable[cell]]
        if found:
            self.mark(())
            self.cleared.emit(found)

    def _enter(self, texts: dict[Cell, str]) -> bool:
        """Read texts and hand on the changes, all or none."""
        known: dict[str, float | Message] = {}
        numbers: dict[Cell, float] = {}
        wrong: list[Cell] = []
        rounded = np.round(self.content.values, KEPT_PLACES)
        for cell, text in texts.items():
            value = known.get(text)
            if value is None:
                value = known[text] = read_number(text)
            if isinstance(value, Message):
                wrong.append(cell)
            elif value == value and value != rounded[cell]:  # noqa: PLR0124 - NaN says blank
                numbers[cell] = value
        closed = [cell for cell in numbers if not self.content.editable[cell]]
        self.mark((*wrong, *closed))
        if wrong:
            self._tell_no_number(wrong, texts)
        elif closed:
            self.tell_closed(closed)
        elif numbers:
            self.entered.emit(numbers)
        return not wrong and not closed

    # --- telling ---------------------------------------------------------------------------------

    def _tell_no_number(self, wrong: list[Cell], texts: dict[Cell, str]) -> None:
        self.told.emit(
            message(
                "{place}: “{value}” is not a number. Nothing was changed.",
                plural="{count} cells are not numbers, the first is {place}: “{value}”. Nothing was"
                " changed.",
                count=len(wrong),
                place=self.place_of(wrong[0]),
                value=texts[wrong[0]].strip()[:40],
            ),
            "bad",
        )

    def tell_closed(self, cells: Sequence[Cell]) -> None:
        """Say that no number may stand in these cells."""
        self.told.emit(
            message(
                "{place} is outside the opening hours, so it takes no number. Nothing was changed.",
                plural="{count} cells are outside the opening hours, the first is {place}. They"
                " take no numbers; nothing was changed.",
                count=len(cells),
                place=self.place_of(cells[0]),
            ),
            "bad",
        )

    def _tell_outside(self, placed: Placed) -> None:
        """Mark the edge that the block reached beyond, and say how much did not fit."""
        area = placed.area
        last_row, last_column = self.shape[0] - 1, self.shape[1] - 1
        edge = [cell for cell in area.cells() if cell[0] == last_row or cell[1] == last_column]
        self.mark(edge)
        self.told.emit(
            message(
                "{count} cell of the block did not fit below or beside the grid and was left out;"
                " the marked edge shows where.",
                plural="{count} cells of the block did not fit below or beside the grid and were"
                " left out; the marked edge shows where.",
                count=placed.outside,
            ),
            "warn",
        )

    # --- copying ---------------------------------------------------------------------------------

    def as_tsv(self, area: Area, *, titles: bool = False) -> str:
        """Return an area as tab-separated text, with the titles of days and intervals if asked."""
        content = self.content
        part = content.values[area.top : area.bottom + 1, area.left : area.right + 1]
        shut = ~content.editable[area.top : area.bottom + 1, area.left : area.right + 1]
        texts = [list(map(exact_text, row)) for row in part.tolist()]
        for row, column in np.argwhere(shut & (part == 0)).tolist():
            texts[row][column] = ""
        if titles:
            head = ["", *content.columns[area.left : area.right + 1]]
            names = content.rows[area.top : area.bottom + 1]
            texts = [head, *([name, *row] for name, row in zip(names, texts, strict=True))]
        return write_block(texts)
