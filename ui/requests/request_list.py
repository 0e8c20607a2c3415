"""The list of requests at the left: search, filters by state with counts, two lines each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from ui.requests.words import KIND_WORDS, STATE_TONES, STATE_WORDS, days_of, title
from ui.theme import CAPTION_PX, LIGHT, TEXT_PX, Theme, font
from ui.translate import Render
from ui.widgets.cards import Card, styled_label
from ui.widgets.fields import Chip, SearchBox
from wfm.messages import message
from wfm.services.requests import RequestRow

WIDTH = 324
ROW_HEIGHT = 54
_ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class RequestModel(QAbstractListModel):
    """The requests shown, each with a sentence for screen readers."""

    def __init__(self, render: Render, language: str) -> None:
        super().__init__()
        self._render, self._language = render, language
        self.rows: tuple[RequestRow, ...] = ()

    def set_rows(self, rows: Sequence[RequestRow]) -> None:
        """Show other requests."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """Return how many requests are shown."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a request, or all that stands on its line."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == _ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join((self.head(row), self.below(row), self.state(row)))
        return None

    def head(self, row: RequestRow) -> str:
        """Return whose request it is."""
        return self._render(title(row.request, row.name, row.other))

    def below(self, row: RequestRow) -> str:
        """Return what for and when."""
        days = days_of(row.request, self._render, self._language)
        return f"{self._render(KIND_WORDS[row.request.kind])}  {days}"

    def state(self, row: RequestRow) -> str:
        """Return the state's name."""
        return self._render(STATE_WORDS[row.request.state])


