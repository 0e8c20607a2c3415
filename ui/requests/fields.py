"""Fields of the form for a request: a person found by typing, and a day with its calendar."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ui.theme import LIGHT, Theme
from ui.translate import Render, format_month
from ui.widgets.cards import styled_label
from ui.widgets.editors import date_editor
from ui.widgets.icons import IconButton
from wfm.errors import WfmError
from wfm.messages import message
from wfm.services.requests import Person


def folded(text: str) -> str:
    """Return a text as it is searched: without case, width and outer blanks."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def shown_name(person: Person) -> str:
    """Return how a person is offered: name, number, team and reading."""
    parts = [person.name, person.number, person.team, person.reading]
    return "  ".join(part for part in parts if part)


class PersonField(QLineEdit):
    """A line that finds a person by any part of name, reading or number; offers while typing."""

    changed = Signal()

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self._people: tuple[Person, ...] = ()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setClearButtonEnabled(True)
        self.textChanged.connect(lambda _text: self.changed.emit())

    def set_people(self, people: Sequence[Person]) -> None:
        """Offer these people from now on."""
        self._people = tuple(people)
        completer = QCompleter([shown_name(person) for person in people], self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(9)
        self.setCompleter(completer)

    def person(self) -> Person | None:
        """Return the person meant: chosen, or the only one that fits what is typed."""
        text = folded(self.text())
        if not text:
            return None
        exact = [
            item
            for item in self._people
            if text in (folded(shown_name(item)), folded(item.name), folded(item.number), item.key)
        ]
        if exact:
            return exact[0] if len(exact) == 1 else None
        near = [item for item in self._people if text in folded(shown_name(item))]
        return near[0] if len(near) == 1 else None

    def show_key(self, key: str) -> None:
        """Show a person by key; an unknown one empties the line."""
        found = next((item for item in self._people if item.key == key), None)
        self.setText("" if found is None else shown_name(found))
        self.setCursorPosition(0)


class DayField(QWidget):
    """A date to type (2026-12-01), to step with Up and Down, or to choose in a calendar."""

    changed = Signal()

    def __init__(self, render: Render, language: str, name: str) -> None:
        super().__init__()
        self._render, self._language, self._theme = render, language, LIGHT
        self.line = date_editor(optional=True)
        self.line.setAccessibleName(name)
        self.line.textChanged.connect(lambda _text: self.changed.emit())
        self.button = IconButton("calendar", render(message("Choose in a calendar")))
        self.button.clicked.connect(self.open_calendar)
        self.popup: CalendarPopup | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.line)
        row.addWidget(self.button)
        row.addStretch(1)
        self.setFocusProxy(self.line)

    def set_theme(self, theme: Theme) -> None:
        """Open the calendar in ``theme`` from now on."""
        self._theme = theme

    def day(self) -> date | None:
        """Return the day typed, ``None`` for an empty line or what is no date."""
        try:
            found: date | None = self.line.value()
        except WfmError:
            return None
        return found

    def problem(self) -> WfmError | None:
        """Return what is wrong with what is typed."""
        try:
            self.line.value()
        except WfmError as error:
            return error
        return None

    def show_day(self, day: date | None) -> None:
        """Show a day."""
        self.line.show_value(day)

    def open_calendar(self) -> None:
        """Show the calendar below the field."""
        self.popup = CalendarPopup(self._render, self._language, self._theme, self)
        self.popup.chosen.connect(self._take)
        day = self.day()
        if day is not None:
            self.popup.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self.popup.show()
        self.popup.calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def _take(self, day: date) -> None:
        self.show_day(day)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)


class CalendarPopup(QFrame):
    """A month to choose a day from; goes away by itself."""

    chosen = Signal(object)

    def __init__(self, render: Render, language: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._language = language
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.calendar = QCalendarWidget()
        self.calendar.setLocale(QLocale(language))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setGridVisible(False)
        self.calendar.setNavigationBarVisible(False)  # ours says 2026年12月, in the theme's colours
        for day, colour in (
            (Qt.DayOfWeek.Saturday, theme.accent),
            (Qt.DayOfWeek.Sunday, theme.bad),
        ):
            painted = QTextCharFormat()
            painted.setForeground(QColor(colour))
            self.calendar.setWeekdayTextFormat(day, painted)
        self.month = styled_label(role="section")
        self.earlier = IconButton("left", render(message("Month before")))
        self.later = IconButton("right", render(message("Month after")))
        self.earlier.clicked.connect(self.calendar.showPreviousMonth)
        self.later.clicked.connect(self.calendar.showNextMonth)
        self.calendar.currentPageChanged.connect(self._show_month)
        self._show_month(self.calendar.yearShown(), self.calendar.monthShown())
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 0, 0)
        head.setSpacing(4)
        head.addWidget(self.month, 1)
        for button in (self.earlier, self.later):
            button.set_theme(theme)
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addLayout(head)
        column.addWidget(self.calendar)
        self.calendar.clicked.connect(self._take)
        self.calendar.activated.connect(self._take)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape closes the calendar."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _show_month(self, year: int, month: int) -> None:
        self.month.setText(format_month(date(year, month, 1), self._language))

    def _take(self, day: QDate) -> None:
        self.chosen.emit(date(day.year(), day.month(), day.day()))
        self.close()
