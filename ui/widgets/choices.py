"""A row of buttons of which one is chosen: few alternatives that should all be seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui.theme import TEXT_PX, font

_PADDING = 24


class Choices(QWidget):
    """Shows (key, word) pairs; the arrow keys move between them, as in every group of choices."""

    chosen = Signal(str)

    def __init__(self, words: Sequence[tuple[str, str]], current: str, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.buttons: dict[str, QPushButton] = {}
        for key, word in words:
            button = QPushButton(word)
            button.setProperty("role", "choice")
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setChecked(key == current)
            button.setAccessibleName(f"{name}: {word}")
            button.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            # the chosen one is written bold: room for that, so that nothing moves or is cut
            bold = QFontMetrics(font(TEXT_PX, bold=True)).horizontalAdvance(word)
            button.setMinimumWidth(bold + _PADDING)
            self.buttons[key] = button
            row.addWidget(button)

    @property
    def current(self) -> str:
        """Key of the button that is chosen."""
        return next((key for key, button in self.buttons.items() if button.isChecked()), "")

    def choose(self, key: str) -> None:
        """Show a button as chosen, without telling anybody."""
        self.buttons[key].setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the neighbour with the left and right arrow keys."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        keys = list(self.buttons)
        place = min(max(keys.index(self.current) + step, 0), len(keys) - 1)
        self.buttons[keys[place]].setFocus(Qt.FocusReason.OtherFocusReason)
        self.buttons[keys[place]].click()
