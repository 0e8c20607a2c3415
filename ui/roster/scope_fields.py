"""What a run may change: days, people, which changes, notice, and how many people at most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.form import Ask, editor_for
from ui.translate import Render, format_day
from ui.widgets.cards import styled_label
from ui.widgets.editors import ChoiceEditor, Editor, Switch, named_choices
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.run import RUN_PARTS, RunRequest, RunScope, careful
from wfm.model.time import Horizon

EVERYBODY, SELECTED, SHOWN = "everybody", "selected", "shown"
PEOPLE: dict[str, Message] = {
    EVERYBODY: message("everybody", context="people of a run"),
    SELECTED: message("those selected in the roster", context="people of a run"),
    SHOWN: message("those shown by the filter", context="people of a run"),
}
"""Of whom something may change."""
NARROW = 96
_METADATA = {item.name: item.metadata for item in fields(RunScope)}

PeopleOf = Callable[[str], Sequence[str]]
"""Returns the people selected, or shown, by a key of :data:`PEOPLE`."""


class ScopeFields(QWidget):
    """One line that says what may change, and the fields behind it.

    ``few`` is the switch that lets a run change only what is worth it; where it is ``True`` from
    the start, as in a repair, it is no question.
    """

    changed = Signal()

    def __init__(
        self, language: str, render: Render, people_of: PeopleOf, *, repair: bool = False
    ) -> None:
        super().__init__()
        self._language, self._render, self._people_of = language, render, people_of
        self._horizon: Horizon | None = None
        self._repair = repair
        self.words = styled_label()
        self.words.setWordWrap(True)
        self.toggle = QPushButton()
        self.toggle.setProperty("role", "link")
        self.toggle.clicked.connect(self._turn)
        self.part = ChoiceEditor(named_choices(tuple(RUN_PARTS.items()), render))
        self.part.show_value("everything")
        self.first, self.last = ChoiceEditor([]), ChoiceEditor([])
        self.who = ChoiceEditor(named_choices(tuple(PEOPLE.items()), render))
        self.who.show_value(EVERYBODY)
        self.people = self._number("people", int | None)
        self.notice = self._number("notice_days", int)
        self.notice.show_value(0)
        self.few = Switch(render(message("Change only what is worth it")))
        self.few.setChecked(repair)
        self.few.setToolTip(render(message(
            "A shift is changed only where that saves about two missing agent-hours."
        )))  # fmt: skip
        self.error = styled_label(role="error")
        self.error.setWordWrap(True)
        self.error.hide()
        self._lay_out()
        self._name_fields()
        for editor in (self.part, self.first, self.last, self.who, self.people, self.notice):
            editor.edited.connect(self._edited)
        self.few.edited.connect(self._edited)
        self._say()

    def _number(self, name: str, hint: Any) -> Editor:
        known = _METADATA[name]
        ask = Ask(known["label"], low=known["low"], high=known["high"])
        editor = editor_for(hint, ask, self._render)
        editor.widget().setFixedWidth(NARROW)
        return editor

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(self.words, 1)
        head.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        self.inside = QWidget()
        self.grid = grid = QGridLayout(self.inside)
        grid.setContentsMargins(0, 0, 0, 4)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        days = QHBoxLayout()
        days.setSpacing(4)
        days.addWidget(self.first, 1)
        days.addWidget(styled_label("–"))
        days.addWidget(self.last, 1)
        for place, (text, what) in enumerate(self._rows(days)):
            label = styled_label(self._render(text), "caption")
            label.setWordWrap(True)
            grid.addWidget(label, place, 0)
            if isinstance(what, QWidget):
                grid.addWidget(what, place, 1)
            else:
                grid.addLayout(what, place, 1)
        column.addWidget(self.inside)
        column.addWidget(self.few)
        column.addWidget(self.error)
        self.inside.hide()
        self.few.hide()

    def _rows(self, days: QHBoxLayout) -> list[tuple[Message, QWidget | QHBoxLayout]]:
        return [
            (message("May change"), self.part),
            (message("Days", context="of a run"), days),
            (message("Of whom"), self.who),
            (message("Days of notice"), self.notice.widget()),
            (message("People at most"), self.people.widget()),
        ]

    def _name_fields(self) -> None:
        names = (
            (self.part, message("May change")),
            (self.first, message("From day")),
            (self.last, message("To day")),
            (self.who, message("Of whom")),
            (self.notice.widget(), message("Days of notice")),
            (self.people.widget(), message("People at most")),
        )
        for widget, text in names:
            widget.setAccessibleName(self._render(text))
            widget.setMinimumWidth(40)
        for name, editor in (("people", self.people), ("notice_days", self.notice)):
            editor.widget().setToolTip(self._render(_METADATA[name]["help"]))

    # --- what is asked for -----------------------------------------------------------------------

    def show_week(self, horizon: Horizon) -> None:
        """Offer the days of a week; another week is asked for as a whole again."""
        if self._horizon == horizon:
            return
        self._horizon = horizon
        for box, place in ((self.first, 0), (self.last, -1)):
            box.clear()
            box.values = list(horizon.dates)
            box.addItems([format_day(day, self._language) for day in horizon.dates])
            box.show_value(horizon.dates[place])
        self._say()

    def scope(self) -> RunScope:
        """Return the scope chosen; raises :class:`~wfm.errors.WfmError` for what is none."""
        horizon = self._horizon
        first, last, who = self.first.raw(), self.last.raw(), self.who.value()
        agents = () if who == EVERYBODY else tuple(self._people_of(who))
        if who != EVERYBODY and not agents:
            raise WfmError(message("Nobody is selected in the roster: choose people first."))
        few = self.few.isChecked() and horizon is not None
        base = careful(horizon.slot_minutes) if few and horizon is not None else RunScope()
        return replace(
            base,
            first=None if horizon is None or first == horizon.start else first,
            last=None if horizon is None or last == horizon.dates[-1] else last,
            agents=agents,
            part=self.part.value(),
            people=self.people.value(),
            notice_days=self.notice.value(),
        )

    def request(self) -> RunRequest | None:
        """Return what to ask for; ``None`` where it cannot be read: the reason is shown."""
        try:
            found = RunRequest(self.scope())
        except WfmError as error:
            self.show_error(error.message)
            return None
        self.error.hide()
        return found

    def show_error(self, text: Message) -> None:
        """Show what is wrong with the fields."""
        self.error.setText(self._render(text))
        self.error.show()
        self.open()

    def open(self) -> None:
        """Show the fields."""
        self.inside.show()
        self.few.setVisible(not self._repair)
        self._say()

    # --- words -----------------------------------------------------------------------------------

    def _turn(self) -> None:
        if self.inside.isHidden():
            self.open()
            self.part.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.inside.hide()
            self.few.hide()
            self._say()

    def _edited(self) -> None:
        self.error.hide()
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        shut = self.inside.isHidden()
        self.toggle.setText(self._render(message("Limit it …") if shut else message("Done")))
        try:
            scope = self.scope()
        except WfmError as error:
            self.words.setText(self._render(error.message))
            return
        render = self._render
        plain = (
            careful(self._horizon.slot_minutes) if self._repair and self._horizon else RunScope()
        )
        if scope == plain:
            text = message("The whole week may change.")
        else:
            text = message("Only part of the week may change.")
        self.words.setText(render(text))
