"""The heat map of a week: days down, intervals across, agents as shade and number.

It is a table, so that the keys and screen readers work as in every table; its columns stand above
the curve of the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.models.interval_model import GridContent, IntervalModel
from ui.models.placing import Area
from ui.plots.time_axis import TimeScale
from ui.theme import CAPTION_PX, LIGHT, TEXT_PX, Theme, font
from ui.widgets.day_header import hour_label
from ui.widgets.interval_cells import ColumnHead, GridHead, blended

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 30
HEADER_HEIGHT = 22
DAY_WIDTH = 64
TOTAL_WIDTH, WIDE_TOTAL = 78, 136
SHADES = 12
_DEEPEST = 0.5
_LEAST_FOR_NUMBERS = 15
"""Pixels that a column needs to hold two digits; narrower ones show the shade alone."""


def shade(theme: Theme, step: int) -> QColor:
    """Return the ground of a step from 0 (nobody) to ``SHADES`` (the week's most)."""
    return blended(theme.panel, theme.accent, _DEEPEST * step / SHADES)


@dataclass(frozen=True, slots=True)
class DayFigure:
    """What stands at the right of a day: its agent-hours, and last week's to judge them by."""

    text: str
    neighbour: str = ""


class _HourHead(GridHead):
    """Writes the hours above the intervals, as many as there is room for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._scale: TimeScale | None = None
        self.setFixedHeight(HEADER_HEIGHT)

    def set_scale(self, scale: TimeScale) -> None:
        """Show the hours of this scale."""
        self._scale = scale
        self.viewport().update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the hours over all columns together."""
        painter = QPainter(self.viewport())
        theme = self._theme
        painter.fillRect(self.viewport().rect(), QColor(theme.panel))
        if self._scale is not None:
            width = self.length()
            painter.setFont(font(CAPTION_PX))
            painter.setPen(QColor(theme.muted))
            for minute in self._scale.ticks(width, 30):
                centre = round((minute - self._scale.open_from) / self._scale.minutes * width)
                place = QRect(centre - 24, 2, 48, HEADER_HEIGHT - 4)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, hour_label(minute))
        painter.end()


