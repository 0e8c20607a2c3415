"""Editors of the hours of a day, and the grid of a week of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.widgets.cards import restyle, styled_label
from ui.widgets.editors import ChoiceEditor, ValueLine, clock_editor
from ui.widgets.icons import IconButton
from wfm.calendars import window_fault, windows_fault
from wfm.calendars.day_windows import Windows
from wfm.calendars.opening import PUBLIC_HOLIDAY
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.services.settings import DAY_NAMES

OPEN, CLOSED, AS_WEEKDAY = "open", "closed", "weekday"
TONES = {5: "saturday", 6: "holiday", PUBLIC_HOLIDAY: "holiday"}
USUAL = (540, 1080)
"""What a window starts with: 9:00 to 18:00."""


class WindowEditor(QWidget):
    """One window: from, to, and a button that removes it."""

    edited = Signal()
    removed = Signal()

    def __init__(self, desk: Desk, day: str, start: int, end: int) -> None:
        super().__init__()
        render = desk.render
        self.start: ValueLine = clock_editor()
        self.end: ValueLine = clock_editor()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 12, 0)
        row.setSpacing(4)
        for line, minutes, name in (
            (self.start, start, message("{day}, opens at", day=day)),
            (self.end, end, message("{day}, closes at", day=day)),
        ):
            line.setFixedWidth(64)
            line.show_value(minutes)
            line.setAccessibleName(render(name))
            line.edited.connect(self.edited)
        self.remove = IconButton("close", render(message("Remove these hours of {day}", day=day)))
        self.remove.setProperty("role", "quiet-step")
        self.remove.clicked.connect(self.removed)
        row.addWidget(self.start)
        row.addWidget(styled_label("–", "subtitle"))
        row.addWidget(self.end)
        row.addWidget(self.remove)

    def value(self) -> tuple[int, int]:
        """Return (start, end); raises with what is wrong with one of them or both."""
        start, end = self.start.value(), self.end.value()
        fault = window_fault(start, end)
        if fault is not None:
            raise WfmError(fault)
        return start, end

    def mark(self, *, wrong: bool) -> None:
        """Mark the window as wrong or right."""
        for line in (self.start, self.end):
            line.setProperty("tone", "bad" if wrong else "")
            restyle(line)


class DayHours(QWidget):
    """One day: open, closed (or as the weekday), with its windows and what is wrong with them."""

    edited = Signal()

    def __init__(self, desk: Desk, key: int) -> None:
        super().__init__()
        self._desk, self.key = desk, key
        self.day = desk.render(DAY_NAMES[key])
        words = {OPEN: message("open", context="hours"), CLOSED: message("closed", context="hours")}
        if key == PUBLIC_HOLIDAY:
            words = {AS_WEEKDAY: message("as on the weekday", context="hours"), **words}
        self.state = ChoiceEditor([(name, desk.render(text)) for name, text in words.items()])
        self.state.setAccessibleName(desk.render(message("{day}: open or closed", day=self.day)))
        self.state.setFixedWidth(150)
        self.state.edited.connect(self._state_chosen)
        self.windows: list[WindowEditor] = []
        self.add = IconButton("plus", desk.render(message("More hours on {day}", day=self.day)))
        self.add.setProperty("role", "quiet-step")
        self.add.clicked.connect(self._add_window)
        self.error = styled_label(role="error")
        self._row = QHBoxLayout()
        self._row.setSpacing(0)
        self._row.addWidget(self.add)
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self._row)
        column.addWidget(self.error)
        self.error.hide()

    def add_button(self, button: QWidget) -> None:
        """Put a further button behind the windows."""
        self._row.insertWidget(self._row.count() - 1, button)

    # --- windows ---------------------------------------------------------------------------------

    def _insert(self, start: int, end: int) -> WindowEditor:
        window = WindowEditor(self._desk, self.day, start, end)
        window.edited.connect(self._window_edited)
        window.removed.connect(lambda: self._remove_window(window))
        self._row.insertWidget(len(self.windows), window)
        self._desk.dress(window)
        self.windows.append(window)
        return window

    def _add_window(self) -> None:
        start, end = USUAL
        if self.windows:
            try:
                start = self.windows[-1].value()[1]
                end = start + 60
            except WfmError:
                start, end = USUAL
        window = self._insert(start, end)
        window.start.setFocus(Qt.FocusReason.OtherFocusReason)
        window.start.selectAll()
        self._window_edited()

    def _remove_window(self, window: WindowEditor) -> None:
        self._drop(window)
        if not self.windows:
            self.state.show_value(CLOSED)
        self._show_state()
        self._window_edited()

    def _drop(self, window: WindowEditor) -> None:
        self.windows.remove(window)
        self._row.removeWidget(window)
        window.hide()
        window.deleteLater()

    def _state_chosen(self) -> None:
        if self.state.value() == OPEN and not self.windows:
            self._insert(*USUAL)
        self._show_state()
        self._window_edited()

    def _show_state(self) -> None:
        is_open = self.state.value() == OPEN
        for window in self.windows:
            window.setVisible(is_open)
        self.add.setVisible(is_open)
        if not is_open:
            self.error.hide()

    def _window_edited(self) -> None:
        self.check()
        self.edited.emit()

    # --- value -----------------------------------------------------------------------------------

    def show_windows(self, windows: Windows | None) -> None:
        """Show the hours of the day; ``None``: as on the weekday."""
        for window in list(self.windows):
            self._drop(window)
        state = AS_WEEKDAY if windows is None else OPEN if windows else CLOSED
        self.state.show_value(state)
        for start, end in windows or ():
            self._insert(start, end)
        self._show_state()
        self.check()

    def value(self) -> Windows | None:
        """Return the hours; raises with the sentence about what is wrong."""
        match self.state.value():
            case "weekday":
                return None
            case "closed":
                return ()
        windows = tuple(window.value() for window in self.windows)
        fault = windows_fault(windows)
        if fault is not None:
            raise WfmError(fault)
        return tuple(sorted(windows))

    def check(self) -> bool:
        """Show what is wrong with the hours, and return whether nothing is."""
        wrong: Message | None = None
        try:
            self.value()
        except WfmError as error:
            wrong = error.message
        for window in self.windows:
            window.mark(wrong=wrong is not None and self._is_wrong(window))
        self.show_error(wrong)
        return wrong is None

    def _is_wrong(self, window: WindowEditor) -> bool:
        try:
            window.value()
        except WfmError:
            return True
        return False

    def show_error(self, text: Message | None) -> None:
        """Show a sentence below the hours."""
        self.error.setText("" if text is None else self._desk.render(text))
        self.error.setVisible(text is not None)

    def raw(self) -> Any:
        """Return what stands in the editors."""
        texts = [(window.start.raw(), window.end.raw()) for window in self.windows]
        return self.state.raw(), texts

    def take_raw(self, raw: Any) -> None:
        """Show again what stood there."""
        state, texts = raw
        for window in list(self.windows):
            self._drop(window)
        self.state.show_value(state)
        for start, end in texts:
            window = self._insert(*USUAL)
            window.start.take_raw(start)
            window.end.take_raw(end)
        self._show_state()
        self.check()


class WeekHours(QWidget):
    """The hours of the seven weekdays and of public holidays."""

    edited = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.seen: dict[int, Windows] = {}
        self.days = [DayHours(desk, key) for key in range(PUBLIC_HOLIDAY + 1)]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        top = Qt.AlignmentFlag.AlignTop
        for place, day in enumerate(self.days):
            label = styled_label(day.day)
            label.setMinimumSize(96, 30)
            label.setProperty("tone", TONES.get(day.key, ""))
            grid.addWidget(label, place, 0, top)
            grid.addWidget(day.state, place, 1, top)
            grid.addWidget(day, place, 2, top)
            if day.key != PUBLIC_HOLIDAY:
                day.add_button(self._copy_button(day))
            day.edited.connect(self.edited)

    def _copy_button(self, day: DayHours) -> IconButton:
        words = message("Give every weekday the hours of {day}", day=day.day)
        button = IconButton("copy", self._desk.render(words))
        button.setProperty("role", "quiet-step")
        button.clicked.connect(lambda: self._copy(day))
        return button

    def _copy(self, source: DayHours) -> None:
        raw = source.raw()
        for day in self.days:
            if day is not source and day.key != PUBLIC_HOLIDAY:
                day.take_raw(raw)
        self.edited.emit()

    def show_hours(self, opening: Mapping[int, Windows]) -> None:
        """Show a queue's hours; a weekday that is missing is closed."""
        self.seen = dict(opening)
        for day in self.days:
            missing: Windows | None = None if day.key == PUBLIC_HOLIDAY else ()
            day.show_windows(opening.get(day.key, missing))

    def value(self) -> dict[int, Windows] | None:
        """Return the hours as typed; ``None`` where something is wrong, and shown so."""
        wrong = [day for day in self.days if not day.check()]
        if wrong:
            return None
        typed = {day.key: day.value() for day in self.days}
        return {key: windows for key, windows in typed.items() if windows is not None}

    @property
    def differs(self) -> bool:
        """Whether other hours than the stored ones are typed."""
        try:
            typed = {day.key: day.value() for day in self.days}
        except WfmError:
            return True
        for key, windows in typed.items():
            missing: Windows | None = None if key == PUBLIC_HOLIDAY else ()
            stored = self.seen.get(key, missing)
            if windows != (None if stored is None else tuple(sorted(stored))):
                return True
        return False

    def raw(self) -> Any:
        """Return what stands in the editors."""
        return [day.raw() for day in self.days]

    def take_raw(self, raw: Any) -> None:
        """Show again what stood there."""
        for day, part in zip(self.days, raw, strict=True):
            day.take_raw(part)
