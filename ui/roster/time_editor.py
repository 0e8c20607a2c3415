"""The field in a cell into which a shift's times are typed."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.roster.selection import Cell
from ui.widgets.cards import restyle

LEAST_WIDTH = 112


class TimeEditor(QLineEdit):
    """Opens over a cell; Enter asks for the times, Escape and another place leave them."""

    entered = Signal(object, str)
    """The cell and the text typed into it."""
    left = Signal()
    """Closed without having asked for anything."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setObjectName("times")
        self.setAccessibleName(name)
        self.setPlaceholderText("9:00-18:00")
        self._cell: Cell | None = None
        self._first = ""
        self.textEdited.connect(lambda _: self.mark(wrong=False))
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether times can be typed."""
        return self._cell is not None

    def open_on(self, cell: Cell, place: QRect, text: str) -> None:
        """Open over a cell with the times it has."""
        self._cell, self._first = cell, text
        self.mark(wrong=False)
        width = max(place.width(), LEAST_WIDTH)
        room = self.parentWidget()
        left = place.left() if room is None else min(place.left(), room.width() - width)
        self.setGeometry(left, place.top(), width, place.height())
        self.setText(text)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.selectAll()

    def mark(self, *, wrong: bool) -> None:
        """Show whether what was typed was refused."""
        tone = "bad" if wrong else ""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)

    def shut(self) -> None:
        """Close without asking for anything."""
        self._cell = None
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter asks for the times, Escape closes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask()
        elif event.key() == Qt.Key.Key_Escape:
            self.shut()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Close when the keyboard goes elsewhere; what was not entered is not taken."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.shut()

    def _ask(self) -> None:
        if self._cell is None:
            return
        if self.text().strip() == self._first:
            self.shut()
            self.left.emit()
        else:
            self.entered.emit(self._cell, self.text())