class _HeatCells(QStyledItemDelegate):
    """Paints agents as a shade, with the number where there is room."""

    def __init__(self, model: IntervalModel, view: QTableView) -> None:
        super().__init__(view)
        self._model, self._view = model, view
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self._theme = theme
        self._small = font(CAPTION_PX)
        self._shades = [shade(theme, step) for step in range(SHADES + 1)]
        self._shut, self._line = QColor(theme.faint_line), QColor(theme.panel)
        self._text, self._accent = QColor(theme.text), QColor(theme.accent)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one interval."""
        row, column, rect = index.row(), index.column(), option.rect
        content = self._model.content
        shut = not content.editable[row, column]
        tint = 0.0 if content.tint is None else float(content.tint[row, column])
        painter.fillRect(rect, self._shut if shut else self._shades[round(tint * SHADES)])
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, self._line)
        value = float(content.values[row, column])
        if not shut and value > 0 and rect.width() >= _LEAST_FOR_NUMBERS:
            painter.setFont(self._small)
            painter.setPen(self._text)
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, f"{value:.0f}")
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(self._text)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
            painter.setPen(self._accent)
            painter.drawRect(rect.adjusted(1, 1, -2, -2))


class HeatLines(QTableView):
    """The table of the heat map; ``picked`` tells day and interval."""

    picked = Signal(int, int)
    opened = Signal()

    def __init__(self, model: IntervalModel) -> None:
        super().__init__()
        self.grid = model
        self.setModel(model)
        self.cells = _HeatCells(model, self)
        self.setItemDelegate(self.cells)
        self.hours, self.days = _HourHead(self), GridHead(Qt.Orientation.Vertical, self)
        self.setHorizontalHeader(self.hours)
        self.setVerticalHeader(self.days)
        for head in (self.hours, self.days):
            head.setSectionResizeMode(GridHead.ResizeMode.Fixed)
            head.setMinimumSectionSize(1)
        self.days.setDefaultSectionSize(ROW_HEIGHT)
        self.days.setFixedWidth(DAY_WIDTH)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        for part in (self.cells, self.hours, self.days):
            part.set_theme(theme)
        self.viewport().update()

    def go_to(self, day: int, place: int) -> None:
        """Choose an interval."""
        index = self.grid.index(day, place)
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter asks for the reason, Ctrl+C copies the whole week."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            rows, columns = self.grid.shape
            whole = Area(0, 0, rows - 1, columns - 1)
            QGuiApplication.clipboard().setText(self.grid.as_tsv(whole, titles=True))
        else:
            super().keyPressEvent(event)

    def _current_changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.picked.emit(now.row(), now.column())


class _Totals(QWidget):
    """Agent-hours of each day, beside the rows of the heat map."""

    def __init__(self) -> None:
        super().__init__()
        self._figures: Sequence[DayFigure] = ()
        self._title, self._theme = "", LIGHT
        self.setFixedWidth(TOTAL_WIDTH)

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self._theme = theme
        self.update()

    def show_figures(self, title: str, figures: Sequence[DayFigure]) -> None:
        """Show these figures from top to bottom."""
        self._title, self._figures = title, figures
        self.setAccessibleName(title)
        self.setAccessibleDescription(
            ", ".join(f"{item.text} {item.neighbour}".strip() for item in figures)
        )
        wide = any(item.neighbour for item in figures)
        self.setFixedWidth(WIDE_TOTAL if wide else TOTAL_WIDTH)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint title and figures."""
        painter = QPainter(self)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font(CAPTION_PX))
        painter.setPen(QColor(self._theme.muted))
        width = self.width() - 12
        painter.drawText(QRect(0, 0, width, HEADER_HEIGHT), right, self._title)
        for row, item in enumerate(self._figures):
            top = HEADER_HEIGHT + row * ROW_HEIGHT
            painter.setFont(font(TEXT_PX, bold=True))
            painter.setPen(QColor(self._theme.text))
            text = QRect(0, top, 58 if self.width() > TOTAL_WIDTH else width, ROW_HEIGHT)
            painter.drawText(text, right, item.text)
            painter.setFont(font(CAPTION_PX))
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(QRect(58, top, width - 58, ROW_HEIGHT), right, item.neighbour)
        painter.end()


class HeatMap(QWidget):
    """Heat map and agent-hours of the days."""

    columns_placed = Signal(int, int)
    """Pixels before the first and behind the last column."""

    def __init__(self, language: str, name: str) -> None:
        super().__init__()
        self.model = IntervalModel(language, self)
        self.lines = HeatLines(self.model)
        self.lines.setAccessibleName(name)
        self.totals = _Totals()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.lines, 1)
        row.addWidget(self.totals)
        self.setFocusProxy(self.lines)

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self.lines.set_theme(theme)

    def show_heat(
        self,
        content: GridContent,
        scale: TimeScale,
        heads: Sequence[ColumnHead],
        title: str,
        figures: Sequence[DayFigure],
    ) -> None:
        """Show agents of days × intervals; ``scale`` places the hours."""
        self.model.show(content)
        self.lines.hours.set_scale(scale)
        self.lines.days.show_heads(heads)
        self.totals.show_figures(title, figures)
        self.setFixedHeight(HEADER_HEIGHT + ROW_HEIGHT * len(content.rows) + 2)
        self._lay_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Share the new width among the intervals."""
        super().resizeEvent(event)
        self._lay_columns()

    def _lay_columns(self) -> None:
        count = self.model.shape[1]
        width = max(self.width() - DAY_WIDTH - self.totals.width(), 1)
        for place in range(count):
            size = round((place + 1) * width / count) - round(place * width / count)
            self.lines.hours.resizeSection(place, size)
        self.columns_placed.emit(DAY_WIDTH, self.totals.width())
