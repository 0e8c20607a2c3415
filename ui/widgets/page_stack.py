"""Pages of which one is shown, as tall as that one alone; a ``QStackedWidget`` fits the tallest."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget


class PageStack(QWidget):
    """Holds pages below each other; all but the current one are hidden."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._current: QWidget | None = None

    @property
    def current(self) -> QWidget | None:
        """The page shown."""
        return self._current

    def add(self, page: QWidget) -> None:
        """Add a page; it is hidden until it is chosen."""
        page.hide()
        self._column.addWidget(page)

    def drop(self, page: QWidget) -> None:
        """Remove a page for good."""
        if self._current is page:
            self._current = None
        self._column.removeWidget(page)
        page.hide()
        page.deleteLater()

    def choose(self, page: QWidget) -> None:
        """Show a page instead of the one before."""
        if self._current is page:
            return
        if self._current is not None:
            self._current.hide()
        self._current = page
        page.show()
