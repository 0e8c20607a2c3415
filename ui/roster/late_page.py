"""A page that is built when it is first seen: opening the roster must not wait for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import LIGHT, Theme, dress


class LatePage(QWidget):
    """Stands for the widget that ``make`` returns, and holds it from the first look on."""

    def __init__(self, make: Callable[[], QWidget]) -> None:
        super().__init__()
        self._make = make
        self.page: QWidget | None = None
        self._theme = LIGHT
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def set_theme(self, theme: Theme) -> None:
        """Paint with ``theme`` from now on, also what is built later."""
        self._theme = theme

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Build the page."""
        if self.page is None:
            self.page = self._make()
            self._column.addWidget(self.page)
            dress(self.page, self._theme)
            self.page.show()  # at once: what fills it asks whether it can be seen
        super().showEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Hand the keyboard on."""
        super().focusInEvent(event)
        if self.page is not None:
            self.page.setFocus(event.reason())
