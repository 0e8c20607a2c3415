"""What the people screen shows while the centre has nobody: how to bring people in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from ui.translate import Render
from ui.widgets.cards import Card, styled_label
from wfm.messages import message


class Nobody(Card):
    """One sentence, and the two ways in."""

    def __init__(self, render: Render) -> None:
        super().__init__()
        sentence = styled_label(
            render(message("There are no people yet. Import a list, or add them one by one."))
        )
        sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.bring = QPushButton(render(message("Import people…")))
        self.bring.setProperty("role", "primary")
        self.add = QPushButton(render(message("Add a person")))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.bring)
        buttons.addWidget(self.add)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(16)
        column.addStretch(1)
        column.addWidget(sentence)
        column.addLayout(buttons)
        column.addStretch(2)
