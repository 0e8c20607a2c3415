"""The breaks of a shift kind: one line each, from how long to how long after the start."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.widgets.cards import styled_label
from ui.widgets.editors import Editor, Switch, length_editor, number_editor
from ui.widgets.icons import IconButton
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.activity import BreakRule

USUAL = BreakRule(60, 180, 300)


class BreakLine(QWidget):
    """One break: its length, when it may start, and whether it is paid."""

    edited = Signal()
    removed = Signal()

    def __init__(self, desk: Desk, rule: BreakRule) -> None:
        super().__init__()
        render = desk.render
        self.length = number_editor(low=5, high=240)
        self.earliest = length_editor(low=1, high=1439)
        self.latest = length_editor(low=1, high=1439)
        self.paid = Switch(render(message("paid", context="break")))
        self.split = Switch(render(message("split shift", context="break")))
        self.remove = IconButton("close", render(message("Remove this break")))
        self.remove.setProperty("role", "quiet-step")
        self.remove.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        named: tuple[tuple[Any, str, Any], ...] = (
            (self.length, "length", message("Minutes of the break")),
            (self.earliest, "earliest", message("Earliest start after the shift's start")),
            (self.latest, "latest", message("Latest start after the shift's start")),
            (self.paid, "paid", message("Paid short break")),
            (self.split, "split", message("Free hours between the two parts of a split shift")),
        )
        for editor, name, words in named:
            editor.show_value(getattr(rule, name))
            editor.setAccessibleName(render(words))
            editor.edited.connect(self.edited)
        for line in (self.length, self.earliest, self.latest):
            line.setFixedWidth(58)
        row.addWidget(self.length)
        row.addWidget(styled_label(render(message("min, starting", context="break")), "subtitle"))
        row.addWidget(self.earliest)
        row.addWidget(styled_label("–", "subtitle"))
        row.addWidget(self.latest)
        after = styled_label(render(message("after the start", context="break")), "subtitle")
        row.addWidget(after)
        row.addSpacing(8)
        row.addWidget(self.paid)
        row.addWidget(self.split)
        row.addWidget(self.remove)
        row.addStretch(1)

    def editors(self) -> tuple[Editor, ...]:
        """Return the editors in order."""
        return self.length, self.earliest, self.latest, self.paid, self.split

    def value(self) -> BreakRule:
        """Return the break; raises with what is wrong."""
        return BreakRule(*(editor.value() for editor in self.editors()))


class BreaksEditor(QWidget):
    """All breaks of a kind, in order of their start."""

    edited = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.lines: list[BreakLine] = []
        self.error = styled_label(role="error")
        self.error.setWordWrap(True)
        self.error.hide()
        self.add = QPushButton(desk.render(message("Add a break")))
        self.add.setProperty("role", "link")
        self.add.clicked.connect(self._added)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self.error)
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def show_value(self, rules: Sequence[BreakRule]) -> None:
        """Show the breaks of a kind."""
        for line in list(self.lines):
            self._drop(line)
        for rule in rules:
            self._insert(rule)
        self.error.hide()

    def value(self) -> tuple[BreakRule, ...]:
        """Return the breaks; raises with what is wrong with one of them."""
        return tuple(sorted((line.value() for line in self.lines), key=lambda rule: rule.earliest))

    def check(self) -> bool:
        """Show what is wrong, and return whether nothing is."""
        try:
            self.value()
        except WfmError as error:
            self.error.setText(self._desk.render(error.message))
            self.error.show()
            return False
        self.error.hide()
        return True

    def raw(self) -> Any:
        """Return what stands in the editors."""
        return [[editor.raw() for editor in line.editors()] for line in self.lines]

    def take_raw(self, raw: Any) -> None:
        """Show again what stood there."""
        self.show_value([USUAL] * len(raw))
        for line, parts in zip(self.lines, raw, strict=True):
            for editor, part in zip(line.editors(), parts, strict=True):
                editor.take_raw(part)

    def _insert(self, rule: BreakRule) -> BreakLine:
        line = BreakLine(self._desk, rule)
        line.edited.connect(self._edited)
        line.removed.connect(lambda: self._removed(line))
        self._column.insertWidget(len(self.lines), line)
        self._desk.dress(line)
        self.lines.append(line)
        return line

    def _drop(self, line: BreakLine) -> None:
        self.lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _added(self) -> None:
        line = self._insert(USUAL)
        line.length.setFocus(Qt.FocusReason.OtherFocusReason)
        line.length.selectAll()
        self._edited()

    def _removed(self, line: BreakLine) -> None:
        self._drop(line)
        self._edited()

    def _edited(self) -> None:
        self.check()
        self.edited.emit()
