"""The row above a list of people: a search, what else narrows it down, and how many are left."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from ui.translate import Render
from ui.widgets.cards import styled_label
from ui.widgets.fields import SearchBox
from wfm.messages import Message, message


class NarrowRow(QWidget):
    """Says who is wanted; whoever shows the people tells it how many were found."""

    changed = Signal()

    def __init__(self, render: Render, hint: Message, everybody: Message) -> None:
        super().__init__()
        self._render = render
        self.search = SearchBox(render(hint))
        self.count = styled_label(role="subtitle")
        self.clear_button = QPushButton(render(everybody))
        self.clear_button.setProperty("role", "link")
        self.search.textChanged.connect(lambda _text: self.changed.emit())
        self.clear_button.clicked.connect(self.clear)

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked for; a row with more than the search adds to it."""
        return bool(self.search.text().strip())

    def clear(self) -> None:
        """Ask for everybody."""
        with QSignalBlocker(self):
            self.search.clear()
            self.clear_rest()
        self.changed.emit()

    def clear_rest(self) -> None:
        """Take back what a row asks for besides the search."""

    def show_count(self, shown: int, people: int) -> None:
        """Say how many of the people are shown."""
        text = message(
            "{shown} / {count} person", plural="{shown} / {count} people",
            shown=shown, count=people,
        )  # fmt: skip
        self.count.setText(self._render(text))
        self.clear_button.setVisible(self.narrowed)

    def focus_search(self) -> None:
        """Give the keyboard to the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
