"""Small fields that several screens use: a search box, and chips that filter."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from ui.theme import LIGHT, Theme, font
from ui.widgets.icons import theme_icon

_SIGNS_ROOM = 92
"""Pixels of a search box that glass, cross and margins take from its text."""


class SearchBox(QLineEdit):
    """A line to search with: a magnifying glass, a button that clears, Escape clears too."""

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(220)
        self.setToolTip(hint)
        self._glass = self.addAction(
            theme_icon("search", LIGHT, "muted"), QLineEdit.ActionPosition.LeadingPosition
        )

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for room for the whole hint."""
        hint = super().sizeHint()
        width = self.fontMetrics().horizontalAdvance(self.placeholderText()) + _SIGNS_ROOM
        return hint.expandedTo(QSize(width, hint.height()))

    def set_theme(self, theme: Theme) -> None:
        """Draw the glass in ``theme``'s colours from now on."""
        self._glass.setIcon(theme_icon("search", theme, "muted"))
        clear = self.findChild(QAction, "_q_qlineeditclearaction")
        if clear is not None:  # Qt's own cross is a black disc in every theme
            clear.setIcon(theme_icon("close", theme, "muted"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape clears what was typed."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class Chip(QPushButton):
    """A filter that is on or off; where it can be taken away it shows a cross."""

    removed = Signal()

    def __init__(self, text: str, *, removable: bool = False, checked: bool = False) -> None:
        super().__init__(text)
        self._removable = removable
        self.setProperty("role", "chip")
        self.setCheckable(True)
        self.setChecked(checked)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if removable:
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            self.setIconSize(QSize(12, 12))
            self.clicked.connect(self.removed)
            self.set_theme(LIGHT)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for room for the bold text of a chip that is on, so that it never moves or clips."""
        plain, bold = (QFontMetrics(font(bold=on)) for on in (False, True))
        extra = bold.horizontalAdvance(self.text()) - plain.horizontalAdvance(self.text())
        return super().sizeHint() + QSize(max(extra, 0), 0)

    def set_theme(self, theme: Theme) -> None:
        """Draw the cross in ``theme``'s colours from now on."""
        if self._removable:
            self.setIcon(theme_icon("close", theme, "accent"))
