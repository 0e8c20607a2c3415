"""A card between head and roster that asks or offers something, without covering anything."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from ui.widgets.cards import Card, styled_label


def button(text: str, role: str = "") -> QPushButton:
    """Return a push button of a role of the style sheet."""
    made = QPushButton(text)
    if role:
        made.setProperty("role", role)
    return made


def line(role: str = "") -> QLabel:
    """Return a label that breaks into lines and may be copied from."""
    made = styled_label(role=role)
    made.setWordWrap(True)
    return made


class InlineBar(Card):
    """Sentences at the left, buttons at the right; Escape takes it away."""

    cancelled = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(12)
        self.sentences = QVBoxLayout()
        self.sentences.setSpacing(2)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        row.addLayout(self.sentences, 1)
        row.addLayout(self.buttons)
        row.setAlignment(self.buttons, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether the bar is shown (its screen may be hidden)."""
        return not self.isHidden()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape takes the bar away."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)
