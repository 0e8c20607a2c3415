"""Curve above grid: two views of the same numbers that edit each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from ui.forecast.curve import ForecastCurve
from ui.forecast.picture import Speech, column_heads, curve_content, day_totals, grid_content
from ui.plots.legend import legend_entry
from ui.translate import format_date
from ui.widgets.cards import Card, styled_label
from ui.widgets.interval_grid import SCROLL_WIDTH, IntervalGrid
from wfm.calendars.day_grid import DayGrid
from wfm.forecasting.editing import VOLUME
from wfm.messages import message
from wfm.services.forecast_state import QueueForecast

CURVE_HEIGHT = 210
LEGEND = (
    ("accent", 3, message("Forecast", context="curve")),
    ("muted", 2, message("Method, where you changed it")),
    ("accent_background", 10, message("8 times out of 10 (P10–P90)")),
    ("faint", 2, message("Recent weeks")),
)


class ForecastSheet(QWidget):
    """Shows one queue's forecast; every change leaves as numbers by interval."""

    entered = Signal(object)
    """Interval → number: typed, pasted or pulled, one edit."""
    cleared = Signal(object)
    """Intervals whose numbers were deleted."""
    total_entered = Signal(int, float)
    """Place of the day, total typed above it."""
    told = Signal(object, str)
    chosen = Signal()
    """Other intervals are selected now."""
    let_go = Signal()
    """A pull was given up."""

    def __init__(self, speech: Speech) -> None:
        super().__init__()
        self._speech = speech
        self._entry: QueueForecast | None = None
        self._grid: DayGrid | None = None
        self._holidays: Mapping[date, str] = {}
        self.measure = VOLUME
        self._day: int | None = None
        render, language = speech.render, speech.language
        self.curve = ForecastCurve(language, render, message("Curve of the forecast"))
        self.grid = IntervalGrid(
            language,
            render,
            name=render(message("Forecast by interval")),
        )
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        render = self._speech.render
        above, below = Card(), Card()
        column = QVBoxLayout(above)
        column.setContentsMargins(1, 6, 1, 2)
        column.setSpacing(2)
        legend = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        legend.setContentsMargins(14, 0, 14, 0)
        legend.setSpacing(18)
        self.day_title = styled_label(role="section")
        legend.addWidget(self.day_title)
        self.legend: list[QWidget] = []
        for token, thickness, words in LEGEND:
            entry = legend_entry(token, thickness, render(words))
            self.legend.append(entry)
            legend.addWidget(entry)
        legend.addStretch(1)
        column.addLayout(legend)
        column.addWidget(self.curve, 1)
        inner = QHBoxLayout(below)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self.grid)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(8)
        self.splitter.addWidget(above)
        self.splitter.addWidget(below)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([CURVE_HEIGHT, 400])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)
        self.setFocusProxy(self.grid)

    def _connect(self) -> None:
        grid, curve = self.grid, self.curve
        grid.columns_placed.connect(lambda left, _width: curve.place_columns(left, SCROLL_WIDTH))
        grid.entered.connect(lambda cells: self.entered.emit(self._by_slot(cells)))
        grid.cleared.connect(lambda cells: self.cleared.emit([self._slot(cell) for cell in cells]))
        grid.total_entered.connect(self.total_entered)
        grid.told.connect(self.told)
        grid.chosen.connect(self._grid_chosen)
        curve.picked.connect(self._picked)
        curve.pulling.connect(self._preview)
        curve.pulled.connect(self._pulled)

    # --- showing ---------------------------------------------------------------------------------

    def show_entry(self, entry: QueueForecast, holidays: Mapping[date, str]) -> None:
        """Show a queue's forecast; it must have one."""
        assert entry.forecast is not None
        self._entry, self._holidays = entry, holidays
        self._grid = DayGrid.around(entry.forecast.horizon, entry.is_open)
        self._show_grid()
        self._show_curve()

    def show_measure(self, measure: str) -> None:
        """Show contacts or handling times."""
        if measure != self.measure:
            self.measure = measure
            if self._entry is not None:
                self.show_entry(self._entry, self._holidays)

    def show_day(self, day: int | None) -> None:
        """Draw one day across the whole curve, or the week."""
        if day != self._day:
            self._day = day
            if self._entry is not None:
                self._show_curve()

    @property
    def day(self) -> int | None:
        """The day drawn alone, ``None`` for the week."""
        return self._day

    def _show_grid(self) -> None:
        entry, grid = self._entry, self._grid
        if entry is None or entry.forecast is None or grid is None:
            return
        heads = column_heads(grid.horizon, self._holidays, entry.special_days, self._speech)
        content = grid_content(entry, entry.forecast, self.measure, grid, self._speech)
        volume = self.measure == VOLUME
        total = message("Total", context="day") if volume else message("Mean", context="day")
        self.grid.show_grid(
            content,
            heads,
            day_totals(entry, self.measure),
            total=self._speech.render(total),
            totals_editable=volume,
        )

    def _show_curve(self) -> None:
        entry, grid = self._entry, self._grid
        if entry is None or entry.forecast is None or grid is None:
            return
        content = curve_content(
            entry, entry.forecast, self.measure, grid, self._holidays, self._speech, self._day
        )
        self.curve.show_curve(content)
        self.day_title.setVisible(self._day is not None)
        shown = grid.horizon.dates[self._day or 0]
        self.day_title.setText(format_date(shown, self._speech.language, short=True))
        self.legend[1].setVisible(content.made is not None)
        self.legend[2].setVisible(content.low is not None)
        self.legend[3].setVisible(bool(content.history))
        self._show_selection()

    # --- selection -------------------------------------------------------------------------------

    def selected(self) -> list[int]:
        """Return the selected intervals that are open, in order of time."""
        if self._grid is None or self._entry is None:
            return []
        slots = sorted(self._slot(cell) for cell in self.grid.selected())
        return [slot for slot in slots if self._entry.is_open[slot]]

    def current_day(self) -> int:
        """Return the place of the day in which the current cell lies."""
        cell = self.grid.current()
        return 0 if cell is None else cell[1]

    def select(self, slots: list[int]) -> None:
        """Select the rectangle of cells around some intervals."""
        if self._grid is not None:
            cells = [cell for slot in slots if (cell := self._grid.cell(slot)) is not None]
            self.grid.select(cells)

    def _grid_chosen(self) -> None:
        if self._day is not None and self.grid.current() is not None:
            self.show_day(self.current_day())
        self._show_selection()
        self.chosen.emit()

    def _show_selection(self) -> None:
        if self._grid is None:
            return
        first = self._first_slot
        count = self._grid.horizon.slots_per_day if self._day is not None else None
        slots = [self._slot(cell) - first for cell in self.grid.selected()]
        self.curve.select([slot for slot in slots if slot >= 0 and (not count or slot < count)])

    def _picked(self, slot: int) -> None:
        self.select([slot + self._first_slot])

    # --- edits -----------------------------------------------------------------------------------

    @property
    def _first_slot(self) -> int:
        """The horizon's interval at which the curve begins."""
        if self._day is None or self._grid is None:
            return 0
        return self._day * self._grid.horizon.slots_per_day

    def _slot(self, cell: tuple[int, int]) -> int:
        assert self._grid is not None
        return self._grid.slot(*cell)

    def _by_slot(self, cells: Mapping[tuple[int, int], float]) -> dict[int, float]:
        return {self._slot(cell): number for cell, number in cells.items()}

    def _preview(self, numbers: Mapping[int, float]) -> None:
        """Show in the grid what is being pulled in the curve."""
        if self._grid is None or self._entry is None or self._entry.forecast is None:
            return
        if not numbers:
            self._show_grid()
            self.let_go.emit()
            return
        shown = self.grid.model.content
        values = np.array(shown.values)
        for slot, number in numbers.items():
            cell = self._grid.cell(slot + self._first_slot)
            if cell is not None:
                values[cell] = number
        self.grid.model.show(replace(shown, values=values))

    def _pulled(self, numbers: Mapping[int, float]) -> None:
        self.entered.emit({slot + self._first_slot: value for slot, value in numbers.items()})
