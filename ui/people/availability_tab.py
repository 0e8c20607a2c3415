"""When somebody can work: a painted week, the same hours as text, and dates that differ."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.people.scrolled import scrolled
from ui.theme import Theme
from ui.translate import Render, format_date, format_weekday
from ui.widgets.availability_grid import AvailabilityGrid
from ui.widgets.cards import restyle, styled_label
from ui.widgets.editors import TextEditor, date_editor
from ui.widgets.icons import IconButton
from wfm.calendars.day_windows import Windows
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.people import Availability
from wfm.services.people_days import read_windows, windows_text

_MONDAY = date(2026, 11, 30)


class AvailabilityTab(QWidget):
    """Edits one person's availability; ``changed`` carries it when it is to be written."""

    changed = Signal(object)

    def __init__(self, language: str, render: Render, theme: Theme, week_start: int) -> None:
        super().__init__()
        self._language, self._render, self._theme = language, render, theme
        self._shown = Availability("")
        self._dates: dict[date, Windows] = {}
        self.grid = AvailabilityGrid(language, render, theme=theme, week_start=week_start)
        self.day_label = styled_label()
        self.day_text = TextEditor()
        self.day_text.setMinimumWidth(90)
        self.day_text.setMaximumWidth(16_777_215)
        self.all_day = QPushButton(render(message("Any time")))
        self.closed = QPushButton(render(message("Closed", context="availability")))
        self.copy_day = IconButton("copy", render(message("Copy the hours of this day")))
        self.error = styled_label(role="error")
        self.error.setWordWrap(True)
        self.error.hide()
        self.new_date = date_editor()
        self.new_hours = TextEditor()
        self.new_hours.setMinimumWidth(90)
        self.add_date = QPushButton(render(message("Add", context="button")))
        self.save = QPushButton(render(message("Save")))
        self.revert = QPushButton(render(message("Discard")))
        self._date_rows: list[QWidget] = []
        self._date_grid = QGridLayout()
        self._name_parts()
        self._lay_out()
        self._connect()
        self._show_day()

    def _name_parts(self) -> None:
        render = self._render
        hours = render(message("Hours of the day, such as 9:00-13:00, 15:00-18:00"))
        self.day_text.setAccessibleName(hours)
        self.day_text.setToolTip(hours)
        self.day_text.setPlaceholderText(render(message("9:00-18:00; empty: any time; ×: closed")))
        self.new_date.setAccessibleName(render(message("Date that differs")))
        self.new_date.setPlaceholderText(render(message("2026-12-31")))
        self.new_hours.setAccessibleName(render(message("Hours on that date, × for closed")))
        self.new_hours.setPlaceholderText(render(message("9:00-13:00 or ×")))
        self.revert.setProperty("role", "quiet")
        for button in (self.all_day, self.closed):
            button.setProperty("role", "choice")
        self.add_date.setAccessibleName(render(message("Add the date that differs")))

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 8, 8, 0)
        column.setSpacing(8)
        hint = styled_label(
            self._render(
                message("Drag to paint the hours in which shifts may lie; drag again to erase.")
            ),
            "caption",
        )
        hint.setWordWrap(True)
        column.addWidget(hint)
        column.addWidget(self.grid)
        column.addLayout(
            _row(self.day_label, self.day_text, self.all_day, self.closed, self.copy_day)
        )
        column.addWidget(self.error)
        column.addLayout(_row(self.save, self.revert, None))
        column.addSpacing(8)
        column.addWidget(styled_label(self._render(message("Dates that differ")), "section"))
        self._date_grid.setHorizontalSpacing(12)
        self._date_grid.setVerticalSpacing(4)
        self._date_grid.setColumnStretch(1, 1)
        column.addLayout(self._date_grid)
        column.addLayout(_row(self.new_date, self.new_hours, self.add_date))
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))

    def _connect(self) -> None:
        self.grid.edited.connect(self._edited)
        self.grid.applied.connect(self.commit)
        self.grid.cursor_moved.connect(self._show_day)
        self.grid.refused.connect(self._show_error)
        self.day_text.editingFinished.connect(self._take_text)
        self.all_day.clicked.connect(lambda: self.grid.set_days(self.grid.days, None))
        self.closed.clicked.connect(lambda: self.grid.set_days(self.grid.days, ()))
        self.copy_day.clicked.connect(self.grid.copy)
        self.add_date.clicked.connect(self._add_date)
        self.new_hours.returnPressed.connect(self._add_date)
        self.save.clicked.connect(self.commit)
        self.revert.clicked.connect(lambda: self.show_value(self._shown))

    # --- values ----------------------------------------------------------------------------------

    def show_value(self, value: Availability) -> None:
        """Show somebody's availability; what was painted before is gone."""
        self._shown = value
        self.grid.set_value(value.weekdays)
        self._dates = dict(value.dates)
        self.new_date.clear()
        self.new_hours.clear()
        self._show_error(None)
        self._show_dates()
        self._show_day()

    def renew(self, value: Availability) -> None:
        """Show what is stored now, unless the same person is being painted."""
        if value.agent != self._shown.agent or not self.unsaved:
            self.show_value(value)
        else:
            self._shown = value
            self._show_state()

    def value(self) -> Availability:
        """Return the availability as it is painted now."""
        return Availability(self._shown.agent, self.grid.value(), dict(self._dates))

    @property
    def unsaved(self) -> bool:
        """Whether what is painted is not written yet."""
        return bool(self._shown.agent) and self.value() != self._shown

    def commit(self) -> None:
        """Write what was painted."""
        if self.unsaved:
            self._shown = self.value()
            self._show_state()
            self.changed.emit(self._shown)

    def refuse(self, error: WfmError) -> None:
        """Show why the hours were not taken."""
        self._show_error(error.message)

    # --- the day as text -------------------------------------------------------------------------

    def _edited(self) -> None:
        self._show_error(None)
        self._show_day()

    def _show_day(self) -> None:
        day, days = self.grid.day, self.grid.days
        names = [format_weekday(_MONDAY + timedelta(days=item), self._language) for item in days]
        self.day_label.setText(names[0] if len(names) == 1 else f"{names[0]}–{names[-1]}")
        windows = self.grid.value().get(day)
        text = "" if windows is None else windows_text(windows) or "×"
        self.day_text.show_value(text)
        self._show_state()

    def _show_state(self) -> None:
        unsaved = self.unsaved
        self.save.setEnabled(unsaved)
        self.revert.setEnabled(unsaved)
        self.save.setText(
            self._render(message("Save") if unsaved else message("Saved", context="state"))
        )

    def _take_text(self) -> None:
        try:
            hours = read_windows(self.day_text.text())
        except WfmError as error:
            self._show_error(error.message)
            self.day_text.setProperty("tone", "bad")
            restyle(self.day_text)
            return
        self._show_error(None)
        windows = self.grid.value().get(self.grid.day)
        if hours != windows:
            self.grid.set_days(self.grid.days, hours)
        self._show_day()

    def _show_error(self, text: Message | None) -> None:
        self.error.setText("" if text is None else self._render(text))
        self.error.setVisible(text is not None)
        if self.day_text.property("tone"):
            self.day_text.setProperty("tone", "")
            restyle(self.day_text)

    # --- dates that differ -----------------------------------------------------------------------

    def _add_date(self) -> None:
        try:
            day = self.new_date.value()
            hours = read_windows(self.new_hours.text())
        except WfmError as error:
            self._show_error(error.message)
            return
        self._dates[day] = ((0, 1440),) if hours is None else hours
        self.new_date.clear()
        self.new_hours.clear()
        self._show_error(None)
        self._show_dates()
        self._show_state()
        self.new_date.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop_date(self, day: date) -> None:
        self._dates.pop(day, None)
        self._show_dates()
        self._show_state()

    def _show_dates(self) -> None:
        for widget in self._date_rows:
            self._date_grid.removeWidget(widget)
            widget.deleteLater()
        self._date_rows = []
        for place, day in enumerate(sorted(self._dates)):
            name = format_date(day, self._language)
            hours = windows_text(self._dates[day]) or self._render(
                message("closed", context="availability")
            )
            drop = IconButton("trash", self._render(message("Remove {day}", day=name)))
            drop.setProperty("role", "quiet-step")
            drop.set_theme(self._theme)
            drop.clicked.connect(lambda _on=False, day=day: self._drop_date(day))
            row: tuple[QWidget, ...] = (styled_label(name), styled_label(hours), drop)
            for at, widget in enumerate(row):
                self._date_grid.addWidget(widget, place, at)
            self._date_rows += row

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on."""
        self._theme = theme


def _row(*widgets: QWidget | QLabel | None) -> QHBoxLayout:
    """Return widgets side by side; ``None`` takes the room that is left."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget, 1 if isinstance(widget, TextEditor) else 0)
    return row
