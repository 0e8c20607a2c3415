"""The help of the screen shown, at the side, in the reader's language; it is there offline."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QColor, QTextFrameFormat, QTextTable
from PySide6.QtWidgets import QTextBrowser

from ui.preferences import Preferences
from ui.theme import LIGHT, Theme, font
from ui.translate import Render
from ui.widgets.drawer import Drawer
from wfm.messages import message

FOLDER = Path(__file__).parents[2] / "resources" / "docs" / "help"


def help_text(screen: str, language: str) -> str:
    """Return the page of a screen as Markdown."""
    return (FOLDER / language / f"{screen}.md").read_text(encoding="utf-8")


class HelpPage(QTextBrowser):
    """Shows one Markdown page in the colours of the theme."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._text, self._theme = "", LIGHT
        self.setAccessibleName(name)
        self.setObjectName("help")
        self.setOpenLinks(False)
        self.setFont(font())

    def set_theme(self, theme: Theme) -> None:
        """Write in ``theme``'s colours from now on."""
        self._theme = theme
        self.show_page(self._text)

    def show_page(self, text: str) -> None:
        """Show a page of Markdown."""
        self._text = text
        self.document().setDefaultStyleSheet(
            f"h1, h2, h3 {{ color: {self._theme.text}; }} a {{ color: {self._theme.accent}; }}"
        )
        self.setMarkdown(text)
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                self._rule(frame)

    def _rule(self, table: QTextTable) -> None:
        """Give a table the theme's thin lines; Qt draws it sunken."""
        made = table.format().toTableFormat()
        made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        made.setBorderBrush(QColor(self._theme.line))
        made.setBorderCollapse(True)
        made.setCellPadding(5)
        table.setFormat(made)


class HelpPanel(Drawer):
    """Opens at the right of every screen with F1."""

    def __init__(self, render: Render, preferences: Preferences, language: str) -> None:
        self.page = HelpPage(render(message("Help")))
        self._language = language
        super().__init__(render, preferences, "help", message("Help"), self.page, width=320)

    def show_screen(self, screen: str) -> None:
        """Show the page of a screen."""
        self.page.show_page(help_text(screen, self._language))
