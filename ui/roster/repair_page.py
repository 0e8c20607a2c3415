"""Repair: who is absent, how much may change for it, and what more changes would buy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem

from ui.roster.answer_parts import AnswerPage, button
from ui.roster.asking import Asking
from ui.roster.curve_plot import CurvePlot
from ui.roster.grouped_list import Entry, Group
from ui.roster.inline_bar import line
from ui.roster.scope_fields import PeopleOf, ScopeFields
from ui.roster.selection import Cell
from ui.theme import LIGHT, Theme
from ui.translate import Render, format_day, format_hours, format_number
from wfm.analysis.draft import WeekDraft
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.people import Leave
from wfm.model.request import AgentDay
from wfm.model.run import RunRequest
from wfm.model.time import Horizon, format_clock
from wfm.services.repair import CurvePoint

TOPIC = "repair"
ROW_HEIGHT, MOST_ROWS = 30, 5
_CELL = Qt.ItemDataRole.UserRole


class RepairPage(AnswerPage):
    """Collects absences; the repair itself is a build on part of the roster."""

    topic = TOPIC

    repair_wanted = Signal(object)
    """A :class:`~wfm.model.run.RunRequest`."""
    curve_wanted = Signal(object)
    """The same, to be solved for more and more people affected."""
    add_wanted = Signal()
    point_chosen = Signal(int)

    def __init__(self, asking: Asking, language: str, render: Render, people_of: PeopleOf) -> None:
        super().__init__(asking, language, render, render(message("Changes and coverage")))
        self._horizon: Horizon | None = None
        self._leaves: tuple[Cell, ...] = ()
        self.about = line("subtitle")
        self.about.setText(render(message(
            "Mark who is absent. The rest of the roster changes only where it is worth it."
        )))  # fmt: skip
        self.absent = QListWidget()
        self.absent.setFrameShape(QFrame.Shape.NoFrame)
        self.absent.setAccessibleName(render(message("Absent people")))
        self.add = button(render(message("Add the days selected in the roster")))
        self.add.clicked.connect(self.add_wanted)
        self.scope = ScopeFields(language, render, people_of, repair=True)
        self.repair = button(render(message("Repair")), "primary")
        self.curve = button(render(message("Compare more and fewer changes")))
        self.repair.clicked.connect(lambda: self._want(self.repair_wanted.emit))
        self.curve.clicked.connect(lambda: self._want(self.curve_wanted.emit))
        self._theme: Theme = LIGHT
        self._plot: CurvePlot | None = None
        self.list.chosen.connect(self._point_clicked)
        self._lay_out()

    def _lay_out(self) -> None:
        for part in (self.about, self.absent, self.add, self.scope):
            self.column.addWidget(part)
        self.column.addWidget(self.repair)
        self.column.addWidget(self.curve)
        self.first = self.add
        self.finish()
        self.list.hide()
        self._fit()

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self._theme = theme

    @property
    def plot(self) -> CurvePlot:
        """The curve; made when there is one to draw, for a plot is costly to make."""
        if self._plot is None:
            self._plot = CurvePlot(self._language, self.text_of)
            self._plot.set_theme(self._theme)
            self.column.insertWidget(self.column.indexOf(self.curve) + 1, self._plot)
        return self._plot

    # --- absences --------------------------------------------------------------------------------

    def show_week(self, draft: WeekDraft, leaves: Sequence[Cell]) -> None:
        """Show a week: people on leave who still have a shift are absent already."""
        self.scope.show_week(draft.horizon)
        kept = self.cells() if draft.horizon == self._horizon else ()
        self._horizon = draft.horizon
        self._leaves = tuple(leaves)
        self.absent.clear()
        self._fit()
        for cell in leaves:
            self._add_line(draft, cell, message("on leave, still has a shift"), fixed=True)
        self.add_cells(draft, kept)

    def add_cells(self, draft: WeekDraft, cells: Sequence[Cell]) -> None:
        """Add days of people, each once; a day without a shift can be one of absence as well."""
        there = {*self.cells(), *self._leaves}
        for cell in sorted(set(cells) - there, key=lambda cell: (cell[1], cell[0])):
            duty = draft.on(*cell)
            words = message("off", context="roster letter")
            if duty is not None:
                words = message(
                    "{span}",
                    context="shift",
                    span=f"{format_clock(duty.start)}–{format_clock(duty.end)}",
                )
            self._add_line(draft, cell, words, fixed=False)

    def cells(self) -> tuple[Cell, ...]:
        """Return the marked days that are no leave in the centre yet."""
        items = [self.absent.item(row) for row in range(self.absent.count())]
        found = [item.data(_CELL) for item in items if item.checkState() == Qt.CheckState.Checked]
        return tuple(cell for cell in found if cell not in self._leaves)

    def _add_line(self, draft: WeekDraft, cell: Cell, words: Message, *, fixed: bool) -> None:
        agent, day = cell
        text = message("{name}, {day}: {what}", name=draft.facts.name(agent),
                       day=format_day(day, self._language), what=words)  # fmt: skip
        item = QListWidgetItem(self.text_of(text))
        item.setData(_CELL, cell)
        flags = item.flags() | Qt.ItemFlag.ItemIsUserCheckable
        item.setFlags(flags & ~Qt.ItemFlag.ItemIsEnabled if fixed else flags)
        item.setCheckState(Qt.CheckState.Checked)
        self.absent.addItem(item)
        self._fit()

    def _fit(self) -> None:
        """Make the list as high as its lines; from some number on it scrolls."""
        rows = min(max(self.absent.count(), 1), MOST_ROWS)
        self.absent.setFixedHeight(rows * ROW_HEIGHT + 8)

    # --- asking ----------------------------------------------------------------------------------

    def request(self) -> RunRequest | None:
        """Return what to repair; ``None`` where it cannot be asked for: the reason is shown."""
        cells = self.cells()
        if not cells and not self._leaves:
            self.say(message("Nobody is marked as absent. Select days in the roster and add them."),
                     "warn")  # fmt: skip
            return None
        try:
            scope = self.scope.scope()
        except WfmError as error:
            self.scope.show_error(error.message)
            return None
        self.say(None)
        absences = tuple(AgentDay(agent, day) for agent, day in cells)
        return RunRequest(scope, absences, purpose="repair")

    def _want(self, told: Callable[[RunRequest], None]) -> None:
        request = self.request()
        if request is not None:
            told(request)

    def show_asking(self) -> None:
        """Show how far the curve is."""
        super().show_asking()
        if hasattr(self, "repair"):
            self.repair.setEnabled(not self.busy)
            self.curve.setEnabled(not self.busy)

    # --- the curve -------------------------------------------------------------------------------

    def show_curve(self, points: Sequence[CurvePoint], hard: Sequence[int] = ()) -> None:
        """Show what more and more people affected buy; a line proposes its roster.

        ``hard`` counts for each point the rules broken that must hold.
        """
        counts = tuple(hard) or (0,) * len(points)
        self.list.setVisible(bool(points))
        if points or self._plot is not None:
            self.plot.setVisible(bool(points))
            self.plot.set_points(points)
        title = self.text_of(message("Choose one to propose it"))
        entries = tuple(
            Entry(
                self.text_of(point_words(point, counts[place], self._language)),
                "✗" if counts[place] else "→",
                "bad" if counts[place] else "accent",
                str(place),
            )
            for place, point in enumerate(points)
            if not place or outcome(points[place - 1]) != outcome(point)
        )
        self.list.set_groups([Group("", title, "", entries)] if points else [])

    def _point_clicked(self, place: str, _day: date | None) -> None:
        if place:
            self.point_chosen.emit(int(place))


def outcome(point: CurvePoint) -> tuple[float, ...]:
    """Return what a point comes to: a higher limit often allows no more than a lower one."""
    return point.people, point.shifts, point.short_hours, point.surplus_hours, point.cost


def point_words(point: CurvePoint, hard: int, language: str) -> Message:
    """Return one point of the curve as a sentence."""
    people = message(
        "{count} person affected", plural="{count} people affected", count=point.people
    )
    shifts = message("{count} shift", context="roster", plural="{count} shifts",
                     count=point.shifts)  # fmt: skip
    words = message(
        "{people}, {shifts} changed: {short} h short, {surplus} h surplus, cost {cost}",
        people=people,
        shifts=shifts,
        short=format_hours(point.short_hours, language),
        surplus=format_hours(point.surplus_hours, language),
        cost=format_number(point.cost, language),
    )
    if not hard:
        return words
    return message(
        "{words}; {count} rule that must hold is broken",
        plural="{words}; {count} rules that must hold are broken",
        words=words,
        count=hard,
    )


def leaves_with_shifts(draft: WeekDraft, leaves: Sequence[Leave]) -> tuple[Cell, ...]:
    """Return days of granted leave on which the person still has a shift."""
    cells = sorted({(leave.agent, leave.day) for leave in leaves if leave.approved})
    return tuple(cell for cell in cells if draft.on(*cell) is not None)
