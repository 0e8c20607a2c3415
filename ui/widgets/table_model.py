"""The rows of a table: shown through columns, sorted, searched and filtered in the model itself.

A proxy model would cost a second for five thousand rows where a sorted list costs milliseconds.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Row = Any
"""Whatever a screen shows one of per line: a frozen value."""

_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}

# plain numbers: comparing enumerations of Qt costs three times as much as comparing integers
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_EDIT = int(Qt.ItemDataRole.EditRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)

_SIDES = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "centre": Qt.AlignmentFlag.AlignHCenter,
}


@dataclass(frozen=True)
class Column:
    """One column: what it shows of a row, how it sorts, and whether it can be edited in place.

    ``text`` is what is shown, searched (``searched``) and copied; ``sort`` the key rows are ordered
    by (``None`` goes last), the text where not given.  ``tone`` names a colour of the theme for a
    row ("muted", "warn" …, empty: plain).  ``chips`` shows short words as chips instead of the
    text.  ``choices`` of an editable column are (value, text) pairs to choose from; without them
    the text is typed.  ``edit`` is the value an editor starts from, the text where not given.
    Where the first rows shown have longer texts the column grows, up to ``widest`` pixels.
    """

    key: str
    title: str
    text: Callable[[Row], str]
    width: int = 120
    side: str = "left"
    sort: Callable[[Row], Any] | None = None
    tip: str = ""
    tone: Callable[[Row], str] | None = None
    chips: Callable[[Row], Sequence[str]] | None = None
    editable: bool = False
    choices: Callable[[], Sequence[tuple[Any, str]]] | None = None
    edit: Callable[[Row], Any] | None = None
    searched: bool = False
    bold: bool = False
    widest: int = 0

    def order(self, row: Row) -> tuple[bool, Any]:
        """Return the key by which a row is sorted."""
        value = self.text(row) if self.sort is None else self.sort(row)
        return value is None, value

    @property
    def alignment(self) -> Qt.AlignmentFlag:
        """Where the text stands in its cell."""
        return _SIDES[self.side] | Qt.AlignmentFlag.AlignVCenter


def folded(text: str) -> str:
    """Return a text as it is searched: one width, lower case, hiragana for katakana, no marks."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_KATAKANA)


class TableModel(QAbstractTableModel):
    """Holds all rows; shows those that pass the search and the filter, in the order chosen."""

    def __init__(
        self,
        columns: Sequence[Column],
        key: Callable[[Row], Hashable],
        edited: Callable[[Row, str, Any], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key, self._edited = key, edited
        self._rows: tuple[Row, ...] = ()
        self._haystack: list[str] | None = None
        self._shown: list[Row] = []
        self._places: dict[Hashable, int] | None = None
        self._words: tuple[str, ...] = ()
        self._filter: Callable[[Row], bool] | None = None
        self.sorted_by = ""
        self.descending = False

    # --- rows ------------------------------------------------------------------------------------

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row, shown or not, in the order it was given."""
        return self._rows

    @property
    def shown(self) -> Sequence[Row]:
        """The rows shown, from top to bottom."""
        return self._shown

    def key_of(self, row: Row) -> Hashable:
        """Return what tells a row from the others."""
        return self._key(row)

    def place_of(self, key: Hashable) -> int:
        """Return the line that shows a row, −1 where it is not shown."""
        if self._places is None:
            self._places = {self._key(row): place for place, row in enumerate(self._shown)}
        return self._places.get(key, -1)

    def set_rows(self, rows: Iterable[Row]) -> None:
        """Show other rows; order, search and filter stay."""
        self._rows = tuple(rows)
        self._haystack = None
        self._arrange()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show the same rows through other columns."""
        self.columns = tuple(columns)
        self._haystack = None
        self._arrange()

    def set_search(self, text: str) -> None:
        """Show only rows whose searched columns hold every word of ``text``."""
        words = tuple(folded(text).split())
        if words != self._words:
            self._words = words
            self._arrange()

    def set_filter(self, keep: Callable[[Row], bool] | None) -> None:
        """Show only rows that ``keep`` accepts; ``None`` accepts all."""
        self._filter = keep
        self._arrange()

    def order_by(self, column: str, *, descending: bool = False) -> None:
        """Sort by a column; an empty name shows the rows in the order they were given."""
        self.sorted_by, self.descending = column, descending
        self._arrange()

    def _arrange(self) -> None:
        """Work out which rows are shown, in which order."""
        self.beginResetModel()
        places: Iterable[int] = range(len(self._rows))
        if self._words:
            texts = self._searchable()
            places = [n for n in places if all(word in texts[n] for word in self._words)]
        rows = [self._rows[n] for n in places]
        if self._filter is not None:
            rows = [row for row in rows if self._filter(row)]
        by = next((item for item in self.columns if item.key == self.sorted_by), None)
        if by is not None:
            known = [row for row in rows if not by.order(row)[0]]
            unknown = [row for row in rows if by.order(row)[0]]
            known.sort(key=by.order, reverse=self.descending)
            rows = known + unknown
        self._shown, self._places = rows, None
        self.endResetModel()

    def _searchable(self) -> list[str]:
        if self._haystack is None:
            searched = [column.text for column in self.columns if column.searched]
            # one fold of everything costs a tenth of a fold per row
            joined = "\0".join("\n".join(text(row) for text in searched) for row in self._rows)
            self._haystack = folded(joined).split("\0")
        return self._haystack

    # --- Qt's questions --------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        """Return the number of rows shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _DISPLAY) -> Any:
        """Return what a cell shows, says, and is edited from."""
        if not index.isValid():
            return None
        role = int(role)
        column, row = self.columns[index.column()], self._shown[index.row()]
        if role in (_DISPLAY, _TIP):
            return column.text(row)
        if role == _EDIT:
            return column.text(row) if column.edit is None else column.edit(row)
        if role == _ALIGNMENT:
            return column.alignment
        if role == _SPOKEN:
            return f"{column.title}: {column.text(row)}"
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY
    ) -> Any:
        """Return the title of a column, and its tip."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        role, column = int(role), self.columns[section]
        if role in (_DISPLAY, _SPOKEN):
            return column.title
        if role == _ALIGNMENT:
            return column.alignment
        return (column.tip or None) if role == _TIP else None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Tell what can be done with a cell."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.columns[index.column()].editable:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(  # noqa: N802 - Qt's name
        self, index: QModelIndex | QPersistentModelIndex, value: Any, role: int = _EDIT
    ) -> bool:
        """Hand an edit on; the row changes when its new value comes back from the centre."""
        if int(role) != _EDIT or not index.isValid():
            return False
        column, row = self.columns[index.column()], self._shown[index.row()]
        if value == self.data(index, _EDIT):
            return False
        self._edited(row, column.key, value)
        return True

    # --- text ------------------------------------------------------------------------------------

    def as_tsv(self, rows: Sequence[int], columns: Sequence[int]) -> str:
        """Return lines of tab-separated text with the columns' titles, as spreadsheets paste it."""
        shown = [self.columns[place] for place in columns]
        lines = [[column.title for column in shown]]
        lines += [[column.text(self._shown[place]) for column in shown] for place in rows]
        return "\n".join("\t".join(map(_cell, line)) for line in lines) + "\n"


def _cell(text: str) -> str:
    """Return a text as one cell: quoted where it holds a tab, a line end or a quote."""
    if any(sign in text for sign in '\t\r\n"'):
        return '"' + text.replace('"', '""') + '"'
    return text
