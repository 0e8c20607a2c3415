"""Asks for leave or a wish: what, from when to when; says what a duty on these days means."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.translate import Render
from ui.widgets.cards import restyle, styled_label
from ui.widgets.editors import ChoiceEditor, TextEditor, ValueLine, clock_editor, date_editor
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.activity import ABSENCE_KINDS, ABSENCE_NAMES
from wfm.services.people_checks import FieldError
from wfm.services.people_days import DutyOnLeaveError

WISH_NAMES = {
    "wish:off": message("Wish: day off"),
    "wish:window": message("Wish: hours"),
    "wish:want": message("Wish: wants to work (◎)"),
    "wish:rather_not": message("Wish: rather not (−)"),
    "wish:cannot": message("Wish: cannot (×)"),
}
WHOLE_DAYS = ("wish:want", "wish:rather_not", "wish:cannot")
"""Wishes that are about the whole day unless hours are typed."""


class LeaveForm(QWidget):
    """A line of fields and a button, or two lines where there is little room (``wide`` is false).

    ``leave_wanted`` carries (kind, first, last, note, clear duties), ``wish_wanted`` (kind, first,
    last, start, end).
    """

    leave_wanted = Signal(str, object, object, str, bool)
    wish_wanted = Signal(str, object, object, int, int)
    span_typed = Signal(object, object)

    def __init__(self, render: Render, *, wishes: bool, wide: bool) -> None:
        super().__init__()
        self._render = render
        kinds = [(kind, render(ABSENCE_NAMES[kind])) for kind in ABSENCE_KINDS]
        if wishes:
            kinds += [(key, render(name)) for key, name in WISH_NAMES.items()]
        self.kind = ChoiceEditor(kinds)
        self.kind.show_value("paid_leave")
        self.first, self.last = date_editor(), date_editor()
        self.start, self.end = clock_editor(), clock_editor()
        self.note = TextEditor()
        self.add = QPushButton(render(message("Enter", context="leave")))
        self.error = styled_label(role="error")
        self.error.setWordWrap(True)
        self.error.hide()
        self.clear = QPushButton()
        self.clear.setProperty("role", "danger")
        self.clear.hide()
        self._name_parts()
        self._lay_out(wide=wide)
        self.add.clicked.connect(lambda: self._send(clear=False))
        self.clear.clicked.connect(lambda: self._send(clear=True))
        self.kind.edited.connect(self._kind_chosen)
        for line in (self.first, self.last):
            line.editingFinished.connect(self._span_left)
        for field in (self.first, self.last, self.note, self.start, self.end):
            field.returnPressed.connect(lambda: self._send(clear=False))
        self._kind_chosen()

    def _name_parts(self) -> None:
        render = self._render
        for widget, name in (
            (self.kind, message("Kind of leave")),
            (self.first, message("First day")),
            (self.last, message("Last day")),
            (self.start, message("From")),
            (self.end, message("Until")),
            (self.note, message("Note")),
        ):
            widget.setAccessibleName(render(name))
            widget.setToolTip(render(name))
        self._name_clear(1)
        self.note.setPlaceholderText(render(message("Note")))
        self.first.setPlaceholderText(render(message("First day")))
        self.last.setPlaceholderText(render(message("Last day")))
        self.start.show_value(540)
        self.end.show_value(1080)
        for line in (self.first, self.last):
            line.setFixedWidth(104)
        for line in (self.start, self.end):
            line.setFixedWidth(64)
        self.note.setMinimumWidth(90)

    def _lay_out(self, *, wide: bool) -> None:
        self._hours = styled_label("–")
        self.add.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        days = (self.first, styled_label("–"), self.last)
        what = (self.kind, self.start, self._hours, self.end, self.note, self.add)
        for line in ((*days, *what),) if wide else (days, what):
            row = QHBoxLayout()
            row.setSpacing(6)
            for widget in line:
                row.addWidget(widget)
            row.addStretch(1)
            column.addLayout(row)
        column.addWidget(self.error)
        column.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignLeft)

    def set_span(self, first: date, last: date) -> None:
        """Show the days that were chosen elsewhere."""
        self.first.show_value(first)
        self.last.show_value(last)
        self.show_error(None)

    @property
    def typed(self) -> bool:
        """Whether a note is typed that is not entered yet."""
        return bool(self.note.text().strip())

    def refuse(self, error: BaseException) -> bool:
        """Show why it was not entered; tell whether it is something a user can act on."""
        if not isinstance(error, WfmError):
            return False
        self.show_error(error.message)
        if isinstance(error, FieldError):
            wrong = {"first": self.first, "last": self.last, "start": self.start}.get(error.field)
            if wrong is not None:
                self._mark(wrong)
        if isinstance(error, DutyOnLeaveError):
            self._name_clear(len(error.duties))
            self.clear.show()
        return True

    def _name_clear(self, count: int) -> None:
        text = message(
            "Enter it and take the duty off the roster",
            plural="Enter it and take {count} duties off the roster",
            count=count,
        )
        self.clear.setText(self._render(text))

    def done(self) -> None:
        """It was entered."""
        self.note.clear()
        self.show_error(None)

    def show_error(self, text: Message | None) -> None:
        """Show a sentence below the fields, or none."""
        self.error.setText("" if text is None else self._render(text))
        self.error.setVisible(text is not None)
        self.clear.hide()
        for line in (self.first, self.last, self.start, self.end):
            if line.property("tone"):
                line.setProperty("tone", "")
                restyle(line)

    def _kind_chosen(self) -> None:
        kind = str(self.kind.value())
        hours, wish = self._has_hours, kind.startswith("wish:")
        if hours:
            self.start.show_value(0 if kind in WHOLE_DAYS else 540)
            self.end.show_value(1440 if kind in WHOLE_DAYS else 1080)
        for widget in (self.start, self.end, self._hours):
            widget.setVisible(hours)
        self.note.setVisible(not wish)
        self.show_error(None)

    @property
    def _has_hours(self) -> bool:
        return self.kind.value() in ("wish:window", *WHOLE_DAYS)

    def _span_left(self) -> None:
        try:
            span = self.first.value(), self.last.value()
        except WfmError:
            return  # said when it is entered
        if span[0] <= span[1]:
            self.span_typed.emit(*span)

    def _send(self, *, clear: bool) -> None:
        self.show_error(None)
        values = []
        hours = self._has_hours
        lines = [self.first, self.last, *((self.start, self.end) if hours else ())]
        for line in lines:
            try:
                values.append(line.value())
            except WfmError as error:
                self.show_error(error.message)
                self._mark(line)
                line.setFocus()
                return
        kind = str(self.kind.value())
        if kind.startswith("wish:"):
            start, end = values[2:] if hours else (0, 1440)
            self.wish_wanted.emit(kind.removeprefix("wish:"), values[0], values[1], start, end)
        else:
            self.leave_wanted.emit(kind, values[0], values[1], self.note.value(), clear)

    @staticmethod
    def _mark(line: ValueLine | QLineEdit) -> None:
        line.setProperty("tone", "bad")
        restyle(line)
