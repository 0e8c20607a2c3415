"""The list of queues at the left of a screen: channel, name, one figure, a note, recent weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.theme import CAPTION_PX, LIGHT, TEXT_PX, Theme, font
from ui.widgets.icons import pixmap

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 62
_ICON = 16
_SPARK = QSize(84, 20)
CHANNEL_ICONS = frozenset({"phone", "chat", "mail", "social", "outbound"})

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One queue of the list.

    ``figure`` stands at the right of the name, ``note`` below it in ``tone`` (a token of the
    theme); ``spark`` are totals of recent weeks, oldest first; ``tip`` says it all.
    """

    key: str
    name: str
    channel: str = ""
    figure: str = ""
    note: str = ""
    tone: str = "muted"
    spark: tuple[float, ...] = ()
    tip: str = ""


class _Queues(QAbstractListModel):
    """The rows of the list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[QueueRow, ...] = ()

    def show(self, rows: Sequence[QueueRow]) -> None:
        """Show other rows."""
        if [row.key for row in rows] == [row.key for row in self.rows]:
            self.rows = tuple(rows)
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's name
        """Return the number of queues."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Return the name, what a screen reader says, or the tip."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match int(role):
            case value if value == _DISPLAY:
                return row.name
            case value if value == _SPOKEN:
                return f"{row.name} {row.figure} {row.note}".strip()
            case value if value == _TIP:
                return row.tip or None
            case _:
                return None


class _QueueRows(QStyledItemDelegate):
    """Paints one queue."""

    def __init__(self, model: _Queues, view: QListView) -> None:
        super().__init__(view)
        self._model, self._view, self.theme = model, view, LIGHT

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """Every row is as high as the others."""
        return QSize(200, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint ground, icon, name, figure, recent weeks and note."""
        theme, row, rect = self.theme, self._model.rows[index.row()], option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        ground = theme.accent_background if chosen else theme.background if hovered else theme.panel
        painter.fillRect(rect, QColor(ground))
        if chosen:
            painter.fillRect(rect.x(), rect.y(), 3, rect.height(), QColor(theme.accent))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, QColor(theme.faint_line))
        left, right = rect.x() + 12, rect.right() - 12
        if row.channel in CHANNEL_ICONS:
            ratio = self._view.devicePixelRatioF()
            colour = theme.accent if chosen else theme.muted
            painter.drawPixmap(left, rect.y() + 10, pixmap(row.channel, colour, _ICON, ratio))
            left += _ICON + 8
        painter.setFont(font(TEXT_PX, bold=True))
        painter.setPen(QColor(theme.text))
        width = painter.fontMetrics().horizontalAdvance(row.figure)
        top = QRect(left, rect.y() + 6, right - left, 24)
        vertical = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(top, Qt.AlignmentFlag.AlignRight | vertical, row.figure)
        painter.setFont(font(TEXT_PX, bold=chosen))
        name = painter.fontMetrics().elidedText(
            row.name, Qt.TextElideMode.ElideRight, max(top.width() - width - 10, 10)
        )
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft | vertical, name)
        below = QRect(left, rect.y() + 32, right - left, 22)
        note_width = below.width()
        if len(row.spark) > 1:
            self._spark(painter, QRect(left, below.y(), _SPARK.width(), _SPARK.height()), row)
            note_width -= _SPARK.width() + 8
        painter.setFont(font(CAPTION_PX))
        painter.setPen(QColor(getattr(theme, row.tone)))
        note = painter.fontMetrics().elidedText(row.note, Qt.TextElideMode.ElideRight, note_width)
        side = Qt.AlignmentFlag.AlignRight if row.spark else Qt.AlignmentFlag.AlignLeft
        painter.drawText(below, side | vertical, note)
        if self._view.hasFocus() and index == self._view.currentIndex():
            painter.setPen(QColor(theme.accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))

    def _spark(self, painter: QPainter, rect: QRect, row: QueueRow) -> None:
        """Draw totals of recent weeks as a line between their extremes, the last with a dot."""
        low, top = min(row.spark), max(row.spark)
        spread = max(top - low, top * 0.2, 1e-9)  # a steady queue is drawn as a calm line
        step = (rect.width() - 6) / (len(row.spark) - 1)
        points = [
            QPointF(
                rect.x() + 3 + place * step,
                rect.bottom() - 3 - (value - low) / spread * (rect.height() - 7),
            )
            for place, value in enumerate(row.spark)
        ]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.theme.muted), 1.2))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(QColor(self.theme.muted))
        painter.drawEllipse(points[-1], 2.0, 2.0)
        painter.restore()


class QueueList(QListView):
    """Shows queues; ``chosen`` tells the key of the one the user went to."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._queues = _Queues(self)
        self.setModel(self._queues)
        self._rows = _QueueRows(self._queues, self)
        self.setItemDelegate(self._rows)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self._quiet = False
        self.selectionModel().currentChanged.connect(self._current_changed)

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self._rows.theme = theme
        self.viewport().update()

    @property
    def rows(self) -> tuple[QueueRow, ...]:
        """The queues shown."""
        return self._queues.rows

    @property
    def current(self) -> str:
        """Key of the queue chosen, empty where there is none."""
        index = self.currentIndex()
        return self._queues.rows[index.row()].key if index.isValid() else ""

    def show_rows(self, rows: Sequence[QueueRow], current: str = "") -> None:
        """Show queues, one of them chosen (the first where ``current`` is none of them)."""
        self._quiet = True
        self._queues.show(rows)
        keys = [row.key for row in rows]
        if keys:
            place = keys.index(current) if current in keys else 0
            self.setCurrentIndex(self._queues.index(place))
            self.scrollTo(self.currentIndex())
        self._quiet = False

    def choose(self, key: str) -> None:
        """Go to a queue as if the user did."""
        keys = [row.key for row in self.rows]
        if key in keys:
            self.setCurrentIndex(self._queues.index(keys.index(key)))

    def _current_changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        if not self._quiet and now.isValid():
            self.chosen.emit(self._queues.rows[now.row()].key)
