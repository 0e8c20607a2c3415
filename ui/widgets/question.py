"""A question asked in place, before something is removed, replaced or done once more."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from ui.translate import Render
from ui.widgets.cards import styled_label
from wfm.messages import Message, message


class Question(QFrame):
    """Shows sentences and two answers; the careful one has the focus."""

    confirmed = Signal()

    def __init__(self, render: Render, action: Message) -> None:
        super().__init__()
        self._render = render
        self.setObjectName("notice")
        self.words = styled_label()
        self.words.setWordWrap(True)
        self.cancel = QPushButton(render(message("Leave it")))
        self.go_on = QPushButton(render(action))
        self.go_on.setProperty("role", "danger")
        self.cancel.clicked.connect(self.hide)
        self.go_on.clicked.connect(self._confirm)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.go_on)
        self.hide()

    def ask(self, *texts: Message) -> None:
        """Ask, each sentence on a line of its own."""
        self.words.setText("\n".join(map(self._render, texts)))
        self.setAccessibleDescription(self.words.text())
        self.show()
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        self.hide()
        self.confirmed.emit()
