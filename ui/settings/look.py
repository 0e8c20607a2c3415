"""The section about the window's language and theme, which take effect at once."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QGridLayout

from ui.desk import Desk
from ui.form import LABEL_WIDTH
from ui.settings.section import Section
from ui.theme import THEMES
from ui.widgets.cards import styled_label
from ui.widgets.choices import Choices
from wfm.messages import Message, message

LANGUAGE_WORDS = (("ja", "日本語"), ("en", "English"))
"""Languages under their own names, which every reader of them understands."""

THEME_NAMES = {
    "light": message("Light", context="theme"),
    "dark": message("Dark", context="theme"),
}
LANGUAGE, THEME = message("Language"), message("Theme")


class LookSection(Section):
    """Yours alone: kept on this computer, not in the centre."""

    key = "look"
    title = message("Language and theme")
    about = message("Yours alone: kept on this computer, not in the centre.")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        render = desk.render
        themes = [(key, render(THEME_NAMES[key])) for key in THEMES]
        self.language = Choices(LANGUAGE_WORDS, desk.language, render(LANGUAGE))
        self.theme = Choices(themes, desk.theme.name, render(THEME))
        self.language.chosen.connect(desk.set_language)
        self.theme.chosen.connect(desk.set_theme)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(2, 1)
        for place, (name, choices) in enumerate(((LANGUAGE, self.language), (THEME, self.theme))):
            grid.addWidget(styled_label(render(name)), place, 0)
            grid.addWidget(choices, place, 1)
        self.column.addLayout(grid)

    def texts(self) -> Iterable[Message | str]:
        """Return what can be chosen."""
        return (LANGUAGE, THEME, *THEME_NAMES.values(), *(word for _, word in LANGUAGE_WORDS))
