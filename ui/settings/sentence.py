"""One work rule as a sentence with editable numbers, its severity, source, and way back."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.widgets.cards import restyle, styled_label
from ui.widgets.editors import Switch, ValueLine, hours_editor, number_editor
from ui.widgets.icons import IconButton
from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.time import hours_text
from wfm.services.work_rules import SEVERITY_NAMES, RuleNumber, RuleView

_PLACE = re.compile(r"\{(\w+)\}")
BADGE_WIDTH = 76


def number_text(number: RuleNumber, value: int | None) -> Message | str:
    """Return a rule's number as it is read: hours with their unit, others plain."""
    if value is None:
        return message("none", context="number")
    if number.form == "hours":
        return message("{hours} h", context="length", hours=hours_text(value))
    if number.form == "switch":
        return message("on", context="switch") if value else message("off", context="switch")
    return str(value)


def number_line(number: RuleNumber) -> ValueLine | Switch:
    """Return the editor of a rule's number, or the switch of one that is 0 or 1."""
    optional = number.stated is None
    if number.form == "switch":
        return Switch()
    if number.form == "hours":
        line = hours_editor(low=number.low, high=number.high, optional=optional)
    else:
        line = number_editor(low=number.low, high=number.high, optional=optional)
    line.setFixedWidth(58)
    return line


def _show(line: ValueLine | Switch, value: int | None) -> None:
    if isinstance(line, Switch):
        line.show_value(bool(value))
    else:
        line.show_value(value)


class RuleSentence(QWidget):
    """Shows a rule; its numbers stand in the sentence as editors."""

    edited = Signal()

    def __init__(self, desk: Desk, view: RuleView) -> None:
        super().__init__()
        self._desk, self.view = desk, view
        self.lines: dict[str, ValueLine | Switch] = {}
        self.numbers = {number.key: number for number in view.numbers}
        self.error = styled_label(role="error")
        self.error.setWordWrap(True)
        self.error.hide()
        self.reset = IconButton("undo", self._way_back())
        self.reset.setProperty("role", "quiet-step")
        self.reset.clicked.connect(self._reset)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(12)
        badge = QVBoxLayout()
        badge.setContentsMargins(0, 4, 0, 0)
        badge.addWidget(self._badge())
        badge.addStretch(1)
        row.addLayout(badge)
        column = QVBoxLayout()
        column.setSpacing(0)
        words = self._sentence()
        if view.price is not None and view.numbers:
            words.addLayout(self._price(view.price))
        column.addLayout(words)
        if view.source:
            named = view.source
            text = desk.render(named) if isinstance(named, Message) else named
            source = styled_label(text, "caption")
            source.setWordWrap(True)
            column.addWidget(source)
        column.addWidget(self.error)
        row.addLayout(column, 1)
        row.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignTop)
        for key, line in self.lines.items():
            _show(line, self.numbers[key].value)
            line.edited.connect(self._edited)
        self._show_reset()

    # --- making ----------------------------------------------------------------------------------

    def _badge(self) -> QLabel:
        badge = styled_label(self._desk.render(SEVERITY_NAMES[self.view.severity]))
        badge.setProperty("role", "badge")
        badge.setProperty("tone", "strong" if self.view.severity == "illegal" else "")
        badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        badge.setFixedSize(BADGE_WIDTH, 22)
        return badge

    def _sentence(self) -> QHBoxLayout:
        """Return the sentence cut at its numbers, an editor in the place of each."""
        row = QHBoxLayout()
        row.setSpacing(6)
        parts = _PLACE.split(self._desk.render(self.view.sentence))
        for place, part in enumerate(parts):
            if place % 2:
                number = self.numbers[part]
                row.addWidget(self._line(number, self._desk.render(number.label)))
            elif part.strip():
                words = styled_label(part.strip())
                words.setMinimumHeight(30)
                row.addWidget(words)
        row.addStretch(1)
        return row

    def _price(self, number: RuleNumber) -> QHBoxLayout:
        self.numbers[number.key] = number
        words = self._desk.render(message("Breaking it costs {price}", price="{price}")).split(
            "{price}"
        )
        row = QHBoxLayout()
        row.setSpacing(6)
        hint = message("(empty: never)", context="price")
        before, after = words[0].strip(), " ".join((*words[1:], self._desk.render(hint))).strip()
        for text in (before, None, after):
            if text is None:
                row.addWidget(self._line(number, self._desk.render(number.label)))
            elif text:
                row.addWidget(styled_label(text, "subtitle"))
        return row

    def _line(self, number: RuleNumber, name: str) -> ValueLine | Switch:
        line = number_line(number)
        line.setAccessibleName(f"{self._desk.render(self.view.label)}: {name}")
        self.lines[number.key] = line
        return line

    # --- values ----------------------------------------------------------------------------------

    def values(self) -> dict[str, int] | None:
        """Return the numbers typed that differ from the set's; ``None`` where one is unreadable."""
        found: dict[str, int] = {}
        for key, line in self.lines.items():
            try:
                value = line.value()
            except WfmError as error:
                self.show_error(key, error.message)
                return None
            if value is not None and value != self.numbers[key].stated:
                found[key] = int(value)
        return found

    @property
    def differs(self) -> bool:
        """Whether a number other than the site's is typed."""
        try:
            return any(line.value() != self.numbers[key].value for key, line in self.lines.items())
        except WfmError:
            return True

    def show_error(self, key: str, text: Message | None) -> None:
        """Show what is wrong with a number, below the sentence."""
        for name, line in self.lines.items():
            line.setProperty("tone", "bad" if text is not None and name == key else "")
            restyle(line)
        words = "" if text is None else self._desk.render(text)
        self.error.setText(words)
        self.error.setVisible(bool(words))
        if key in self.lines:
            self.lines[key].setAccessibleDescription(words)

    def raw(self) -> dict[str, Any]:
        """Return what stands in the editors."""
        return {key: line.raw() for key, line in self.lines.items()}

    def take_raw(self, raw: dict[str, Any]) -> None:
        """Show again what stood there."""
        for key, text in raw.items():
            if key in self.lines:
                self.lines[key].take_raw(text)
        self._show_reset()

    def _edited(self) -> None:
        self.show_error("", None)
        self._show_reset()
        self.edited.emit()

    def _reset(self) -> None:
        for key, line in self.lines.items():
            _show(line, self.numbers[key].stated)
        self._edited()

    def _way_back(self) -> str:
        """Return what the way back to the set's numbers is called."""
        stated = [
            self._desk.render(text) if isinstance(text, Message) else text
            for number in self.view.numbers
            for text in (number_text(number, number.stated),)
        ]
        if not stated:
            return self._desk.render(message("Back to the set's own"))
        return self._desk.render(message("Back to {numbers}", numbers=", ".join(stated)))

    def _show_reset(self) -> None:
        """Offer the way back where other numbers than the set's are typed."""
        kept = self.reset.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(kept)
        self.reset.setVisible(self._is_own())

    def _is_own(self) -> bool:
        try:
            return any(line.value() != self.numbers[key].stated for key, line in self.lines.items())
        except WfmError:
            return True
