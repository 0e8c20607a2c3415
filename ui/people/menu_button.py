"""A button that opens a menu below itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton


class MenuButton(QPushButton):
    """Opens its menu on a click, Space, Enter or Down; its text ends with a small arrow."""

    def __init__(self, text: str, *, role: str = "") -> None:
        super().__init__()
        if role:
            self.setProperty("role", role)
        self.menu_shown = QMenu(self)
        self.show_text(text)
        self.setAccessibleName(text)
        self.clicked.connect(self.open_menu)

    def show_text(self, text: str) -> None:
        """Show a text, followed by the arrow."""
        self.setText(f"{text} ▾")

    def open_menu(self) -> None:
        """Open the menu below the button."""
        self.menu_shown.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def fill(
        self, entries: Iterable[tuple[str, Callable[[], None]]], checked: int | None = None
    ) -> None:
        """Offer other entries: a text and what it does; ``checked`` is the one that holds now."""
        self.menu_shown.clear()
        for place, (text, work) in enumerate(entries):
            add_entry(self.menu_shown, text, work, None if checked is None else place == checked)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open with Down and Enter as well."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_menu()
        else:
            super().keyPressEvent(event)


def add_entry(
    menu: QMenu, text: str, work: Callable[[], None], checked: bool | None = None
) -> QAction:
    """Add an entry to a menu; ``checked`` gives it a tick or an empty place for one."""
    entry = menu.addAction(text)
    if checked is not None:
        entry.setCheckable(True)
        entry.setChecked(checked)
    entry.triggered.connect(lambda _on=False: work())
    return entry
