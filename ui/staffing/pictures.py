"""The centre of the screen: heat map with the curve of a day, or a table to read and copy."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.forecast.picture import Speech
from ui.forecast.words import agent_hours
from ui.plots.legend import legend_entry
from ui.plots.time_axis import TimeScale
from ui.staffing.day_curve import DayCurve
from ui.staffing.heat import HeatMap
from ui.staffing.picture import (
    day_content,
    day_figures,
    day_heads,
    heat_content,
    table_content,
    week_grid,
)
from ui.translate import format_date, format_number
from ui.widgets.cards import Card, ElidedLabel, styled_label
from ui.widgets.choices import Choices
from ui.widgets.interval_grid import IntervalGrid
from wfm.calendars.day_grid import DayGrid
from wfm.messages import message
from wfm.services.staffing_state import StaffingWeek

HEAT, TABLE = "heat", "table"
WITH, WITHOUT = "with", "without"
LEGEND = (
    ("accent", 3, message("To roster", context="agents")),
    ("muted", 2, message("Present", context="agents")),
    ("faint", 2, message("Week before")),
)


class StaffingPictures(QWidget):
    """Shows one queue's required agents, or those of all; one interval may be chosen."""

    chosen = Signal(int)
    """An interval of the week was gone to."""
    opened = Signal()
    """The reason of the chosen number is wanted."""

    def __init__(self, speech: Speech) -> None:
        super().__init__()
        self._speech = speech
        self._week: StaffingWeek | None = None
        self._queue = ""
        self._grid: DayGrid | None = None
        self.slot: int | None = None
        self._make_parts()
        self._arrange()
        self._connect()

    # --- building --------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        render, language = self._speech.render, self._speech.language
        self.view = Choices(
            [
                (HEAT, render(message("Heat map"))),
                (TABLE, render(message("Table", context="view"))),
            ],
            HEAT,
            render(message("View of the required staff")),
        )
        self.shrinkage = Choices(
            [
                (WITH, render(message("With shrinkage"))),
                (WITHOUT, render(message("Without", context="shrinkage"))),
            ],
            WITH,
            render(message("Shrinkage")),
        )
        self.total = ElidedLabel("subtitle")
        self.total.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        name = render(message("Required agents by day and interval"))
        self.heat = HeatMap(language, name)
        self.curve = DayCurve(language, render, message("Curve of the day's required agents"))
        self.day_title = styled_label(role="section")
        self.table = IntervalGrid(language, render, name=name)

    def _arrange(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.view)
        tools.addSpacing(4)
        tools.addWidget(self.shrinkage)
        tools.addWidget(self.total, 1)
        self.views = QStackedWidget()
        self.views.addWidget(self._heat_view())
        card = Card()
        inner = QVBoxLayout(card)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self.table)
        self.views.addWidget(card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(tools)
        column.addWidget(self.views, 1)
        self.setFocusProxy(self.heat)

    def _heat_view(self) -> QWidget:
        view = QWidget()
        column = QVBoxLayout(view)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        above, below = Card(), Card()
        upper = QVBoxLayout(above)
        upper.setContentsMargins(1, 6, 1, 4)
        upper.addWidget(self.heat)
        lower = QVBoxLayout(below)
        lower.setContentsMargins(1, 8, 1, 2)
        lower.setSpacing(4)
        head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        head.setContentsMargins(14, 0, 14, 0)
        head.setSpacing(18)
        head.addWidget(self.day_title)
        self.legend = [
            legend_entry(token, thickness, self._speech.render(words))
            for token, thickness, words in LEGEND
        ]
        for entry in self.legend:
            head.addWidget(entry)
        head.addStretch(1)
        lower.addLayout(head)
        lower.addWidget(self.curve, 1)
        column.addWidget(above)
        column.addWidget(below, 1)
        return view

    def _connect(self) -> None:
        lines = self.heat.lines
        self.view.chosen.connect(self.show_view)
        self.shrinkage.chosen.connect(lambda _key: self._show())
        lines.picked.connect(self._picked)
        lines.opened.connect(self.opened)
        lines.clicked.connect(lambda _index: self.opened.emit())
        self.heat.columns_placed.connect(self.curve.place_columns)
        self.curve.picked.connect(self._picked_in_curve)
        self.table.chosen.connect(self._table_chosen)

    # --- showing ---------------------------------------------------------------------------------

    def show_week(self, week: StaffingWeek, queue: str) -> None:
        """Show the required staff of a queue, or of all (empty)."""
        self._week, self._queue = week, queue
        self._show()

    def show_view(self, view: str) -> None:
        """Show the heat map or the table."""
        self.view.choose(view)
        self.views.setCurrentIndex(0 if view == HEAT else 1)
        cell = self._grid.cell(self.slot) if self._grid and self.slot is not None else None
        if view == TABLE and cell is not None:
            self.table.select([cell])
        elif cell is not None:
            self.heat.lines.go_to(cell[1], cell[0])
        (self.heat if view == HEAT else self.table).setFocus()

    def switch_shrinkage(self) -> None:
        """Show agents to roster instead of those present, or the other way round."""
        self.shrinkage.choose(WITHOUT if self.shrinkage.current == WITH else WITH)
        self._show()

    def restore(self, view: str, shrinkage: str) -> None:
        """Show what was shown before."""
        self.view.choose(view)
        self.views.setCurrentIndex(0 if view == HEAT else 1)
        self.shrinkage.choose(shrinkage)

    def _show(self) -> None:
        week = self._week
        if week is None:
            return
        speech, queue, shrinkage = self._speech, self._queue, self.shrinkage.current == WITH
        grid = self._grid = week_grid(week, queue)
        heads = day_heads(week, speech)
        self.heat.show_heat(
            heat_content(week, queue, grid, speech, shrinkage=shrinkage),
            TimeScale(week.horizon, *grid.span),
            heads,
            speech.render(message("Agent-hours")),
            day_figures(week, queue, speech, shrinkage=shrinkage),
        )
        self.table.show_grid(
            table_content(week, queue, grid, speech, shrinkage=shrinkage),
            heads,
            week.hours_by_day(queue, shrinkage=shrinkage),
            total=speech.render(message("Hours", context="total")),
            total_decimals=1,
            totals_editable=False,
        )
        self._show_total(week, shrinkage=shrinkage)
        self.legend[2].setVisible(week.knows_before)
        self._show_day()

    def _show_total(self, week: StaffingWeek, *, shrinkage: bool) -> None:
        render, language = self._speech.render, self._speech.language
        now = float(week.hours_by_day(self._queue, shrinkage=shrinkage).sum())
        total = agent_hours(now, language)
        short = words = message("Week: {hours}", hours=total)
        if week.knows_before:
            past = week.hours_by_day(self._queue, shrinkage=shrinkage, before=True).sum()
            words = message(
                "Week: {hours} (week before {before})",
                hours=total,
                before=agent_hours(float(past), language),
            )
        # beside the open drawer there is room for the number and its unit alone
        bare = message(
            "{hours} h", context="agent-hours", hours=format_number(now, language, 1, fixed=True)
        )
        self.total.show_whole(render(words), render(short), render(bare))

    def _show_day(self) -> None:
        week, grid = self._week, self._grid
        if week is None or grid is None:
            return
        per_day = week.horizon.slots_per_day
        day, slot = divmod(self.slot, per_day) if self.slot is not None else (0, None)
        date = week.horizon.dates[day]
        self.day_title.setText(format_date(date, self._speech.language, short=True))
        self.curve.show_day(day_content(week, self._queue, grid, day), slot)

    # --- one interval ----------------------------------------------------------------------------

    def go_to(self, slot: int) -> None:
        """Choose an interval of the week."""
        cell = self._grid.cell(slot) if self._grid is not None else None
        if cell is not None:
            self.heat.lines.go_to(cell[1], cell[0])

    def _picked(self, day: int, place: int) -> None:
        if self._grid is not None:
            self._choose(self._grid.slot(place, day))

    def _picked_in_curve(self, place: int) -> None:
        if self._week is None:
            return
        per_day = self._week.horizon.slots_per_day
        day = 0 if self.slot is None else self.slot // per_day
        self.go_to(day * per_day + place)
        self.opened.emit()

    def _table_chosen(self) -> None:
        cell = self.table.current()
        if cell is not None and self._grid is not None and self.view.current == TABLE:
            self._choose(self._grid.slot(*cell))

    def _choose(self, slot: int) -> None:
        self.slot = slot
        self._show_day()
        self.chosen.emit(slot)
