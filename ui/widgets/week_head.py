"""The window's head: which centre and week, the week steps, the one primary action, choices."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.theme import THEMES
from ui.translate import Render
from ui.widgets.cards import styled_label
from ui.widgets.choices import Choices
from wfm.messages import message

LANGUAGE_WORDS = (("ja", "日本語"), ("en", "English"))
"""Languages under their own names, which every reader of them understands."""

THEME_WORDS = {
    "light": message("Light", context="theme"),
    "dark": message("Dark", context="theme"),
}


class WeekHead(QWidget):
    """Names the week shown and carries the actions on it."""

    def __init__(self, render: Render, language: str, theme: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        names = QVBoxLayout()
        names.setSpacing(0)
        self.centre = styled_label(role="caption")
        self.title = styled_label(render(message("Roster", context="screen")), "title")
        names.addWidget(self.centre)
        names.addWidget(self.title)
        self.days = styled_label(role="subtitle")
        self.earlier = self._step("‹", render(message("Week before")))
        self.later = self._step("›", render(message("Week after")))
        self.plan = QPushButton(render(message("Plan this week")))
        self.plan.setProperty("role", "primary")
        themes = [(key, render(THEME_WORDS[key])) for key in THEMES]
        self.language = Choices(LANGUAGE_WORDS, language, render(message("Language")))
        self.theme = Choices(themes, theme, render(message("Theme")))
        row.addLayout(names)
        row.addSpacing(8)
        row.addWidget(self.days, 0, Qt.AlignmentFlag.AlignBottom)
        row.addSpacing(8)
        row.addWidget(self.earlier, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.later, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        row.addWidget(self.language, 0, Qt.AlignmentFlag.AlignBottom)
        row.addSpacing(8)
        row.addWidget(self.theme, 0, Qt.AlignmentFlag.AlignBottom)
        row.addSpacing(8)
        row.addWidget(self.plan, 0, Qt.AlignmentFlag.AlignBottom)

    @staticmethod
    def _step(text: str, name: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("role", "step")
        button.setAccessibleName(name)
        button.setToolTip(name)
        return button