class RequestLines(QStyledItemDelegate):
    """Paints a request: whose, below it what and when, at the right its state."""

    def __init__(self, model: RequestModel) -> None:
        super().__init__()
        self._model = model
        self.theme = LIGHT

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """Give every request two lines."""
        return QSize(WIDTH - 20, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one request."""
        row: RequestRow = index.data(_ROW)
        theme, place = self.theme, option.rect
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        ground = theme.accent_background if chosen else theme.faint_line if over else theme.panel
        painter.fillRect(place, QColor(ground))
        if chosen:
            painter.fillRect(place.left(), place.top(), 3, place.height(), QColor(theme.accent))
        painter.fillRect(place.left(), place.bottom(), place.width(), 1, QColor(theme.faint_line))
        inner = place.adjusted(14, 8, -12, -8)
        state = self._model.state(row)
        width = self._paint_state(painter, inner, state, row.request.state)
        head = inner.adjusted(0, 0, -width - 8, 0)
        self._line(
            painter,
            head,
            self._model.head(row),
            theme.text,
            TEXT_PX,
            top=True,
            bold=row.request.is_open,
        )
        self._line(painter, inner, self._model.below(row), theme.muted, CAPTION_PX, top=False)
        painter.restore()

    def _paint_state(self, painter: QPainter, place: QRect, text: str, state: str) -> int:
        made = font(CAPTION_PX, bold=True)
        width = QFontMetrics(made).horizontalAdvance(text)
        painter.setFont(made)
        painter.setPen(QColor(getattr(self.theme, STATE_TONES[state])))
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, text)
        return width

    def _line(
        self, painter: QPainter, place: QRect, text: str, colour: str, pixels: int,
        *, top: bool, bold: bool = False,
    ) -> None:  # fmt: skip
        made = font(pixels, bold=bold)
        painter.setFont(made)
        painter.setPen(QColor(colour))
        shown = QFontMetrics(made).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        edge = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignBottom
        painter.drawText(place, edge | Qt.AlignmentFlag.AlignLeft, shown)


class RequestList(Card):
    """Requests to choose from; ``chosen`` carries the key of the one shown."""

    chosen = QtSignal(str)

    def __init__(self, render: Render, language: str) -> None:
        super().__init__()
        self._render = render
        self._rows: tuple[RequestRow, ...] = ()
        self._silent = False
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 1)
        column.setSpacing(8)
        self.search = SearchBox(render(message("Search by name, number or note")))
        self.chips = {key: Chip(render(word)) for key, word in STATE_WORDS.items()}
        self._lay_head(column)
        self.model = RequestModel(render, language)
        self.view = QListView()
        self.view.setObjectName("requestList")
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setStyleSheet("QListView#requestList { border: none; border-radius: 0; }")
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(render(message("Requests")))
        self.view.setModel(self.model)
        self._lines = RequestLines(self.model)
        self.view.setItemDelegate(self._lines)
        self.nothing = styled_label(role="caption")
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setContentsMargins(16, 16, 16, 16)
        column.addWidget(self.nothing)
        column.addWidget(self.view, 1)
        self.search.textChanged.connect(self._filter)
        self.view.selectionModel().currentChanged.connect(self._choose)

    def _lay_head(self, column: QVBoxLayout) -> None:
        inset = QVBoxLayout()
        inset.setContentsMargins(12, 0, 12, 0)
        inset.setSpacing(8)
        inset.addWidget(self.search)
        for keys in (("open", "approved"), ("refused", "withdrawn")):
            row = QHBoxLayout()
            row.setSpacing(6)
            for key in keys:
                self.chips[key].clicked.connect(self._filter)
                row.addWidget(self.chips[key], 1)
            inset.addLayout(row)
        column.addLayout(inset)

    @property
    def current(self) -> str:
        """Key of the request chosen, empty where none is."""
        index = self.view.currentIndex()
        return self.model.rows[index.row()].request.key if index.isValid() else ""

    @property
    def states(self) -> list[str]:
        """The states that are filtered for; none means all."""
        return [key for key, chip in self.chips.items() if chip.isChecked()]

    def set_states(self, states: Sequence[str]) -> None:
        """Filter for other states."""
        for key, chip in self.chips.items():
            chip.setChecked(key in states)
        self._filter()

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self._lines.theme = theme
        self.view.viewport().update()

    def set_rows(self, rows: Sequence[RequestRow]) -> None:
        """Show other requests; the one chosen stays chosen."""
        self._rows = tuple(rows)
        for key, chip in self.chips.items():
            count = sum(row.request.state == key for row in rows)
            chip.setText(f"{self._render(STATE_WORDS[key])} {count}")
        self._filter()

    def choose(self, key: str) -> bool:
        """Choose a request; filters that hide it are taken away.  False where there is none."""
        if not any(row.request.key == key for row in self._rows):
            return False
        if not any(row.request.key == key for row in self.model.rows):
            self._silent = True
            self.search.clear()
            self._silent = False
            self.set_states(())
        place = next(n for n, row in enumerate(self.model.rows) if row.request.key == key)
        self.view.setCurrentIndex(self.model.index(place, 0))
        return True

    def choose_first(self) -> None:
        """Choose the first request shown."""
        if self.model.rows:
            self.view.setCurrentIndex(self.model.index(0, 0))

    def _filter(self) -> None:
        if self._silent:
            return
        words, states, key = self.search.text().casefold().split(), self.states, self.current
        shown = [
            row
            for row in self._rows
            if (not states or row.request.state in states)
            and all(word in row.searched for word in words)
        ]
        self._silent = True
        self.model.set_rows(shown)
        place = next((n for n, row in enumerate(shown) if row.request.key == key), None)
        if place is not None:
            self.view.setCurrentIndex(self.model.index(place, 0))
        self._silent = False
        self.view.setVisible(bool(shown))
        self.nothing.setVisible(not shown)
        self.nothing.setText(
            self._render(
                message("No request fits the search and filters.")
                if self._rows
                else message("Nobody has asked for anything yet.")
            )
        )
        if place is None and key:
            self.chosen.emit(self.current)

    def _choose(self, *_: object) -> None:
        if not self._silent:
            self.chosen.emit(self.current)
