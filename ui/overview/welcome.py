"""What a new centre needs first, in order, each with the button that goes there."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout

from ui.translate import Render
from ui.widgets.cards import Card, styled_label
from wfm.messages import message

FIRST_STEPS = (
    (
        "people",
        message("People"),
        message("Names, contracts and skills: from a file, or one by one."),
        message("Bring in people"),
    ),
    (
        "forecast",
        message("Contact history"),
        message("What your telephone system reports per interval, as CSV or Excel."),
        message("Bring in history"),
    ),
    (
        "settings",
        message("Opening hours, goals and work rules"),
        message("The usual ones are set; look whether they are yours."),
        message("Look at the settings"),
    ),
)
"""Screen, what, why, and the words of its button."""


class Welcome(Card):
    """Three first steps of an empty centre; ``wanted`` carries the screen to go to."""

    wanted = Signal(str)

    def __init__(self, render: Render) -> None:
        super().__init__()
        self._render = render
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addStretch(1)
        column.addWidget(styled_label(render(message("This centre is still empty")), "title"))
        text = styled_label(
            render(
                message(
                    "Three things are needed before the first roster. Everything can be changed"
                    " later, and every change can be taken back."
                )
            )
        )
        text.setWordWrap(True)
        column.addWidget(text)
        self.buttons: dict[str, QPushButton] = {}
        column.addLayout(self._steps())
        column.addStretch(3)

    def _steps(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(1, 1)
        for row, (screen, what, why, button) in enumerate(FIRST_STEPS):
            words = QVBoxLayout()
            words.setSpacing(2)
            words.addWidget(styled_label(self._render(what), "section"))
            words.addWidget(styled_label(self._render(why), "subtitle"))
            go = QPushButton(self._render(button))
            go.clicked.connect(lambda _on=False, key=screen: self.wanted.emit(key))
            self.buttons[screen] = go
            number = styled_label(str(row + 1), "figure")
            grid.addWidget(number, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addLayout(words, row, 1)
            grid.addWidget(go, row, 2, Qt.AlignmentFlag.AlignVCenter)
        return grid
